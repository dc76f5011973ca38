"""What comes back of an expectation.

What belongs here: the result value and the error of an audit that could not begin. What does
not: the running (validate.py).
"""

from dataclasses import dataclass, field

from expectations.model import Expectation

SAMPLE_ROWS = 20


class ExpectationError(Exception):
    """The audit cannot begin: no file, no nights, or expectations that share a name."""


@dataclass(frozen=True, kw_only=True)
class Result:
    """The outcome of one expectation.

    ``unexpected_count`` is the true number of offending rows; ``sample`` holds at most 20 of
    them, as text. ``observed`` is the figure that was judged, where there is one. ``error``
    is set where the check itself failed: such a result has not passed. ``query`` is SQL that
    shows the offending rows, where there are any.
    """

    expectation: Expectation
    passed: bool
    observed: str | None = None
    unexpected_count: int = 0
    sample: tuple[dict[str, str], ...] = field(default=(), hash=False)
    error: str | None = None
    query: str | None = None
