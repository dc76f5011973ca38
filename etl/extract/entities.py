"""Canonical names and ids of what mentions name.

What belongs here: trimming titles and possessives, surname to full name within an article,
acronyms that the text defines, and the id of an entity. What does not: finding spans.
"""

import hashlib
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, replace

from etl.extract.tokens import WORD, fold_name

_POSSESSIVES = ("'s", "’s", "'", "’")


@dataclass(slots=True)
class Mention:
    """One row of ``mentions`` in the making; offsets are characters of ``field``."""

    field: str
    start: int
    end: int
    text: str
    label: str
    name: str
    country_code: str | None
    method: str
    score: float


def entity_id(label: str, name: str, country_code: str | None) -> str:
    """32 hex characters of SHA-256 over label and canonical key.

    The key is the NFKC form without case; a place's key holds its country too, so London in
    Ontario is not London in England.
    """
    key = unicodedata.normalize("NFKC", name).casefold()
    place = f"\n{country_code or ''}" if label in ("PLACE", "NORP") else ""
    return hashlib.sha256(f"{label}\n{key}{place}".encode()).hexdigest()[:32]


def tidy_name(text: str) -> str:
    """One line, no possessive: "Jalil Abbas\\nJilani's" is "Jalil Abbas Jilani"."""
    name = " ".join(text.split())
    for ending in _POSSESSIVES:
        if name.endswith(ending) and len(name) > len(ending) + 1:
            return name[: -len(ending)]
    return name


def full_names(names: list[str]) -> dict[str, str]:
    """Each name of an article with its fullest form in it.

    "Jilani" resolves to "Jalil Abbas Jilani" where the article names only one such person;
    two persons of one surname leave it unresolved.
    """
    by_surname: dict[str, list[str]] = defaultdict(list)
    for name in sorted(set(names), key=lambda n: (-len(n.split()), n)):
        by_surname[fold_name(name).split(" ")[-1]].append(name)
    return {name: _fullest(name, family) for family in by_surname.values() for name in family}


def _fullest(name: str, family: list[str]) -> str:
    parts = fold_name(name).split(" ")
    longer = [n for n in family if len(n.split()) > len(name.split()) and _extends(n, parts)]
    return longer[0] if len(longer) == 1 else name


def resolve_names(mentions: list[Mention]) -> list[Mention]:
    """The mentions of one article with persons under their fullest name."""
    persons = full_names([m.name for m in mentions if m.label == "PERSON"])
    return [
        replace(m, name=persons.get(m.name, m.name)) if m.label == "PERSON" else m for m in mentions
    ]


def _extends(longer: str, parts: list[str]) -> bool:
    """Whether ``longer`` ends in the parts, or begins and ends with their first and last."""
    words = fold_name(longer).split(" ")
    if words[-len(parts) :] == parts:
        return True
    return len(parts) > 1 and words[0] == parts[0] and words[-1] == parts[-1]


def defined_acronym(name: str, acronym: str) -> bool:
    """Whether the letters of ``acronym`` are the initials of ``name``: (BLA)."""
    words = WORD.findall(name)
    initials = "".join(word[0] for word in words if word[0].isupper())
    every = "".join(word[0] for word in words)
    letters = acronym.replace("-", "").replace("&", "").upper()
    return len(letters) >= 2 and letters in (initials.upper(), every.upper())
