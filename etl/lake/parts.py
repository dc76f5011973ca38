"""One stage on one part: what is to be done, doing it, and the ledger that nothing was dropped.

What belongs here: the tasks of a night, running a stage's function on one part, proving by a
ledger that no document was dropped, and quarantining a document that makes the stage raise.
What does not: who runs the parts (etl/lake/engines/), what the stages do, and where their
parts lie (etl/lake/store.py).
"""

import importlib
import json
import logging
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

import polars as pl

from etl.errors import StageError
from etl.fingerprint import fingerprint
from etl.lake.corrections import (
    Correction,
    carry_over,
    find_correction,
    keep_table,
    kept_table,
    to_redo,
)
from etl.lake.rows import read_rows
from etl.lake.store import COUNTS, Lake, RawPart, read_seal, replacing, reseal, write_seal
from etl.locks import is_held
from etl.night import table_read_by
from etl.program import collect_seldom
from etl.stage import RAW, REJECTED, Stage, StageFunction, Tables
from etl.tables import looked_up_in_tables, use_site_tables

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class PartTask:
    """One part to do: where its input lies, where its output goes, and its fingerprint.

    ``origin`` is that of the input. ``correction``: what lies at the target holds, but for
    what a corrected table touches; ``kept_table`` is where this version of it is kept.
    """

    night: date
    name: str
    source: Path
    target: Path
    fingerprint: str
    origin: str = ""
    correction: Correction | None = None
    kept_table: Path | None = None


@dataclass(frozen=True, kw_only=True)
class PartReport:
    """What became of a night's part; rows per table, counted from the files written.

    ``redone`` and ``carried`` count the documents of a part to which a corrected table was
    applied: those done anew, and those whose rows were carried over.
    """

    night: date
    name: str
    row_counts: Mapping[str, int]
    was_reused: bool
    redone: int = 0
    carried: int = 0


def tasks_of(stage: Stage, lake: Lake, parts: Iterable[RawPart]) -> list[PartTask]:
    """What a stage has to do for some parts; as ``task_of``."""
    return [task_of(stage, lake, part) for part in parts]


def task_of(stage: Stage, lake: Lake, part: RawPart) -> PartTask:
    """One part for a stage. Raises StageError where the part before is not finished.

    Its fingerprint covers its documents and the versions of this stage and of those before it,
    since the part before is named by its own seal.
    """
    path, origin = _input(lake, part, stage)
    target = lake.part_folder(stage.name, part.night, part.name)
    task = PartTask(
        night=part.night,
        name=part.name,
        source=path,
        target=target,
        fingerprint=fingerprint(stage.name, stage.version, origin),
        origin=origin,
    )
    if stage.correctable is None or read_seal(target) == task.fingerprint:
        return task
    table = stage.correctable
    return replace(
        task,
        correction=find_correction(lake, stage.name, table, target, origin=origin),
        kept_table=kept_table(lake, stage.name, table.table),
    )


def _input(lake: Lake, part: RawPart, stage: Stage) -> tuple[Path, str]:
    if stage.reads.stage == RAW:
        return part.path, part.fingerprint()
    folder = lake.part_folder(stage.reads.stage, part.night, part.name)
    origin = read_seal(folder)
    if not origin:
        raise StageError(f"{stage.reads.stage} of {part.night} is not finished: no {folder}")
    return folder / f"{stage.reads.table}.parquet", origin


def read_source(stage: Stage, task: PartTask) -> pl.DataFrame:
    """The documents of a part as the stage's input is declared now, whoever wrote them.

    From here on this process reads tables as the stage is versioned for. Raises StageError where
    the site's rows are others by now.
    """
    if use_site_tables(stage.site_tables) != stage.site_version:
        raise StageError(f"{stage.site_tables} was edited while a run was at work: run again")
    return read_rows([task.source], table_read_by(stage))


def touched_documents(stage: Stage, task: PartTask) -> int | None:
    """How many documents of a part a correction touches; None where it concerns all."""
    if task.correction is None:
        return None
    return to_redo(task.correction, task.target, read_source(stage, task)).height


def run_part(
    stage: Stage,
    task: PartTask,
    poison: frozenset[str] = frozenset(),
    *,
    asked: Path | None = None,
) -> PartReport:
    """Read a part, apply the stage, check the ledger, and put the output in place.

    Documents of ``poison`` are known to kill the process that handles them: they are
    quarantined unseen. ``asked``: the lock file of whoever asked for the part from elsewhere,
    who may be gone when it is done. Raises StageError where the stage loses or doubles a
    document, or fails on every one, and where whoever asked is gone.
    """
    batch = read_source(stage, task)
    todo = to_redo(task.correction, task.target, batch) if task.correction else batch
    notes = _keep_table(stage, task)
    permit = partial(_check_asked, asked, task) if asked else None
    if task.correction and todo.is_empty():
        if permit:
            permit()
        reseal(task.target, task.fingerprint, notes)
        return _report(task, batch, todo, row_counts(task.target))
    tables = _do(stage, todo, poison, is_whole=task.correction is None)
    if task.correction:
        tables = carry_over(tables, task.target, batch, todo)
    ledger = _ledger(stage, task, batch, tables)
    with replacing(task.target, permit=permit) as folder:
        for name, frame in tables.items():
            frame.write_parquet(folder / f"{name}.parquet")
        ledger.write_parquet(folder / "ledger.parquet")
        counts = {name: frame.height for name, frame in tables.items()}
        (folder / COUNTS).write_text(json.dumps(counts))
        write_seal(folder, task.fingerprint, notes)
    return _report(task, batch, todo, counts)


