"""All stages of some nights within one step, told on the assets' pages as the nightly job does.

What belongs here: the order of the stages, and the events. What does not: a single stage
(derive.py), and what follows the stages (staging.py, assets/operations/derivation.py).
"""

from collections.abc import Sequence
from datetime import date

import dagster as dg

from assets.night.columns import Metadata
from assets.night.derive import derive_nights, finish
from assets.night.stages import metadata_of
from assets.resources import Home, PartEngine


def derive_all(
    context: dg.OpExecutionContext, nights: Sequence[date], *, home: Home, part_engine: PartEngine
) -> None:
    """Do every stage for the nights. The caller holds the writer's lock."""
    for stage in part_engine.stages():
        figures = derive_nights(stage, nights, home=home, part_engine=part_engine, log=context.log)
        finish(stage, home.lake, nights, log=context.log)
        for table in stage.yields:
            for night, made in figures.items():
                told = metadata_of(made, table, home.lake)
                log_materialisation(context, dg.AssetKey(table.name), night, told)


def log_materialisation(
    context: dg.OpExecutionContext, key: dg.AssetKey, night: date, metadata: Metadata
) -> None:
    """Have a night of an asset count as made by this step."""
    context.log_event(dg.AssetMaterialization(key, partition=night.isoformat(), metadata=metadata))
