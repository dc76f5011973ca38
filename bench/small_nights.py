"""What a small night costs with Dagster's own event log, and over connections that are kept.

    python -m bench.small_nights [--pairs 3] [--documents 10]

What belongs here: nights of a few documents in one process, by turns with either log, each pair a
ratio. What does not: the first night of a process, which loads libraries, models and tables.
"""

import argparse
import statistics
import sys
import time
from pathlib import Path
from unittest.mock import patch

from dagster._core.storage.event_log import SqliteEventLogStorage

from assets.cli.event_log import KeptSqliteEventLog
from bench.faults.nights import night_of, place_to_break, run_here, write_documents


def measure(folder: Path, *, pairs: int, documents: int) -> list[tuple[float, float]]:
    """Processor seconds of a night with Dagster's own log and of the next, with ours, by pair."""
    seconds = [
        _night(folder, batch, documents, is_kept=batch % 2 == 0) for batch in range(1 + 2 * pairs)
    ]
    return list(zip(seconds[1::2], seconds[2::2], strict=True))


def _night(folder: Path, batch: int, documents: int, *, is_kept: bool) -> float:
    home, landing = folder / "home", folder / "landing"
    write_documents(landing, documents, batch=batch)
    own = SqliteEventLogStorage._connect
    began = time.process_time()
    if is_kept:
        is_published = run_here(home, landing, night_of(batch))
    else:
        with patch.object(KeptSqliteEventLog, "_connect", own):
            is_published = run_here(home, landing, night_of(batch))
    if not is_published:
        raise RuntimeError(f"night {batch} was not published")
    return time.process_time() - began


def main(arguments: list[str]) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--documents", type=int, default=10)
    chosen = parser.parse_args(arguments)
    with place_to_break() as folder:
        pairs = measure(folder, pairs=chosen.pairs, documents=chosen.documents)
    for own, kept in pairs:
        sys.stdout.write(f"Dagster's own log {own:.1f} s, kept {kept:.1f} s: {kept / own:.2f}\n")
    sys.stdout.write(f"median {statistics.median(kept / own for own, kept in pairs):.2f}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
