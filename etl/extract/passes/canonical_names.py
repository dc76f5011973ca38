"""Organisations, places and groups under the name that the tables have for them.

Adds: nothing.
Changes: the name of mentions other than persons: "IMF", "Ford Motor Co"; a ministry's into that
which the article has beside it: "Health Ministry" is the "Ministry of Health".
Drops: nothing.

What does not belong here: persons (person_full_names), and what the letters of a name make one
entity (entity_ids).
"""

import re
from collections import defaultdict
from dataclasses import replace

from etl.extract.article import ArticleState
from etl.extract.gazetteer.aliases import load_aliases
from etl.extract.gazetteer.known_organisations import canonical_organisation
from etl.extract.mentions import Mention

_OFFICE_OF = re.compile(r"\b(?P<office>Ministry|Department) of (?:the )?(?P<field>[A-Z].*)$")


def name_by_tables(article: ArticleState) -> None:
    """Put every mention under its canonical name; entity_aliases.csv goes first."""
    article.mentions.change(_named)
    turned = _turned({m.name for m in article.mentions if m.label == "ORG"})
    if turned:
        article.mentions.change(
            lambda m: (
                replace(m, name=turned[m.name]) if m.label == "ORG" and m.name in turned else m
            )
        )


def _turned(names: set[str]) -> dict[str, str]:
    """By the names of ministries that stand the other way round, those that have "of"."""
    whole: dict[str, set[str]] = defaultdict(set)
    for name in names:
        found = _OFFICE_OF.search(name)
        if found is not None:
            whole[f"{found['field']} {found['office']}"].add(name)
    return {short: next(iter(found)) for short, found in whole.items() if len(found) == 1}


def _named(mention: Mention) -> Mention:
    if mention.label == "PERSON":
        return mention
    name = load_aliases().get((mention.label, mention.name), mention.name)
    if mention.label == "ORG":
        name = canonical_organisation(name)
    return mention if name == mention.name else replace(mention, name=name)
