"""Datelines found, and leads that only look like one."""

import pytest

from etl.parse.dateline import find_dateline


@pytest.mark.parametrize(
    ("text", "dateline", "place", "day"),
    [
        ("ISLAMABAD – A man", "ISLAMABAD –", "ISLAMABAD", None),
        ("MULTAN: A man", "MULTAN:", "MULTAN", None),
        ("New Delhi: A man", "New Delhi:", "New Delhi", None),
        ("KYIV, Ukraine (AP) — A man", "KYIV, Ukraine (AP) —", "KYIV, Ukraine", None),
        (
            "Islamabad [Pakistan], January 19 : A man",
            "Islamabad [Pakistan], January 19 :",
            "Islamabad [Pakistan]",
            "January 19",
        ),
        ("Baku (Azerbaijan), a man", "Baku (Azerbaijan),", "Baku (Azerbaijan)", None),
        ("MOSCOW, August 15. /TASS/. A man", "MOSCOW, August 15. /TASS/.", "MOSCOW", "August 15"),
        (
            "MOSCOW (UrduPoint News / Sputnik - 15th August, 2021) A man",
            "MOSCOW (UrduPoint News / Sputnik - 15th August, 2021)",
            "MOSCOW",
            "15th August, 2021",
        ),
        (
            "BEIJING, Aug. 12 (Xinhua) -- A man",
            "BEIJING, Aug. 12 (Xinhua) --",
            "BEIJING",
            "Aug. 12",
        ),
        ("SALVADOR, Feb 26 - A man", "SALVADOR, Feb 26 -", "SALVADOR", "Feb 26"),
        (
            "GENEVA/NAIROBI, March 3 (Reuters) - A man",
            "GENEVA/NAIROBI, March 3 (Reuters) -",
            "GENEVA",
            "March 3",
        ),
        ("ST. LOUIS, APril 7 - A man", "ST. LOUIS, APril 7 -", "ST. LOUIS", "APril 7"),
        (
            "VANCOUVER, British Columbia, March 9 - A man",
            "VANCOUVER, British Columbia, March 9 -",
            "VANCOUVER, British Columbia",
            "March 9",
        ),
        *(
            (f"{place}, Nov 20 (AFP) - A man", f"{place}, Nov 20 (AFP) -", place, "Nov 20")
            for place in ("NUKU'ALOFA", "NUKU’ALOFA", "NUKU‘ALOFA", "NUKUʻALOFA", "Nuku‘alofa")
        ),
        ("NUKU‘ALOFA: A man", "NUKU‘ALOFA:", "NUKU‘ALOFA", None),
        ("Nukuʻalofa: A man", "Nukuʻalofa:", "Nukuʻalofa", None),
        ("****LIMA, March 5 - A man", "LIMA, March 5 -", "LIMA", "March 5"),
        ("THE HAGUE, March 9 - A man", "THE HAGUE, March 9 -", "THE HAGUE", "March 9"),
        (
            "LYRE CITY, Calif. March 24 - A",
            "LYRE CITY, Calif. March 24 -",
            "LYRE CITY, Calif.",
            None,
        ),
        (
            "NEW YORK, Jan. 19, 2024 /LyreWire/ -- A man",
            "NEW YORK, Jan. 19, 2024 /LyreWire/ --",
            "NEW YORK",
            "Jan. 19, 2024",
        ),
        ("Tehran, IRNA – The head", "Tehran, IRNA –", "Tehran", None),
        ("DUBAI- The man", "DUBAI-", "DUBAI", None),
        ("(Reuters) - A man", "(Reuters) -", None, None),
        ("LIMA, March 18 -", "LIMA, March 18 -", "LIMA", "March 18"),
        ("WIEN, 24. November (APA) - Ein", "WIEN, 24. November (APA) -", "WIEN", "24. November"),
        ("KARACHI:", "KARACHI:", "KARACHI", None),
        ("Berlin (dpa) - Die Regierung", "Berlin (dpa) -", "Berlin", None),
    ],
)
def test_dateline_is_found(text: str, dateline: str, place: str | None, day: str | None) -> None:
    found = find_dateline(text)
    assert found is not None
    assert (found.text, found.place) == (dateline, place)
    assert day is None or found.day == day


@pytest.mark.parametrize(
    "text",
    [
        "Police said: The man was found.",
        "Update: The man was found.",
        "UPDATE: The man was found.",
        "Monday - The man was found.",
        "President Okafor: We will rebuild.",
        "Ana Li: The quay is safe.",
        "ANNA: GOOD MORNING AND WELCOME TO LYRE TODAY",
        "BASEBALL/SOFTBALL: The team won.",
        "OPEC - The group met.",
        "LYRE-based ships were sent away.",
        "In Paris, March 3 – the day it rained – was cold.",
        "Lyre Cranes (LYR), the maker of cranes, fell.",
        "Q: Why was the quay closed?",
        "The quay - the old one - was closed.",
        "Half Time: The team led.",
        "Suva, the capital, was flooded.",
        "A new quay will be built, March 3 or later.",
        "",
        "-",
        "12:30 - The man was found.",
    ],
)
def test_a_lead_is_no_dateline(text: str) -> None:
    assert find_dateline(text) is None


def test_the_article_begins_behind_the_dateline() -> None:
    text = "ISLAMABAD – A man was found."
    found = find_dateline(text)
    assert found is not None
    assert text[found.end :] == "A man was found."


