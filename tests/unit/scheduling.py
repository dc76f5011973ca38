"""The schedule of the nights as Dagster stores it: on or off, and how its last tick ended."""

import time

import dagster as dg
from dagster._core.remote_origin import RemoteInstigatorOrigin
from dagster._core.scheduler.instigation import (
    InstigatorState,
    InstigatorStatus,
    InstigatorType,
    ScheduleInstigatorData,
    TickData,
    TickStatus,
)
from dagster._utils.error import SerializableErrorInfo

from assets.cli.origin import CODE_LOCATION
from assets.doctor import scheduler


def store_schedule(instance: dg.DagsterInstance, *, is_on: bool, failed: bool) -> None:
    """Have the schedule stand so, with one tick that failed or asked for a run."""
    status = InstigatorStatus.RUNNING if is_on else InstigatorStatus.STOPPED
    state = InstigatorState(
        RemoteInstigatorOrigin(CODE_LOCATION, scheduler.SCHEDULE),
        InstigatorType.SCHEDULE,
        status,
        ScheduleInstigatorData("0 2 * * *", start_timestamp=0.0),
    )
    known = instance.get_instigator_state(state.instigator_origin_id, state.selector_id)
    (instance.update_instigator_state if known else instance.add_instigator_state)(state)
    instance.create_tick(
        TickData(
            instigator_origin_id=state.instigator_origin_id,
            instigator_name=scheduler.SCHEDULE,
            instigator_type=InstigatorType.SCHEDULE,
            status=TickStatus.FAILURE if failed else TickStatus.SUCCESS,
            timestamp=time.time(),
            selector_id=state.selector_id,
            run_ids=[] if failed else ["run"],
            run_keys=[] if failed else ["2026-03-01"],
            error=SerializableErrorInfo("no such partition", [], "Error") if failed else None,
        )
    )
