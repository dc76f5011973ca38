"""Links of bare names in the staging file: what a night changes of them.

What belongs here: which articles are linked anew, the table entity_links, and the entities that it
alone knows. What does not: which full name a bare one means (etl/link).

A link depends on the articles of the days around, so all articles within these of a day that a
night changed are linked anew; only rows that come out otherwise are written.
"""

from collections.abc import Iterable, Sequence
from datetime import date

import duckdb
import polars as pl

from etl import schema
from etl.link import WITHIN_DAYS, link_bare_names
from etl.warehouse.windows import articles_around, asked, frame, replace_rows, rows_of

CHUNK_DAYS = 60
"""Days linked at once, so that memory is bounded where all are."""


def write_entity_links(
    con: duckdb.DuckDBPyConnection, days: Iterable[date], *, linked_by: str
) -> None:
    """Link bare names anew around changed days, and forget those of articles that are gone.

    Entities that only links know come and go with these.
    """
    former = [row[0] for row in con.execute("SELECT article_id FROM former_articles").fetchall()]
    left = rows_of(con, "articles", former, columns="article_id")["article_id"]
    stale = _replace(con, set(former) - set(left), schema.ENTITY_LINKS.frame())
    touched = _days_around(con, days)
    for start in range(0, len(touched), CHUNK_DAYS):
        stale |= _link(con, touched[start : start + CHUNK_DAYS], linked_by)
    _refresh_linked_entities(con, stale)


def _days_around(con: duckdb.DuckDBPyConnection, days: Iterable[date]) -> list[date]:
    """Days with articles that lie within the window of a changed day, ascending."""
    query = """
        SELECT DISTINCT a.published_on FROM articles a JOIN unnest($days::DATE[]) AS d(day)
        ON a.published_on BETWEEN d.day - $within AND d.day + $within ORDER BY 1
    """
    rows = con.execute(query, {"days": list(days), "within": WITHIN_DAYS})
    return [row[0] for row in rows.fetchall()]


def _link(con: duckdb.DuckDBPyConnection, days: Sequence[date], linked_by: str) -> set[str]:
    """Link the articles of some days; return the linked entities whose rows may be others now."""
    from etl.warehouse.name_rules import given_name_countries, name_rules, office_holders

    window = {"days": list(days), "within": WITHIN_DAYS}
    wanted = articles_around(con, days, before=0, after=0, columns="article_id")["article_id"]
    made = link_bare_names(
        frame(con, _NAMES, **window),
        frame(con, _COUNTRIES, **window),
        office_holders(),
        wanted=wanted,
        rules=name_rules(),
        given_in=given_name_countries(),
    )
    rows = schema.ENTITY_LINKS.conform(made.with_columns(linked_by=pl.lit(linked_by)))
    stored = rows_of(con, "entity_links", wanted)
    unseen = pl.concat([stored, rows]).filter(pl.col("nearest_id").is_null())["linked_entity_id"]
    return _replace(con, _differing(con, stored, rows), rows) | set(unseen)


_AROUND = """published_on IN (
    SELECT day + step::INTEGER FROM unnest($days::DATE[]) AS d(day),
        range(-$within, $within + 1) AS s(step)
)"""
_NAMES = f"""
SELECT m.article_id, any_value(a.published_on - DATE '1970-01-01')::INTEGER AS day,
    any_value(m.label) AS label, max(m.name) AS name, m.entity_id,
    bool_or(m.method IN ('title_rule', 'office_holder')) AS is_titled
FROM mentions AS m JOIN articles AS a USING (article_id)
WHERE {_AROUND} AND m.label <> 'NORP' AND NOT (m.label = 'PLACE' AND m.method = 'country_name')
GROUP BY m.article_id, m.entity_id
"""
_COUNTRIES = f"""
SELECT article_id, country_code, is_focus
FROM article_countries JOIN articles USING (article_id) WHERE {_AROUND}
"""


def _differing(
    con: duckdb.DuckDBPyConnection, stored: pl.DataFrame, rows: pl.DataFrame
) -> set[str]:
    """The articles whose rows are not those that are stored."""
    con.register("stored", stored)
    con.register("made", rows)
    found = con.execute(
        "SELECT article_id FROM (FROM stored EXCEPT FROM made) "
        "UNION SELECT article_id FROM (FROM made EXCEPT FROM stored)"
    ).fetchall()
    con.unregister("stored")
    con.unregister("made")
    return {row[0] for row in found}


def _replace(
    con: duckdb.DuckDBPyConnection, articles: Iterable[str], rows: pl.DataFrame
) -> set[str]:
    """Put rows in the place of those of some articles; return the linked entities of both."""
    changed = sorted(articles)
    before = rows_of(con, "entity_links", changed, columns="linked_entity_id, article_id")
    fresh = rows.filter(pl.col("article_id").is_in(changed))
    replace_rows(con, "entity_links", changed, fresh)
    list_entities(con, changed)
    return {*before["linked_entity_id"], *fresh["linked_entity_id"]}


def list_entities(con: duckdb.DuckDBPyConnection, articles: Iterable[str]) -> None:
    """Put right which entities some articles list, by the links that are stored."""
    with asked(con, "article_id", articles):
        con.execute(_LIST_ENTITIES)


_LIST_ENTITIES = """
UPDATE articles SET entity_ids = meant.entity_ids
FROM (
    SELECT m.article_id,
        list_sort(list(DISTINCT coalesce(l.linked_entity_id, m.entity_id))) AS entity_ids
    FROM mentions AS m SEMI JOIN asked USING (article_id)
    LEFT JOIN entity_links AS l USING (article_id, entity_id)
    GROUP BY m.article_id
) AS meant
WHERE articles.article_id = meant.article_id AND articles.entity_ids <> meant.entity_ids
"""


def _refresh_linked_entities(con: duckdb.DuckDBPyConnection, stale: Iterable[str]) -> None:
    """Entities that no article mentions: as many as links lead to, and none else."""
    with asked(con, "entity_id", stale):
        con.execute(
            "DELETE FROM entities WHERE article_count = 0 AND entity_id IN "
            "(SELECT entity_id FROM asked)"
        )
    con.execute(_LINKED_ENTITIES)


_LINKED_ENTITIES = """
INSERT INTO entities BY NAME
SELECT linked_entity_id AS entity_id, 'PERSON' AS label, min(evidence) AS name,
    []::VARCHAR[] AS aliases, min(country_code) AS country_code, 0 AS article_count,
    min(published_on) AS first_published_on, max(published_on) AS last_published_on
FROM entity_links JOIN articles USING (article_id)
WHERE linked_entity_id NOT IN (SELECT entity_id FROM entities)
GROUP BY linked_entity_id ORDER BY linked_entity_id
"""
