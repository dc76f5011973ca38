"""The shapes in which English news writes dates: one pattern each, with an example.

What belongs here: finding them. What does not: what they mean (resolve.py).

Texts are matched in lower case, where a shape can be told by its first letter; a month or
weekday must be a capitalised word of the text ("march", "may" and "sun" are words too). Every
repetition is bounded, so that time is linear in the text's length.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from etl.dates.mentions.vocabulary import (
    ANY_WEEKDAY,
    MANY,
    MONTH,
    NUMBER,
    UNIT,
    WEEKDAY,
)

_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])(?!\d)(?:st|nd|rd|th)?(?![.,:]\d)(?!\s?%)"
_TO = r"\s?(?:-|–|—|\sto\s|\sand\s|through)\s?"
_LAST_DAY = r"(?P<last_day>3[01]|[12]\d|0?[1-9])(?!\d)(?:st|nd|rd|th)?(?![.,:]\d)"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)(?![\d%])(?![.,]\d)(?!-\d\d-\d)"
_MONTH = rf"(?P<month>{MONTH})"
_IN_YEAR = rf"(?:,?\s(?:of\s)?(?:{_YEAR}|(?P<in_year>last|this|next)\syear))"
# "in March" without day or year behind it, "in March, 12 people"
_ALONE = r"(?!\.?\s\d)(?!,?\s(?:of\s)?(?:(?:19|20)\d\d\b|(?:last|this|next)\syear))"
_LEAD = rf"(?:{ANY_WEEKDAY},?\s(?:the\s)?)?"
_PART = r"(?P<part>early|mid|late|(?:the )?(?:beginning|start|middle|end) of)[\s-](?:in\s)?"
_WHICH = r"(?P<which>last|this past|this coming|this|next|coming|past)"


@dataclass(frozen=True)
class Expression:
    """One date as written: its shape, its place, and its parts in lower case."""

    shape: str
    start: int
    end: int
    parts: dict[str, str]


SHAPES: dict[str, str] = {
    # 2024-02-08
    "iso": r"(?P<year>(?:1[5-9]|20)\d\d)-(?P<month_number>\d\d)-(?P<day>\d\d)(?!\d)",
    # 25/02/2024: only where one reading is possible
    "numeric": r"(?P<first>\d{1,2})(?P<mark>[/.])(?P<second>\d{1,2})(?P=mark)"
    r"(?P<year>(?:19|20)\d\d)(?!\d)",
    # March 3-5, 2024; March 3 to 5
    "month_days": rf"{_LEAD}{_MONTH}\s{_DAY}{_TO}{_LAST_DAY}{_IN_YEAR}?(?!\s(?:people|pct))",
    # 3-5 March 2024; 3 and 5 of March
    "days_month": rf"{_DAY}{_TO}{_LAST_DAY}\s(?:of\s)?{_MONTH}\b{_IN_YEAR}?",
    # Friday, Feb. 8, 2024; February 8th
    "month_day": rf"{_LEAD}{_MONTH}\s(?:the\s)?{_DAY}{_IN_YEAR}?",
    # Friday 8 February 2024; the 8th of February
    "day_month": rf"{_LEAD}(?:the\s)?{_DAY}\s(?:of\s)?{_MONTH}\b{_IN_YEAR}?",
    # February 2024; late February, 2024; the end of February last year
    "month_year": rf"(?:{_PART})?{_MONTH}{_IN_YEAR}",
    # early March; the end of last March
    "part_of_month": rf"{_PART}(?:{_WHICH}\s)?{_MONTH}{_ALONE}",
    # last March, next March
    "which_month": rf"{_WHICH}\s{_MONTH}{_ALONE}",
    # in March, since January: the preposition is no part of it
    "month": r"(?:in|since|until|till|during|by|from|to|through|between|for|before|after|of)\s"
    rf"(?:both\s)?(?P<core>{_MONTH}){_ALONE}",
    # Thursday, last Thursday, Thursday last week, the following Thursday
    "weekday": rf"(?:(?P<which>last|this past|this coming|this|next|coming|past|"
    rf"the (?:following|previous))\s)?(?P<weekday>{WEEKDAY})(?:\s(?P<week>last|next|this)\sweek)?",
    "day_word": r"the day (?:before yesterday|after tomorrow)|yesterday|today|tonight|tomorrow|"
    r"last night|this (?:morning|afternoon|evening)",
    # earlier this month, last week, next year
    "which_unit": rf"(?:(?P<end>(?:the )?(?:end|start|beginning) of)\s|"
    rf"(?P<portion>earlier|later|early|late|mid)(?:\sin)?[\s-])?{_WHICH}\s"
    r"(?P<unit>week|weekend|month|quarter|year)",
    "weekend": r"(?:over|at|on|during)\s(?P<core>the weekend)",
    # two weeks ago, a year ago
    "ago": rf"(?:(?P<count>{NUMBER}|an?)\s)(?P<unit>{UNIT})s?\s(?P<direction>ago|back|from now)",
    # two days later, a month earlier, a week after
    "offset": rf"(?P<count>{NUMBER}|an?)\s(?P<unit>{UNIT})s?\s"
    r"(?P<direction>later|earlier|after|afterwards|before|previously|prior to|following)",
    # the past three weeks, over the next five years, the past year
    "span": rf"(?:the|these)\s(?P<which>past|last|next|coming|previous)\s"
    rf"(?:(?P<many_count>{NUMBER})\s(?P<many>{MANY})|(?P<unit>week|month|quarter|year|decade))",
    # the next day, the following month, the day before, that same day, the same month last year
    "beside": r"the\s(?P<direction>next|following|previous)\s"
    r"(?P<unit>day|morning|afternoon|evening|night|week|month|year)|"
    r"the\s(?P<day_unit>day)\s(?P<behind>before|after|earlier)|"
    r"(?:the same|that same|that)\s(?P<same_unit>day|week|month|quarter|year)"
    r"(?:\s(?:(?:in|of)\s)?(?P<same_in>last year|a year (?:ago|earlier|before)|(?:19|20)\d\d))?",
    # the first quarter of 2019, the second half of last year, Q1 2019
    "quarter": r"(?:(?:the\s)?(?P<ordinal>first|second|third|fourth|1st|2nd|3rd|4th)[\s-]"
    r"(?P<unit>quarter|half)\sof\s(?:the\s)?|(?P<q>q[1-4])\s)"
    rf"(?:{_YEAR}|(?P<which>last|this|next)\syear)",
    # 2010-2015, 1985/86
    "year_range": rf"{_YEAR}(?:[-–/]|\sto\s)(?P<last_year>(?:19|20)?\d\d)(?!\d)",
    # the 1980s, the late 1990s
    "decade": rf"(?:the\s)?(?:{_PART})?(?P<year>(?:1[5-9]|20)\d0)['’]?s",
    # early 2019, mid-2019, the end of 2019
    "part_of_year": rf"{_PART}{_YEAR}",
    # in 2019, since 2019: the preposition is no part of it
    "year": r"(?P<before>in|since|until|till|during|by|from|through|of|for|between|to|before|after|"
    r"late|back in|summer|spring|autumn|fall|winter|and|year|the)\s"
    rf"(?P<core>{_YEAR}(?:[-–/](?P<last_year>(?:19|20)?\d\d)(?!\d))?)",
}

_NO_NAMES = re.compile(r"\(\?P<[a-z_]+>")
_ANY = re.compile(
    "(?:"
    + "|".join(
        f"(?P<{name}_>{_NO_NAMES.sub('(?:', pattern).replace('(?P=mark)', '[/.]')})"
        for name, pattern in SHAPES.items()
    )
    + r")(?!\w)"
)
_EACH = {name: re.compile(rf"(?:{pattern})(?!\w)") for name, pattern in SHAPES.items()}
# Where a shape can begin. Most words are told to begin none by their first letters, which is
# ten times faster than trying every shape on them.
_SHORT_NAME = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_START = re.compile(
    r"(?<![\w$€£¥.,-])(?=\d{1,2}(?:st|nd|rd|th|\D)|(?:1[5-9]|20)\d\d|q[1-4]\s|"
    rf"{_SHORT_NAME}|mon|tue|wed|thu|fri|sat|sun|yesterday|today|tonight|tomorrow|"
    r"last\s|this\s|next\s|past\s|coming\s|early|earlier\s|mid|late|later\s|these\s|"
    r"(?:in|since|until|till|during|by|from|to|through|between|for|before|after|of|late|back\sin|"
    r"summer|spring|autumn|fall|winter|and|year|over|at|on|the)\s(?:both\s)?"
    rf"(?:{_SHORT_NAME}|\d|the\sw)|"
    r"the\s(?:day|following|previous|next|same|last|past|coming|first|second|third|fourth|early|"
    r"late|mid|beginning|start|end)|that\s(?:same|day|week|month|year)|"
    rf"(?:an?|{NUMBER})\s{UNIT}|(?:first|second|third|fourth|[1-4][a-z]{{2}})[\s-](?:half|quarter)|(?:beginning|start|middle|end)\sof)"
)
_ASCII_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}


def lower_case(text: str) -> str:
    """The text in lower case with every character at its place: "İ" would become two."""
    lower = text.lower()
    return lower if len(lower) == len(text) else text.translate(_ASCII_LOWER)


def find_expressions(text: str, lower: str) -> Iterator[Expression]:
    """Every date written in a text, left to right, none within another."""
    behind = 0
    for start in _START.finditer(lower):
        if start.start() < behind:
            continue
        found = _ANY.match(lower, start.start())
        if found and _is_date(text, lower, expression := _read(found, lower)):
            behind = expression.end
            yield expression


def _read(found: re.Match[str], lower: str) -> Expression:
    """The match again, by its own shape, which names its parts."""
    shape = (found.lastgroup or "").removesuffix("_")
    inner = _EACH[shape].match(lower, found.start()) or found
    parts = {name: value for name, value in inner.groupdict().items() if value}
    start, end = inner.span("core") if "core" in parts else inner.span()
    return Expression(shape, start, end, parts)


# -- what looks like a date and is none -------------------------------------------------------

_NAMES = re.compile(MONTH + "|" + ANY_WEEKDAY)
_COUNTED = re.compile(
    r"\s(?:people|tonnes?|tons|dlrs?|mln|bln|million|billion|pct|percent|per cent|km|miles|feet|"
    r"crore|lakh|bpd|points?|votes|metres|meters|acres|hectares|men|women|children|police|euros|"
    r"pounds|yen|rupees|dollars|shares|jobs|barrels|other|additional|more|[a-z]+ dlrs)\b"
)
_STREET = re.compile(
    r"(?:\s[\w.]{1,20}){1,3}\s(?:st|street|ave|avenue|road|rd|drive|dr|lane|ln|blvd|boulevard|court|"
    r"highway|way)\b"
)
# "Black Friday", "Sheffield Wednesday", "Mail on Sunday"; "Sunday Times", "every Friday".
_NOT_A_DAY_BEFORE = re.compile(
    r"(?:black|good|bloody|super|easter|ash|palm|cyber|sheffield|ruby|man|girl|giving|fat|holy|"
    r"maundy|shrove|whit|mail on|every|each|any|most|one|billy|joe|freaky|happy)\s$"
)
_NOT_A_DAY_BEHIND = re.compile(
    r"\s(?:times|telegraph|mirror|express|mail|herald|post|star|sun|world|magazine|tribune|nation|"
    r"night football|night live|mosque|guardian|independent|people|sport|vision|school)\b"
)
_BRAND = re.compile(
    r"(?:usa|india|russia|malaysia|pakistan|psychology|christianity|physics|israel|africa|"
    r"history|europe|china|sports|turkey|iraq|business|bangladesh|namibia|accountancy)\s$"
)


def _is_date(text: str, lower: str, found: Expression) -> bool:
    shape, start, end, parts = found.shape, found.start, found.end, found.parts
    if "month" in parts or "weekday" in parts:
        name = _NAMES.search(lower, start, end)
        if name is None or not text[name.start()].isupper():
            return False
    before = lower[max(0, start - 16) : start]
    if shape == "weekday":
        behind = lower[end : end + 20]
        return not (_NOT_A_DAY_BEFORE.search(before) or _NOT_A_DAY_BEHIND.match(behind))
    if shape == "month" and parts["month"] in ("may", "april", "june", "august"):
        is_name = text[end : end + 2].strip().isupper() and text[end : end + 1] == " "
        return before.endswith(("in ", "since ", "until ", "during ")) or not is_name
    if shape == "day_word":
        return not (text[start].isupper() and _BRAND.search(before))
    if shape in ("year", "year_range"):
        return _is_year(lower, end, parts)
    return True


def _is_year(lower: str, end: int, parts: dict[str, str]) -> bool:
    """ "in 2000 cases", "the 1500 workers", "of 1935 Orchard St." are numbers."""
    if _COUNTED.match(lower, end) or _STREET.match(lower, end):
        return False
    before = parts.get("before", "")
    is_loose = before in ("of", "for", "to", "and", "the", "by", "from", "between", "after", "year")
    if parts["year"].endswith("00") and before not in ("since", "year"):
        return not re.match(r"\s[a-z]{3,}s\b", lower[end : end + 24])
    return not is_loose or parts["year"][:2] in ("19", "20")
