"""The gazetteer: every name that can be evidence of a country, in one dictionary.

What belongs here: the candidates by folded name, and the word sets that rules consult. What
does not: reading the tables of names (country_tables, place_tables, organisation_tables), finding
names in a text (matching) and choosing among candidates (places).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from etl.extract.gazetteer.candidates import Candidate
from etl.extract.gazetteer.country_tables import (
    country_names,
    read_countries,
    read_country_aliases,
    read_demonyms,
    read_peoples,
    read_prefixes,
    read_states,
)
from etl.extract.gazetteer.organisation_tables import (
    read_alliances,
    read_organisations,
    read_phrases,
    read_seats_of_power,
)
from etl.extract.gazetteer.person_names import given_names, surnames
from etl.extract.gazetteer.place_tables import (
    read_airports,
    read_counties,
    read_places,
    read_regions,
    read_subdivisions,
)
from etl.extract.text.tokens import fold_name, name_keys
from etl.tables import made_of_tables, read_table


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Candidates by folded name, and the word sets that rules consult."""

    candidates: dict[str, tuple[Candidate, ...]]
    longest: dict[str, int]
    given_names: frozenset[str]
    given_words: frozenset[str]
    surnames: frozenset[str]
    plain_surnames: frozenset[str]
    neighbours: dict[str, frozenset[str]]
    cues: dict[str, tuple[str, ...]]
    cues_by_word: dict[str, frozenset[str]]
    country_names: dict[str, str]


@made_of_tables
def load_gazetteer() -> Gazetteer:
    """Read every reference table.

    Raises:
        ReferenceDataError: a table is missing or malformed.
    """
    candidates = _gather_candidates()
    cues = _cues()
    persons = read_table("person_names.csv")
    given = persons.filter(pl.col("kind") == "given")
    family = persons.filter(pl.col("kind") == "surname")
    return Gazetteer(
        candidates=candidates,
        longest=longest_names(candidates),
        given_names=given_names(),
        given_words=frozenset(given.filter(pl.col("is_word") == "1")["name"]),
        surnames=surnames(),
        plain_surnames=frozenset(family.filter(pl.col("is_word") == "0")["name"]),
        neighbours=_neighbours(),
        cues=cues,
        cues_by_word=_by_last_word(cues),
        country_names=country_names(),
    )


def read_candidates() -> Iterable[tuple[Candidate, str]]:
    """Every candidate with a name for it; the first table to give a meaning wins."""
    yield from read_country_aliases()
    yield from read_countries()
    yield from read_demonyms()
    yield from read_peoples()
    yield from read_prefixes()
    yield from read_states()
    yield from read_places()
    yield from read_subdivisions()
    yield from read_regions()
    yield from read_counties()
    yield from read_airports()
    yield from read_seats_of_power()
    yield from read_organisations()
    yield from read_phrases()
    yield from read_alliances()


def _gather_candidates() -> dict[str, tuple[Candidate, ...]]:
    found: dict[str, list[Candidate]] = defaultdict(list)
    for candidate, name in read_candidates():
        for key in name_keys(name):
            if key and candidate.form != "never" and not _known(found[key], candidate):
                found[key].append(candidate)
    return {key: tuple(values) for key, values in found.items() if values}


@dataclass(frozen=True, slots=True)
class KnownNames:
    """What tables know of one kind of name, by folded form, as ``find_matches`` reads it."""

    candidates: dict[str, tuple[Candidate, ...]]
    longest: dict[str, int]


def known_names(candidates: dict[str, tuple[Candidate, ...]]) -> KnownNames:
    """A dictionary of these candidates by their folded names."""
    return KnownNames(candidates, longest_names(candidates))


def longest_names(names: Iterable[str]) -> dict[str, int]:
    """By the first word of folded names, how many words the longest of them has."""
    longest: dict[str, int] = {}
    for name in names:
        words = name.split(" ")
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    return longest


def _known(present: list[Candidate], candidate: Candidate) -> bool:
    """A name is kept once per country and method; the first table to give it wins. Behind a comma
    "New York" is the state too."""
    return any(
        c.country_code == candidate.country_code
        and c.method in _SAME_METHOD[candidate.method]
        and c.subdivision in ("", candidate.subdivision)
        and (candidate.form != "qualifier" or c.form == "qualifier" or c.method == "subdivision")
        for c in present
    )


_SAME_METHOD = {
    "country_name": ("country_name",),
    "demonym": ("demonym", "country_name"),
    "capital": ("capital", "country_name"),
    "city": ("city", "capital", "country_name"),
    "subdivision": ("subdivision", "country_name", "capital", "city"),
    "seat_of_power": ("seat_of_power",),
    "organisation": ("organisation",),
}


def _neighbours() -> dict[str, frozenset[str]]:
    table = read_table("neighbours.csv")
    return {code: frozenset(codes.split(";")) for code, codes in table.iter_rows()}


def _cues() -> dict[str, tuple[str, ...]]:
    """Folded words that one country's press uses ("sheriff", "lakh"): support, no evidence."""
    cues: dict[str, tuple[str, ...]] = {}
    for code, cue, _ in read_table("cues.csv").iter_rows():
        key = fold_name(cue)
        cues[key] = (*cues.get(key, ()), code)
    return cues


def _by_last_word(cues: Iterable[str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for cue in cues:
        found[cue.split(" ")[-1]].add(cue)
    return {word: frozenset(group) for word, group in found.items()}
