"""Run a night and have it end at a chosen point; a script for test_killed_nights.py.

    python killed_night.py HOME RAW POINT SIGNAL [WORKERS]

SIGKILL kills at once, SIGTERM is how a run is cancelled. A point is a moment after part of a
step's output: the n-th file written below a folder of the lake, or just before or after one
named step.
"""

import os
import signal
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import Any

import polars as pl
from night_setup import materialise

import assets.night.audit
import assets.night.derive
import etl.warehouse.publish
import etl.warehouse.staging
from assets.cli.nights import NightOutcome


def die(*_: object, **__: object) -> None:
    os.kill(os.getpid(), signal.Signals[sys.argv[4]])


def die_in(module: ModuleType, function: str) -> None:
    """Die instead of running the function, which must be there."""
    getattr(module, function)
    setattr(module, function, die)


def die_at_file(folder: str, number: int) -> None:
    """Die half-way through a part: before the ``number``-th Parquet file below ``folder``."""
    write = pl.DataFrame.write_parquet
    calls = count(1)

    def counted(frame: pl.DataFrame, file: Any, **options: Any) -> None:
        if folder in str(file) and next(calls) == number:
            die()
        write(frame, file, **options)

    pl.DataFrame.write_parquet = counted  # type: ignore[method-assign]


def die_at_rename(*, after: bool) -> None:
    replace = Path.replace

    def watched(source: Path, target: Path) -> Path:
        is_publication = target.name == "dateline.duckdb" and target.parent.name == "warehouse"
        if is_publication and not after:
            die()
        moved = replace(source, target)
        if is_publication:
            die()
        return moved

    Path.replace = watched  # type: ignore[method-assign,assignment]


def die_after_first_part() -> None:
    run_parts = assets.night.derive.run_parts

    def first_only(*arguments: Any, **options: Any) -> Any:
        reports = run_parts(*arguments, **options)
        yield next(reports)
        if arguments[0].name == "extraction":
            die()
        yield from reports

    assets.night.derive.run_parts = first_only


POINTS: dict[str, Callable[[], None]] = {
    "claim": lambda: die_at_file("/raw_documents/", 3),
    "parse": lambda: die_at_file("/parsed_articles/", 5),
    "normalise": lambda: die_at_file("/articles/", 6),
    "attribute": lambda: die_at_file("/sources/", 6),
    "extract": lambda: die_at_file("/extraction/", 6),
    "extract in processes": die_after_first_part,
    "stage": lambda: die_in(etl.warehouse.staging, "free_share"),
    "audit": lambda: die_in(assets.night.audit, "Audit"),
    "log of the publication": lambda: die_in(etl.warehouse.publish, "_append_logs"),
    "before the rename": lambda: die_at_rename(after=False),
    "after the rename": lambda: die_at_rename(after=True),
}


def night_to_kill(home: Path, raw: Path, *, workers: int = 1) -> NightOutcome:
    """A night of few documents in several parts: what is killed again and again should be small."""
    return materialise(home, raw=raw, workers=workers, part_documents=5)


if __name__ == "__main__":
    home, raw, point, _, *workers = sys.argv[1:]
    POINTS[point]()
    outcome = night_to_kill(Path(home), Path(raw), workers=int(workers[0]) if workers else 1)
    sys.exit("; ".join(outcome.failures))
