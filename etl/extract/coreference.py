"""Names that an article uses again in another form: acronyms, and parts of persons' names.

What belongs here: "Amina Okafor ... Okafor said", and the town of Okafor that is none there.
What does not: merging entities across articles, which the canonical names do (canonical).
"""

import re
from collections import defaultdict
from dataclasses import replace

from etl.extract.acronyms import add_acronyms, find_definitions, find_implied
from etl.extract.again import agree, find_again, find_uses
from etl.extract.bare import resolve_bare, resolve_short
from etl.extract.canonical import family_names, given_names
from etl.extract.entities import Mention, resolve_names
from etl.extract.fusion import SpanIndex, fuse
from etl.extract.known import name_organisations
from etl.extract.tokens import fold

SURNAME_SCORE = 0.75
SHORTEST_SURNAME = 3
BEFORE_PLACE = re.compile(r"\b(?:in|at|near|from|outside|around|across)\s+$")
REACHED = re.compile(r"\b(?:to|for|of)\s+$|[A-Z]\w+,\s$")
BEFORE_CHARS = 12


def resolve_coreference(mentions: list[Mention], texts: dict[str, str]) -> list[Mention]:
    """The article's mentions, with acronyms and surnames found again under the full name."""
    named = [m for m in mentions if m.label]  # "French fries" has only kept others away
    meanings = find_definitions(texts, SpanIndex(named))
    found = fuse(named, [m for _, m in meanings])
    found = add_acronyms(found, [*meanings, *find_implied(found)], texts)
    found = agree(_without_namesakes(found, texts))
    found = [*found, *find_again(found, texts)]
    found = resolve_bare(resolve_short([*found, *_surnames(found, texts)]), texts)
    found.sort(key=lambda m: (m.field, m.start, m.end, m.label))
    return name_organisations(resolve_names(found))


def _family(found: list[Mention]) -> set[str]:
    """The names under which persons that are named in full may come again."""
    full = {m.name for m in found if m.label == "PERSON" and " " in m.name}
    return {part for name in full for part in family_names(name)}


def _without_namesakes(found: list[Mention], texts: dict[str, str]) -> list[Mention]:
    """Towns that are rather the persons of that name: "Mr. Fidel Caldas ... Caldas said".

    A country or capital only where nothing else in the article speaks for that country.
    """
    names = {fold(name) for name in _family(found)} | _given(found, texts)
    if not names:
        return found
    evidence: dict[str, set[str]] = defaultdict(set)
    for mention in found:
        if mention.country_code is not None:
            evidence[mention.country_code].add(fold(mention.text))
    return [
        replace(m, label="PERSON", name=m.text, country_code=None, method="title_rule")
        if fold(m.text) in names and _is_namesake(m, texts, evidence)
        else m
        for m in found
    ]


def _given(found: list[Mention], texts: dict[str, str]) -> set[str]:
    """Folded given names of persons named in full, but for places that the article is in."""
    full = {m.name.split(" ")[0] for m in found if m.label == "PERSON" and " " in m.name}
    given = {fold(name) for name in full} & given_names()
    located = {
        fold(m.text)
        for m in found
        if m.label == "PLACE" and (m.field == "dateline" or _is_reached(m, texts))
    }
    return given - located


def _is_reached(mention: Mention, texts: dict[str, str]) -> bool:
    """ "in Jordan", and what a given name is not: "flew to Paris", "Savannah, Georgia"."""
    start = max(0, mention.start - BEFORE_CHARS)
    before = texts[mention.field][start : mention.start]
    return _is_located(mention, texts) or REACHED.search(before) is not None


def _is_located(mention: Mention, texts: dict[str, str]) -> bool:
    start = max(0, mention.start - BEFORE_CHARS)
    return BEFORE_PLACE.search(texts[mention.field][start : mention.start]) is not None


def _is_namesake(mention: Mention, texts: dict[str, str], evidence: dict[str, set[str]]) -> bool:
    if mention.label != "PLACE":
        return False
    if _is_located(mention, texts):
        return False
    if mention.method in ("city", "subdivision", "statistical"):
        return True
    return evidence.get(mention.country_code or "", set()) <= {fold(mention.text)}


def _surnames(found: list[Mention], texts: dict[str, str]) -> list[Mention]:
    """Bare surnames of persons whom the article names in full; in capitals in a title."""
    names = {n for n in _family(found) if len(n) >= SHORTEST_SURNAME and n[0].isupper()}
    if not names:
        return []
    names |= {name.upper() for name in names}
    present = SpanIndex(found)
    return [
        _surname(field, start, end, text[start:end])
        for field, text in texts.items()
        for start, end in find_uses(text, names)
        if not present.touching(field, start, end)
    ]


def _surname(field: str, start: int, end: int, text: str) -> Mention:
    return Mention(field, start, end, text, "PERSON", text, None, "title_rule", SURNAME_SCORE)
