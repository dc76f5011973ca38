"""What Dagster does of its own accord: warnings, telemetry, files in a person's HOME; and its dg.

Each command is a process of its own, with a HOME that is empty before it.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

import pytest
from service_process import end_service

from assets.definitions import defs
from assets.resources import Clock

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
DOCUMENTS = ROOT / "tests" / "homes" / "documents" / "2026-03-01"
START_SECONDS = 120
UNWANTED = ("Warning", "usage statistics")  # so the notice on telemetry begins


class Person:
    """Somebody at a terminal: an empty HOME, a landing folder and a home of Dateline's."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "person"
        self.home.mkdir()
        shutil.copytree(DOCUMENTS, folder / "landing")
        kept = ("PATH", "LANG", "TMPDIR")
        self.environment = {
            **{name: os.environ[name] for name in kept if name in os.environ},
            "HOME": str(self.home),
            "DATELINE_HOME": str(folder / "home"),
            "DATELINE_RAW": str(folder / "landing"),
            "DATELINE_SETTLE_SECONDS": "0",
            "DATELINE_WORKERS": "1",
        }

    def calls(self, *arguments: str, **variables: str) -> str:
        """What a command of dateline prints; it must end well, and say nothing unwanted."""
        return self._calls("-m", "assets.cli.main", *arguments, **variables)

    def calls_dagster(self, *arguments: str) -> str:
        """As the runbook does."""
        folder = str(Path(self.environment["DATELINE_HOME"]) / "dagster")
        return self._calls("-m", "dagster", *arguments, DAGSTER_HOME=folder)

    def _calls(self, *arguments: str, **variables: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env={**self.environment, **variables},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        self.has_been_told_nothing_unwanted(done.stdout + done.stderr)
        return done.stdout

    @contextmanager
    def serves(self, *arguments: str, until: str) -> Iterator[None]:
        """A service that is at work, from the line on that says so."""
        service = subprocess.Popen(
            [sys.executable, "-m", "assets.cli.main", *arguments],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        limit = Timer(START_SECONDS, service.kill)
        limit.start()
        try:
            told = _read(service, until)
            yield
        finally:
            limit.cancel()
            end_service(service)
            service.communicate()
        self.has_been_told_nothing_unwanted(told)

    def has_been_told_nothing_unwanted(self, told: str) -> None:
        assert [line for line in told.splitlines() if any(word in line for word in UNWANTED)] == []
        assert list(self.home.iterdir()) == []


def _read(service: subprocess.Popen[str], until: str) -> str:
    """What the service says, to the line that has these words. Fails where it ends before."""
    told = ""
    assert service.stdout is not None
    for line in service.stdout:
        told += line
        if until in line:
            return told
    raise AssertionError(f"no {until!r} in:\n{told}")


@pytest.fixture(scope="module")
def person(tmp_path_factory: pytest.TempPathFactory) -> Person:
    """With a night published."""
    person = Person(tmp_path_factory.mktemp("desk"))
    assert "Published" in person.calls("run")
    return person


@pytest.mark.parametrize(
    "command",
    [
        ("--version",),
        ("status",),
        ("query", "FROM v_articles"),
        ("stale",),
        ("doctor",),
        ("dg", "--help"),
        ("dg", "check", "toml"),
        ("dg", "check", "defs"),
    ],
    ids=" ".join,
)
def test_a_command_writes_nothing_into_home_and_warns_of_nothing(
    command: tuple[str, ...], person: Person
) -> None:
    assert person.calls(*command)


def test_the_upgrade_of_dagsters_storage_does_not_either(person: Person) -> None:
    person.calls_dagster("instance", "migrate")


@pytest.mark.parametrize(
    ("command", "until"),
    [
        (("ui",), "Serving dagster-webserver"),
        (("webserver",), "Serving dagster-webserver"),
        (("dg", "dev"), "Serving dagster-webserver"),
        (("code",), "Started Dagster code server"),
        (("daemon",), "Instance is configured with the following daemons"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_nor_does_a_service(command: tuple[str, ...], until: str, person: Person) -> None:
    port = () if command == ("daemon",) else ("--port", str(_free_port()))
    with person.serves(*command, *port, until=until):
        pass


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def test_dg_lists_what_the_code_location_has(person: Person) -> None:
    listed = json.loads(person.calls("dg", "list", "defs", "--json"))
    assert {asset["asset_key"] for asset in listed["assets"]} == {
        key.to_user_string() for key in defs.resolve_asset_graph().get_all_asset_keys()
    }
    assert "every_night" in {schedule["name"] for schedule in listed["schedules"]}


def test_dg_launches_a_night_in_this_home(person: Person) -> None:
    tonight = Clock(timezone="UTC").today().isoformat()
    person.calls("dg", "launch", "--job", "nightly", "--partition", tonight)
    assert "2 runs" in person.calls("query", "SELECT count(*) || ' runs' FROM runs")
