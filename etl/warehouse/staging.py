"""The staging file: the published file's copy with one night's rows replaced.

What belongs here: building staging from the lake, in one transaction. What does not: deriving
rows (the stages), the SQL that replaces a night (etl/warehouse/night_rows.py), judging the rows
(expectations/) and putting the file in place (etl/warehouse/publish.py).
"""

import json
import logging
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

import duckdb
import polars as pl

from etl import schema
from etl.errors import WarehouseError
from etl.lake.store import Lake
from etl.schema.views import VIEWS
from etl.warehouse.contents import nights_behind
from etl.warehouse.night_rows import NIGHT_TABLES, Run, replace_nights

logger = logging.getLogger(__name__)

STORAGE_VERSION = "v1.4.0"
"""Storage version of the file: clients from this release of DuckDB on can open it."""


@dataclass(frozen=True, kw_only=True)
class Staged:
    """What a staging file holds that is new: ``nights`` asked for, ``moved`` by ownership."""

    run: Run
    nights: tuple[date, ...]
    moved: tuple[date, ...]

    def write(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self), default=str, indent=1) + "\n")

    @classmethod
    def read(cls, path: Path) -> "Staged":
        """Raises WarehouseError where nothing is staged."""
        if not path.exists():
            raise WarehouseError(f"nothing is staged: {path} is missing; run staging first")
        record = json.loads(path.read_text())
        run = record["run"]
        started_at = datetime.fromisoformat(run.pop("started_at"))
        return cls(
            run=Run(started_at=started_at, **run),
            nights=tuple(date.fromisoformat(night) for night in record["nights"]),
            moved=tuple(date.fromisoformat(night) for night in record["moved"]),
        )

    @property
    def all_nights(self) -> tuple[date, ...]:
        return tuple(sorted({*self.nights, *self.moved}))


def stage(
    lake: Lake,
    staging: Path,
    *,
    published: Path,
    nights: Sequence[date],
    logged: pl.DataFrame,
    run: Run,
    references: dict[str, pl.DataFrame],
    raw_text: Callable[[bytes], str],
    forgotten: Sequence[str] = (),
) -> Staged:
    """Build the staging file from the published one with the rows of ``nights`` replaced.

    ``logged`` holds all publications ever (``schema.RUNS``). Without a published file, or where
    its structure is not that of etl/schema/, all their nights are loaded from the lake as well;
    otherwise those that the file lacks, as it does after a rollback. ``references`` holds the
    rows of the reference tables by name; ``raw_text`` makes the text of quarantined bytes.
    Where withdrawn articles or deliveries are to be ``forgotten``, audit samples that show
    them are cleared and the file is written anew. Raises WarehouseError where a stage has
    lost a document.
    """
    discard(staging)
    staging.parent.mkdir(parents=True, exist_ok=True)
    wanted = set(nights)
    if _copy(published, staging):
        wanted |= set(nights_behind(staging, logged))
    else:
        wanted |= set(logged["ingested_on"])
        _create(staging)
    with duckdb.connect(str(staging)) as con:
        con.execute("SET TimeZone = 'UTC'")
        con.execute("BEGIN")
        replaced = replace_nights(con, lake, wanted, run=run, raw_text=raw_text)
        for name, frame in references.items():
            con.execute(f"DELETE FROM {name}")
            con.register("reference", frame)
            con.execute(f"INSERT INTO {name} SELECT * FROM reference")
            con.unregister("reference")
        _clear_samples(con, forgotten)
        _create_views(con)
        con.execute("COMMIT")
        con.execute("CHECKPOINT")
    if forgotten:
        _write_anew(staging)
    moved = tuple(sorted(replaced - set(nights)))
    if moved:
        logger.info("articles moved between nights: %s replaced too", [*map(str, moved)])
    return Staged(run=run, nights=tuple(sorted(nights)), moved=moved)


def discard(staging: Path) -> None:
    """Remove a staging file and its write-ahead log; a crashed run leaves both."""
    for path in (staging, staging.with_name(staging.name + ".wal")):
        path.unlink(missing_ok=True)


def row_counts(path: Path) -> dict[str, int]:
    """Rows of every declared table of a DuckDB file."""
    with duckdb.connect(str(path), read_only=True) as con:
        return {
            table.name: con.sql(f"SELECT count(*) FROM {table.name}").fetchall()[0][0]
            for table in schema.TABLES
        }


