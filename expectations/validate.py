"""Run expectations on a DuckDB file.

What belongs here: the order of work, and the reading of what Great Expectations returns. What
does not: expectations (suites.py), their SQL (queries.py), Great Expectations' set-up
(engine.py), and any opinion on what a failure means for publication.

All checks run inside DuckDB; only figures and samples of offending rows come out.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from expectations.deferral import defer_unused
from expectations.model import Expectation, fingerprint
from expectations.queries import batch_query, key_columns, readable_query, to_check
from expectations.results import SAMPLE_ROWS, ExpectationError, Result
from expectations.suites import EXPECTATIONS

if TYPE_CHECKING:
    from expectations.engine import Engine

__all__ = ["ExpectationError", "Result", "fingerprint", "validate"]


def validate(
    path: Path,
    *,
    nights: Sequence[date],
    expectations: Sequence[Expectation] = EXPECTATIONS,
    on_checked: Callable[[int], None] | None = None,
) -> list[Result]:
    """Check the file at ``path``, read-only; one result per expectation, in their order.

    Expectations of scope ``night`` see the rows of ``nights`` only. ``on_checked`` is called with
    the number of expectations whenever some more have been checked. An exception inside a
    check is a failure of that check.

    Raises:
        ExpectationError: there is no such file, no night, or two expectations share a name.
        duckdb.Error: the file is no DuckDB file, or is open for writing.
    """
    _check_request(path, nights, expectations)
    defer_unused()
    from expectations import duckdb_dialect, engine  # over a second

    results: dict[str, Result] = {}
    with _quiet(), duckdb_dialect.held_open(path):
        source = engine.Engine(path)
        for _, group in groupby(sorted(expectations, key=_batch_name), key=_batch_name):
            checked = _run(source, list(group), nights)
            results |= checked
            if on_checked:
                on_checked(len(checked))
    return [results[expectation.name] for expectation in expectations]


def _check_request(path: Path, nights: Sequence[date], expectations: Sequence[Expectation]) -> None:
    if not path.is_file():
        raise ExpectationError(f"{path}: no file to check")
    if not nights:
        raise ExpectationError(f"{path}: no night to check, expected at least one")
    names = [expectation.name for expectation in expectations]
    if repeated := sorted({name for name in names if names.count(name) > 1}):
        raise ExpectationError(f"expectations share a name: {', '.join(repeated)}")


def _batch_name(expectation: Expectation) -> str:
    return f"{expectation.table} by {expectation.scope}"


def _run(
    source: "Engine", members: Sequence[Expectation], nights: Sequence[date]
) -> dict[str, Result]:
    """Results by name, of expectations on the same table and scope."""
    returned = source.run(
        batch_query(members[0], nights),
        [to_check(member, nights) for member in members],
        key_columns=key_columns(members[0].table),
        sample_rows=SAMPLE_ROWS,
    )
    return {m.name: _result(m, returned.get(m.name), nights) for m in members}


def _result(expectation: Expectation, returned: Any, nights: Sequence[date]) -> Result:
    detail = dict(returned.result) if returned is not None else {}
    if not detail:
        return Result(expectation=expectation, passed=False, error=_error(returned))
    passed = bool(returned.success)
    observed = detail.get("observed_value")
    return Result(
        expectation=expectation,
        passed=passed,
        observed=None if observed is None else str(observed),
        unexpected_count=int(detail.get("unexpected_count") or 0),
        sample=() if passed else _sample(detail),
        query=None if passed else _query(expectation, detail, nights),
    )


def _query(expectation: Expectation, detail: dict[str, Any], nights: Sequence[date]) -> str | None:
    if ours := readable_query(expectation, nights):
        return ours
    batch = batch_query(expectation, nights)
    # Great Expectations prints the batch without its parentheses.
    theirs: str | None = detail.get("unexpected_index_query")
    return theirs and theirs.replace(f"FROM {batch}", f"FROM ({batch})", 1)


def _error(returned: Any) -> str:
    """Why a check gave no result: the first exception's message."""
    info = returned.exception_info if returned is not None else {}
    infos = [info] if "raised_exception" in info else list(info.values())
    messages = [str(each["exception_message"]) for each in infos if each.get("raised_exception")]
    return messages[0] if messages else "the check returned no result"


def _sample(detail: dict[str, Any]) -> tuple[dict[str, str], ...]:
    rows = detail.get("unexpected_rows") or detail.get("partial_unexpected_index_list") or []
    return tuple(
        {name: "" if value is None else str(value) for name, value in row.items()}
        for row in rows[:SAMPLE_ROWS]
    )


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep Great Expectations' log to itself: what fails is told by the results."""
    logger = logging.getLogger("great_expectations")
    propagate, silent = logger.propagate, logging.NullHandler()
    logger.propagate = False
    logger.addHandler(silent)
    try:
        yield
    finally:
        logger.propagate = propagate
        logger.removeHandler(silent)
