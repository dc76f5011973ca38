"""A home to break and mend, and the commands that the doctor's remedies name.

What belongs here: the place and its commands. What does not: faults (remedy_cases.py) and tests.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
from dask_processes import Processes
from night_setup import NEXT_NIGHT, make_settings, materialise, operate

from assets.cli.environment import prepare
from assets.doctor.scheduler import SCHEDULE
from assets.operations.rebuild import RebuildConfig, RebuildReport, rebuild_job
from assets.operations.refresh import RefreshConfig, RefreshReport, refresh_job
from assets.settings import Settings

ROOT = Path(__file__).parents[2]
DAEMON_SECONDS = 200


@dataclass
class Place:
    """A home with two published nights of three articles; its patches end with the test."""

    home: Path
    raw: Path
    patch: pytest.MonkeyPatch
    changes: dict[str, Any] = field(default_factory=dict)
    processes: list[subprocess.Popen[str]] = field(default_factory=list)
    cluster: Processes | None = None

    @property
    def settings(self) -> Settings:
        return make_settings(self.home, raw=self.raw).model_copy(update=self.changes)

    def set(self, **changes: Any) -> None:
        """Other settings than the ordinary ones."""
        self.changes = changes

    # -- what remedies name -----------------------------------------------------------------

    def run(self, night: date = NEXT_NIGHT) -> None:
        """dateline run"""
        self.begin()
        assert materialise(self.home, night=night, today=NEXT_NIGHT, raw=self.raw).is_published

    def begin(self) -> None:
        """What every command that writes begins with."""
        self.patch.setenv("DAGSTER_HOME", "")  # set by what follows, and undone with the rest
        self.patch.setenv("DATELINE_HOME", str(self.home))
        self.patch.setenv("DATELINE_RAW", str(self.raw))
        prepare()

    def rebuild(self) -> None:
        """dateline rebuild"""
        operate(self.home, rebuild_job, RebuildConfig(), RebuildReport, raw=self.raw)

    def refresh(self) -> None:
        """dateline refresh"""
        operate(self.home, refresh_job, RefreshConfig(), RefreshReport, raw=self.raw)

    def instance(self) -> dg.DagsterInstance:
        return dg.DagsterInstance.from_config(str(self.settings.dagster_home))

    def start_daemon(self) -> None:
        """dateline daemon, until it has looked at the schedule."""
        self.begin()
        with self.instance() as instance:
            before = time.time()
            self._run("-m", "assets.cli.main", "daemon")
            wait(lambda: _has_seen_the_schedule(instance, since=before))

    def start(self, code: str, *arguments: object) -> None:
        """Another process, which says when it is ready."""
        process = self._run("-c", code, *map(str, arguments))
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"

    def _run(self, *arguments: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env={**os.environ, "DATELINE_HOME": str(self.home), "DATELINE_RAW": str(self.raw)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.processes.append(process)
        return process

    def end_processes(self) -> None:
        for process in self.processes:
            process.terminate()
            process.communicate()
        self.processes.clear()


def wait(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + DAEMON_SECONDS
    while not is_so():
        assert time.monotonic() < deadline, "the daemon does not come up"
        time.sleep(1)


def _has_seen_the_schedule(instance: dg.DagsterInstance, *, since: float) -> bool:
    beat = instance.get_daemon_heartbeats().get("SCHEDULER")
    states = [state.instigator_name for state in instance.all_instigator_state()]
    return beat is not None and beat.timestamp > since and SCHEDULE in states
