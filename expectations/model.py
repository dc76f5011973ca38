"""What an expectation is, and the short constructors that declare one.

What belongs here: the ``Expectation`` value, the thresholds that a setting may move, and one
constructor per kind of check. What does not: the checks themselves (structure.py, rows.py,
balance.py) and anything that runs them (validate.py). Nothing here imports Great
Expectations: a code location reads the declarations to list its checks.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, TypedDict

Suite = Literal["structure", "keys", "references", "rows", "conservation", "volume", "shares"]
Severity = Literal["blocking", "warning"]
Scope = Literal["night", "table"]

NO_ROWS = "expect_no_rows"
MEASURE_BETWEEN = "expect_measure_to_be_between"


@dataclass(frozen=True, kw_only=True)
class Expectation:
    """One check of the staging file.

    ``type`` is a Great Expectations type and ``arguments`` its own arguments. ``scope`` tells
    what is read: ``night`` only the rows of the nights under audit, ``table`` all of them.
    A ``blocking`` one that fails stops publication, a ``warning`` is only shown.
    """

    name: str
    suite: Suite
    table: str
    description: str
    type: str
    arguments: dict[str, object] = field(hash=False)
    scope: Scope = "night"
    severity: Severity = "blocking"


class Kind(TypedDict):
    """The two fields of an expectation that say what is run."""

    type: str
    arguments: dict[str, object]


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """Bounds of the expectations that judge a night as a whole; shares are 0-1.

    A night with fewer than ``judged_from_delivered`` documents is too small for shares.
    """

    judged_from_delivered: int = 20
    broken_rejected_share: float = 0.5
    high_rejected_share: float = 0.2
    high_rule_share: float = 0.15
    high_no_country_share: float = 0.5
    broken_failed_share: float = 0.02
    broken_failed_from: int = 5
    high_untitled_share: float = 0.7
    high_unknown_source_share: float = 0.9
    high_unknown_language_share: float = 0.05
    volume_nights: int = 28
    volume_from_nights: int = 5
    lowest_volume_ratio: float = 0.3
    highest_volume_ratio: float = 3.0


def no_rows(query: str, **parameters: object) -> Kind:
    """Type and arguments of a check that lists the rows that break it.

    In ``query``, ``batch`` is the table of rows to check (those of the nights under audit, or
    all, by the expectation's scope), ``nights`` the table of nights under audit with one
    column, ``night``; a name in braces stands for the parameter so called.
    """
    return {"type": NO_ROWS, "arguments": {"query": _filled(query, parameters)}}


def measure(
    query: str,
    *,
    lowest: float | None = None,
    highest: float | None = None,
    **parameters: object,
) -> Kind:
    """Type and arguments of a check on figures: ``query`` gives a ``value`` per row."""
    bounds = {"lowest": lowest, "highest": highest}
    return {"type": MEASURE_BETWEEN, "arguments": {"query": _filled(query, parameters), **bounds}}


def native(type_: str, **arguments: object) -> Kind:
    """Type and arguments of one of Great Expectations' own checks."""
    return {"type": type_, "arguments": arguments}


def between(column: str, *, lowest: object = None, highest: object = None) -> Kind:
    """Every value of ``column`` that is not null lies within the bounds, both included."""
    return native(
        "expect_column_values_to_be_between", column=column, min_value=lowest, max_value=highest
    )


def matching(column: str, regex: str) -> Kind:
    """Every value of ``column`` that is not null holds a match of ``regex`` (RE2)."""
    return native("expect_column_values_to_match_regex", column=column, regex=regex)


def one_of(column: str, values: Sequence[str]) -> Kind:
    """Every value of ``column`` that is not null is one of ``values``."""
    return native("expect_column_values_to_be_in_set", column=column, value_set=list(values))


def fingerprint(expectations: Sequence[Expectation]) -> str:
    """Hash of everything that decides what is checked; descriptions do not.

    The gate compares it, so that an audit with a shortened or softened suite opens nothing.
    """
    rows = sorted(_definition(expectation) for expectation in expectations)
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def _definition(e: Expectation) -> str:
    fields = [e.name, e.suite, e.table, e.type, e.arguments, e.scope, e.severity]
    return json.dumps(fields, sort_keys=True, default=str)


def _filled(query: str, parameters: dict[str, object]) -> str:
    for name, value in parameters.items():
        query = query.replace(f"{{{name}}}", str(value))
    return query.strip()
