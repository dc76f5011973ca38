"""Persons under the fullest form of their name in the article.

Adds: nothing.
Changes: the name of persons: "Okafor" is "Amina Okafor" where the article names only one such
person.
Drops: nothing.

What does not belong here: one person across articles (entity_ids).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from etl.extract.article import ArticleState
from etl.extract.entity_ids import entity_key
from etl.extract.gazetteer.person_names import family_names
from etl.extract.mentions import Mention
from etl.extract.text.tokens import fold_name


def name_persons_in_full(article: ArticleState) -> None:
    """Put every person under the fullest name."""
    full = full_names(m.name for m in article.mentions if m.label == "PERSON")

    def named(mention: Mention) -> Mention:
        name = full[mention.name] if mention.label == "PERSON" else mention.name
        return mention if name == mention.name else replace(mention, name=name)

    article.mentions.change(named)


def full_names(names: Iterable[str]) -> dict[str, str]:
    """Each name of an article with its fullest form in it.

    "Diallo" resolves to "Amina Sow Diallo" where the article names only one such person;
    two persons of one surname leave it unresolved.
    """
    distinct = set(names)
    families: dict[str, set[str]] = defaultdict(set)
    for name in distinct:
        for part in family_names(name):
            families[fold_name(part)].add(name)
    return {name: _fullest(name, families) for name in distinct}


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
