"""Why a step failed, in one line.

What belongs here: reading Dagster's record of an error, for the command line and the alarms, and
what a cancelled operation raises.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dagster._core.errors import DagsterExecutionInterruptedError

from assets.guard.invisible import shown_in_line
from etl.errors import DatelineError, RefusedNight, UploadError

if TYPE_CHECKING:
    from dagster_shared.error import SerializableErrorInfo

SHOWN_CHARS = 500
OWN = f"{DatelineError.__module__}."


def reason_of(error: "SerializableErrorInfo | None") -> str:
    """The innermost cause: Dagster wraps an error once, a retried one twice.

    An error of ours is told in its words alone; what caused it would tell less.
    """
    if error is None:
        return "no error was recorded"
    while error.cause is not None and not error.message.startswith(OWN):
        error = error.cause
    if error.message.startswith(OWN):
        return one_line(error.message.partition(": ")[2])
    if "DagsterExecutionInterruptedError" in error.message:
        return "cancelled"
    return one_line(error.message)


def is_failed_audit(step: str | None, error: "SerializableErrorInfo | None") -> bool:
    """Whether the audit ended as it should where a check does not hold, not by an error."""
    return step == "audit" and _is_of(RefusedNight, error)


def is_failed_upload(step: str | None, error: "SerializableErrorInfo | None") -> bool:
    """Whether all was published here, or was before, and only the upload failed."""
    return step in ("published", "staging") and _is_of(UploadError, error)


def _is_of(kind: type[DatelineError], error: "SerializableErrorInfo | None") -> bool:
    cause = error.cause if error is not None else None
    return cause is not None and cause.cls_name == kind.__name__


def one_line(text: str) -> str:
    """The text without line ends and unseen characters, cut to what a message can hold."""
    return shown_in_line(" ".join(text.split()))[:SHOWN_CHARS]


@contextmanager
def interruptible() -> Iterator[None]:
    """Have a cancelled operation end as any command does by Ctrl-C, without a traceback.

    Dagster raises an error of its own, also while the run waits for another to end.
    """
    try:
        yield
    except DagsterExecutionInterruptedError as error:
        raise KeyboardInterrupt from error
