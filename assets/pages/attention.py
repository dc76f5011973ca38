"""Whom and what some nights' articles name, beside the month before, read from the audited file.

What belongs here: the queries on countries, pairs of countries and people. What does not: stories
(stories.py), geometry (charts.py), the map (world_map.py).

The nights' articles are held against the 30 days before the commonest day of publication among
them, the *news day*: so a night that brings an archive is compared with its own time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import duckdb

from etl.schema import BASELINE_DAYS

SHOWN_NAMED = 10
LEAST_MONTH_ARTICLES = 100
"""Of 80 articles in a month one more is over a point: that is no change of the news."""
LISTED_IDS = 5
"""Of somebody whom so few articles name these are told, so that the page goes with any of them."""


@dataclass(frozen=True, kw_only=True)
class Named:
    """A country, a pair or a person, and the articles of the nights that name it.

    ``codes`` are countries. ``share`` is that of the nights' articles (0-1), ``month_share`` that
    of the 30 days before the news day, None where these have too few; ``days`` are the shares of
    each day up to the news day, None of a day without articles. ``article_ids`` are the articles,
    where they are few.
    """

    name: str
    codes: tuple[str, ...] = ()
    count: int
    focus_count: int = 0
    share: float
    month_share: float | None = None
    days: tuple[float | None, ...] = ()
    article_ids: tuple[str, ...] = ()

    @property
    def change(self) -> float | None:
        """What the share is above that of the month (0-1)."""
        return None if self.month_share is None else self.share - self.month_share


@dataclass(frozen=True, kw_only=True)
class Attention:
    """Who is in the news of the nights; the most named first, all countries, some of the rest."""

    article_count: int = 0
    news_day: date | None = None
    month_article_count: int = 0
    countries: tuple[Named, ...] = ()
    pairs: tuple[Named, ...] = ()
    people: tuple[Named, ...] = ()

    @property
    def days(self) -> tuple[date, ...]:
        """The news day and the 30 before it."""
        return _days(self.news_day) if self.news_day else ()

    @property
    def has_month(self) -> bool:
        """Whether the month before is large enough to be held against."""
        return self.month_article_count >= LEAST_MONTH_ARTICLES


@dataclass(frozen=True, kw_only=True)
class Month:
    """The days up to the news day, the articles of each, and those of all but the last."""

    days: tuple[date, ...]
    totals: Mapping[date, int]
    article_count: int


def read_attention(con: duckdb.DuckDBPyConnection, nights: Sequence[date]) -> Attention:
    """What the articles of ``nights`` (at least one) name; replaced versions do not count."""
    of_nights = {"nights": list(nights), "first": min(nights), "last": max(nights)}
    con.execute(_TONIGHT, of_nights)
    ((article_count, news_day),) = con.execute(_TOTAL).fetchall()
    month = _month(con, news_day)
    found = Attention(
        article_count=article_count,
        news_day=news_day,
        month_article_count=month.article_count,
        countries=_countries(con, month, article_count),
        pairs=_pairs(con, month, article_count),
        people=_people(con, month, article_count, of_nights),
    )
    con.execute("DROP TABLE tonight")
    return found


def _month(con: duckdb.DuckDBPyConnection, news_day: date | None) -> Month:
    if news_day is None:
        return Month(days=(), totals={}, article_count=0)
    days = _days(news_day)
    totals = dict(con.execute(_TOTALS, {"first": days[0], "last": news_day}).fetchall())
    before = sum(count for day, count in totals.items() if day < news_day)
    return Month(days=days, totals=totals, article_count=before)


def _days(news_day: date) -> tuple[date, ...]:
    return tuple(news_day - timedelta(days=ago) for ago in range(BASELINE_DAYS, -1, -1))


def _countries(
    con: duckdb.DuckDBPyConnection, month: Month, article_count: int
) -> tuple[Named, ...]:
    rows = con.execute(_COUNTRIES).fetchall()
    trends = _trends(con, _COUNTRY_TREND, month, codes=[code for code, *_ in rows])
    return tuple(
        Named(
            name=name,
            codes=(code,),
            count=count,
            focus_count=focus_count,
            share=count / article_count,
            **_beside(month, trends.get(code, {})),
        )
        for code, name, count, focus_count in rows
    )


def _pairs(con: duckdb.DuckDBPyConnection, month: Month, article_count: int) -> tuple[Named, ...]:
    rows = con.execute(_PAIRS, {"shown": SHOWN_NAMED}).fetchall()
    codes = [[one, other] for one, other, *_ in rows]
    trends = _trends(con, _PAIR_TREND, month, codes=codes) if rows else {}
    return tuple(
        Named(
            name=f"{name} and {other_name}",
            codes=(code, other),
            count=count,
            share=count / article_count,
            **_beside(month, trends.get(f"{code}-{other}", {})),
        )
        for code, other, name, other_name, count in rows
    )


def _people(
    con: duckdb.DuckDBPyConnection, month: Month, article_count: int, of_nights: dict[str, Any]
) -> tuple[Named, ...]:
    rows = con.execute(_PEOPLE, {**of_nights, "shown": SHOWN_NAMED}).fetchall()
    trends = _trends(con, _PERSON_TREND, month, codes=[entity for entity, *_ in rows])
    few = [entity for entity, _, count in rows if count <= LISTED_IDS]
    articles = dict(con.execute(_ARTICLES_OF, {**of_nights, "few": few}).fetchall())
    return tuple(
        Named(
            name=name,
            count=count,
            share=count / article_count,
            article_ids=tuple(articles.get(entity, ())),
            **_beside(month, trends.get(entity, {})),
        )
        for entity, name, count in rows
    )


def _trends(
    con: duckdb.DuckDBPyConnection, query: str, month: Month, *, codes: Sequence[object]
) -> dict[str, dict[date, int]]:
    """Articles by day of the month, by what they name."""
    found: dict[str, dict[date, int]] = {}
    if month.days and codes:
        asked = {"codes": list(codes), "first": month.days[0], "last": month.days[-1]}
        for name, day, count in con.execute(query, asked).fetchall():
            found.setdefault(name, {})[day] = count
    return found


def _beside(month: Month, trend: Mapping[date, int]) -> dict[str, Any]:
    """Its shares by day and of the month before, where that has articles enough."""
    if month.article_count < LEAST_MONTH_ARTICLES:
        return {}
    before = sum(count for day, count in trend.items() if day < month.days[-1])
    return {
        "month_share": before / month.article_count,
        "days": tuple(
            trend.get(day, 0) / month.totals[day] if month.totals.get(day) else None
            for day in month.days
        ),
    }


_TONIGHT = """
CREATE TEMP TABLE tonight AS SELECT article_id, published_on, date_precision
FROM articles
WHERE ingested_on BETWEEN $first AND $last AND ingested_on IN (SELECT unnest($nights))
    AND is_latest
