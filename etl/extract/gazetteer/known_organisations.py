"""Organisations known without the article: known_organisations.csv and outlets.csv.

What belongs here: their names in a dictionary, and the name that the tables have for another.
What does not: organisations that are evidence of a country (organisation_tables), and what a
known name does to the mentions of an article (passes).
"""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from etl.extract.gazetteer.aliases import load_aliases
from etl.extract.gazetteer.candidates import Candidate
from etl.extract.gazetteer.dictionary import KnownNames, known_names
from etl.extract.text.company_suffixes import without_suffixes
from etl.extract.text.tokens import fold_name
from etl.tables import made_of_tables, read_table

SCORE = 0.9
SHORTEST_ACRONYM = 2


@made_of_tables
def load_known() -> KnownNames:
    """Both tables; the first table to give a name wins, and ``is_word`` marks the weak ones."""
    return _read("known_organisations.csv", "outlets.csv")


@made_of_tables
def load_outlets() -> KnownNames:
    """The outlets alone (outlets.csv)."""
    return _read("outlets.csv")


def _read(*tables: str) -> KnownNames:
    found: dict[str, tuple[Candidate, ...]] = {}
    for candidate, name in _read_names(tables):
        held = found.setdefault(fold_name(name), (candidate,))
        if held[0].name == candidate.name and all(c.form != candidate.form for c in held):
            found[fold_name(name)] = (*held, candidate)  # "NAMPA", "Nampa"
    return known_names(found)


def _read_names(tables: Iterable[str]) -> Iterator[tuple[Candidate, str]]:
    aliases = load_aliases()
    for table in tables:
        for row in read_table(table).iter_rows(named=True):
            weak = frozenset(row["weak_names"].split(";"))
            canonical = aliases.get(("ORG", row["name"]), row["name"])
            names = [row["name"], *row["aliases"].split(";"), *weak]
            for name in filter(None, dict.fromkeys(names)):
                yield _candidate(canonical, name, row["country_code"], name in weak), name


def _candidate(canonical: str, name: str, code: str, is_weak: bool) -> Candidate:
    form = "upper" if name.isupper() and len(name) >= SHORTEST_ACRONYM else "any"
    return Candidate(canonical, "ORG", "organisation", code, SCORE, form=form, is_word=is_weak)


def known_name(name: str) -> str | None:
    """The canonical name of a known organisation under one of its firm names, else None."""
    candidates = load_known().candidates.get(fold_name(name), ())
    return next((c.name for c in candidates if _may_stand_for(c, name)), None)


def _may_stand_for(candidate: Candidate, name: str) -> bool:
    return not candidate.is_word and (candidate.form != "upper" or name.isupper())


def canonical_organisation(name: str) -> str:
    """The name that the tables have for this one, also behind a company's suffix; else itself.

    "Ford Motor Co" and "Ford Motor" are one entity.
    """
    return _canonicals()(name)


@made_of_tables
def _canonicals() -> Callable[[str], str]:
    return lru_cache(maxsize=50_000)(_canonical)


def _canonical(name: str) -> str:
    known = known_name(name)
    if known is not None:
        return known
    bare = without_suffixes(name)
    candidates = load_known().candidates.get(fold_name(bare), ()) if bare != name else ()
    return candidates[0].name if candidates else name
