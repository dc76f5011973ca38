"""What stories are grouped from, read from the staging file.

What belongs here: the articles around those that are grouped anew, their traces, portraits and
stored stories. What does not: which articles those are, and writing (story_rows.py).
"""

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass

import duckdb
import polars as pl

from etl.stories import FAR_DAYS, LEAD_CHARS, NEAR_DAYS, Portrait, Trace, portraits, traces
from etl.warehouse.windows import articles_around, asked, frame, rows_of

_TRACED = "article_id, published_on, title, language_code, story_id"
_NAMED = "DISTINCT article_id, label, name, country_code"


class Shelf(dict[str, Portrait]):
    """Portraits by article, fetched where one is asked for that is not there yet."""

    def __init__(self, fetch: Callable[[Iterable[str]], list[Portrait]]) -> None:
        super().__init__()
        self.fetch = fetch

    def __missing__(self, article_id: str) -> Portrait:
        self.stock([article_id])
        return self[article_id]

    def stock(self, ids: Iterable[str]) -> None:
        """Fetch at once what is not there yet."""
        wanted = set(ids) - self.keys()
        self.update({portrait.article_id: portrait for portrait in self.fetch(wanted)})


@dataclass(frozen=True, kw_only=True)
class Window:
    """Articles around those to group: traces in their order, and the stories they are stored in.

    ``former`` are traces of articles as they were before their night was replaced.
    """

    traces: list[Trace]
    stored: Mapping[str, str]
    former: list[Trace]


def window_around(con: duckdb.DuckDBPyConnection, ids: Set[str]) -> Window:
    """All that some articles, or former ones, could be compared with, or that with them."""
    former = frame(con, "FROM former_articles")
    own = rows_of(con, "articles", ids, columns=_TRACED)
    days = pl.concat([own["published_on"], former["published_on"]]).unique().sort()
    near = articles_around(con, days.to_list(), before=NEAR_DAYS, after=NEAR_DAYS, columns=_TRACED)
    found = pl.concat([near, _far(con, ids, days)]).unique("article_id").sort("article_id")
    mentions = rows_of(con, "mentions", found["article_id"], columns=_NAMED)
    return Window(
        traces=traces(found, mentions),
        stored=dict(found.select("article_id", "story_id").iter_rows()),
        former=traces(former, frame(con, "FROM former_mentions")),
    )


_FAR = f"""
WITH names AS (
    SELECT lower(name) AS name FROM mentions SEMI JOIN asked USING (article_id)
    WHERE label = 'PERSON' AND contains(name, ' ')
    UNION SELECT lower(name) FROM former_mentions WHERE label = 'PERSON' AND contains(name, ' ')
)
SELECT {_TRACED} FROM articles
WHERE published_on BETWEEN $first AND $last AND article_id IN (
    SELECT article_id FROM mentions WHERE lower(name) IN (SELECT name FROM names)
)
"""


def _far(con: duckdb.DuckDBPyConnection, ids: Set[str], days: pl.Series) -> pl.DataFrame:
    """Articles within ``FAR_DAYS`` that share a person's full name."""
    far = pl.duration(days=FAR_DAYS)
    first, last = pl.select(pl.lit(days.min()) - far, pl.lit(days.max()).alias("last") + far).row(0)
    with asked(con, "article_id", ids):
        return frame(con, _FAR, first=first, last=last)


def members_of(con: duckdb.DuckDBPyConnection, stories: Iterable[str]) -> pl.DataFrame:
    """article_id, published_on and story_id of the articles that are stored in some stories."""
    query = (
        "SELECT article_id, published_on, story_id FROM articles SEMI JOIN asked USING (story_id) "
        "ORDER BY published_on, article_id"
    )
    with asked(con, "story_id", stories):
        return frame(con, query)


def bare_traces(articles: pl.DataFrame) -> list[Trace]:
    """Traces of articles that nothing is looked up by: they only speak for their story."""
    rows = articles.select(pl.col("published_on").to_physical(), "article_id").iter_rows()
    return [Trace(day, article_id, (), frozenset()) for day, article_id in rows]


_FOLLOWS = """
SELECT article_id, leader, method FROM (
    SELECT article_id, 'version' AS method,
        arg_min(article_id, (published_on, article_id)) OVER (PARTITION BY first_id) AS leader
    FROM article_versions JOIN (SELECT article_id, published_on FROM articles) USING (article_id)
    WHERE first_id IN (SELECT first_id FROM article_versions SEMI JOIN asked USING (article_id))
    UNION ALL
    SELECT article_id, 'copy', copy_of FROM text_groups WHERE copy_of IS NOT NULL
) SEMI JOIN asked USING (article_id)
WHERE leader <> article_id
ORDER BY article_id, method
"""


def follows_of(con: duckdb.DuckDBPyConnection, ids: Set[str]) -> dict[str, tuple[str, str]]:
    """Of some articles those that are copies or versions: the one that each follows, and why."""
    with asked(con, "article_id", ids):
        rows = con.execute(_FOLLOWS).fetchall()
    return {article_id: (leader, method) for article_id, leader, method in rows}


def fetch_portraits(con: duckdb.DuckDBPyConnection, ids: Iterable[str]) -> list[Portrait]:
    """The portraits of some articles."""
    wanted = set(ids)
    lead = f"left(coalesce(body, ''), {LEAD_CHARS}) AS body"
    text = f"article_id, published_on, language_code, title, {lead}"
    return portraits(
        rows_of(con, "articles", wanted, columns=text),
        rows_of(con, "mentions", wanted, columns=_NAMED),
        rows_of(con, "date_mentions", wanted, columns="article_id, starts_on, precision"),
    )
