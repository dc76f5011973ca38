"""Somebody at a terminal, with an empty HOME: commands and services of Dateline as processes."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

from service_process import end_service

ROOT = Path(__file__).parents[2]
DOCUMENTS = ROOT / "tests" / "homes" / "documents"
FIRST = "2026-03-01"
START_SECONDS = 120
UNWANTED = ("Warning", "usage statistics")  # so the notice on telemetry begins


class Person:
    """Somebody at a terminal: an empty HOME, a landing folder, a home of Dateline's, settings."""

    def __init__(
        self, folder: Path, *, python: Path | str = sys.executable, **settings: str
    ) -> None:
        self.python = str(python)
        self.home = folder / "person"
        self.home.mkdir()
        shutil.copytree(DOCUMENTS / FIRST, folder / "landing")
        kept = ("PATH", "LANG", "TMPDIR")
        self.environment = {
            **{name: os.environ[name] for name in kept if name in os.environ},
            "HOME": str(self.home),
            "DATELINE_HOME": str(folder / "home"),
            "DATELINE_RAW": str(folder / "landing"),
            "DATELINE_SETTLE_SECONDS": "0",
            "DATELINE_WORKERS": "1",
            **settings,
        }

    @property
    def published(self) -> Path:
        return Path(self.environment["DATELINE_HOME"]) / "warehouse" / "dateline.duckdb"

    def lands(self, night: str) -> None:
        """Have further documents lie in the landing folder, those of a night of tests/homes."""
        shutil.copytree(DOCUMENTS / night, self.environment["DATELINE_RAW"], dirs_exist_ok=True)

    def calls(self, *arguments: str, **variables: str) -> str:
        """What a command of dateline prints; it must end well, and say nothing unwanted."""
        return self._calls("-m", "assets.cli.main", *arguments, **variables)

    def calls_dagster(self, *arguments: str, **variables: str) -> str:
        """As the runbook does."""
        folder = str(Path(self.environment["DATELINE_HOME"]) / "dagster")
        return self._calls("-m", "dagster", *arguments, DAGSTER_HOME=folder, **variables)

    def fails(self, *arguments: str) -> str:
        """What a command of dateline says that ends with 1."""
        done = self._run("-m", "assets.cli.main", *arguments)
        assert done.returncode == 1, done.stdout + done.stderr
        return done.stderr

    def _run(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.python, *arguments],
            cwd=ROOT,
            env={**self.environment, **variables},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    def _calls(self, *arguments: str, **variables: str) -> str:
        done = self._run(*arguments, **variables)
        assert done.returncode == 0, done.stdout + done.stderr
        self.has_been_told_nothing_unwanted(done.stdout + done.stderr)
        return done.stdout

    @contextmanager
    def serves(self, *arguments: str, until: str) -> Iterator[None]:
        """A service that is at work, from the line on that says so."""
        service = subprocess.Popen(
            [self.python, "-m", "assets.cli.main", *arguments],
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


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
