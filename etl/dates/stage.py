"""parsed_articles → articles, date_mentions: the function of the second stage.

What belongs here: its steps in their order. What does not: the steps (this room's modules and
etl/identity.py).
"""

import polars as pl

from etl import schema
from etl.dates import date_articles, find_date_mentions
from etl.identity import article_ids
from etl.stage import StageFunction, Tables, derivations, rejections

DATE_MENTIONS = schema.lake_table(schema.DATE_MENTIONS)


def build_articles(*, derived_by: str, **versions: str | None) -> StageFunction:
    """One date, one identity, the dates spoken of."""

    def normalise(parsed: pl.DataFrame) -> Tables:
        dated, undated = date_articles(parsed)
        articles = dated.with_columns(
            article_id=article_ids(dated),
            url=pl.coalesce("given_url", "marked_url"),
            marked_url=pl.when(pl.col("given_url").is_null()).then("marked_url"),
            dateline_country_code=pl.lit(None, dtype=pl.String),
        )
        date_mentions = find_date_mentions(articles, derived_by=derived_by)
        return {
            "articles": schema.LAKE_ARTICLES.conform(articles),
            "date_mentions": DATE_MENTIONS.conform(date_mentions),
            "derivations": derivations(articles, "dates", derived_by, versions),
            "quarantine": rejections(undated),
        }

    return normalise
