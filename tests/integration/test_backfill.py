"""A range of nights in one run, as the command and as Dagster's backfill dialog asks for it."""

from datetime import UTC, date, datetime
from pathlib import Path

import dagster as dg
import pytest
from ferries import write_ferries
from night_setup import NEXT_NIGHT, NIGHT, make_settings, materialise, published, rows

from assets.cli.nights import NightOutcome, run_nights
from assets.definitions import defs
from assets.night.freshness import Freshness, freshness
from assets.resources import Clock
from etl.errors import SettingsError
from etl.warehouse.digest import digest
from etl.warehouse.releases import Warehouse, releases

pytestmark = pytest.mark.slow  # nights of their own, one after the other

LATER = date(2026, 3, 5)


def backfill(home: Path, raw: Path, first: date, last: date) -> tuple[NightOutcome, int]:
    """Its outcome, and how many runs Dagster knows of."""
    clock = Clock(timezone="UTC", fixed_today=LATER.isoformat())
    with dg.DagsterInstance.ephemeral() as instance:
        outcome = run_nights(
            make_settings(home, raw=raw), instance, first=first, last=last, clock=clock
        )
        nights = instance.get_materialized_partitions(dg.AssetKey("published"))
        assert nights == {night.isoformat() for night in outcome.nights}
        return outcome, instance.get_runs_count()


def age_of(home: Path) -> Freshness | None:
    """How old the newest published night is in the middle of a standstill."""
    settings = make_settings(home)
    now = datetime(2026, 3, 5, 10, tzinfo=UTC)
    return freshness(settings.warehouse, settings, now=now)


def test_a_range_is_one_run_one_publication_and_changes_nothing(tmp_path: Path) -> None:
    home, raw = tmp_path / "home", tmp_path / "raw"
    write_ferries(raw, 2)
    materialise(home, raw=raw)
    write_ferries(raw, 3)
    materialise(home, night=NEXT_NIGHT, raw=raw)
    before, age = digest(published(home)), age_of(home)
    outcome, runs = backfill(home, raw, NIGHT, date(2026, 3, 4))
    assert outcome.is_published
    assert runs == 1
    assert len(outcome.nights) == 4
    assert len(releases(Warehouse(home / "warehouse"))) == 3
    assert digest(published(home)) == before
    assert age_of(home) == age  # the two empty nights were missed, and are no fresher for this
    assert rows(home, "SELECT count(DISTINCT run_id) FROM articles") == [(1,)]


def test_the_dialog_of_the_ui_starts_a_single_run() -> None:
    """Dagster passes the range to one run only where the job's policy is a single run."""
    assert defs.resolve_job_def("nightly").backfill_policy == dg.BackfillPolicy.single_run()


@pytest.mark.parametrize(
    ("first", "last", "message"),
    [
        (date(2019, 1, 1), NIGHT, "no night 2019-01-01"),
        (NIGHT, date(2199, 1, 1), "no night 2199-01-01"),
        (NEXT_NIGHT, NIGHT, "lies after the last"),
    ],
)
def test_a_range_that_makes_no_sense_is_refused(
    first: date, last: date, message: str, tmp_path: Path
) -> None:
    with pytest.raises(SettingsError, match=message):
        backfill(tmp_path, tmp_path, first, last)
