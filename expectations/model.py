"""What an expectation is, and the short constructors that declare one.

What belongs here: the ``Expectation`` value, the thresholds that a setting may move, and one
constructor per kind of check. What does not: the checks themselves (structure.py, rows.py,
balance.py) and anything that runs them (validate.py). Nothing here imports Great
Expectations: a code location reads the declarations to list its checks.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Literal, NotRequired, TypedDict

Suite = Literal[
    "structure", "keys", "references", "rows", "conservation", "volume", "shares", "feeds"
]
Severity = Literal["blocking", "warning"]
Scope = Literal["night", "table"]
Unit = Literal["share", "rise", "ratio"]

NO_ROWS = "expect_no_rows"
MEASURE_BETWEEN = "expect_measure_to_be_between"


@dataclass(frozen=True, kw_only=True)
class Expectation:
    """One check of the staging file.

    ``type`` is a Great Expectations type and ``arguments`` its own arguments. ``scope`` tells
    what is read: ``night`` only the rows of the nights under audit, ``table`` all of them.
    A ``blocking`` one that fails stops publication, a ``warning`` is only shown. ``unit`` tells
    how its figure is shown, beside its bound: a share or a rise of one in per cent, a ratio in
    times.
    """

    name: str
    suite: Suite
    table: str
    description: str
    type: str
    arguments: dict[str, object] = field(hash=False)
    scope: Scope = "night"
    severity: Severity = "blocking"
    unit: Unit | None = None


class Kind(TypedDict):
    """The fields of an expectation that say what is run, and the unit of its figure."""

    type: str
    arguments: dict[str, object]
    unit: NotRequired[Unit | None]


def _threshold(default: Any, meaning: str) -> Any:
    return field(default=default, metadata={"meaning": meaning})


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """Bounds of the expectations that judge a night as a whole; a ``_share`` is within 0-1.

    What is called ``broken`` stops publication, the others warn.

    Raises ValueError where a bound makes no sense.
    """

    judged_from_delivered: int = _threshold(20, "smaller nights are not judged by shares")
    broken_rejected_share: float = _threshold(
        0.5, "share of documents quarantined, but for naming no country or being withdrawn"
    )
    high_rejected_share: float = _threshold(0.2, "the same, as a warning")
    high_rule_share: float = _threshold(0.15, "share of documents quarantined by any one rule")
    high_no_country_share: float = _threshold(0.5, "share of documents that name no country")
    broken_failed_share: float = _threshold(0.02, "share of documents that made a stage fail")
    broken_failed_from: int = _threshold(5, "and how many of them there are at the least")
    high_untitled_share: float = _threshold(0.7, "share of articles without a title")
    high_unknown_source_share: float = _threshold(0.9, "share without a known source")
    high_unknown_language_share: float = _threshold(0.05, "share without a known language")
    highest_share_rise: float = _threshold(
        0.2, "rise of the share in quarantine, without title or source, above the usual one"
    )
    volume_nights: int = _threshold(28, "the usual is the median of so many earlier nights")
    volume_from_nights: int = _threshold(5, "and is known once there are so many")
    lowest_volume_ratio: float = _threshold(0.3, "rows of a night, in times of the usual")
    highest_volume_ratio: float = _threshold(3.0, "the same, at the most")
    weekday_nights: int = _threshold(8, "the usual of a weekday: the median of so many of them")
    weekday_from_nights: int = _threshold(4, "and is known once there are so many")
    lowest_weekday_ratio: float = _threshold(0.4, "documents, in times of the weekday's usual")
    highest_weekday_ratio: float = _threshold(2.5, "the same, at the most")
    feed_nights: int = _threshold(56, "a feed used to deliver: looked at are so many nights")
    feed_from_nights: int = _threshold(7, "in so many of which it came")
    highest_pause_ratio: float = _threshold(
        1.3, "nights from its last delivery to the next, in times of the most that there were"
    )
    feed_ended_nights: int = _threshold(14, "after so many nights of silence a feed has ended")
    judged_from_of_feed: int = _threshold(10, "documents of a feed, by which it is judged")
    highest_feed_share_rise: float = _threshold(
        0.3, "rise of a feed's share in quarantine above its usual one"
    )
    lowest_feed_ratio: float = _threshold(
        0.3, "documents of a feed, in times of its usual on the weekday"
    )
    highest_feed_ratio: float = _threshold(3.0, "the same, at the most")
    new_outlet_articles: int = _threshold(
        10, "articles of an outlet that is new and not in the registry, from so many on"
    )

    def __post_init__(self) -> None:
        for each in fields(self):
            value = getattr(self, each.name)
            highest = 1 if each.name.endswith(("_share", "_rise")) else float("inf")
            lowest = 1 if isinstance(each.default, int) else 0
            if not lowest <= value <= highest:
                raise ValueError(f"{each.name} = {value}: expected {lowest} to {highest:g}")


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
    unit: Unit | None = None,
    **parameters: object,
) -> Kind:
    """Type and arguments of a check on figures: ``query`` gives a ``value`` per row."""
    bounds = {"lowest": lowest, "highest": highest}
    arguments: dict[str, object] = {"query": _filled(query, parameters), **bounds}
    return {"type": MEASURE_BETWEEN, "arguments": arguments, "unit": unit}


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
