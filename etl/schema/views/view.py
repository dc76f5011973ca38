"""What a view is: its query, and what each of its columns means.

What belongs here: the value that declares a view, and its comments. What does not: any view.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from etl import schema


@dataclass(frozen=True, kw_only=True)
class View:
    """One view: ``query`` is a SELECT on the published tables.

    ``columns`` are all that it has, in their order: each with its description, or with the
    ``table.column`` that it shows as it is and whose description it has.
    """

    name: str
    description: str
    columns: Mapping[str, str]
    query: str

    def described_columns(self) -> Iterator[tuple[str, str]]:
        """Each column with its description in words."""
        for name, told in self.columns.items():
            column = _column(told)
            yield name, column.meaning if column else told


def _column(told: str) -> schema.Column | None:
    table, dot, name = told.partition(".")
    declared = {known.name: known for known in schema.TABLES}
    return declared[table].column(name) if dot and name and table in declared else None


def comment_statements(view: View) -> list[str]:
    """DDL that puts the descriptions of a view and of its columns in place."""
    return [
        f"COMMENT ON VIEW {view.name} IS {schema.literal(view.description)}",
        *(
            f'COMMENT ON COLUMN {view.name}."{name}" IS {schema.literal(meaning)}'
            for name, meaning in view.described_columns()
        ),
    ]
