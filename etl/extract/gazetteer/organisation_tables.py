"""Candidates of organisations and of set phrases: what seats_of_power.csv, organisations.csv,
phrases.csv and entity_aliases.csv make of a name.

What belongs here: one reader per table. What does not: organisations that are evidence of no
country (known_organisations).
"""

from collections.abc import Iterable

import polars as pl

from etl.extract.gazetteer.candidates import Candidate
from etl.tables import read_table, split_list

# An acronym that an outlet has too counts only where its country is named otherwise.
AGENCY_DOUBT = 0.2


def read_seats_of_power() -> Iterable[tuple[Candidate, str]]:
    """seats_of_power.csv: "the Kremlin", "Downing Street"."""
    for row in read_table("seats_of_power.csv").iter_rows(named=True):
        yield _candidate(row, row["label"], "seat_of_power", float(row["score"] or 0.9))


def read_organisations() -> Iterable[tuple[Candidate, str]]:
    """organisations.csv: those that are evidence of their country."""
    agencies = _agencies()
    for row in read_table("organisations.csv").iter_rows(named=True):
        doubt = AGENCY_DOUBT if row["name"] in agencies else 0.0
        yield _candidate(row, "ORG", "organisation", float(row["score"] or 0.8) - doubt)


def _candidate(row: dict[str, str], label: str, method: str, score: float) -> tuple[Candidate, str]:
    name, code, form = row["name"], row["country_code"], row["match"] or "any"
    return Candidate(name, label, method, code, score, form=form), name


def _agencies() -> frozenset[str]:
    """Short names that outlets have too: "told PTI" is the agency, not the party."""
    table = read_table("outlets.csv").select(
        pl.concat_list(split_list("aliases"), split_list("weak_names")).alias("name")
    )
    names = table.explode("name").drop_nulls()["name"]
    return frozenset(name for name in names if name.isupper())


def read_phrases() -> Iterable[tuple[Candidate, str]]:
    """Continents, seas, peoples and idioms: they hold a name but are no evidence of it."""
    for name, label, note in read_table("phrases.csv").iter_rows():
        form = "any" if name == name.title() or label else "loose"
        form = note if note == "adjective" else form
        plural = () if label or name.endswith("s") else (f"{name}s",)
        for each in (name, *plural):
            yield Candidate(name, label, "organisation", "", 0.9, form=form), each


def read_alliances() -> Iterable[tuple[Candidate, str]]:
    """entity_aliases.csv: organisations known by short names, evidence of no country."""
    national = frozenset(read_table("organisations.csv")["name"])
    for label, name, alias in read_table("entity_aliases.csv").iter_rows():
        if label == "ORG" and alias[:1].isupper() and alias not in national:
            form = "upper" if alias.isupper() and alias.isalpha() else "any"
            yield Candidate(name, label, "organisation", "", 0.9, form=form), alias
