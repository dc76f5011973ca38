"""Dagster's own settings: the template, what Dagster makes of it, and what it forgets."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg
import pytest
import yaml
from alembic.util.exc import CommandError
from dagster._core.definitions.freshness import FreshnessState, FreshnessStateChange
from dagster._core.events import DagsterEvent, DagsterEventType
from dagster._core.instance.config import dagster_instance_config
from dagster._core.instance.utils import RUNLESS_JOB_NAME, RUNLESS_RUN_ID
from dagster._core.storage.sqlite import (
    LAST_KNOWN_STAMPED_SQLITE_ALEMBIC_REVISION as LAST_KNOWN_VERSION,
)

from assets.cli.instance import make_instance, write_instance_config
from assets.doctor.storage import FILES, damaged, is_made, made_twice, versions
from assets.watch.run_history import forget_runs

ROOT = Path(__file__).parents[2]


@pytest.fixture
def instance(tmp_path: Path) -> dg.DagsterInstance:
    write_instance_config(tmp_path, with_postgres=False)
    return dg.DagsterInstance.from_config(str(tmp_path))


def test_dagster_understands_it_and_asks_nobody(instance: dg.DagsterInstance) -> None:
    assert not instance.telemetry_enabled
    assert instance.run_monitoring_enabled
    assert instance.run_retries_max_retries == 1
    assert not instance.run_retries_retry_on_asset_or_op_failure
    pools = instance.get_concurrency_config().pool_config
    assert pools.default_pool_limit == 1
    assert pools.pool_granularity is not None
    assert pools.pool_granularity.value == "run"


def test_sqlite_writes_ahead(instance: dg.DagsterInstance, tmp_path: Path) -> None:
    """So that the UI reads while a night writes."""
    passing.execute_in_process(instance=instance)
    files = [tmp_path / "history" / "runs.db", tmp_path / "schedules" / "schedules.db"]
    for file in (*files, *(tmp_path / "history" / "runs").glob("*.db")):
        with sqlite3.connect(file) as con:
            assert con.execute("PRAGMA journal_mode").fetchone() == ("wal",), file


START = """
import sys, time
from pathlib import Path
import dagster as dg
from assets.cli.instance import make_instance
print("ready", flush=True)
sys.stdin.readline()
make_instance(Path(sys.argv[1]), with_postgres=False)
with dg.DagsterInstance.from_config(sys.argv[1]) as instance:
    print(instance.get_runs_count(), len(instance.all_instigator_state()))
"""


@pytest.mark.slow
def test_services_that_are_started_at_once_make_one_home(tmp_path: Path) -> None:
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    command = [sys.executable, "-c", START, str(tmp_path / "dagster")]
    services = [subprocess.Popen(command, cwd=ROOT, text=True, **pipes) for _ in range(3)]
    for service in services:
        assert service.stdout is not None
        assert service.stdout.readline() == "ready\n"
    for service in services:
        assert service.stdin is not None
        service.stdin.write("go\n")
        service.stdin.flush()
    assert [service.communicate() for service in services] == [("0 0\n", "")] * 3
    assert is_made(tmp_path / "dagster")


@pytest.fixture
def made(tmp_path: Path) -> Path:
    make_instance(tmp_path, with_postgres=False)
    return tmp_path


def test_a_home_is_made_once(made: Path) -> None:
    assert is_made(made)
    before = [(made / name).stat().st_mtime_ns for name in FILES]
    make_instance(made, with_postgres=False)
    assert [(made / name).stat().st_mtime_ns for name in FILES] == before


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_two_commands_have_made_at_once_is_mended(name: str, made: Path) -> None:
    """As three starts at once have left it: a second version, of before all others."""
    (version,) = versions(made / name)
    with sqlite3.connect(made / name) as con:
        con.execute("INSERT INTO alembic_version VALUES (?)", [LAST_KNOWN_VERSION])
    assert made_twice(made) == [made / name]
    with pytest.raises(CommandError, match="more than one head"), open_all(made):
        pass
    make_instance(made, with_postgres=False)
    assert versions(made / name) == [version]
    with open_all(made) as instance:
        assert passing.execute_in_process(instance=instance).success


@contextmanager
def open_all(folder: Path) -> Iterator[dg.DagsterInstance]:
    """Dagster's storage, each file of it opened."""
    with dg.DagsterInstance.from_config(str(folder)) as instance:
        instance.event_log_storage.get_asset_records()
        yield instance


@pytest.mark.parametrize("name", FILES)
def test_a_file_whose_making_was_killed_is_made(name: str, made: Path) -> None:
    (made / name).write_bytes(b"")
    make_instance(made, with_postgres=False)
    with open_all(made) as instance:
        assert passing.execute_in_process(instance=instance).success
    assert is_made(made)


@pytest.mark.parametrize("name", FILES)
def test_a_damaged_file_is_named(name: str, made: Path) -> None:
    (made / name).write_bytes(b"not a database at all")
    assert damaged(made) == [made / name]
    with pytest.raises(sqlite3.DatabaseError):
        make_instance(made, with_postgres=False)


