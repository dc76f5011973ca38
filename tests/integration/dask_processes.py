"""A Dask scheduler and its workers as processes of this machine, on loopback alone.

What belongs here: starting and ending them, one of them with code that is another. What does not:
tests. Without the extra, tests are skipped, or fail where ``CLUSTER_TESTS`` says so; CI sets it.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import IO

import pytest

ROOT = Path(__file__).parents[2]
STAGES = ROOT / "tests" / "unit"
"""Where part_stages.py lies, which workers import by its name."""
REQUIRED = "CLUSTER_TESTS"
LOOPBACK = ("--host", "127.0.0.1")


def need_dask() -> None:
    """Skip, or fail where it is asked for, for want of the extra."""
    if find_spec("distributed") is None:
        lacking = "no dask[distributed] here: make cluster"
        if os.environ.get(REQUIRED) == "required":
            pytest.fail(f"{lacking} ({REQUIRED}=required)")
        pytest.skip(lacking)


@dataclass
class Processes:
    """A scheduler at ``address``, and whoever joins it; ``folder`` is for their files."""

    folder: Path
    address: str = ""
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def start_scheduler(self) -> subprocess.Popen[str]:
        told = ("dask_scheduler", *LOOPBACK, "--port", "0", "--no-dashboard")
        process = self._start(*told, code=ROOT)
        self.address = _read_until(process, r"Scheduler at:\s+(tcp://\S+)")
        return process

    def start_worker(self, *, code: Path = ROOT) -> subprocess.Popen[str]:
        """One process without a nanny, which would start it again; ``code`` holds its etl."""
        told = ("dask_worker", self.address, *LOOPBACK, "--nthreads", "1", "--no-nanny")
        options = ("--no-dashboard", "--local-directory", str(self.folder), "--memory-limit", "0")
        process = self._start(*told, *options, code=code)
        _read_until(process, r"(Registered to):")
        return process

    def _start(self, module: str, *options: str, code: Path) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.{module}", *options],
            cwd=self.folder,
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(self.folder),
                "PYTHONPATH": f"{code}{os.pathsep}{STAGES}",
            },
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.started.append(process)
        return process

    def end(self) -> None:
        for process in self.started:
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
            process.wait()
            if process.stderr:
                process.stderr.close()


@contextmanager
def processes(folder: Path, *, workers: int) -> Iterator[Processes]:
    """A scheduler with some workers, ended with the block."""
    need_dask()
    folder.mkdir(exist_ok=True)
    cluster = Processes(folder)
    try:
        cluster.start_scheduler()
        for _ in range(workers):
            cluster.start_worker()
        yield cluster
    finally:
        cluster.end()


def other_code(folder: Path) -> Path:
    """A folder with etl as it is here, but for one comment more."""
    shutil.copytree(ROOT / "etl", folder / "etl", copy_function=os.symlink)
    changed = folder / "etl" / "identity.py"
    text = changed.read_text()
    changed.unlink()
    changed.write_text(f"{text}# another release\n")
    return folder


def _read_until(process: subprocess.Popen[str], pattern: str) -> str:
    """What a process says of itself, as soon as it does."""
    said: IO[str] | None = process.stderr
    assert said is not None
    lines = []
    for line in said:
        lines.append(line)
        if found := re.search(pattern, line):
            return found[1]
    raise AssertionError("".join(lines))
