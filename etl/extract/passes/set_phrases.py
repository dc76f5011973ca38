"""Phrases that hold a place's name and mean none: "French fries", "Guinea pigs".

Adds: nothing.
Changes: nothing.
Drops: the phrases of phrases.csv without a label, which so far have kept other names away.

What does not belong here: finding them (gazetteer_names).
"""

from etl.extract.article import ArticleState


def drop_set_phrases(article: ArticleState) -> None:
    """Drop the phrases."""
    article.mentions.drop(lambda mention: not mention.label)
