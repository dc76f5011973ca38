"""Towns that are rather persons of the article: "Mr. Fidel Caldas ... Caldas said".

Adds: nothing.
Changes: places that bear the family name or given name of a person named in full, or the surname
of one addressed by it ("Mr. Holland"), into that person; a country or capital only where nothing
else in the article speaks for that country.
Drops: nothing.

What does not belong here: places named like a given name before they are mentions (homonyms).
"""

import re
from collections import defaultdict
from dataclasses import replace

from etl.extract.article import ArticleState
from etl.extract.gazetteer.person_names import all_family_names, given_names
from etl.extract.mentions import Mention
from etl.extract.names.titles_and_heads import load_rules
from etl.extract.text.tokens import fold
from etl.lexicon import pattern, words
from etl.tables import made_of_tables

BEFORE_CHARS = 12
_TITLE = re.compile(r"\b([A-Z]\w*)\.?\s$")


def relabel_namesakes(article: ArticleState) -> None:
    """Make persons of the places that bear a person's name."""
    texts = article.texts
    persons = article.mentions.full_person_names()
    names = {fold(name) for name in all_family_names(persons)} | _given(article, persons)
    names |= {fold(m.name) for m in article.mentions if _is_addressed(m, texts[m.field])}
    if not names:
        return
    evidence: dict[str, set[str]] = defaultdict(set)
    for mention in article.mentions:
        if mention.country_code is not None:
            evidence[mention.country_code].add(fold(mention.text))

    def relabelled(mention: Mention) -> Mention:
        if fold(mention.text) not in names or not _is_namesake(mention, texts, evidence):
            return mention
        name = mention.text
        return replace(mention, label="PERSON", name=name, country_code=None, method="title_rule")

    article.mentions.change(relabelled)


def _is_addressed(mention: Mention, text: str) -> bool:
    """A surname alone behind an honorific: "Mr. Holland"."""
    if mention.label != "PERSON" or " " in mention.name:
        return False
    before = _TITLE.search(text, max(0, mention.start - BEFORE_CHARS), mention.start)
    return before is not None and fold(before.group(1)) in load_rules().honorifics


def _given(article: ArticleState, persons: set[str]) -> set[str]:
    """Folded given names of the persons, but for places that the article is in."""
    given = {fold(name.split(" ")[0]) for name in persons} & given_names()
    located = {
        fold(m.text)
        for m in article.mentions
        if m.label == "PLACE" and (m.field == "dateline" or _is_reached(m, article.texts))
    }
    return given - located


@made_of_tables
def _located() -> re.Pattern[str]:
    return re.compile(rf"\b{pattern(words('place_words', 'located'))}\s+$")


@made_of_tables
def _reached() -> re.Pattern[str]:
    return re.compile(rf"\b{pattern(words('place_words', 'reached'))}\s+$|[A-Z]\w+,\s$")


def _is_reached(mention: Mention, texts: dict[str, str]) -> bool:
    """ "in Jordan", and what a given name is not: "flew to Paris", "Savannah, Georgia"."""
    start = max(0, mention.start - BEFORE_CHARS)
    before = texts[mention.field][start : mention.start]
    return _is_located(mention, texts) or _reached().search(before) is not None


def _is_located(mention: Mention, texts: dict[str, str]) -> bool:
    start = max(0, mention.start - BEFORE_CHARS)
    return _located().search(texts[mention.field][start : mention.start]) is not None


def _is_namesake(mention: Mention, texts: dict[str, str], evidence: dict[str, set[str]]) -> bool:
    if mention.label != "PLACE":
        return False
    if _is_located(mention, texts):
        return False
    if mention.method in ("city", "subdivision", "statistical"):
        return True
    return evidence.get(mention.country_code or "", set()) <= {fold(mention.text)}
