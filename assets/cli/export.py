"""An answer as a file: CSV, Parquet or JSON, by its ending.

What belongs here: where an answer may be written, and its writing. What does not: the question
(etl/warehouse/questions.py), whose connection can write nothing itself.

A spreadsheet takes a cell of a CSV file that begins with = for a formula, and a formula can send
the sheet elsewhere. News text begins with whatever its author likes, so such a cell is given an
apostrophe in front, unless that is unwanted.

Source: OWASP, "CSV Injection".
"""

import csv
import json
import math
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import duckdb

from assets.cli.values import plain
from assets.progress.tracking import Tracking, tracked
from assets.settings import Settings
from etl.errors import WarehouseError

Row = tuple[object, ...]

BATCH_ROWS = 10_000
# The wide forms count where the spreadsheet is Japanese or Chinese.
FORMULA = tuple("=+-@\t\r\n\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}")
FORMULA += tuple("\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}")


@dataclass(frozen=True, kw_only=True)
class Export:
    """Where an answer goes; ``rows`` of it at most, all where None.

    ``replaces``: a file that is there is replaced. ``as_is``: cells of a CSV file are written
    as they are, also those that a spreadsheet takes for formulas.
    """

    to: Path
    rows: int | None = None
    replaces: bool = False
    as_is: bool = False


def export(
    con: duckdb.DuckDBPyConnection, question: duckdb.Statement, wanted: Export, settings: Settings
) -> int:
    """Write the answer; how many rows it has. Raises WarehouseError where it can't be written.

    The file is there whole or not at all.
    """
    write = _writer(wanted.to)
    refuse_a_place_of_ours(wanted.to, settings, option=f"--to {wanted.to}")
    with _put_in_place(wanted) as temporary, tracked("export", "rows") as tracking:
        return write(con, question, wanted, temporary, tracking)


def _writer(path: Path) -> "Writer":
    try:
        return WRITERS[path.suffix.lower()]
    except KeyError:
        endings = ", ".join(WRITERS)
        raise WarehouseError(f"--to {path}: expected a name that ends in {endings}") from None


def refuse_a_place_of_ours(path: Path, settings: Settings, *, option: str) -> None:
    """Neither the home, which Dateline alone writes, nor the folder that a night reads.

    Raises WarehouseError, which begins with how the place was asked for: ``option``.
    """
    folder = path.absolute().parent.resolve()
    for ours in (settings.home, settings.landing):
        if isinstance(ours, Path) and folder.is_relative_to(ours.resolve()):
            raise WarehouseError(f"{option}: {ours} is Dateline's own; choose another folder")


@contextmanager
def _put_in_place(wanted: Export) -> Iterator[Path]:
    """A name to write to, which becomes the one that was wanted once all is written."""
    path = wanted.to
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        if path.exists() and not path.is_file():
            raise WarehouseError(f"--to {path}: that is no file")
        if path.exists() and not wanted.replaces:
            raise WarehouseError(f"--to {path}: it is there already; --force replaces it")
        yield temporary
        temporary.replace(path)
    except OSError as error:
        raise WarehouseError(f"--to {path}: {error.strerror or error}") from error
    finally:
        with suppress(OSError):
            temporary.unlink()


def _write_csv(
    con: duckdb.DuckDBPyConnection,
    question: duckdb.Statement,
    wanted: Export,
    path: Path,
    tracking: Tracking,
) -> int:
    names, rows = _answer(con, question, wanted.rows, tracking)
    return write_csv_rows(path, names, rows, as_is=wanted.as_is)


