"""Build the tables of etl/lexicon from Unicode's CLDR: ``python -m bench.build_lexicon``.

What belongs here: names of months, weekdays and near days as Unicode's CLDR has them, through
Babel, in all regions and scripts of the languages below. What does not: the forms that CLDR
lacks, which stand in calendar_variants.csv and are edited by hand. It needs no network, and the
same version of Babel gives the same bytes; beside the tables it writes dates for the tests.

Install it with ``pip install babel``.
"""

import csv
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from etl.tables import ROOMS

if TYPE_CHECKING:
    from babel import Locale

LANGUAGES = (
    "af am ar az be bg bn bs ca cs da de el en es et eu fa fi fil fr ga gl gu he hi hr hu hy id "
    "is it ja ka kk km kn ko ky lt lv mk ml mr ms my ne nl no pa pl pt ro ru si sk sl so sq sr "
    "sv sw ta te th tr uk ur uz vi zh"
)
LONG_DATES = Path(__file__).resolve().parents[1] / "tests" / "golden" / "long_dates.csv"
CALENDAR = ("language", "unit", "number", "word", "kinds")
NEAR_DAYS = range(-2, 3)
LANGUAGE_COLUMNS = ("language", "name", "day_mark", "figures")
USES = ("format", "stand-alone")
WIDTHS = {"wide": "full", "abbreviated": "short"}
# CLDR has Norwegian by its two written forms.
SAME_LANGUAGE = {"nb": "no", "nn": "no"}
# Scripts in which no news comes, and where CLDR lacks names or has English ones.
LEFT_OUT = ("en_Dsrt", "en_Shaw", "hi_Latn", "zh_Latn", "az_Arab", "az_Cyrl", "pa_Arab")
# "1月" is read by its digits, "m01" is what Babel says of a name that CLDR lacks, and a single
# letter of an alphabet is no name.
NOT_WORDS = re.compile(r"\d{1,2}\s?[月월]|[mM]\d\d|[\0-\u2fff]?")
# "d בMMMM y": a letter that is written in one word with the month.
GLUED = re.compile(r"(?<![\w'])([^\W\d_dMy])MMMM")
QUOTED = re.compile("'[^']*'")
FIRST_OF_DATE = re.compile("[dMy]")
BEGINS_WITH = {"d": "day", "M": "month", "y": "year"}

Row = tuple[str, str, int, str, str]


def locales_of(language: str) -> list["Locale"]:
    """Every locale of a language, its regions and scripts."""
    from babel import Locale, localedata

    names = (n for n in sorted(localedata.locale_identifiers()) if not n.startswith(LEFT_OUT))
    return [Locale.parse(n) for n in names if _language_of(n) == language]


def _language_of(locale_name: str) -> str:
    language = locale_name.partition("_")[0]
    return SAME_LANGUAGE.get(language, language)


def calendar_rows(language: str) -> Iterator[Row]:
    """language, unit, number, word, kinds; numbers of months and of ISO 8601's weekdays."""
    kinds: dict[tuple[str, int, str], set[str]] = defaultdict(set)
    for locale in locales_of(language):
        for unit, number, name, kind in names_of(locale):
            word = tidied(name)
            if NOT_WORDS.fullmatch(word) is None:
                kinds[unit, number, word].add(kind)
    for (unit, number, word), found in kinds.items():
        if word == word.lower() or (unit, number, word.lower()) not in kinds:
            yield language, unit, number, word, ";".join(sorted(found))


def names_of(locale: "Locale") -> Iterator[tuple[str, int, str, str]]:
    """unit, number, name and kind of each name that a locale has."""
    from babel.dates import get_relative_name

    glued = GLUED.search(locale.date_formats["long"].pattern)
    for width, kind in WIDTHS.items():
        for use in USES:
            for number, name in locale.months[use][width].items():
                yield "month", number, name, kind
                if glued:
                    yield "month", number, glued[1] + name, kind
            for number, name in locale.days[use][width].items():
                yield "weekday", number + 1, name, kind
    for days in NEAR_DAYS:
        if name := get_relative_name("day", days, locale=locale):
            yield "day", days, name, "full"


def tidied(name: str) -> str:
    """A name without its final point, the marks of direction, and the preposition before it."""
    shown = "".join(
        c
        for c in unicodedata.normalize("NFC", name)
        if unicodedata.category(c) != "Cf" or c in "\u200c\u200d"
    )
    return " ".join(shown.replace("’", "'").split()).removeprefix("de ").rstrip(".॰")


def language_rows(languages: Iterable[str]) -> Iterator[tuple[str, str, str, str]]:
    """language, English name, the mark behind the number of a day, and with what a date in figures
    begins in the language's main region.
    """
    from babel import Locale

    for language in languages:
        locale = Locale.parse(language)
        mark = "." if "d." in locale.date_formats["long"].pattern else ""
        figures = FIRST_OF_DATE.search(QUOTED.sub("", locale.date_formats["short"].pattern))
        first = BEGINS_WITH[figures[0]] if figures else ""
        yield language, str(Locale("en").languages[language]), mark, first


def long_dates(languages: Iterable[str]) -> Iterator[tuple[str, int, str]]:
    """language, month, and the 17th of that month of 2023 as CLDR writes it out."""
    from babel.dates import format_date

    for language in languages:
        for month in range(1, 13):
            yield language, month, format_date(date(2023, month, 17), "long", locale=language)


def language_codes() -> Iterator[tuple[str, str]]:
    """Codes of three letters (ISO 639-2 and 639-3), each with the one of two that stands for it."""
    from babel.core import get_global

    for code, language in get_global("language_aliases").items():
        if len(code) == 3 and len(language) == 2:
            yield code, language


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a table, sorted, and say so."""
    ordered = sorted(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(ordered)
    sys.stdout.write(f"{path.name}: {len(ordered)} rows\n")


def main() -> None:
    languages = LANGUAGES.split()
    rows = [row for language in languages for row in calendar_rows(language)]
    lexicon = ROOMS["lexicon"]
    write_csv(lexicon / "calendar.csv", CALENDAR, rows)
    write_csv(lexicon / "languages.csv", LANGUAGE_COLUMNS, language_rows(languages))
    write_csv(lexicon / "language_codes.csv", ("code", "language"), language_codes())
    write_csv(LONG_DATES, ("language", "month", "text"), long_dates(languages))


if __name__ == "__main__":
    main()
