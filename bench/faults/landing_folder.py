"""A landing folder with every oddity that a file system allows, and a great many files.

    python -m bench.faults.landing_folder [--files 100000]

What belongs here: the folder, a claim of it, a second claim, and what became of both. What does
not: what lies in the documents.

Nothing may stop the claim: what can be read is claimed once, what can't is named, and the
second claim finds nothing new. Ends with 1 where that does not hold.
"""

# Names here are bytes, which pathlib does not take.
# ruff: noqa: PTH101, PTH102, PTH211
import argparse
import json
import os
import resource
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from etl.lake.store import Lake
from etl.landing.claims import Claim, claim
from etl.landing.limits import Limits
from etl.landing.scan import scan

TEXT = b" date 2026-02-28 MOMBASA, Kenya: Ships waited off the coast for the %d. time on Monday.\n"
NIGHT = date(2026, 3, 1)
FILES_PER_FOLDER = 1_000
DEPTH = 1_100
"""Of a chain of folders: its path is longer than the system takes at once."""

Oddity = Callable[[bytes], int]
"""Makes something in a folder; how many files of it can be claimed."""


def _named(folder: bytes, *names: bytes) -> int:
    for number, name in enumerate(names):
        Path(os.fsdecode(folder + b"/" + name)).write_bytes(TEXT % (10**6 + number))
    return len(names)


def names(folder: bytes) -> int:
    """Bytes that are no UTF-8, what looks like them, line ends, quotes, the longest name."""
    odd = (b"col\xff.txt", b"col\\xff.txt", b"two\nlines.txt", b"'\".txt", b"-rf.txt", b" .txt")
    more = ("\u202egnp.txt".encode(), "e\u0301.txt".encode(), "\u00e9.txt".encode(), b"A.TXT")
    return _named(folder, *odd, *more, b"x" * 251 + b".txt")


def links(folder: bytes) -> int:
    """Links to a file, to a folder, to themselves, to nowhere; a sidecar that is one."""
    count = _named(folder, b"plain.txt")
    for name, to in (
        (b"file.txt", b"plain.txt"),
        (b"folder", b"."),
        (b"self.txt", b"self.txt"),
        (b"none.txt", b"/nowhere/at/all"),
        (b"plain.json", b"/etc/hostname"),
    ):
        os.symlink(to, folder + b"/" + name)
    return count


def devices(folder: bytes) -> int:
    """A pipe that nobody writes to, a socket."""
    os.mkfifo(folder + b"/pipe.txt")
    with socket.socket(socket.AF_UNIX) as end:
        end.bind(folder + b"/s.txt")
    return 0


def closed(folder: bytes) -> int:
    """A folder and a file that may not be read; to root they are as any other."""
    os.mkdir(folder + b"/lost+found")
    count = _named(folder, b"lost+found/in.txt", b"shut.txt")
    os.chmod(folder + b"/shut.txt", 0)
    os.chmod(folder + b"/lost+found", 0)
    return count if os.geteuid() == 0 else 0


def deep(folder: bytes) -> int:
    """A chain of folders with a file at its end."""
    at = os.open(folder, os.O_RDONLY)
    for _ in range(DEPTH):
        os.mkdir(b"deeper", dir_fd=at)
        below = os.open(b"deeper", os.O_RDONLY, dir_fd=at)
        os.close(at)
        at = below
    file = os.open(b"end.txt", os.O_WRONLY | os.O_CREAT, dir_fd=at)
    os.write(file, TEXT % 7_000_000)
    os.close(file)
    os.close(at)
    return 1


def others(folder: bytes) -> int:
    """What is hidden, unfinished, of no kind that holds documents, a folder named as a text."""
    _named(folder, b".hidden.txt", b"half.txt.part", b"picture.png")
    os.mkdir(folder + b"/folder.txt")
    return _named(folder, b"folder.txt/in.txt")


ODDITIES: dict[str, Oddity] = {
    made.__name__: made for made in (names, links, devices, closed, deep, others)
}


def make(folder: Path, files: int) -> int:
    """All oddities, each in a folder of its own, and plain files; how many can be claimed."""
    claimable = files
    for name, oddity in ODDITIES.items():
        (folder / name).mkdir(parents=True)
        claimable += oddity(os.fsencode(folder / name))
    for number in range(files):
        within = folder / "plain" / f"{number // FILES_PER_FOLDER:04d}"
        if number % FILES_PER_FOLDER == 0:
            within.mkdir(parents=True)
        (within / f"{number}.txt").write_bytes(TEXT % number)
    return claimable


def claims(folder: Path, lake: Lake) -> Iterator[tuple[Claim, float, float]]:
    """Two claims of the folder, with the seconds of processor time of scan and claim."""
    for _ in range(2):
        start = time.process_time()
        found = scan(folder, now=datetime(2100, 1, 1, tzinfo=UTC), settle_seconds=0)
        scanned = time.process_time()
        taken = claim(found, lake, night=NIGHT, limits=Limits())
        yield taken, scanned - start, time.process_time() - scanned


def try_out(files: int) -> dict[str, object]:
    """What two claims make of such a folder; ``is_sound`` where nothing was lost or doubled."""
    work = tempfile.mkdtemp(prefix="landing-")
    try:
        landing = Path(work) / "landing"
        claimable = make(landing, files)
        (first, *of_first), (second, *of_second) = claims(landing, Lake(Path(work) / "home"))
        (landing / "closed" / "lost+found").chmod(0o700)
    finally:
        subprocess.run(["rm", "-rf", work], check=False)  # Python's own is not deep enough
    return {
        "files": claimable,
        "claimed": first.document_count,
        "claimed_again": second.document_count,
        "unreadable": list(first.unreadable),
        "ignored": len(first.ignored),
        "waiting": len(first.waiting),
        "scan_seconds": [round(of_first[0], 1), round(of_second[0], 1)],
        "claim_seconds": [round(of_first[1], 1), round(of_second[1], 1)],
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "is_sound": (first.document_count, second.document_count) == (claimable, 0),
    }


def main(arguments: list[str]) -> int:
    """Print what became of the folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=100_000)
    found = try_out(parser.parse_args(arguments).files)
    sys.stdout.write(f"{json.dumps(found, indent=1)}\n")
    return 0 if found["is_sound"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
