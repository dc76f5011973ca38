"""Stories in the staging file: what a night changes of them.

What belongs here: which articles must be grouped anew, and the tables stories and story_links
with articles.story_id. What does not: what is read for it (story_window.py), and what a story is
(etl/stories).

An article is grouped anew where it is new, where one that it is compared with is new, gone or in
another story than before, and where its story lost or won an earlier one; until nothing moves.
"""

from collections.abc import Iterable, Set

import duckdb
import polars as pl

from etl.stories import (
    MEMBERS,
    Grouping,
    affected,
    compared_with,
    group,
    link_rows,
    load_likeness,
)
from etl.warehouse.story_window import (
    Shelf,
    Window,
    bare_traces,
    fetch_portraits,
    follows_of,
    members_of,
    window_around,
)
from etl.warehouse.windows import asked, replace_rows, rows_of

CHUNK_ARTICLES = 10_000


def regroup_all(con: duckdb.DuckDBPyConnection, *, linked_by: str) -> None:
    """Group all articles, some days at a time: each only looks at those before it."""
    con.execute("DELETE FROM stories")
    con.execute("DELETE FROM story_links")
    con.execute("UPDATE articles SET story_id = article_id WHERE story_id <> article_id")
    for ids in _chunks(con):
        shelf = Shelf(lambda wanted: fetch_portraits(con, wanted))
        made = _group(con, window_around(con, ids), ids, shelf)
        _write(con, made, ids, shelf, set(), linked_by)


def _chunks(con: duckdb.DuckDBPyConnection) -> Iterable[set[str]]:
    rows = con.execute("SELECT article_id FROM articles ORDER BY published_on, article_id")
    ids = [row[0] for row in rows.fetchall()]
    return [set(ids[i : i + CHUNK_ARTICLES]) for i in range(0, len(ids), CHUNK_ARTICLES)]


def regroup(
    con: duckdb.DuckDBPyConnection, new: Set[str], followers: Set[str], *, linked_by: str
) -> None:
    """Group what new articles and those that are gone (``former_articles``) change.

    ``followers`` are articles that copies or versions tie together otherwise than before.
    """
    gone = con.execute("SELECT article_id, story_id FROM former_articles").fetchall()
    redo = set(new) | set(rows_of(con, "articles", followers, columns="article_id")["article_id"])
    cause, stories = redo | {row[0] for row in gone}, {row[1] for row in gone}
    if not cause:
        return
    shelf = Shelf(lambda wanted: fetch_portraits(con, wanted))
    made: Grouping | None = None
    while True:
        window = window_around(con, redo)
        grown = redo | _touched(con, window, cause, stories)
        if made is not None and grown == redo:
            break
        if grown != redo:
            redo, window = grown, window_around(con, grown)
        made = _group(con, window, redo, shelf)
        moved = {a for a in redo if made.story_of[a] != window.stored[a]}
        cause |= moved
        stories |= {story for a in moved for story in (made.story_of[a], window.stored[a])}
    gone_ids = {row[0] for row in gone}
    _write(con, made, redo, shelf, gone_ids, linked_by, also={row[1] for row in gone})


def _touched(
    con: duckdb.DuckDBPyConnection, window: Window, cause: Set[str], stories: Set[str]
) -> set[str]:
    """Stored articles that may be in another story since some came, went or moved."""
    members = members_of(con, stories)
    traces = sorted({t[:2]: t for t in (*window.former, *window.traces)}.values())
    first = min((t[:2] for t in traces if t.article_id in cause), default=None)
    if first is None:
        return set()
    marked = set(cause) | set(members["article_id"])
    later = {t.article_id for t in traces if t[:2] > first}
    held = {t.article_id for t in bare_traces(members) if t[:2] > first}
    return held | ((affected(traces, marked) & later) & window.stored.keys())


def _group(
    con: duckdb.DuckDBPyConnection, window: Window, redo: Set[str], shelf: Shelf
) -> Grouping:
    """The stories of the articles to redo; all others stay in the one that is stored."""
    follows = follows_of(con, redo)
    compared = compared_with(window.traces, redo)
    leaders = rows_of(
        con,
        "articles",
        {leader for leader, _ in follows.values()},
        columns="article_id, published_on, story_id",
    )
    asked = {window.stored[a] for a in compared - redo}
    members = pl.concat([members_of(con, asked), leaders]).unique("article_id")
    stored = {**window.stored, **dict(members.select("article_id", "story_id").iter_rows())}
    known = {article_id: story for article_id, story in stored.items() if article_id not in redo}
    by_id = {t.article_id: t for t in (*bare_traces(members), *window.traces)}
    speaking = members.sort("published_on", "article_id").group_by("story_id").tail(MEMBERS)
    shelf.stock({*redo, *compared, *speaking["article_id"]} & by_id.keys())
    return group(
        sorted(by_id.values()), shelf, known=known, follows=follows, weights=load_likeness()
    )


