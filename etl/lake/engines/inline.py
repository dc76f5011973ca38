"""Parts in this process, one after the other.

What belongs here: this engine, and the mark by which the next run knows that a part killed this
one. What does not: finding the document that did it (isolation.py).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from etl.durability import make_folder
from etl.lake.engines import EngineName
from etl.lake.engines.isolation import run_isolated
from etl.lake.parts import PartReport, PartTask, run_part
from etl.stage import Stage


@dataclass(frozen=True)
class Inline:
    """In this process, which a document may kill: the next run does that part in another."""

    name: ClassVar[EngineName] = "inline"
    workers: ClassVar[int] = 1
    dashboard: ClassVar[str | None] = None

    def run(self, stage: Stage, tasks: Sequence[PartTask]) -> Iterator[PartReport]:
        """Do every part; as ``Engine``."""
        for task in tasks:
            mark = task.target.with_name(f".{task.name}.at_work")
            if mark.exists():
                report = run_isolated(stage, task)
                mark.unlink()
            else:
                with _marked(mark):
                    report = run_part(stage, task)
            yield report

    def close(self) -> None:
        """Nothing is kept."""


@contextmanager
def _marked(mark: Path) -> Iterator[None]:
    """A file that only the death of this process leaves behind."""
    make_folder(mark.parent)
    mark.touch()
    try:
        yield
    finally:
        mark.unlink(missing_ok=True)
