"""Dagster: its home, its daemon, the nightly schedule."""

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import dagster as dg
from dagster._core.scheduler.instigation import InstigatorState, InstigatorType, TickStatus

from assets.doctor.findings import Finding, fail, ok, warn
from assets.doctor.storage import damaged, made_twice
from assets.guard.database import check_database
from assets.night.plurals import quantity
from assets.settings import Settings
from etl.errors import SettingsError

SCHEDULE = "every_night"
SCHEDULER_DAEMON = "SCHEDULER"
OLDEST_HEARTBEAT_SECONDS = 300
"""The daemon writes one every 30 s; a busy machine may be late."""
START = "start it: dateline ui, or the service of the runbook"


def examine_dagster(settings: Settings) -> Iterator[Finding]:
    """Dagster's home, its daemon and the schedule."""
    home = settings.dagster_home
    elsewhere = os.environ.get("DAGSTER_HOME")
    if elsewhere and os.path.realpath(elsewhere) != os.path.realpath(home):
        remedy = f"unset it, or set it to {home}: dateline keeps its history there"
        yield warn("dagster home", f"DAGSTER_HOME is {elsewhere}", remedy)
    if not (home / "dagster.yaml").exists():
        yield warn("dagster home", f"{home} holds no dagster.yaml yet", "dateline run makes it")
        return
    if broken := [*_broken(home), *_silent(settings)]:
        yield from broken
        return
    with dg.DagsterInstance.from_config(str(home)) as instance:
        yield ok("dagster home", f"{home}, {quantity(instance.get_runs_count(), 'run')}")
        yield _daemon(instance, now=time.time())
        yield from _schedule(instance)


def _broken(home: Path) -> Iterator[Finding]:
    """What would end every command in Dagster's own error; of files in SQLite only."""
    if files := damaged(home):
        names = ", ".join(str(file.relative_to(home)) for file in files)
        remedy = f"the nights need none of it: mv {home} {home}.damaged; then dateline run"
        yield fail("dagster home", f"damaged: {names}", remedy)
    elif files := made_twice(home):
        names = ", ".join(str(file.relative_to(home)) for file in files)
        remedy = "dateline run mends it, or a start of the services"
        yield fail("dagster home", f"two commands made it at once: {names}", remedy)


def _silent(settings: Settings) -> Iterator[Finding]:
    """Of a storage in PostgreSQL only."""
    if settings.postgres_url is None:
        return
    try:
        check_database(settings.postgres_url)
    except SettingsError as error:
        yield fail("dagster home", str(error), "start the database, or correct the address")


def _daemon(instance: dg.DagsterInstance, *, now: float) -> Finding:
    heartbeat = instance.get_daemon_heartbeats().get(SCHEDULER_DAEMON)
    if heartbeat is None:
        return warn("daemon", "has never run: the schedule does not fire", START)
    age = now - heartbeat.timestamp
    if age > OLDEST_HEARTBEAT_SECONDS:
        seen = datetime.fromtimestamp(heartbeat.timestamp, tz=UTC)
        return fail("daemon", f"last seen {seen:%Y-%m-%d %H:%M} UTC: no night will start", START)
    if heartbeat.errors:
        message = heartbeat.errors[0].message.strip()
        return warn("daemon", f"runs, with an error: {message}", "see its log")
    return ok("daemon", f"alive {age:.0f} s ago")


def _schedule(instance: dg.DagsterInstance) -> Iterator[Finding]:
    states = instance.all_instigator_state(instigator_type=InstigatorType.SCHEDULE)
    state = next((state for state in states if state.instigator_name == SCHEDULE), None)
    if state is None:
        yield warn("schedule", f"{SCHEDULE} has not been seen by a daemon yet", START)
    elif not state.is_running:
        yield fail("schedule", f"{SCHEDULE} is turned off", "turn it on: Automation, in the UI")
    else:
        yield _last_tick(instance, state)


def _last_tick(instance: dg.DagsterInstance, state: InstigatorState) -> Finding:
    ticks = instance.get_ticks(state.instigator_origin_id, state.selector_id, limit=1)
    if not ticks:
        return ok("schedule", f"{SCHEDULE} is on and has not fired yet")
    when = f"{datetime.fromtimestamp(ticks[0].timestamp, tz=UTC):%Y-%m-%d %H:%M} UTC"
    if ticks[0].status == TickStatus.FAILURE:
        error = ticks[0].error
        why = error.message.strip() if error else "no reason given"
        return fail("schedule", f"the tick of {when} failed: {why}", "mend it; see the tick")
    return ok("schedule", f"{SCHEDULE} is on, last tick {when}")
