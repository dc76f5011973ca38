"""A small file of articles for tests of the stages across articles.

What belongs here: articles in few words, and nights of them put into an open DuckDB file as
staging does. What does not: any expectation.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import duckdb
import polars as pl

from etl import schema
from etl.warehouse.across import link_articles
from etl.warehouse.entity_link_rows import list_entities
from etl.warehouse.windows import make_room, note_former

FIRST_DAY = date(2026, 3, 1)
LINKED = ("articles", "stories", "story_links", "text_groups", "article_versions")


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One article: ``day`` and ``night`` count from ``FIRST_DAY``; names by label.

    The first of the ``countries`` is in focus.
    """

    article_id: str
    day: int = 0
    night: int = 0
    title: str = "A title"
    body: str = "A body."
    url: str | None = None
    persons: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    sources: tuple[tuple[str, str], ...] = ()
    language: str = "en"


def empty_file() -> duckdb.DuckDBPyConnection:
    """A file in memory with all declared tables."""
    con = duckdb.connect()
    for table in schema.TABLES:
        con.execute(schema.create_statement(table))
    return con


def bring(
    con: duckdb.DuckDBPyConnection,
    pieces: Iterable[Piece],
    nights: Iterable[int],
    version: str = "1",
) -> None:
    """Replace nights by what ``pieces`` has of them, and link."""
    wanted = sorted(set(nights))
    make_room(con)
    for night in wanted:
        day = FIRST_DAY + timedelta(days=night)
        note_former(con, day)
        for table in _OF_NIGHTS:
            con.execute(f"DELETE FROM {table} WHERE ingested_on = ?", [day])
    brought = [piece for piece in pieces if piece.night in wanted]
    _add(con, schema.ARTICLES, map(_article, brought))
    _add(con, schema.MENTIONS, (row for piece in brought for row in _mentions(piece)))
    _add(con, schema.ARTICLE_COUNTRIES, (row for piece in brought for row in _countries(piece)))
    _add(con, schema.ARTICLE_SOURCES, (row for piece in brought for row in _sources(piece)))
    list_entities(con, [piece.article_id for piece in brought])
    days = [FIRST_DAY + timedelta(days=night) for night in wanted]
    link_articles(con, days, linked_by=version)


_OF_NIGHTS = ("articles", "article_countries", "mentions", "article_sources", "date_mentions")


def _shared(piece: Piece) -> dict[str, object]:
    night = FIRST_DAY + timedelta(days=piece.night)
    return {"article_id": piece.article_id, "ingested_on": night, "derived_by": "test"}


def _article(piece: Piece) -> dict[str, object]:
    return {
        **_shared(piece),
        "delivery_id": f"d-{piece.article_id}",
        "file_name": f"{piece.article_id}.txt",
        "published_on": FIRST_DAY + timedelta(days=piece.day),
        "date_precision": "day",
        "date_origin": "header",
        "date_conflict": False,
        "date_confidence": 1.0,
        "title": piece.title,
        "body": piece.body,
        "url": piece.url,
        "language_code": piece.language,
        "word_count": len(piece.body.split()),
        "countries": [],
        "focus_countries": [],
        "saliences": [],
        "entity_ids": [],
        "place_ids": [],
        "names": [],
        "name_labels": [],
        "name_starts": [],
        "locations": [],
        "spoken_days": [],
        "story_id": piece.article_id,
        "is_latest": True,
        "run_id": "test",
    }


def _mentions(piece: Piece) -> Iterator[dict[str, object]]:
    names = {"PERSON": piece.persons, "ORG": piece.organisations, "PLACE": piece.places}
    for label, of in names.items():
        for number, name in enumerate(of):
            yield {
                **_shared(piece),
                "field": "body",
                "start_char": number,
                "end_char": number + 1,
                "text": name,
                "label": label,
                "name": name,
                "entity_id": f"{label}:{name}",
                "method": "statistical",
                "score": 1.0,
            }


def _countries(piece: Piece) -> Iterator[dict[str, object]]:
    for rank, code in enumerate(piece.countries, start=1):
        known = {"country_code": code, "rank": rank, "is_focus": rank == 1, "role": "subject"}
        counted = {"score": 0.9, "salience": 0.9 / rank, "mention_count": 1, "method": "capital"}
        span = {"evidence": code, "field": "body", "start_char": 0, "end_char": 2}
        yield {**_shared(piece), **known, **counted, **span}


def _sources(piece: Piece) -> Iterator[dict[str, object]]:
    for role, source in piece.sources:
        known = {"source_id": source, "role": role, "origin": "sidecar", "evidence": source}
        yield {**_shared(piece), **known}


def _add(
    con: duckdb.DuckDBPyConnection, table: schema.Table, rows: Iterable[dict[str, object]]
) -> None:
    con.register("rows", table.frame(rows))
    con.execute(f"INSERT INTO {table.name} BY NAME SELECT * FROM rows")
    con.unregister("rows")


def linked_rows(con: duckdb.DuckDBPyConnection) -> dict[str, pl.DataFrame]:
    """All rows of what links articles, sorted."""
    return {name: con.sql(f"SELECT * FROM {name} ORDER BY ALL").pl() for name in LINKED}
