"""The shapes of written dates, as news pages of many languages print them.

What belongs here: one pattern per shape. What does not: what the parts of a date mean
(readings.py) and the names of months (etl/lexicon/calendar.py).
"""

import re

from etl.lexicon import calendar, fill, pattern
from etl.tables import made_of_tables

# A word may hold combining marks (Hindi month names do), so it is told by what ends it. Where
# letters are not ASCII, a point may stand within a name (Thai) or a space (Arabic).
_WORD = r"[^\W\d_][^\s\d\0,،./|:;()\[\]–—-]{1,14}"
_ANY_WORD = rf"(?:[\u0e01-\u0e5b]{{1,4}}\.[\u0e01-\u0e5b]{{1,2}}|{_WORD})(?:\s@SECOND_WORD(?!\w))?"
_YEAR = r"(?P<year>\d{4})(?!\d)"
_DAY = r"(?<![\d:.,])(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|(?P<day_mark>\.))?"
_SHORT_YEAR = r"['’‘](?P<short_year>\d\d)(?!\d)"

_SHAPES = (
    r"(?<![\w-])(?P<year>\d{4})-?W(?P<week>\d\d)-?(?P<weekday>[1-7])(?!\w)",
    rf"(?<!\d){_YEAR}(?P<mark>[-/.]\s?)(?P<month>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}})(?!\d)",
    rf"{_YEAR}\s?[年년]\s?(?P<month>\d{{1,2}})\s?[月월]\s?(?P<day>\d{{1,2}})\s?[日일]",
    rf"{_DAY}(?:\s?[-/.]\s?|\s{{1,2}})(?:of\s|de\s)?(?P<word>@WORD)\.?(?:[,،]?\s{{0,2}}|\s?[-/]\s?"
    rf"|\s(?:del?|[คพ]\.ศ\.)\s){_YEAR}",
    rf"{_DAY},?\s@NUMBERED\s?(?P<month>\d{{1,2}}),?\s(?:năm\s)?{_YEAR}",
    rf"{_YEAR}(?:\.\sgada|-?\s?ж\.,?)\s{_DAY}[\s-](?P<word>@WORD)",
    rf"{_DAY}-(?P<word>@WORD)-(?P<short_year>\d\d)(?!\d)",
    rf"{_DAY}[\s-](?:of\s)?(?P<word>@WORD)\.?,?[\s-]{_SHORT_YEAR}",
    rf"(?P<word>@WORD)\.?\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s{_SHORT_YEAR}",
    rf"(?P<word>@WORD)\.?\s{{0,2}}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s?,\s{{0,2}}|\s{{1,2}}){_YEAR}",
    rf"{_YEAR}(?:\.|\sm\.|\s?թ\.|(?:\(e\)|e)?ko)?[\s-](?P<word>@WORD)\.?[\s-](?P<day>\d{{1,2}})(?!\d)",
    rf"(?<![\d:.])(?P<first>\d{{1,2}})(?P<mark>[-/.]\s?)(?P<second>\d{{1,2}})(?P=mark)"
    rf"(?:{_YEAR}|(?P<short_year>\d\d)(?![\d:]))",
    rf"{_YEAR}\s?[年년]\s?(?P<month>\d{{1,2}})\s?[月월](?!\s?\d)",
    rf"(?<!\d[\s.\-/])(?P<word>@WORD)\.?,?\s{{1,2}}(?:del?\s)?{_YEAR}",
    rf"{_DAY}(?:\s{{1,2}}|-)(?:of\s|de\s)?(?P<word>@WORD)",
    r"(?P<word>@WORD)\.?\s{0,2}(?P<day>\d{1,2})(?![\d:])(?:st|nd|rd|th)?",
)


@made_of_tables
def date_shapes(*, is_ascii: bool) -> tuple[re.Pattern[str], ...]:
    """The shapes for a line, the most telling first, with the words of the calendar.

    Groups: ``year`` or ``short_year``, ``month`` (a number) or ``word``, ``day`` and its
    ``day_mark``; ``week`` and ``weekday``; ``first`` and ``second`` where it is open which is the
    day, with their ``mark``.
    """
    pairs = [name.split(" ") for name in calendar.names("month") if name.count(" ") == 1]
    second = pattern(second for _, second in pairs if not second.isdigit())
    parts = {
        "WORD": _WORD if is_ascii else fill(_ANY_WORD, {"SECOND_WORD": second}),
        "NUMBERED": pattern(first for first, second in pairs if second.isdigit()),
    }
    return tuple(re.compile(fill(shape, parts), re.IGNORECASE) for shape in _SHAPES)
