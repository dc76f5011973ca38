"""Each two commands started at once on one home: both end as they should, nothing is lost.

    python -m bench.faults.at_once [--documents 40] [COMMAND+COMMAND ...]

What belongs here: the pairs, and the night afterwards, which must come to the digest of a home that
had no such moment. What does not: commands that change what is published for good (withdraw).
"""

import argparse
import os
import subprocess
import sys
from datetime import UTC, datetime
from itertools import combinations_with_replacement
from pathlib import Path

from bench.faults.nights import ROOT, copy_home, digest_of, place_to_break, write_documents

COMMANDS = ("run", "backfill", "refresh", "replay", "rebuild", "rollback", "retention", "backup")
PAIRS = tuple("+".join(pair) for pair in combinations_with_replacement(COMMANDS, 2))


def try_out(folder: Path, pairs: list[str], *, documents: int) -> dict[str, str]:
    """By pair what became of it; what was lost, or failed, begins with LOST."""
    home, landing = folder / "home", folder / "landing"
    for batch in range(3):  # so that two rollbacks have a release each to go back to
        write_documents(landing, documents, batch=batch)
        _run(home, landing)
    write_documents(landing, documents, batch=3)
    alone = copy_home(home, folder / "alone")
    _run(alone, landing)
    expected, found = digest_of(alone), {}
    for pair in pairs:
        trial = copy_home(home, folder / "trial")
        started = [_start(name, trial, landing) for name in pair.split("+")]
        told = [_finish(process) for process in started]
        last = _finish(_start("run", trial, landing))
        is_same = digest_of(trial) == expected
        failed = [line for line in (*told, last) if line]
        found[pair] = f"LOST: {failed or 'another digest'}" if failed or not is_same else "both"
        sys.stdout.write(f"{pair}: {found[pair]}\n")
        sys.stdout.flush()
    return found


def _run(home: Path, landing: Path) -> None:
    if told := _finish(_start("run", home, landing)):
        raise RuntimeError(told)


def _start(name: str, home: Path, landing: Path) -> subprocess.Popen[str]:
    today = f"{datetime.now(tz=UTC):%Y-%m-%d}"
    arguments = {
        "run": ("run", "--settle", "0"),
        "backfill": ("backfill", "--from", today, "--to", today),
        "backup": ("backup", str(home.with_name("backups"))),
        "query": ("query", "SELECT count(*) FROM articles"),
    }.get(name, (name,))
    return subprocess.Popen(
        [sys.executable, "-m", "assets.cli.main", *arguments],
        cwd=ROOT,
        env={
            **os.environ,
            **{"DATELINE_HOME": str(home), "DATELINE_RAW": str(landing)},
            **{"DATELINE_WORKERS": "1", "DATELINE_TIMEZONE": "UTC", "DATELINE_SETTLE_SECONDS": "0"},
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def _finish(process: subprocess.Popen[str]) -> str:
    """'' where it ended as it should, else its last words."""
    _, told = process.communicate()
    return "" if process.returncode == 0 else (told.strip() or f"exit {process.returncode}")[-300:]


def main(arguments: list[str]) -> int:
    """Print what became of each pair; 1 where anything was lost or failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=40)
    parser.add_argument("pairs", nargs="*", default=list(PAIRS), metavar="COMMAND+COMMAND")
    chosen = parser.parse_args(arguments)
    with place_to_break() as folder:
        found = try_out(folder, chosen.pairs, documents=chosen.documents)
    return 1 if any(told.startswith("LOST") for told in found.values()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
