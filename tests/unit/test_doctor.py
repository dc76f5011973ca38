"""The doctor: each bad state is found, and comes with a remedy."""

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import dagster as dg
import duckdb
import pytest
import sound_warehouse
from dagster._daemon.types import DaemonHeartbeat
from night_lake import Doc, write_night
from scheduling import store_schedule

import assets.doctor.processes
from assets.cli.instance import make_instance, write_instance_config
from assets.doctor import dependencies, files, machine, scheduler
from assets.doctor.examination import examine
from assets.doctor.findings import Finding
from assets.doctor.processes import holders
from assets.doctor.storage import FILES
from assets.settings import Settings
from etl import schema
from etl.lake.store import Lake
from etl.tables import ROOMS
from etl.warehouse import run_log
from etl.warehouse.digest import sha256
from etl.warehouse.release_records import write_record
from etl.warehouse.releases import (
    Warehouse,
    drop_release,
    keep_release,
    release_at,
    set_aside_foreign_logs,
)

HOLD = """
import sys, time
from filelock import FileLock
with FileLock(sys.argv[1]):
    print("held", flush=True)
    time.sleep(60)
"""


WRITE = """
import sys, duckdb
con = duckdb.connect(sys.argv[1])
print("open", flush=True)
input()
"""


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("doctor") / "sound.duckdb"
    sound_warehouse.build(path)
    return path


@pytest.fixture
def settings(tmp_path: Path, sound: Path) -> Settings:
    """A home with a published file and Dagster's storage."""
    settings = Settings(home=tmp_path / "home")
    settings.landing.mkdir(parents=True)
    settings.warehouse.root.mkdir()
    settings.dagster_home.mkdir()
    write_instance_config(settings.dagster_home, with_postgres=False)
    shutil.copyfile(sound, settings.warehouse.published)
    keep(settings.warehouse)
    return settings


def keep(warehouse: Warehouse) -> None:
    """Make what lies in the published file's place a release, with its record."""
    release = release_at(warehouse, datetime(2026, 3, 1, tzinfo=UTC), 1)
    drop_release(release)
    write_record(release, sha256(warehouse.published))
    keep_release(warehouse, release)


@pytest.fixture
def instance(settings: Settings) -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.from_config(str(settings.dagster_home)) as instance:
        yield instance


def told(findings: Iterable[Finding]) -> dict[str, str]:
    """Status by subject, the worst of each; every finding that is not ok has a remedy."""
    worst: dict[str, str] = {}
    for finding in findings:
        assert (finding.status == "ok") == (not finding.remedy), finding
        order = ("ok", "warn", "fail")
        worst[finding.subject] = max(
            finding.status, worst.get(finding.subject, "ok"), key=order.index
        )
    return worst


def test_a_sound_home_has_no_failure(settings: Settings) -> None:
    findings = list(examine(settings))
    assert "fail" not in told(findings).values(), findings
    subjects = {finding.subject for finding in findings}
    assert subjects >= {"home", "disk", "clock", "lock", "daemon", "model", "references"}


def test_a_home_that_is_not_there_yet_is_no_failure(tmp_path: Path) -> None:
    assert "fail" not in told(examine(Settings(home=tmp_path / "none"))).values()


def test_a_home_that_cannot_be_made_fails(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    found = told(machine.examine_home(Settings(home=tmp_path / "file" / "home")))
    assert found == {"home": "fail"}


def test_a_folder_that_cannot_be_written_fails(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path).name != "warehouse")
    (finding,) = machine.examine_home(settings)
    assert finding.status == "fail"
    assert finding.message.endswith("warehouse")


