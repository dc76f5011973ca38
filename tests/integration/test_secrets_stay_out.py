"""A home in which everything has gone wrong once holds no secret, nor has any process told one."""

import logging
import os
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg
import pytest
from code_location import TARGET
from dagster._core.scheduler.instigation import InstigatorType, SensorInstigatorData
from dagster._core.test_utils import create_test_daemon_workspace_context, freeze_time
from dagster._daemon.sensor import execute_sensor_iteration
from ferries import write_text
from night_setup import Undisturbed, lend_scores
from test_cli import dateline, environment

# A night, a code server, and two rounds of the sensors.
pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

SECRET = "s3cr3t"
PIECES = 30
LOGGER = logging.getLogger("sensors")


@pytest.fixture(scope="module")
def setting() -> dict[str, str]:
    """A webhook where nobody listens."""
    return {"DATELINE_WEBHOOK_URL": f"http://127.0.0.1:9/hooks/{SECRET}?token={SECRET}"}


@pytest.fixture(scope="module")
def refused(
    tmp_path_factory: pytest.TempPathFactory, setting: dict[str, str], undisturbed: Undisturbed
) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """A home whose only night was refused: a feed that lost its dates."""
    home = tmp_path_factory.mktemp("secrets")
    assert undisturbed.home.exists()  # whose scores are lent
    before = os.umask(0o027)  # as the systemd units have it
    lend_scores(home)
    for number in range(PIECES):
        text = f"Ferry {number} returns to Kisumu in Kenya, said the authority of the port there."
        write_text(home / "landing", f"{number}.txt", text)
    try:
        return home, dateline("run", "--settle", "0", home=home, **setting)
    finally:
        os.umask(before)


def test_a_home_made_under_that_umask_is_closed_to_others(
    refused: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    home, _ = refused
    made = [path for path in home.rglob("*") if home / "landing" not in (path, *path.parents)]
    open_ones = [path for path in made if path.stat().st_mode & 0o027]
    assert [path for path in open_ones if path.parent.name != "golden_scores"] == []
    assert len(made) > 20


def ticks(home: Path) -> Iterator[str]:
    """What the daemon's sensors say of themselves, evaluated twice, two minutes apart."""
    with (
        dg.DagsterInstance.from_config(str(home / "dagster")) as instance,
        create_test_daemon_workspace_context(TARGET, instance) as workspace,
    ):
        for minutes in (0, 2):
            with freeze_time(datetime.now(tz=UTC) + timedelta(minutes=minutes)):
                list(execute_sensor_iteration(workspace, LOGGER, None, None, None))
            tell_what_was_before(instance)
        for state in instance.all_instigator_state():
            for tick in instance.get_ticks(state.instigator_origin_id, state.selector_id):
                yield f"{state.instigator_name}: {tick.skip_reason} {tick.error}"


def tell_what_was_before(instance: dg.DagsterInstance) -> None:
    """Alarms that were switched on just now tell of no earlier failure; have them do so."""
    for state in instance.all_instigator_state(instigator_type=InstigatorType.SENSOR):
        data = state.instigator_data
        if isinstance(data, SensorInstigatorData) and data.cursor:
            instance.update_instigator_state(state.with_data(data._replace(cursor="0")))


def test_no_file_of_the_home_and_no_line_of_a_run_holds_it(
    refused: tuple[Path, subprocess.CompletedProcess[str]],
    setting: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    home, run = refused
    assert "not_most_documents_are_rejected" in run.stdout, run.stderr[-2000:]
    for name, value in environment(home, **setting).items():
        monkeypatch.setenv(name, value)
    told = "\n".join(ticks(home))
    doctor = dateline("doctor", home=home, **setting)
    assert told.count("webhook at 127.0.0.1: Connection refused") == 2, told
    captured = capfd.readouterr()
    printed = "".join(
        [run.stdout, run.stderr, told, doctor.stdout, doctor.stderr, captured.out, captured.err]
    )
    assert SECRET not in printed
    files = [path for path in home.rglob("*") if path.is_file()]
    assert [path for path in files if SECRET.encode() in path.read_bytes()] == []
    assert any(b"not_most_documents_are_rejected" in path.read_bytes() for path in files)
