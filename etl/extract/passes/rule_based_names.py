"""Persons and organisations by rule: a title, a given name, the head of an organisation.

Adds: the names of each field; of one all in capitals, and of a headline, only those that the body
tells ("SOFIA MANTERO WINS ... Mantero said").
Changes: nothing.
Drops: nothing.

What does not belong here: the rules (etl.extract.names).
"""

from etl.extract.article import ArticleState, Field
from etl.extract.names.capitalised_runs import find_names
from etl.extract.names.field_view import Name
from etl.extract.text.casing import is_plain
from etl.extract.text.word_lists import not_names


def find_rule_based_names(article: ArticleState) -> None:
    """Find the persons and organisations of every field."""
    told = _told(article)
    for field in article.fields.values():
        field.names = _names(field, article, told if field.name == "title" else frozenset())


def _names(field: Field, article: ArticleState, told: frozenset[str]) -> list[Name]:
    if field.casing.is_upper and not told:
        return []
    headline = field.casing.is_headline and field.name == "title"
    found = find_names(
        field.words,
        field.matches,
        article.gazetteer,
        headline=headline or field.casing.is_upper,
        told=told,
    )
    return [name for name in found if name.label == "PERSON"] if field.casing.is_upper else found


def _told(article: ArticleState) -> frozenset[str]:
    """The folded words that a body under a headline has as names."""
    title, body = article.fields.get("title"), article.fields.get("body")
    if title is None or body is None or not title.casing.is_headline or body.casing.is_headline:
        return frozenset()
    words, common = body.words, not_names()
    return frozenset(words.keys[i] for i in words.capitals if not is_plain(words.words[i])) - common
