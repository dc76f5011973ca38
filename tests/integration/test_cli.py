"""The command line as its users call it: exit codes, one-line errors, processes that end.

A mistake is tried in this process: a process of its own spends seconds on importing Dagster.
"""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from unittest.mock import patch

import pytest
from click.testing import CliRunner, Result
from night_setup import SAMPLE, Undisturbed, lend_scores
from terminal_session import told_at_a_terminal

from assets.cli.main import main
from etl.locks import at_work, hold_as_daemon

ROOT = Path(__file__).parents[2]


def dateline(
    *arguments: str, home: Path, raw: str | None = None, **settings: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "assets.cli.main", *arguments],
        cwd=ROOT,
        env=environment(home, raw, **settings),
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def dateline_here(*arguments: str, home: Path, **settings: str) -> Result:
    with (
        patch.dict(os.environ, environment(home, **settings), clear=True),
        patch("os._exit", sys.exit),  # by which a command leaves
    ):
        done = CliRunner().invoke(main, arguments)
    assert isinstance(done.exception, SystemExit), done.exception  # else Python prints a traceback
    return done


def environment(home: Path, raw: str | None = None, **settings: str) -> dict[str, str]:
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("D")},
        "DATELINE_HOME": str(home),
        **({"DATELINE_RAW": raw} if raw else {}),
        **settings,
    }


def test_a_night_from_the_command_line(tmp_path: Path, undisturbed: Undisturbed) -> None:
    assert undisturbed.home.exists()  # whose scores are lent
    lend_scores(tmp_path)
    first = dateline("run", "--raw", str(SAMPLE / "wires"), "--settle", "0", home=tmp_path)
    assert first.returncode == 0, first.stderr[-2000:]
    for line in (
        "delivered =",
        "Quarantined",
        "Countries",
        "Sources",
        "Checks",
        "Page",
        "Published",
        "Try",
    ):
        assert line in first.stdout
    assert "0 failed" in first.stdout
    assert "leaked" not in first.stderr
    status = dateline("status", home=tmp_path)
    assert "articles, night of" in status.stdout
    assert "Unpublished  no night" in status.stdout


@pytest.mark.slow
def test_a_night_at_a_terminal_draws_bars_and_then_prints_what_it_does_elsewhere(
    tmp_path: Path,
) -> None:
    lend_scores(tmp_path)
    told = told_at_a_terminal(
        [sys.executable, "-m", "assets.cli.main", "run", "--settle", "0"],
        cwd=ROOT,
        env={**environment(tmp_path, str(SAMPLE / "wires")), "COLUMNS": "200"},
    )
    for bar in ("parsed_articles", "extraction", "staging", "audit"):
        assert re.search(rf"\r\x1b\[2K{bar}[^\r\n]*\d+/\d+", told), bar
    begun, _, summary = told.rpartition("\x1b[?25h")  # the cursor comes back with the last bar
    line = r"\d\d:\d\d:\d\d  audit: \d+ of \d+ expectations hold$"
    assert re.search(line, without_escapes(begun), flags=re.MULTILINE)
    assert "Published" in summary
    assert "━" not in summary
    (log,) = (tmp_path / "dagster" / "storage").glob("*/compute_logs/*.err")
    assert "━" not in log.read_text()


def test_an_export_at_a_terminal_leaves_one_line(undisturbed: Undisturbed, tmp_path: Path) -> None:
    command = ("query", "FROM v_articles", "--to", str(tmp_path / "articles.csv"))
    told = told_at_a_terminal(
        [sys.executable, "-m", "assets.cli.main", *command],
        cwd=ROOT,
        env={**environment(undisturbed.home), "COLUMNS": "200"},
    )
    assert "export" in told
    after = without_escapes(told.rpartition("\x1b[?25h")[2])
    assert re.fullmatch(r"Wrote .* rows to .*/articles.csv\s*", after)


def without_escapes(told: str) -> str:
    return re.sub(r"\x1b\[[\d;?]*[A-Za-z]|\r", "", told)


def test_a_query_is_answered_as_a_table(undisturbed: Undisturbed) -> None:
    answer = dateline("query", "SELECT 6 * 7 AS answer", home=undisturbed.home)
    assert "answer" in answer.stdout
    assert "42" in answer.stdout


def test_lists_and_days_are_shown_as_sql_has_them(undisturbed: Undisturbed) -> None:
    asked = (
        "SELECT ['LV', NULL, 'PL'] AS a, [DATE '2026-03-01'] AS b, {'n': DATE '2026-03-02'} AS c"
    )
    answer = dateline("query", asked, home=undisturbed.home)
    for shown in ("[LV, NULL, PL]", "[2026-03-01]", "{n: 2026-03-02}"):
        assert shown in answer.stdout


@pytest.mark.parametrize("sql", ['SELECT "V2.1DATE"\nFROM v_gkg', "SELECT '$HOME $(x) `x` \"'"])
def test_make_passes_a_query_on_as_it_was_typed(sql: str, tmp_path: Path) -> None:
    """The shell of the recipe reads neither quotes nor dollars in it, nor does make."""
    told = tmp_path / "bin" / "dateline"
    told.parent.mkdir()
    told.write_text('#!/bin/sh\nprintf "%s" "$2"\n')
    told.chmod(0o755)
    (tmp_path / ".ready").touch()
    command = ["make", "-s", "-o", f"{tmp_path}/.ready", "query", f"VENV={tmp_path}", f"SQL={sql}"]
    made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert made.stdout == sql


