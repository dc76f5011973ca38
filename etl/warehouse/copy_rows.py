"""Copies and versions in the staging file: what a night changes of them.

What belongs here: the tables text_groups and article_versions, and the columns of articles that
say which version is the latest. What does not: what a copy or a version is (etl/copies).
"""

from collections.abc import Iterable, Sequence
from datetime import date

import duckdb
import polars as pl

from etl import schema
from etl.copies import ADDRESS, WITHIN_DAYS, find_copies, find_versions, grouped
from etl.warehouse.windows import articles_around, asked, frame, replace_rows, rows_of

_ADDRESS = f"regexp_replace(trim(url), {schema.literal(ADDRESS)}, '', 'g')"
_PAGES = f"""
WITH touched AS (
    SELECT {_ADDRESS} AS address FROM articles
    WHERE url IS NOT NULL AND ingested_on IN (SELECT unnest($nights))
    UNION SELECT {_ADDRESS} FROM former_articles WHERE url IS NOT NULL
)
SELECT article_id, address, title, coalesce(body, '') AS body, ingested_on, published_on,
    delivery_id
FROM (SELECT *, {_ADDRESS} AS address FROM articles WHERE url IS NOT NULL)
WHERE address IN (SELECT address FROM touched) AND address <> ''
QUALIFY count(*) OVER (PARTITION BY address) > 1
ORDER BY article_id
"""


def write_versions(
    con: duckdb.DuckDBPyConnection, nights: Iterable[date], *, linked_by: str
) -> set[str]:
    """Find the versions of what lies at the addresses of the nights' articles, and of former ones.

    The columns version_of and is_latest of articles follow. Returns the articles that are versions,
    or were.
    """
    pages = frame(con, _PAGES, nights=list(nights))
    found = find_versions(pages)
    gone = {*_former(con), *pages["article_id"]}
    left = _chains_of(con, gone)
    gone |= set(left["article_id"])
    replace_rows(con, "article_versions", gone, found.with_columns(linked_by=pl.lit(linked_by)))
    with asked(con, "article_id", gone):
        con.execute(_MARK)
    return {*found["article_id"], *left["article_id"]}


def _chains_of(con: duckdb.DuckDBPyConnection, ids: Iterable[str]) -> pl.DataFrame:
    """All versions of the articles of which any was one.

    What is left of an article whose other version is gone stands at no page with versions.
    """
    chains = rows_of(con, "article_versions", ids)["first_id"].unique()
    query = "SELECT article_id FROM article_versions SEMI JOIN asked USING (first_id)"
    with asked(con, "first_id", chains):
        return frame(con, query)


_MARK = """
UPDATE articles SET version_of = v.version_of, is_latest = v.is_latest
FROM (
    SELECT article_id, nullif(first_id, article_id) AS version_of,
        coalesce(number = max(number) OVER (PARTITION BY first_id), true) AS is_latest
    FROM articles SEMI JOIN asked USING (article_id)
    LEFT JOIN article_versions USING (article_id)
) AS v
WHERE articles.article_id = v.article_id
    AND (articles.version_of, articles.is_latest) IS DISTINCT FROM (v.version_of, v.is_latest)
"""


def write_copies(
    con: duckdb.DuckDBPyConnection, days: Sequence[date], *, linked_by: str
) -> set[str]:
    """Find copies anew around changed days; return the articles whose rows are others now."""
    columns = "article_id, published_on, title, coalesce(body, '') AS body"
    window = articles_around(
        con,
        days,
        before=WITHIN_DAYS,
        after=WITHIN_DAYS,
        columns=columns,
        where="version_of IS NULL",
    )
    redone = articles_around(con, days, before=0, after=WITHIN_DAYS, columns="article_id")[
        "article_id"
    ]
    sources = rows_of(con, "article_sources", window["article_id"])
    links = find_copies(window, sources).filter(pl.col("article_id").is_in(redone.implode()))
    gone = {*redone, *_former(con)}
    held = _groups_of(con, {*gone, *links["copy_of"]})
    kept = held.filter(
        ~pl.col("article_id").is_in(list(gone)) & pl.col("copy_of").is_not_null()
    ).select(links.columns)
    rows = grouped(pl.concat([kept, links])).with_columns(linked_by=pl.lit(linked_by))
    replace_rows(con, "text_groups", held["article_id"], schema.TEXT_GROUPS.conform(rows))
    return {*held["article_id"], *rows["article_id"]}


def _groups_of(con: duckdb.DuckDBPyConnection, ids: Iterable[str]) -> pl.DataFrame:
    """All rows of the groups that any of the articles is in."""
    groups = rows_of(con, "text_groups", ids)["group_id"].unique()
    with asked(con, "group_id", groups):
        return frame(con, "FROM text_groups SEMI JOIN asked USING (group_id)")


def _former(con: duckdb.DuckDBPyConnection) -> list[str]:
    return [row[0] for row in con.execute("SELECT article_id FROM former_articles").fetchall()]
