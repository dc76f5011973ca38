"""The shapes of datelines, one small pattern per house style, each with an example.

What belongs here: the shapes, in the order in which they are tried, and what they are made of. What
does not: whether what a shape found is a dateline (dateline.py).

To add a shape, add a ``Shape`` with an example; the tests run every example.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from etl.lexicon import calendar, fill, pattern, words
from etl.lexicon.agencies import agency_names
from etl.parse.stamps import DIGIT
from etl.tables import made_of_tables

# Capitals of Latin script, such as those of "İZMİR" and "ŁÓDŹ"; of Cyrillic and Greek.
LATIN_CAPITALS = "A-ZÀ-ÖØ-Þ" + "".join(filter(str.isupper, map(chr, range(0x100, 0x250))))
CYRILLIC_CAPITALS = "".join(filter(str.isupper, map(chr, range(0x370, 0x530))))
NUMBER = r"\d{1,2}(?:st|nd|rd|th)?"
DAY = (
    rf"(?i:@WEEKDAY?(?:@MONTH\s*{NUMBER}\b|\b{NUMBER}(?:\.|\s+of)?\s+@MONTH(?!\w)"
    r"|\b\d{1,2}\.?\s+(?:de\s+)?@ANY_MONTH(?!\w))(?:,?\s+(?:de\s+)?(?:19|20)\d\d\b)?)"
)

# "PORT-AU-PRINCE", "ST.", "D.C.", "ME}LBOURNE" (a wire error), "N'DJAMENA", "NUKU‘ALOFA"
CAPITALS = rf"[{LATIN_CAPITALS}][{LATIN_CAPITALS}.'’‘ʻ`\-}}]*"
CAPITALS_PLACE = rf"{CAPITALS}(?: (?:(?:and|@PARTICLE) )?{CAPITALS}){{0,4}}"
NAME = rf"[{LATIN_CAPITALS}][\w.'’‘\-]*"
NAME_PLACE = rf"{NAME}(?: (?:@PARTICLE )?{NAME}){{0,3}}"
# A word of a script without capitals: "کراچی", "काठमांडू" with its vowel signs.
OTHER_SCRIPT = r"[\u0590-\u0fff\u1000-\u109f\u3040-\u9fff\uac00-\ud7af]{2,20}"
CYRILLIC_NAME = rf"[{CYRILLIC_CAPITALS}][\w.\-]*?(?=[\s,.])"
CYRILLIC_CAPITALS_NAME = rf"[{CYRILLIC_CAPITALS}][{CYRILLIC_CAPITALS}\-]+"
HAN, HANGUL = r"[\u3400-\u9fff]", r"[\uac00-\ud7af]"
# "ワシントン", "東京"
JAPANESE = r"[\u30a0-\u30ff\u3400-\u9fff]"
HAN_DAY = r"(?P<day>(?:\d{1,2}\s?月)?\s?\d{1,2}\s?日)"
OPENING, CLOSING = r"[(\[【（［]", r"[)\]】）］]"
PLACE = rf"(?:{CAPITALS_PLACE}(?![a-z])|{NAME_PLACE})"
# "Ga.", "West Germany", "the Netherlands", "British Columbia", "N.J.", "DC"
REGION = (
    rf"(?:,\s?(?:the )?(?!(?i:@MONTH)\s?\d|(?<!\w)@AGENCY(?!\w)){NAME}(?: {NAME}){{0,2}}){{0,2}}"
)
BRACKET = r"(?:\s?\[[A-Z][^\]\[]{1,40}\])"
COUNTRY = r"(?:\s?\([A-ZÀ-Þ][a-zß-ÿ][^()\d]{1,38}\))"
MORE_PLACES = rf"(?:\s?(?:/|;|\band\b)\s?{PLACE}{REGION}){{0,3}}"

PARENTHESIS = r"\([^()]{2,80}\)"
SLASHED = r"/[A-Z][\w .\-]{1,30}/"
# Without brackets: "Tehran, IRNA – ", "Aden, SABA - ".
AGENCY = rf"(?:{PARENTHESIS}|{SLASHED}|(?<!\w)@AGENCY(?!\w))"
DASH = r"(?:\s?(?:--+|[–—―_])\s?|\s-+\s|-+\s|\s-+(?=[A-Z\"“])|\s?-+$)"
COLON = r"\s?:(?=\s|$)\s?"
ENDING = rf"(?:[.,;]?(?:{DASH}|{COLON})|\.(?=\s|$)\s?)"


@dataclass(frozen=True)
class Shape:
    """One house style. ``pattern`` has the groups place and day, as far as it has them, and
    ``@NAMES`` for what comes from tables.

    A shape ``is_sure`` if a day or agency makes it so; the others are asked whether the
    place can be one. ``needs`` is what some character of a text must be for it to match.
    """

    name: str
    pattern: str
    example: str
    is_sure: bool
    needs: re.Pattern[str] | None


# Of the scripts that shapes are written for, other than Latin.
OTHER_LETTER = re.compile("[\u0370-\u052f\u0590-\u109f\u3040-\u9fff\uac00-\ud7af]")


def _shape(
    name: str,
    pattern: str,
    example: str,
    *,
    is_sure: bool = False,
    needs: re.Pattern[str] | None = None,
) -> Shape:
    return Shape(name, rf"[*#•\s]{{0,6}}{pattern}", example, is_sure, needs)


WITH_AGENCY = r"\((?:[^()]{0,40}(?<!\w))?@MARKED(?!\w)[^()]{0,40}\)"
OTHERS_PLACED = rf"(?P<place>{OTHER_SCRIPT}(?: {OTHER_SCRIPT}){{0,2}}?)"
CYRILLIC_PLACED = rf"(?P<place>{CYRILLIC_NAME}(?: {CYRILLIC_NAME}){{0,2}})"
WITHIN = rf"{COUNTRY}?{BRACKET}?{COUNTRY}?"
PLACED = rf"(?P<place>{PLACE}{REGION}{WITHIN}){MORE_PLACES}"
CAPITALS_PLACED = rf"(?P<place>{CAPITALS_PLACE}(?![a-z]){REGION}{WITHIN}){MORE_PLACES}"
CYRILLIC_CAPITALS_PLACED = rf"(?P<place>{CYRILLIC_CAPITALS_NAME}(?: {CYRILLIC_CAPITALS_NAME})?)"

SHAPES: tuple[Shape, ...] = (
    _shape(
        "place, day, agency",
        rf"{PLACED}\s?,?\s+(?P<day>{DAY}),?\.?\s?{AGENCY}{ENDING}?\s?",
        "HARARE, Aug. 12 (Xinhua) -- The minister",
        is_sure=True,
        needs=DIGIT,
    ),
    _shape(
        "place, agency, day",
        rf"{PLACED},?\s?{AGENCY},?\s+(?P<day>{DAY}){ENDING}\s?",
        "LAGOS (NAN), March 3 - The minister",
        is_sure=True,
        needs=DIGIT,
    ),
    _shape(
        "place, agency with day",
        rf"{PLACED}\s?,?\s?\((?=[^()]{{2,80}}\))[^()\d]*?(?P<day>{DAY})[^()]*\){ENDING}?\s?",
        "QUITO (Andes Wire / Partner - 15th August, 2021) The minister",
        is_sure=True,
        needs=DIGIT,
    ),
    _shape(
        "place, day",
        rf"{PLACED}\s?,?\s+(?P<day>{DAY}){ENDING}\s?",
        "SAVANNAH, Ga, March 18 - The minister",
        is_sure=True,
        needs=DIGIT,
    ),
    _shape(
        "place, agency",
        rf"{PLACED}\s?,?\s?{AGENCY}{ENDING}\s?",
        "KYIV, Ukraine (AP) — The minister",
        is_sure=True,
    ),
    _shape(
        "capitals, agency",
        rf"{CAPITALS_PLACED},?\s?{AGENCY}\s?",
        "NAIROBI (AFP) The minister",
        is_sure=True,
    ),
    _shape(
        "capitals, number of the day, agency",
        rf"{CAPITALS_PLACED},\s\d{{1,2}}\s{WITH_AGENCY}{ENDING}?\s?",
        "MADRID, 19 (EUROPA PRESS) The minister",
        is_sure=True,
        needs=DIGIT,
    ),
    _shape(
        "place, day in figures, agency",
        rf"{PLACED},\s(?P<day>\d{{1,2}}[./]\d{{1,2}}[./]\d{{4}})\s?{AGENCY}{ENDING}?\s?",
        "Warszawa, 14.03.2023 (PAP) - The minister",
        is_sure=True,
        needs=DIGIT,
    ),
    _shape(
        "name, agency",
        rf"(?P<place>{NAME_PLACE}{REGION}),?\s?{WITH_AGENCY}{ENDING}?\s?(?=[{LATIN_CAPITALS}“\"„«])",
        "Bern (SDA) The minister",
    ),
    _shape(
        "capitals, agency behind a point",
        rf"{CAPITALS_PLACED}\.\s@AGENCY(?!\w){DASH}\s?",
        "ASTANA. KAZINFORM - The minister",
        is_sure=True,
    ),
    _shape(
        "capitals, day behind a dash",
        rf"{CAPITALS_PLACED}{DASH}\s?(?P<day>{DAY})(?:{DASH}|{COLON})\s?",
        "CAIRO - 7 July 2024: The minister",
        is_sure=True,
        needs=DIGIT,
    ),
    _shape(
        "day, place in parentheses",
        rf"(?P<day>{DAY})\s?\((?P<place>{CAPITALS_PLACE})\){DASH}\s?",
        "February 21, 2015 (ADDIS ABABA) - The minister",
        is_sure=True,
        needs=DIGIT,
    ),
    _shape(
        "outlet, day",
        rf"(?:[\w.]{{2,20}} ){{1,3}}(?i:@OUTLET),\s+(?P<day>{DAY}){DASH}\s?",
        "lyre News, 23 April - The minister",
        is_sure=True,
        needs=DIGIT,
    ),
    _shape(
        "country in brackets",
        rf"(?P<place>{NAME_PLACE}{REGION}{BRACKET})(?:{ENDING}|,)\s?",
        "Lima [Peru]: The minister",
    ),
    _shape(
        "country in parentheses",
        rf"(?P<place>{NAME_PLACE}{COUNTRY}),\s",
        "Baku (Azerbaijan), the minister",
    ),
    _shape(
        "pipes",
        rf"(?P<place>{NAME_PLACE}{REGION}) \| [A-Z][\w. ]{{1,20}} \|\s?(?:(?P<day>{DAY})\s?\|)?\s?",
        "Dakar, Senegal | AFP | The minister",
    ),
    _shape(
        "capitals",
        rf"{CAPITALS_PLACED}[.,]?(?:{DASH}|{COLON})\s?",
        "MULTAN: The minister",
    ),
    _shape(
        "name",
        rf"(?P<place>{NAME_PLACE}{REGION}){MORE_PLACES}(?:{DASH}|{COLON})\s?",
        "New Delhi: The minister",
    ),
    _shape(
        "agency, place, day",
        rf"{AGENCY}{DASH}{PLACED}\s?,?\s+(?P<day>{DAY}){ENDING}\s?",
        "(ANSA) - Matera, May 5 - The minister",
        is_sure=True,
        needs=DIGIT,
    ),
    _shape(
        "Cyrillic or Greek, day, agency",
        rf"{CYRILLIC_PLACED}[,.]?\s+(?P<day>{DAY})\.?,?\s?(?:{PARENTHESIS}|/[^/\n]{{2,30}}/"
        rf"|(?:[–—-]\s)?(?:\w{{2}}\s)?@MARKED(?!\w)){ENDING}?\s?",
        "МОСКВА, 19 января. /ТАСС/. The minister",
        is_sure=True,
        needs=OTHER_LETTER,
    ),
    _shape(
        "Cyrillic or Greek, agency",
        rf"{CYRILLIC_PLACED}\s?{WITH_AGENCY}{ENDING}?\s?",
        "Москва (Интерфакс) - The minister",
        is_sure=True,
        needs=OTHER_LETTER,
    ),
    _shape(
        "Cyrillic or Greek capitals, day",
        rf"{CYRILLIC_CAPITALS_PLACED}[,.]\s+(?P<day>{DAY})"
        rf"{DASH}\s?",
        "МИНСК, 19 января — The minister",
        is_sure=True,
        needs=OTHER_LETTER,
    ),
    _shape(
        "Cyrillic or Greek, behind the day",
        rf"(?P<day>{DAY}),\s{CYRILLIC_PLACED}\s?(?:{PARENTHESIS}|/[^/\n]{{2,30}}/){ENDING}?\s?",
        "14 марта, Минск /Корр. БЕЛТА/. The minister",
        is_sure=True,
        needs=OTHER_LETTER,
    ),
    _shape(
        "Cyrillic or Greek capitals, agency behind a point",
        rf"{CYRILLIC_CAPITALS_PLACED}\.\s{CYRILLIC_CAPITALS_NAME}{DASH}\s?",
        "АСТАНА. КАЗИНФОРМ - The minister",
        is_sure=True,
        needs=OTHER_LETTER,
    ),
    _shape(
        "another script, day, agency in slashes",
        rf"{OTHERS_PLACED}\s?[,،]?\s?(?:في\s)?(?P<day>{DAY})\s?/\s?[^/\n]{{2,20}}/\s?{ENDING}?\s?",
        "أبوظبي في 14 مارس / وام / The minister",
        is_sure=True,
        needs=OTHER_LETTER,
    ),
    _shape(
        "another script, day, agency",
        rf"{OTHERS_PLACED}\s?[,،]?\s?(?P<day>{DAY})\s?{PARENTHESIS}\s?{ENDING}?\s?",
        "नई दिल्ली, 19 जनवरी (भाषा) The minister",
        is_sure=True,
        needs=OTHER_LETTER,
    ),
    _shape(
        "another script, agency",
        rf"{OTHERS_PLACED}\s?(?:{WITH_AGENCY}\s?{ENDING}?|{PARENTHESIS}(?:{DASH}|{COLON})"
        rf"|[/–—-]\s?@MARKED(?:{DASH}|{COLON}))\s?",
        "القاهرة (رويترز) - The minister",
        is_sure=True,
        needs=OTHER_LETTER,
    ),
    _shape(
        "Chinese, with a reporter",
        rf"{OPENING}@MARKED记?記?者(?:{HAN}{{3}}|{HAN}{{2}})(?P<place>{HAN}{{2,6}}){HAN_DAY}"
        rf"[电電讯訊]{CLOSING}\s?",
        "（中央社記者王小明台北19日電）The minister",
        is_sure=True,
        needs=OTHER_LETTER,
    ),
    _shape(
        "Chinese",
        rf"{OPENING}?(?:@MARKED\s?)?(?P<place>{HAN}{{2,8}}?){HAN_DAY}[电電讯訊]{CLOSING}?"
        rf"(?:[（(][记記]者[^（）()]{{2,30}}[）)])?\s?",
        "新华社北京1月19日电 The minister",
        is_sure=True,
        needs=OTHER_LETTER,
    ),
    _shape(
        "Japanese",
        rf"{OPENING}(?P<place>{JAPANESE}{{2,12}}?)\s?(?:{HAN_DAY}\s?)?@MARKED{CLOSING}"
        r"\s?(?:[-－—]\s?)?",
        "【東京共同】The minister",
        is_sure=True,
        needs=OTHER_LETTER,
    ),
    _shape(
        "Korean",
        rf"{OPENING}(?P<place>{HANGUL}{{2,8}}(?:[·/,]\s?{HANGUL}{{2,8}}){{0,3}})\s?=\s?@MARKED"
        rf"{CLOSING}\s?(?:{HANGUL}[\uac00-\ud7af·\s]{{1,30}}?(?:기자|특파원|통신원)\s?=\s?)?",
        "(서울=연합뉴스) 홍길동 기자 = The minister",
        is_sure=True,
        needs=OTHER_LETTER,
    ),
    _shape(
        "another script",
        rf"(?P<place>{OTHER_SCRIPT}(?: {OTHER_SCRIPT}){{0,2}})(?:{DASH}|{COLON})\s?",
        "کراچی: The minister",
        needs=OTHER_LETTER,
    ),
    _shape(
        "place in parentheses",
        rf"\((?P<place>{CAPITALS_PLACE}{REGION})\){DASH}\s?",
        "(LIMA) – The minister",
    ),
    _shape("agency alone", rf"(?:{AGENCY}){DASH}\s?", "(Reuters) - The minister", is_sure=True),
)


def shapes_for(text: str) -> Iterator[tuple[Shape, re.Pattern[str]]]:
    """The shapes that a text may have, in their order, each as ``compiled``."""
    lacking = {needs for needs in (DIGIT, OTHER_LETTER) if not needs.search(text)}
    return ((shape, compiled(shape)) for shape in SHAPES if shape.needs not in lacking)


@made_of_tables
def compiled(shape: Shape) -> re.Pattern[str]:
    """A shape with the months, agencies and particles of the tables."""
    return re.compile(fill(shape.pattern, _parts()))


@made_of_tables
def _parts() -> dict[str, str]:
    agencies = agency_names()
    return {
        "WEEKDAY": rf"(?:{calendar.name_pattern('weekday', language='en')},?\s+)",
        "MONTH": calendar.name_pattern("month", language="en"),
        "ANY_MONTH": calendar.name_pattern("month"),
        "PARTICLE": pattern(words("name_particles", "place")),
        "AGENCY": pattern(agencies.sure | agencies.capitals),
        "MARKED": pattern(agencies.marked | words("desks", "desk")),
        "OUTLET": pattern(words("citation_words", "outlet")),
    }
