"""Who does the parts of a stage: this process, or a pool of others.

What belongs here: mapping ``run_part`` over tasks, resuming at the first unfinished part, and
finding the one document that kills its process. What does not: what is done with one part
(etl/lake/parts.py). A cluster engine needs nothing more than ``run_part`` and its values.
"""

import logging
import multiprocessing
import os
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import wait
from pathlib import Path
from typing import Literal

import polars as pl

from etl.durability import make_folder
from etl.errors import StageError
from etl.lake.parts import (
    PartReport,
    PartTask,
    apply_stage,
    build_function,
    read_source,
    row_counts,
    run_part,
)
from etl.lake.store import read_seal, recover
from etl.stage import Stage

logger = logging.getLogger(__name__)

Engine = Literal["inline", "processes"]


def run_parts(
    stage: Stage, tasks: Sequence[PartTask], *, engine: Engine, workers: int
) -> Iterator[PartReport]:
    """Do every part that is not finished yet; yield reports as parts finish."""
    todo = []
    for task in tasks:
        recover(task.target)
        if read_seal(task.target) == task.fingerprint:
            yield PartReport(name=task.name, row_counts=row_counts(task.target), was_reused=True)
        else:
            todo.append(task)
    run = _run_in_processes if engine == "processes" and len(todo) > 1 else _run_inline
    yield from run(stage, todo, workers)


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
    make_folder(mark.parent)
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
    batch = read_source(stage, task)
    function = build_function(stage.builder, stage.options)
    apply_stage(stage, function, batch.filter(pl.col("delivery_id").is_in(ids)))


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
