"""Verify and extend the registry of outlets: ``python -m bench.verify_outlets LIST ...``.

What belongs here: what lists of outlets (Wikidata's newspapers, Fundus' publishers) say of the
registry's lines, and which of their outlets it lacks. What does not: names as organisations
(build_outlets.py), and the registry's form (etl/sources/registry.py).

A list is a CSV with ``name``, ``country_code`` or ``country_codes``, ``domain`` or ``domains``, and
``wikidata_id`` if it has one; its file name tells who made it (outlets_wikidata.csv). Lists err:
they name hosts that thousands share, sellers of dead domains, owners. So a line is taken to be the
same outlet only by a domain that no other line of the list has, or by name and country; where they
disagree on the country, the registry's stays, and is printed.

An outlet that only a list knows is added with its domain, to be found by it alone
(``found_by`` domain): its name may be any word.
"""

import argparse
import csv
import io
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from etl.sources.names import domains_of, name_key
from etl.tables import ROOMS, read_table

REGISTRY = ROOMS["reference"] / "sources.csv"
# Hosts that house anybody, and endings of countries that anybody in the world may have.
SHARED_HOSTS = frozenset(
    """archive.org blogspot.com facebook.com google.com instagram.com issuu.com medium.com
    twitter.com typepad.com webnode.com weebly.com wikimedia.org wikipedia.org wix.com
    wordpress.com x.com youtube.com pressreader.com geocities.com tripod.com gannett.com
    yahoo.com""".split()
)
WORLDWIDE_ENDINGS = frozenset(
    "ac ag ai am as bz cc cd co dj eu fm gg io is la li me mu nu sc sh st su tk to tv vc ws".split()
)
NAME_SPELLINGS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One outlet of a list."""

    name: str
    countries: tuple[str, ...]
    domains: tuple[str, ...]
    shared_domains: tuple[str, ...]
    wikidata_id: str
    witness: str


def read_list(path: Path) -> list[Listed]:
    """The outlets of a list, each with the domains that no other has."""
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    shared = Counter(d for row in rows for d in set(_domains(row)))
    witness = path.stem.removeprefix("outlets_")
    return [
        Listed(
            name=" ".join(row["name"].replace(";", ",").split()),
            countries=tuple(_parts(row.get("country_codes") or row.get("country_code") or "")),
            domains=tuple(d for d in _domains(row) if shared[d] == 1 and not _is_shared(d)),
            shared_domains=tuple(d for d in _domains(row) if shared[d] > 1 and not _is_shared(d)),
            wikidata_id=row.get("wikidata_id") or "",
            witness=witness,
        )
        for row in rows
    ]


def _domains(row: Mapping[str, str]) -> list[str]:
    return [d.removeprefix("www.") for d in _parts(row.get("domains") or row.get("domain") or "")]


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def _is_shared(domain: str) -> bool:
    is_name = re.fullmatch(r"(?:[a-z0-9-]+\.)+[a-z]{2,}", domain)
    return not is_name or not SHARED_HOSTS.isdisjoint(domains_of(domain))


class Registry:
    """The registry's lines, as they are being verified."""

    def __init__(self, rows: Iterable[dict[str, str]]) -> None:
        self.rows = list(rows)
        self.countries = frozenset(read_table("countries.csv")["country_code"])
        self.by_domain = {d: row for row in self.rows for d in domains_of_line(row)}
        self.by_name: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
        for row in self.rows:
            for name in names_of_line(row):
                self.by_name[name_key(name), row["country_code"]].append(row)
        self.ids = {row["source_id"] for row in self.rows}

    def same(self, listed: Listed) -> dict[str, str] | None:
        """The line of an outlet, by a domain of its own or by name and country."""
        for domain in listed.domains:
            if row := self.by_domain.get(domain):
                return row
        for domain in listed.shared_domains:
            row = self.by_domain.get(domain)
            if row and name_key(listed.name) in map(name_key, names_of_line(row)):
                return row
        for country in self.countries_of(listed):
            found = self.by_name.get((name_key(listed.name), country), [])
            if len(found) == 1:
                return found[0]
        return None

    def countries_of(self, listed: Listed) -> tuple[str, ...]:
        """As the list has it, else that of the domain's ending."""
        endings = (domain.rpartition(".")[2] for domain in listed.domains)
        told = {"uk": "GB"}
        ends = [
            told.get(e, e.upper()) for e in endings if len(e) == 2 and e not in WORLDWIDE_ENDINGS
        ]
        return listed.countries or tuple(e for e in dict.fromkeys(ends) if e in self.countries)

    def verify(self, row: dict[str, str], listed: Listed) -> str | None:
        """Note the witness; what it says otherwise, or None."""
        row["verified_by"] = _joined(_parts(row["verified_by"]), [listed.witness])
        row["wikidata_id"] = row["wikidata_id"] or listed.wikidata_id
        new = [d for d in listed.domains if not self.by_domain.keys() & set(domains_of(d))]
        row["domains"] = _joined(_parts(row["domains"]), new)
        self.by_domain.update(dict.fromkeys(new, row))
        if listed.countries and row["country_code"] not in listed.countries:
            return f"{row['source_id']}: {row['country_code'] or 'none'}, {listed.witness} says "
        return None

    def add(self, listed: Listed) -> bool:
        """A line for an outlet that the registry lacks; False where too little is known of it."""
        countries = self.countries_of(listed)
        domains = [d for d in listed.domains if not self.by_domain.keys() & set(domains_of(d))]
        if len(countries) != 1 or not domains or countries[0] not in self.countries:
            return False
        source_id = self._free_id(listed.name, countries[0])
        if source_id is None:
            return False
        row = {
            **dict.fromkeys(self.rows[0], ""),
            "source_id": source_id,
            "name": listed.name,
            "kind": "newspaper",
            "country_code": countries[0],
            "homepage": domains[0],
            "domains": ";".join(domains[1:]),
            "wikidata_id": listed.wikidata_id,
            "verified_by": listed.witness,
            "found_by": "domain",
        }
        self.rows.append(row)
        self.by_domain.update(dict.fromkeys(domains, row))
        self.ids.add(source_id)
        return True

    def _free_id(self, name: str, country: str) -> str | None:
        bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
        short = NAME_SPELLINGS.sub("-", bare.removeprefix("the ")).strip("-")
        tries = (short, f"{short}-{country.casefold()}")
        return next((t for t in tries if len(short) > 1 and t not in self.ids), None)


