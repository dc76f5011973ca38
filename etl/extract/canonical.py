"""What makes two wordings one entity: keys, ids, aliases, and the parts of a person's name.

What belongs here: rules that hold for every article alike. What does not: what one article
says of its names (entities, coreference).
"""

import hashlib
import unicodedata
from functools import cache, lru_cache

import polars as pl

from etl.extract.tokens import fold_name
from etl.reference import read_table

# Scripts whose letters folding leaves whole end before the Greek ones.
FIRST_OTHER_LETTER = "\u0370"
SHORTEST_PLURAL = 5
_PARTICLES = frozenset("al el bin ibn de da dos del van von der den la le di du abu".split())


@lru_cache(maxsize=50_000)
def entity_id(label: str, name: str, country_code: str | None) -> str:
    """32 hex characters of SHA-256 over label and key.

    A place's key holds its country too, so London in Ontario is not London in England.
    """
    place = f"\n{country_code or ''}" if label in ("PLACE", "NORP") else ""
    whole = f"{label}\n{entity_key(label, name)}{place}"
    return hashlib.sha256(whole.encode()).hexdigest()[:32]


def entity_key(label: str, name: str) -> str:
    """The letters of the name that count.

    Case, accents, spaces, dots and hyphens don't ("Abdul-Rahman", "Abdul Rahman"; "U.N.",
    "UN"), nor does "the"; a group is one in singular and plural.
    """
    if any(letter >= FIRST_OTHER_LETTER and letter.isalpha() for letter in name):
        return unicodedata.normalize("NFKC", name).casefold()
    words = fold_name(name).split(" ")
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    key = "".join(words)
    plural = label == "NORP" and len(key) >= SHORTEST_PLURAL and key.endswith("s")
    return key[:-1] if plural and not key.endswith("ss") else key


@cache
def load_aliases() -> dict[tuple[str, str], str]:
    """(label, alias) to the name it stands for (entity_aliases.csv)."""
    table = read_table("entity_aliases.csv").select("label", "alias", "name")
    return {(label, alias): name for label, alias, name in table.iter_rows()}


@cache
def given_names() -> frozenset[str]:
    """Folded given names (person_names.csv)."""
    table = read_table("person_names.csv").filter(pl.col("kind") == "given")
    return frozenset(table["name"])


@cache
def surnames() -> frozenset[str]:
    """Folded surnames (person_names.csv)."""
    table = read_table("person_names.csv").filter(pl.col("kind") == "surname")
    return frozenset(table["name"])


@cache
def _family_first() -> frozenset[str]:
    return frozenset(fold_name(name) for name in read_table("family_first.csv")["name"])


def family_names(name: str) -> list[str]:
    """The words of a full name by which its bearer may be called alone.

    The last one; the last but one of a Spanish or Andean double surname ("Ana Quispe
    Mamani"); the first where the family's name comes first ("Choi Min-seo").
    """
    words = name.split(" ")
    if len(words) < 2:
        return []
    found = [words[-1]]
    double = words[-2] if len(words) > 2 else ""
    if double and _is_surname(double):
        found.append(double)
    if fold_name(words[0]) in _family_first():
        found.append(words[0])
    return found


def _is_surname(word: str) -> bool:
    key = fold_name(word)
    plain = word.isalpha() and word.istitle() and len(word) > 3
    return plain and key not in given_names() and key not in _PARTICLES
