"""Great Expectations, set up for one DuckDB file.

What belongs here: everything that names Great Expectations: its context, its batches, and the
two checks by query that are ours. What does not: SQLAlchemy's side (duckdb_dialect.py), the
wording of results (validate.py). Importing this module takes over a second, so validate.py does it
inside a function.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

import great_expectations as gx
from great_expectations.data_context.types.base import ProgressBarsConfig
from great_expectations.expectations.expectation import BatchExpectation
from great_expectations.expectations.registry import get_expectation_impl

from expectations import duckdb_dialect
from expectations.queries import FIGURES, HIGHEST, LOWEST, UNEXPECTED, Check


class ExpectNoRows(BatchExpectation):
    """A query returns no rows.

    ``unexpected_rows_query`` is its wrapped form (see queries.py): a few of the rows, each
    with the true number of all. Great Expectations' own UnexpectedRowsExpectation would run
    the query twice, and fetch every row.
    """

    unexpected_rows_query: str

    metric_dependencies: ClassVar[tuple[str, ...]] = ("unexpected_rows_query.table",)
    success_keys: ClassVar[tuple[str, ...]] = ("unexpected_rows_query",)
    domain_keys: ClassVar[tuple[str, ...]] = ("batch_id", "row_condition", "condition_parser")

    def _validate(self, metrics: dict[str, Any], *_: object, **__: object) -> dict[str, Any]:
        rows = metrics["unexpected_rows_query.table"]
        first = rows[0] if rows else {}
        unexpected = first.get(UNEXPECTED, 0)
        result = {
            "unexpected_count": unexpected,
            "observed_value": _observed(first.get(LOWEST), first.get(HIGHEST)),
            "unexpected_rows": [
                {k: v for k, v in row.items() if k not in FIGURES} for row in rows[:unexpected]
            ],
        }
        return {"success": unexpected == 0, "result": result}


class ExpectMeasureToBeBetween(ExpectNoRows):
    """No figure that a query returns lies outside its bounds; the figures are observed."""


def _observed(lowest: object, highest: object) -> str | None:
    if lowest is None:
        return None
    return str(lowest) if lowest == highest else f"{lowest} to {highest}"


class Engine:
    """An ephemeral context of Great Expectations on one file, opened read-only."""

    def __init__(self, path: Path) -> None:
        duckdb_dialect.enable_regex()
        context = gx.get_context(mode="ephemeral")
        context.variables.progress_bars = ProgressBarsConfig(globally=False)
        context.enable_analytics(False)
        sources: Any = context.data_sources  # its methods are made at run time, untyped
        self._source = sources.add_sql(
            "duckdb",
            connection_string=duckdb_dialect.CONNECTION_STRING,
            kwargs=duckdb_dialect.engine_arguments(path),
        )

    def run(
        self,
        batch: str,
        checks: Sequence[Check],
        *,
        key_columns: Sequence[str],
        sample_rows: int,
    ) -> dict[str, Any]:
        """Great Expectations' results by the name of their check, on the rows of ``batch``."""
        asset = self._source.add_query_asset(name=batch, query=batch)
        # A batch definition would be kept: the context writes all that it keeps for each anew.
        validated = asset.get_batch(asset.build_batch_request()).validate(
            suite(checks),
            result_format={
                "result_format": "SUMMARY",
                "partial_unexpected_count": sample_rows,
                "unexpected_index_column_names": list(key_columns),
                "return_unexpected_index_query": True,
            },
        )
        results: list[Any] = list(validated.results)
        return {each.expectation_config.meta["name"]: each for each in results}


def suite(checks: Sequence[Check]) -> gx.ExpectationSuite:
    """The checks as a suite; results find their check again by ``meta["name"]``."""
    return gx.ExpectationSuite(
        "suite",
        expectations=[
            _implementation(check.type)(**check.arguments, meta={"name": check.name})
            for check in checks
        ],
    )


def _implementation(type_: str) -> Any:
    return get_expectation_impl(type_)
