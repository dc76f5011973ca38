"""What a process and its children cost: all of them, and nothing of whoever measures."""

import sys
from pathlib import Path

import pytest

from bench.performance.measuring import (
    FailedRunError,
    Usage,
    by_turns,
    last_report,
    python,
    run_measured,
)

SPIN = """
import time
end = time.process_time() + 0.3
while time.process_time() < end:
    pass
"""


def test_processor_time_and_what_a_command_tells() -> None:
    usage = run_measured(python("-c", f"{SPIN}\nprint('said')\nprint('{{\"pages\": 3}}')"))
    assert 0.3 <= usage.processor_seconds < 2
    assert usage.report == {"pages": 3}
    asleep = run_measured(python("-S", "-c", "import time; time.sleep(0.3)"))
    assert asleep.seconds >= 0.3
    assert asleep.processor_seconds < 0.3


def test_children_count_also_those_that_outlive_the_command(tmp_path: Path) -> None:
    spin = tmp_path / "spin.py"
    spin.write_text(SPIN)
    leave = f"import subprocess; subprocess.Popen([{sys.executable!r}, {str(spin)!r}])"
    assert run_measured(python("-c", leave)).processor_seconds >= 0.3


def test_memory_is_that_of_the_tree() -> None:
    hold = "import time; held = bytearray(80_000_000); time.sleep(0.7)"
    two = f"""
import subprocess, sys
others = [subprocess.Popen([sys.executable, '-c', {hold!r}]) for _ in range(2)]
[other.wait() for other in others]
"""
    usage = run_measured(python("-c", two))
    assert 160e6 < usage.peak_bytes < 320e6
    assert max(size for _, size in usage.memory) == usage.peak_bytes


def test_settings_of_this_machine_are_not_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_WORKERS", "7")
    monkeypatch.setenv("DATELINE_CORPUS", "here")
    told = (
        "import json, os; print(json.dumps({n: v for n, v in os.environ.items() if 'LINE_' in n}))"
    )
    usage = run_measured(python("-c", told), env={"DATELINE_HOME": "there"})
    assert usage.report == {"DATELINE_CORPUS": "here", "DATELINE_HOME": "there"}


def test_a_run_that_fails_gives_no_figures() -> None:
    with pytest.raises(FailedRunError, match="no such page"):
        run_measured(python("-c", "raise SystemExit('no such page')"))


@pytest.mark.parametrize("told", ["", "done\n", '{"a": 1}\ndone\n'])
def test_only_a_last_line_of_json_is_a_report(told: str) -> None:
    assert last_report(told) == {}


def test_arms_take_turns_and_change_places() -> None:
    ran: list[str] = []

    def arm(name: str, turn: int) -> Usage:
        ran.append(f"{name}{turn}")
        return Usage(seconds=turn, processor_seconds=1, peak_bytes=0)

    found = by_turns({n: lambda turn, n=n: arm(n, turn) for n in "ab"}, 3)
    assert ran == ["a0", "b0", "b1", "a1", "a2", "b2"]
    assert [usage.seconds for usage in found["b"]] == [0, 1, 2]
