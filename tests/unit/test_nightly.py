"""What a run of nights is told to have come to."""

from datetime import date
from pathlib import Path

import dagster as dg
import pytest

import assets.cli.nights
from assets.cli.nights import run_night
from assets.definitions import defs
from assets.night.partitions import NIGHTS
from assets.resources import Clock
from assets.settings import Settings

NIGHT = date(2026, 3, 1)


@dg.asset(partitions_def=NIGHTS)
def published() -> None:
    """What the real asset of this name does, done."""


@dg.asset(partitions_def=NIGHTS, deps=[published])
def page() -> None:
    raise dg.Failure("no space left on device")


@pytest.mark.parametrize(
    ("chosen", "is_published"),
    [([published], True), ([published, page], False), ([page], False)],
)
def test_a_night_is_published_only_by_a_run_that_succeeded(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    chosen: list[dg.AssetsDefinition],
    is_published: bool,
) -> None:
    job = dg.define_asset_job("nightly", selection=list(chosen), partitions_def=NIGHTS)
    code = dg.Definitions(assets=[published, page], jobs=[job], loggers=defs.loggers)
    monkeypatch.setattr(assets.cli.nights, "defs", code)
    clock = Clock(timezone="UTC", fixed_today=NIGHT.isoformat())
    with dg.DagsterInstance.ephemeral() as instance:
        outcome = run_night(Settings(home=tmp_path, raw=tmp_path), instance, clock=clock)
    assert outcome.is_published is is_published
    assert bool(outcome.failures) is not is_published
