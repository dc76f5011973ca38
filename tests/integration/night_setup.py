"""What the integration tests share: settings of a throw-away home, and a night run in it."""

from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import dagster as dg
import duckdb

from assets.cli.launch import Report, run_operation
from assets.cli.nights import NightOutcome, run_night
from assets.resources import Clock
from assets.settings import Settings
from etl.lake.engines import EngineName
from etl.warehouse.releases import Warehouse

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
NIGHT = date(2026, 3, 1)
NEXT_NIGHT = date(2026, 3, 2)

_SCORES: dict[str, str] = {}
"""What each version of the extraction scored on the golden set, by the name of its record."""


@dataclass(frozen=True)
class Undisturbed:
    """The night over the sample that all tests share which only read it."""

    home: Path
    outcome: NightOutcome
    digest: str


def make_settings(
    home: Path,
    *,
    raw: Path | str = SAMPLE,
    workers: int = 1,
    engine: EngineName = "processes",
    publish_to: str | None = None,
    part_documents: int = 40,
) -> Settings:
    """Settings that cut the sample into several parts and wait for no file."""
    return Settings(
        home=home,
        raw=raw,
        workers=workers,
        engine=engine,
        settle_seconds=0,
        part_documents=part_documents,
        publish_to=publish_to,
    )


def materialise(
    home: Path,
    *,
    night: date = NIGHT,
    today: date | None = None,
    raw: Path | str = SAMPLE,
    workers: int = 1,
    engine: EngineName = "processes",
    publish_to: str | None = None,
    part_documents: int = 40,
) -> NightOutcome:
    """Run a night through Dagster in this process; ``today`` defaults to that night."""
    clock = Clock(timezone="UTC", fixed_today=(today or night).isoformat())
    settings = make_settings(
        home,
        raw=raw,
        workers=workers,
        engine=engine,
        publish_to=publish_to,
        part_documents=part_documents,
    )
    lend_scores(home)
    with dg.DagsterInstance.ephemeral() as instance:
        outcome = run_night(settings, instance, night=night, clock=clock)
    keep_scores(home)
    return outcome


def lend_scores(home: Path) -> None:
    """Spare a new home the scoring: the same version was scored in another home of this session.

    A night scores a version once and keeps the record; a quarter of a small night's time.
    """
    folder = home / "lake" / "golden_scores"
    folder.mkdir(parents=True, exist_ok=True)
    for name, scores in _SCORES.items():
        (folder / name).write_text(scores)


def keep_scores(home: Path) -> None:
    """Keep what a night in this home has scored, for the homes to come."""
    for record in (home / "lake" / "golden_scores").glob("*.json"):
        _SCORES[record.name] = record.read_text()


def operate(
    home: Path,
    job: dg.JobDefinition,
    config: dg.Config,
    report: type[Report],
    *,
    today: date = NEXT_NIGHT,
    raw: Path | str = SAMPLE,
    publish_to: str | None = None,
    instance: dg.DagsterInstance | None = None,
) -> Report:
    """Run an operation's job in this process and return its report."""
    clock = Clock(timezone="UTC", fixed_today=today.isoformat())
    settings = make_settings(home, raw=raw, publish_to=publish_to)
    with nullcontext(instance) if instance else dg.DagsterInstance.ephemeral() as known:
        return run_operation(settings, known, job, config, report, clock=clock)


def published(home: Path) -> Path:
    return Warehouse(home / "warehouse").published


def rows(home: Path, query: str) -> list[tuple[object, ...]]:
    """The answer of the published file."""
    with duckdb.connect(str(published(home)), read_only=True) as con:
        return con.execute(query).fetchall()