def night_row_counts(path: Path, nights: Sequence[date]) -> dict[tuple[str, date], int]:
    """Rows of each table of nights by (table, night); a night without any is left out."""
    counts: dict[tuple[str, date], int] = {}
    with duckdb.connect(str(path), read_only=True) as con:
        for table in NIGHT_TABLES:
            rows = con.execute(
                f"SELECT ingested_on, count(*) FROM {table.name} "
                "WHERE ingested_on IN (SELECT unnest(?)) GROUP BY ingested_on",
                [list(nights)],
            ).fetchall()
            counts |= {(table.name, night): count for night, count in rows}
    return counts


def night_counts(path: Path, nights: Iterable[date]) -> list[dict[str, object]]:
    """Rows of the view v_nights for some nights, ascending."""
    with duckdb.connect(str(path), read_only=True) as con:
        rows = con.execute(
            "SELECT * FROM v_nights WHERE ingested_on IN (SELECT unnest(?)) ORDER BY ingested_on",
            [list(nights)],
        )
        names = [column[0] for column in rows.description or ()]
        return [dict(zip(names, row, strict=True)) for row in rows.fetchall()]


def _copy(published: Path, staging: Path) -> bool:
    """Begin with a copy of the published file; False where there is none of this structure.

    The published file itself is only copied, not opened: a client that has opened it for
    writing holds a lock on it.
    """
    if not published.exists():
        return False
    shutil.copyfile(published, staging)
    if not _has_declared_structure(staging):
        discard(staging)
        return False
    _write_comments(staging)
    return True


def _create(path: Path) -> None:
    with duckdb.connect() as con:
        target = schema.literal(str(path))
        con.execute(f"ATTACH {target} AS file (STORAGE_VERSION '{STORAGE_VERSION}')")
        con.execute("USE file")
        for table in schema.TABLES:
            for statement in schema.create_statements(table):
                con.execute(statement)


def _write_comments(path: Path) -> None:
    """Put the descriptions of today in place: the file may hold those of earlier code."""
    statements = (s for table in schema.TABLES for s in schema.comment_statements(table))
    with duckdb.connect(str(path)) as con:
        con.execute(";".join(statements))


def _clear_samples(con: duckdb.DuckDBPyConnection, forgotten: Sequence[str]) -> None:
    if not forgotten:
        return
    con.execute(
        "UPDATE quality_results SET sample = NULL WHERE EXISTS "
        "(SELECT 1 FROM unnest(?) AS t(identifier) WHERE contains(sample, identifier))",
        [list(forgotten)],
    )


def _write_anew(staging: Path) -> None:
    """Copy what is alive into a fresh file: a deleted row's bytes stay in free blocks."""
    fresh = staging.with_name(f"fresh-{staging.name}")
    discard(fresh)
    _create(fresh)
    with duckdb.connect(str(fresh)) as con:
        con.execute(f"ATTACH {schema.literal(str(staging))} AS old (READ_ONLY)")
        for table in schema.TABLES:
            names = ", ".join(table.column_names)
            con.execute(f"INSERT INTO {table.name} SELECT {names} FROM old.{table.name}")
        con.execute("DETACH old")
        _create_views(con)
        con.execute("CHECKPOINT")
    discard(staging)
    fresh.replace(staging)


def _create_views(con: duckdb.DuckDBPyConnection) -> None:
    for view in VIEWS:
        con.execute(f"CREATE OR REPLACE VIEW {view.name} AS {view.query}")
        con.execute(f"COMMENT ON VIEW {view.name} IS {schema.literal(view.description)}")


def _has_declared_structure(path: Path) -> bool:
    """Whether its tables are the declared ones: names, order, types and NOT NULL of columns."""
    declared = [
        (table.name, index, column.name, column.type, column.nullable)
        for table in schema.TABLES
        for index, column in enumerate(table.columns, start=1)
    ]
    with duckdb.connect(str(path), read_only=True) as con:
        found = con.execute(
            """
            SELECT table_name, column_index, column_name, data_type, is_nullable
            FROM duckdb_columns()
            WHERE NOT internal AND table_name NOT LIKE 'v\\_%' ESCAPE '\\'
            """
        ).fetchall()
    return sorted(declared) == sorted(found)
