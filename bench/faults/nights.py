"""Nights of made documents in a throw-away home, run in this process or in one of their own.

    python -m bench.faults.nights HOME LANDING NIGHT

What belongs here: the documents, the home, a night of it and what it came to. What does not: what
goes wrong (the other modules).
"""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assets.resources import Clock

FIRST_NIGHT = date(2026, 3, 1)
ROOT = Path(__file__).parents[2]
PLACES = ("NAIROBI, Kenya", "LIMA, Peru", "OSLO, Norway", "HANOI, Vietnam", "ACCRA, Ghana")
THINGS = ("ferries", "bridges", "schools", "harvests", "wells", "trams", "archives")
DEEDS = ("will open again", "were closed", "came late", "have doubled", "went on show")
PART_DOCUMENTS = 100
NEWS_AGE = timedelta(days=3)
"""How long before its night an article was published, so that days go on as nights do."""


def write_documents(landing: Path, count: int, *, batch: int) -> None:
    """Have the documents of a ``batch`` lie in the folder.

    Of twenty, one has no date, one repeats the one before it, the others are articles.
    """
    landing.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        name = f"{batch:03d}-{number:04d}"
        (landing / f"{name}.txt").write_text(document_text(name, number, batch))


def document_text(name: str, number: int, batch: int) -> str:
    """The document of a number in its batch, made from its name alone."""
    if number % 20 == 1:
        return document_text(f"{batch:03d}-{number - 1:04d}", number - 1, batch)
    choice = random.Random(name)
    place, thing, deed = (choice.choice(words) for words in (PLACES, THINGS, DEEDS))
    head = "" if number % 20 == 2 else f" date {night_of(batch) - NEWS_AGE} "
    lines = "".join(
        f" Report {choice.randrange(10**6)} of {choice.choice(PLACES)[:-2].title()} counts "
        f"{choice.randrange(10**4)} {choice.choice(THINGS)}."
        for _ in range(8)
    )
    return f"{head}{place}: The {thing} {deed}, the ministry said on Thursday.{lines}\n"


def night_of(batch: int) -> date:
    """The night that claims a batch."""
    return FIRST_NIGHT + timedelta(days=batch)


def run_here(home: Path, landing: Path, night: date, clock: "Clock | None" = None) -> bool:
    """Run a night in this process, on Dagster's storage of the home; whether it published."""
    import dagster as dg  # here: the commands of this package start many processes

    from assets.cli.instance import make_instance
    from assets.cli.nights import run_night
    from assets.resources import Clock
    from assets.settings import Settings

    settings = Settings(
        home=home, raw=landing, workers=1, settle_seconds=0, part_documents=PART_DOCUMENTS
    )
    make_instance(settings.dagster_home, with_postgres=False)
    clock = clock or Clock(timezone="UTC", fixed_today=night.isoformat())
    with dg.DagsterInstance.from_config(str(settings.dagster_home)) as instance:
        outcome = run_night(settings, instance, night=night, clock=clock)
    for failure in outcome.failures:
        sys.stderr.write(f"FAILED {failure}\n")
    return outcome.is_published


def start(home: Path, landing: Path, night: date) -> subprocess.Popen[str]:
    """A process that runs a night and exits with 0 where it published."""
    return subprocess.Popen(
        [sys.executable, "-m", "bench.faults.nights", str(home), str(landing), str(night)],
        cwd=ROOT,
        env={**os.environ, "DATELINE_HOME": str(home), "DATELINE_FIRST_NIGHT": str(FIRST_NIGHT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def run_there(home: Path, landing: Path, night: date) -> str:
    """Run a night in a process of its own; what failed, '' where it published."""
    process = start(home, landing, night)
    _, told = process.communicate()
    return "" if process.returncode == 0 else _failures(told) or f"exit {process.returncode}"


def _failures(told: str) -> str:
    lines = [line for line in told.splitlines() if line.startswith("FAILED")]
    return "; ".join(lines) or told[-500:]


def digest_of(home: Path) -> str:
    """The digest of the published file, '' where there is none."""
    from etl.warehouse.digest import digest
    from etl.warehouse.releases import Warehouse

    published = Warehouse(home / "warehouse").published
    return digest(published) if published.exists() else ""


def copy_home(home: Path, to: Path) -> Path:
    """A copy of a home, its hard links kept."""
    shutil.rmtree(to, ignore_errors=True)
    subprocess.run(["cp", "--archive", str(home), str(to)], check=True)
    return to


@contextmanager
def place_to_break() -> Iterator[Path]:
    """A folder for homes and landing folders, gone afterwards; its nights begin with the first."""
    os.environ["DATELINE_FIRST_NIGHT"] = str(FIRST_NIGHT)
    with TemporaryDirectory(prefix="dateline-faults-") as folder:
        yield Path(folder)


if __name__ == "__main__":
    given_home, given_landing, given_night = sys.argv[1:]
    is_published = run_here(Path(given_home), Path(given_landing), date.fromisoformat(given_night))
    sys.stdout.flush()
    os._exit(0 if is_published else 1)  # as the command line leaves
