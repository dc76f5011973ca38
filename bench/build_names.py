"""Build the word and outlet tables of etl/reference: ``python -m bench.build_names``.

What belongs here: ``common_words.csv.gz`` (English words that a name may be mistaken for) and
``outlets.csv`` (the names of the registry's outlets as organisations). What does not: the
tables that come from packages of places and persons (bench/build_reference.py).

``outlets.csv`` is a snapshot of sources.csv, not the registry itself: a registry that is
corrected on the spot must not have every night extracted anew, so the extraction reads only
this copy, which is renewed with a release. Needs Debian's wamerican-small.
"""

import csv
import gzip
import io
import sys
from collections.abc import Iterable
from pathlib import Path

from etl.extract.candidates import read_candidates
from etl.extract.tokens import fold_name
from etl.reference import read_table

REFERENCE = Path(__file__).resolve().parent.parent / "etl" / "reference"
WORD_LIST = Path("/usr/share/dict/american-english-small")
# "AP" and "MAP" are too many things to be an outlet wherever they stand.
SHORTEST_ACRONYM = 4


def read_words(path: Path) -> list[str]:
    """The words in small letters, without possessives, of two letters and more."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return sorted({word for word in lines if word.islower() and word.isalpha() and len(word) > 1})


def outlet_rows(words: frozenset[str]) -> list[tuple[str, str, str, str]]:
    """name, country_code, aliases, weak_names of each outlet; weak ones need another sign."""
    doubtful = words | _names_of_persons() | _names_of_places()
    return [
        (row["name"], row["country_code"], row["aliases"], ";".join(_weak(row, doubtful)))
        for row in read_table("sources.csv").iter_rows(named=True)
    ]


def _weak(row: dict[str, str], doubtful: frozenset[str]) -> list[str]:
    known = row["weak_names"].split(";")
    names = [row["name"], *row["aliases"].split(";")]
    weak = [n for n in names if n and (n in known or _is_doubtful(n, doubtful))]
    return list(dict.fromkeys([*weak, *filter(None, known)]))


def _is_doubtful(name: str, doubtful: frozenset[str]) -> bool:
    short = name.isupper() and len(name) < SHORTEST_ACRONYM
    return short or fold_name(name) in doubtful


def _names_of_persons() -> frozenset[str]:
    return frozenset(read_table("person_names.csv")["name"])


def _names_of_places() -> frozenset[str]:
    return frozenset(fold_name(name) for c, name in read_candidates() if c.label != "ORG")


def write_rows(path: Path, header: list[str], rows: Iterable[tuple[str, ...]]) -> None:
    """Write CSV, gzipped where the name says so; no clock in it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    data = text.getvalue().encode()
    path.write_bytes(gzip.compress(data, mtime=0) if path.suffix == ".gz" else data)


def main() -> None:
    words = read_words(WORD_LIST)
    write_rows(REFERENCE / "common_words.csv.gz", ["word"], ((word,) for word in words))
    outlets = outlet_rows(frozenset(words))
    header = ["name", "country_code", "aliases", "weak_names"]
    write_rows(REFERENCE / "outlets.csv", header, outlets)
    sys.stdout.write(f"common_words.csv.gz: {len(words)} rows\noutlets.csv: {len(outlets)} rows\n")


if __name__ == "__main__":
    main()
