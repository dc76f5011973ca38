"""When nights run.

What belongs here: schedules. What does not: what a run does (assets/night/job.py).

Catching up: a missed night stays empty, since its files belong to the night that finds them.
When the daemon comes back after ticks were missed, Dagster evaluates the last of them only,
and that tick asks for tonight: one run, which claims whatever has waited.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import dagster as dg

from assets.night.job import nightly
from assets.operations.retention import retention_job
from assets.resources import Clock
from assets.settings import load_settings

_SETTINGS = load_settings()


def night_of_tick(scheduled_at: datetime, *, today: date, zone: ZoneInfo) -> date:
    """The night that a tick asks for: the day of the tick, or today where that day has passed.

    An older night claims nothing, so the files would wait for the next tick.
    """
    return max(scheduled_at.astimezone(zone).date(), today)


@dg.schedule(
    job=nightly,
    cron_schedule=_SETTINGS.cron,
    execution_timezone=_SETTINGS.timezone,
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Materialises the night that begins on the day of the tick; after a downtime, "
    "tonight, once.",
)
def every_night(context: dg.ScheduleEvaluationContext, clock: Clock) -> dg.RunRequest:
    """A run for the tick; the same tick evaluated again asks for the same run."""
    scheduled_at = context.scheduled_execution_time
    night = night_of_tick(scheduled_at, today=clock.today(), zone=_SETTINGS.zone)
    if night > scheduled_at.astimezone(_SETTINGS.zone).date():
        context.log.info(f"the tick of {scheduled_at} was missed; running {night} instead")
    return dg.RunRequest(
        run_key=scheduled_at.isoformat(),
        partition_key=night.isoformat(),
        # Dagster looks for a partition among those of the tick's day, where tonight is not yet
        # one, unless the request names it by tag.
        tags={"dagster/partition": night.isoformat()},
    )


@dg.schedule(
    job=retention_job,
    cron_schedule="0 12 * * *",
    execution_timezone=_SETTINGS.timezone,
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Removes raw bytes and parsed text that are older than they are kept, where "
    "DATELINE_KEEP_RAW_DAYS or DATELINE_KEEP_LAKE_DAYS says so.",
)
def every_noon(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """One run a day, when no night is due; none where all is kept for ever."""
    if not _SETTINGS.keep_raw_days and not _SETTINGS.keep_lake_days:
        return dg.SkipReason("raw bytes and parsed text are kept for ever")
    return dg.RunRequest(run_key=context.scheduled_execution_time.isoformat())
