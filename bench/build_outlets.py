"""Build etl/reference/outlets.csv: ``python -m bench.build_outlets``.

What belongs here: the names of the registry's outlets as organisations. What does not: the
tables that come from packages (bench/build_reference.py).

It is a snapshot of sources.csv, not the registry itself: a registry that is corrected on the
spot must not have every night extracted anew, so the extraction reads only this copy, which is
renewed with a release.
"""

import csv
import io
import sys

from etl.extract.gazetteer.dictionary import read_candidates
from etl.extract.text.tokens import fold_name
from etl.tables import ROOMS, read_table

# "AP" and "MAP" are too many things to be an outlet wherever they stand.
SHORTEST_ACRONYM = 4
HEADER = ("name", "country_code", "aliases", "weak_names")


def outlet_rows() -> list[tuple[str, ...]]:
    """name, country_code, aliases, weak_names of each outlet; weak ones need another sign."""
    doubtful = doubtful_names()
    return [
        (row["name"], row["country_code"], row["aliases"], ";".join(weak_names(row, doubtful)))
        for row in read_table("sources.csv").iter_rows(named=True)
        if not row["found_by"]  # its name may be any word
    ]


def weak_names(row: dict[str, str], doubtful: frozenset[str]) -> list[str]:
    """The outlet's names that the registry calls weak, or that are words, persons or places."""
    known = [name for name in row["weak_names"].split(";") if name]
    names = [name for name in (row["name"], *row["aliases"].split(";")) if name]
    return list(dict.fromkeys([*(n for n in names if _is_weak(n, doubtful)), *known]))


def _is_weak(name: str, doubtful: frozenset[str]) -> bool:
    short = name.isupper() and len(name) < SHORTEST_ACRONYM
    return short or fold_name(name) in doubtful


def doubtful_names() -> frozenset[str]:
    """Folded words, persons' names and places, as the other tables have them."""
    words = frozenset(read_table("plain_words.csv")["word"])
    persons = frozenset(read_table("person_names.csv")["name"])
    places = frozenset(fold_name(name) for c, name in read_candidates() if c.label != "ORG")
    return words | persons | places


def main() -> None:
    text = io.StringIO()
    rows = outlet_rows()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([HEADER, *rows])
    (ROOMS["reference"] / "outlets.csv").write_text(text.getvalue(), encoding="utf-8")
    sys.stdout.write(f"outlets.csv: {len(rows)} rows\n")


if __name__ == "__main__":
    main()
