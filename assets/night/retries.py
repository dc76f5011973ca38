"""What is worth another try: what passes by itself, and nothing else.

What belongs here: which errors pass, and how a step asks to be run again. What does not:
runs that were killed, which Dagster starts once more (assets/dagster.yaml).

Not Dagster's ``RetryPolicy``: that one tries every error again, a wrong file as much as a busy
disk, and runs a step again that somebody has just cancelled.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg
import duckdb
from filelock import Timeout

from etl.errors import PASSING_ERRORS, LandingError, WarehouseError

MAX_RETRIES = 2
WAIT_SECONDS = 30.0


def passes(error: BaseException) -> bool:
    """Whether the same work may well succeed in a minute."""
    if isinstance(error, WarehouseError):
        return isinstance(error.__cause__, Timeout)
    if isinstance(error, LandingError):
        return error.__cause__ is not None and passes(error.__cause__)
    if isinstance(error, OSError):
        return error.errno in PASSING_ERRORS
    return isinstance(error, duckdb.IOException) and "lock" in str(error)


@contextmanager
def tried_again() -> Iterator[None]:
    """Have the step run again after what passes; every other error goes on.

    The work inside must begin from the start: claims, parts and staging do.
    """
    try:
        yield
    except (OSError, LandingError, WarehouseError, duckdb.IOException) as error:
        if not passes(error):
            raise
        raise dg.RetryRequested(max_retries=MAX_RETRIES, seconds_to_wait=WAIT_SECONDS) from error
