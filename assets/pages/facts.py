"""What a page tells of some nights, read from the file that was audited.

What belongs here: the queries, but for those by feed (feeds.py). What does not: results of
expectations, which come from the audit itself, and layout.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from assets.pages.feeds import Feeds, read_feeds
from etl.errors import RULES

TREND_NIGHTS = 30
SHOWN_NAMES = 12
SHOWN_DOCUMENTS = 3
EXCERPT_CHARS = 160


@dataclass(frozen=True, kw_only=True)
class Night:
    """A night's documents by outcome, and shares of its documents and articles (0-1)."""

    night: date
    delivered: int
    published: int
    duplicate: int
    superseded: int
    quarantined: int
    untitled_share: float | None
    unknown_source_share: float | None

    @property
    def quarantined_share(self) -> float:
        """Of the documents that were not delivered again since."""
        return self.quarantined / max(self.delivered - self.superseded, 1)


@dataclass(frozen=True, kw_only=True)
class Rejected:
    """A quarantined document, and how its text begins; ``path`` is the file's below landing."""

    delivery_id: str
    path: str
    detail: str
    excerpt: str


@dataclass(frozen=True, kw_only=True)
class RuleCount:
    """Documents that one rule rejected, and the first of them."""

    rule: str
    stage: str
    description: str
    count: int
    documents: tuple[Rejected, ...]


@dataclass(frozen=True, kw_only=True)
class Counted:
    """A name, articles that have it, and a word more about it."""

    name: str
    count: int
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """All that a page tells of the audited file; names come with the commonest first.

    ``nights`` are those under audit that received something, ``trend`` the last ones up to
    the last of them.
    """

    nights: tuple[Night, ...]
    trend: tuple[Night, ...]
    rules: tuple[RuleCount, ...]
    countries: tuple[Counted, ...]
    sources: tuple[Counted, ...]
    unmapped: tuple[Counted, ...]
    feeds: Feeds

    def total(self, outcome: str) -> int:
        """Documents of all nights under audit: delivered, or by outcome."""
        return sum(getattr(night, outcome) for night in self.nights)


def read_facts(path: Path, nights: Sequence[date], *, with_trend: bool = True) -> Facts:
    """The facts of ``nights`` (at least one) in the file, which is opened read-only."""
    with duckdb.connect(str(path), read_only=True) as con:
        recent = _recent(con, nights) if with_trend else ()
        trend = _nights(con, recent)[-TREND_NIGHTS:] if recent else ()
        return Facts(
            nights=_nights(con, nights),
            trend=trend,
            rules=_rules(con, list(nights)),
            countries=_counted(con, _COUNTRIES, nights),
            sources=_counted(con, _SOURCES, nights),
            unmapped=_counted(con, _UNMAPPED, nights),
            feeds=read_feeds(con, nights, [each.night for each in trend]),
        )


def _recent(con: duckdb.DuckDBPyConnection, nights: Sequence[date]) -> list[date]:
    """The last nights up to the last under audit, by the short table of runs.

    Twice as many as are shown, since some of them received nothing. The file's own nights are
    not counted: that would read all that was ever delivered.
    """
    rows = con.execute(
        "SELECT DISTINCT ingested_on FROM runs WHERE ingested_on <= $last "
        "ORDER BY ingested_on DESC LIMIT $most",
        {"last": max(nights), "most": 2 * TREND_NIGHTS},
    ).fetchall()
    return sorted({*nights, *(row[0] for row in rows)})


def _nights(con: duckdb.DuckDBPyConnection, nights: Sequence[date]) -> tuple[Night, ...]:
    rows = con.execute(
        """
        SELECT ingested_on, delivered_count, published_count, duplicate_count,
            superseded_count, quarantined_count, untitled, unknown
        FROM v_nights LEFT JOIN (
            SELECT ingested_on, avg((title IS NULL)::INTEGER) AS untitled,
                avg((source_id IS NULL)::INTEGER) AS unknown
            FROM articles WHERE ingested_on BETWEEN $first AND $last GROUP BY ingested_on
        ) USING (ingested_on)
        WHERE ingested_on BETWEEN $first AND $last AND ingested_on IN (SELECT unnest($nights))
        ORDER BY ingested_on
        """,
        {"nights": list(nights), "first": min(nights), "last": max(nights)},
    ).fetchall()
    return tuple(
        Night(
            night=row[0],
            delivered=row[1],
            published=row[2],
            duplicate=row[3],
            superseded=row[4],
            quarantined=row[5],
            untitled_share=row[6],
            unknown_source_share=row[7],
        )
        for row in rows
    )


def _rules(con: duckdb.DuckDBPyConnection, nights: list[date]) -> tuple[RuleCount, ...]:
    rows = con.execute(
        """
        SELECT rule, any_value(stage), count(*) AS documents,
            list(struct_pack(d := delivery_id, f := coalesce(path, file_name), t := detail,
                             x := raw_text[:$chars]) ORDER BY delivery_id)[:$shown]
        FROM quarantine
        WHERE ingested_on IN (SELECT unnest($nights)) AND superseded_on IS NULL
        GROUP BY rule ORDER BY documents DESC, rule
        """,
        {"nights": nights, "chars": EXCERPT_CHARS, "shown": SHOWN_DOCUMENTS},
    ).fetchall()
    return tuple(
        RuleCount(
            rule=rule,
            stage=stage,
            description=RULES[rule].description if rule in RULES else "",
            count=count,
            documents=tuple(
                Rejected(delivery_id=d["d"], path=d["f"], detail=d["t"], excerpt=d["x"])
                for d in documents
            ),
        )
        for rule, stage, count, documents in rows
    )


_COUNTRIES = """
SELECT c.name, count(*) AS n, count(*) FILTER (is_focus) || ' in focus'
FROM article_countries JOIN countries c USING (country_code)
WHERE ingested_on IN (SELECT unnest($nights)) GROUP BY c.name ORDER BY n DESC, c.name
LIMIT $shown
"""
_SOURCES = """
SELECT s.name, count(*) AS n, s.kind
FROM articles JOIN sources s USING (source_id)
WHERE ingested_on IN (SELECT unnest($nights)) GROUP BY s.name, s.kind ORDER BY n DESC, s.name
LIMIT $shown
"""
_UNMAPPED = """
SELECT unmapped_source_name AS name, count(*) AS n,
    'by ' || list_aggregate(list(DISTINCT unmapped_source_origin), 'string_agg', ', ')
FROM articles
WHERE ingested_on IN (SELECT unnest($nights)) AND unmapped_source_name IS NOT NULL
GROUP BY name ORDER BY n DESC, name LIMIT $shown
"""


def _counted(
    con: duckdb.DuckDBPyConnection, query: str, nights: Sequence[date]
) -> tuple[Counted, ...]:
    rows = con.execute(query, {"nights": list(nights), "shown": SHOWN_NAMES}).fetchall()
    return tuple(Counted(name=name, count=count, note=note or "") for name, count, note in rows)
