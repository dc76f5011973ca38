"""The DuckDB file itself: made empty, its tables as declared, written anew.

What belongs here: tables, comments and views of a file as etl/schema/ declares them, the index of
the search, and the storage version. What does not: rows from the lake
(etl/warehouse/night_rows.py) and what a staging file begins with (etl/warehouse/beginning.py).
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from etl import schema
from etl.fingerprint import fingerprint
from etl.schema.views import VIEWS, comment_statements
from etl.warehouse.search_index import create_index, merge_index

STORAGE_VERSION = "v1.2.0"
"""Storage version of the file: clients from this release of DuckDB on can open it."""


def discard(staging: Path) -> None:
    """Remove a file that is being built and its write-ahead log; a crashed run leaves both."""
    for path in (staging, staging.with_name(staging.name + ".wal")):
        path.unlink(missing_ok=True)


def create(path: Path) -> None:
    """Make a file with all declared tables, empty and without descriptions (``describe``)."""
    with _made(path) as con:
        _execute_at_once(con, map(schema.create_statement, schema.TABLES))
        create_index(con)


@contextmanager
def _made(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A new file in use, attached as ``file``."""
    with duckdb.connect() as con:
        target = schema.literal(str(path))
        con.execute(f"ATTACH {target} AS file (STORAGE_VERSION '{STORAGE_VERSION}')")
        con.execute("USE file")
        yield con


def describe(con: duckdb.DuckDBPyConnection) -> None:
    """Put views and descriptions of today in place; the file may have none, or of earlier code.

    A file that has them is left as it is: what was put in place is told behind the description of
    ``about``.
    """
    of_tables = [s for table in schema.TABLES for s in schema.comment_statements(table)]
    statements = [*of_tables, *_view_statements()]
    of_now = f"{_ABOUT.description} Described by {fingerprint(*statements)}."
    if described_by(con, "current_database()") != of_now:
        told = f"COMMENT ON VIEW {_ABOUT.name} IS {schema.literal(of_now)}"
        con.execute(";".join([*statements, told]))


_ABOUT = next(view for view in VIEWS if view.name == "about")


def described_by(con: duckdb.DuckDBPyConnection, database: str) -> str | None:
    """What a database, named by an SQL expression, tells of its views and descriptions."""
    row = con.execute(
        f"SELECT comment FROM duckdb_views() WHERE database_name = {database} "
        "AND view_name = ? AND NOT internal",
        [_ABOUT.name],
    ).fetchone()
    return None if row is None else row[0]


def _view_statements() -> Iterator[str]:
    for view in VIEWS:
        yield f"CREATE OR REPLACE VIEW {view.name} AS {view.query}"
        yield from comment_statements(view)


def _execute_at_once(con: duckdb.DuckDBPyConnection, statements: Iterable[str]) -> None:
    """In one transaction: there are many, and each alone would wait for the disk."""
    con.execute(";".join(["BEGIN", *statements, "COMMIT"]))


def write_anew(staging: Path) -> None:
    """Copy what is alive into a fresh file: a deleted row's bytes stay in free blocks."""
    fresh = staging.with_name(f"fresh-{staging.name}")
    discard(fresh)
    with _made(fresh) as con:
        con.execute(f"ATTACH {schema.literal(str(staging))} AS old (READ_ONLY)")
        con.execute("COPY FROM DATABASE old TO file (SCHEMA)")
        for table in schema.TABLES:
            names = ", ".join(table.column_names)
            con.execute(f"INSERT INTO {table.name} SELECT {names} FROM old.{table.name}")
        merge_index(con, "old")
        con.execute("CHECKPOINT")
    discard(staging)
    fresh.replace(staging)


def free_share(con: duckdb.DuckDBPyConnection) -> float:
    """The share of the open file's blocks that hold nothing, 0 to 1.

    A transaction writes beside what it replaces, and what it replaced is left free.
    """
    found = con.execute("SELECT free_blocks, total_blocks FROM pragma_database_size()")
    free, total = found.fetchone() or (0, 0)
    return float(free / total) if total else 0.0


def storage_version(con: duckdb.DuckDBPyConnection) -> str:
    """The storage version of an open file as DuckDB tells it: 'v1.2.0+', else 'unknown'."""
    versions = "SELECT tags['storage_version'] FROM duckdb_databases() WHERE NOT internal"
    told = [str(version) for (version,) in con.execute(versions).fetchall() if version]
    return told[0] if told else "unknown"


def opens_everywhere(con: duckdb.DuckDBPyConnection) -> bool:
    """Whether its storage version is that of today; older clients can't open a newer one."""
    return storage_version(con).startswith(STORAGE_VERSION)


def has_declared_structure(path: Path) -> bool:
    """Whether its tables are the declared ones: names, order, types and NOT NULL of columns.

    Not so where there is no file, or none that can be opened now.
    """
    declared = [
        (table.name, index, column.name, column.type, column.nullable)
        for table in schema.TABLES
        for index, column in enumerate(table.columns, start=1)
    ]
    try:
        con = duckdb.connect(str(path), read_only=True)
    except duckdb.Error:
        return False
    with con:
        found = con.execute(
            """
            SELECT c.table_name, column_index, column_name, data_type, is_nullable
            FROM duckdb_columns() c JOIN duckdb_tables() t USING (table_oid, database_oid)
            WHERE NOT c.internal AND c.schema_name = 'main'
            """
        ).fetchall()
    return sorted(declared) == sorted(found)
