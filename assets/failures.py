"""Why a step failed, in one line.

What belongs here: reading Dagster's record of an error, for the command line and the alarms.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dagster_shared.error import SerializableErrorInfo

SHOWN_CHARS = 500


def reason_of(error: "SerializableErrorInfo | None") -> str:
    """The innermost cause: Dagster wraps an error once, a retried one twice."""
    if error is None:
        return "no error was recorded"
    while error.cause is not None:
        error = error.cause
    if "DagsterExecutionInterruptedError" in error.message:
        return "cancelled"
    return one_line(error.message)


def one_line(text: str) -> str:
    """The text without line ends, cut to what a message can hold."""
    return " ".join(text.split())[:SHOWN_CHARS]
