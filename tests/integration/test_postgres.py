"""Dagster's storage in PostgreSQL: nights, services and forgetting, against a real server."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier

import dagster as dg
import pytest
from person import START_SECONDS, Person, free_port
from postgres import PASSWORD, WRITTEN, Server, serving

from assets.watch.run_history import forget_runs

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


@pytest.fixture(scope="module")
def person(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Person:
    """Whose home keeps Dagster's storage in the server; both services have been started at once."""
    folder = tmp_path_factory.mktemp("desk")
    person = Person(folder, DATELINE_POSTGRES_URL=server.address)
    both = Barrier(2, timeout=START_SECONDS)

    def serve(until: str, *command: str) -> None:
        with person.serves(*command, until=until):
            both.wait()

    webserver = ("Serving dagster-webserver", "webserver", "--port", str(free_port()))
    daemon = ("Instance is configured with the following daemons", "daemon")
    with ThreadPoolExecutor(2) as pool:
        for service in [pool.submit(serve, *each) for each in (webserver, daemon)]:
            service.result()
    return person


def home_of(person: Person) -> Path:
    return Path(person.environment["DATELINE_HOME"])


@pytest.fixture
def instance(person: Person, monkeypatch: pytest.MonkeyPatch) -> Iterator[dg.DagsterInstance]:
    address = person.environment["DATELINE_POSTGRES_URL"]
    monkeypatch.setenv("DATELINE_POSTGRES_URL", address.replace("://", "+psycopg2://"))
    with dg.DagsterInstance.from_config(str(home_of(person) / "dagster")) as instance:
        yield instance


def test_a_night_is_published_and_its_run_lies_in_the_database(
    person: Person, instance: dg.DagsterInstance
) -> None:
    assert "Published" in person.calls("run")
    (run,) = instance.get_runs()
    assert run.status == dg.DagsterRunStatus.SUCCESS
    assert type(instance.event_log_storage).__name__ == "PostgresEventLogStorage"
    assert instance.get_latest_materialization_event(dg.AssetKey("published")) is not None
    assert list((home_of(person) / "dagster").rglob("*.db")) == []


def test_no_file_of_the_home_holds_the_password(person: Person) -> None:
    files = [path for path in home_of(person).rglob("*") if path.is_file()]
    assert files
    for secret in (WRITTEN, PASSWORD):
        assert [path for path in files if secret.encode() in path.read_bytes()] == []


def test_the_upgrade_of_dagsters_storage_finds_the_database(person: Person) -> None:
    address = person.environment["DATELINE_POSTGRES_URL"]
    person.calls_dagster(
        "instance", "migrate", DATELINE_POSTGRES_URL=address.replace("://", "+psycopg2://")
    )


def test_old_runs_are_forgotten_with_all_that_is_kept_of_them(
    person: Person, instance: dg.DagsterInstance
) -> None:
    assert instance.get_runs_count() == 1
    assert forget_runs(instance, before=datetime.now(tz=UTC) + timedelta(seconds=1)) == 1
    assert instance.get_runs_count() == 0
    with instance.event_log_storage.index_connection() as con:  # type: ignore[attr-defined]
        for table in ("event_logs", "asset_check_executions"):
            of_runs = con.exec_driver_sql(f"SELECT count(*) FROM {table} WHERE run_id <> ''")
            assert of_runs.scalar() == 0


def test_a_server_that_was_stopped_is_told_in_one_line(person: Person, server: Server) -> None:
    server.stop()
    told = person.fails("run")
    assert told.count("\n") == 1
    assert "DATELINE_POSTGRES_URL: no connection to PostgreSQL at 127.0.0.1" in told
    assert WRITTEN not in told
