"""Map a pure stage over the parts of a night: inline or in a process pool.

What belongs here: running a stage's function on one part, proving by a ledger that no
document was dropped, resuming at the first unfinished part, and isolating the one document
that breaks a stage. What does not: what the stages do, and where their parts lie
(etl/lake.py).

The seam: a ``Stage`` is a picklable value that names a builder; the builder makes the
function in whichever process does the work; the function takes one frame and returns tables.
A cluster engine needs nothing more than ``run_part`` and these values.
"""

import importlib
import json
import logging
import multiprocessing
import os
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from multiprocessing.connection import wait
from pathlib import Path
from typing import Literal

import polars as pl

from etl import schema
from etl.corrections import (
    Correctable,
    Correction,
    carry_over,
    find_correction,
    keep_table,
    kept_table,
    to_redo,
)
from etl.errors import StageError
from etl.lake import Lake, RawPart, fingerprint, read_seal, recover, replacing, reseal, write_seal

logger = logging.getLogger(__name__)

Tables = dict[str, pl.DataFrame]
StageFunction = Callable[[pl.DataFrame], Tables]
Engine = Literal["inline", "processes"]

REJECTED = schema.lake_table(schema.QUARANTINE)


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One stage as a value: who builds its function, from what, and what it yields.

    ``builder`` is 'module:function'; called with ``options`` it returns the stage's function.
    That function returns the frame ``quarantine`` and others, of which ``main`` has a row for
    each document that was kept. ``version`` fingerprints its code, model and tables;
    ``correctable`` is the table among them that people correct.
    """

    name: str
    builder: str
    main: str
    rejects_as: str
    version: str
    options: tuple[tuple[str, str | None], ...] = ()
    correctable: Correctable | None = None


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
    """What became of a part; rows per table, counted from the files written.

    ``redone`` and ``carried`` count the documents of a part to which a corrected table was
    applied: those done anew, and those whose rows were carried over.
    """

    name: str
    row_counts: Mapping[str, int]
    was_reused: bool
    redone: int = 0
    carried: int = 0


def tasks_of(stage: Stage, lake: Lake, night: date, *, source: tuple[str, str]) -> list[PartTask]:
    """The parts of a night for a stage; ``source`` is the (stage, table) it reads.

    A part's fingerprint covers its documents and the versions of this stage and of those
    before it, since the part before is named by its own seal.
    """
    return [task_of(stage, lake, part, source=source) for part in lake.raw_parts(night)]


def task_of(stage: Stage, lake: Lake, part: RawPart, *, source: tuple[str, str]) -> PartTask:
    """One part for a stage. Raises StageError where the part before is not finished."""
    path, origin = _input(lake, part, *source)
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


def _input(lake: Lake, part: RawPart, stage_name: str, table: str) -> tuple[Path, str]:
    if stage_name == "raw_documents":
        return part.path, part.fingerprint()
    folder = lake.part_folder(stage_name, part.night, part.name)
    origin = read_seal(folder)
    if not origin:
        raise StageError(f"{stage_name} of {part.night} is not finished: no {folder}")
    return folder / f"{table}.parquet", origin


def touched_documents(task: PartTask) -> int | None:
    """How many documents of a part a correction touches; None where it concerns all."""
    if task.correction is None:
        return None
    batch = pl.read_parquet(task.source, hive_partitioning=False)
    return to_redo(task.correction, task.target, batch).height


def run_parts(
    stage: Stage, tasks: Sequence[PartTask], *, engine: Engine, workers: int
) -> Iterator[PartReport]:
    """Do every part that is not finished yet; yield reports as parts finish."""
    todo = []
    for task in tasks:
        recover(task.target)
        if read_seal(task.target) == task.fingerprint:
            yield PartReport(name=task.name, row_counts=_row_counts(task.target), was_reused=True)
        else:
            todo.append(task)
    run = _run_in_processes if engine == "processes" and len(todo) > 1 else _run_inline
    yield from run(stage, todo, workers)


def run_part(stage: Stage, task: PartTask, poison: frozenset[str] = frozenset()) -> PartReport:
    """Read a part, apply the stage, check the ledger, and put the output in place.

    Documents of ``poison`` are known to kill the process that handles them: they are
    quarantined unseen. Raises StageError where the stage loses or doubles a document, or
    fails on every one.
    """
    batch = pl.read_parquet(task.source, hive_partitioning=False)
    todo = to_redo(task.correction, task.target, batch) if task.correction else batch
    notes = _keep_table(stage, task)
    if task.correction and todo.is_empty():
        reseal(task.target, task.fingerprint, notes)
        return _report(task, batch, todo, _row_counts(task.target))
    tables = _do(stage, todo, poison, is_whole=task.correction is None)
    if task.correction:
        tables = carry_over(tables, task.target, batch, todo)
    ledger = _ledger(stage, task, batch, tables)
    with replacing(task.target) as folder:
        for name, frame in tables.items():
            frame.write_parquet(folder / f"{name}.parquet")
        ledger.write_parquet(folder / "ledger.parquet")
        counts = {name: frame.height for name, frame in tables.items()}
        (folder / "counts.json").write_text(json.dumps(counts))
        write_seal(folder, task.fingerprint, notes)
    return _report(task, batch, todo, counts)


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
        name=task.name,
        row_counts=counts,
        was_reused=is_corrected and todo.is_empty(),
        redone=todo.height if is_corrected else 0,
        carried=batch.height - todo.height,
    )


def _do(stage: Stage, batch: pl.DataFrame, poison: frozenset[str], *, is_whole: bool) -> Tables:
    """The stage's tables of some documents, those known to kill it quarantined unseen."""
    function = _build(stage.builder, stage.options)
    killers = batch.filter(pl.col("delivery_id").is_in(poison))
    others = batch.filter(~pl.col("delivery_id").is_in(poison))
    tables = _apply(stage, function, others, is_whole=is_whole)
    if killers.height:
        rejected = _failed(stage, killers, "its worker process died, each time it was tried")
        tables["quarantine"] = pl.concat([tables["quarantine"], rejected])
    return tables


