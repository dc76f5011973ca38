"""The description of an export, datapackage.json: tables, columns, types, keys and references.

What belongs here: what the declarations of etl/schema say, in the words of the Data Package
standard. What does not: writing the files that are described (export_folder.py).

Source: Frictionless Data, "Data Package", "Tabular Data Package" and "Table Schema", version 1.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from etl import schema
from etl.schema.views.self_description import ATTRIBUTION, DESCRIPTION, TEXTS

Descriptor = dict[str, object]

TYPES = {
    "VARCHAR": "string",
    "VARCHAR[]": "array",
    "DATE[]": "array",
    "DOUBLE[]": "array",
    "INTEGER[]": "array",
    "DATE": "date",
    "TIMESTAMP": "datetime",
    "BOOLEAN": "boolean",
    "INTEGER": "integer",
    "BIGINT": "integer",
    "DOUBLE": "number",
}
MEDIA_TYPES = {
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "jsonl": "application/jsonl",
}


@dataclass(frozen=True, kw_only=True)
class WrittenFile:
    """One file of an export: its name, size in bytes, SHA-256, and the table it holds, if one."""

    name: str
    size: int
    sha256: str
    description: str
    table: schema.Table | None = None

    @property
    def form(self) -> str:
        return self.name.rpartition(".")[2]


def data_package(files: Sequence[WrittenFile], *, version: str, created: datetime) -> Descriptor:
    """The whole description; ``created`` is UTC."""
    exported = {file.table.name for file in files if file.table}
    is_tabular = all(file.form == "csv" for file in files)
    return {
        "profile": "tabular-data-package" if is_tabular else "data-package",
        "name": "dateline",
        "title": "Dateline: news articles with their day, outlet, countries and entities",
        "description": f"{DESCRIPTION} {TEXTS} {ATTRIBUTION}",
        "version": version,
        "created": f"{created:%Y-%m-%dT%H:%M:%SZ}",
        "resources": [_resource(file, exported) for file in files],
    }


def _resource(file: WrittenFile, exported: Iterable[str]) -> Descriptor:
    is_csv = file.form == "csv"
    return {
        "profile": "tabular-data-resource" if is_csv else "data-resource",
        "name": file.name.rpartition(".")[0],
        "path": file.name,
        "description": file.description,
        "format": file.form,
        "mediatype": MEDIA_TYPES[file.form],
        **({} if file.form == "parquet" else {"encoding": "utf-8"}),
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
        **({"schema": _table_schema(file.table, {*exported})} if file.table else {}),
    }


def _table_schema(table: schema.Table, exported: set[str]) -> Descriptor:
    keys = [_foreign_key(table, column) for column in table.columns if _refers(column, exported)]
    return {
        "fields": [_field(column) for column in table.columns],
        "primaryKey": list(table.key),
        **({"foreignKeys": keys} if keys else {}),
        "missingValues": [""],
    }


def _field(column: schema.Column) -> Descriptor:
    constraints: Mapping[str, object] = {
        **({} if column.nullable else {"required": True}),
        **({"enum": list(column.allowed)} if column.allowed else {}),
    }
    return {
        "name": column.name,
        "type": TYPES[column.type],
        "description": column.meaning,
        **({"constraints": constraints} if constraints else {}),
    }


def _refers(column: schema.Column, exported: set[str]) -> bool:
    """To a column of a table that is in the export too; of a list no single value can be named."""
    table = (column.references or "").partition(".")[0]
    return table in exported and TYPES[column.type] != "array"


def _foreign_key(table: schema.Table, column: schema.Column) -> Descriptor:
    referred, _, field = str(column.references).partition(".")
    resource = "" if referred == table.name else referred
    return {"fields": column.name, "reference": {"resource": resource, "fields": field}}