def _check_asked(asked: Path, task: PartTask) -> None:
    """Nobody waits for a part of a run that is over, and another may have begun on it."""
    if not is_held(asked):
        raise StageError(f"whoever asked for part {task.name} is gone: it is not put in place")


def _keep_table(stage: Stage, task: PartTask) -> dict[str, str]:
    """Keep the table that people correct, and what the seal notes of it."""
    if stage.correctable is None or task.kept_table is None:
        return {}
    keep_table(stage.correctable, task.kept_table)
    return stage.correctable.notes(task.origin)


def _report(
    task: PartTask, batch: pl.DataFrame, todo: pl.DataFrame, counts: Mapping[str, int]
) -> PartReport:
    is_corrected = task.correction is not None
    return PartReport(
        night=task.night,
        name=task.name,
        row_counts=counts,
        was_reused=is_corrected and todo.is_empty(),
        redone=todo.height if is_corrected else 0,
        carried=batch.height - todo.height,
    )


def _do(stage: Stage, batch: pl.DataFrame, poison: frozenset[str], *, is_whole: bool) -> Tables:
    """The stage's tables of some documents, those known to kill it quarantined unseen."""
    function = build_function(stage.builder, stage.options)
    killers = batch.filter(pl.col("delivery_id").is_in(poison))
    others = batch.filter(~pl.col("delivery_id").is_in(poison))
    tables = apply_stage(stage, function, others, is_whole=is_whole)
    if killers.height:
        rejected = _failed(stage, killers, "its worker process died, each time it was tried")
        tables["quarantine"] = pl.concat([tables["quarantine"], rejected])
    return tables


@looked_up_in_tables(4)
def build_function(builder: str, options: tuple[tuple[str, str | None], ...]) -> StageFunction:
    """The stage's function, made once in this process from its spec."""
    collect_seldom()
    module_name, _, function_name = builder.partition(":")
    function: StageFunction = getattr(importlib.import_module(module_name), function_name)(
        **dict(options)
    )
    return function


def apply_stage(
    stage: Stage, function: StageFunction, batch: pl.DataFrame, *, is_whole: bool = True
) -> Tables:
    """The stage on a batch; documents that make it raise are quarantined, the rest goes on.

    Raises StageError where every document of a whole part fails: then the stage is at fault,
    not they.
    """
    outputs, failures = _attempt(stage, function, batch)
    if failures and not outputs and is_whole and batch.height > 1:
        raise StageError(f"{stage.name} failed on every document: {failures[0][1]}")
    outputs = outputs or [function(batch.clear())]
    tables = {name: pl.concat([output[name] for output in outputs]) for name in outputs[0]}
    rejected = [_failed(stage, document, detail) for document, detail in failures]
    tables["quarantine"] = pl.concat([tables["quarantine"], *rejected])
    return tables


def _attempt(
    stage: Stage, function: StageFunction, batch: pl.DataFrame
) -> tuple[list[Tables], list[tuple[pl.DataFrame, str]]]:
    """Outputs of the halves that work, and each failing document with its error."""
    try:
        return [function(batch)], []
    except Exception as error:  # noqa: BLE001 - one document can't stop a night
        logger.warning("%s fails on %d documents: %r", stage.name, batch.height, error)
        if batch.height <= 1:
            return [], [(batch, f"{type(error).__name__}: {error}")]
    middle = batch.height // 2
    left_outputs, left_failures = _attempt(stage, function, batch[:middle])
    right_outputs, right_failures = _attempt(stage, function, batch[middle:])
    return left_outputs + right_outputs, left_failures + right_failures


def _failed(stage: Stage, documents: pl.DataFrame, detail: str) -> pl.DataFrame:
    return REJECTED.conform(
        documents.select(
            "delivery_id",
            "file_name",
            "ingested_on",
            stage=pl.lit(stage.rejects_as),
            rule=pl.lit("processing_failed"),
            detail=pl.lit(detail[:500]),
        )
    )


def _ledger(stage: Stage, task: PartTask, batch: pl.DataFrame, tables: Tables) -> pl.DataFrame:
    """One row per document: kept or rejected. An article without mentions leaves no other trace.

    Raises StageError unless every input document stands in it exactly once.
    """
    kept = tables[stage.main].select("delivery_id").unique().with_columns(status=pl.lit("kept"))
    rejected = tables["quarantine"].select("delivery_id", status=pl.lit("rejected"))
    ledger = pl.concat([kept, rejected]).sort("delivery_id")
    times = Counter(ledger["delivery_id"])
    times.subtract(batch["delivery_id"])
    if wrong := sorted(delivery_id for delivery_id, excess in times.items() if excess):
        raise StageError(
            f"{stage.name} of part {task.name}: {batch.height} documents in, "
            f"{ledger.height} accounted for; first lost or doubled: {', '.join(wrong[:3])}"
        )
    return ledger.select("delivery_id", pl.lit(task.fingerprint).alias("fingerprint"), "status")


def row_counts(folder: Path) -> dict[str, int]:
    """Rows by table of a finished part."""
    counts: dict[str, int] = json.loads((folder / COUNTS).read_text())
    return counts
