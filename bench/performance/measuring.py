"""What a process and all its children cost, as the operating system counts it.

What belongs here: running one command under measurement, and several of them by turns. What does
not: which commands (the cases), and what is made of the figures (results.py).

Processor time is what the kernel tells of every process that was waited for: the command, its
workers, and what outlived it. Memory is what Linux tells of the tree while it runs (proportional
set size, so that pages which two processes share count once), looked at five times a second, and
of each process its own high-water mark. This process imports nothing large: the peak that
``getrusage`` tells of a child begins with the memory of whoever started it, and is not used.
"""

import ctypes
import json
import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
CORPUS = "DATELINE_CORPUS"
LOOKS_A_SECOND = 5
KEPT_SAMPLES = 200
_PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True, kw_only=True)
class Usage:
    """What a run took: seconds on the clock, of processor time (user and system), bytes at most.

    ``memory`` is (seconds since the start, bytes of the tree). ``report`` is what the command told
    of itself: the last line of its output, where that is a JSON object.
    """

    seconds: float
    processor_seconds: float
    peak_bytes: int
    memory: tuple[tuple[float, int], ...] = ()
    report: Mapping[str, Any] = field(default_factory=dict)

    def record(self) -> dict[str, Any]:
        """What JSON takes."""
        return asdict(self)


class FailedRunError(RuntimeError):
    """A command under measurement did not end well: its figures would be of something else."""


def run_measured(
    command: Sequence[str], *, env: Mapping[str, str] | None = None, niceness: int = 0
) -> Usage:
    """Run a command to its end, in a session of its own, from the project's folder.

    ``env`` is added to the environment, of which no setting but DATELINE_CORPUS is handed on: how
    somebody's own nights are set up must not be in the figures.
    Raises FailedRunError, with its last words, where it does not exit with 0.
    """
    _adopt_orphans(True)
    began, before = time.perf_counter(), _children_seconds()
    process = subprocess.Popen(
        list(command),
        cwd=ROOT,
        env={**surroundings(), **(env or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=(lambda: os.nice(niceness)) if niceness else None,
    )
    with _Watch(process.pid) as watch:
        told, complained = process.communicate()
    seconds = time.perf_counter() - began
    _reap_orphans(process.pid)
    if process.returncode:
        raise FailedRunError(f"{' '.join(command)}: {(complained or told).strip()[-2000:]}")
    return Usage(
        seconds=seconds,
        processor_seconds=_children_seconds() - before,
        peak_bytes=watch.peak,
        memory=watch.kept(),
        report=last_report(told),
    )


def surroundings() -> dict[str, str]:
    """The environment without this machine's settings of Dateline and Dagster."""
    ours = ("DATELINE_", "DAGSTER_")
    kept = {n: v for n, v in os.environ.items() if not n.startswith(ours) or n == CORPUS}
    return {**kept, "PYTHONPATH": str(ROOT)}


def last_report(told: str) -> dict[str, Any]:
    """The JSON object in the last line of an output; empty where there is none."""
    last = (told.strip().splitlines() or [""])[-1]
    if not last.startswith("{"):
        return {}
    found: dict[str, Any] = json.loads(last)
    return found


Arm = Callable[[int], Usage]
"""Does its work once; it is told which repetition this is, from 0."""


def by_turns(arms: Mapping[str, Arm], repetitions: int) -> dict[str, list[Usage]]:
    """Run all arms so often, every other time in the opposite order.

    What else the machine does, and how warm it is, meets them alike.
    """
    found: dict[str, list[Usage]] = {name: [] for name in arms}
    for repetition in range(repetitions):
        names = list(arms) if repetition % 2 == 0 else list(arms)[::-1]
        for name in names:
            usage = arms[name](repetition)
            found[name].append(usage)
            sys.stderr.write(
                f"  {repetition + 1}/{repetitions} {name}: {usage.processor_seconds:.1f} s of "
                f"processor time, {usage.seconds:.1f} s, {usage.peak_bytes / 1e6:.0f} MB\n"
            )
    return found


def python(*arguments: object) -> list[str]:
    """A command of this interpreter."""
    return [sys.executable, *map(str, arguments)]


def _children_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _adopt_orphans(is_wanted: bool) -> None:
    """Have whatever a command leaves behind become a child of this process, so that it counts."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, int(is_wanted), 0, 0, 0)


def _reap_orphans(group: int) -> None:
    """Wait for what is left of a command's process group."""
    try:
        while True:
            os.waitpid(-group, 0)
    except ChildProcessError:
        _adopt_orphans(False)


class _Watch:
    """Looks at the memory of a process and all below it until it is left."""

    def __init__(self, pid: int) -> None:
        self.peak = 0
        self.samples: list[tuple[float, int]] = []
        self._pid = pid
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> "_Watch":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def kept(self) -> tuple[tuple[float, int], ...]:
        """At most KEPT_SAMPLES, of each stretch the largest."""
        step = -(-len(self.samples) // KEPT_SAMPLES) or 1
        stretches = (self.samples[i : i + step] for i in range(0, len(self.samples), step))
        return tuple(max(stretch, key=lambda sample: sample[1]) for stretch in stretches)

    def _look(self) -> None:
        began = time.perf_counter()
        while True:
            pids = process_tree(self._pid)
            total = sum(_kibibytes(pid, "smaps_rollup", "Pss") for pid in pids) * 1024
            marks = [_kibibytes(pid, "status", "VmHWM") * 1024 for pid in pids]
            if total:
                self.samples.append((round(time.perf_counter() - began, 2), total))
            self.peak = max(self.peak, total, *marks, 0)
            if self._ended.wait(1 / LOOKS_A_SECOND):
                return


def process_tree(pid: int) -> list[int]:
    """A process and all below it, as far as they live."""
    found, pending = [], [pid]
    while pending:
        one = pending.pop()
        found.append(one)
        for children in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                pending.extend(map(int, children.read_text().split()))
            except OSError:  # it ended meanwhile
                continue
    return found


def _kibibytes(pid: int, file: str, name: str) -> int:
    """A figure of /proc; 0 of a process that has ended meanwhile."""
    try:
        text = Path(f"/proc/{pid}/{file}").read_text()
    except OSError:
        return 0
    lines = (line for line in text.splitlines() if line.startswith(f"{name}:"))
    return next((int(line.split()[1]) for line in lines), 0)
