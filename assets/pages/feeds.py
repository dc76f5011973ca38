"""What each feed brought to some nights, read from the file that was audited.

What belongs here: the queries, and the short forms in which page and metadata tell of feeds. What
does not: which feed is ill, which the expectations say (expectations/feeds.py), and layout.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

SHOWN_FEEDS = 20
SHOWN_ABSENT = 10
LEAST_NIGHTS = 2
"""Of the recent nights, in which a feed must have come to be missed: one that came once is over."""
NAMELESS = "(no feed named)"


@dataclass(frozen=True, kw_only=True)
class Feed:
    """Documents of a feed by outcome, and those in quarantine by rule, the most frequent first.

    ``name`` is None for documents whose feed nothing names; ``trend`` is what it delivered in each
    of the recent nights, oldest first.
    """

    name: str | None
    delivered: int
    published: int
    duplicate: int
    superseded: int
    quarantined: int
    rules: tuple[tuple[str, int], ...]
    trend: tuple[int, ...] = ()

    @property
    def label(self) -> str:
        return NAMELESS if self.name is None else self.name

    @property
    def quarantined_share(self) -> float:
        """Of the documents that were not delivered again since."""
        return self.quarantined / max(self.delivered - self.superseded, 1)

    @property
    def rules_text(self) -> str:
        """'no_date 12, empty 3'."""
        return ", ".join(f"{rule} {count}" for rule, count in self.rules)


@dataclass(frozen=True, kw_only=True)
class Absent:
    """A feed that came in several of the recent nights, but not now; ``trend`` as of a feed."""

    name: str
    nights: int
    last_on: date
    trend: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Feeds:
    """The feeds of some nights: how many, and those with most in quarantine, then the largest.

    ``absent`` are those that did not come, of ``absent_count``: those that come most often first.
    """

    count: int = 0
    shown: tuple[Feed, ...] = ()
    absent_count: int = 0
    absent: tuple[Absent, ...] = ()


def read_feeds(
    con: duckdb.DuckDBPyConnection, nights: Sequence[date], recent: Sequence[date] = ()
) -> Feeds:
    """The feeds of ``nights`` (at least one), at most ``SHOWN_FEEDS`` of them in detail.

    ``recent`` are the nights of their trend, ascending.
    """
    of_nights = {"nights": list(nights), "first": min(nights), "last": max(nights)}
    counts = con.execute(_COUNTS, {**of_nights, "shown": SHOWN_FEEDS}).fetchall()
    names = [row[0] for row in counts]
    rules = _by_feed(con, _RULES, {**of_nights, "names": names})
    absent = _absent(con, nights, recent)
    trends = {}
    if recent:
        known = [*names, *(row[0] for row in absent)]
        trends = _by_feed(con, _TREND, {"first": recent[0], "last": recent[-1], "names": known})
    return Feeds(
        count=counts[0][-1] if counts else 0,
        absent_count=absent[0][-1] if absent else 0,
        absent=tuple(
            Absent(name=name, nights=times, last_on=last, trend=_trend(trends, name, recent))
            for name, times, last, _ in absent
        ),
        shown=tuple(
            Feed(
                name=name,
                delivered=delivered,
                published=published,
                duplicate=duplicate,
                superseded=superseded,
                quarantined=quarantined,
                rules=tuple(rules.get(name, ())),
                trend=_trend(trends, name, recent),
            )
            for name, delivered, published, duplicate, superseded, quarantined, _ in counts
        ),
    )


def _absent(
    con: duckdb.DuckDBPyConnection, nights: Sequence[date], recent: Sequence[date]
) -> list[tuple[Any, ...]]:
    """Name, nights in which it came, the last of them, and how many such feeds there are."""
    if not recent:
        return []
    asked = {"nights": list(nights), "first": recent[0], "last": recent[-1]}
    return con.execute(_ABSENT, {**asked, "least": LEAST_NIGHTS, "shown": SHOWN_ABSENT}).fetchall()


def _trend(
    trends: Mapping[str | None, list[tuple[Any, int]]], name: str | None, recent: Sequence[date]
) -> tuple[int, ...]:
    found = dict(trends.get(name, ()))
    return tuple(found.get(night, 0) for night in recent)


def _by_feed(
    con: duckdb.DuckDBPyConnection, query: str, parameters: Mapping[str, object]
) -> dict[str | None, list[tuple[Any, int]]]:
    found: dict[str | None, list[tuple[Any, int]]] = {}
    for name, what, count in con.execute(query, dict(parameters)).fetchall():
        found.setdefault(name, []).append((what, count))
    return found


_COUNTS = """
SELECT feed, sum(delivered_count)::BIGINT AS delivered, sum(published_count)::BIGINT,
    sum(duplicate_count)::BIGINT, sum(superseded_count)::BIGINT,
    sum(quarantined_count)::BIGINT AS quarantined, count(*) OVER ()
FROM v_feeds
WHERE ingested_on BETWEEN $first AND $last AND ingested_on IN (SELECT unnest($nights))
GROUP BY feed ORDER BY quarantined DESC, delivered DESC, feed LIMIT $shown
"""
_ABSENT = """
SELECT feed, count(DISTINCT ingested_on) AS times, max(ingested_on) AS last_on, count(*) OVER ()
FROM deliveries
WHERE ingested_on BETWEEN $first AND $last AND feed IS NOT NULL
GROUP BY feed
HAVING times >= $least AND NOT bool_or(ingested_on IN (SELECT unnest($nights)))
ORDER BY times DESC, last_on DESC, feed LIMIT $shown
"""
_OF_THOSE = "coalesce(feed, '') IN (SELECT coalesce(unnest($names::VARCHAR[]), ''))"
_RULES = f"""
SELECT feed, rule, count(*) AS documents FROM quarantine
WHERE ingested_on BETWEEN $first AND $last AND ingested_on IN (SELECT unnest($nights))
    AND superseded_on IS NULL AND {_OF_THOSE}
GROUP BY feed, rule ORDER BY feed, documents DESC, rule
"""
_TREND = f"""
SELECT feed, ingested_on, count(*) FROM deliveries
WHERE ingested_on BETWEEN $first AND $last AND {_OF_THOSE}
GROUP BY feed, ingested_on
"""
