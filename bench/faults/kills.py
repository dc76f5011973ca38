"""Nights that are killed at random moments, and what the next run makes of what they left.

    python -m bench.faults.kills [--kills 200] [--documents 500] [--in-a-row 3] [--seed N]

What belongs here: SIGKILL at a random moment of a night, some in a row on one home, then the night
once more. What does not: kills at chosen moments, which are tests.

After each kill the published file must be whole, and either that of before or that of after. After
the last the home must come to the digest of a night that nobody disturbed.
"""

import argparse
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from bench.faults.nights import (
    copy_home,
    digest_of,
    night_of,
    place_to_break,
    run_there,
    start,
    write_documents,
)

NIGHT = night_of(1)


def try_out(folder: Path, *, kills: int, documents: int, in_a_row: int, seed: int) -> list[str]:
    """Kill, look, finish; what was lost, a line each."""
    landing, home = folder / "landing", folder / "home"
    _run(home, landing, documents, batch=0)
    undisturbed = copy_home(home, folder / "undisturbed")
    began = time.monotonic()
    _run(undisturbed, landing, documents, batch=1)
    seconds = time.monotonic() - began
    before, after = digest_of(home), digest_of(undisturbed)
    choice, lost = random.Random(seed), []
    for first in range(0, kills, in_a_row):
        trial = copy_home(home, folder / "trial")
        for number in range(first, min(first + in_a_row, kills)):
            moment = choice.uniform(0, seconds)
            state = _kill(trial, landing, moment)
            found = digest_of(trial)
            if found not in (before, after):
                lost.append(f"kill {number} at {moment:.2f} s: the published file is neither")
            sys.stdout.write(f"kill {number} at {moment:.2f} s of {seconds:.1f} s: {state}\n")
            sys.stdout.flush()
        failed = run_there(trial, landing, NIGHT)
        if failed or digest_of(trial) != after:
            lost.append(f"after kill {number}: {failed or 'another digest'}")
    return lost


def _run(home: Path, landing: Path, documents: int, *, batch: int) -> None:
    write_documents(landing, documents, batch=batch)
    if failed := run_there(home, landing, night_of(batch)):
        raise RuntimeError(failed)


def _kill(home: Path, landing: Path, moment: float) -> str:
    """Kill a run ``moment`` seconds after its start; what it had come to."""
    process = start(home, landing, NIGHT)
    try:
        process.wait(moment)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
    process.communicate()
    return "killed" if process.returncode == -signal.SIGKILL else f"exit {process.returncode}"


def main(arguments: list[str]) -> int:
    """Print each kill, then what was lost; 1 where anything was."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--documents", type=int, default=500)
    parser.add_argument("--in-a-row", type=int, default=3)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    chosen = parser.parse_args(arguments)
    sys.stdout.write(f"seed {chosen.seed}\n")
    with place_to_break() as folder:
        lost = try_out(
            folder,
            kills=chosen.kills,
            documents=chosen.documents,
            in_a_row=chosen.in_a_row,
            seed=chosen.seed,
        )
    sys.stdout.write(f"{chosen.kills} kills, seed {chosen.seed}; lost: {lost or 'nothing'}\n")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
