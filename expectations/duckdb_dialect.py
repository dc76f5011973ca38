"""DuckDB as Great Expectations needs to see it, through SQLAlchemy.

What belongs here: the mending of three gaps between Great Expectations 1.24, duckdb-engine
0.17 and SQLAlchemy 2.1, and the opening of the file. What does not: expectations, results.
Importing this module imports SQLAlchemy and DuckDB, so validate.py does it inside a function.

- Great Expectations closes its connection before it fetches: ``OwnCursor`` stays open.
- PostgreSQL's catalogue queries, which duckdb-engine inherits, fail on DuckDB: ``get_columns``
  and ``get_pk_constraint`` ask ``duckdb_columns()`` and ``duckdb_constraints()``.
- Regular expressions have no DuckDB form: ``enable_regex`` adds ``regexp_matches``.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import duckdb
import duckdb_engine
from sqlalchemy import func, literal, not_, text
from sqlalchemy import types as sql_types
from sqlalchemy.dialects import registry
from sqlalchemy.pool import NullPool

CONNECTION_STRING = "duckdb+dateline:///:memory:"

_TYPES: dict[str, type[sql_types.TypeEngine[Any]]] = {
    "VARCHAR": sql_types.VARCHAR,
    "INTEGER": sql_types.INTEGER,
    "BIGINT": sql_types.BIGINT,
    "DATE": sql_types.DATE,
    "TIMESTAMP": sql_types.TIMESTAMP,
    "DOUBLE": sql_types.DOUBLE,
    "BOOLEAN": sql_types.BOOLEAN,
}


class OwnCursor(duckdb_engine.CursorWrapper):
    """A cursor on a DuckDB connection of its own, so that its rows outlive the caller's.

    Rows are fetched as they are asked for: to learn a batch's columns Great Expectations
    selects all of its rows and reads none.
    """

    rowcount = -1

    def __init__(self, database: str, wrapper: duckdb_engine.ConnectionWrapper) -> None:
        # Not connection.cursor(): DuckDB closes a connection's cursors with it.
        self._own = _connect(database)
        super().__init__(self._own, wrapper)

    @property
    def description(self) -> Any:
        return self._own.description

    def close(self) -> None:
        self._own.close()


class OwnCursors(duckdb_engine.ConnectionWrapper):
    """A connection that hands out such cursors."""

    def __init__(self, database: str) -> None:
        super().__init__(_connect(database))
        self._database = database

    def cursor(self) -> OwnCursor:
        return OwnCursor(self._database, self)


class DatelineDialect(duckdb_engine.Dialect):
    """DuckDB with cursors that last and its own catalogue."""

    supports_statement_cache = False

    def connect(self, *_: Any, **arguments: Any) -> Any:
        return OwnCursors(arguments["database"])

    def get_pk_constraint(self, connection: Any, table_name: str, *_: Any, **__: Any) -> Any:
        rows = connection.execute(text(_PRIMARY_KEY), {"table": table_name}).fetchall()
        return {"constrained_columns": list(rows[0][0]) if rows else [], "name": None}

    def get_columns(self, connection: Any, table_name: str, *_: Any, **__: Any) -> Any:
        rows = connection.execute(text(_COLUMNS), {"table": table_name}).fetchall()
        return [
            {
                "name": name,
                "type": _TYPES.get(type_, sql_types.NullType)(),
                "nullable": nullable,
                "default": default,
                "comment": comment,
            }
            for name, type_, nullable, default, comment in rows
        ]


_PRIMARY_KEY = """
SELECT constraint_column_names FROM duckdb_constraints()
WHERE constraint_type = 'PRIMARY KEY' AND table_name = :table AND schema_name = 'main'
    AND database_name = current_database()
"""
_COLUMNS = """
SELECT column_name, data_type, is_nullable, column_default, comment FROM duckdb_columns()
WHERE table_name = :table AND schema_name = 'main' AND database_name = current_database()
ORDER BY column_index
"""


def _connect(database: str) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(database, read_only=True)


@contextmanager
def held_open(path: Path) -> Iterator[None]:
    """Keep ``path`` open for reading, so that each query's own connection is cheap.

    Raises:
        duckdb.Error: the file is missing or is no DuckDB file.
    """
    connection = _connect(str(path))
    try:
        yield
    finally:
        connection.close()


def engine_arguments(path: Path) -> dict[str, Any]:
    """Arguments of ``create_engine``; the path stays out of the URL, which would need escapes."""
    registry.register("duckdb.dateline", __name__, DatelineDialect.__name__)
    return {"connect_args": {"database": str(path)}, "poolclass": NullPool}


def enable_regex() -> None:
    """Teach the imported modules of Great Expectations DuckDB's ``regexp_matches``."""
    from great_expectations.expectations.metrics import util

    stock = util.get_dialect_regex_expression
    if getattr(stock, "knows_duckdb", False):
        return

    def expression(column: Any, regex: str, dialect: Any, positive: bool = True) -> Any:
        if not isinstance(dialect, DatelineDialect):
            return stock(column, regex, dialect, positive)
        matches = func.regexp_matches(column, literal(regex))
        return matches if positive else not_(matches)

    expression.knows_duckdb = True  # type: ignore[attr-defined]
    for module in _modules_with(stock):
        module.get_dialect_regex_expression = expression  # type: ignore[attr-defined]


def _modules_with(stock: object) -> list[ModuleType]:
    return [
        module
        for name, module in list(sys.modules.items())
        if name.startswith("great_expectations.")
        and module.__dict__.get("get_dialect_regex_expression") is stock
    ]
