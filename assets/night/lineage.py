"""Which columns a column is made of, as Dagster draws it.

What belongs here: where a column comes from that its stage does not already tell by what it reads
(etl/night.py). A column of the same name in the asset before is taken over and needs no line.
What does not: which asset comes from which.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import dagster as dg

from etl import schema
from etl.night import NIGHT, stage_of, tables_beside_articles
from etl.schema import Table
from etl.stage import Stage

Names = tuple[str, ...]

LAKE: Mapping[str, Table] = {
    table.name: table
    for table in (schema.RAW_DOCUMENTS, *(t for stage in NIGHT for t in stage.yields))
}
STAGING: Mapping[str, Table] = {f"staging/{table.name}": table for table in schema.TABLES}
TABLES: Mapping[str, Table] = {**LAKE, **STAGING}
"""The declared table of every asset that has columns, by the asset's name."""

OF_CODE = frozenset({"derived_by", "linked_by", "run_id"})
"""Columns that tell of code and runs, not of data."""


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where an asset's columns come from: as they are from ``same``, else as declared.

    ``made`` lists the 'asset.column' that a column is made of; ``rest`` those of every column
    that is not named otherwise.
    """

    same: Names
    made: Mapping[str, Names]
    rest: Names = ()


def _of_stage(stage: Stage) -> Origin:
    """What a stage takes over from the table it reads, and what it makes the rest of."""
    source = stage.reads.table
    return Origin(same=(source,), made={}, rest=tuple(f"{source}.{c}" for c in stage.reads.columns))


_DATES = _of_stage(stage_of("articles")).rest
_UNMAPPED = tuple(
    f"articles.{c}" for c in ("given_publisher", "url", "marked_publisher", "dateline", "trailer")
)
_NAMED = tuple(f"staging/mentions.{c}" for c in ("name", "label", "entity_id"))
_NEWS = (*_NAMED, "staging/articles.published_on", "staging/article_countries.country_code")
_SEEN = ("staging/mentions.article_id", "staging/articles.published_on")

ORIGINS: Mapping[str, Origin] = {
    **{table.name: _of_stage(stage) for stage in NIGHT for table in stage.yields},
    "parsed_articles": Origin(
        same=("raw_documents",),
        made={"title": ("raw_documents.raw", "raw_documents.given_title")},
        rest=("raw_documents.raw",),
    ),
    "articles": Origin(
        same=("parsed_articles",),
        made={
            "article_id": tuple(
                f"parsed_articles.{c}" for c in ("headline", "title", "dateline", "body")
            ),
            "url": ("parsed_articles.given_url",),
            "date_confidence": (*_DATES, "parsed_articles.body"),
            "dateline_country_code": (),  # found by the extraction, filled in staging
        },
        rest=_DATES,
    ),
    "date_mentions": Origin(
        same=("articles",),
        made={},
        rest=("articles.title", "articles.body", "articles.published_on"),
    ),
    "staging/articles": Origin(
        same=("articles",),
        made={
            "source_id": ("article_sources.source_id",),
            "source_origin": ("article_sources.origin",),
            "unmapped_source_name": _UNMAPPED,
            "unmapped_source_origin": _UNMAPPED,
            "dateline_country_code": ("mentions.country_code",),
            "countries": ("article_countries.country_code", "article_countries.rank"),
            "focus_countries": tuple(
                f"article_countries.{c}" for c in ("country_code", "rank", "is_focus")
            ),
            "saliences": ("article_countries.salience", "article_countries.rank"),
            "entity_ids": ("mentions.entity_id", "mentions.name"),
            "place_ids": ("mentions.place_id",),
            "names": ("mentions.name", "mentions.start_char"),
            "name_labels": ("mentions.label", "mentions.start_char"),
            "name_starts": ("mentions.start_char",),
            "locations": ("mentions.place_id", "mentions.start_char"),
            "spoken_days": ("date_mentions.starts_on", "articles.published_on"),
            "version_of": ("articles.url", "articles.title", "articles.body"),
            "is_latest": ("articles.url", "articles.published_on"),
            "story_id": (
                *(f"articles.{c}" for c in ("title", "body", "published_on")),
                "mentions.name",
                "date_mentions.starts_on",
            ),
        },
    ),
    **{
        f"staging/{table.name}": Origin(same=(table.name,), made={})
        for tables in tables_beside_articles().values()
        for table in tables
    },
    "staging/entities": Origin(
        same=("staging/mentions",),
        made={
            "aliases": ("staging/mentions.text",),
            "article_count": _SEEN[:1],
            "first_published_on": _SEEN,
            "last_published_on": _SEEN,
        },
    ),
    "staging/entity_links": Origin(
        same=("staging/mentions",),
        made={
            "linked_entity_id": _NEWS,
            "method": _NEWS,
            "evidence": ("staging/mentions.name",),
            "nearest_id": _SEEN,
            "country_code": ("staging/article_countries.country_code",),
            "names": ("staging/mentions.name",),
            "score": _NEWS,
        },
        rest=_NEWS,
    ),
    "staging/deliveries": Origin(
        same=("raw_documents",),
        made={
            "outcome": ("articles.article_id", "article_countries.country_code"),
            "url": ("raw_documents.given_url",),
            "batch": (),  # the number of the claim
        },
    ),
    "staging/duplicates": Origin(same=("articles",), made={}),
    "staging/quarantine": Origin(
        same=("raw_documents",),
        made={
            "stage": ("raw_documents.rule",),
            "raw_text": ("raw_documents.raw",),
            "superseded_on": ("staging/deliveries.url", "staging/deliveries.batch"),
            "superseded_by": ("staging/deliveries.url", "staging/deliveries.batch"),
        },
    ),
}
"""What a stage declares, and below it where a table differs from that."""


def column_lineage(asset: str) -> dg.TableColumnLineage | None:
    """What the columns of an asset ('articles', 'staging/articles') are made of.

    None where they come from no other asset.
    """
    if asset not in ORIGINS:
        return None
    found = {name: origins_of(asset, name) for name in TABLES[asset].column_names}
    return dg.TableColumnLineage(
        deps_by_column={
            name: [_dependency(origin) for origin in origins]
            for name, origins in found.items()
            if origins
        }
    )


def origins_of(asset: str, column: str) -> Names:
    """The 'asset.column' that a column of a declared asset is made of."""
    origin = ORIGINS[asset]
    if column in origin.made:
        return origin.made[column]
    if column in OF_CODE and not _same(origin, column):
        return ()
    return _same(origin, column) or origin.rest


def _same(origin: Origin, column: str) -> Names:
    return tuple(f"{name}.{column}" for name in origin.same if column in TABLES[name].column_names)


def _dependency(origin: str) -> dg.TableColumnDep:
    asset, _, column = origin.partition(".")
    return dg.TableColumnDep(asset_key=dg.AssetKey(asset.split("/")), column_name=column)