"""
_TOTAL = """
SELECT count(*), (
    SELECT published_on FROM tonight WHERE date_precision = 'day'
    GROUP BY published_on ORDER BY count(*) DESC, published_on DESC LIMIT 1
) FROM tonight
"""
_TOTALS = """
SELECT published_on, article_count FROM daily_totals WHERE published_on BETWEEN $first AND $last
"""
_COUNTRIES = """
SELECT country_code, c.name, count(*) AS n, count(*) FILTER (is_focus)
FROM article_countries JOIN tonight USING (article_id) JOIN countries c USING (country_code)
GROUP BY country_code, c.name ORDER BY n DESC, c.name
"""
_COUNTRY_TREND = """
SELECT country_code, published_on, article_count FROM country_days
WHERE published_on BETWEEN $first AND $last AND country_code IN (SELECT unnest($codes::VARCHAR[]))
"""
_PAIRS = """
SELECT x.country_code, y.country_code, c.name, d.name, count(*) AS n
FROM tonight JOIN article_countries x USING (article_id)
JOIN article_countries y ON y.article_id = x.article_id AND x.country_code < y.country_code
JOIN countries c ON c.country_code = x.country_code
JOIN countries d ON d.country_code = y.country_code
GROUP BY ALL HAVING n > 1 ORDER BY n DESC, c.name, d.name LIMIT $shown
"""
_PAIR_TREND = """
SELECT pair[1] || '-' || pair[2], published_on, count(*)
FROM articles, (SELECT unnest($codes::VARCHAR[][]) AS pair)
WHERE published_on BETWEEN $first AND $last AND date_precision = 'day' AND is_latest
    AND list_has_all(countries, pair)
GROUP BY ALL
"""
_PEOPLE = """
SELECT m.entity_id, e.name, count(DISTINCT m.article_id) AS n
FROM mentions m JOIN tonight USING (article_id) JOIN entities e USING (entity_id)
WHERE m.ingested_on BETWEEN $first AND $last AND m.ingested_on IN (SELECT unnest($nights))
    AND e.label = 'PERSON'
GROUP BY m.entity_id, e.name HAVING n > 1 ORDER BY n DESC, e.name, m.entity_id LIMIT $shown
"""
_ARTICLES_OF = """
SELECT entity_id, list(DISTINCT article_id ORDER BY article_id)
FROM mentions m JOIN tonight USING (article_id)
WHERE m.ingested_on BETWEEN $first AND $last AND m.ingested_on IN (SELECT unnest($nights))
    AND entity_id IN (SELECT unnest($few::VARCHAR[]))
GROUP BY entity_id
"""
_PERSON_TREND = """
SELECT entity_id, published_on, article_count FROM entity_days
WHERE entity_id IN (SELECT unnest($codes::VARCHAR[])) AND published_on BETWEEN $first AND $last
"""
