"""Run a stage over a run's nights, part by part, and tell Dagster what came of it.

What belongs here: the one loop that all stage assets share and its metadata, night by night:
Dagster plots figures over partitions. What does not: the stages themselves (etl/night.py)
and the part engine (etl/lake/parts.py).
"""

import importlib
import logging
import time
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import dagster as dg
import polars as pl

from assets.night.columns import Metadata, table_of_rows
from assets.night.lineage import column_lineage
from assets.night.measures import peak_memory, speed
from assets.night.partitions import nights_of
from assets.night.plurals import quantity, span_of
from assets.night.retries import tried_again
from assets.progress.tracking import tracked
from assets.resources import Home, PartEngine
from etl.lake.engines import Engine, run_parts
from etl.lake.parts import PartReport, PartTask, tasks_of
from etl.lake.retention import parts_within_reach, spare_what_is_gone
from etl.lake.rows import read_rows
from etl.lake.store import Lake
from etl.night import stage_named, versioned
from etl.stage import RAW, REJECTED, Input, Stage
from etl.warehouse.releases import writing

SHOWN_REJECTIONS = 10


@dataclass(frozen=True, kw_only=True)
class Derived:
    """What a stage made of a night: rows by table, and what is true of all its tables."""

    night: date
    rows: Mapping[str, int]
    common: Metadata

    def of(self, table: str) -> Metadata:
        """Metadata of one table's asset."""
        metadata = {"dagster/row_count": self.rows.get(table, 0), **self.common}
        lineage = column_lineage(table)
        return metadata | ({"dagster/column_lineage": lineage} if lineage else {})


Figures = Mapping[date, Derived]


def derive(
    context: dg.AssetExecutionContext, stage_name: str, *, home: Home, part_engine: PartEngine
) -> Figures:
    """Do a stage of the night for every night of the run."""
    nights = nights_of(context)
    stage = versioned(stage_named(stage_name), part_engine.spacy_model, part_engine.site_folder)
    figures = derive_nights(stage, nights, home=home, part_engine=part_engine, log=context.log)
    if stage.then:
        with writing(home.warehouse, wait_seconds=home.lock_wait_seconds):
            finish(stage, home.lake, nights, log=context.log)
    return figures


def finish(stage: Stage, lake: Lake, nights: Sequence[date], *, log: logging.Logger) -> None:
    """What is to be done once a stage's parts are. The caller holds the writer's lock."""
    if stage.then:
        module_name, _, function_name = stage.then.partition(":")
        line: str = getattr(importlib.import_module(module_name), function_name)(lake, nights)
        if line:
            log.info(line)


def add_night_metadata(
    context: dg.AssetExecutionContext, asset: str, figures: Mapping[date, Metadata]
) -> None:
    """Give the materialisation of each night its own metadata, not that of the whole run."""
    for night, metadata in figures.items():
        context.add_asset_metadata(
            metadata, asset_key=dg.AssetKey(asset.split("/")), partition_key=night.isoformat()
        )


@dataclass
class _Tally:
    """What has come of a night's parts so far; ``documents`` of those that were not reused."""

    parts: int = 0
    documents: int = 0
    rows: Counter[str] = field(default_factory=Counter)
    done: set[str] = field(default_factory=set)
    whole: set[str] = field(default_factory=set)
    corrected: Counter[str] = field(default_factory=Counter)

    def add(self, report: PartReport, documents: int) -> None:
        """Count a part, which holds so many documents."""
        self.parts += 1
        self.rows.update(report.row_counts)
        self.corrected.update(redone=report.redone, carried=report.carried)
        if not report.was_reused:
            self.documents += documents
            self.done.add(report.name)
            self.whole.update([] if report.carried else [report.name])


