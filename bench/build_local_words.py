"""Writes etl/reference/local_words.csv: peoples, capitals and further names of countries.

    python -m bench.build_local_words

What belongs here: reading the seed words of newsmap (koheiw/newsmap at de62951, MIT) in the folder
``newsmap`` beside ``DATELINE_CORPUS``, and the cities of CLDR's time zones through Babel. What
does not: the names of countries themselves (build_reference.py), and reading texts with them
(etl.extract).

A word that ends in ``*`` goes on with any letters. Words of two countries in one language are left
out, but for the country that usually is meant.
"""

import csv
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from babel import Locale
from babel.core import get_global

from bench.build_reference import LANGUAGES, TAGS
from bench.corpus import corpus_folder
from etl.extract.text.tokens import fold
from etl.tables import read_table, table_path

HEADER = ("language_code", "country_code", "word", "kind", "name")
FILES = {
    "arabic": "ar",
    "chinese_simplified": "zh",
    "chinese_traditional": "zh",
    "french": "fr",
    "german": "de",
    "hebrew": "he",
    "italian": "it",
    "japanese": "ja",
    "portuguese": "pt",
    "russian": "ru",
    "spanish": "es",
    "turkish": "tr",
}
ENTRY = re.compile(r"^\s*'?([A-Z]{2})'?:\s*\[(.*)\]")
SHORTEST_STEM = 4
# Where newsmap writes adjectives with a capital, and where what follows a name is no part of it.
CAPITALISED, UNSPACED = ("fr", "pt", "tr"), ("ja", "zh")
SHARED_LETTERS = 3
USUAL = ("US", "GB", "CD", "KR", "DO", "GN", "IN", "SD", "WS", "NG", "CN")
# Words that other words of the language begin with: "indicios", "слова".
LEFT_OUT = Path(__file__).with_name("local_words_left_out.csv")
Row = tuple[str, str, str, str, str]


def main() -> None:
    """Write the table and say how many rows it has."""
    rows = sorted({*seed_rows(), *capital_rows()})
    kept = list(without_shared(rows))
    with table_path("local_words.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([HEADER, *kept])
    sys.stdout.write(f"local_words.csv: {len(kept)} rows\n")


def capital_rows() -> Iterator[Row]:
    """The capitals that have a time zone of their own, as CLDR names them in each language."""
    english, zones = Locale("en").time_zones, get_global("zone_territories")
    capitals = _capitals()
    for language in LANGUAGES.split():
        named = Locale(language).time_zones
        for zone, code in zones.items():
            usual = _city(english, zone) or zone.split("/")[-1].replace("_", " ")
            local = _city(named, zone)
            if local and (code, fold(usual)) in capitals and local != usual:
                yield TAGS.get(language, language), code, local, "capital", usual


def _city(zones: dict[str, dict[str, str]], zone: str) -> str:
    return zones[zone].get("city", "") if zone in zones else ""


def _capitals() -> set[tuple[str, str]]:
    places = read_table("places.csv.gz").to_dicts()
    aliases = read_table("country_aliases.csv").to_dicts()
    found = {(row["country_code"], fold(row["name"])) for row in places if row["kind"] == "capital"}
    named = {(r["country_code"], fold(r["name"])) for r in aliases if r["method"] == "capital"}
    return found | named


def seed_rows() -> Iterator[Row]:
    """The words of newsmap, told apart by their form and by what CLDR has."""
    cities: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for language, code, local, _, usual in capital_rows():
        cities[language, code][local] = usual
    for file, language in FILES.items():
        path = corpus_folder().parent / "newsmap" / f"{file}.yml"
        for line in path.read_text(encoding="utf-8").splitlines():
            if entry := ENTRY.match(line):
                code, words = entry.group(1), entry.group(2).split(",")
                known = cities[language, code]
                yield from _told(language, code, map(str.strip, words), known)


def _told(language: str, code: str, words: Iterable[str], cities: dict[str, str]) -> Iterator[Row]:
    names = _names(language, code)
    for word in words:
        stem = word.strip("'\" ").rstrip("*")
        if len(stem) < 2 or stem in names or "*" in stem or not names:
            continue
        kind = _kind(language, word, stem, names, cities)
        is_short = word.endswith("*") and len(stem) < SHORTEST_STEM and language not in UNSPACED
        if kind == "capital" or is_short:
            continue  # CLDR has the capitals
        yield language, code, f"{stem}*" if word.endswith("*") else stem, kind, ""


def _kind(language: str, word: str, stem: str, names: set[str], cities: Iterable[str]) -> str:
    is_stem, is_cased = word.endswith("*"), stem.lower() != stem.upper()
    if any(city.startswith(stem[:-1]) for city in cities):
        return "capital"
    is_alike = any(fold(name)[:SHARED_LETTERS] == fold(stem)[:SHARED_LETTERS] for name in names)
    if is_stem and is_cased and (stem[0].islower() or language in CAPITALISED):
        return "people"
    if is_stem and not is_cased:
        return "country" if language in UNSPACED else "people"
    return "country" if is_alike else "capital"


def _names(language: str, code: str) -> set[str]:
    return _all_names()[language, code]


@cache
def _all_names() -> dict[tuple[str, str], set[str]]:
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for table in ("local_names.csv", "local_aliases.csv"):
        for row in read_table(table).iter_rows(named=True):
            found[row["language_code"], row["country_code"]].add(row["name"])
    return found


def without_shared(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows without those whose word another country has in that language."""
    words = left_out()
    codes: dict[tuple[str, str], set[str]] = defaultdict(set)
    for language, code, word, *_ in rows:
        codes[language, word].add(code)
    for row in rows:
        shared = codes[row[0], row[2]]
        usual = next((code for code in USUAL if code in shared), None)
        is_word = (row[0], row[2]) in words
        if not is_word and (len(shared) == 1 or row[1] == usual):
            yield row


@cache
def left_out() -> frozenset[tuple[str, str]]:
    """Words, by language, that no name is taken for."""
    with LEFT_OUT.open(encoding="utf-8", newline="") as file:
        return frozenset((row["language_code"], row["word"]) for row in csv.DictReader(file))


if __name__ == "__main__":
    main()
