"""parsed_articles, articles, date_mentions, article_sources: what a page says, when, and whose."""

from collections.abc import Iterator, Sequence
from datetime import date

import dagster as dg
import polars as pl

from assets.columns import Metadata, column_schema, describe, table_of_rows
from assets.derive import derive
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
    owners=OWNERS,
    description=describe(schema.PARSED_ARTICLES),
    metadata={"dagster/column_schema": column_schema(schema.PARSED_ARTICLES)},
)
def parsed_articles(
    context: dg.AssetExecutionContext, home: Home, part_engine: PartEngine
) -> dg.MaterializeResult[None]:
    """Bytes to text, then header, title, byline, stamps, dateline, body and trailer."""
    tables = derive(
        context,
        parse_stage(),
        source=("raw_documents", "raw_documents"),
        home=home,
        part_engine=part_engine,
    )
    cut = tables.get("furniture", {}).get("dagster/row_count", 0)
    return dg.MaterializeResult(metadata={**tables["parsed_articles"], "furniture_spans": cut})


@dg.multi_asset(
    specs=[
        dg.AssetSpec(
            table.name,
            deps=[parsed_articles],
            description=describe(table),
            group_name="lake",
            kinds={"parquet", "polars"},
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
    tables = derive(
        context,
        article_stage(),
        source=("parsed_articles", "parsed_articles"),
        home=home,
        part_engine=part_engine,
    )
    with writing(home.warehouse, wait_seconds=home.lock_wait_seconds):
        keep_out(home.lake, nights_of(context), log=context.log)
    for table in (ARTICLES, DATE_MENTIONS):
        yield dg.MaterializeResult(asset_key=table.name, metadata=tables.get(table.name, {}))


@dg.asset(
    deps=["articles"],
    partitions_def=NIGHTS,
    backfill_policy=ONE_RUN,
    group_name="lake",
    kinds={"parquet", "polars"},
    owners=OWNERS,
    description=describe(ARTICLE_SOURCES),
    metadata={"dagster/column_schema": column_schema(ARTICLE_SOURCES)},
    pool=POOL,
)
def article_sources(
    context: dg.AssetExecutionContext, home: Home, part_engine: PartEngine
) -> dg.MaterializeResult[None]:
    """Who published, wrote and is cited; redone alone where the registry was corrected."""
    tables = derive(
        context,
        source_stage(),
        source=("articles", "articles"),
        home=home,
        part_engine=part_engine,
    )
    metadata = tables.get("article_sources", {})
    return dg.MaterializeResult(metadata=metadata | _worklist(home.lake, nights_of(context)))


def _worklist(lake: Lake, nights: Sequence[date]) -> Metadata:
    """Names that the registry does not know, the commonest first."""
    names = ["unmapped_source_name", "unmapped_source_origin"]
    files = [
        file for night in nights for file in lake.table_files("sources", night, "attributions")
    ]
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
