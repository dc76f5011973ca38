"""Forms: by which bare names the bearer of a full name may be called.

What belongs here: full and bare names of persons as tables, each with the key that joins them, and
which full names may be one person's. What does not: the rules of names, which extraction has.
"""

from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass

import polars as pl

FORM_SCHEMA = {"name": pl.String(), "key": pl.String(), "kind": pl.String(), "person": pl.String()}
BARE_SCHEMA = {"name": pl.String(), "key": pl.String(), "is_common": pl.Boolean()}
WORD_SCHEMA = {"word": pl.String(), "key": pl.String()}

LONGEST_TELLING = 5
"""So many letters of the other names tell two bearers of a name apart: "Robert" and "Robert S."
are one, "Michael" and "Michelle" two."""
SHORTEST_TELLING = 3


@dataclass(frozen=True, kw_only=True)
class NameRules:
    """How names of persons are read: the rules of extraction.

    ``family_forms`` and ``given_forms`` are those by which the bearer of a full name may be called
    alone, ``key`` the letters under which spellings of such a form are one, ``entity_key`` those
    of a whole name; ``is_common`` says whether many people have a name, or it is a word;
    ``is_particle`` whether a word stands within names ("da", "al").
    """

    family_forms: Callable[[str], Iterable[str]]
    given_forms: Callable[[str], Iterable[str]]
    key: Callable[[str], str]
    entity_key: Callable[[str], str]
    is_common: Callable[[str], bool]
    is_particle: Callable[[str], bool]


def full_names(names: Iterable[str], rules: NameRules, keys: Set[str]) -> pl.DataFrame:
    """name, key, kind (family, given) and person for each form of full names that has such a key.

    ``person`` is the same for full names with a form in common that may be one person's.
    """
    rows = [
        (name, key, kind, person_of(name, key, rules))
        for name in names
        for key, kind in _forms(name, rules).items()
        if key in keys
    ]
    return pl.DataFrame(rows, schema=FORM_SCHEMA, orient="row")


def _forms(name: str, rules: NameRules) -> dict[str, str]:
    """The kind of each form of a full name, by its key; none where it has one word."""
    if " " not in name:
        return {}
    kinds = {rules.key(form): "given" for form in rules.given_forms(name)}
    kinds |= {rules.key(form): "family" for form in rules.family_forms(name)}
    kinds.pop(rules.key(name), None)
    return kinds


def person_of(name: str, key: str, rules: NameRules) -> str:
    """What the bearer of a name is told by beside a form of it: the first letters of the rest."""
    others = rules.entity_key(name).replace(key, "", 1)
    words = (rules.key(word) for word in name.split(" "))
    first = next((len(word) for word in words if word != key), 0)
    return others[: min(max(first, SHORTEST_TELLING), LONGEST_TELLING)]


def bare_names(names: Iterable[str], rules: NameRules) -> pl.DataFrame:
    """name, key and is_common of the names that may be bare: "Rocha", "da Rocha", "al-Rashidi"."""
    rows = [
        (name, rules.key(name), rules.is_common(name))
        for name in names
        if " " not in name or rules.is_particle(name.split(" ")[0])
    ]
    return pl.DataFrame(rows, schema=BARE_SCHEMA, orient="row")


def words_of(names: pl.Series, rules: NameRules, keys: Set[str]) -> pl.DataFrame:
    """name and key for each word of each name that has such a key."""
    words = pl.DataFrame({"name": names.unique()}).with_columns(
        word=pl.col("name").str.split(" ").list.unique()
    )
    words = words.explode("word")
    key_of = {word: rules.key(word) for word in words["word"].unique().sort()}
    told = {word: key for word, key in key_of.items() if key in keys}
    keyed = pl.DataFrame([*told.items()], schema=WORD_SCHEMA, orient="row")
    return words.join(keyed, on="word").select("name", "key").unique()
