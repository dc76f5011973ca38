"""From etl/schema.py to what Dagster shows: column schemas, descriptions, tables of rows.

What belongs here: metadata made of the declared tables. What does not: any figure of a run.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import dagster as dg

from etl.schema import Table

Metadata = dict[str, Any]
"""Metadata of a materialisation or check, by label: whatever Dagster can show."""


def column_schema(table: Table) -> dg.TableSchema:
    """The table's columns with types, descriptions and constraints."""
    return dg.TableSchema(
        columns=[
            dg.TableColumn(
                name=column.name,
                type=column.type,
                description=column.description,
                constraints=dg.TableColumnConstraints(
                    nullable=column.nullable,
                    unique=table.key == (column.name,),
                    other=[f"references {column.references}"] if column.references else [],
                ),
            )
            for column in table.columns
        ]
    )


def tags_of(layer: str, *reads: str) -> dict[str, str]:
    """Tags by which assets are found: the layer, and what they read beside documents.

    Selections: tag:"layer"="lake", tag:"reads-entity-model".
    """
    return {"layer": layer, **{f"reads-{name}": "" for name in reads}}


def describe(table: Table) -> str:
    """Description of the table's asset."""
    return f"{table.description} One row per {table.grain}."


def table_of_rows(rows: Sequence[Mapping[str, object]]) -> dg.TableMetadataValue:
    """Rows as a table in the UI; every value as text. ``rows`` must not be empty."""
    records = [
        dg.TableRecord({name: "" if value is None else str(value) for name, value in row.items()})
        for row in rows
    ]
    columns = [dg.TableColumn(name=name, type="string") for name in rows[0]]
    return dg.MetadataValue.table(records=records, schema=dg.TableSchema(columns=columns))
