"""What a claim makes of files that come to more than there is memory for, and what it takes.

    python -m bench.faults.claim_memory [--mebibytes 3072] [SHAPE ...]

What belongs here: a claim of each shape of bombs.py by a process of its own, its peak memory,
its seconds, and what came out. What does not: the shapes.

Beside each shape lie two sound files, which must come out as if it were not there. Memory is
what the claim takes beyond the modules that it needs. The process may have no more than
MOST_MIB of it: beyond that the claim fails, as it would where memory is short.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl

from bench.faults.bombs import BOMBS, MIB
from etl.lake.store import Lake
from etl.landing.claims import claim
from etl.landing.limits import Limits
from etl.landing.scan import scan

MOST_MIB = 1024
SOUND = ("0-before.txt", "z-behind.txt")
NIGHT = date(2026, 3, 1)


def measure(landing: Path, home: Path, limits: Limits) -> dict[str, object]:
    """Claim all of a folder in this process, under MOST_MIB; what came of it."""
    import pyarrow.parquet  # noqa: F401  what the claim would load late is no part of it

    before = _memory_kib("VmRSS")
    most = (_memory_kib("VmData") + MOST_MIB * 1024) * 1024
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    start, cpu = time.perf_counter(), time.process_time()
    found = scan(landing, now=datetime(2100, 1, 1, tzinfo=UTC), settle_seconds=0)
    lake = Lake(home)
    taken = claim(found, lake, night=NIGHT, limits=limits)
    return {
        "peak_mib": (_memory_kib("VmHWM") - before) // 1024,
        "seconds": round(time.perf_counter() - start, 1),
        "processor_seconds": round(time.process_time() - cpu, 1),
        "documents": taken.document_count,
        "parts": taken.part_count,
        "sound": [path for path in SOUND if path in set(_rows(lake, "path"))],
        "rejected": Counter(f"{rule}: {detail}" for rule, detail in _rejections(lake)),
    }


def _memory_kib(name: str) -> int:
    """A figure of this process, as Linux counts it."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1])
    raise LookupError(name)


def _rows(lake: Lake, column: str) -> Iterator[object]:
    for part in lake.raw_parts(NIGHT):
        yield from pl.read_parquet(part.path, columns=[column], hive_partitioning=False)[column]


def _rejections(lake: Lake) -> Iterator[tuple[object, object]]:
    pairs = zip(_rows(lake, "rule"), _rows(lake, "detail"), strict=True)
    return ((rule, detail) for rule, detail in pairs if rule)


def try_out(shape: str, mebibytes: int, options: dict[str, int]) -> dict[str, object]:
    """What a claim of one shape takes and gives, in a process of its own.

    ``options`` are of ``Limits``. A claim that fails is {"error": its last words}.
    """
    with tempfile.TemporaryDirectory() as folder:
        landing, home = Path(folder) / "landing", Path(folder) / "home"
        landing.mkdir()
        BOMBS[shape](landing, mebibytes)
        for name in SOUND:
            (landing / name).write_text(f"The text of {name}.")
        packed = sum(file.stat().st_blocks * 512 for file in landing.iterdir())
        command = [sys.executable, "-m", "bench.faults.claim_memory", "--measure"]
        command += [str(landing), str(home), json.dumps(options)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return {"error": (done.stderr.strip().splitlines() or [str(done.returncode)])[-1]}
    return {"packed_mib": round(packed / MIB, 1), **json.loads(done.stdout)}


def main(arguments: list[str]) -> None:
    """Try the shapes named, or all of them, and print what came of each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mebibytes", type=int, default=3072)
    parser.add_argument("shapes", nargs="*", default=list(BOMBS), metavar="SHAPE")
    chosen = parser.parse_args(arguments)
    for shape in chosen.shapes:
        found = json.dumps(try_out(shape, chosen.mebibytes, {}), indent=1)
        sys.stdout.write(f"{shape} {found}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        landing, home, options = sys.argv[2:]
        measured = measure(Path(landing), Path(home), Limits(**json.loads(options)))
        sys.stdout.write(json.dumps(measured))
    else:
        main(sys.argv[1:])
