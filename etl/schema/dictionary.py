"""docs/data-dictionary.md, made from the declarations.

What belongs here: laying out tables, columns and views as Markdown. What does not: any word
about a column that etl/schema/ or etl/schema/views/ does not say.

    python -m etl.schema.dictionary docs/data-dictionary.md    writes the file
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from etl import errors, schema
from etl.schema.views import VIEWS
from etl.schema.views.search import MACROS

KIND_NOTES = {
    "night": "rows of a night, replaced together",
    "derived": "computed from the night tables",
    "reference": "loaded from the reference tables",
    "log": "a record of runs; not part of what a rerun reproduces",
}


def data_dictionary() -> str:
    """The whole document."""
    return "\n".join([*_head(), *_tables(), *_views(), *_macros(), *_rules()]).rstrip() + "\n"


def _head() -> Iterator[str]:
    yield "# Data dictionary"
    yield ""
    yield "Made from `etl/schema/` and `etl/schema/views/` by `make docs`; do not edit."
    yield "The same texts are comments in the DuckDB file (`duckdb_columns()`). Instants are UTC,"
    yield "offsets count characters (Unicode code points) and are half-open: `[start, end)`."
    yield ""


def _tables() -> Iterator[str]:
    yield "## Tables"
    yield ""
    for table in schema.TABLES:
        yield f"### {table.name}"
        yield ""
        yield f"{table.description} One row per {table.grain}."
        yield f"Key: {', '.join(f'`{name}`' for name in table.key)}. {_sentence(table.kind)}"
        yield ""
        yield "| column | type | null | meaning |"
        yield "|---|---|---|---|"
        yield from map(_column_row, table.columns)
        yield ""


def _sentence(kind: schema.Kind) -> str:
    return f"Kind: {kind} ({KIND_NOTES[kind]})."


def _column_row(column: schema.Column) -> str:
    null = "yes" if column.nullable else "no"
    return f"| `{column.name}` | {column.type} | {null} | {column.meaning} |"


def _views() -> Iterator[str]:
    yield "## Views"
    yield ""
    for view in VIEWS:
        yield f"### {view.name}"
        yield ""
        yield view.description
        yield ""
        yield "| column | meaning |"
        yield "|---|---|"
        yield from (f"| `{name}` | {meaning} |" for name, meaning in view.described_columns())
        yield ""


def _macros() -> Iterator[str]:
    yield "## Macros"
    yield ""
    yield "| macro | what it gives |"
    yield "|---|---|"
    yield from (f"| `{macro.call}` | {macro.description} |" for macro in MACROS)
    yield ""


def _rules() -> Iterator[str]:
    yield "## Quarantine rules"
    yield ""
    yield "| rule | stage | when |"
    yield "|---|---|---|"
    for rule in errors.RULES.values():
        yield f"| `{rule.name}` | {rule.stage} | {rule.description} |"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(data_dictionary())
