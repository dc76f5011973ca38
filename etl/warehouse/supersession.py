"""Rejected documents that were delivered again since: superseded, out of the shares.

What belongs here: which document takes a rejected one's place, in SQL. What does not: what a
claim notes of files that changed (etl/landing/rereading.py), and the rows of a night
(etl/warehouse/night_rows.py).

A rejected document is superseded by the next claim after its own that

- brings a document of the same address. An address that several documents of one claim bear, as
  the home page of their outlet, tells none of them from the others;
- finds the file changed, and the document no longer in it. What a file that only grew still
  holds is not superseded: nobody has mended it.

What it is superseded by need not be published itself. A withdrawn document stays withdrawn. All
this follows from the claims alone, so whatever the order of nights the same rows come out.
"""

from collections.abc import Collection
from datetime import date

import duckdb

from etl.lake.store import Lake
from etl.landing.rereading import gone_deliveries


def supersede(con: duckdb.DuckDBPyConnection, lake: Lake, nights: Collection[date]) -> set[date]:
    """Mark what is superseded in, or by, nights that were just replaced.

    Returns the nights whose rows changed.
    """
    if not nights:
        return set()
    con.register("noted_gone", gone_deliveries(lake, since=min(nights)))
    con.execute(_GONE)
    con.unregister("noted_gone")
    con.execute(_OPEN, {"nights": list(nights)})
    con.execute(_NEXT)
    con.execute(_MARK_REJECTED)
    con.execute(_MARK_DELIVERED)
    found = con.execute("SELECT DISTINCT ingested_on FROM superseding").fetchall()
    return {row[0] for row in found}


_GONE = (
    "CREATE OR REPLACE TEMP TABLE gone AS SELECT delivery_id, gone_on, gone_batch FROM noted_gone"
)
# Of replaced nights all that is rejected; of others what a claim of these may supersede.
_OPEN = """
CREATE OR REPLACE TEMP TABLE open_rejections AS
SELECT d.delivery_id, d.ingested_on, d.batch, d.url
FROM (SELECT delivery_id, ingested_on, batch, url FROM deliveries
      WHERE outcome = 'quarantined') d
ANTI JOIN (SELECT delivery_id FROM quarantine WHERE rule = 'withdrawn') w
    ON w.delivery_id = d.delivery_id
WHERE d.ingested_on IN (SELECT unnest($nights))
    OR d.delivery_id IN (SELECT delivery_id FROM gone)
    OR d.url IN (SELECT url FROM deliveries WHERE ingested_on IN (SELECT unnest($nights)))
"""
_NEXT = """
CREATE OR REPLACE TEMP TABLE superseding AS
WITH telling AS (
    SELECT url, ingested_on, batch, any_value(delivery_id) AS delivery_id FROM deliveries
    WHERE url IN (SELECT url FROM open_rejections)
    GROUP BY url, ingested_on, batch HAVING count(*) = 1
), found AS (
    SELECT o.delivery_id, l.ingested_on AS superseded_on, l.batch, l.delivery_id AS superseded_by
    FROM open_rejections o
    JOIN telling own ON own.delivery_id = o.delivery_id
    JOIN telling l ON l.url = o.url AND (l.ingested_on, l.batch) > (o.ingested_on, o.batch)
    UNION ALL
    SELECT o.delivery_id, g.gone_on, g.gone_batch, NULL
    FROM open_rejections o JOIN gone g USING (delivery_id)
)
SELECT delivery_id, o.ingested_on, f.superseded_on, f.superseded_by
FROM found f JOIN open_rejections o USING (delivery_id)
QUALIFY row_number() OVER (
    PARTITION BY delivery_id ORDER BY f.superseded_on, f.batch, f.superseded_by NULLS LAST
) = 1
"""
_MARK_REJECTED = """
UPDATE quarantine SET superseded_on = s.superseded_on, superseded_by = s.superseded_by
FROM superseding s WHERE s.delivery_id = quarantine.delivery_id
"""
_MARK_DELIVERED = """
UPDATE deliveries SET outcome = 'superseded'
FROM superseding s WHERE s.delivery_id = deliveries.delivery_id
"""
