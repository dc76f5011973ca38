"""A night killed anywhere and run again ends like a night that nobody disturbed."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest
from killed_night import POINTS, night_to_kill
from night_setup import (
    NIGHT,
    SAMPLE,
    Undisturbed,
    lend_scores,
    make_settings,
    materialise,
    operate,
    published,
)

from assets.operations.rebuild import RebuildConfig, RebuildReport, rebuild_job
from etl.warehouse.digest import digest

HERE = Path(__file__).parent
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What makes parts, rejects and duplicates; a night over it is killed again and again."""
    folder = tmp_path_factory.mktemp("raw")
    for name in ("dates", "duplicates"):
        shutil.copytree(SAMPLE / name, folder / name, copy_function=shutil.copy2)
    return folder


@pytest.fixture(scope="module")
def expected(raw: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The digest of that night where nobody disturbs it."""
    home = tmp_path_factory.mktemp("undisturbed")
    assert night_to_kill(home, raw).is_published
    assert len(make_settings(home).lake.raw_parts(NIGHT)) > 2
    return digest(published(home))


def end(home: Path, raw: Path, point: str, by: signal.Signals) -> subprocess.CompletedProcess[str]:
    lend_scores(home)
    workers = "2" if "processes" in point else "1"
    environment = {**os.environ, "PYTHONPATH": f"{HERE}:{HERE.parents[1]}"}
    return subprocess.run(
        [
            sys.executable,
            str(HERE / "killed_night.py"),
            str(home),
            str(raw),
            point,
            by.name,
            workers,
        ],
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def kill(home: Path, raw: Path, point: str) -> None:
    ended = end(home, raw, point, signal.SIGKILL)
    assert ended.returncode == -signal.SIGKILL, ended.stderr[-2000:]


@pytest.mark.parametrize("point", POINTS)
def test_a_killed_night_run_again_is_the_undisturbed_night(
    point: str, tmp_path: Path, raw: Path, expected: str
) -> None:
    kill(tmp_path, raw, point)
    assert published(tmp_path).exists() == (point == "after the rename")
    assert night_to_kill(tmp_path, raw).is_published
    assert digest(published(tmp_path)) == expected
    assert not list(tmp_path.rglob("*.tmp"))


@pytest.mark.parametrize("point", ["extract in processes", "stage", "audit"])
def test_a_cancelled_night_leaves_nothing_half_done(
    point: str, tmp_path: Path, raw: Path, expected: str
) -> None:
    """SIGTERM is what cancelling in the UI, systemd and a container's end come to."""
    ended = end(tmp_path, raw, point, signal.SIGTERM)
    assert ended.returncode == 1, ended.stderr[-2000:]
    assert "cancelled" in ended.stderr
    assert not published(tmp_path).exists()
    assert [*(tmp_path / "running").glob("*-*.lock")] == []  # gave the home back
    assert night_to_kill(tmp_path, raw).is_published
    assert digest(published(tmp_path)) == expected


def test_a_reader_and_a_publication_do_not_disturb_each_other(
    tmp_path: Path, undisturbed: Undisturbed
) -> None:
    materialise(tmp_path)
    reader = _Reader(published(tmp_path), tmp_path / "stop")
    before = published(tmp_path).stat().st_ino
    operate(tmp_path, rebuild_job, RebuildConfig(), RebuildReport)
    assert published(tmp_path).stat().st_ino != before
    assert digest(published(tmp_path)) == undisturbed.digest
    assert reader.stop() == undisturbed_count(undisturbed)


def undisturbed_count(undisturbed: Undisturbed) -> int:
    with duckdb.connect(str(published(undisturbed.home)), read_only=True) as con:
        row = con.execute("SELECT count(*) FROM articles").fetchone()
    assert row is not None
    return int(row[0])


class _Reader:
    """Another process that opens the published file, holds it, and counts when told to."""

    CODE = """
import sys, time, pathlib, duckdb
con = duckdb.connect(sys.argv[1], read_only=True)
con.execute("SELECT count(*) FROM deliveries").fetchall()
print("open", flush=True)
while not pathlib.Path(sys.argv[2]).exists():
    time.sleep(0.05)
print(con.execute("SELECT count(*) FROM articles").fetchall()[0][0])
"""

    def __init__(self, path: Path, stop_file: Path) -> None:
        self.stop_file = stop_file
        self.process = subprocess.Popen(
            [sys.executable, "-c", self.CODE, str(path), str(stop_file)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "open\n"

    def stop(self) -> int:
        self.stop_file.touch()
        output, _ = self.process.communicate(timeout=30)
        return int(output)


def test_no_worker_outlives_a_killed_night(
    tmp_path: Path, raw: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = f"NIGHT_UNDER_TEST={tmp_path}"
    monkeypatch.setenv(*mark.split("=", 1))
    kill(tmp_path, raw, "extract in processes")
    time.sleep(2)
    alive = [
        entry.name
        for entry in Path("/proc").iterdir()
        if entry.name.isdigit() and _has_mark(entry, mark)
    ]
    assert alive == []


def _has_mark(process: Path, mark: str) -> bool:
    """Workers inherit the environment of the night that spawned them."""
    try:
        return mark.encode() in (process / "environ").read_bytes()
    except OSError:
        return False
