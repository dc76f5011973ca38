"""From etl/schema/ to what Dagster shows: column schemas, descriptions, tables of rows.

What belongs here: metadata made of the declared tables. What does not: any figure of a run.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import dagster as dg

from assets.guard.invisible import shown
from assets.night.lineage import ORIGINS, origins_of
from etl.schema import Column, Table

Metadata = dict[str, Any]
"""Metadata of a materialisation or check, by label: whatever Dagster can show."""


def column_schema(table: Table, *, asset: str | None = None) -> dg.TableSchema:
    """The columns of a table's asset with types, descriptions, constraints and origins.

    Origins stand among the constraints, where the UI shows them: the graph of column lineage
    is drawn by Dagster+ alone.
    """
    return dg.TableSchema(
        columns=[
            dg.TableColumn(
                name=column.name,
                type=column.type,
                description=column.description,
                constraints=dg.TableColumnConstraints(
                    nullable=column.nullable,
                    unique=table.key == (column.name,),
                    other=[*_reference(column), *_origins(asset or table.name, column)],
                ),
            )
            for column in table.columns
        ]
    )


def _reference(column: Column) -> list[str]:
    return [f"references {column.references}"] if column.references else []


def _origins(asset: str, column: Column) -> list[str]:
    """'from articles (title, body)', per asset that a column is made of."""
    names: dict[str, list[str]] = {}
    for origin in origins_of(asset, column.name) if asset in ORIGINS else ():
        table, _, name = origin.partition(".")
        names.setdefault(table, []).append(name)
    return [f"from {table} ({', '.join(columns)})" for table, columns in names.items()]


def tags_of(layer: str, *reads: str) -> dict[str, str]:
    """Tags by which assets are found: the layer, and what they read beside documents.

    Selections: tag:"layer"="lake", tag:"reads-entity-model".
    """
    return {"layer": layer, **{f"reads-{name}": "" for name in reads}}


def describe(table: Table) -> str:
    """Description of the table's asset."""
    return f"{table.description} One row per {table.grain}."


def code_block(language: str, code: str) -> dg.MarkdownMetadataValue:
    """Code in the UI. Nothing in it ends the block, so none of it is read as Markdown."""
    longest = max((len(run) for run in re.findall("`+", code)), default=0)
    fence = "`" * max(3, longest + 1)
    return dg.MetadataValue.md(f"{fence}{language}\n{shown(code)}\n{fence}")


def table_of_rows(rows: Sequence[Mapping[str, object]]) -> dg.TableMetadataValue:
    """Rows (one at least) as a table in the UI; every value as text, unseen characters named."""
    records = [
        dg.TableRecord(
            {name: "" if value is None else shown(str(value)) for name, value in row.items()}
        )
        for row in rows
    ]
    columns = [dg.TableColumn(name=name, type="string") for name in rows[0]]
    return dg.MetadataValue.table(records=records, schema=dg.TableSchema(columns=columns))
