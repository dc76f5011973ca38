"""Whether the published file is fresh: whether it holds the newest night that is due.

What belongs here: the age of the newest night in the file, and the check that shows it. What
does not: when it is looked at and told (assets/watch/sensors.py).

The age counts from the tick of the schedule that the night answers. So an older night that is
run again, or a file that is rebuilt, makes nothing fresh, nor does a missed night that is run
afterwards and claims nothing; a rollback makes stale what it takes away.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile

import dagster as dg
import polars as pl
from dagster._utils.schedules import cron_string_iterator

from assets.night.columns import Metadata
from assets.night.published import published
from assets.resources import POOL, Clock, Home
from assets.settings import Settings, load_settings
from etl.warehouse.contents import read_runs_of
from etl.warehouse.releases import Warehouse

_SETTINGS = load_settings()

FRESHNESS_CHECK = "newest_night_due_is_published"


@dataclass(frozen=True, kw_only=True)
class Freshness:
    """``night`` is the newest in the file; ``due_at`` the tick that it answers, UTC."""

    night: date
    due_at: datetime
    hours: float
    fresh_hours: float

    @property
    def is_fresh(self) -> bool:
        return self.hours <= self.fresh_hours

    @property
    def line(self) -> str:
        return (
            f"the newest night published is {self.night}, due {self.due_at:%F %R} UTC, "
            f"{self.hours:.1f} hours ago; {self.fresh_hours:g} are allowed"
        )


def freshness(warehouse: Warehouse, settings: Settings, *, now: datetime) -> Freshness | None:
    """How old the newest published night is; None where nothing is published.

    Raises WarehouseError where the published file is damaged.
    """
    if not warehouse.published.exists():
        return None
    runs = _that_count(read_runs_of(warehouse.published), settings)
    if runs.is_empty():
        return None
    newest = runs.filter(pl.col("ingested_on") == pl.col("ingested_on").max())
    night: date = newest["ingested_on"][0]
    starts = [started_at.replace(tzinfo=UTC) for started_at in newest["started_at"]]
    due_at = answered_tick(night, starts, settings)
    return Freshness(
        night=night,
        due_at=due_at,
        hours=(now - due_at).total_seconds() / 3600,
        fresh_hours=settings.fresh_hours,
    )


def _that_count(runs: pl.DataFrame, settings: Settings) -> pl.DataFrame:
    """Without nights that were missed and run afterwards: nothing was ever claimed for them."""
    started_on = (
        pl.col("started_at").dt.replace_time_zone("UTC").dt.convert_time_zone(settings.timezone)
    ).dt.date()
    return runs.filter((started_on == pl.col("ingested_on")) | (pl.col("delivered_count") > 0))


def answered_tick(night: date, starts: list[datetime], settings: Settings) -> datetime:
    """The tick of the schedule that a night answers, given the starts of its published runs.

    Only a run on its own day claims files: it answers the last tick before it, or, where there
    was none, its own start. A night that was published later only counts from its first tick.
    """
    ticks = list(_ticks(night, settings))
    on_its_day = [at for at in starts if at.astimezone(settings.zone).date() == night]
    if not on_its_day:
        return ticks[0] if ticks else _midnight(night, settings)
    began = max(on_its_day)
    return max((tick for tick in ticks if tick <= began), default=began)


def _ticks(night: date, settings: Settings) -> Iterator[datetime]:
    """The ticks on the day of a night, ascending, UTC."""
    begin, end = _midnight(night, settings), _midnight(night + timedelta(days=1), settings)
    ticks = cron_string_iterator(begin.timestamp(), settings.cron, settings.timezone)
    return (tick.astimezone(UTC) for tick in takewhile(lambda tick: tick < end, ticks))


def _midnight(day: date, settings: Settings) -> datetime:
    return datetime.combine(day, time(), tzinfo=settings.zone).astimezone(UTC)


@dg.asset_check(
    asset=published,
    name=FRESHNESS_CHECK,
    pool=POOL,
    description="The newest night in the published file was due at most DATELINE_FRESH_HOURS ago. "
    "Looked at every few minutes, outside of runs; stops nothing.",
)
def freshness_check(home: Home, clock: Clock) -> dg.AssetCheckResult:
    """The same by hand; the sensor ``watch_freshness`` does it by itself."""
    found = freshness(home.warehouse, _SETTINGS, now=clock.now())
    if found is None:
        return dg.AssetCheckResult(passed=False, description="nothing was published yet")
    return dg.AssetCheckResult(
        passed=found.is_fresh, description=found.line, metadata=_metadata(found)
    )


def freshness_evaluation(found: Freshness) -> dg.AssetCheckEvaluation:
    """What the UI shows of the check where no run made it."""
    return dg.AssetCheckEvaluation(
        asset_key=published.key,
        check_name=FRESHNESS_CHECK,
        passed=found.is_fresh,
        description=found.line,
        metadata=_metadata(found),
    )


def _metadata(found: Freshness) -> Metadata:
    return {
        "night": found.night.isoformat(),
        "due_at": dg.MetadataValue.timestamp(found.due_at),
        "hours": round(found.hours, 1),
        "allowed_hours": found.fresh_hours,
    }
