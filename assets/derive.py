"""Run a stage over a run's nights, part by part, and tell Dagster what came of it.

What belongs here: the one loop that all stage assets share and its metadata. What does not:
the stages themselves (assets/stages.py) and the part engine (etl/parts.py).
"""

import logging
import time
from collections import Counter
from collections.abc import Sequence
from datetime import date

import dagster as dg
import polars as pl

from assets.columns import Metadata, table_of_rows
from assets.partitions import nights_of
from assets.resources import Home, PartEngine
from assets.retries import tried_again
from etl.lake import Lake
from etl.parts import Stage, run_parts, tasks_of
from etl.retention import spare_what_is_gone

SHOWN_REJECTIONS = 10


def derive(
    context: dg.AssetExecutionContext,
    stage: Stage,
    *,
    source: tuple[str, str],
    home: Home,
    part_engine: PartEngine,
) -> dict[str, Metadata]:
    """Do the stage for every night of the run; return metadata per table it yields."""
    nights = nights_of(context)
    return derive_nights(
        stage, nights, source=source, home=home, part_engine=part_engine, log=context.log
    )


def derive_nights(
    stage: Stage,
    nights: Sequence[date],
    *,
    source: tuple[str, str],
    home: Home,
    part_engine: PartEngine,
    log: logging.Logger,
) -> dict[str, Metadata]:
    """Do the stage for some nights; return metadata per table it yields."""
    started = time.perf_counter()
    rows: Counter[str] = Counter()
    reused = 0
    for night in nights:
        tasks = tasks_of(stage, home.lake, night, source=source)
        tasks = spare_what_is_gone(home.lake, stage.name, tasks)
        reports = run_parts(stage, tasks, engine=part_engine.engine, workers=part_engine.workers)
        with tried_again():
            for done, report in enumerate(reports, start=1):
                rows.update(report.row_counts)
                reused += report.was_reused
                log.info(f"{stage.name} {night}: part {done} of {len(tasks)}")
    common = {
        "seconds": round(time.perf_counter() - started, 2),
        "parts_reused": reused,
        "stage_version": stage.version,
        **_rejections(home.lake, stage, nights),
    }
    tables = [table for table in rows if table != "quarantine"] or [stage.main]
    return {table: {"dagster/row_count": rows[table], **common} for table in tables}


def _rejections(lake: Lake, stage: Stage, nights: Sequence[date]) -> Metadata:
    """Counts of quarantined documents by rule, and some of them with their reasons."""
    files = [file for night in nights for file in lake.table_files(stage.name, night, "quarantine")]
    if not files:
        return {"quarantined": 0}
    rejected = pl.read_parquet(files, hive_partitioning=False)
    metadata: Metadata = {"quarantined": rejected.height}
    if rejected.height:
        by_rule = rejected.group_by("stage", "rule").len("documents").sort("rule")
        shown = rejected.sort("delivery_id").head(SHOWN_REJECTIONS)
        metadata["quarantined_by_rule"] = table_of_rows(by_rule.to_dicts())
        metadata["quarantined_sample"] = table_of_rows(
            shown.select("file_name", "rule", "detail").to_dicts()
        )
    return metadata
