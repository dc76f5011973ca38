"""Dagster's event log over kept connections: what is open, what is seen by others."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.events.log import EventLogEntry
from dagster._core.utils import make_new_run_id
from sqlalchemy import text

from assets.cli.event_log import KeptSqliteEventLog
from assets.cli.instance import make_instance


@pytest.fixture
def log(tmp_path: Path) -> Iterator[KeptSqliteEventLog]:
    make_instance(tmp_path, with_postgres=False)
    with dg.DagsterInstance.from_config(str(tmp_path)) as instance:
        storage = instance.event_log_storage
        assert isinstance(storage, KeptSqliteEventLog)
        yield storage


def store(log: KeptSqliteEventLog, run_id: str) -> None:
    log.store_event(
        EventLogEntry(
            error_info=None, level=20, user_message="", run_id=run_id, timestamp=1.0, job_name="one"
        )
    )


def open_logs(folder: Path) -> set[str]:
    """Names of the files of the log that this process holds open, once each."""
    held = (str(file.readlink()) for file in Path("/proc/self/fd").iterdir() if file.is_symlink())
    return {Path(name).name for name in held if name.startswith(str(folder)) and ".db" in name}


def test_the_log_keeps_its_files_open_but_not_all(log: KeptSqliteEventLog, tmp_path: Path) -> None:
    runs = [make_new_run_id() for _ in range(6)]
    for run in runs:
        store(log, run)
        log.get_asset_records()  # of the index
    held = open_logs(tmp_path)
    kept = {f"{name}.db" for name in ("index", *runs[3:])}
    assert {name for name in held if name.endswith(".db")} == kept
    log.dispose()
    assert not open_logs(tmp_path)
    assert [len(log.get_logs_for_run(run)) for run in runs] == [1] * 6


def test_a_table_is_looked_for_until_it_is_there(log: KeptSqliteEventLog, tmp_path: Path) -> None:
    assert not log.has_table("later")
    with log.index_connection() as connection:
        connection.execute(text("CREATE TABLE later (number INTEGER)"))
    assert log.has_table("later")
    for file in (tmp_path / "history" / "runs").glob("index.db*"):
        file.unlink()
    assert not log.has_table("later")


def test_an_event_does_not_wait_for_the_disk(log: KeptSqliteEventLog) -> None:
    with log.index_connection() as connection:
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"
        assert connection.scalar(text("PRAGMA synchronous")) == 1  # NORMAL


def test_a_log_that_was_replaced_is_opened_anew(log: KeptSqliteEventLog, tmp_path: Path) -> None:
    run = make_new_run_id()
    store(log, run)
    for file in (tmp_path / "history" / "runs").glob(f"{run}.db*"):
        file.unlink()
    assert not log.get_logs_for_run(run)
    store(log, run)
    assert len(log.get_logs_for_run(run)) == 1


def test_a_transaction_that_fails_leaves_nothing_behind(log: KeptSqliteEventLog) -> None:
    run = make_new_run_id()
    store(log, run)
    with pytest.raises(RuntimeError, match="in between"), log.run_connection(run) as connection:
        connection.exec_driver_sql("DELETE FROM event_logs")
        raise RuntimeError("in between")
    assert len(log.get_logs_for_run(run)) == 1


def test_another_process_reads_what_was_stored(log: KeptSqliteEventLog, tmp_path: Path) -> None:
    run = make_new_run_id()
    store(log, run)
    count = (
        "import sqlite3, sys; con = sqlite3.connect(sys.argv[1])\n"
        "print(con.execute('SELECT count(*) FROM event_logs').fetchone()[0])"
    )
    file = tmp_path / "history" / "runs" / f"{run}.db"
    told = subprocess.run([sys.executable, "-c", count, str(file)], capture_output=True, text=True)
    assert told.stdout == "1\n"
