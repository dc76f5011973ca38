"""How far something long is: the words, when they are told, and the bar on a terminal."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from terminal_session import told_at_a_terminal

from assets.progress.bar import bar_on_terminal, current_bar
from assets.progress.pace import Pace, spoken_rate, spoken_time
from assets.progress.tracking import tracked
from bench.watched import watched, write

ROOT = Path(__file__).parents[2]


def pace(done: int, total: int | None = 100, *, seconds: float = 10, **more: float) -> Pace:
    return Pace(unit="documents", done=done, total=total, seconds=seconds, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("told", "in_full", "in_short"),
    [
        (
            pace(4_000, 12_000, seconds=80),
            "4,000 of 12,000 documents, 50 a second, 3 min left",
            "4,000/12,000, 50/s, 3 min left",
        ),
        (pace(100), "100 of 100 documents, 10 a second", "100/100, 10/s"),
        (pace(0, seconds=0, since=7), "0 of 100 documents, 7 s so far", "0/100, 7 s so far"),
        (pace(50, None), "50 documents, 5.0 a second, 10 s so far", "50, 5.0/s, 10 s so far"),
        # What was there before was done in no time, and foretells nothing.
        (pace(60, taken_over=60), "60 of 100 documents, 10 s so far", "60/100, 10 s so far"),
        (pace(60, taken_over=50), "60 of 100 documents, 1.0 a second, 40 s left", None),
        (pace(50, since=4), "50 of 100 documents, 5.0 a second, 6 s left", None),
        (pace(50, since=60), "50 of 100 documents, 5.0 a second, 0 s left", None),
    ],
)
def test_how_far_it_is_stands_in_a_line(told: Pace, in_full: str, in_short: str | None) -> None:
    assert told.in_full() == in_full
    assert in_short in (None, told.in_short())


@pytest.mark.parametrize(
    ("per_second", "spoken"),
    [(1234.5, "1,234/s"), (9.96, "10.0/s"), (1, "1.0/s"), (0.5, "30/min"), (1 / 900, "4.0/h")],
)
def test_a_rate_is_told_in_a_unit_that_one_can_think_of(per_second: float, spoken: str) -> None:
    assert spoken_rate(per_second, "/") == spoken


@pytest.mark.parametrize(
    ("seconds", "spoken"),
    [(0, "0 s"), (0.2, "1 s"), (119, "119 s"), (121, "3 min"), (3599, "1 h 0 min")],
)
def test_a_time_is_rounded_up(seconds: float, spoken: str) -> None:
    assert spoken_time(seconds) == spoken


def test_a_log_is_told_every_so_often_and_not_of_the_end() -> None:
    told: list[str] = []
    with tracked("claim", "MB", total=3, tell=told.append, every_seconds=0) as tracking:
        for _ in range(3):
            tracking.advance()
    assert [line.partition(" MB")[0] for line in told] == ["claim: 1 of 3", "claim: 2 of 3"]


def test_a_log_is_not_told_of_what_is_soon_done() -> None:
    told: list[str] = []
    with tracked("claim", "MB", total=1000, tell=told.append) as tracking:
        for _ in range(999):
            tracking.advance()
    assert told == []


def test_without_a_terminal_no_bar_is_drawn() -> None:
    with bar_on_terminal():
        assert current_bar() is None


STEPS = """
import logging, os, time
from types import SimpleNamespace
from assets.night.progress import progress_logger
from assets.progress.bar import bar_on_terminal
from assets.progress.tracking import tracked
from bench.watched import watched, write

logger = progress_logger.logger_fn(SimpleNamespace())

def say(line):
    meta = {"orig_message": line, "step_key": "extraction"}
    logger.handle(logging.makeLogRecord(
        {"levelno": logging.INFO, "msg": line, "dagster_meta": meta}))

with bar_on_terminal():
    before = os.dup(2)
    reading, writing = os.pipe()
    os.dup2(writing, 2)  # as Dagster captures what a step writes
    with tracked("extraction [b]", "documents", total=4, tell=say, every_seconds=0) as tracking:
        for _ in range(3):
            time.sleep(0.3)
            tracking.advance()
        say("a line of [the] step")
    os.dup2(before, 2)
print("the summary")
"""


def steps(*, width: int = 80, **variables: str) -> str:
    """What a terminal of that width is told by steps."""
    environment = {**os.environ, "COLUMNS": str(width), **variables}
    return told_at_a_terminal([sys.executable, "-c", STEPS], cwd=ROOT, env=environment)


def test_a_terminal_has_a_bar_with_rate_and_time_left_below_the_lines() -> None:
    told = steps()
    assert re.search(r"extraction \[b\] .*━.* 2/4, 3\.\d/s, 1 s left", told)
    at_the_end = re.split(r"\x1b\[\?25h", told)[-1]  # the cursor is back, and the bar gone
    assert at_the_end.strip() == "the summary"
    assert re.search(r"\d\d:\d\d:\d\d  a line of \[the\] step\r\n", told)
    assert "documents" not in told  # what the bar shows is no line of its own


def test_a_narrow_terminal_has_no_bar_of_two_lines() -> None:
    assert re.search(r"\x1b\[1A", steps(width=40)) is None


def test_a_terminal_that_can_not_draw_has_lines() -> None:
    told = steps(TERM="dumb")
    assert "\x1b" not in told
    assert "the summary" in told


def test_a_log_has_lines_alone() -> None:
    script = STEPS.replace("os.dup2(writing, 2)", "pass")
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "the summary\n"
    first, *_, last = done.stderr.splitlines()
    assert re.fullmatch(
        r"\d\d:\d\d:\d\d  extraction \[b\]: 1 of 4 documents, 3\.\d a second, 1 s left", first
    )
    assert last.endswith("  a line of [the] step")
    assert "\x1b" not in done.stderr


def test_a_measurement_is_watched_item_by_item(capsys: pytest.CaptureFixture[str]) -> None:
    seen = []
    for item in watched("abc", "parse", "documents", total=3):
        write(f"read {item}\n")
        seen.append(item)
    assert seen == [*"abc"]
    assert capsys.readouterr().out == "read a\nread b\nread c\n"
