"""The published file as a folder of files that other programs read: dateline export.

What belongs here: which tables go into it, and writing them a batch at a time, so that memory stays
bounded whatever the file's size. What does not: the description of the folder (data_package.py),
articles in the forms of others (news_records.py) and the export of one answer (export.py).

What was delivered, rejected and derived when is the house's own and stays here: an export has the
news, with what it refers to. The folder is there whole or not at all, and its record before it is.
"""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

from assets.cli.data_package import WrittenFile, data_package
from assets.cli.export import (
    fetched_rows,
    refuse_a_place_of_ours,
    write_csv_rows,
    write_parquet_rows,
)
from assets.cli.news_records import ARTICLES, Record, Row, news_article, ninjs
from assets.progress.tracking import Tracking, tracked
from assets.settings import Settings
from etl import schema
from etl.errors import WarehouseError
from etl.warehouse.contents import open_file, read_contents
from etl.warehouse.digest import sha256
from etl.warehouse.export_records import ExportRecord, record_export

LEFT_OUT = ("deliveries", "duplicates", "quarantine", "derivations")
BODIES = {"articles": ("body", "trailer")}
"""Columns that hold whole texts of publishers."""
MEMORY = "400MB"
"""What DuckDB may take before it writes to disk; Python takes some 200 MB beside it."""


@dataclass(frozen=True, kw_only=True)
class FolderExport:
    """What is wanted: tables as Parquet, or as CSV where ``is_csv``, and articles in other forms.

    ``as_is``: cells of CSV files are written as they are, also those that a spreadsheet takes for
    formulas.
    """

    to: Path
    is_csv: bool = False
    has_ninjs: bool = False
    has_news_articles: bool = False
    has_bodies: bool = True
    as_is: bool = False

    @property
    def forms(self) -> tuple[str, ...]:
        """What it is recorded by."""
        others = {"ninjs": self.has_ninjs, "newsarticle": self.has_news_articles}
        return ("csv" if self.is_csv else "parquet", *(form for form, has in others.items() if has))


@dataclass(frozen=True, kw_only=True)
class FolderReport:
    """What was written, of which version."""

    folder: Path
    version: str
    files: tuple[WrittenFile, ...]


def export_folder(settings: Settings, wanted: FolderExport, *, now: datetime) -> FolderReport:
    """Write the folder. Raises WarehouseError where it can't be written; nothing is left then."""
    published = settings.warehouse.published
    refuse_a_place_of_ours(wanted.to / "datapackage.json", settings, option=str(wanted.to))
    held = read_contents(published)
    version = held.version or "unknown"
    with _put_in_place(wanted.to) as folder:
        with _reading(published, folder) as con, tracked("export", "rows") as tracking:
            files = tuple(_write_files(con, wanted, folder, tracking))
        package = data_package(files, version=version, created=now.astimezone(UTC))
        text = json.dumps(package, ensure_ascii=False, indent=1) + "\n"
        (folder / "datapackage.json").write_text(text, encoding="utf-8")
        record = ExportRecord(
            folder=str(wanted.to.absolute()),
            version=version,
            exported_at=now.astimezone(UTC),
            forms=wanted.forms,
            has_bodies=wanted.has_bodies,
            nights=held.nights,
        )
        record_export(settings.lake, record)
    return FolderReport(folder=wanted.to, version=version, files=files)


@contextmanager
def _put_in_place(folder: Path) -> Iterator[Path]:
    """A folder to write to, which becomes the one that was wanted once all is written."""
    temporary = folder.absolute().with_name(f".{folder.name}.{os.getpid()}.tmp")
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise WarehouseError(f"{folder}: it is there already; name a folder that is not")
        temporary.mkdir()
        yield temporary
        temporary.replace(folder)
    except OSError as error:
        raise WarehouseError(f"{folder}: {error.strerror or error}") from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


