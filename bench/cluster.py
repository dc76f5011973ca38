"""What an engine of Dask's workers costs a part, and what two workers gain.

    python -m bench.cluster [--documents 320] [--part 20] [--rounds 3] [--write]

What belongs here: the stages of a night over made documents, and one that only waits, by every
engine in turn in each round, every time in a lake of its own with warm workers; the same rows
asserted. What does not:
claim, staging, audit and publication, which no engine shares out, and pools of processes, which
start anew for each stage. ``--write`` puts the figures
into docs/scaling.md.
"""

import argparse
import hashlib
import os
import shutil
import statistics
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import psutil  # Dask brings it
from polars import selectors as cs

from bench.faults.nights import FIRST_NIGHT, write_documents
from etl.lake.engines import Engine, run_parts
from etl.lake.engines.inline import Inline
from etl.lake.parts import tasks_of
from etl.lake.store import Lake
from etl.landing.claims import claim
from etl.landing.limits import Limits
from etl.landing.scan import scan
from etl.night import NIGHT, stages
from etl.stage import RAW, REJECTED, Input, Stage, StageFunction, Tables

DOCUMENT = Path(__file__).parents[1] / "docs" / "scaling.md"
BEGIN, END = "<!-- begin figures -->", "<!-- end figures -->"
WAIT_SECONDS = 0.2
SMALL = 2
"""Documents of a part that is nearly all overhead."""


@dataclass(frozen=True, kw_only=True)
class Measured:
    """One engine's turn: seconds on the clock, of the asking process's processor, and of all's."""

    seconds: float
    own_seconds: float
    all_seconds: float
    digest: str


def claimed(folder: Path, *, documents: int, part: int) -> Lake:
    """A lake in which a night has claimed that many documents, in parts of ``part``."""
    landing, lake = folder / f"landing-{part}", Lake(folder / f"lake-{part}")
    write_documents(landing, documents, batch=0)
    found = scan(landing, now=datetime.now(tz=UTC), settle_seconds=0)
    claim(found, lake, night=FIRST_NIGHT, limits=Limits(part_documents=part))
    return lake


def build_waiting(seconds: str) -> StageFunction:
    """A stage that takes time and no processor: what it gains no busy machine takes away."""

    def wait(batch: pl.DataFrame) -> Tables:
        time.sleep(float(seconds))
        return {"waited": batch.select("delivery_id"), "quarantine": REJECTED.frame()}

    return wait


WAITING = Stage(
    name="waiting",
    builder="bench.cluster:build_waiting",
    reads=Input(RAW, RAW),
    main="waited",
    rejects_as="parse",
    version="1",
    options=(("seconds", str(WAIT_SECONDS)),),
)


def measure(source: Lake, engine: Engine, todo: Sequence[Stage]) -> Measured:
    """Stages over the claimed parts, in a lake of their own."""
    lake = Lake(source.root.with_name("trial"))
    shutil.rmtree(lake.root, ignore_errors=True)
    shutil.copytree(source.root, lake.root)
    began, began_own, began_all = time.perf_counter(), time.process_time(), spent()
    for stage in todo:
        tasks = tasks_of(stage, lake, lake.raw_parts(FIRST_NIGHT))
        for _ in run_parts(stage, tasks, engine):
            pass
    return Measured(
        seconds=time.perf_counter() - began,
        own_seconds=time.process_time() - began_own,
        all_seconds=spent() - began_all,
        digest=digest_of(lake),
    )


def spent() -> float:
    """Seconds of processor that this process and those below it have used."""
    own = psutil.Process()
    times = [process.cpu_times() for process in (own, *own.children(recursive=True))]
    return sum(used.user + used.system for used in times)


def digest_of(lake: Lake) -> str:
    """Of all rows of all parts, by file; of raw bytes the claim's hashes stand for them."""
    digest = hashlib.sha256()
    for file in sorted(lake.root.rglob("*.parquet")):
        rows = pl.read_parquet(file, hive_partitioning=False).select(~cs.binary())
        digest.update(f"{file.relative_to(lake.root)}\0{rows.write_json()}".encode())
    return digest.hexdigest()


Rounds = Sequence[Mapping[str, Measured]]


