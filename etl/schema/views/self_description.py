"""Views in which the file tells of itself: ``about``, ``dictionary`` and ``guide``.

What belongs here: what somebody needs who has the file and nothing else. What does not: the texts
on tables, columns and views, which are those of the declarations.

They are views on constant rows, so that each file has those of the code that wrote it, and no
row of them needs to be staged.
"""

from collections.abc import Iterable, Iterator, Sequence

from etl import schema
from etl.schema.views.guide import guide
from etl.schema.views.view import View

VERSION = "3"
"""Of the schema: docs/changes.md tells what each number brought, and what it promises."""

DESCRIPTION = (
    "News articles, a row each, with their day, outlet, countries, entities and story, as one "
    "nightly build published them after all of its checks had held."
)
ATTRIBUTION = (
    "Places, neighbours and place names: GeoNames (geonames.org), CC BY 4.0. Names of languages, "
    "months and territories: Unicode CLDR, Unicode License v3. Newspapers with their domains: "
    "Wikidata, CC0. Other reference tables: written for Dateline."
)
START = "FROM guide: questions with their SQL. FROM dictionary: every column. FROM v_articles."
NIGHT = "(SELECT max(ingested_on) FROM deliveries)::VARCHAR"
NIGHTS = "(SELECT count(DISTINCT ingested_on) FROM deliveries)::VARCHAR"
PUBLISHED_AS = "(SELECT arg_max(version, sequence) FROM runs)"
FINISHED = "(SELECT strftime(max(finished_at), '%Y-%m-%d %H:%M UTC') FROM runs)"
CODE = "(SELECT arg_max(code_version, sequence) FROM runs)"
MODEL = "(SELECT arg_max(model_version, sequence) FROM runs)"
TEXTS = "Titles and texts are their publishers', who may restrict what is done with them."


def self_descriptions(views: Sequence[View]) -> tuple[View, ...]:
    """The three views; the dictionary has the columns of ``views``, too, and their own."""
    others = (_about(), _guide())
    return (*others, _dictionary((*views, *others)))


def _about() -> View:
    facts = {
        "description": schema.literal(DESCRIPTION),
        "start": schema.literal(START),
        "version": PUBLISHED_AS,
        "schema_version": schema.literal(VERSION),
        "newest_night": NIGHT,
        "nights": NIGHTS,
        "published_at": FINISHED,
        "code_version": CODE,
        "model_version": MODEL,
        "texts": schema.literal(TEXTS),
        "attribution": schema.literal(ATTRIBUTION),
    }
    return View(
        name="about",
        description="What this file is, of which night and version, and whom its data is from.",
        columns={"name": "What is told.", "value": "What it is."},
        query=_constant(([schema.literal(n), sql] for n, sql in facts.items()), "name, value"),
    )


def _guide() -> View:
    rows = ([schema.literal(t) for t in (q.part, q.question, q.sql, q.shows)] for q in guide())
    return View(
        name="guide",
        description="Questions to begin with, each with the SQL that answers it.",
        columns={
            "part": "What it is about.",
            "question": "The question.",
            "sql": "The query that answers it.",
            "shows": "What the answer has.",
        },
        query=_constant(rows, "part, question, sql, shows"),
    )


def _dictionary(views: Sequence[View]) -> View:
    own = View(
        name="dictionary",
        description="Every column of every table and view, as comments in the file have it.",
        columns={
            "table_name": "Table or view.",
            "column_name": "Column.",
            "type": "Type of a table's column; null for a view's.",
            "is_nullable": "Whether it may be null; null for a view's.",
            "is_key": "Whether it is part of the key; null for a view's.",
            "meaning": "What it holds, with allowed values and references.",
        },
        query="",
    )
    rows = (
        [_sql(cell) for cell in row]
        for row in (*_columns_of_tables(), *_columns_of_views((*views, own)))
    )
    return View(
        name=own.name,
        description=own.description,
        columns=own.columns,
        query=_constant(rows, ", ".join(own.columns)),
    )


def _columns_of_tables() -> Iterator[tuple[object, ...]]:
    for table in schema.TABLES:
        for column in table.columns:
            is_key = column.name in table.key
            yield table.name, column.name, column.type, column.nullable, is_key, column.meaning


def _columns_of_views(views: Iterable[View]) -> Iterator[tuple[object, ...]]:
    for view in views:
        for name, meaning in view.described_columns():
            yield view.name, name, None, None, None, meaning


def _sql(cell: object) -> str:
    if cell is None or isinstance(cell, bool):
        return {None: "NULL", True: "true", False: "false"}[cell]
    return schema.literal(str(cell))


def _constant(rows: Iterable[Sequence[str]], names: str) -> str:
    lines = ",\n".join(f"({', '.join(row)})" for row in rows)
    return f"SELECT * FROM (VALUES {lines}) AS told({names})"