def test_postgres_is_named_by_its_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_POSTGRES_URL", "postgresql://dagster:secret@db/dagster")
    write_instance_config(tmp_path, with_postgres=True)
    assert "secret" not in (tmp_path / "dagster.yaml").read_text()
    config, _ = dagster_instance_config(str(tmp_path))
    assert config["storage"]["postgres"]["postgres_url"] == {"env": "DATELINE_POSTGRES_URL"} or (
        config["storage"]["postgres"]["postgres_url"] == "postgresql://dagster:secret@db/dagster"
    )


def test_it_is_written_anew_until_somebody_makes_it_their_own(tmp_path: Path) -> None:
    path = tmp_path / "dagster.yaml"
    write_instance_config(tmp_path, with_postgres=True)
    write_instance_config(tmp_path, with_postgres=False)
    assert "storage" not in yaml.safe_load(path.read_text())
    path.write_text("telemetry: {enabled: false}\n")
    write_instance_config(tmp_path, with_postgres=False)
    assert path.read_text() == "telemetry: {enabled: false}\n"


@dg.job
def passing() -> None:
    pass


@dg.asset
def checked() -> None:
    sys.stdout.write("made\n")


@dg.asset_check(asset=checked)
def holds() -> dg.AssetCheckResult:
    return dg.AssetCheckResult(passed=True)


def test_nothing_is_left_of_a_forgotten_run(instance: dg.DagsterInstance, tmp_path: Path) -> None:
    defs = dg.Definitions(assets=[checked], asset_checks=[holds])
    job = defs.resolve_implicit_global_asset_job_def()
    old = job.execute_in_process(instance=instance).run_id
    between = datetime.now(tz=UTC)
    kept = job.execute_in_process(instance=instance).run_id
    assert {old, kept} <= {word for file in _names(tmp_path) for word in file.split("/")}
    assert forget_runs(instance, before=between) == 1
    assert not [file for file in _names(tmp_path) if old in file]
    assert [file for file in _names(tmp_path) if kept in file]
    with closing(sqlite3.connect(tmp_path / "history/runs/index.db")) as con:
        for table in ("event_logs", "asset_check_executions"):
            runs = con.execute(f"SELECT DISTINCT run_id FROM {table}").fetchall()
            assert runs == [(kept,)], table


def test_old_events_of_no_run_are_forgotten_but_the_newest_of_each_asset(
    instance: dg.DagsterInstance, tmp_path: Path
) -> None:
    """The daemon notes each time that an asset turns stale or fresh again."""
    for state in (FreshnessState.PASS, FreshnessState.FAIL, FreshnessState.PASS):
        for name in ("parsed_articles", "articles"):
            _note_freshness(instance, name, state)
    yesterday = datetime.now(tz=UTC) - timedelta(days=1)
    assert _runless_events(tmp_path) == {"index.db": 6, ".db": 6}
    forget_runs(instance, before=yesterday)
    assert _runless_events(tmp_path) == {"index.db": 6, ".db": 6}
    forget_runs(instance, before=datetime.now(tz=UTC) + timedelta(seconds=1))
    assert _runless_events(tmp_path) == {"index.db": 2, ".db": 2}
    kept = instance.event_log_storage.get_freshness_state_records([dg.AssetKey("articles")])
    assert kept[dg.AssetKey("articles")].freshness_state == FreshnessState.PASS


def _note_freshness(instance: dg.DagsterInstance, name: str, state: FreshnessState) -> None:
    key = dg.AssetKey(name)
    change = FreshnessStateChange(
        key=key,
        new_state=state,
        previous_state=FreshnessState.UNKNOWN,
        state_change_timestamp=datetime.now(tz=UTC).timestamp(),
    )
    instance.report_dagster_event(
        DagsterEvent(
            event_type_value=DagsterEventType.FRESHNESS_STATE_CHANGE.value,
            job_name=RUNLESS_JOB_NAME,
            event_specific_data=change,
        ),
        run_id=RUNLESS_RUN_ID,
    )


def _runless_events(folder: Path) -> dict[str, int]:
    """How many, by the file of Dagster's storage."""
    counts = {}
    for name in ("index.db", ".db"):
        with closing(sqlite3.connect(folder / "history/runs" / name)) as con:
            (counts[name],) = con.execute(
                "SELECT count(*) FROM event_logs WHERE run_id = ''"
            ).fetchone()
    return counts


def _names(folder: Path) -> list[str]:
    """Files and folders, those of a run's events without their ending."""
    paths = (path.relative_to(folder).as_posix() for path in folder.rglob("*"))
    return [path.removesuffix(".db") for path in paths]


def test_old_runs_are_forgotten_and_others_kept(instance: dg.DagsterInstance) -> None:
    for _ in range(3):
        passing.execute_in_process(instance=instance)
    at_work = instance.create_run_for_job(passing, status=dg.DagsterRunStatus.STARTED)
    now = datetime.now(tz=UTC)
    assert forget_runs(instance, before=now - timedelta(days=1)) == 0
    assert forget_runs(instance, before=now + timedelta(seconds=1)) == 3
    assert [run.run_id for run in instance.get_runs()] == [at_work.run_id]
