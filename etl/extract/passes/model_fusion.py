"""The spans of the model joined to what rules and gazetteer found.

Adds: the model's spans that overlap nothing.
Changes: mentions that a longer person or organisation of the model holds; they give way to it,
and lend an organisation their country.
Drops: nothing.

What does not belong here: which of two overlapping spans stays (etl.extract.fusion).
"""

from etl.extract.article import ArticleState
from etl.extract.fusion import fuse


def add_model_spans(article: ArticleState) -> None:
    """Add the spans of the model."""
    fuse(article.mentions, article.modelled)
