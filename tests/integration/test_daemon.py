"""What Dagster's daemon makes of the code location: its own code, on a code server of its own."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import dagster as dg
import pytest
from code_location import TARGET
from dagster._core.test_utils import (
    create_test_daemon_workspace_context,
    freeze_time,
    instance_for_test,
)
from dagster._core.workspace.context import WorkspaceProcessContext
from dagster._daemon.freshness import FreshnessDaemon
from dagster._scheduler.scheduler import launch_scheduled_runs

QUEUE = {"module": "dagster.core.run_coordinator", "class": "QueuedRunCoordinator"}
LOGGER = logging.getLogger("scheduler")


@pytest.fixture(scope="module")
def workspace() -> Iterator[WorkspaceProcessContext]:
    with (
        instance_for_test(overrides={"run_coordinator": QUEUE}) as instance,
        create_test_daemon_workspace_context(TARGET, instance) as workspace,
    ):
        yield workspace


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


def test_the_published_file_turns_red_by_itself(workspace: WorkspaceProcessContext) -> None:
    key = dg.AssetKey("published")
    workspace.instance.report_runless_asset_event(dg.AssetMaterialization(key))
    states = []
    for hours in (1, 35, 37):
        with freeze_time(datetime.now(tz=UTC) + timedelta(hours=hours)):
            list(FreshnessDaemon().run_iteration(workspace))
        states.append(workspace.instance.get_freshness_state_records([key])[key].freshness_state)
    assert [state.value for state in states] == ["PASS", "PASS", "FAIL"]