def test_a_home_without_hard_links_is_worth_a_warning(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(os, "link", refuse)
    assert told(machine.examine_home(settings)) == {"home": "warn"}


def test_a_variable_that_nobody_reads_is_named() -> None:
    (finding,) = machine.examine_settings({"DATELINE_HOEM": "x", "DATELINE_CRON": "x", "PATH": "x"})
    assert finding.status == "warn"
    assert finding.message == "DATELINE_HOEM is no setting, and does nothing; DATELINE_HOME is one"


@pytest.mark.parametrize(("free", "status"), [(0, "fail"), (600, "warn"), (90_000, "ok")])
def test_the_disk_must_hold_a_copy_of_the_published_file(
    free: int, status: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with settings.warehouse.published.open("r+b") as file:
        file.truncate(90 * 2**20)  # a hole: it takes no room
    usage = shutil.disk_usage(settings.home)._replace(free=free * 2**20)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    assert told(machine.examine_disk(settings)) == {"disk": status}


def test_a_landing_folder_that_was_set_must_be_there(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, raw=tmp_path / "none")
    assert told(machine.examine_landing(settings)) == {"landing": "fail"}


def test_a_file_system_with_another_clock_is_told(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 600)
    assert told(machine.examine_clock(settings)) == {"clock": "warn"}


def test_a_published_file_that_does_not_open_fails(settings: Settings) -> None:
    settings.warehouse.published.write_text("not a database")
    assert told(files.examine_published(settings)) == {"published": "fail"}


def test_a_log_beside_the_published_file_fails_and_one_set_aside_is_told(
    settings: Settings,
) -> None:
    warehouse = settings.warehouse
    assert list(files.examine_foreign_logs(settings)) == []
    warehouse.published.with_name("dateline.duckdb.wal").write_bytes(b"a log")
    assert told(files.examine_foreign_logs(settings)) == {"foreign log": "fail"}
    set_aside_foreign_logs(warehouse)
    assert told(files.examine_foreign_logs(settings)) == {"foreign log": "warn"}


def test_a_file_that_is_not_as_it_was_published_fails(settings: Settings) -> None:
    warehouse = settings.warehouse
    assert rebuilding(settings) == []
    with duckdb.connect(str(warehouse.published)) as con:
        con.execute("DELETE FROM mentions")
    assert rebuilding(settings) == ["fail"]
    (warehouse.releases / "2026-03-01T000000.000000Z-0001.json").unlink()
    assert rebuilding(settings) == ["warn"]


def rebuilding(settings: Settings) -> list[str]:
    """Status of the findings whose remedy is a rebuild, as a night would do by itself."""
    return [f.status for f in files.examine_published(settings) if f.remedy == files.REBUILD]


def test_a_client_that_locks_the_file_is_named(settings: Settings) -> None:
    client = subprocess.Popen(
        [sys.executable, "-c", WRITE, str(settings.warehouse.published)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert client.stdout is not None
        assert client.stdout.readline() == "open\n"
        (finding,) = files.examine_published(settings)
    finally:
        client.communicate("\n")
    assert finding.status == "fail"
    assert "end that client" in finding.remedy
    if (Path("/proc") / "self" / "fd").is_dir():
        assert f"process {client.pid}" in finding.message


def test_another_storage_version_is_told(settings: Settings) -> None:
    path = settings.warehouse.published
    newer = path.with_name("newer.duckdb")
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{path}' AS old (READ_ONLY)")
        con.execute(f"ATTACH '{newer}' AS new (STORAGE_VERSION 'latest')")
        con.execute("COPY FROM DATABASE old TO new")
    newer.replace(path)
    keep(settings.warehouse)
    assert told(files.examine_published(settings))["published"] == "warn"


def test_a_publication_from_the_future_means_that_the_clock_is_wrong(settings: Settings) -> None:
    assert "clock" not in told(files.examine_published(settings))
    later = datetime.now(tz=UTC) + timedelta(days=2)
    keep_release(settings.warehouse, release_at(settings.warehouse, later, 2))
    assert told(files.examine_published(settings))["clock"] == "warn"
    keep_release(settings.warehouse, release_at(settings.warehouse, datetime.now(tz=UTC), 3))
    assert "clock" not in told(files.examine_published(settings))


def test_a_night_that_was_claimed_and_not_published_is_named(settings: Settings) -> None:
    (settings.lake.root / "raw_documents" / "ingested_on=2026-03-09").mkdir(parents=True)
    findings = list(files.examine_published(settings))
    assert told(findings)["nights"] == "warn"
    assert "dateline run --night 2026-03-09" in findings[-1].remedy


def test_a_later_claim_of_a_published_night_waits_until_it_is_published(
    settings: Settings,
) -> None:
    night = date(2026, 3, 1)
    write_night(settings.lake, night, [Doc("d1", "one"), Doc("d2", "two")])
    for number, (count, status) in enumerate([(1, "warn"), (2, "ok")]):
        publish(settings.lake, f"run-{number}", night, delivered=count)
        assert told(files.examine_published(settings))["nights"] == status


def publish(lake: Lake, run_id: str, night: date, *, delivered: int) -> None:
    at = datetime(2026, 3, 1, 2, int(run_id[-1]))
    counts = dict.fromkeys(("published_count", "duplicate_count", "quarantined_count"), 0)
    row = {
        **dict.fromkeys(("code_version", "model_version", "reference_version"), "v"),
        **{"run_id": run_id, "ingested_on": night, "started_at": at, "finished_at": at},
        **counts,
        "delivered_count": delivered,
    }
    run_log.write_runs(lake, run_id, schema.RUNS.frame([row]))


@pytest.mark.parametrize("folder", ["running", "warehouse"])
def test_who_holds_a_lock_is_named(folder: str, settings: Settings) -> None:
    lock = settings.home / folder / ".lock"
    lock.parent.mkdir(exist_ok=True)
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(lock)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        (finding,) = files.examine_locks(settings)
    finally:
        holder.kill()
        holder.communicate()
    assert finding.status == "warn"
    if (Path("/proc") / "self" / "fd").is_dir():
        assert f"process {holder.pid}" in finding.message
    assert told(files.examine_locks(settings)) == {"lock": "ok"}


def test_where_there_is_no_proc_the_doctor_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assets.doctor.processes, "PROC", tmp_path)
    assert holders(tmp_path) is None


@pytest.mark.parametrize(("age", "status"), [(10, "ok"), (3600, "fail")])
def test_a_daemon_that_was_there_and_is_gone_fails(
    age: float, status: str, settings: Settings, instance: dg.DagsterInstance
) -> None:
    beat = DaemonHeartbeat(time.time() - age, scheduler.SCHEDULER_DAEMON, "id", [])
    instance.add_daemon_heartbeat(beat)
    assert told(scheduler.examine_dagster(settings))["daemon"] == status


@pytest.mark.parametrize(
    ("is_on", "failed", "status"),
    [(True, False, "ok"), (True, True, "fail"), (False, False, "fail")],
)
def test_the_schedule_must_be_on_and_its_last_tick_sound(
    is_on: bool, failed: bool, status: str, settings: Settings, instance: dg.DagsterInstance
) -> None:
    store_schedule(instance, is_on=is_on, failed=failed)
    assert told(scheduler.examine_dagster(settings))["schedule"] == status


@pytest.mark.parametrize("name", FILES)
def test_a_dagster_home_that_is_broken_fails_and_raises_nothing(
    name: str, settings: Settings
) -> None:
    make_instance(settings.dagster_home, with_postgres=False)
    file = settings.dagster_home / name
    with closing(sqlite3.connect(file)) as con, con:
        con.execute("INSERT INTO alembic_version VALUES ('another')")
    (twice,) = scheduler.examine_dagster(settings)
    file.write_bytes(b"not a database at all")
    (damaged,) = scheduler.examine_dagster(settings)
    for finding, word in ((twice, "at once"), (damaged, "damaged")):
        assert finding.status == "fail"
        assert name in finding.message
        assert word in finding.message


def test_another_dagster_home_is_told(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAGSTER_HOME", "/elsewhere")
    assert told(scheduler.examine_dagster(settings))["dagster home"] == "warn"


def test_the_shipped_model_is_named_where_none_is_set(tmp_path: Path) -> None:
    (finding,) = dependencies.examine_model(Settings(home=tmp_path))
    assert finding.message.startswith("news_ner ")
    assert finding.message.endswith(" loads")


def test_a_model_that_does_not_load_fails(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, spacy_model=str(tmp_path / "none"))
    assert told(dependencies.examine_model(settings)) == {"model": "fail"}


def test_a_broken_reference_table_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ROOMS, "reference", tmp_path)
    assert told(dependencies.examine_references(Settings(home=tmp_path))) == {"references": "fail"}
