"""Organisations, places and groups under the name that the tables have for them.

Adds: nothing.
Changes: the name of mentions other than persons: "IMF", "Ford Motor Co".
Drops: nothing.

What does not belong here: persons (person_full_names), and what the letters of a name make one
entity (entity_ids).
"""

from dataclasses import replace

from etl.extract.article import ArticleState
from etl.extract.gazetteer.aliases import load_aliases
from etl.extract.gazetteer.known_organisations import canonical_organisation
from etl.extract.mentions import Mention


def name_by_tables(article: ArticleState) -> None:
    """Put every mention under its canonical name; entity_aliases.csv goes first."""
    article.mentions.change(_named)


def _named(mention: Mention) -> Mention:
    if mention.label == "PERSON":
        return mention
    name = load_aliases().get((mention.label, mention.name), mention.name)
    if mention.label == "ORG":
        name = canonical_organisation(name)
    return mention if name == mention.name else replace(mention, name=name)
