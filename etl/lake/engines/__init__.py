"""Who does the parts of a stage: this process, a pool of others, or a cluster.

What belongs here: what every engine is, and resuming at the first unfinished part; an engine is
a module: this process (inline.py), others of this machine (processes.py), workers of a Dask
cluster (cluster.py). What they share stands beside them: finding the one document that kills its
process (isolation.py), and what a process brings that shapes rows (outfit.py). What does not
belong here: what is done with one part (etl/lake/parts.py). An engine needs nothing more than
``run_part`` and its values.
"""

from collections.abc import Iterator, Sequence
from typing import Literal, Protocol

from etl.lake.parts import PartReport, PartTask, row_counts
from etl.lake.store import read_seal, recover
from etl.stage import Stage

EngineName = Literal["processes", "inline", "dask"]


class Engine(Protocol):
    """Does parts, in any order; what it is, for people: its name, workers and page, if any."""

    @property
    def name(self) -> EngineName: ...

    @property
    def workers(self) -> int:
        """Processes that do parts."""

    @property
    def dashboard(self) -> str | None:
        """The address of a page that shows them at work."""

    def run(self, stage: Stage, tasks: Sequence[PartTask]) -> Iterator[PartReport]:
        """Do every part; yield reports as parts finish. Raises StageError."""

    def close(self) -> None:
        """Let go of what is kept from one stage to the next."""


def run_parts(stage: Stage, tasks: Sequence[PartTask], engine: Engine) -> Iterator[PartReport]:
    """Do every part that is not finished yet, of however many nights; yield reports as they do."""
    todo = []
    for task in tasks:
        recover(task.target)
        if read_seal(task.target) == task.fingerprint:
            counts = row_counts(task.target)
            yield PartReport(night=task.night, name=task.name, row_counts=counts, was_reused=True)
        else:
            todo.append(task)
    if todo:
        yield from engine.run(stage, todo)