def domains_of_line(row: Mapping[str, str]) -> Iterator[str]:
    """Every domain of a line, its home page's first."""
    if row["homepage"]:
        yield row["homepage"]
    yield from (domain.partition("=")[0] for domain in _parts(row["domains"]))


def names_of_line(row: Mapping[str, str]) -> tuple[str, ...]:
    """A line's name and its other names."""
    return (row["name"], *_parts(row["aliases"]))


def _joined(known: list[str], more: Iterable[str]) -> str:
    return ";".join(dict.fromkeys((*known, *more)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("lists", nargs="+", type=Path, metavar="LIST")
    arguments = parser.parse_args()
    registry = Registry(read_table("sources.csv").iter_rows(named=True))
    rest = []
    for path in arguments.lists:
        for listed in read_list(path):
            row = registry.same(listed)
            if row is None:
                rest.append(listed)
            elif doubt := registry.verify(row, listed):
                sys.stdout.write(f"{doubt}{';'.join(listed.countries)} ({listed.name})\n")
    added = sum(registry.same(listed) is None and registry.add(listed) for listed in rest)
    _write(registry.rows)
    known = sum(bool(row["verified_by"]) for row in registry.rows)
    sys.stdout.write(f"{len(registry.rows)} outlets, {known} witnessed, {added} added\n")


def _write(rows: list[dict[str, str]]) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(sorted(rows, key=lambda row: (row["country_code"], row["source_id"])))
    REGISTRY.write_text(text.getvalue(), encoding="utf-8")


if __name__ == "__main__":
    main()
