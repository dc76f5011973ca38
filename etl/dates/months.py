"""Which month a word of a date is.

What belongs here: choosing where a name is two months. What does not: the names
(etl/lexicon/calendar.py) and the shapes of dates (readings.py).
"""

from collections.abc import Mapping

from etl.lexicon.calendar import fold, languages_with_day_mark, meanings, numbers

# "3 enero" is a day without a year, "3 ene" may be anything.
SHORTEST_PLAIN_NAME = 4


def month_number(
    name: str,
    *,
    language: str | None = None,
    has_day_mark: bool | None = None,
    needs_care: bool = False,
) -> int | None:
    """The month that ``name`` is, if any: ``Aug.`` and ``avgusta`` are 8.

    ``language`` is that of the text around, ``has_day_mark`` whether a point follows the day, if
    there is a day. They settle a name of two months: "12 listopada" is Polish and of November,
    "12. listopada" Croatian and of October. With ``needs_care``, for dates without a year, short
    names are taken in English only: the Portuguese ``out`` (October) must not read a date into
    "3 out of 5".
    """
    key = fold(name)
    if needs_care and len(key) < SHORTEST_PLAIN_NAME and key not in numbers("month", "en"):
        return None
    found = meanings("month").get(key, {})
    if len(found) > 1:
        found = _spoken_in(found, language) or _marked(found, has_day_mark)
    return next(iter(found)) if len(found) == 1 else None


def _spoken_in(
    found: Mapping[int, frozenset[str]], language: str | None
) -> dict[int, frozenset[str]]:
    return {month: known for month, known in found.items() if language in known}


def _marked(
    found: Mapping[int, frozenset[str]], has_day_mark: bool | None
) -> Mapping[int, frozenset[str]]:
    """The meanings in languages that write the number of a day in this way."""
    if has_day_mark is None:
        return found
    marking = languages_with_day_mark()
    return {
        month: known
        for month, known in found.items()
        if (known & marking if has_day_mark else known - marking)
    }