def derive_nights(
    stage: Stage,
    nights: Sequence[date],
    *,
    home: Home,
    part_engine: PartEngine,
    log: logging.Logger,
) -> Figures:
    """Do the stage for some nights, whose parts are done side by side; what it made of each."""
    counts = {night: _document_counts(home.lake, night) for night in nights}
    total = sum(sum(of_night.values()) for of_night in counts.values())
    subject = f"{stage.name} {span_of(nights)}"
    started = time.perf_counter()
    tallies = {night: _Tally() for night in nights}
    engine = part_engine.engine
    with tracked(subject, "documents", total=total, tell=log.info) as tracking, tried_again():
        tasks = [task for night in nights for task in _tasks(stage, home.lake, night)]
        for report in run_parts(stage, tasks, engine):
            documents = counts[report.night][report.name]
            tallies[report.night].add(report, documents)
            tracking.advance(documents, taken_over=report.was_reused)
    seconds = _shares(time.perf_counter() - started, tallies)
    log.info(f"{subject}: {quantity(total, 'document')}")
    return {
        night: _derived(stage, night, tallies[night], home.lake, engine, seconds[night])
        for night in nights
    }


def _document_counts(lake: Lake, night: date) -> dict[str, int]:
    """By part; of one that is damaged nobody knows."""
    parts = lake.raw_parts(night)
    return {part.name: part.document_count() if part.is_whole else 0 for part in parts}


def _tasks(stage: Stage, lake: Lake, night: date) -> list[PartTask]:
    parts = parts_within_reach(lake, stage, night)
    return spare_what_is_gone(lake, stage, tasks_of(stage, lake, parts))


def _shares(seconds: float, tallies: Mapping[date, _Tally]) -> dict[date, float]:
    """Each night's share of the time that all took together, by the documents that were done."""
    done = sum(tally.documents for tally in tallies.values())
    return {
        night: seconds * (tally.documents / done if done else 1 / len(tallies))
        for night, tally in tallies.items()
    }


def _derived(
    stage: Stage, night: date, tally: _Tally, lake: Lake, engine: Engine, seconds: float
) -> Derived:
    common: Metadata = {
        "seconds": round(seconds, 2),
        **_speed(lake, stage, night, tally.whole, seconds),
        **peak_memory(),
        **_done_by(engine),
        "parts_reused": tally.parts - len(tally.done),
        **_corrected(stage, tally.corrected),
        "stage_version": stage.version,
        **{f"{table.name}_rows": tally.rows[table.name] for table in stage.keeps},
        **_rejections(lake, stage, night),
    }
    return Derived(night=night, rows=tally.rows, common=common)


def _done_by(engine: Engine) -> Metadata:
    """Who did the parts, and where one can watch them, as long as the run goes on."""
    link = {"dashboard": dg.MetadataValue.url(engine.dashboard)} if engine.dashboard else {}
    return {"engine": engine.name, "workers": engine.workers, **link}


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
    counted = Input(stage.name, stage.main) if stage.reads.stage == RAW else stage.reads
    words = documents = 0
    for name in done:
        file = lake.part_folder(counted.stage, night, name) / f"{counted.table}.parquet"
        counts = pl.read_parquet(file, columns=["word_count"], hive_partitioning=False)
        words += int(counts["word_count"].sum())
        documents += counts.height
    return dict(speed(words=words, documents=documents, seconds=seconds))


def _rejections(lake: Lake, stage: Stage, night: date) -> Metadata:
    """Counts of quarantined documents by rule, and some of them with their reasons."""
    files = lake.table_files(stage.name, night, "quarantine")
    if not files:
        return {"quarantined": 0}
    rejected = read_rows(files, REJECTED)
    metadata: Metadata = {"quarantined": rejected.height}
    if rejected.height:
        by_rule = rejected.group_by("stage", "rule").len("documents").sort("rule")
        shown = rejected.sort("delivery_id").head(SHOWN_REJECTIONS)
        metadata["quarantined_by_rule"] = table_of_rows(by_rule.to_dicts())
        metadata["quarantined_sample"] = table_of_rows(
            shown.select("file_name", "rule", "detail").to_dicts()
        )
    return metadata
