"""Parts in a pool of processes of this machine.

What belongs here: this engine. What does not: how the pool is made, and what is done with a part
that broke it (isolation.py).
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import ClassVar

from etl.lake.engines import EngineName
from etl.lake.engines.inline import Inline
from etl.lake.engines.isolation import pool_of, run_isolated
from etl.lake.parts import PartReport, PartTask, run_part
from etl.stage import Stage


@dataclass(frozen=True)
class Processes:
    """``workers`` processes, started for the parts of a stage; a single part is done in this."""

    workers: int
    name: ClassVar[EngineName] = "processes"
    dashboard: ClassVar[str | None] = None

    def run(self, stage: Stage, tasks: Sequence[PartTask]) -> Iterator[PartReport]:
        """Do every part; as ``Engine``."""
        return self._run(stage, tasks) if len(tasks) > 1 else Inline().run(stage, tasks)

    def _run(self, stage: Stage, tasks: Sequence[PartTask]) -> Iterator[PartReport]:
        broken: list[PartTask] = []
        with pool_of(self.workers) as pool:
            futures = {pool.submit(run_part, stage, task): task for task in tasks}
            for future in as_completed(futures):
                try:
                    yield future.result()
                except BrokenProcessPool:
                    broken.append(futures[future])
        for task in sorted(broken, key=lambda task: task.name):
            yield run_isolated(stage, task)

    def close(self) -> None:
        """Nothing is kept."""
