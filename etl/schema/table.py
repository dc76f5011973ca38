"""What a table is: its columns, its key, and how Polars and DuckDB are told of it.

What belongs here: the two values that declare tables, the Polars schema and the DDL made of them.
What does not: any table.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Literal

import polars as pl

Kind = Literal["night", "derived", "reference", "log"]

POLARS_TYPES: dict[str, pl.DataType] = {
    "VARCHAR": pl.String(),
    "VARCHAR[]": pl.List(pl.String()),
    "BLOB": pl.Binary(),
    "DATE": pl.Date(),
    "INTEGER[]": pl.List(pl.Int32()),
    "DATE[]": pl.List(pl.Date()),
    "TIMESTAMP": pl.Datetime("us"),
    "BOOLEAN": pl.Boolean(),
    "INTEGER": pl.Int32(),
    "BIGINT": pl.Int64(),
    "DOUBLE": pl.Float64(),
    "DOUBLE[]": pl.List(pl.Float64()),
}


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: ``type`` is a DuckDB type of ``POLARS_TYPES``; instants are UTC.

    ``allowed`` lists the legal values of a closed vocabulary; ``references`` names the
    ``table.column`` in which every value must be found. ``default`` is an SQL expression over
    the other columns of the row, such as ``'day'`` in quotes or ``size``: what stands in rows
    that were written before there was such a column and can't be derived again. Without it
    that is null, so a further column is either nullable or has a default.
    """

    name: str
    type: str
    description: str
    nullable: bool = False
    allowed: tuple[str, ...] = ()
    references: str | None = None
    default: str | None = None

    @property
    def meaning(self) -> str:
        """Its description, with the values that it may have and what they refer to."""
        allowed = f" One of: {', '.join(self.allowed)}." if self.allowed else ""
        references = f" References {self.references}." if self.references else ""
        return f"{self.description}{allowed}{references}"


@dataclass(frozen=True, kw_only=True)
class Table:
    """One table. ``kind`` tells how its rows come about:

    - ``night``: rows of one night, replaced together, carrying ``ingested_on``;
    - ``derived``: computed from the night tables;
    - ``reference``: loaded whole from etl/reference;
    - ``log``: a row per run, so not part of what a rerun must reproduce.
    """

    name: str
    kind: Kind
    grain: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def column_names(self) -> list[str]:
        return [column.name for column in self.columns]

    def only(self, names: Collection[str]) -> "Table":
        """The table with some of its columns, in the declared order."""
        return replace(self, columns=tuple(c for c in self.columns if c.name in names))

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    @property
    def polars_schema(self) -> pl.Schema:
        return pl.Schema({column.name: POLARS_TYPES[column.type] for column in self.columns})

    def frame(self, rows: Iterable[dict[str, object]] = ()) -> pl.DataFrame:
        """A frame with exactly this table's columns; a column that a row lacks is null."""
        return pl.DataFrame(list(rows), schema=self.polars_schema, orient="row")

    def conform(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Select this table's columns in order and cast them; raises where one is missing."""
        return frame.select(pl.col(name).cast(dtype) for name, dtype in self.polars_schema.items())


def create_statement(table: Table) -> str:
    """DDL for one table. No keys: they are expectations (see docs)."""
    columns = ", ".join(
        f"{c.name} {c.type}{'' if c.nullable else ' NOT NULL'}" for c in table.columns
    )
    return f"CREATE TABLE {table.name} ({columns})"


def comment_statements(table: Table) -> list[str]:
    """DDL that puts the descriptions of a table and its columns in place."""
    key = f" Key: {', '.join(table.key)}." if table.key else ""
    comment = literal(f"{table.description} One row per {table.grain}.{key}")
    return [
        f"COMMENT ON TABLE {table.name} IS {comment}",
        *(
            f"COMMENT ON COLUMN {table.name}.{c.name} IS {literal(c.meaning)}"
            for c in table.columns
        ),
    ]


def literal(text: str) -> str:
    """The text as an SQL literal: DDL takes no bound parameters."""
    return "'" + text.replace("'", "''") + "'"