def _write(
    con: duckdb.DuckDBPyConnection,
    made: Grouping,
    redo: Set[str],
    shelf: Shelf,
    gone: Set[str],
    linked_by: str,
    also: Set[str] = frozenset(),
) -> None:
    links = link_rows(made.links, shelf).with_columns(linked_by=pl.lit(linked_by))
    replace_rows(con, "story_links", {*redo, *gone}, links)
    stored = rows_of(con, "articles", redo, columns="article_id, story_id")
    fresh = stored.with_columns(
        fresh=pl.col("article_id").replace_strict(made.story_of, return_dtype=pl.String())
    )
    con.register("fresh", fresh)
    con.execute(
        "UPDATE articles SET story_id = fresh.fresh FROM fresh "
        "WHERE articles.article_id = fresh.article_id AND articles.story_id <> fresh.fresh"
    )
    con.unregister("fresh")
    _refresh_stories(con, {*stored["story_id"], *fresh["fresh"], *also}, linked_by)


def _refresh_stories(
    con: duckdb.DuckDBPyConnection, stories: Iterable[str], linked_by: str
) -> None:
    with asked(con, "story_id", stories):
        con.execute("DELETE FROM stories WHERE story_id IN (SELECT story_id FROM asked)")
        con.execute(_STORIES, {"linked_by": linked_by})


_STORIES = """
INSERT INTO stories BY NAME
WITH members AS (
    SELECT article_id, story_id, published_on, title, source_id, is_latest
    FROM articles SEMI JOIN asked USING (story_id)
), sizes AS (
    SELECT story_id, count(*) FILTER (is_latest) AS n FROM members GROUP BY story_id
), shared AS (
    SELECT story_id, list_sort(list(entity_id)) AS entity_ids, list_sort(list(name)) AS entities
    FROM (
        SELECT m.story_id, x.entity_id, max(x.name) AS name FROM members m
        JOIN (
            SELECT article_id, entity_id, max(name) AS name FROM mentions GROUP BY ALL
        ) x USING (article_id)
        JOIN sizes s ON s.story_id = m.story_id
        WHERE m.is_latest AND s.n > 1
        GROUP BY m.story_id, x.entity_id, s.n HAVING 2 * count(*) >= s.n
    ) GROUP BY story_id
), told AS (
    SELECT m.story_id,
        list(DISTINCT o.name ORDER BY o.name) FILTER (o.name IS NOT NULL) AS sources,
        list(m.title ORDER BY m.published_on, m.article_id) FILTER (m.title IS NOT NULL)
            AS headlines
    FROM members m JOIN sizes s ON s.story_id = m.story_id
    LEFT JOIN sources o ON o.source_id = m.source_id
    WHERE m.is_latest AND s.n > 1
    GROUP BY m.story_id
), about AS (
    SELECT story_id, list_sort(list(country_code)) AS country_codes,
        list_sort(list(name) FILTER (n > 1)) AS countries
    FROM (
        SELECT m.story_id, c.country_code, any_value(k.name) AS name, s.n FROM members m
        JOIN article_countries c ON c.article_id = m.article_id AND c.is_focus
        LEFT JOIN countries k ON k.country_code = c.country_code
        JOIN sizes s ON s.story_id = m.story_id
        WHERE m.is_latest
        GROUP BY m.story_id, c.country_code, s.n HAVING 2 * count(*) >= s.n
    ) GROUP BY story_id
)
SELECT m.story_id,
    first(m.title ORDER BY m.published_on, m.article_id) FILTER (m.title IS NOT NULL) AS headline,
    count(*) FILTER (m.is_latest) AS article_count,
    count(DISTINCT m.source_id) FILTER (m.is_latest) AS source_count,
    min(m.published_on) AS first_published_on, max(m.published_on) AS last_published_on,
    coalesce(any_value(c.country_codes), []) AS country_codes,
    coalesce(any_value(s.entity_ids), []) AS entity_ids,
    coalesce(any_value(c.countries), []) AS countries,
    coalesce(any_value(s.entities), []) AS entities,
    coalesce(any_value(t.sources), []) AS sources,
    coalesce(any_value(t.headlines), []) AS headlines,
    $linked_by AS linked_by
FROM members m
LEFT JOIN shared s USING (story_id) LEFT JOIN told t USING (story_id)
LEFT JOIN about c USING (story_id)
GROUP BY m.story_id ORDER BY first_published_on, m.story_id
"""
