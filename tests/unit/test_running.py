"""One run at a time, and which runs live: locks that die with their process."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
import pytest

from assets.resources import Home
from etl.errors import WarehouseError
from etl.locks import at_work, held, hold_as_daemon, is_abandoned, is_held

ROOT = Path(__file__).parents[2]
HOLD = """
import sys
from pathlib import Path
from etl.locks import at_work
with at_work(Path(sys.argv[1]), sys.argv[2], wait_seconds=0):
    print("holds", flush=True)
    sys.stdin.read()
"""


@contextmanager
def other_run(folder: Path, run_id: str) -> Iterator[subprocess.Popen[str]]:
    """Another process that is at work in a run until its input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder), run_id],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "holds\n"
    try:
        yield process
    finally:
        process.communicate()


def test_a_second_run_waits_for_the_first(tmp_path: Path) -> None:
    with other_run(tmp_path, "one") as first:
        with pytest.raises(WarehouseError, match="another run has been at work"):
            at_work(tmp_path, "two", wait_seconds=0).__enter__()
        first.communicate("")
        with at_work(tmp_path, "two", wait_seconds=30):
            pass


def test_a_run_that_lives_or_ended_well_is_not_abandoned(tmp_path: Path) -> None:
    assert not is_abandoned(tmp_path, "never begun")
    with other_run(tmp_path, "one"):
        assert not is_abandoned(tmp_path, "one")
    assert not is_abandoned(tmp_path, "one")


def test_a_killed_run_is_abandoned_and_stops_no_other(tmp_path: Path) -> None:
    with other_run(tmp_path, "one") as run:
        run.kill()
        run.wait()
    assert is_abandoned(tmp_path, "one")
    with at_work(tmp_path, "two", wait_seconds=0):
        assert is_abandoned(tmp_path, "one")
        assert not is_abandoned(tmp_path, "two")


BECOME = """
import os, sys
from pathlib import Path
from etl.locks import hold_as_daemon
hold_as_daemon(Path(sys.argv[1]))
os.execv(sys.executable, [sys.executable, "-c", sys.argv[2]])
"""
LIVE = """
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(child.pid, flush=True)
sys.stdin.read()
"""


def test_one_daemon_holds_its_home_past_exec_and_until_its_end(tmp_path: Path) -> None:
    command = [sys.executable, "-c", BECOME, str(tmp_path), LIVE]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as first:
        assert first.stdout is not None
        child = int(first.stdout.readline())
        with pytest.raises(WarehouseError, match="another dateline ui, or dateline daemon"):
            hold_as_daemon(tmp_path)
        first.kill()
    try:
        os.close(hold_as_daemon(tmp_path))
    finally:
        os.kill(child, signal.SIGKILL)


def test_a_run_holds_its_home_and_a_sensor_does_not(tmp_path: Path) -> None:
    home = Home(path=str(tmp_path), keep_releases=1, lock_wait_seconds=0)
    held: list[bool] = []

    @dg.op
    def look(home: Home) -> None:
        held.append(home.running.joinpath(".lock").exists())

    @dg.sensor()
    def watch(home: Home) -> dg.SkipReason:
        return dg.SkipReason("saw " + home.path)

    @dg.job(resource_defs={"home": home})
    def looking() -> None:
        look()

    with other_run(tmp_path / "running", "one"):
        blocked = looking.execute_in_process(raise_on_error=False)
        with dg.build_sensor_context(resources={"home": home}) as context:
            assert "saw" in (watch.evaluate_tick(context).skip_message or "")
    assert not blocked.success
    assert held == []
    assert looking.execute_in_process().success
    assert held == [True]


HELD = """
import os, signal, sys
from pathlib import Path
from etl.locks import held
with held(Path(sys.argv[1])):
    print("held", flush=True)
    os.kill(os.getpid(), signal.SIGKILL) if input() else None
"""


def test_a_lock_file_is_held_as_long_as_its_block(tmp_path: Path) -> None:
    file = tmp_path / "cluster" / "a.lock"
    assert not is_held(file)
    with held(file):
        assert is_held(file) and is_held(file)
    assert not is_held(file) and not file.exists()


def test_a_lock_file_outlives_a_killed_process_and_is_held_no_more(tmp_path: Path) -> None:
    file = tmp_path / "a.lock"
    code = [sys.executable, "-c", HELD, str(file)]
    with subprocess.Popen(code, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout and other.stdout.readline() == "held\n"
        assert is_held(file)
        other.communicate("die\n")
    assert file.exists() and not is_held(file)
