"""When nights run.

What belongs here: schedules. What does not: what a run does (assets/jobs.py).
"""

import dagster as dg

from assets.jobs import nightly
from assets.settings import load_settings

_SETTINGS = load_settings()


@dg.schedule(
    job=nightly,
    cron_schedule=_SETTINGS.cron,
    execution_timezone=_SETTINGS.timezone,
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Materialises the night that begins on the day of the tick.",
)
def every_night(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
    """A run for the day of the tick; a repeated tick asks for the same run."""
    night = context.scheduled_execution_time.astimezone(_SETTINGS.zone).date().isoformat()
    return dg.RunRequest(run_key=night, partition_key=night)
