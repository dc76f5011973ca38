"""What a DuckDB file of ours holds: its nights, its runs, and whether it lacks what was logged.

What belongs here: reading the published file and kept releases, read-only, for people and for
operations. What does not: building such a file (etl/warehouse/staging.py) and where they lie
(etl/warehouse/releases.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import polars as pl

from etl.errors import WarehouseError
from etl.schema import RUNS

ASKED = {"delivery_id": pl.String()}


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


def nights_holding(path: Path, delivery_ids: Sequence[str]) -> list[date]:
    """Nights in which the file still has the text of withdrawn deliveries, ascending.

    A file that was built before they arrived does not know them at all.
    """
    with open_file(path) as con:
        con.register("asked", pl.DataFrame({"delivery_id": delivery_ids}, schema=ASKED))
        return list(
            _dates(
                con,
                "SELECT DISTINCT d.ingested_on FROM deliveries d SEMI JOIN asked USING "
                "(delivery_id) ANTI JOIN (SELECT delivery_id FROM quarantine WHERE rule = "
                "'withdrawn') q ON q.delivery_id = d.delivery_id ORDER BY 1",
            )
        )


def open_file(
    path: Path, *, settings: Mapping[str, str] | None = None
) -> duckdb.DuckDBPyConnection:
    """A read-only connection, with ``settings`` of DuckDB's.

    Raises WarehouseError where there is no file of ours.
    """
    if not path.exists():
        raise WarehouseError(f"no such file: {path}")
    try:
        con = duckdb.connect(str(path), read_only=True, config=dict(settings or {}))
    except duckdb.Error as error:
        raise WarehouseError(f"{path} cannot be opened: {error}") from error
    con.execute("SET TimeZone = 'UTC'")
    return con


def read_outcomes(path: Path, delivery_ids: Sequence[str]) -> pl.DataFrame:
    """What the file says of each delivery that it holds.

    Returns delivery_id, outcome (``schema.OUTCOMES``), article_id of what was published or is
    repeated, rule and detail of what is quarantined.
    """
    with open_file(path) as con:
        con.register("asked", pl.DataFrame({"delivery_id": delivery_ids}, schema=ASKED))
        outcomes: pl.DataFrame = con.sql(
            """
            SELECT d.delivery_id, d.outcome, coalesce(a.article_id, u.article_id) AS article_id,
                q.rule, q.detail
            FROM deliveries d SEMI JOIN asked USING (delivery_id)
            LEFT JOIN articles a ON a.delivery_id = d.delivery_id
            LEFT JOIN duplicates u ON u.delivery_id = d.delivery_id
            LEFT JOIN quarantine q ON q.delivery_id = d.delivery_id
            ORDER BY d.delivery_id
            """
        ).pl()
    return outcomes


def _dates(
    con: duckdb.DuckDBPyConnection, query: str, parameters: list[object] | None = None
) -> tuple[date, ...]:
    return tuple(row[0] for row in con.execute(query, parameters).fetchall())
