"""parsed_articles, articles, article_sources: what a page says, its day, and its publisher."""

from collections.abc import Iterator

import dagster as dg

from assets.columns import column_schema, describe
from assets.derive import derive
from assets.landing import raw_documents
from assets.partitions import NIGHTS, ONE_RUN, nights_of
from assets.resources import Home, PartEngine
from assets.stages import ARTICLE_SOURCES, ARTICLES, article_stage, parse_stage
from assets.withdrawn import keep_out
from etl import schema
from etl.releases import writing

OWNERS = ["team:data-engineering"]


@dg.asset(
    deps=[raw_documents],
    partitions_def=NIGHTS,
    backfill_policy=ONE_RUN,
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
        for table in (ARTICLES, ARTICLE_SOURCES)
    ],
    partitions_def=NIGHTS,
    backfill_policy=ONE_RUN,
)
def normalised_articles(
    context: dg.AssetExecutionContext, home: Home, part_engine: PartEngine
) -> Iterator[dg.MaterializeResult[None]]:
    """One date with its origin, one identity, and the sources with their evidence."""
    tables = derive(
        context,
        article_stage(),
        source=("parsed_articles", "parsed_articles"),
        home=home,
        part_engine=part_engine,
    )
    with writing(home.warehouse, wait_seconds=home.lock_wait_seconds):
        keep_out(home.lake, nights_of(context), log=context.log)
    for table in (ARTICLES, ARTICLE_SOURCES):
        yield dg.MaterializeResult(asset_key=table.name, metadata=tables.get(table.name, {}))
