"""A disk that becomes full at each stage of a night: nothing is half published, all comes back.

    python -m bench.faults.full_disk [--documents 100] [--mebibytes 96] [STAGE ...]

What belongs here: a home on a small tmpfs, filled to the last byte once a stage has begun to
write, and the night after room was made. What does not: disks that fail otherwise.

Needs root, to mount; says so and leaves with 77 where it is not.
"""

import argparse
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.faults.nights import (
    copy_home,
    digest_of,
    night_of,
    place_to_break,
    run_here,
    write_documents,
)

NIGHT = night_of(1)
SKIPPED = 77
IN_LAKE = ("raw_documents", "parsed_articles", "articles", "sources", "extraction")
STAGES = ("start", *IN_LAKE, "staging", "audit", "published")


def is_possible() -> bool:
    """Whether this process may mount a tmpfs."""
    return os.geteuid() == 0


@contextmanager
def small_disk(folder: Path, mebibytes: int) -> Iterator[Path]:
    """A tmpfs of that size at ``folder``."""
    folder.mkdir()
    options = f"size={mebibytes}m"
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def try_out(folder: Path, stages: list[str], *, documents: int, mebibytes: int) -> dict[str, str]:
    """By stage what became of the night, or what was lost, which then begins with LOST."""
    home, landing = folder / "home", folder / "landing"
    for batch in (0, 1):
        write_documents(landing, documents, batch=batch)
        if batch == 1:
            copy_home(home, folder / "before")
        if not run_here(home, landing, night_of(batch)):
            raise RuntimeError("the undisturbed night was not published")
    before, after = digest_of(folder / "before"), digest_of(home)
    found = {}
    for stage in stages:
        with small_disk(folder / f"disk-{stage}", mebibytes) as disk:
            trial = copy_home(folder / "before", disk / "home")
            if stage != "start":
                _move_dagster(trial, folder / f"dagster-{stage}")
            found[stage] = _fill_at(stage, disk, trial, landing, states=(before, after))
        sys.stdout.write(f"full at {stage}: {found[stage]}\n")
        sys.stdout.flush()
    return found


def _fill_at(stage: str, disk: Path, home: Path, landing: Path, *, states: tuple[str, str]) -> str:
    ballast, over = disk / "ballast", threading.Event()
    filling = threading.Thread(target=_fill, args=(_mark(stage, home), ballast, over))
    filling.start()
    try:
        is_published = run_here(home, landing, NIGHT)
    except Exception as error:  # noqa: BLE001  Dagster's own storage is full, too: any will do
        is_published, failure = False, type(error).__name__
    else:
        failure = "not published"
    over.set()
    filling.join()
    is_full = ballast.exists()
    ballast.unlink(missing_ok=True)
    if digest_of(home) not in states:
        return "LOST: the published file is neither that of before nor that of after"
    if not run_here(home, landing, NIGHT) or digest_of(home) != states[1]:
        return "LOST: the next run does not come to the same file"
    told = "published all the same" if is_published else failure
    return f"{told if is_full else 'the disk was never full'}, then published"


def _move_dagster(home: Path, to: Path) -> None:
    """Out of the full disk: else Dagster's own storage fails first, and no stage ever does."""
    shutil.move(home / "dagster", to)
    (home / "dagster").symlink_to(to)


def _mark(stage: str, home: Path) -> Path:
    """What appears when a stage begins to write."""
    if stage in IN_LAKE:
        return home / "lake" / stage / f"ingested_on={NIGHT}"
    marks = {
        "start": home,
        "staging": home / "warehouse" / "staging" / "dateline.duckdb",
        "audit": home / "warehouse" / "staging" / "audit.json",
        "published": home / "lake" / "published_states" / f"{NIGHT}.json",
    }
    return marks[stage]


def _fill(mark: Path, ballast: Path, over: threading.Event) -> None:
    """Write until nothing goes any more, once the mark is there, and until the night is over."""
    while not mark.exists():
        if over.wait(0.002):
            return
    with ballast.open("wb", buffering=0) as file:
        for size in (2**20, 4096, 1):
            try:
                while not over.is_set():
                    file.write(b"\1" * size)
            except OSError:
                continue


def main(arguments: list[str]) -> int:
    """Print what became of each; 1 where anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=100)
    parser.add_argument("--mebibytes", type=int, default=96)
    parser.add_argument("stages", nargs="*", default=list(STAGES), metavar="STAGE")
    chosen = parser.parse_args(arguments)
    if not is_possible():
        sys.stderr.write("SKIPPED: only root can mount the small disk\n")
        return SKIPPED
    with place_to_break() as folder:
        found = try_out(
            folder, chosen.stages, documents=chosen.documents, mebibytes=chosen.mebibytes
        )
    return 1 if any(told.startswith("LOST") for told in found.values()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
