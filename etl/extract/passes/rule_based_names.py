"""Persons and organisations by rule: a title, a given name, the head of an organisation.

Adds: the names of each field that is not all in capitals.
Changes: nothing.
Drops: nothing.

What does not belong here: the rules (etl.extract.names).
"""

from etl.extract.article import ArticleState
from etl.extract.names.capitalised_runs import find_names


def find_rule_based_names(article: ArticleState) -> None:
    """Find the persons and organisations of every field."""
    for field in article.fields.values():
        if not field.casing.is_upper:
            headline = field.casing.is_headline and field.name == "title"
            field.names = find_names(
                field.words, field.matches, article.gazetteer, headline=headline
            )
