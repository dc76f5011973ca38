"""Questions in SQL that others wrote: they read one DuckDB file of ours, and nothing else.

What belongs here: which statements are questions, and the connection that answers them. What
does not: our own reading of a file (contents.py) and what becomes of an answer.

DuckDB's SQL can read any file of the machine, write files, load code and send what it reads
over the network. Two walls stand before that, since either alone has had holes: only a statement
that reads is asked at all, and the connection is cut off from everything but the file, with the
settings that say so locked.

Source: DuckDB's documentation, "Securing DuckDB".
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from etl.errors import WarehouseError
from etl.warehouse.contents import open_file

# MULTI is what a PIVOT is taken apart into that looks for its columns first.
READING = ("SELECT", "EXPLAIN", "MULTI")
WAYS = "SELECT, FROM, WITH, DESCRIBE, SUMMARIZE, SHOW, PIVOT and EXPLAIN read"
CUT_OFF = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",  # no table is a variable of this program
}


def question_of(sql: str) -> duckdb.Statement:
    """The one statement in ``sql``. Raises WarehouseError where it is none that reads."""
    try:
        statements = duckdb.extract_statements(sql)
    except duckdb.Error as error:
        raise WarehouseError(str(error)) from error
    if not statements:
        raise WarehouseError("nothing was asked; try: dateline query 'FROM v_articles'")
    if len(statements) > 1:
        raise WarehouseError(f"one question at a time: found {len(statements)} statements")
    kind = _kind(statements[0])
    if kind not in READING:
        raise WarehouseError(f"a query only reads: {WAYS}, {kind} does not")
    return statements[0]


def _kind(statement: duckdb.Statement) -> str:
    try:
        return statement.type.name
    except ValueError:  # of a kind that DuckDB's own bindings have no name for
        return "this statement"


@contextmanager
def cut_off(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that reads the file at ``path`` and nothing else.

    What does not fit into memory goes to a folder that is gone afterwards, not beside the file.
    Raises WarehouseError where there is no file of ours.
    """
    with (
        TemporaryDirectory(prefix="dateline-query-") as folder,
        open_file(path, settings={**CUT_OFF, "temp_directory": folder}) as con,
        _told_in_words(),
    ):
        con.execute("SET lock_configuration = true")
        yield con


@contextmanager
def _told_in_words() -> Iterator[None]:
    """Tell DuckDB's errors as ours, a forbidden reach in one line."""
    try:
        yield
    except duckdb.PermissionException as error:
        reason = str(error).partition("\n")[0].removeprefix("Permission Error: ")
        raise WarehouseError(f"a query reads the published file alone: {reason}") from error
    except duckdb.Error as error:
        raise WarehouseError(str(error)) from error
