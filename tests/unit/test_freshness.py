"""Whether the newest night that is due is published, and who is told that it is not."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import dagster as dg
import pytest
from published_runs import publish_runs

from assets.definitions import defs
from assets.night.freshness import Freshness, answered_tick, freshness
from assets.settings import Settings
from etl.errors import WarehouseError

NIGHT = date(2026, 3, 5)
BEFORE = date(2026, 3, 2)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+00:00")


def started(text: str) -> datetime:
    return datetime.fromisoformat(text)


def found(home: Path, now: str, **settings: object) -> Freshness:
    chosen = Settings.model_validate({"home": home, **settings})
    result = freshness(chosen.warehouse, chosen, now=at(now))
    assert result is not None
    return result


def test_a_night_is_fresh_for_the_hours_that_are_set(tmp_path: Path) -> None:
    publish_runs(tmp_path, (NIGHT, started("2026-03-05T02:00:07")))
    assert found(tmp_path, "2026-03-06T14:00").is_fresh  # 36 hours after the tick
    late = found(tmp_path, "2026-03-06T14:01")
    assert not late.is_fresh
    assert late.line == (
        "the newest night published is 2026-03-05, due 2026-03-05 02:00 UTC, 36.0 hours ago; "
        "36 are allowed"
    )
    assert found(tmp_path, "2026-03-06T14:01", fresh_hours=37).is_fresh


def test_an_older_night_that_is_run_again_makes_nothing_fresh(tmp_path: Path) -> None:
    """A backfill during a standstill, of older nights and of the newest one too."""
    runs = [(BEFORE, started("2026-03-02T02:00")), (NIGHT, started("2026-03-05T02:00"))]
    publish_runs(tmp_path, *runs)
    before = found(tmp_path, "2026-03-08T02:00")
    again = started("2026-03-08T01:00")
    publish_runs(tmp_path, *runs, (BEFORE, again), (NIGHT, again))
    assert found(tmp_path, "2026-03-08T02:00") == before
    assert not before.is_fresh


def test_a_night_that_was_published_late_counts_from_its_tick(tmp_path: Path) -> None:
    """It was refused, and mended on the next day: it answers the tick of its own day."""
    publish_runs(tmp_path, (NIGHT, started("2026-03-06T09:00")))
    late = found(tmp_path, "2026-03-06T10:00", cron="30 22 * * *")
    assert late.due_at == at("2026-03-05T22:30")


def test_a_missed_night_that_is_run_afterwards_claims_nothing_and_does_not_count(
    tmp_path: Path,
) -> None:
    runs = [(NIGHT, started("2026-03-05T02:00:01"))]
    publish_runs(tmp_path, *runs, delivered=0)  # no file waited, and that was so
    assert found(tmp_path, "2026-03-06T02:00").is_fresh
    missed = [(NIGHT + timedelta(days=days), started("2026-03-08T09:00")) for days in (1, 2)]
    publish_runs(tmp_path, *runs, *missed, delivered=0)
    assert found(tmp_path, "2026-03-08T10:00").night == NIGHT


def test_a_rollback_makes_stale_what_it_takes_away(tmp_path: Path) -> None:
    publish_runs(
        tmp_path, (BEFORE, started("2026-03-02T02:00")), (NIGHT, started("2026-03-05T02:00"))
    )
    assert found(tmp_path, "2026-03-05T12:00").is_fresh
    publish_runs(tmp_path, (BEFORE, started("2026-03-02T02:00")))
    assert not found(tmp_path, "2026-03-05T12:00").is_fresh


@pytest.mark.parametrize(
    ("settings", "starts", "due_at"),
    [
        ({}, ["2026-03-05T02:00:09"], "2026-03-05T02:00"),
        # By hand before the tick, and where the schedule has no tick that day.
        ({}, ["2026-03-05T01:10"], "2026-03-05T01:10"),
        ({"cron": "0 2 * * 0"}, ["2026-03-05T11:00"], "2026-03-05T11:00"),
        ({"cron": "0 2 * * 0"}, ["2026-03-06T11:00"], "2026-03-05T00:00"),
        # Several ticks a day: the last that a run on that day answered.
        ({"cron": "0 */6 * * *"}, ["2026-03-05T06:00:05", "2026-03-05T12:10"], "2026-03-05T12:00"),
        ({"cron": "0 */6 * * *"}, ["2026-03-05T06:00:05", "2026-03-07T12:10"], "2026-03-05T06:00"),
        # The day of the zone: its 5 March begins on the 4th by UTC.
        ({"timezone": "Asia/Tokyo"}, ["2026-03-04T17:00:09"], "2026-03-04T17:00"),
        (
            {"timezone": "America/New_York", "cron": "0 3 * * *"},
            ["2026-03-05T08:01"],
            "2026-03-05T08:00",
        ),
    ],
)
def test_a_night_answers_a_tick(settings: dict[str, str], starts: list[str], due_at: str) -> None:
    chosen = Settings.model_validate(settings)
    assert answered_tick(NIGHT, [at(start) for start in starts], chosen) == at(due_at)


def test_nothing_published_is_neither(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    assert freshness(settings.warehouse, settings, now=datetime.now(tz=UTC)) is None
    publish_runs(tmp_path)
    assert freshness(settings.warehouse, settings, now=datetime.now(tz=UTC)) is None


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    publish_runs(tmp_path, (NIGHT, started("2026-03-05T02:00")))
    settings.warehouse.published.write_bytes(b"\0" * 9000)
    with pytest.raises(WarehouseError, match=r"dateline\.duckdb cannot be opened"):
        freshness(settings.warehouse, settings, now=datetime.now(tz=UTC))


def test_the_check_is_looked_at_from_outside_of_the_nightly_job() -> None:
    (key,) = [k for k in defs.resolve_asset_graph().asset_check_keys if "night_due" in k.name]
    assert key.asset_key == dg.AssetKey("published")
    selected = defs.resolve_job_def("nightly").asset_layer.asset_graph.asset_check_keys
    assert key not in selected
    assert len(selected) > 100


def test_the_hours_are_a_day_and_a_half_by_default() -> None:
    assert timedelta(hours=Settings().fresh_hours) == timedelta(days=1.5)
