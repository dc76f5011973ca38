"""Trying a mutant: its tests, in a copy of the tree.

What belongs here: the copy, the run and its limits. What does not: which mutants there are
(mutants.py) and how they are told (__main__.py).

The checkout is only read. A mutant may loop or eat memory, so each run has a limit of both.
"""

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from bench.mutants.mutants import Mutant
from bench.mutants.scope import ROOT, find_tests

MEMORY_BYTES = 6 * 1024**3
LIMIT_TIMES, LIMIT_SECONDS = 4, 30
"""A mutant may take so many times as long as the unmutated code, and so many seconds more."""

OPTIONS = ("-x", "-q", "-p", "no:cacheprovider", "-p", "pytest_timeout", "-p", "xdist.plugin")
# The filter of warnings imports Dagster, which hardly any of these tests need.
QUICK = ("-o", "filterwarnings=")
# Beside other trials, a test of how time grows may fail on sound code.
UNTIMED = ("-k", "not test_time_")
ENVIRONMENT = {"PYTHONDONTWRITEBYTECODE": "1", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}


class TrialError(Exception):
    """The tests cannot judge: they fail without a mutant, or did not run."""


@dataclass(frozen=True)
class Verdict:
    """What became of a mutant: whether its tests noticed, the first line that told, seconds."""

    mutant: Mutant
    is_killed: bool
    detail: str
    seconds: float


class Tree:
    """A copy of the checkout's files in which one mutant at a time is tried."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._seconds: dict[frozenset[str], float] = {}
        self._copy(folder)

    def _copy(self, folder: Path) -> None:
        listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        names = subprocess.run(listed, cwd=ROOT, capture_output=True, check=True).stdout
        for name in filter(None, names.decode().split("\0")):
            if (ROOT / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, folder / name)

    def run(self, mutant: Mutant) -> Verdict:
        """Try a mutant. Raises TrialError where its tests fail without it."""
        tests = tuple(find_tests(mutant.module))
        limit = LIMIT_TIMES * self._baseline(tests) + LIMIT_SECONDS
        file = self.folder / mutant.module
        _forget_compiled(file)
        file.write_text(mutant.after)
        try:
            started = time.monotonic()
            code, output = self._pytest(tests, limit)
            return _verdict(mutant, code, output, time.monotonic() - started)
        finally:
            file.write_text(mutant.before)

    def _baseline(self, tests: tuple[str, ...]) -> float:
        """Seconds that the tests take on the code as it is, after they passed."""
        same = frozenset(tests)  # their order differs from module to module
        if same not in self._seconds:
            started = time.monotonic()
            code, output = self._pytest(tests, limit=1800, compiles=True)
            if code:
                raise TrialError(f"these tests fail without a mutant:\n{output[-3000:]}")
            self._seconds[same] = time.monotonic() - started
        return self._seconds[same]

    def _pytest(
        self, tests: tuple[str, ...], limit: float, *, compiles: bool = False
    ) -> tuple[int | None, str]:
        environment = {**os.environ, **ENVIRONMENT}
        if compiles:
            del environment["PYTHONDONTWRITEBYTECODE"]
        process = subprocess.Popen(
            [sys.executable, "-m", "pytest", *OPTIONS, *QUICK, *UNTIMED, *tests],
            cwd=self.folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            preexec_fn=_limit_memory,
        )
        try:
            output, _ = process.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            return None, f"no end after {limit:.0f} s"
        return process.returncode, output


def _limit_memory() -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, MEMORY_BYTES))


def _forget_compiled(file: Path) -> None:
    """Two texts of one length, written in one second, have the same compiled file."""
    for compiled in (file.parent / "__pycache__").glob(f"{file.stem}.*.pyc"):
        compiled.unlink()


def _verdict(mutant: Mutant, code: int | None, output: str, seconds: float) -> Verdict:
    if code in (4, 5):  # wrong options, no test
        raise TrialError(f"{mutant.module}: no test was run\n{output[-3000:]}")
    told = [line for line in output.splitlines() if line.startswith(("FAILED", "ERROR", "no end"))]
    return Verdict(mutant, code != 0, told[0] if told else "", seconds)