def rounds_of(
    lake: Lake, engines: Mapping[str, Engine], count: int, todo: Sequence[Stage]
) -> Rounds:
    """By round and engine; a first round, which warms up, is left out. Raises RuntimeError."""
    found = [
        {name: measure(lake, engine, todo) for name, engine in engines.items()}
        for _ in range(count + 1)
    ]
    digests = {measured.digest for turn in found for measured in turn.values()}
    if len(digests) != 1:
        raise RuntimeError(f"{len(digests)} digests")
    return found[1:]


def ratio(rounds: Rounds, one: str, other: str) -> float:
    """How often as fast ``other`` is, the median over the rounds."""
    return statistics.median(turn[one].seconds / turn[other].seconds for turn in rounds)


def report(
    large: Rounds, small: Rounds, waiting: Rounds, *, documents: int, part: int
) -> list[str]:
    """The lines of the table, and what follows from them."""
    parts = len(NIGHT) * -(-documents // part)
    small_parts = len(NIGHT) * -(-documents // 10 // SMALL)
    rows = [
        f"| {name} | {_median(large, name, 'seconds'):.1f} | {ratio(large, 'inline', name):.2f} "
        f"| {_median(large, name, 'all_seconds'):.1f} |"
        for name in large[0]
    ]
    overhead = statistics.median(
        (turn["dask, 1 worker"].all_seconds - turn["inline"].all_seconds) / small_parts
        for turn in small
    )
    own = _median(large, "dask, 2 workers", "own_seconds") / parts
    each = _median(large, "inline", "all_seconds") / documents
    return [
        f"{documents:,} documents in {parts} parts of four stages, {len(large)} rounds, "
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}:",
        "",
        "| engine | seconds on the clock | times as fast as inline | seconds of processor |",
        "|---|---|---|---|",
        *rows,
        "",
        f"- Of {parts // len(NIGHT)} parts that only wait, {WAIT_SECONDS} s each, one worker does "
        f"{ratio(waiting, 'inline', 'dask, 1 worker'):.2f} times as many in a second as inline, "
        f"two {ratio(waiting, 'inline', 'dask, 2 workers'):.2f} times.",
        f"- A part of {SMALL} documents costs {overhead * 1000:.0f} ms of processor more with a "
        "worker than inline.",
        f"- Of the process that asks, with the scheduler in it, a part takes {own * 1000:.0f} ms.",
        f"- A document costs {each * 1000:.1f} ms of processor in all stages.",
    ]


def _median(rounds: Rounds, engine: str, name: str) -> float:
    return statistics.median(getattr(turn[engine], name) for turn in rounds)


def main(arguments: list[str]) -> None:
    """Measure, print, and write."""
    from etl.lake.engines.cluster import Cluster  # an extra

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=320)
    parser.add_argument("--part", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args(arguments)
    with TemporaryDirectory(prefix="dateline-cluster-") as name:
        folder = Path(name)
        clusters = {
            f"dask, {count} worker{'s' * (count > 1)}": Cluster(
                address=None, workers=count, folder=folder / f"cluster-{count}"
            )
            for count in (1, 2)
        }
        engines = {"inline": Inline(), **clusters}
        large = claimed(folder, documents=chosen.documents, part=chosen.part)
        small = claimed(folder, documents=chosen.documents // 10, part=SMALL)
        todo = stages(None)
        found = rounds_of(large, engines, chosen.rounds, todo)
        alone = {name: engines[name] for name in ("inline", "dask, 1 worker")}
        lines = report(
            found,
            rounds_of(small, alone, chosen.rounds, todo),
            rounds_of(large, engines, chosen.rounds, [WAITING]),
            documents=chosen.documents,
            part=chosen.part,
        )
        for cluster in clusters.values():
            cluster.close()
    sys.stdout.write("\n".join(lines) + "\n")
    if chosen.write:
        before, _, rest = DOCUMENT.read_text().partition(BEGIN)
        _, _, after = rest.partition(END)
        DOCUMENT.write_text("\n".join([f"{before}{BEGIN}", *lines, f"{END}{after}"]))


if __name__ == "__main__":
    main(sys.argv[1:])