@lru_cache(maxsize=4)
def _build(builder: str, options: tuple[tuple[str, str | None], ...]) -> StageFunction:
    module_name, _, function_name = builder.partition(":")
    build = getattr(importlib.import_module(module_name), function_name)
    function: StageFunction = build(**dict(options))
    return function


def _apply(
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


def _row_counts(folder: Path) -> dict[str, int]:
    counts: dict[str, int] = json.loads((folder / "counts.json").read_text())
    return counts


# -- engines ----------------------------------------------------------------------------------


def _run_inline(stage: Stage, tasks: Sequence[PartTask], workers: int) -> Iterator[PartReport]:
    """In this process, which a document may kill: the next run does that part in another."""
    del workers
    for task in tasks:
        mark = task.target.with_name(f".{task.name}.at_work")
        if mark.exists():
            report = _run_isolated(stage, task)
            mark.unlink()
        else:
            with _marked(mark):
                report = run_part(stage, task)
        yield report


@contextmanager
def _marked(mark: Path) -> Iterator[None]:
    """A file that only the death of this process leaves behind."""
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.touch()
    try:
        yield
    finally:
        mark.unlink(missing_ok=True)


def _run_in_processes(
    stage: Stage, tasks: Sequence[PartTask], workers: int
) -> Iterator[PartReport]:
    broken: list[PartTask] = []
    with _pool(workers) as pool:
        futures = {pool.submit(run_part, stage, task): task for task in tasks}
        for future in as_completed(futures):
            try:
                yield future.result()
            except BrokenProcessPool:
                broken.append(futures[future])
    for task in sorted(broken, key=lambda task: task.name):
        yield _run_isolated(stage, task)


def _run_isolated(stage: Stage, task: PartTask) -> PartReport:
    """Do a part whose process died: once more alone, then without the documents that kill it."""
    try:
        with _pool(1) as pool:
            return pool.submit(run_part, stage, task).result()
    except BrokenProcessPool:
        logger.warning("%s of part %s killed its process again", stage.name, task.name)
    ids = pl.read_parquet(task.source, columns=["delivery_id"])["delivery_id"].to_list()
    poison = frozenset(_killers(stage, task, ids))
    if len(poison) == len(ids) > 1:
        raise StageError(f"{stage.name} kills its process on every document of {task.name}")
    with _pool(1) as pool:
        return pool.submit(run_part, stage, task, poison).result()


def _killers(stage: Stage, task: PartTask, ids: list[str]) -> list[str]:
    """The documents among ``ids`` on which a process dies, found by halving."""
    try:
        with _pool(1) as pool:
            pool.submit(_try_documents, stage, task, ids).result()
        return []
    except BrokenProcessPool:
        if len(ids) == 1:
            return ids
    middle = len(ids) // 2
    return _killers(stage, task, ids[:middle]) + _killers(stage, task, ids[middle:])


def _try_documents(stage: Stage, task: PartTask, ids: list[str]) -> None:
    batch = pl.read_parquet(task.source, hive_partitioning=False)
    function = _build(stage.builder, stage.options)
    _apply(stage, function, batch.filter(pl.col("delivery_id").is_in(ids)))


@contextmanager
def _pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    """Spawned, never forked: Polars holds threads and locks that a fork would copy.

    A run that fails or is cancelled waits for the parts in work, not for those in the queue.
    """
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_die_with_parent)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _die_with_parent() -> None:
    """A pool's worker outlives a killed parent: watch for its end and leave too."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_exit_after, args=(parent.sentinel,), daemon=True).start()


def _exit_after(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
