"""Dates of other calendars within a line: East Asian eras, Chinese numerals, the Persian calendar.

What belongs here: writing such dates as Gregorian ones in figures. What does not: names of
Gregorian months (calendar.py), and what a date means (etl/dates).
"""

import re
from datetime import date, timedelta

# The first year of an era is its year 1. Taiwan counts from the republic of 1912.
_ERAS = {
    "民國": 1911,
    "民国": 1911,
    "明治": 1867,
    "大正": 1911,
    "昭和": 1925,
    "平成": 1988,
    "令和": 2018,
}
_ERA = re.compile(rf"(?:中華|中华)?(?P<era>{'|'.join(_ERAS)})\s?(?P<year>\d{{1,3}}|元)\s?年")
_NUMERAL = re.compile(
    r"(?P<year>[〇零○一二三四五六七八九]{4})年(?P<rest>[一二三四五六七八九十]{1,3}月(?:[一二三四五六七八九十]{1,3}[日号])?)?"
)
_DIGITS = {figure: str(value) for value, figure in enumerate("〇一二三四五六七八九")}
_DIGITS |= {"零": "0", "○": "0"}
_TENS = re.compile(r"[一二三四五六七八九十]+")
# Years of the Persian calendar that a news page may bear: 1921 to 2036. Behind 1420 the Islamic
# calendar is meant.
_PERSIAN_YEARS = range(1300, 1416)
_HAS_PERSIAN_YEAR = re.compile(r"(?<!\d)[1۱١][34۳۴٣٤]\d\d(?!\d)")
_PERSIAN_FIGURES = re.compile(
    r"(?<!\d)(?P<year>\d{4})[/\-](?P<month>\d{1,2})[/\-](?P<day>\d{1,2})(?!\d)"
)
_PERSIAN_MONTHS = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور",
    "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip
_PERSIAN_WORDS = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})\s(?P<word>{'|'.join(_PERSIAN_MONTHS)})(?:\s?ماه)?،?\s"
    r"(?P<year>\d{4})(?!\d)"
)
_FIRST_PERSIAN_DAY = date(1921, 3, 21)


def in_gregorian(line: str) -> str:
    """A line with the dates of other calendars as Gregorian ones: "۲۳ اسفند ۱۴۰۱" is "2023-03-14",
    "令和5年3月14日" and "二〇二三年三月十四日" are "2023年3月14日".
    """
    if "年" in line:
        line = _ERA.sub(_year_of_era, line)
        line = _NUMERAL.sub(_in_figures, line)
    if _HAS_PERSIAN_YEAR.search(line) is not None:
        line = _PERSIAN_FIGURES.sub(_from_persian, line)
        line = _PERSIAN_WORDS.sub(_from_persian, line)
    return line


def _year_of_era(found: re.Match[str]) -> str:
    year = 1 if found["year"] == "元" else int(found["year"])
    return f"{_ERAS[found['era']] + year}年"


def _in_figures(found: re.Match[str]) -> str:
    year = "".join(_DIGITS[figure] for figure in found["year"])
    rest = _TENS.sub(lambda number: str(_number_of(number[0])), found["rest"] or "")
    return f"{year}年{rest}"


def _number_of(figures: str) -> int:
    """ "十四" is 14, "二十" is 20, "三" is 3."""
    tens, ten, ones = figures.partition("十")
    if not ten:
        return int("".join(_DIGITS[figure] for figure in figures))
    return 10 * int(_DIGITS.get(tens, "1")) + int(_DIGITS.get(ones, "0"))


def _from_persian(found: re.Match[str]) -> str:
    """The day in ISO 8601, or the text as it stands where the calendar has no such day."""
    parts, year = found.groupdict(), int(found["year"])
    word = parts.get("word")
    month = _PERSIAN_MONTHS.index(word) + 1 if word else int(parts["month"] or 0)
    day = persian_day(year, month, int(found["day"]))
    return found[0] if day is None else day.isoformat()


def persian_day(year: int, month: int, day: int) -> date | None:
    """The day of a date of the Persian (Solar Hijri) calendar, 1300 to 1415; None if it has none.

    Source: the leap years of a cycle of 33 years, which in these years are those of the
    astronomical calendar (K. M. Borkowski, "The Persian calendar for 3000 years", 1996).
    """
    longest = 31 if month <= 6 else 30 if month < 12 or _is_leap(year) else 29
    if year not in _PERSIAN_YEARS or not (1 <= month <= 12 and 1 <= day <= longest):
        return None
    first = _PERSIAN_YEARS.start
    leaps = sum(map(_is_leap, range(first, year)))
    before = 31 * (month - 1) - max(0, month - 7)
    return _FIRST_PERSIAN_DAY + timedelta(365 * (year - first) + leaps + before + day - 1)


def _is_leap(year: int) -> bool:
    return year % 33 in (1, 5, 9, 13, 17, 22, 26, 30)
