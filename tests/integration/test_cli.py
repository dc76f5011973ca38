"""The command line as its users call it: other processes, exit codes, one-line errors."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Undisturbed
from night_setup import SAMPLE

from assets.running import at_work

ROOT = Path(__file__).parents[2]


def dateline(
    *arguments: str, home: Path, raw: str | None = None, **settings: str
) -> subprocess.CompletedProcess[str]:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("D")},
        "DATELINE_HOME": str(home),
        **({"DATELINE_RAW": raw} if raw else {}),
        **settings,
    }
    return subprocess.run(
        [sys.executable, "-m", "assets.cli", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def test_a_night_from_the_command_line(tmp_path: Path) -> None:
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


def test_a_query_is_answered_as_a_table(undisturbed: Undisturbed) -> None:
    answer = dateline("query", "SELECT 6 * 7 AS answer", home=undisturbed.home)
    assert "answer" in answer.stdout
    assert "42" in answer.stdout


@pytest.mark.parametrize(
    ("arguments", "settings", "message"),
    [
        (["query", "SELECT nonsense"], {}, "nonsense"),
        (["query", "DELETE FROM articles"], {}, "read-only"),
        (["query", " -- nothing"], {}, "nothing was asked"),
        (["rollback", "1999"], {}, "0 releases are called '1999'; kept are: 2"),
        (["withdraw", "0" * 32, "--reason", "x"], {}, "no document of the lake is article 000"),
        (["status"], {"DATELINE_KEEP_RAW_DAYS": "-1"}, "greater than or equal to 0"),
        (["run", "--night", "1999-01-01"], {}, "no night 1999-01-01"),
        (["run", "--raw", "nowhere"], {}, "DATELINE_RAW=nowhere: no such folder"),
        (["status"], {"DATELINE_TIMEZONE": "Mars/Base"}, "DATELINE_TIMEZONE='Mars/Base'"),
        (["status"], {"DATELINE_SETTLE_SECONDS": "soon"}, "DATELINE_SETTLE_SECONDS='soon'"),
        (["status"], {"DATELINE_CRON": "nightly"}, "five cron fields"),
    ],
)
def test_a_mistake_gives_one_clear_line(
    arguments: list[str], settings: dict[str, str], message: str, undisturbed: Undisturbed
) -> None:
    done = dateline(*arguments, home=undisturbed.home, **settings)
    assert done.returncode == 1
    assert message in done.stderr
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
        done = dateline(*arguments, home=tmp_path, DATELINE_LOCK_WAIT_SECONDS="1")
    assert done.returncode == 1
    told = " ".join((done.stdout + done.stderr).split())
    assert f"another run has been at work in {tmp_path} for over 1 s; wait for its end" in told
    assert "Traceback" not in told
    assert "Dagster" not in told


def test_a_home_that_cannot_be_made_gives_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = dateline("run", home=tmp_path / "file" / "home")
    assert done.returncode == 1
    assert "DATELINE_HOME" in done.stderr
    assert "Traceback" not in done.stderr


def test_nothing_published_yet_says_so(tmp_path: Path) -> None:
    done = dateline("query", "SELECT 1", home=tmp_path)
    assert done.returncode == 1
    assert "nothing is published yet" in done.stderr
    assert "nothing yet" in dateline("status", home=tmp_path).stdout
