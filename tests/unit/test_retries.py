"""What passes by itself is tried again; what does not fails at once, with its own words."""

import errno

import dagster as dg
import duckdb
import pytest
from filelock import Timeout

from assets.night import retries
from assets.watch.failures import reason_of
from etl.errors import LandingError, StageError, WarehouseError
from etl.objects.faults import UnansweredError


def listing(cause: OSError) -> LandingError:
    error = LandingError("cannot be listed")
    error.__cause__ = cause
    return error


def lock_wait() -> WarehouseError:
    error = WarehouseError("another run has been writing")
    error.__cause__ = Timeout("lock")
    return error


@pytest.mark.parametrize(
    ("error", "passes"),
    [
        (OSError(errno.EIO, "input/output error"), True),
        (OSError(errno.ESTALE, "stale file handle"), True),
        (OSError(errno.ENOSPC, "no space left"), False),
        (FileNotFoundError(errno.ENOENT, "no such file"), False),
        (PermissionError(errno.EACCES, "not allowed"), False),
        (lock_wait(), True),
        (listing(UnansweredError(errno.ETIMEDOUT, "no answer")), True),
        (listing(PermissionError(errno.EACCES, "not allowed")), False),
        (LandingError("no such folder"), False),
        (WarehouseError("a stage has lost a document"), False),
        (duckdb.IOException("Could not set lock on file"), True),
        (duckdb.IOException("not a valid DuckDB file"), False),
    ],
    ids=repr,
)
def test_what_passes(error: Exception, passes: bool) -> None:
    assert retries.passes(error) == passes


def attempts_of(error: Exception, monkeypatch: pytest.MonkeyPatch) -> tuple[int, str]:
    """How often a step that always meets ``error`` is run, and what it fails with."""
    monkeypatch.setattr(retries, "WAIT_SECONDS", 0)
    calls: list[int] = []

    @dg.op
    def meet() -> None:
        calls.append(1)
        with retries.tried_again():
            raise error

    @dg.job(executor_def=dg.in_process_executor)
    def meeting() -> None:
        meet()

    result = meeting.execute_in_process(raise_on_error=False)
    (failed,) = [event for event in result.all_events if event.is_step_failure]
    return len(calls), reason_of(failed.step_failure_data.error)


def test_a_passing_error_is_tried_twice_more(monkeypatch: pytest.MonkeyPatch) -> None:
    count, reason = attempts_of(OSError(errno.EIO, "the disk is away"), monkeypatch)
    assert count == 3
    assert "the disk is away" in reason


@pytest.mark.parametrize("error", [StageError("a bug"), OSError(errno.ENOSPC, "disk full")])
def test_a_lasting_error_fails_at_once(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    count, reason = attempts_of(error, monkeypatch)
    assert count == 1
    assert str(error.args[-1]) in reason
