"""A log that somebody left beside the published file: never replayed, never in the way."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from itertools import count
from pathlib import Path

import duckdb
import pytest
from publication import Lay, put, staged

from etl.errors import WarehouseError
from etl.warehouse.contents import open_file, read_contents
from etl.warehouse.foreign_logs import foreign_logs
from etl.warehouse.releases import (
    Warehouse,
    find_release,
    releases,
    rollback,
    set_aside_foreign_logs,
    writing,
)

HERE = Path(__file__).parent

ANALYST = """
import os, signal, sys, duckdb
con = duckdb.connect(sys.argv[1])
con.execute("DELETE FROM articles")
con.execute("CREATE TABLE mine AS SELECT 1 AS a")
if sys.argv[2] == "dies":
    os.kill(os.getpid(), signal.SIGKILL)
print("open", flush=True)
sys.stdin.read()
"""

OWNER = """
import os, sys, duckdb
if os.geteuid() == 0:
    os.setgid(int(sys.argv[2]))
    os.setuid(int(sys.argv[2]))
assert duckdb.connect(sys.argv[1], read_only=True).execute("FROM articles").fetchall()
try:
    duckdb.connect(sys.argv[1])
except duckdb.IOException as error:
    print(error)
"""
NOBODY = 65534


@pytest.fixture
def warehouse(tmp_path: Path, laid: Lay) -> Warehouse:
    """One night published, with one article."""
    return Warehouse(laid(publish_first, tmp_path) / "warehouse")


def publish_first(home: Path) -> None:
    """As a run does: whoever writes has the lock."""
    warehouse = Warehouse(home / "warehouse")
    with writing(staged(warehouse), wait_seconds=0):
        put(warehouse)


def write_and_die(path: Path) -> None:
    """Open a file as DuckDB does by default, take all articles out, and be killed."""
    path.chmod(0o644)  # as an earlier version left it, or as its owner made it
    ended = subprocess.run([sys.executable, "-c", ANALYST, str(path), "dies"], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert foreign_logs(path)


def articles_of(path: Path) -> int:
    return read_contents(path).article_count


def test_a_published_file_and_its_release_are_read_only(warehouse: Warehouse) -> None:
    for path in (warehouse.published, *releases(warehouse)):
        assert path.stat().st_mode & 0o777 == 0o444


def test_who_opens_the_file_for_writing_is_refused(warehouse: Warehouse) -> None:
    """Its owner, too; but root, whom no mode binds."""
    with tempfile.TemporaryDirectory() as folder:  # tmp_path is closed to other users
        path = Path(folder) / "dateline.duckdb"
        shutil.copy(warehouse.published, path)
        if os.geteuid() == 0:
            for owned in (Path(folder), path):
                os.chown(owned, NOBODY, NOBODY)
        ended = subprocess.run(
            [sys.executable, "-c", OWNER, str(path), str(NOBODY)], capture_output=True, text=True
        )
        assert "Permission denied" in ended.stdout, ended.stderr
        assert foreign_logs(path) == []


def test_a_log_misleads_no_reader_of_ours_and_a_writer_sets_it_aside(warehouse: Warehouse) -> None:
    write_and_die(warehouse.published)
    with pytest.raises(WarehouseError, match=r"not ours.*dateline doctor"):
        open_file(warehouse.published)
    with writing(warehouse, wait_seconds=0):
        assert articles_of(warehouse.published) == 1
    assert [path.name for path in warehouse.foreign.iterdir()] == ["dateline.duckdb.wal.1"]


def test_the_night_readers_and_a_rollback_work_after_it(warehouse: Warehouse) -> None:
    write_and_die(warehouse.published)
    staged(warehouse, day=2)
    with writing(warehouse, wait_seconds=0):
        put(warehouse, day=2)
    assert articles_of(warehouse.published) == 2
    with writing(warehouse, wait_seconds=0):
        rollback(warehouse, find_release(warehouse, "previous"))
    assert articles_of(warehouse.published) == 1
    assert duckdb.connect(str(warehouse.published)).execute("FROM articles").fetchall()


def test_a_log_of_the_file_before_never_meets_the_next_one(warehouse: Warehouse) -> None:
    """The analyst opened the earlier file, and the rename came before the log was seen."""
    write_and_die(warehouse.published)
    log = foreign_logs(warehouse.published)[0]
    kept = log.rename(log.with_name("kept"))
    put(staged(warehouse, day=2), day=2)
    kept.rename(log)
    with pytest.raises(WarehouseError, match=r"not ours.*dateline doctor"):
        open_file(warehouse.published)
    assert len(set_aside_foreign_logs(warehouse)) == 1
    assert articles_of(warehouse.published) == 2


def test_a_log_that_comes_while_the_file_is_put_in_place_is_set_aside(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    staged(warehouse, day=2)
    replace = Path.replace

    def with_an_analyst(source: Path, target: Path) -> Path:
        if target == warehouse.published:
            write_and_die(target)
        return replace(source, target)

    monkeypatch.setattr(Path, "replace", with_an_analyst)
    put(warehouse, day=2)
    assert foreign_logs(warehouse.published) == []
    assert articles_of(warehouse.published) == 2


def test_who_still_has_the_file_open_for_writing_holds_up_no_night(warehouse: Warehouse) -> None:
    """DuckDB locks a file against all other processes while one writes."""
    warehouse.published.chmod(0o644)
    analyst = subprocess.Popen(
        [sys.executable, "-c", ANALYST, str(warehouse.published), "stays"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert analyst.stdout is not None
        assert analyst.stdout.readline() == b"open\n"
        with writing(warehouse, wait_seconds=0):
            put(staged(warehouse, day=2), day=2)
        assert articles_of(warehouse.published) == 2
    finally:
        analyst.communicate()
    assert foreign_logs(warehouse.published) == []
    assert articles_of(warehouse.published) == 2


def test_a_log_beside_a_release_is_set_aside_too(warehouse: Warehouse) -> None:
    write_and_die(releases(warehouse)[0])
    with writing(warehouse, wait_seconds=0):
        assert foreign_logs(releases(warehouse)[0]) == []
    assert articles_of(releases(warehouse)[0]) == 1


@pytest.mark.slow
@pytest.mark.parametrize(("work", "before", "after"), [("publish", 1, 2), ("rollback", 2, 1)])
def test_killed_at_any_step_the_file_opens_and_the_next_run_ends_well(
    work: str,
    before: int,
    after: int,
    warehouse: Warehouse,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """With the log of a dead analyst beside the file from the start."""
    if work == "rollback":
        put(staged(warehouse, day=2), day=2)
    write_and_die(warehouse.published)
    if work == "publish":
        staged(warehouse, day=2)
    states = []
    for step in count(1):
        root = tmp_path_factory.mktemp(f"{work}-{step}")
        # As it lies, hard links included: a release and the published file are one file.
        subprocess.run(["cp", "--archive", f"{warehouse.root.parent}/.", root], check=True)
        if not die(root, step, work):
            break
        states.append(state_after(Warehouse(root / "warehouse")))
    assert states == sorted(states, key=[before, after].index)
    assert set(states) == {before, after}


def die(root: Path, step: int, work: str) -> bool:
    """Whether the work had so many steps."""
    script = [sys.executable, str(HERE / "killed_publication.py"), str(root), str(step), work]
    environment = {**os.environ, "PYTHONPATH": f"{HERE}:{HERE.parents[1]}"}
    ended = subprocess.run(script, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode in (0, -signal.SIGKILL), ended.stderr
    return ended.returncode != 0


def state_after(warehouse: Warehouse) -> int:
    """Articles that are published; the file opens at once, and the next night brings one more."""
    with duckdb.connect(str(warehouse.published), read_only=True) as con:
        con.execute("FROM articles")
    with writing(warehouse, wait_seconds=0):
        articles = articles_of(warehouse.published)
        put(staged(warehouse, day=3), day=3)
    assert articles_of(warehouse.published) == articles + 1
    assert len(list(warehouse.foreign.iterdir())) == 1
    return articles
