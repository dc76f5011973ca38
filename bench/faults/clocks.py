"""A clock that steps between nights: ahead by days, right again, back by a month, ahead by years.

    python -m bench.faults.clocks [--documents 40]

What belongs here: nights under such clocks. What does not: zones and daylight saving, which tests
of the schedule have.

Each night must claim what landed, also where its files are dated in the future by then, and publish
it as the newest release; the release before must be the one published before, whatever the clock
said. Every document of every night must be in the file, once.
"""

import argparse
import sys
from datetime import datetime, timedelta
from pathlib import Path

from assets.resources import Clock
from bench.faults.nights import night_of, place_to_break, run_here, write_documents
from etl.warehouse.contents import open_file
from etl.warehouse.releases import Warehouse, current_release, find_release

STEPS = (timedelta(days=2), timedelta(0), timedelta(days=-30), timedelta(days=5000))
"""By how much the clock of each night is ahead of the true one."""


class SteppedClock(Clock):
    """A clock that is ahead by ``ahead_seconds``, or behind."""

    ahead_seconds: float

    def now(self) -> datetime:
        """The present instant, as a machine would take it for."""
        return super().now() + timedelta(seconds=self.ahead_seconds)


def try_out(folder: Path, *, documents: int) -> list[str]:
    """Run the nights; what was lost, a line each."""
    home, landing = folder / "home", folder / "landing"
    warehouse, lost, before = Warehouse(home / "warehouse"), [], None
    for batch, ahead in enumerate(STEPS):
        write_documents(landing, documents, batch=batch)
        night = night_of(batch)
        clock = SteppedClock(
            timezone="UTC", fixed_today=night.isoformat(), ahead_seconds=ahead.total_seconds()
        )
        if not run_here(home, landing, night, clock):
            lost.append(f"night {batch}, clock ahead by {ahead}: not published")
        current = current_release(warehouse)
        if before and (not before.exists() or find_release(warehouse, "previous") != before):
            lost.append(f"night {batch}, clock ahead by {ahead}: the release before is lost")
        if _delivered(warehouse.published) != [documents] * (batch + 1):
            lost.append(f"night {batch}, clock ahead by {ahead}: documents are missing or doubled")
        sys.stdout.write(f"clock ahead by {ahead}: release {current.stem if current else 'none'}\n")
        sys.stdout.flush()
        before = current
    return lost


def _delivered(published: Path) -> list[int]:
    """Documents by night, each of which came to one end."""
    with open_file(published) as con:
        counts = con.execute(
            "SELECT delivered_count, published_count + duplicate_count + quarantined_count "
            "FROM v_nights ORDER BY ingested_on"
        ).fetchall()
    return [delivered for delivered, ended in counts if delivered == ended]


def main(arguments: list[str]) -> int:
    """Print each night, then what was lost; 1 where anything was."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=40)
    chosen = parser.parse_args(arguments)
    with place_to_break() as folder:
        lost = try_out(folder, documents=chosen.documents)
    sys.stdout.write(f"{len(STEPS)} nights; lost: {lost or 'nothing'}\n")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
