"""Many nights in one process: what grows beyond the data.

    python -m bench.faults.soak [--nights 60] [--documents 500]

What belongs here: a line per night, of seconds, memory, open files and sizes. What does not: a
judgement; docs/reliability.md has that.
"""

import argparse
import gc
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.faults.nights import night_of, place_to_break, run_here, write_documents


@dataclass(frozen=True)
class Figures:
    """A night: seconds, memory and sizes in MB (10^6 bytes), the number of open files."""

    night: str
    seconds: float
    memory: float
    open_files: int
    lake: float
    file: float
    dagster: float
    home: float


def soak(folder: Path, *, nights: int, documents: int) -> list[Figures]:
    """Run the nights; raises RuntimeError where one does not publish."""
    home, landing = folder / "home", folder / "landing"
    figures = []
    for batch in range(nights):
        write_documents(landing, documents, batch=batch)
        began = time.perf_counter()
        if not run_here(home, landing, night_of(batch)):
            raise RuntimeError(f"night {batch} was not published")
        figures.append(_figures(home, str(night_of(batch)), time.perf_counter() - began))
        sys.stdout.write(f"{asdict(figures[-1])}\n")
        sys.stdout.flush()
    return figures


def _figures(home: Path, night: str, seconds: float) -> Figures:
    gc.collect()
    return Figures(
        night=night,
        seconds=round(seconds, 1),
        memory=round(_resident() / 1e6, 1),
        open_files=len(list(Path("/proc/self/fd").iterdir())),
        lake=_megabytes(home / "lake"),
        file=_megabytes(home / "warehouse" / "dateline.duckdb"),
        dagster=_megabytes(home / "dagster"),
        home=_megabytes(home),
    )


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096


def _megabytes(path: Path) -> float:
    """What it takes on disk; a file with several names counts once."""
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    sizes = {(s.st_dev, s.st_ino): s.st_blocks * 512 for s in (file.stat() for file in files)}
    return round(sum(sizes.values()) / 1e6, 2)


def main(arguments: list[str]) -> None:
    """Soak and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--nights", type=int, default=60)
    parser.add_argument("--documents", type=int, default=500)
    chosen = parser.parse_args(arguments)
    with place_to_break() as folder:
        soak(folder, nights=chosen.nights, documents=chosen.documents)


if __name__ == "__main__":
    main(sys.argv[1:])
