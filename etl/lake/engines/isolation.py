"""Parts whose process died: once more alone, then without the documents that kill it.

What belongs here: processes that may be lost, and the search for such documents by halving, for
every engine. What does not: telling that a process died while many were at work (the engines).

The search runs on the machine that asks, whatever the engine: it kills a process per step, which
on a cluster would each time cost other people's results, a start and a load of the model.
"""

import logging
import multiprocessing
import os
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import wait
from pathlib import Path

import polars as pl

from etl.errors import StageError
from etl.lake.parts import (
    PartReport,
    PartTask,
    apply_stage,
    build_function,
    read_source,
    run_part,
)
from etl.stage import Stage

logger = logging.getLogger(__name__)


def run_isolated(stage: Stage, task: PartTask, *, asked: Path | None = None) -> PartReport:
    """Do a part whose process died: once more alone, then without the documents that kill it.

    ``asked`` as in ``run_part``. Raises StageError where every document kills its process.
    """
    try:
        with _one_process() as pool:
            return pool.submit(run_part, stage, task, asked=asked).result()
    except BrokenProcessPool:
        logger.warning("%s of part %s killed its process again", stage.name, task.name)
    ids = pl.read_parquet(task.source, columns=["delivery_id"])["delivery_id"].to_list()
    poison = frozenset(_killers(stage, task, ids))
    if len(poison) == len(ids) > 1:
        raise StageError(f"{stage.name} kills its process on every document of {task.name}")
    with _one_process() as pool:
        return pool.submit(run_part, stage, task, poison, asked=asked).result()


def _killers(stage: Stage, task: PartTask, ids: list[str]) -> list[str]:
    """The documents among ``ids`` on which a process dies, found by halving."""
    try:
        with _one_process() as pool:
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


def start_pool(workers: int) -> ProcessPoolExecutor:
    """Spawned, never forked: Polars holds threads and locks that a fork would copy."""
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_die_with_parent)


def end_pool(pool: ProcessPoolExecutor) -> None:
    """End a pool's processes: behind the parts in work, or at once where one of them has died."""
    if pool._broken:
        abandon(pool)
    else:
        pool.shutdown(cancel_futures=True)


def abandon(pool: ProcessPoolExecutor) -> None:
    """End a pool of which a process died, whatever the others are doing.

    A process that was killed while it sent a result holds the lock of the results for ever. The
    pool ends those that wait for it when it notices, but not one that it starts at that moment,
    and then waits for that one.
    """
    for process in list((pool._processes or {}).values()):
        process.kill()
    pool.shutdown(cancel_futures=True)


@contextmanager
def _one_process() -> Iterator[ProcessPoolExecutor]:
    pool = start_pool(1)
    try:
        yield pool
    finally:
        end_pool(pool)


def _die_with_parent() -> None:
    """A pool's worker outlives a killed parent: watch for its end and leave too."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_exit_after, args=(parent.sentinel,), daemon=True).start()


def _exit_after(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
