"""The nightly schedule, tick by tick."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import dagster as dg
import pytest

import assets.watch.schedules
from assets.definitions import defs
from assets.resources import Clock
from assets.watch.schedules import night_of_tick

SCHEDULE = defs.resolve_schedule_def("every_night")


def test_the_schedule_runs_by_itself_at_two() -> None:
    assert SCHEDULE.default_status == dg.DefaultScheduleStatus.RUNNING
    assert SCHEDULE.cron_schedule == "0 2 * * *"
    assert SCHEDULE.execution_timezone == "UTC"


@pytest.mark.parametrize(
    ("scheduled_at", "today", "zone", "night"),
    [
        ("2026-03-05T02:00+00:00", "2026-03-05", "UTC", "2026-03-05"),
        ("2026-03-05T02:00+00:00", "2026-03-07", "UTC", "2026-03-07"),  # found on waking up
        ("2026-03-05T17:00+00:00", "2026-03-06", "Asia/Tokyo", "2026-03-06"),
        ("2026-03-05T23:59+00:00", "2026-03-06", "UTC", "2026-03-06"),  # over midnight
    ],
)
def test_a_tick_asks_for_its_day_or_for_tonight(
    scheduled_at: str, today: str, zone: str, night: str
) -> None:
    asked = night_of_tick(
        datetime.fromisoformat(scheduled_at), today=date.fromisoformat(today), zone=ZoneInfo(zone)
    )
    assert asked.isoformat() == night


def tick(scheduled_at: datetime, today: str) -> dg.RunRequest:
    context = dg.build_schedule_context(
        scheduled_execution_time=scheduled_at,
        repository_def=defs.get_repository_def(),
        resources={"clock": Clock(timezone="UTC", fixed_today=today)},
    )
    (request,) = SCHEDULE.evaluate_tick(context).run_requests or []
    return request


def test_a_repeated_tick_asks_for_the_same_run_and_the_next_for_another() -> None:
    first = datetime(2026, 3, 5, 2, tzinfo=UTC)
    keys = [tick(first, "2026-03-05").run_key, tick(first, "2026-03-06").run_key]
    assert keys[0] == keys[1]
    # Two ticks on one day are two runs: the second claims what came in between.
    assert tick(first + timedelta(hours=6), "2026-03-05").run_key != keys[0]


def noon(monkeypatch: pytest.MonkeyPatch, **settings: int) -> dg.RunRequest | dg.SkipReason:
    kept = assets.watch.schedules._SETTINGS.model_copy(update=settings)
    monkeypatch.setattr(assets.watch.schedules, "_SETTINGS", kept)
    context = dg.build_schedule_context(scheduled_execution_time=datetime(2026, 3, 5, tzinfo=UTC))
    return assets.watch.schedules.every_noon(context)


def test_retention_runs_daily_where_anything_is_to_go(monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(noon(monkeypatch), dg.SkipReason)
    assert isinstance(noon(monkeypatch, keep_raw_days=90), dg.RunRequest)
    assert isinstance(noon(monkeypatch, keep_raw_days=0, keep_lake_days=7), dg.RunRequest)
