"""The gazetteer: every name that can be evidence of a country, in one dictionary.

What belongs here: the candidates by folded name, and the word sets that rules consult. What
does not: reading the tables of names (candidates), finding names in a text (matching) and
choosing among candidates (resolve).
"""

from collections import defaultdict
from dataclasses import dataclass

import polars as pl

from etl.extract.candidates import SMALLEST_CITY, Candidate, country_names, read_candidates
from etl.extract.canonical import given_names, surnames
from etl.extract.tokens import fold_name, name_keys
from etl.reference import read_table

__all__ = ["SMALLEST_CITY", "Candidate", "Gazetteer", "load_gazetteer"]


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
    local_names: dict[str, dict[str, str]]
    local_words: dict[str, dict[str, tuple[str, ...]]]


def load_gazetteer() -> Gazetteer:
    """Read every reference table.

    Raises:
        ReferenceDataError: a table is missing or malformed.
    """
    found: dict[str, list[Candidate]] = defaultdict(list)
    for candidate, name in read_candidates():
        for key in name_keys(name):
            if key and candidate.form != "never" and not _known(found[key], candidate):
                found[key].append(candidate)
    longest: dict[str, int] = {}
    for key in found:
        words = key.split(" ")
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    cues = _cues()
    persons = read_table("person_names.csv")
    given = persons.filter(pl.col("kind") == "given")
    family = persons.filter(pl.col("kind") == "surname")
    return Gazetteer(
        candidates={key: tuple(values) for key, values in found.items() if values},
        longest=longest,
        given_names=given_names(),
        given_words=frozenset(given.filter(pl.col("is_word") == "1")["name"]),
        surnames=surnames(),
        plain_surnames=frozenset(family.filter(pl.col("is_word") == "0")["name"]),
        neighbours={
            code: frozenset(codes.split(";"))
            for code, codes in read_table("neighbours.csv").iter_rows()
        },
        cues=cues,
        cues_by_word={
            word: frozenset(cue for cue in cues if cue.split(" ")[-1] == word)
            for word in {cue.split(" ")[-1] for cue in cues}
        },
        country_names=country_names(),
        local_names=_local_names(),
        local_words=_local_words(),
    )


def _known(present: list[Candidate], candidate: Candidate) -> bool:
    """A name is kept once per country and method; the first table to give it wins."""
    return any(
        c.country_code == candidate.country_code
        and c.method in _SAME_METHOD[candidate.method]
        and c.subdivision in ("", candidate.subdivision)
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


def _cues() -> dict[str, tuple[str, ...]]:
    """Folded words that one country's press uses ("sheriff", "lakh"): support, no evidence."""
    cues: dict[str, tuple[str, ...]] = {}
    for code, cue, _ in read_table("cues.csv").iter_rows():
        key = fold_name(cue)
        cues[key] = (*cues.get(key, ()), code)
    return cues


def _local_names() -> dict[str, dict[str, str]]:
    names: dict[str, dict[str, str]] = defaultdict(dict)
    for language, code, name in read_table("local_names.csv").iter_rows():
        names[language].setdefault(name, code)
    for language, code, name, _ in read_table("local_aliases.csv").iter_rows():
        names[language].setdefault(name, code)
    return dict(names)


def _local_words() -> dict[str, dict[str, tuple[str, ...]]]:
    """By language, the names that are words too, with what has to stand beside them."""
    words: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    needs = read_table("local_aliases.csv").filter(pl.col("needs") != "")
    for language, _, name, others in needs.iter_rows():
        words[language][name] = tuple(others.split(";"))
    return dict(words)
