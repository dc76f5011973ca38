"""Results of cases as JSON, one file each, so that they may be measured at different moments.

What belongs here: writing and reading them, and what the machine was. What does not: the page that
is made of them (page.py).
"""

import json
import os
import platform
import re
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.performance.cases import Measured

FOLDER = Path(__file__).parent / "results"


@dataclass(frozen=True, kw_only=True)
class Machine:
    """Where it was measured; ``load`` is the mean of processes that wanted a core before it began.

    The mean is of the minute before: the case's own processes are not in it.
    """

    cores: int
    processor: str
    memory_gb: float
    load: float
    python: str


@dataclass(frozen=True, kw_only=True)
class Result:
    """A case as it was measured; ``arms`` has of each arm what it took, run by run."""

    case: str
    documents: int
    repetitions: int
    figures: tuple[float, ...]
    arms: Mapping[str, Sequence[Mapping[str, Any]]]
    facts: Mapping[str, Any]
    machine: Machine
    measured_at: str
    commit: str

    @property
    def median(self) -> float:
        return statistics.median(self.figures)

    def write(self, folder: Path) -> None:
        """Put it in the folder, in the place of an older one of that case."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{self.case}.json"
        text = json.dumps(asdict(self), indent=1, ensure_ascii=False)
        path.write_text(_on_one_line(text) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> "Result":
        record = json.loads(path.read_text(encoding="utf-8"))
        machine = Machine(**record.pop("machine"))
        return cls(**{**record, "figures": tuple(record["figures"]), "machine": machine})


def _on_one_line(text: str) -> str:
    """Pairs of the memory's course, which would else take four lines each."""
    return re.sub(r"\[\s+([\d.]+),\s+(\d+)\s+\]", r"[\1, \2]", text)


def read_results(folder: Path) -> dict[str, Result]:
    """All results of a folder by the name of their case."""
    found = (Result.read(path) for path in sorted(folder.glob("*.json")))
    return {result.case: result for result in found}


def result_of(
    name: str, measured: Measured, *, documents: int, machine: Machine, commit: str
) -> Result:
    """What was measured, now."""
    return Result(
        case=name,
        documents=documents,
        repetitions=len(measured.figures),
        figures=tuple(round(figure, 4) for figure in measured.figures),
        arms={
            arm: [{**usage.record(), "memory": list(map(list, usage.memory))} for usage in usages]
            for arm, usages in measured.arms.items()
        },
        facts=measured.facts,
        machine=machine,
        measured_at=datetime.now(UTC).isoformat(timespec="minutes"),
        commit=commit,
    )


def this_machine() -> Machine:
    """As Linux tells it."""
    information = Path("/proc/cpuinfo").read_text()
    model = re.search(r"model name\s*:\s*(.+)", information)
    total = re.search(r"MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text())
    return Machine(
        cores=len(os.sched_getaffinity(0)),
        processor=model[1].strip() if model else platform.machine(),
        memory_gb=round(int(total[1]) / 1e6, 1) if total else 0.0,
        load=round(os.getloadavg()[0], 2),
        python=platform.python_version(),
    )
