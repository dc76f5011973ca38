"""What a run over several nights says before it begins."""

from datetime import date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
from night_lake import Doc, logged_runs, write_night

from assets.night.plan import plan_line, rate
from etl import schema
from etl.lake.store import Lake
from etl.night import NIGHT as STAGES
from etl.warehouse import run_log

N1, N2 = date(2026, 3, 1), date(2026, 3, 2)


def publications(*told: tuple[date, int, float]) -> pl.DataFrame:
    """A log: the night, its documents, and the seconds that its run took, in their order."""
    frames = [
        logged_runs([night], delivered=documents).with_columns(
            started_at=pl.lit(datetime(night.year, night.month, night.day, 2)),
            finished_at=pl.lit(
                datetime(night.year, night.month, night.day, 2) + timedelta(seconds=seconds)
            ),
            sequence=pl.lit(number, pl.Int64),
            run_id=pl.lit(f"run-{number}"),
        )
        for number, (night, documents, seconds) in enumerate(told, start=1)
    ]
    return schema.RUNS.conform(pl.concat(frames))


def test_the_rate_is_that_of_whole_nights_of_some_size() -> None:
    log = publications((N1, 1000, 50), (N2, 3000, 150), (date(2026, 3, 3), 2, 15))
    assert rate(log) == pytest.approx(20)


def test_a_night_that_is_published_again_tells_nothing() -> None:
    assert rate(publications((N1, 1000, 50), (N1, 1000, 2))) == pytest.approx(20)


def test_no_rate_without_a_night_of_some_size() -> None:
    assert rate(publications((N1, 99, 50))) is None
    assert rate(schema.RUNS.frame([])) is None


def test_only_the_last_nights_count() -> None:
    slow = [(date(2026, 1, day), 1000, 1000.0) for day in range(1, 10)]
    fast = [(date(2026, 2, day), 1000, 10.0) for day in range(1, 8)]
    assert rate(publications(*slow, *fast)) == pytest.approx(100)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    """Two nights that an older code has derived, of three documents."""
    lake = Lake(tmp_path / "lake")
    write_night(lake, N1, [Doc("d1", "x"), Doc("d2", "y")])
    write_night(lake, N2, [Doc("d3", "z")])
    return lake


def test_the_plan_tells_documents_parts_and_time(lake: Lake) -> None:
    plan = plan_line(lake, STAGES, [N1, N2])
    assert plan.startswith("2026-03-01 to 2026-03-02 (2): 3 of 3 documents to derive, in 2 parts; ")
    assert plan.endswith("no night yet tells how long that takes")
    run_log.write_runs(lake, "run-1", publications((N1, 1000, 2000)))
    assert "; some 6 s at 30 a minute, as the last nights took" in plan_line(lake, STAGES, [N1, N2])


def test_the_plan_of_nights_without_documents(tmp_path: Path) -> None:
    plan = plan_line(Lake(tmp_path / "lake"), STAGES, [N1, N2])
    assert plan == "2026-03-01 to 2026-03-02 (2): none of 0 documents is to be derived again"
