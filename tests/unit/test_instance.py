"""Dagster's own settings: the template, what Dagster makes of it, and what it forgets."""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg
import pytest
import yaml
from dagster._core.instance.config import dagster_instance_config

from assets.cli.instance import write_instance_config
from assets.watch.run_history import forget_runs


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


def test_old_runs_are_forgotten_and_others_kept(instance: dg.DagsterInstance) -> None:
    for _ in range(3):
        passing.execute_in_process(instance=instance)
    at_work = instance.create_run_for_job(passing, status=dg.DagsterRunStatus.STARTED)
    now = datetime.now(tz=UTC)
    assert forget_runs(instance, before=now - timedelta(days=1)) == 0
    assert forget_runs(instance, before=now + timedelta(seconds=1)) == 3
    assert [run.run_id for run in instance.get_runs()] == [at_work.run_id]
