"""Acronyms of the article's organisations: "SGU" beside the "Sahel Grain Union".

Adds: every use of an acronym that the article defines, or that is the initials of one
organisation of it, under the full name and with its country.
Changes: what the acronym alone was thought to be, but not a longer name that holds it.
Drops: what was taken for a name and is the acronym of a thing.

What does not belong here: finding definitions (acronym_definitions).
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from etl.extract.acronyms import CREDITS, initials
from etl.extract.article import ArticleState
from etl.extract.mentions import Mention
from etl.extract.spans import Spans

SHORTEST_IMPLIED = 3


def add_acronyms(article: ArticleState) -> None:
    """Put the uses of every acronym in their place; a definition goes before initials."""
    things = article.thing_acronyms
    if things:
        article.mentions.drop(lambda m: m.text in things and m.country_code is None)
    full: dict[str, Mention] = {}
    implied = ((a, m) for a, m in _implied(article.mentions) if a not in things)
    for acronym, meaning in (*article.acronyms, *implied):
        if any(acronym in text for text in article.texts.values()):
            full.setdefault(acronym, meaning)
    if full:
        article.mentions.put(list(_uses(full, article)))


def _implied(mentions: Spans) -> Iterator[tuple[str, Mention]]:
    """The initials of every longer organisation, where they fit only one of them."""
    meanings: dict[str, dict[str, Mention]] = defaultdict(dict)
    for mention in mentions:
        acronym = initials(mention.name)[0] if mention.label == "ORG" else ""
        if len(acronym) >= SHORTEST_IMPLIED:
            meanings[acronym].setdefault(mention.name, mention)
    for acronym, names in meanings.items():
        if len(names) == 1 and acronym not in CREDITS:
            yield acronym, next(iter(names.values()))


def _uses(full: dict[str, Mention], article: ArticleState) -> Iterator[Mention]:
    longest_first = sorted(full, key=lambda acronym: (-len(acronym), acronym))
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
    for field, text in article.texts.items():
        for use in pattern.finditer(text):
            start, end = use.span()
            touched = article.mentions.touching(field, start, end)
            if all(start <= m.start and m.end <= end for m in touched):
                meaning = full[use.group()]
                yield replace(meaning, field=field, start=start, end=end, text=use.group())
