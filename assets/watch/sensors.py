"""What starts a run or raises an alarm by itself.

What belongs here: sensors, each of them thin. What does not: the text of alarms
(alarms.py), the posting (webhook.py), the schedule (schedules.py).

The alarms keep a cursor, the last thing that was told: while the webhook is down nothing is
lost, and nothing is told twice. They run in the daemon, so no run waits for them.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import dagster as dg

from assets.night.freshness import freshness, freshness_evaluation
from assets.night.job import nightly
from assets.night.plurals import quantity
from assets.pages.archive import page_of_run
from assets.resources import Clock, Home, Landing
from assets.settings import load_settings
from assets.watch import alarms
from assets.watch.run_history import FINISHED
from assets.watch.webhook import WebhookError, post
from etl.fingerprint import fingerprint
from etl.landing.claims import claimed_files, unclaimed
from etl.locks import is_abandoned

_SETTINGS = load_settings()

UNFINISHED = tuple(status for status in dg.DagsterRunStatus if status not in FINISHED)
GONE = "The run's process is gone: it was killed, or the machine was restarted."
TOLD_PER_TICK = 5
DROPPED_AFTER = timedelta(days=1)
"""An alarm on a run that could not be delivered for so long is dropped."""
FRESHNESS_SECONDS = 300
NO_WEBHOOK = dg.SkipReason("DATELINE_WEBHOOK_URL is not set")
NOTHING_PUBLISHED = dg.SkipReason("nothing was published yet")

ALARMS_STATUS = (
    dg.DefaultSensorStatus.RUNNING if _SETTINGS.webhook_url else dg.DefaultSensorStatus.STOPPED
)


@dg.sensor(
    job=nightly,
    minimum_interval_seconds=_SETTINGS.landing_interval_seconds,
    default_status=dg.DefaultSensorStatus.STOPPED,
    description="Starts a run of tonight when files wait in the landing folder: one run for all "
    "of them, at most one per interval, none while a run is queued or in progress.",
)
def files_have_landed(
    context: dg.SensorEvaluationContext, home: Home, landing: Landing, clock: Clock
) -> dg.RunRequest | dg.SkipReason:
    """One run for all that waits; the same files never ask for two runs."""
    if context.instance.get_runs_count(dg.RunsFilter(statuses=UNFINISHED)):
        return dg.SkipReason("a run is queued or in progress")
    found = landing.scan(now=clock.now())
    files = unclaimed(found.files, claimed_files(home.lake))
    if files.is_empty():
        return dg.SkipReason(f"no file waits; {len(found.waiting)} are still being written")
    # A file that cannot be opened stays unclaimed: it must not start a run every interval.
    states = fingerprint(*(str(row) for row in files.iter_rows()))
    context.log.info(f"{quantity(files.height, 'file')} waiting in {landing.path}")
    return dg.RunRequest(run_key=states, partition_key=clock.today().isoformat())


@dg.sensor(
    minimum_interval_seconds=60,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Ends runs whose process is gone (killed, machine restarted), so that the queue "
    "moves on; Dagster starts them once more.",
)
def end_abandoned_runs(context: dg.SensorEvaluationContext, home: Home) -> dg.SkipReason:
    """Such a run would count as in progress for ever, and every other one wait for it."""
    begun = [dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.CANCELING]
    ended = 0
    for run in context.instance.get_runs(dg.RunsFilter(statuses=begun)):
        if is_abandoned(home.running, run.run_id):
            _end(context.instance, run)
            ended += 1
    return dg.SkipReason(f"ended {ended} abandoned runs")


def _end(instance: dg.DagsterInstance, run: dg.DagsterRun) -> None:
    if run.status == dg.DagsterRunStatus.CANCELING:
        instance.report_run_canceled(run, GONE)
    else:
        instance.report_run_failed(run, GONE)


@dg.sensor(
    minimum_interval_seconds=30,
    default_status=ALARMS_STATUS,
    description="Tells the webhook of every run that failed: which night, which step, why.",
)
def alert_on_failures(context: dg.SensorEvaluationContext) -> dg.SkipReason:
    """One message per failed run."""
    return _tell(
        context,
        statuses=[dg.DagsterRunStatus.FAILURE],
        make_message=lambda run: alarms.failure(context.instance, run),
    )


@dg.sensor(
    minimum_interval_seconds=30,
    default_status=ALARMS_STATUS,
    description="Tells the webhook of every night whose audit found something: which "
    "expectations did not hold, blocking ones first.",
)
def alert_on_quality(context: dg.SensorEvaluationContext, home: Home) -> dg.SkipReason:
    """One message per run whose audit has failures or warnings."""
    return _tell(
        context,
        statuses=[dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE],
        make_message=lambda run: alarms.quality(
            home.lake, run, page=page_of_run(home.reports, run.run_id)
        ),
    )


@dg.sensor(
    minimum_interval_seconds=FRESHNESS_SECONDS,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Shows on published whether it holds the newest night that is due: red after "
    "DATELINE_FRESH_HOURS, whatever older nights are run meanwhile.",
)
def watch_freshness(
    context: dg.SensorEvaluationContext, home: Home, clock: Clock
) -> dg.SensorResult | dg.SkipReason:
    """The result of the check, stored again only where night or verdict has changed."""
    found = freshness(home.warehouse, _SETTINGS, now=clock.now())
    if found is None:
        return NOTHING_PUBLISHED
    standing = f"{found.night} {'fresh' if found.is_fresh else 'stale'}"
    if context.cursor == standing:
        return dg.SkipReason(found.line)
    return dg.SensorResult(
        skip_reason=found.line, cursor=standing, asset_events=[freshness_evaluation(found)]
    )


@dg.sensor(
    minimum_interval_seconds=FRESHNESS_SECONDS,
    default_status=ALARMS_STATUS,
    description="Tells the webhook, once, that the newest night published was due over "
    "DATELINE_FRESH_HOURS ago.",
)
def alert_on_staleness(
    context: dg.SensorEvaluationContext, home: Home, clock: Clock
) -> dg.SkipReason:
    """One message per night that was not followed by another in time."""
    url = _SETTINGS.webhook_url
    if url is None:
        return NO_WEBHOOK
    found = freshness(home.warehouse, _SETTINGS, now=clock.now())
    if found is None:
        return NOTHING_PUBLISHED
    if found.is_fresh:
        return dg.SkipReason("fresh")
    if context.cursor == found.night.isoformat():
        return dg.SkipReason("stale; was told")
    try:
        post(url, alarms.staleness(found))
    except WebhookError as error:
        return dg.SkipReason(f"stale; will try again to tell: {error}")
    context.update_cursor(found.night.isoformat())
    return dg.SkipReason("stale; told")


def _tell(
    context: dg.SensorEvaluationContext,
    *,
    statuses: Sequence[dg.DagsterRunStatus],
    make_message: Callable[[dg.DagsterRun], alarms.Message | None],
) -> dg.SkipReason:
    """Post a message for each run that ended after the cursor; stop where the webhook fails."""
    url = _SETTINGS.webhook_url
    now = datetime.now(tz=UTC).timestamp()
    if url is None:
        return NO_WEBHOOK
    if context.cursor is None:  # switched on just now: what failed before is history
        context.update_cursor(str(now))
        return dg.SkipReason("watching from now on")
    if float(context.cursor) > now:  # the clock was ahead, and has been set right
        context.update_cursor(str(now))
    since = max(float(context.cursor), now - DROPPED_AFTER.total_seconds())
    told = 0
    for record in ended_runs(context.instance, since=since, statuses=statuses):
        message = make_message(record.dagster_run)
        if message is not None:
            try:
                post(url, message)
            except WebhookError as error:
                return dg.SkipReason(f"told {told}; will try again: {error}")
            told += 1
        context.update_cursor(str(record.end_time))
        if told == TOLD_PER_TICK:
            break
    return dg.SkipReason(f"told {told}")


def ended_runs(
    instance: dg.DagsterInstance, *, since: float, statuses: Sequence[dg.DagsterRunStatus]
) -> list[dg.RunRecord]:
    """Runs that ended after ``since`` (epoch seconds) with one of the statuses, oldest first."""
    records = instance.get_run_records(
        dg.RunsFilter(statuses=statuses, updated_after=datetime.fromtimestamp(since, tz=UTC))
    )
    ended = [record for record in records if record.end_time and record.end_time > since]
    return sorted(ended, key=lambda record: record.end_time or 0)
