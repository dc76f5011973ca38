"""What a DuckDB file of ours holds: its nights, its runs, and whether it lacks what was logged.

What belongs here: reading the published file and kept releases, read-only, for people and for
operations. What does not: building such a file (etl/warehouse/staging.py) and where they lie
(etl/warehouse/releases.py).
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import duckdb
import polars as pl

from etl.errors import WarehouseError
from etl.schema import RUNS
from etl.warehouse.foreign_logs import foreign_logs

ASKED = {"delivery_id": pl.String()}


@dataclass(frozen=True, kw_only=True)
class Contents:
    """What a file holds: ``nights`` ascending, of which the last run wrote ``last_nights``.

    ``last_finished_at`` is when that run published, UTC by its clock, ``version`` as what.
    """

    nights: tuple[date, ...]
    last_nights: tuple[date, ...]
    last_finished_at: datetime | None
    version: str | None
    article_count: int


def read_contents(path: Path) -> Contents:
    """The contents of a file. Raises WarehouseError where it is damaged, or none of ours."""
    with _reading(path) as con:
        nights = _dates(
            con,
            "SELECT ingested_on FROM deliveries UNION SELECT ingested_on FROM runs ORDER BY 1",
        )
        runs = in_order(_runs(con))
        row = con.execute("SELECT count(*) FROM articles").fetchone()
    last = runs.filter(pl.col("run_id") == pl.col("run_id").last()).sort("ingested_on")
    return Contents(
        nights=nights,
        last_nights=tuple(last["ingested_on"]),
        last_finished_at=last["finished_at"].to_list()[-1] if last.height else None,
        version=last["version"].to_list()[-1] if last.height else None,
        article_count=int(row[0]) if row else 0,
    )


def read_runs_of(path: Path) -> pl.DataFrame:
    """The runs that a file knows of (``schema.RUNS``). Raises as ``read_contents``."""
    with _reading(path) as con:
        return _runs(con)


def in_order(runs: pl.DataFrame) -> pl.DataFrame:
    """Rows of ``schema.RUNS`` as they were published: by number, of old by the clock."""
    return runs.sort("sequence", "finished_at", "ingested_on", nulls_last=False)


def last_publications(runs: pl.DataFrame) -> pl.DataFrame:
    """Of each night the last of its rows of ``schema.RUNS``."""
    return in_order(runs).group_by("ingested_on").last()


def _runs(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """The table; nulls where a file of an earlier version lacks a column."""
    rows: pl.DataFrame = con.sql("FROM runs").pl()
    missing = [pl.lit(None).alias(n) for n in RUNS.column_names if n not in rows.columns]
    return rows.with_columns(missing).select(RUNS.column_names).cast(RUNS.polars_schema)


def delivery_counts(path: Path) -> dict[date, int]:
    """Delivered documents by night. Raises as ``read_contents``."""
    with _reading(path) as con:
        rows = con.execute("SELECT ingested_on, count(*) FROM deliveries GROUP BY 1").fetchall()
    return dict(rows)


def nights_behind(path: Path, logged: pl.DataFrame) -> list[date]:
    """Nights whose last logged publication (rows of ``schema.RUNS``) the file does not hold.

    After a rollback these are the nights that the newer releases brought or replaced.
    """
    if logged.is_empty():
        return []
    last = last_publications(logged)
    held = read_runs_of(path)
    missing = last.join(held, on=["run_id", "ingested_on"], how="anti")
    return sorted(missing["ingested_on"])


def nights_holding(path: Path, delivery_ids: Sequence[str]) -> list[date]:
    """Nights in which the file still has the text of withdrawn deliveries, ascending.

    A file that was built before they arrived does not know them at all.
    """
    with _reading(path) as con:
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

    Raises WarehouseError where there is no file of ours, and where a log lies beside it that is
    not: DuckDB would replay it for us, even that of a file which was there before.
    """
    if not path.exists():
        raise WarehouseError(f"no such file: {path}")
    if logs := foreign_logs(path):
        raise WarehouseError(
            f"{path} was opened for writing by a process that is not ours, whose log would be read "
            f"with it: {logs[0].name}; see dateline doctor"
        )
    try:
        con = duckdb.connect(str(path), read_only=True, config=dict(settings or {}))
    except duckdb.Error as error:
        raise WarehouseError(f"{path} cannot be opened: {error}; see dateline doctor") from error
    con.execute("SET TimeZone = 'UTC'")
    return con


@contextmanager
def _reading(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """``open_file`` for queries of ours, which a sound file answers. Raises WarehouseError."""
    with open_file(path) as con:
        try:
            yield con
        except duckdb.Error as error:
            raise WarehouseError(f"{path} is damaged: {error}; see dateline doctor") from error


def read_outcomes(path: Path, delivery_ids: Sequence[str]) -> pl.DataFrame:
    """What the file says of each delivery that it holds.

    Returns delivery_id, outcome (``schema.OUTCOMES``), article_id of what was published or is
    repeated, rule and detail of what is quarantined.
    """
    with _reading(path) as con:
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
