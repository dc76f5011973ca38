"""articles → attributions, article_sources: the function of the sources stage.

What belongs here: its steps in their order, and which articles a corrected registry touches.
What does not: the steps (this room's modules). A stage of its own, so that a corrected registry
is applied cheaply.
"""

import polars as pl

from etl import schema
from etl.errors import StageError
from etl.fingerprint import content_version
from etl.sources import attribute_sources, find_touched, find_unmapped, load_registry, read_registry
from etl.stage import REJECTED, Finder, StageFunction, Tables, derivations
from etl.tables import REGISTRY, table_content

ARTICLE_SOURCES = schema.lake_table(schema.ARTICLE_SOURCES)


def build_sources(*, derived_by: str, table_version: str, **versions: str | None) -> StageFunction:
    """Who published, wrote and is cited.

    Raises StageError where the registry is no longer of that version.
    """
    registry = load_registry()
    if content_version(table_content(REGISTRY)) != table_version:
        raise StageError(f"{REGISTRY} was edited while a run was at work: run again")

    def attribute(articles: pl.DataFrame) -> Tables:
        given = articles.rename({"url": "given_url"})
        attribution, article_sources = attribute_sources(given, registry, derived_by=derived_by)
        attributions = (
            articles.select("delivery_id", "ingested_on")
            .join(attribution, on="delivery_id", maintain_order="left")
            .join(find_unmapped(given, registry), on="delivery_id", maintain_order="left")
        )
        return {
            "attributions": schema.ATTRIBUTIONS.conform(attributions),
            "article_sources": ARTICLE_SOURCES.conform(article_sources),
            "derivations": derivations(articles, "sources", derived_by, versions),
            "quarantine": REJECTED.frame(),
        }

    return attribute


def build_touched(earlier: bytes, present: bytes) -> Finder:
    """Finds the articles that a step from one registry to another touches."""
    first, second = read_registry(earlier), read_registry(present)
    return lambda articles: find_touched(articles.rename({"url": "given_url"}), first, second)
