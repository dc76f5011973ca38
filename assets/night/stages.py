"""The assets of the lake: for each stage of the night, one for each table that it yields.

What belongs here: how a stage becomes assets, and what single tables tell beside their figures.
What does not: the stages (etl/night.py) and the loop over nights and parts (derive.py).
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

import dagster as dg

from assets.night.code import code_of
from assets.night.columns import Metadata, column_schema, describe, table_of_rows, tags_of
from assets.night.derive import Derived, add_night_metadata, derive
from assets.night.partitions import NIGHTS, ONE_RUN
from assets.resources import POOL, Home, PartEngine
from etl.lake.rows import read_rows
from etl.lake.store import Lake
from etl.night import NIGHT, rules_version, stage_of
from etl.schema import ATTRIBUTIONS, Table
from etl.stage import Stage

SHOWN_NAMES = 20


def assets_of(stage: Stage) -> dg.AssetsDefinition:
    """The step of a stage, and an asset for each of its tables."""
    version = rules_version(stage)

    @dg.multi_asset(
        name=stage.name,
        description=stage.description,
        specs=[_spec(stage, table, version) for table in stage.yields],
        partitions_def=NIGHTS,
        backfill_policy=ONE_RUN,
        pool=POOL,
    )
    def step(
        context: dg.AssetExecutionContext, home: Home, part_engine: PartEngine
    ) -> Iterator[dg.MaterializeResult[None]]:
        figures = derive(context, stage.name, home=home, part_engine=part_engine)
        for table in stage.yields:
            told = {night: metadata_of(made, table, home.lake) for night, made in figures.items()}
            add_night_metadata(context, table.name, told)
            yield dg.MaterializeResult(asset_key=table.name)

    return step


def _spec(stage: Stage, table: Table, version: str) -> dg.AssetSpec:
    return dg.AssetSpec(
        table.name,
        deps=[stage.reads.table],
        description=describe(table),
        group_name="lake",
        kinds={"parquet", "spacy" if stage.basis.uses_model else "polars"},
        tags=tags_of("lake", *_beside_documents(stage)),
        owners=["team:data-engineering"],
        code_version=version,
        metadata={
            "dagster/column_schema": column_schema(table),
            **code_of(stage.builder.partition(":")[0], __name__),
        },
    )


def _beside_documents(stage: Stage) -> Iterator[str]:
    """What the stage reads beside documents, as tags name it."""
    if "reference" in stage.basis.rooms:
        yield "gazetteer"
    if "lexicon" in stage.basis.rooms:
        yield "lexicon"
    if stage.corrected_table:
        yield "source-registry"
    if stage.basis.uses_model:
        yield "entity-model"


STAGE_ASSETS = [assets_of(stage) for stage in NIGHT]


def metadata_of(made: Derived, table: Table, lake: Lake) -> Metadata:
    """What the asset of one table tells of a night."""
    more = MORE_FIGURES.get(table.name)
    return made.of(table.name) | (more(lake, made.night) if more else {})


def _unmapped_names(lake: Lake, night: date) -> Metadata:
    """Names that the registry does not know, the commonest first."""
    names = ["unmapped_source_name", "unmapped_source_origin"]
    files = lake.table_files(stage_of(ATTRIBUTIONS.name).name, night, ATTRIBUTIONS.name)
    if not files:
        return {"unmapped_names": 0}
    found = read_rows(files, ATTRIBUTIONS, names).drop_nulls()
    counts = (
        found.group_by(names)
        .len("articles")
        .sort("articles", *names, descending=[True, False, False])
    )
    metadata: Metadata = {"unmapped_names": counts.height}
    if counts.height:
        metadata["unmapped_sources"] = table_of_rows(counts.head(SHOWN_NAMES).to_dicts())
    return metadata


MORE_FIGURES: Mapping[str, Callable[[Lake, date], Metadata]] = {"article_sources": _unmapped_names}
"""By table: what its asset tells beside counts, time and rejections."""