@contextmanager
def _reading(published: Path, folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    spill = folder / "spill"
    spill.mkdir()
    settings = {"memory_limit": MEMORY, "temp_directory": str(spill), "threads": "1"}
    with open_file(published, settings=settings) as con:
        try:
            yield con
        except duckdb.Error as error:
            raise WarehouseError(f"{published} can't be exported: {error}") from error
    with suppress(OSError):
        shutil.rmtree(spill)


def exported_tables(*, has_bodies: bool) -> tuple[schema.Table, ...]:
    """Tables of an export, without the columns that it leaves out."""
    tables = (t for t in schema.TABLES if t.kind != "log" and t.name not in LEFT_OUT)
    return tuple(
        table.only({*table.column_names} - {*BODIES.get(table.name, ())})
        if not has_bodies
        else table
        for table in tables
    )


def _write_files(
    con: duckdb.DuckDBPyConnection, wanted: FolderExport, folder: Path, tracking: Tracking
) -> Iterator[WrittenFile]:
    for table in exported_tables(has_bodies=wanted.has_bodies):
        path = folder / f"{table.name}.{'csv' if wanted.is_csv else 'parquet'}"
        if wanted.is_csv:
            _write_csv(con, table, path, tracking, as_is=wanted.as_is)
        else:
            write_parquet_rows(path, con.sql(_rows_of(table)), tracking, compression="zstd")
        yield _written(path, f"{table.description} One row per {table.grain}.", table)
    forms: dict[str, tuple[bool, Form, str]] = {
        "ninjs": (wanted.has_ninjs, ninjs, "Articles as ninjs 3.0, a line each."),
        "newsarticle": (
            wanted.has_news_articles,
            news_article,
            "Articles as NewsArticle of schema.org (JSON-LD), a line each.",
        ),
    }
    for name, (is_wanted, form, description) in forms.items():
        if is_wanted:
            path = folder / f"{name}.jsonl"
            _write_records(con, form, path, tracking, has_bodies=wanted.has_bodies)
            yield _written(path, description)


Form = Callable[..., Record]


def _written(path: Path, description: str, table: schema.Table | None = None) -> WrittenFile:
    return WrittenFile(
        name=path.name,
        size=path.stat().st_size,
        sha256=sha256(path),
        description=description,
        table=table,
    )


def _rows_of(table: schema.Table) -> str:
    """In the order in which they lie in the file, by night: an ORDER BY would take them all up."""
    return f"SELECT {', '.join(table.column_names)} FROM {table.name}"


def _write_csv(
    con: duckdb.DuckDBPyConnection,
    table: schema.Table,
    path: Path,
    tracking: Tracking,
    *,
    as_is: bool,
) -> None:
    """As Table Schema wants it: lists in JSON, instants with their zone."""
    rows = fetched_rows(con.execute(_rows_of(table)), tracking)
    told = (tuple(map(_in_table_schema, row)) for row in rows)
    write_csv_rows(path, table.column_names, told, as_is=as_is)


def _in_table_schema(value: object) -> object:
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, datetime):
        return f"{value.isoformat(timespec='seconds')}Z"
    return value


def _write_records(
    con: duckdb.DuckDBPyConnection,
    form: Form,
    path: Path,
    tracking: Tracking,
    *,
    has_bodies: bool,
) -> None:
    """Night by night: what an article names is gathered for no more than one at a time."""
    with path.open("x", encoding="utf-8") as stream:
        for night in _nights(con):
            for row in _articles_of(con, night, tracking):
                record = form(row, has_bodies=has_bodies)
                stream.write(json.dumps(record, ensure_ascii=False, allow_nan=False) + "\n")


def _nights(con: duckdb.DuckDBPyConnection) -> list[date]:
    rows = con.execute("SELECT DISTINCT ingested_on FROM articles ORDER BY 1").fetchall()
    return [row[0] for row in rows]


def _articles_of(con: duckdb.DuckDBPyConnection, night: date, tracking: Tracking) -> Iterator[Row]:
    cursor = con.execute(ARTICLES, {"night": night})
    names = [column[0] for column in cursor.description or ()]
    yield from (dict(zip(names, row, strict=True)) for row in fetched_rows(cursor, tracking))