def test_only_day_or_agency_makes_sure() -> None:
    weak, sure = find_dateline("LIMA – A man"), find_dateline("LIMA, May 3 – A man")
    assert weak is not None
    assert sure is not None
    assert (weak.is_sure, sure.is_sure) == (False, True)


@pytest.mark.parametrize(
    ("text", "place", "day", "rest"),
    [
        ("MADRID, 19 (EUROPA PRESS) La junta", "MADRID", None, "La junta"),
        ("İZMİR, 19 Ocak (AA) - Liman", "İZMİR", "19 Ocak", "Liman"),
        ("ŁÓDŹ (PAP) - Zarząd", "ŁÓDŹ", None, "Zarząd"),
        ("МОСКВА, 19 января. /ТАСС/. Совет", "МОСКВА", "19 января.", "Совет"),
        ("МОСКВА, 19 янв - РИА Новости. Совет", "МОСКВА", "19 янв", "Совет"),
        ("Москва. 19 января. ИНТЕРФАКС - Совет", "Москва", "19 января.", "Совет"),
        ("КИЇВ, 19 січня /Укрінформ/. Рада", "КИЇВ", "19 січня", "Рада"),
        ("АСТАНА, 19 января, ИА Казинформ — Совет", "АСТАНА", "19 января", "Совет"),
        ("БЕОГРАД, 19. јануара (Танјуг) - Управа", "БЕОГРАД", "19. јануара", "Управа"),
        ("АЛМАТЫ (Рейтер) - Совет", "АЛМАТЫ", None, "Совет"),
        ("Αθήνα, 19 Ιανουαρίου (ΑΠΕ-ΜΠΕ) - Η", "Αθήνα", "19 Ιανουαρίου", "Η"),
        ("北京1月19日电 港务局", "北京", "1月19日", "港务局"),
        ("新华社北京1月19日电（记者李明）港务局", "北京", "1月19日", "港务局"),
        ("（新加坡19日讯）港务局", "新加坡", "19日", "港务局"),
        ("（中央社記者王小明台北19日電）港務局", "台北", "19日", "港務局"),
        ("【東京共同】港湾局は", "東京", None, "港湾局は"),
        ("［東京 １９日 ロイター］ - 港湾局は", "東京", "１９日", "港湾局は"),
        ("(서울=연합뉴스) 홍길동 기자 = 항만공사는", "서울", None, "항만공사는"),
        ("القاهرة (رويترز) - قالت هيئة", "القاهرة", None, "قالت هيئة"),
        ("باريس 19 يناير (ا ف ب) - قالت", "باريس", "19 يناير", "قالت"),
        ("دبي - رويترز: قالت هيئة", "دبي", None, "قالت هيئة"),
        ("الرياض / واس: قالت", "الرياض", None, "قالت"),
        ("تهران - ایرنا - هیئت", "تهران", None, "هیئت"),
        ("اسلام آباد (اے پی پی) بندرگاہ", "اسلام آباد", None, "بندرگاہ"),
        ("मुंबई, 19 जनवरी (एएनआई): बंदरगाह", "मुंबई", "19 जनवरी", "बंदरगाह"),
        ("ঢাকা, ১৯ জানুয়ারি (বাসস) : বন্দর", "ঢাকা", "১৯ জানুয়ারি", "বন্দর"),
        ("ירושלים (רויטרס) - הנהלת", "ירושלים", None, "הנהלת"),
        ("กรุงเทพฯ 19 ม.ค. (รอยเตอร์) - คณะ", "กรุงเทพฯ", "19 ม.ค.", "คณะ"),
        ("Jakarta, CNN Indonesia -- Dewan", "Jakarta", None, "Dewan"),
        ("MTI, Budapest – A kikötő", "Budapest", None, "A kikötő"),
        ("ABOARD AIR FORCE ONE (AP) — The board", "ABOARD AIR FORCE ONE", None, "The board"),
        ("lyre News, 23 April - The board", None, "23 April", "The board"),
        ("Muscat: The board", "Muscat", None, "The board"),
        ("January 19, 2024 (JUBA) – The board", "JUBA", "January 19, 2024", "The board"),
        ("(JUBA) – The board", "JUBA", None, "The board"),
    ],
)
def test_datelines_of_the_world(text: str, place: str | None, day: str | None, rest: str) -> None:
    found = find_dateline(text)
    assert found is not None
    assert (found.place, found.day, text[found.end :]) == (place, day, rest)


@pytest.mark.parametrize(
    "text",
    [
        "Сегодня, 19 января — праздник портов",
        "Пушкин (1799—1837) — русский поэт",
        "Сочи (Краснодарский край) — курорт у моря",
        "В среду, 19 января, совет порта сообщил",
        "北京的港务局1月19日宣布新码头开放",
        "【速報】港湾局は新しい埠頭を開放する",
        "[리라미디어=홍길동의 옆구리] 주말 밤 9시",
        "محمد علي رئيس الهيئة قال إن الرصيف (الجديد) سيفتح",
        "Male: The votes of men were counted first",
        "UPDATE ONE (Reuters) - The board",
    ],
)
def test_leads_of_the_world_that_are_no_datelines(text: str) -> None:
    assert find_dateline(text) is None
