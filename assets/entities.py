"""mentions and article_countries: who, what and where an article names."""

from collections.abc import Iterator

import dagster as dg

from assets.columns import column_schema, describe, tags_of
from assets.derive import derive, tell
from assets.partitions import NIGHTS, ONE_RUN
from assets.resources import Home, PartEngine
from assets.running import POOL
from assets.stages import ARTICLE_COUNTRIES, MENTIONS, extraction_stage


@dg.multi_asset(
    specs=[
        dg.AssetSpec(
            table.name,
            deps=["articles"],
            description=describe(table),
            group_name="lake",
            kinds={"parquet", "spacy"},
            tags=tags_of("lake", "gazetteer", "entity-model"),
            owners=["team:data-engineering"],
            metadata={"dagster/column_schema": column_schema(table)},
        )
        for table in (MENTIONS, ARTICLE_COUNTRIES)
    ],
    partitions_def=NIGHTS,
    backfill_policy=ONE_RUN,
    pool=POOL,
)
def extraction(
    context: dg.AssetExecutionContext, home: Home, part_engine: PartEngine
) -> Iterator[dg.MaterializeResult[None]]:
    """Mentions with offsets, and the countries they are evidence of."""
    figures = derive(
        context,
        extraction_stage(part_engine.spacy_model),
        source=("articles", "articles"),
        home=home,
        part_engine=part_engine,
    )
    for table in (MENTIONS, ARTICLE_COUNTRIES):
        tell(context, table.name, {n: made.of(table.name) for n, made in figures.items()})
        yield dg.MaterializeResult(asset_key=table.name)