def write_csv_rows(path: Path, names: Sequence[str], rows: Iterable[Row], *, as_is: bool) -> int:
    """Write a new CSV file with a head; how many rows it has. ``as_is`` as in ``Export``."""
    cell = plain if as_is else _defused
    count = 0
    with path.open("x", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(map(cell, names))
        for row in rows:
            writer.writerow(map(cell, row))
            count += 1
    return count


def _defused(value: object) -> str:
    """A text that a spreadsheet would take for a formula behind an apostrophe; -5 stays -5."""
    text = plain(value)
    is_formula = isinstance(value, str) and text.startswith(FORMULA)
    return f"'{text}" if is_formula else text


def _write_json(
    con: duckdb.DuckDBPyConnection,
    question: duckdb.Statement,
    wanted: Export,
    path: Path,
    tracking: Tracking,
) -> int:
    """One array of objects, a line for each."""
    count = 0
    with path.open("x", encoding="utf-8") as stream:
        stream.write("[")
        for line in _json_lines(con, question, wanted.rows, tracking):
            stream.write(f"{',' if count else ''}\n{line}")
            count += 1
        stream.write("\n]\n")
    return count


def _write_json_lines(
    con: duckdb.DuckDBPyConnection,
    question: duckdb.Statement,
    wanted: Export,
    path: Path,
    tracking: Tracking,
) -> int:
    count = 0
    with path.open("x", encoding="utf-8") as stream:
        for line in _json_lines(con, question, wanted.rows, tracking):
            stream.write(f"{line}\n")
            count += 1
    return count


def _json_lines(
    con: duckdb.DuckDBPyConnection,
    question: duckdb.Statement,
    limit: int | None,
    tracking: Tracking,
) -> Iterator[str]:
    names, rows = _answer(con, question, limit, tracking)
    for row in rows:
        record = {name: _in_json(value) for name, value in zip(names, row, strict=True)}
        yield json.dumps(record, ensure_ascii=False, allow_nan=False)


def _in_json(value: object) -> object:
    """What JSON has no form for as text, save for numbers: not a number is null."""
    if isinstance(value, list | tuple):
        return [_in_json(item) for item in value]
    if isinstance(value, dict):
        return {str(name): _in_json(item) for name, item in value.items()}
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value if isinstance(value, str | int | None) else plain(value)


def _write_parquet(
    con: duckdb.DuckDBPyConnection,
    question: duckdb.Statement,
    wanted: Export,
    path: Path,
    tracking: Tracking,
) -> int:
    import pyarrow as pa

    answer = con.sql(question)
    _refuse_namesakes(answer.columns)
    limited = answer if wanted.rows is None else answer.limit(wanted.rows)
    try:
        return write_parquet_rows(path, limited, tracking)
    except pa.ArrowNotImplementedError as error:
        raise WarehouseError(f"Parquet has no such type; cast it: {error}") from error


def write_parquet_rows(
    path: Path,
    rows: duckdb.DuckDBPyRelation,
    tracking: Tracking,
    *,
    compression: Literal["snappy", "zstd"] = "snappy",
) -> int:
    """Write a Parquet file, a batch at a time; how many rows it has."""
    from pyarrow import parquet

    count = 0
    with (
        rows.to_arrow_reader(BATCH_ROWS) as batches,
        parquet.ParquetWriter(path, batches.schema, compression=compression) as writer,
    ):
        for batch in batches:
            writer.write_batch(batch)
            count += batch.num_rows
            tracking.advance(batch.num_rows)
    return count


def _answer(
    con: duckdb.DuckDBPyConnection,
    question: duckdb.Statement,
    limit: int | None,
    tracking: Tracking,
) -> tuple[Sequence[str], Iterable[Row]]:
    """Names of the columns, and the rows."""
    cursor = con.execute(question)
    names = [column[0] for column in cursor.description or ()]
    _refuse_namesakes(names)
    return names, fetched_rows(cursor, tracking, limit=limit)


def fetched_rows(
    cursor: duckdb.DuckDBPyConnection, tracking: Tracking, *, limit: int | None = None
) -> Iterator[Row]:
    """The rows of an answer, all or so many, fetched a batch at a time."""
    left = math.inf if limit is None else limit
    while left > 0 and (rows := cursor.fetchmany(int(min(left, BATCH_ROWS)))):
        yield from rows
        left -= len(rows)
        tracking.advance(len(rows))


def _refuse_namesakes(names: Sequence[str]) -> None:
    """Readers of such a file see one column of two."""
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise WarehouseError(f"several columns are called {twice[0]!r}: name them apart, by AS")


Writer = Callable[[duckdb.DuckDBPyConnection, duckdb.Statement, Export, Path, Tracking], int]
WRITERS: dict[str, Writer] = {
    ".csv": _write_csv,
    ".parquet": _write_parquet,
    ".json": _write_json,
    ".jsonl": _write_json_lines,
}
