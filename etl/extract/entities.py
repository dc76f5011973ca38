"""A mention, and the canonical names of one article's mentions.

What belongs here: trimming possessives, and a surname's full name within an article. What
does not: finding spans, and what makes an entity across articles (canonical).
"""

from collections import defaultdict
from dataclasses import dataclass, replace

from etl.extract.canonical import entity_key, family_names, load_aliases
from etl.extract.tokens import fold_name

POSSESSIVES = ("'s", "’s", "'", "’")


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


def tidy_name(text: str) -> str:
    """One line, no possessive: "Amina Sow\\nDiallo's" is "Amina Sow Diallo"."""
    name = " ".join(text.split())
    for ending in POSSESSIVES:
        if name.endswith(ending) and len(name) > len(ending) + 1:
            return name[: -len(ending)]
    return name


def full_names(names: list[str]) -> dict[str, str]:
    """Each name of an article with its fullest form in it.

    "Diallo" resolves to "Amina Sow Diallo" where the article names only one such person;
    two persons of one surname leave it unresolved.
    """
    families: dict[str, set[str]] = defaultdict(set)
    for name in set(names):
        for part in family_names(name):
            families[fold_name(part)].add(name)
    return {name: _fullest(name, families) for name in set(names)}


def _fullest(name: str, families: dict[str, set[str]]) -> str:
    parts = fold_name(name).split(" ")
    longer = [
        other
        for other in families.get(parts[-1], ())
        if len(other.split()) > len(name.split()) and _extends(other, parts)
    ]
    whole = [n for n in longer if not any(n != m and _same(n, m) for m in longer)]
    return min(whole) if len({entity_key("PERSON", n) for n in whole}) == 1 else name


def _same(shorter: str, longer: str) -> bool:
    """Whether the one is the other with fewer words ("Amina Diallo")."""
    fewer = len(shorter.split()) < len(longer.split())
    return fewer and _extends(longer, fold_name(shorter).split(" "))


def _extends(longer: str, parts: list[str]) -> bool:
    """Whether ``longer`` holds the one part, or begins and ends with the first and last."""
    words = fold_name(longer).split(" ")
    if len(parts) == 1 or words[-len(parts) :] == parts:
        return True
    return words[0] == parts[0] and words[-1] == parts[-1]


def resolve_names(mentions: list[Mention]) -> list[Mention]:
    """The mentions of one article under their canonical names: a person's fullest in it,
    and the one that the alias table has."""
    persons = full_names([m.name for m in mentions if m.label == "PERSON"])
    aliases = load_aliases()
    names = [
        persons[m.name] if m.label == "PERSON" else aliases.get((m.label, m.name), m.name)
        for m in mentions
    ]
    return [
        m if name == m.name else replace(m, name=name)
        for m, name in zip(mentions, names, strict=True)
    ]
