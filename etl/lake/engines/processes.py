"""Parts in a pool of processes of this machine.

What belongs here: this engine. What does not: how a pool is made, and what is done with a part
that broke it (isolation.py).
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from typing import ClassVar

from etl.lake.engines import EngineName
from etl.lake.engines.inline import Inline
from etl.lake.engines.isolation import end_pool, run_isolated, start_pool
from etl.lake.parts import PartReport, PartTask, run_part
from etl.stage import Stage


class Processes:
    """``workers`` processes, kept from one stage to the next; a single part is done in this one.

    To start one, with the libraries, tables and model that it reads, takes some seconds.
    """

    name: ClassVar[EngineName] = "processes"
    dashboard: ClassVar[str | None] = None

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._pool: ProcessPoolExecutor | None = None

    def run(self, stage: Stage, tasks: Sequence[PartTask]) -> Iterator[PartReport]:
        """Do every part; as ``Engine``."""
        return self._run(stage, tasks) if len(tasks) > 1 else Inline().run(stage, tasks)

    def _run(self, stage: Stage, tasks: Sequence[PartTask]) -> Iterator[PartReport]:
        broken: list[PartTask] = []
        try:
            futures = self._submit(stage, tasks)
            for future in as_completed(futures):
                try:
                    yield future.result()
                except BrokenProcessPool:
                    broken.append(futures[future])
        except BaseException:
            # A run that fails or is cancelled waits for the parts in work, not for those behind.
            self.close()
            raise
        if broken:
            self.close()
        for task in sorted(broken, key=lambda task: task.target):
            yield run_isolated(stage, task)

    def _submit(
        self, stage: Stage, tasks: Sequence[PartTask]
    ) -> dict[Future[PartReport], PartTask]:
        """Hand the parts out, to new processes where the old ones have died meanwhile."""
        if self._pool is not None:
            try:
                return _submitted(self._pool, stage, tasks)
            except BrokenProcessPool:
                self.close()
        self._pool = start_pool(self.workers)
        return _submitted(self._pool, stage, tasks)

    def close(self) -> None:
        """End the processes; as ``Engine``. They are started again where there is need."""
        if self._pool is not None:
            end_pool(self._pool)
            self._pool = None


def _submitted(
    pool: ProcessPoolExecutor, stage: Stage, tasks: Sequence[PartTask]
) -> dict[Future[PartReport], PartTask]:
    return {pool.submit(run_part, stage, task): task for task in tasks}
