"""Run a stage over a run's nights, part by part, and tell Dagster what came of it.

What belongs here: the one loop that all stage assets share and its metadata, night by night:
Dagster plots figures over partitions. What does not: the stages themselves (assets/stages.py)
and the part engine (etl/parts.py).
"""

import logging
import time
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import dagster as dg
import polars as pl

from assets.columns import Metadata, table_of_rows
from assets.lineage import column_lineage
from assets.measures import peak_memory, speed
from assets.partitions import nights_of
from assets.resources import Home, PartEngine
from assets.retries import tried_again
from etl.lake import Lake
from etl.parts import Stage, run_parts, tasks_of
from etl.retention import spare_what_is_gone

SHOWN_REJECTIONS = 10


@dataclass(frozen=True, kw_only=True)
class Derived:
    """What a stage made of a night: rows by table, and what is true of all its tables."""

    rows: Mapping[str, int]
    common: Metadata

    def of(self, table: str) -> Metadata:
        """Metadata of one table's asset."""
        metadata = {"dagster/row_count": self.rows.get(table, 0), **self.common}
        lineage = column_lineage(table)
        return metadata | ({"dagster/column_lineage": lineage} if lineage else {})


Figures = Mapping[date, Derived]


def derive(
    context: dg.AssetExecutionContext,
    stage: Stage,
    *,
    source: tuple[str, str],
    home: Home,
    part_engine: PartEngine,
) -> Figures:
    """Do the stage for every night of the run."""
    nights = nights_of(context)
    return derive_nights(
        stage, nights, source=source, home=home, part_engine=part_engine, log=context.log
    )


def tell(context: dg.AssetExecutionContext, asset: str, figures: Mapping[date, Metadata]) -> None:
    """Give the materialisation of each night its own metadata, not that of the whole run."""
    for night, metadata in figures.items():
        context.add_asset_metadata(
            metadata, asset_key=dg.AssetKey(asset.split("/")), partition_key=night.isoformat()
        )


def derive_nights(
    stage: Stage,
    nights: Sequence[date],
    *,
    source: tuple[str, str],
    home: Home,
    part_engine: PartEngine,
    log: logging.Logger,
) -> Figures:
    """Do the stage for some nights; what it made of each."""
    return {
        night: _derive_night(
            stage, night, source=source, home=home, part_engine=part_engine, log=log
        )
        for night in nights
    }


def _derive_night(
    stage: Stage,
    night: date,
    *,
    source: tuple[str, str],
    home: Home,
    part_engine: PartEngine,
    log: logging.Logger,
) -> Derived:
    started = time.perf_counter()
    rows: Counter[str] = Counter()
    done: set[str] = set()
    whole: set[str] = set()
    corrected: Counter[str] = Counter()
    tasks = tasks_of(stage, home.lake, night, source=source)
    tasks = spare_what_is_gone(home.lake, stage.name, tasks)
    reports = run_parts(stage, tasks, engine=part_engine.engine, workers=part_engine.workers)
    with tried_again():
        for number, report in enumerate(reports, start=1):
            rows.update(report.row_counts)
            if not report.was_reused:
                done.add(report.name)
                whole.update([] if report.carried else [report.name])
            corrected.update(redone=report.redone, carried=report.carried)
            log.info(f"{stage.name} {night}: part {number} of {len(tasks)}")
    seconds = time.perf_counter() - started
    common: Metadata = {
        "seconds": round(seconds, 2),
        **_speed(home.lake, stage, night, whole, seconds),
        **peak_memory(),
        "parts_reused": len(tasks) - len(done),
        **_corrected(stage, corrected),
        "stage_version": stage.version,
        **_rejections(home.lake, stage, night),
    }
    return Derived(rows=rows, common=common)


def _corrected(stage: Stage, documents: Mapping[str, int]) -> Metadata:
    """To how many documents a corrected table was applied, and how many it left as they were."""
    if stage.correctable is None:
        return {}
    return {
        "articles_redone": documents["redone"],
        "articles_carried_over": documents["carried"],
    }


def _speed(
    lake: Lake, stage: Stage, night: date, done: Collection[str], seconds: float
) -> Metadata:
    """Of the parts that were done now from end to end, not of those reused or corrected."""
    table = "parsed_articles" if stage.name == "parsed_articles" else "articles"
    words = documents = 0
    for name in done:
        file = lake.part_folder(table, night, name) / f"{table}.parquet"
        counts = pl.read_parquet(file, columns=["word_count"], hive_partitioning=False)
        words += int(counts["word_count"].sum())
        documents += counts.height
    return dict(speed(words=words, documents=documents, seconds=seconds))


def _rejections(lake: Lake, stage: Stage, night: date) -> Metadata:
    """Counts of quarantined documents by rule, and some of them with their reasons."""
    files = lake.table_files(stage.name, night, "quarantine")
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
