"""What Dagster's daemon makes of the code location: its own code, on a code server of its own."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg
import pytest
from code_location import TARGET
from dagster._core.storage.asset_check_execution_record import AssetCheckExecutionRecordStatus
from dagster._core.test_utils import (
    create_test_daemon_workspace_context,
    freeze_time,
    instance_for_test,
)
from dagster._core.workspace.context import WorkspaceProcessContext
from dagster._daemon.sensor import execute_sensor_iteration
from dagster._scheduler.scheduler import launch_scheduled_runs
from published_runs import publish_runs

from assets.night.freshness import FRESHNESS_CHECK

QUEUE = {"module": "dagster.core.run_coordinator", "class": "QueuedRunCoordinator"}
LOGGER = logging.getLogger("scheduler")


@pytest.fixture(scope="module")
def workspace() -> Iterator[WorkspaceProcessContext]:
    with (
        instance_for_test(overrides={"run_coordinator": QUEUE}) as instance,
        create_test_daemon_workspace_context(TARGET, instance) as workspace,
    ):
        yield workspace


@pytest.mark.slow
def test_after_a_downtime_the_schedule_runs_tonight_once(
    workspace: WorkspaceProcessContext,
) -> None:
    """Four days, of which three were missed."""
    now = datetime.now(tz=UTC)
    last_tick = now.replace(hour=2, minute=0, second=0, microsecond=0)
    if last_tick > now:
        last_tick -= timedelta(days=1)
    for moment in (last_tick - timedelta(days=4, hours=1), last_tick - timedelta(days=3)):
        with freeze_time(moment):  # the clock of the scheduler alone
            list(launch_scheduled_runs(workspace, LOGGER, moment, {}))
    runs = dg.RunsFilter(job_name="nightly")
    assert len(workspace.instance.get_runs(runs)) == 1
    for moment in (now, now + timedelta(seconds=30)):
        list(launch_scheduled_runs(workspace, LOGGER, moment, {}))
    late, _ = workspace.instance.get_runs(runs)
    assert late.tags["dagster/partition"] == now.date().isoformat()
    assert late.tags["dagster/run_key"] == last_tick.isoformat()


@pytest.mark.slow
def test_the_published_file_turns_red_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The newest night is a week old, and was run again just now."""
    now = datetime.now(tz=UTC)
    night = now.date() - timedelta(days=7)
    publish_runs(tmp_path, (night, now - timedelta(days=7)), (night, now))
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path))
    published = dg.AssetKey("published")
    key = dg.AssetCheckKey(published, FRESHNESS_CHECK)
    with (
        instance_for_test() as instance,
        create_test_daemon_workspace_context(TARGET, instance) as workspace,
    ):
        instance.report_runless_asset_event(dg.AssetMaterialization(published))
        list(execute_sensor_iteration(workspace, LOGGER, None, None))
        record = instance.event_log_storage.get_latest_asset_check_execution_by_key([key])[key]
    assert record.status == AssetCheckExecutionRecordStatus.FAILED
