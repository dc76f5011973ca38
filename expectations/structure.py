"""Expectations that follow from etl/schema/: columns, vocabularies, keys, references.

What belongs here: checks made from the declarations, so that a new table or column is
checked without a line here. What does not: rules that a person has to state (rows.py,
balance.py).
"""

from collections.abc import Iterator, Sequence

from etl.schema import TABLES, Column, Table
from expectations.model import Expectation, no_rows


def columns_as_declared(table: Table) -> Expectation:
    """Names, order, types and NOT NULL of one table, and of no table beside it."""
    declared = ", ".join(
        f"({position}, '{c.name}', '{c.type}', {str(c.nullable).lower()})"
        for position, c in enumerate(table.columns, start=1)
    )
    return Expectation(
        name=f"{table.name}_columns_are_as_declared",
        suite="structure",
        table=table.name,
        description=f"{table.name} has the columns that etl/schema/ declares: names, order, "
        "types, NOT NULL.",
        scope="table",
        **no_rows(_COLUMNS, declared=declared, table=table.name),
    )


_COLUMNS = """
WITH declared(position, column_name, type, nullable) AS (VALUES {declared}),
found AS (
    SELECT column_index AS position, column_name, data_type AS type, is_nullable AS nullable
    FROM duckdb_columns()
    WHERE database_name = current_database() AND schema_name = 'main' AND table_name = '{table}'
)
SELECT position, d.column_name AS declared, d.type AS declared_type,
    d.nullable AS declared_nullable, f.column_name AS found, f.type AS found_type,
    f.nullable AS found_nullable
FROM declared AS d FULL JOIN found AS f USING (position)
WHERE (d.column_name, d.type, d.nullable) IS DISTINCT FROM (f.column_name, f.type, f.nullable)
"""


def closed_vocabularies(table: Table) -> Expectation:
    """The closed vocabularies of one table's columns."""
    columns = [column for column in table.columns if column.allowed]
    return Expectation(
        name=f"{table.name}_keep_to_their_vocabularies",
        suite="structure",
        table=table.name,
        description=f"Every {_listed([c.name for c in columns])} of {table.name} is one of the "
        "values that etl/schema/ lists for it.",
        scope="night" if table.kind == "night" else "table",
        **no_rows(" UNION ALL ".join(_outside_vocabulary(column) for column in columns)),
    )


def _outside_vocabulary(column: Column) -> str:
    allowed = ", ".join(f"'{value}'" for value in column.allowed)
    return (
        f"SELECT '{column.name}' AS column_name, {column.name} AS value, count(*) AS times"
        f" FROM batch WHERE {column.name} NOT IN ({allowed}) GROUP BY {column.name}"
    )


def _listed(names: Sequence[str]) -> str:
    """'role, method and field'."""
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def unique_key(table: Table) -> Expectation:
    """No two rows share the key: DuckDB holds no key constraint here.

    Of the rows of an article it is enough that those of the night differ: that they stand in no
    other night is asked of all of them (evidence.py).
    """
    is_of_article = table.kind == "night" and len(table.key) > 1 and table.key[0] == "article_id"
    return Expectation(
        name=f"{table.name}_are_unique",
        suite="keys",
        table=table.name,
        description=f"No two rows of {table.name} have the same {_listed(table.key)}.",
        scope="night" if is_of_article else "table",
        **no_rows(_DUPLICATED, key=", ".join(table.key)),
    )


_DUPLICATED = "SELECT {key}, count(*) AS times FROM batch GROUP BY {key} HAVING count(*) > 1"


def whole_reference(table: Table, column: Column) -> Expectation:
    """Every value of a referring column, over all nights, is found where it refers to."""
    target, target_column = (column.references or "").split(".")
    return Expectation(
        name=f"{table.name}_{column.name}_is_found_in_{target}",
        suite="references",
        table=table.name,
        description=f"Every {column.name} of {table.name} is found in {target}.",
        scope="table",
        **no_rows(_DANGLING, column=column.name, target=target, target_column=target_column),
    )


_DANGLING = """
SELECT b.{column}, count(*) AS times
FROM batch AS b ANTI JOIN {target} AS t ON b.{column} = t.{target_column}
WHERE b.{column} IS NOT NULL
GROUP BY b.{column}
"""


def structure() -> Iterator[Expectation]:
    """All expectations that follow from the declared tables."""
    for table in TABLES:
        yield columns_as_declared(table)
        if any(column.allowed for column in table.columns):
            yield closed_vocabularies(table)
    yield from (unique_key(table) for table in TABLES)
    for table in TABLES:
        yield from (whole_reference(table, c) for c in table.columns if c.references)
