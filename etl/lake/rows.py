"""Rows of the lake as its tables are declared now, whichever version of Dateline wrote them.

What belongs here: reading a file of a declared table, and what stands in for a column that
another structure lacks. What does not: which nights are derived again instead (structure.py).
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from etl.errors import StageError
from etl.lake.wholeness import check_whole
from etl.schema import POLARS_TYPES, Column, Table

CONVERTED = {
    "BIGINT": ("INTEGER",),
    "DOUBLE": ("INTEGER", "BIGINT"),
    "TIMESTAMP": ("DATE",),
    "VARCHAR": ("BOOLEAN", "INTEGER", "BIGINT", "DOUBLE", "DATE", "TIMESTAMP"),
}
"""By type: those whose values it takes without loss. Of any other type none is kept."""

Differing = tuple[Column, pl.DataType | None]
"""A column, and its type in a file where that is another; None where the file lacks it."""


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A column that a file lacks, has in another type, or has nulls in where none are allowed.

    ``is_bridged``: a converted value, the column's default or a legal null stands in every row.
    """

    column: str
    is_bridged: bool


def read_rows(
    files: Sequence[Path], table: Table, columns: Collection[str] | None = None
) -> pl.DataFrame:
    """The rows of Parquet files in the table's declared columns, all or those named.

    What a file lacks is the column's default, else null. Files of another structure come last.
    Raises StageError where null is not allowed, and for a damaged file.
    """
    wanted = table if columns is None else table.only(columns)
    differing = {file: _differing(file, wanted) for file in files}
    agreeing = [file for file, found in differing.items() if not found]
    others = [_bridged(file, wanted, found) for file, found in differing.items() if found]
    return pl.concat([wanted.frame(), *_read(agreeing, wanted), *others])


def _read(files: list[Path], table: Table) -> Iterator[pl.DataFrame]:
    if files:
        has_defaults = any(column.default and not column.nullable for column in table.columns)
        names = None if has_defaults else table.column_names
        rows = pl.read_parquet(files, columns=names, hive_partitioning=False)
        yield rows.select(_value(column) for column in table.columns)


def _bridged(file: Path, table: Table, differing: Sequence[Differing]) -> pl.DataFrame:
    if broken := [column.name for column, found in differing if not _bridges(column, found)]:
        raise StageError(
            f"{file} was written before {table.name}.{broken[0]} was as it is, which has no "
            "default and may not be null: its night must be derived again (dateline refresh)"
        )
    of_no_use = [column for column, found in differing if not _is_converted(column, found)]
    rows = pl.read_parquet(file, hive_partitioning=False)
    values = (_value(c, is_there=c not in of_no_use) for c in table.columns)
    return rows.with_columns(values).select(table.column_names)


def differences(file: Path, table: Table) -> list[Difference]:
    """Where a Parquet file differs from the declared table; reads its metadata alone."""
    differing = _differing(file, table)
    names = {column.name for column, _ in differing}
    nulls = _columns_with_nulls(file)
    return [
        *(Difference(column=c.name, is_bridged=_bridges(c, found)) for c, found in differing),
        *(
            Difference(column=c.name, is_bridged=c.default is not None)
            for c in table.columns
            if not c.nullable and c.name in nulls - names
        ),
    ]


def _differing(file: Path, table: Table) -> list[Differing]:
    """Columns that the file has in another type, or lacks."""
    found = pl.read_parquet_schema(check_whole(file))
    return [
        (column, found.get(column.name))
        for column in table.columns
        if found.get(column.name) != POLARS_TYPES[column.type]
    ]


def _bridges(column: Column, found: pl.DataType | None) -> bool:
    return column.nullable or column.default is not None or _is_converted(column, found)


def _is_converted(column: Column, found: pl.DataType | None) -> bool:
    return any(found == POLARS_TYPES[name] for name in CONVERTED.get(column.type, ()))


def _value(column: Column, *, is_there: bool = True) -> pl.Expr:
    """The column as declared; its default where rows lack it or have a null no longer allowed."""
    default = pl.sql_expr(column.default) if column.default else pl.lit(None)
    value = pl.col(column.name) if is_there else default
    if is_there and column.default and not column.nullable:
        value = value.fill_null(default)
    return value.cast(POLARS_TYPES[column.type]).alias(column.name)


def _columns_with_nulls(file: Path) -> set[str]:
    """Columns, lists apart, of which the file's statistics count a null."""
    import pyarrow.parquet as pq  # here: the code location loads without it

    metadata = pq.read_metadata(file)
    groups = (metadata.row_group(number) for number in range(metadata.num_row_groups))
    chunks = [group.column(index) for group in groups for index in range(group.num_columns)]
    return {c.path_in_schema for c in chunks if c.statistics and c.statistics.null_count}
