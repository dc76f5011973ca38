"""Dagster's storage in PostgreSQL: a database that does not answer is told in one line."""

import sys
from types import ModuleType

import pytest
from pydantic import SecretStr

from assets.guard.database import TRIES, check_database
from etl.errors import SettingsError

ADDRESS = SecretStr("postgresql+psycopg2://dagster:s3%403t@db.example:5432/dagster")


class Refused(Exception):
    """What the driver raises."""


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """Of each attempt: why it fails, or None. Attempts take them from the front."""
    answers: list[str | None] = []

    class Connection:
        def close(self) -> None:
            pass

    def connect(url: str, connect_timeout: int) -> Connection:
        assert url == "postgresql://dagster:s3%403t@db.example:5432/dagster"
        assert connect_timeout > 0
        if reason := answers.pop(0):
            raise Refused(reason)
        return Connection()

    driver = ModuleType("psycopg2")
    driver.connect, driver.Error = connect, Refused  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "psycopg2", driver)
    monkeypatch.setitem(sys.modules, "dagster_postgres", ModuleType("dagster_postgres"))
    return answers


def test_a_database_that_answers_is_asked_once(answers: list[str | None]) -> None:
    answers += [None, "unused"]
    check_database(ADDRESS)
    assert answers == ["unused"]


def test_one_that_is_starting_is_waited_for(answers: list[str | None]) -> None:
    answers += ["the database system is starting up", "connection refused", None]
    check_database(ADDRESS, pause_seconds=0)
    assert answers == []


@pytest.mark.parametrize("secret", ["s3%403t", "s3@3t"])
def test_one_that_refuses_is_told_in_a_line_without_the_password(
    answers: list[str | None], secret: str
) -> None:
    reason = f'connection to server at "db.example", port 5432 failed: {secret}\n\tIs it running?\n'
    answers += [reason] * TRIES
    with pytest.raises(SettingsError) as caught:
        check_database(ADDRESS, pause_seconds=0)
    told = str(caught.value)
    assert told.startswith("DATELINE_POSTGRES_URL: no connection to PostgreSQL at db.example: ")
    assert secret not in told and "\n" not in told
    assert caught.value.__cause__ is None


def test_a_driver_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "dagster_postgres", None)
    with pytest.raises(SettingsError, match=r"dagster_postgres is not installed: make postgres"):
        check_database(ADDRESS)
