"""From an expectation to the SQL that Great Expectations runs for it.

What belongs here: the SQL of a batch, and the wrapping of a query so that one run of it gives
a capped sample together with true figures. What does not: running it (validate.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from etl.schema import TABLES
from expectations.model import MEASURE_BETWEEN, NO_ROWS, Expectation
from expectations.results import SAMPLE_ROWS

INSIDE = "_inside"
UNEXPECTED = "_unexpected"
LOWEST = "_lowest"
HIGHEST = "_highest"
FIGURES = (INSIDE, UNEXPECTED, LOWEST, HIGHEST)

_KEYS = {table.name: table.key for table in TABLES}


@dataclass(frozen=True, kw_only=True)
class Check:
    """An expectation as Great Expectations takes it: its type and that type's arguments."""

    name: str
    type: str
    arguments: dict[str, object]


def batch_query(expectation: Expectation, nights: Sequence[date]) -> str:
    """The rows that an expectation looks at."""
    query = f"SELECT * FROM {expectation.table}"
    if expectation.scope == "table":
        return query
    return f"{query} WHERE ingested_on IN ({', '.join(_day(night) for night in nights)})"


def to_check(expectation: Expectation, nights: Sequence[date]) -> Check:
    """The check of an expectation; a query of ours is wrapped."""
    arguments = expectation.arguments
    if expectation.type in (NO_ROWS, MEASURE_BETWEEN):
        sql = sample_query(expectation, nights)
        # Great Expectations formats the query: only its own {batch} may stay in single braces.
        braced = sql.replace("{", "{{").replace("}", "}}")
        arguments = {"unexpected_rows_query": with_batch(braced, "SELECT * FROM {batch}", nights)}
    return Check(name=expectation.name, type=expectation.type, arguments=arguments)


def readable_query(expectation: Expectation, nights: Sequence[date]) -> str | None:
    """SQL for a person's own client that shows the sample; None for a check not of ours."""
    if expectation.type not in (NO_ROWS, MEASURE_BETWEEN):
        return None
    return with_batch(sample_query(expectation, nights), batch_query(expectation, nights), nights)


def sample_query(expectation: Expectation, nights: Sequence[date]) -> str:
    """At most 20 rows of the query, the offending ones first, with the figures of all."""
    query = str(expectation.arguments["query"])
    if expectation.type == NO_ROWS:
        figures, broken = "NULL", "true"
    else:
        figures, broken = "value", outside(expectation)
    return (
        f"SELECT NOT ({broken}) AS {INSIDE}, count(*) FILTER ({broken}) OVER () AS {UNEXPECTED},"
        f" min({figures}) OVER () AS {LOWEST}, max({figures}) OVER () AS {HIGHEST}, *"
        f"\nFROM (\n{query}\n)\nORDER BY ALL LIMIT {SAMPLE_ROWS}"
    )


def outside(expectation: Expectation) -> str:
    """The condition under which a figure lies outside the bounds of a measure."""
    bounds = (
        ("<", expectation.arguments.get("lowest")),
        (">", expectation.arguments.get("highest")),
    )
    conditions = [f"value {sign} {bound}" for sign, bound in bounds if bound is not None]
    # A figure that is missing was not judged, so it counts as outside.
    return " OR ".join(("value IS NULL", *conditions))


def with_batch(sql: str, batch: str, nights: Sequence[date]) -> str:
    """A query with the rows that it looks at, and the nights, defined before it."""
    days = ", ".join(f"({_day(night)})" for night in nights)
    return f"WITH batch AS NOT MATERIALIZED ({batch}),\nnights(night) AS (VALUES {days})\n{sql}"


def _day(night: date) -> str:
    return f"DATE '{night.isoformat()}'"


def key_columns(table: str) -> tuple[str, ...]:
    """Columns that name an offending row in a sample."""
    return _KEYS.get(table, ())  # a view has none