@pytest.mark.slow
def test_files_that_wait_are_counted_and_ignored_ones_named(
    tmp_path: Path, undisturbed: Undisturbed
) -> None:
    assert undisturbed.home.exists()  # whose scores are lent
    lend_scores(tmp_path / "home")
    (tmp_path / "raw").mkdir()
    for name in ("one.txt", "two.txt"):
        (tmp_path / "raw" / name).write_text("Too fresh to be read.")
    (tmp_path / "raw" / "notes.md").write_text("No document.")
    done = dateline("run", "--settle", "600", home=tmp_path / "home", raw=str(tmp_path / "raw"))
    assert done.returncode == 0, done.stderr[-2000:]
    line = "2 files unfinished, or changed within the last 600 s: left to the next run"
    assert f"Waiting      {line}" in done.stdout
    assert line in done.stderr
    assert "1 file ignored, of no kind that holds documents: notes.md" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "settings", "message"),
    [
        (["query", "SELECT nonsense"], {}, "nonsense"),
        (["query", "DELETE FROM articles"], {}, "a query only reads"),
        (["query", "FROM read_text('pyproject.toml')"], {}, "reads the published file alone"),
        (["query", " -- nothing"], {}, "nothing was asked"),
        (["rollback", "1999"], {}, "no release begins with '1999'; kept are: 2"),
        (["rollback"], {}, "there is no earlier release; kept are: 2"),
        (["backfill", "--from", "2026-03-02", "--to", "1999-01-01"], {}, "lies after the last"),
        (["stale"], {"DATELINE_HOME": "nowhere"}, "DATELINE_HOME=nowhere: no such folder"),
        (["withdraw", "0" * 32, "--reason", "x"], {}, "no document of the lake is article 000"),
        (["status"], {"DATELINE_KEEP_RAW_DAYS": "-1"}, "greater than or equal to 0"),
        (["run", "--night", "1999-01-01"], {}, "no night 1999-01-01: nights go from 2"),
        (["run", "--raw", "nowhere"], {}, "DATELINE_RAW=nowhere: no such folder"),
        (
            ["status"],
            {"DATELINE_TIMEZONE": "Mars/Base"},
            "DATELINE_TIMEZONE='Mars/Base': expected a time",
        ),
        (["status"], {"DATELINE_SETTLE_SECONDS": "soon"}, "DATELINE_SETTLE_SECONDS='soon'"),
        (["status"], {"DATELINE_CRON": "nightly"}, "five cron fields"),
        (["status"], {"DATELINE_CRON": "61 * * * *"}, "five cron fields"),
    ],
)
def test_a_mistake_gives_one_clear_line(
    arguments: list[str], settings: dict[str, str], message: str, undisturbed: Undisturbed
) -> None:
    done = dateline_here(*arguments, home=undisturbed.home, **settings)
    assert done.exit_code == 1
    assert message in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "settings", "message"),
    [
        (["rollback", "1999"], {}, "no release begins with '1999'; kept are: 2"),
        (["run"], {"DATELINE_FIRST_NIGHT": "2999-01-01"}, "2999-01-01 is yet to come"),
    ],
)
def test_a_mistake_gives_one_clear_line_in_a_process_too(
    arguments: list[str], settings: dict[str, str], message: str, undisturbed: Undisturbed
) -> None:
    done = dateline(*arguments, home=undisturbed.home, **settings)
    assert done.returncode == 1
    assert message in done.stderr
    assert done.stderr.startswith("Error: ")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [["run"], ["replay"], ["rollback"], ["withdraw", "abc", "--reason", "x"], ["retention"]],
    ids=lambda arguments: arguments[0],
)
def test_a_home_that_another_run_holds_gives_one_clear_line(
    arguments: list[str], tmp_path: Path
) -> None:
    with at_work(tmp_path / "running", "another", wait_seconds=0):
        done = dateline_here(*arguments, home=tmp_path, DATELINE_LOCK_WAIT_SECONDS="1")
    assert done.exit_code == 1
    told = " ".join((done.stdout + done.stderr).split())
    assert f"another run has been at work in {tmp_path} for over 1 s; wait for its end" in told
    assert "Traceback" not in told
    assert "Dagster" not in told


@pytest.mark.parametrize(
    ("command", "word"), [("run", "Failed       cancelled"), ("replay", "Aborted!")]
)
def test_a_command_that_waits_for_another_can_be_cancelled(
    command: str, word: str, tmp_path: Path
) -> None:
    with (
        at_work(tmp_path / "running", "another", wait_seconds=0),
        subprocess.Popen(
            [sys.executable, "-m", "assets.cli.main", command],
            cwd=ROOT,
            env=environment(tmp_path),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as waiting,
    ):
        while not list((tmp_path / "running").glob("*-*.lock")) and waiting.poll() is None:
            time.sleep(0.1)
        waiting.send_signal(signal.SIGINT)
        told, _ = waiting.communicate(timeout=60)
    assert waiting.returncode == 1
    assert word in told
    assert "Traceback" not in told


@pytest.mark.parametrize("command", ["ui", "daemon"])
def test_a_second_daemon_in_a_home_says_so(command: str, tmp_path: Path) -> None:
    held = hold_as_daemon(tmp_path / "running")
    done = dateline_here(command, home=tmp_path)
    os.close(held)
    assert done.exit_code == 1
    assert f"another dateline ui, or dateline daemon, is at work in {tmp_path}" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_home_that_cannot_be_made_gives_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = dateline_here("run", home=tmp_path / "file" / "home")
    assert done.exit_code == 1
    assert "DATELINE_HOME" in done.stderr
    assert "Traceback" not in done.stderr


def test_nothing_published_yet_says_so(tmp_path: Path) -> None:
    done = dateline_here("query", "SELECT 1", home=tmp_path)
    assert done.exit_code == 1
    assert "nothing is published yet" in done.stderr
    assert "nothing yet" in dateline("status", home=tmp_path).stdout
