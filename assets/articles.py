"""parsed_articles, articles, date_mentions, article_sources: what a page says, when, and whose."""

from collections.abc import Iterator
from datetime import date

import dagster as dg
import polars as pl

from assets.columns import Metadata, column_schema, describe, table_of_rows, tags_of
from assets.derive import derive, tell
from assets.landing import raw_documents
from assets.partitions import NIGHTS, ONE_RUN, nights_of
from assets.resources import Home, PartEngine
from assets.running import POOL
from assets.stages import (
    ARTICLE_SOURCES,
    ARTICLES,
    DATE_MENTIONS,
    article_stage,
    parse_stage,
    source_stage,
)
from assets.withdrawn import keep_out
from etl import schema
from etl.lake import Lake
from etl.releases import writing

OWNERS = ["team:data-engineering"]
SHOWN_NAMES = 20


@dg.asset(
    deps=[raw_documents],
    partitions_def=NIGHTS,
    backfill_policy=ONE_RUN,
    pool=POOL,
    group_name="lake",
    kinds={"parquet", "polars"},
    tags=tags_of("lake", "gazetteer"),
    owners=OWNERS,
    description=describe(schema.PARSED_ARTICLES),
    metadata={"dagster/column_schema": column_schema(schema.PARSED_ARTICLES)},
)
def parsed_articles(
    context: dg.AssetExecutionContext, home: Home, part_engine: PartEngine
) -> dg.MaterializeResult[None]:
    """Bytes to text, then header, title, byline, stamps, dateline, body and trailer."""
    figures = derive(
        context,
        parse_stage(),
        source=("raw_documents", "raw_documents"),
        home=home,
        part_engine=part_engine,
    )
    tell(
        context,
        "parsed_articles",
        {
            night: {**made.of("parsed_articles"), "furniture_spans": made.rows.get("furniture", 0)}
            for night, made in figures.items()
        },
    )
    return dg.MaterializeResult()


@dg.multi_asset(
    specs=[
        dg.AssetSpec(
            table.name,
            deps=[parsed_articles],
            description=describe(table),
            group_name="lake",
            kinds={"parquet", "polars"},
            tags=tags_of("lake"),
            owners=OWNERS,
            metadata={"dagster/column_schema": column_schema(table)},
        )
        for table in (ARTICLES, DATE_MENTIONS)
    ],
    partitions_def=NIGHTS,
    backfill_policy=ONE_RUN,
    pool=POOL,
)
def normalised_articles(
    context: dg.AssetExecutionContext, home: Home, part_engine: PartEngine
) -> Iterator[dg.MaterializeResult[None]]:
    """One date with its origin, one identity, and the dates that the text speaks about."""
    figures = derive(
        context,
        article_stage(),
        source=("parsed_articles", "parsed_articles"),
        home=home,
        part_engine=part_engine,
    )
    with writing(home.warehouse, wait_seconds=home.lock_wait_seconds):
        keep_out(home.lake, nights_of(context), log=context.log)
    for table in (ARTICLES, DATE_MENTIONS):
        tell(context, table.name, {n: made.of(table.name) for n, made in figures.items()})
        yield dg.MaterializeResult(asset_key=table.name)


@dg.asset(
    deps=["articles"],
    partitions_def=NIGHTS,
    backfill_policy=ONE_RUN,
    group_name="lake",
    kinds={"parquet", "polars"},
    tags=tags_of("lake", "source-registry"),
    owners=OWNERS,
    description=describe(ARTICLE_SOURCES),
    metadata={"dagster/column_schema": column_schema(ARTICLE_SOURCES)},
    pool=POOL,
)
def article_sources(
    context: dg.AssetExecutionContext, home: Home, part_engine: PartEngine
) -> dg.MaterializeResult[None]:
    """Who published, wrote and is cited; redone alone where the registry was corrected."""
    figures = derive(
        context,
        source_stage(),
        source=("articles", "articles"),
        home=home,
        part_engine=part_engine,
    )
    tell(
        context,
        "article_sources",
        {
            night: made.of("article_sources") | _worklist(home.lake, night)
            for night, made in figures.items()
        },
    )
    return dg.MaterializeResult()


def _worklist(lake: Lake, night: date) -> Metadata:
    """Names that the registry does not know, the commonest first."""
    names = ["unmapped_source_name", "unmapped_source_origin"]
    files = lake.table_files("sources", night, "attributions")
    if not files:
        return {"unmapped_names": 0}
    found = pl.read_parquet(files, columns=names, hive_partitioning=False).drop_nulls()
    counts = (
        found.group_by(names)
        .len("articles")
        .sort("articles", *names, descending=[True, False, False])
    )
    metadata: Metadata = {"unmapped_names": counts.height}
    if counts.height:
        metadata["unmapped_sources"] = table_of_rows(counts.head(SHOWN_NAMES).to_dicts())
    return metadata
