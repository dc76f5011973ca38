"""The stories that most articles of some nights tell, read from the audited file.

What belongs here: choosing them, their outlets, and how they grew. What does not: what makes a
story (etl/stories/), and layout.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

SHOWN_STORIES = 7
SHOWN_OUTLETS = 6
SHOWN_HEADLINES = 12
STORY_NIGHTS = 14
OPENING_CHARS, LEAST_OPENING = 120, 60


@dataclass(frozen=True, kw_only=True)
class Headline:
    """One article of a story: its title, else how its text begins; its outlet as far as known."""

    article_id: str
    title: str | None
    opening: str | None = None
    outlet: str | None
    published_on: date

    @property
    def words(self) -> str:
        """The title, or the beginning of the text, up to the end of a word where it has any."""
        text = " ".join((self.title or self.opening or "").split())
        if self.title or len(text) <= OPENING_CHARS:
            return text
        end = text.rfind(" ", LEAST_OPENING, OPENING_CHARS)
        return f"{text[: end if end > 0 else OPENING_CHARS]} …"


@dataclass(frozen=True, kw_only=True)
class Story:
    """One event's coverage.

    ``tonight`` are its articles of the nights, ``outlets`` all that tell it with their articles,
    the busiest first; ``nights`` its articles by night, up to the last night, oldest first.
    """

    headline: Headline
    tonight: int
    article_count: int
    first_published_on: date
    countries: tuple[str, ...]
    outlets: tuple[tuple[str, int], ...]
    nights: tuple[tuple[date, int], ...]
    headlines: tuple[Headline, ...]

    @property
    def shown_outlets(self) -> tuple[tuple[str, int], ...]:
        return self.outlets[:SHOWN_OUTLETS]

    @property
    def other_outlets(self) -> int:
        """Outlets beyond those that are shown."""
        return len(self.outlets) - len(self.shown_outlets)


def read_stories(
    con: duckdb.DuckDBPyConnection, nights: Sequence[date], recent: Sequence[date] = ()
) -> tuple[Story, ...]:
    """The stories of several articles that ``nights`` (at least one) brought most of.

    ``recent`` are the nights by which they are counted, ascending.
    """
    of_nights = {"nights": list(nights), "first": min(nights), "last": max(nights)}
    rows = con.execute(_STORIES, {**of_nights, "shown": SHOWN_STORIES}).fetchall()
    told = _articles(con, rows)
    by_night = list(recent or sorted(nights))[-STORY_NIGHTS:]
    return tuple(_story(row, told[row[0]], by_night) for row in rows)


Row = tuple[Any, ...]


def _articles(con: duckdb.DuckDBPyConnection, stories: Sequence[Row]) -> dict[str, list[Row]]:
    """The articles of each story, the earliest first."""
    found: dict[str, list[Row]] = {}
    if stories:
        asked = {
            "stories": [row[0] for row in stories],
            "first": min(row[3] for row in stories),
            "last": max(row[4] for row in stories),
            "chars": 2 * OPENING_CHARS,
        }
        for story_id, *article in con.execute(_ARTICLES, asked).fetchall():
            found.setdefault(story_id, []).append(tuple(article))
    return found


def _story(row: Row, articles: Sequence[Row], nights: Sequence[date]) -> Story:
    _, tonight, article_count, first_published_on, _, countries = row
    headlines = [
        Headline(
            article_id=article_id,
            title=title,
            opening=opening,
            outlet=outlet,
            published_on=published_on,
        )
        for article_id, title, opening, outlet, published_on, _ in articles
    ]
    titled = [headline for headline in headlines if headline.title]
    return Story(
        headline=(titled or headlines)[0],
        tonight=tonight,
        article_count=article_count,
        first_published_on=first_published_on,
        countries=tuple(countries or ()),
        outlets=_counted(headline.outlet for headline in headlines),
        nights=_by_night((row[-1] for row in articles), nights),
        headlines=tuple(titled[:SHOWN_HEADLINES]),
    )


def _counted(outlets: Iterable[str | None]) -> tuple[tuple[str, int], ...]:
    counts = Counter(outlet for outlet in outlets if outlet)
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _by_night(ingested: Iterable[date], nights: Sequence[date]) -> tuple[tuple[date, int], ...]:
    found = Counter(ingested)
    return tuple((night, found[night]) for night in nights)


_STORIES = """
SELECT s.story_id, t.tonight, s.article_count, s.first_published_on, s.last_published_on,
    (SELECT list(name ORDER BY list_position(s.country_codes, country_code)) FROM countries
     WHERE list_contains(s.country_codes, country_code))
FROM (
    SELECT story_id, count(*) AS tonight, count(DISTINCT source_id) AS sources
    FROM articles
    WHERE ingested_on BETWEEN $first AND $last AND ingested_on IN (SELECT unnest($nights))
        AND is_latest
    GROUP BY story_id
) t JOIN stories s USING (story_id)
WHERE s.article_count > 1
ORDER BY t.tonight DESC, t.sources DESC, s.article_count DESC, s.story_id LIMIT $shown
"""
_ARTICLES = """
SELECT a.story_id, a.article_id, a.title,
    CASE WHEN a.title IS NULL THEN a.body[:$chars] END,
    coalesce(s.name, CASE a.unmapped_source_origin WHEN 'sidecar' THEN a.unmapped_source_name END),
    a.published_on, a.ingested_on
FROM articles a LEFT JOIN sources s USING (source_id)
WHERE a.story_id IN (SELECT unnest($stories::VARCHAR[])) AND a.is_latest
    AND a.published_on BETWEEN $first AND $last
ORDER BY a.story_id, a.published_on, a.ingested_on, a.article_id
"""
