"""articles → mentions, article_countries: the function of the extraction stage.

What belongs here: its tables as the lake has them. What does not: the extraction (this room's
modules).
"""

import polars as pl

from etl import schema
from etl.extract.pipeline import build_extractor
from etl.stage import StageFunction, Tables, derivations, rejections

MENTIONS = schema.lake_table(schema.MENTIONS)
ARTICLE_COUNTRIES = schema.lake_table(schema.ARTICLE_COUNTRIES)


def build_extraction(
    *, derived_by: str, spacy_model: str | None, **versions: str | None
) -> StageFunction:
    """Mentions, countries and what they prove."""
    extractor = build_extractor(model_path=spacy_model, derived_by=derived_by)

    def extract(articles: pl.DataFrame) -> Tables:
        extraction = extractor.extract(articles)
        return {
            "mentions": MENTIONS.conform(extraction.mentions),
            "article_countries": ARTICLE_COUNTRIES.conform(extraction.article_countries),
            "derivations": derivations(articles, "extract", derived_by, versions),
            "quarantine": rejections(extraction.rejected),
        }

    return extract
