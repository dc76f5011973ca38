"""What the assets of the warehouse tell of a night: counts, shares, size, commonest names.

What belongs here: reading the staging or published file for Dagster's metadata. What does not:
building either (staging.py, published.py). Figures are numbers, so that Dagster plots them over
nights.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import dagster as dg

from assets.night.columns import Metadata, table_of_rows
from assets.night.lineage import column_lineage
from assets.night.measures import MIB, peak_memory
from assets.pages.facts import Counted, Facts, read_facts
from assets.pages.feeds import Feeds, read_feeds
from etl import schema
from etl.warehouse.contents import open_file
from etl.warehouse.staging import night_row_counts, row_counts

Figures = dict[date, Metadata]


def staging_figures(path: Path, nights: Sequence[date], *, seconds: float) -> dict[str, Figures]:
    """Metadata of every staging table's asset, by table and night."""
    counts, by_night = row_counts(path), night_row_counts(path, nights)
    common = {"seconds": round(seconds, 2), **peak_memory()}
    with open_file(path) as con:
        feeds = {night: _feeds(read_feeds(con, [night])) for night in nights}
    return {
        table.name: {
            night: {
                "dagster/row_count": counts[table.name],
                **_of_the_night(table, by_night, night),
                **(feeds[night] if table.name == "deliveries" else {}),
                **common,
                **_lineage(table),
            }
            for night in nights
        }
        for table in schema.TABLES
    }


def _of_the_night(
    table: schema.Table, by_night: dict[tuple[str, date], int], night: date
) -> Metadata:
    if table.kind != "night":
        return {}
    return {"rows_of_the_night": by_night.get((table.name, night), 0)}


def _lineage(table: schema.Table) -> Metadata:
    lineage = column_lineage(f"staging/{table.name}")
    return {"dagster/column_lineage": lineage} if lineage else {}


def published_figures(path: Path, night: date) -> Metadata:
    """What a night brought to the published file: by outcome, and who and where it is about."""
    facts = read_facts(path, [night], with_trend=False)
    metadata: Metadata = {
        "delivered": facts.total("delivered"),
        "published": facts.total("published"),
        "duplicate": facts.total("duplicate"),
        "superseded": facts.total("superseded"),
        "quarantined": facts.total("quarantined"),
        "file_mib": round(path.stat().st_size / MIB, 2),
        **_shares(facts),
        **_feeds(facts.feeds),
        **peak_memory(),
    }
    for name, rows in (
        ("top_countries", facts.countries),
        ("top_sources", facts.sources),
        ("unmapped_sources", facts.unmapped),
    ):
        if rows:
            metadata[name] = _table(rows)
    return metadata


def _shares(facts: Facts) -> Metadata:
    """In per cent; nothing of a night that received nothing."""
    names = ("quarantined_share", "untitled_share", "unknown_source_share")
    shares = {name: getattr(night, name) for night in facts.nights for name in names}
    return {
        name.replace("_share", "_percent"): round(share * 100, 2)
        for name, share in shares.items()
        if share is not None
    }


def _feeds(feeds: Feeds) -> Metadata:
    """How many feeds came, and a row for each: those with most in quarantine first."""
    rows = [
        {
            "feed": feed.label,
            "delivered": feed.delivered,
            "published": feed.published,
            "duplicate": feed.duplicate,
            "superseded": feed.superseded,
            "quarantined": feed.quarantined,
            "quarantined_percent": round(feed.quarantined_share * 100, 2),
            "by_rule": feed.rules_text,
        }
        for feed in feeds.shown
    ]
    return {"feed_count": feeds.count, **({"feeds": table_of_rows(rows)} if rows else {})}


def _table(rows: Sequence[Counted]) -> dg.TableMetadataValue:
    return table_of_rows(
        [{"name": row.name, "articles": row.count, "note": row.note} for row in rows]
    )
