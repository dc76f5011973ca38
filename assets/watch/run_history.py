"""How long Dagster remembers: runs and their event logs, which it never drops by itself.

What belongs here: the job that forgets. What does not: retention of the data.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg

from assets.settings import load_settings

_SETTINGS = load_settings()

PAGE = 100
FINISHED = [
    dg.DagsterRunStatus.SUCCESS,
    dg.DagsterRunStatus.FAILURE,
    dg.DagsterRunStatus.CANCELED,
]


def forget_runs(instance: dg.DagsterInstance, *, before: datetime) -> int:
    """Delete finished runs created before an instant, with all that is kept of them; count them.

    So are events of that time that belong to no run, but for the newest of each asset.

    Nights whose runs are forgotten show as missing in Dagster. The lake, the published file
    and its table ``runs`` keep them.
    """
    count = 0
    for run_id in _old_runs(instance, before):
        instance.delete_run(run_id)
        _delete_rest(instance, run_id)
        count += 1
    _delete_runless(instance, before)
    return count


def _delete_rest(instance: dg.DagsterInstance, run_id: str) -> None:
    """What Dagster's own deletion leaves: two thirds of a run's bytes.

    The captured output, the results of the run's checks, and, in SQLite, the file of the run's
    events, which is emptied but keeps its size.
    """
    # SQLAlchemy, which these bring along, is too heavy for the code location.
    from dagster._core.storage.event_log import SqlEventLogStorage
    from dagster._core.storage.event_log.schema import AssetCheckExecutionsTable
    from dagster._core.storage.event_log.sqlite.sqlite_event_log import SqliteEventLogStorage

    instance.compute_log_manager.delete_logs(prefix=[run_id])
    storage = instance.event_log_storage
    if isinstance(storage, SqlEventLogStorage):
        checks = AssetCheckExecutionsTable
        with storage.index_connection() as con:
            con.execute(checks.delete().where(checks.c.run_id == run_id))
    if isinstance(storage, SqliteEventLogStorage):
        for ending in ("", "-wal", "-shm"):
            Path(f"{storage.path_for_shard(run_id)}{ending}").unlink(missing_ok=True)


def _delete_runless(instance: dg.DagsterInstance, before: datetime) -> None:
    """Events of no run, such as an asset's turning stale, which Dagster never deletes either.

    The newest of a kind stays for each asset: it says what state the asset is in.
    """
    import sqlalchemy
    from dagster._core.instance.utils import RUNLESS_RUN_ID
    from dagster._core.storage.event_log import SqlEventLogStorage, SqlEventLogStorageTable

    storage = instance.event_log_storage
    if not isinstance(storage, SqlEventLogStorage):
        return
    events = SqlEventLogStorageTable
    newest = sqlalchemy.select(sqlalchemy.func.max(events.c.id)).where(
        events.c.run_id == RUNLESS_RUN_ID
    )
    old = events.delete().where(
        events.c.run_id == RUNLESS_RUN_ID,
        events.c.timestamp < before.astimezone(UTC).replace(tzinfo=None),
        events.c.id.not_in(newest.group_by(events.c.asset_key, events.c.dagster_event_type)),
    )
    # SQLite keeps an event twice: in the file of its run, which here is one for all, and in the
    # index over runs.
    for connection in (storage.run_connection(RUNLESS_RUN_ID), storage.index_connection()):
        with connection as con:
            con.execute(old)


def _old_runs(instance: dg.DagsterInstance, before: datetime) -> Iterator[str]:
    old = dg.RunsFilter(statuses=FINISHED, created_before=before)
    while records := instance.get_run_records(old, limit=PAGE):
        yield from (record.dagster_run.run_id for record in records)


@dg.op
def forget_old_runs_op(context: dg.OpExecutionContext) -> None:
    """Forget what is older than DATELINE_KEEP_RUN_DAYS."""
    before = datetime.now(tz=UTC) - timedelta(days=_SETTINGS.keep_run_days)
    count = forget_runs(context.instance, before=before)
    context.log.info(f"forgot {count} runs from before {before:%Y-%m-%d}")


@dg.job(
    executor_def=dg.in_process_executor,
    description="Forgets runs and event logs older than DATELINE_KEEP_RUN_DAYS.",
)
def forget_old_runs() -> None:
    """Keep Dagster's storage from growing for ever."""
    forget_old_runs_op()


@dg.schedule(
    job=forget_old_runs,
    cron_schedule="30 12 * * 0",
    execution_timezone=_SETTINGS.timezone,
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Keeps Dagster's own storage from growing for ever.",
)
def every_sunday(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
    """One run a week, by day, when nothing else is due."""
    return dg.RunRequest(run_key=context.scheduled_execution_time.isoformat())
