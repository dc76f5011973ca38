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
