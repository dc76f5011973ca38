"""Persons under the fullest form of their name in the article.

Adds: nothing.
Changes: the name of persons: "Okafor" is "Amina Okafor" where the article names only one such
person.
Drops: nothing.

What does not belong here: one person across articles (entity_ids).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from etl.extract.article import ArticleState
from etl.extract.entity_ids import entity_key
from etl.extract.gazetteer.person_names import family_names, given_forms, name_key
from etl.extract.mentions import Mention


def name_persons_in_full(article: ArticleState) -> None:
    """Put every person under the fullest name."""
    full = full_names(m.name for m in article.mentions if m.label == "PERSON")

    def named(mention: Mention) -> Mention:
        name = full[mention.name] if mention.label == "PERSON" else mention.name
        return mention if name == mention.name else replace(mention, name=name)

    article.mentions.change(named)


def full_names(names: Iterable[str]) -> dict[str, str]:
    """Each name of an article with its fullest form in it.

    "Diallo" resolves to "Amina Sow Diallo" where the article names only one such person, and so
    does "Abiy" to "Abiy Tesfaye" where nobody has it as family name; two persons of one surname
    leave it unresolved.
    """
    distinct = set(names)
    index = _Index(defaultdict(set), defaultdict(set), defaultdict(set))
    for name in distinct:
        for part in family_names(name):
            index.families[name_key(part)].add(name)
        for part in () if name.isupper() else given_forms(name):  # "BORIS GOES", a paper wrote
            index.given[name_key(part)].add(name)
        for word in name.split(" "):
            index.words[name_key(word)].add(name)
    return {name: _fullest(name, index) for name in distinct}


@dataclass(frozen=True)
class _Index:
    """The full names of an article by the keys of family name, given name and any word."""

    families: dict[str, set[str]]
    given: dict[str, set[str]]
    words: dict[str, set[str]]


def _fullest(name: str, index: _Index) -> str:
    parts = _parts(name)
    key = "".join(parts)
    kinds = [index.families.get(key, set()), index.given.get(key, set())]
    if len(parts) > 1:
        kinds.append({n for n in index.words.get(parts[-1], ()) if _extends(n, parts)})
    for found in kinds:
        longer = {n for n in found if len(_parts(n)) > len(parts)}
        if longer:
            return _only(longer) or name
    return name


def _only(names: set[str]) -> str | None:
    """The fullest of some names if they are one person's."""
    whole = [n for n in names if not any(n != m and _same(n, m) for m in names)]
    return min(whole) if len({entity_key("PERSON", n) for n in whole}) == 1 else None


def _same(shorter: str, longer: str) -> bool:
    """Whether the one is the other with fewer words ("Amina Diallo")."""
    fewer = len(_parts(shorter)) < len(_parts(longer))
    return fewer and _extends(longer, _parts(shorter))


def _extends(longer: str, parts: list[str]) -> bool:
    """Whether ``longer`` has all the words, in whatever order: "Kazarin Oleg Ilyich"."""
    return set(parts) <= set(_parts(longer))


def _parts(name: str) -> list[str]:
    return [name_key(word) for word in name.split(" ")]
