"""What a DuckDB file of ours holds: its nights, its runs, and whether it lacks what was logged.

What belongs here: reading the published file and kept releases, read-only, for people and for
operations. What does not: building such a file (etl/warehouse.py) and where they lie
(etl/releases.py).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import polars as pl

from etl.errors import WarehouseError
from etl.schema import RUNS


@dataclass(frozen=True, kw_only=True)
class Contents:
    """What a file holds: ``nights`` ascending, of which the last run wrote ``last_nights``."""

    nights: tuple[date, ...]
    last_nights: tuple[date, ...]
    article_count: int


def read_contents(path: Path) -> Contents:
    """The contents of a file. Raises WarehouseError where it is no file of ours."""
    with open_file(path) as con:
        nights = _dates(
            con,
            "SELECT ingested_on FROM deliveries UNION SELECT ingested_on FROM runs ORDER BY 1",
        )
        last = _dates(
            con,
            "SELECT DISTINCT ingested_on FROM runs "
            "WHERE run_id = (SELECT arg_max(run_id, finished_at) FROM runs) ORDER BY 1",
        )
        row = con.execute("SELECT count(*) FROM articles").fetchone()
    return Contents(nights=nights, last_nights=last, article_count=int(row[0]) if row else 0)


def nights_behind(path: Path, logged: pl.DataFrame) -> list[date]:
    """Nights whose last logged publication (rows of ``schema.RUNS``) the file does not hold.

    After a rollback these are the nights that the newer releases brought or replaced.
    """
    if logged.is_empty():
        return []
    last = logged.sort("finished_at").group_by("ingested_on").last()
    with open_file(path) as con:
        held = con.sql("SELECT run_id, ingested_on FROM runs").pl()
    held = held.cast({name: RUNS.polars_schema[name] for name in held.columns})
    missing = last.join(held, on=["run_id", "ingested_on"], how="anti")
    return sorted(missing["ingested_on"])


def open_file(path: Path) -> duckdb.DuckDBPyConnection:
    """A read-only connection. Raises WarehouseError where there is no file of ours."""
    if not path.exists():
        raise WarehouseError(f"no such file: {path}")
    try:
        con = duckdb.connect(str(path), read_only=True)
    except duckdb.Error as error:
        raise WarehouseError(f"{path} cannot be opened: {error}") from error
    con.execute("SET TimeZone = 'UTC'")
    return con


def nights_of_deliveries(path: Path, delivery_ids: Iterable[str]) -> list[date]:
    """Nights of the file that hold any of the deliveries, ascending."""
    with open_file(path) as con:
        return list(
            _dates(
                con,
                "SELECT DISTINCT ingested_on FROM deliveries "
                "WHERE delivery_id IN (SELECT unnest(?)) ORDER BY 1",
                [list(delivery_ids)],
            )
        )


def _dates(
    con: duckdb.DuckDBPyConnection, query: str, parameters: list[object] | None = None
) -> tuple[date, ...]:
    return tuple(row[0] for row in con.execute(query, parameters).fetchall())
