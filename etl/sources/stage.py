"""articles → attributions, article_sources: the function of the sources stage.

What belongs here: its steps in their order, and which articles a corrected registry touches.
What does not: the steps (this room's modules). A stage of its own, so that a corrected registry
is applied cheaply.
"""

from pathlib import Path

import polars as pl

from etl import schema
from etl.fingerprint import check_file_version
from etl.sources import attribute_sources, find_touched, find_unmapped, load_registry
from etl.stage import REJECTED, Finder, StageFunction, Tables, derivations
from etl.tables import REGISTRY, table_path

ARTICLE_SOURCES = schema.lake_table(schema.ARTICLE_SOURCES)


def build_sources(*, derived_by: str, table_version: str, **versions: str | None) -> StageFunction:
    """Who published, wrote and is cited.

    Raises StageError where the registry is no longer of that version.
    """
    file = table_path(REGISTRY)
    registry = load_registry(file)
    check_file_version(file, table_version)

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


def build_touched(earlier: Path, present: Path) -> Finder:
    """Finds the articles that a step from one registry to another touches."""
    first, second = load_registry(earlier), load_registry(present)
    return lambda articles: find_touched(articles.rename({"url": "given_url"}), first, second)
