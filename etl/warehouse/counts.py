"""Counts by day and month in the staging file: what a night changes of them.

What belongs here: the tables of etl/schema/counts.py, and which of their days are counted anew.
What does not: the views that show them.

A day is counted anew where a night brought, changed or took away an article of it, and where the
digest of its articles is another: a story that grew on one day is another story on all of its days,
and whom a bare name means follows from the days around.
"""

from collections.abc import Iterable
from datetime import date

import duckdb

from etl.schema import BASELINE_DAYS
from etl.warehouse.windows import changed_days

_DIGEST = """bit_xor(md5_number_lower(concat_ws('|',
    article_id, story_id, is_latest, date_precision, source_id, links)))::VARCHAR AS digest"""

_LINKED_ARTICLES = """(
    SELECT * FROM articles LEFT JOIN (
        SELECT article_id, string_agg(entity_id || linked_entity_id, '' ORDER BY entity_id) AS links
        FROM entity_links GROUP BY article_id
    ) USING (article_id)
)"""

_CHANGED = f"""
CREATE OR REPLACE TEMP TABLE changed AS
    SELECT published_on
    FROM (SELECT published_on, {_DIGEST} FROM {_LINKED_ARTICLES} GROUP BY published_on) AS found
    FULL JOIN daily_totals AS d USING (published_on)
    WHERE found.digest IS DISTINCT FROM d.digest
    UNION SELECT unnest(?::DATE[])
"""

_MONTHS = """
CREATE OR REPLACE TEMP TABLE changed_months AS
    SELECT DISTINCT date_trunc('month', published_on)::DATE AS month_on FROM changed
"""

_FORGET = """
DELETE FROM daily_totals WHERE published_on IN (FROM changed);
DELETE FROM country_days WHERE published_on IN (FROM changed);
DELETE FROM entity_days WHERE published_on IN (FROM changed);
DELETE FROM country_months WHERE month_on IN (FROM changed_months)
"""

_TOTALS = f"""
INSERT INTO daily_totals BY NAME
SELECT published_on, 0 AS baseline_article_count, count(*) FILTER (is_counted) AS article_count,
    count(DISTINCT story_id) FILTER (is_counted) AS story_count,
    count(DISTINCT source_id) FILTER (is_counted) AS source_count,
    {_DIGEST}
FROM (SELECT *, date_precision = 'day' AND is_latest AS is_counted FROM {_LINKED_ARTICLES})
WHERE published_on IN (FROM changed)
GROUP BY published_on ORDER BY published_on
"""

_OF_DAYS = """
SELECT article_id, story_id, published_on, entity_ids FROM articles
WHERE date_precision = 'day' AND is_latest AND published_on IN (FROM changed)
"""

_COUNTRY_DAYS = f"""
INSERT INTO country_days BY NAME
SELECT ac.country_code, a.published_on, count(*) AS article_count,
    count(*) FILTER (ac.is_focus) AS focus_article_count,
    fsum(ac.salience ORDER BY a.article_id) / count(*) AS mean_salience,
    count(DISTINCT a.story_id) AS story_count,
    count(DISTINCT a.story_id) FILTER (ac.is_focus) AS focus_story_count
FROM article_countries AS ac JOIN ({_OF_DAYS}) AS a USING (article_id)
GROUP BY ALL ORDER BY ALL
"""

_ENTITY_DAYS = f"""
INSERT INTO entity_days BY NAME
SELECT entity_id, published_on,
    count(*) AS article_count, count(DISTINCT story_id) AS story_count
FROM (SELECT *, unnest(entity_ids) AS entity_id FROM ({_OF_DAYS}))
GROUP BY ALL ORDER BY ALL
"""

_FIRST_MENTIONS = """
CREATE OR REPLACE TEMP TABLE firsts AS
    SELECT entity_id, d.published_on
    FROM (SELECT entity_id, min(published_on) AS published_on FROM entity_days GROUP BY ALL) AS d
    FULL JOIN first_mentions AS f USING (entity_id)
    WHERE d.published_on IS DISTINCT FROM f.published_on OR d.published_on IN (FROM changed);
DELETE FROM first_mentions WHERE entity_id IN (SELECT entity_id FROM firsts);
INSERT INTO first_mentions BY NAME
SELECT f.entity_id, f.published_on, arg_min(a.article_id, (a.ingested_on, a.article_id))
    AS article_id
FROM (
    SELECT article_id, ingested_on, published_on, unnest(entity_ids) AS entity_id
    FROM articles SEMI JOIN firsts USING (published_on)
    WHERE date_precision = 'day' AND is_latest
) AS a
JOIN firsts AS f USING (entity_id, published_on)
GROUP BY ALL ORDER BY ALL
"""

# Days with articles whose month before has a day that changed.
_FOLLOWING = f"""
CREATE OR REPLACE TEMP TABLE following AS
    SELECT DISTINCT d.published_on FROM daily_totals AS d JOIN changed AS c
    ON d.published_on BETWEEN c.published_on AND c.published_on + {BASELINE_DAYS}
    WHERE d.article_count > 0
"""

_BASELINES = f"""
DELETE FROM country_baselines
WHERE published_on IN (FROM changed UNION ALL FROM following);
INSERT INTO country_baselines BY NAME
SELECT c.country_code, f.published_on, sum(c.article_count)::BIGINT AS article_count
FROM following AS f JOIN country_days AS c
    ON c.published_on BETWEEN f.published_on - {BASELINE_DAYS} AND f.published_on - 1
GROUP BY ALL ORDER BY ALL;
UPDATE daily_totals SET baseline_article_count = coalesce(b.article_count, 0)
FROM following AS f LEFT JOIN (
    SELECT f.published_on, sum(d.article_count)::BIGINT AS article_count
    FROM following AS f JOIN daily_totals AS d
        ON d.published_on BETWEEN f.published_on - {BASELINE_DAYS} AND f.published_on - 1
    GROUP BY f.published_on
) AS b USING (published_on)
WHERE daily_totals.published_on = f.published_on
"""

_COUNTRY_MONTHS = """
INSERT INTO country_months BY NAME
SELECT x.country_code, y.country_code AS other_country_code, a.month_on,
    count(*) AS article_count,
    count(*) FILTER (x.is_focus AND y.is_focus) AS focus_article_count,
    count(DISTINCT a.story_id) AS story_count
FROM (
    SELECT article_id, story_id, date_trunc('month', published_on)::DATE AS month_on
    FROM articles WHERE is_latest
) AS a
SEMI JOIN changed_months USING (month_on)
JOIN article_countries AS x USING (article_id)
JOIN article_countries AS y
    ON y.article_id = a.article_id AND x.country_code <= y.country_code
GROUP BY ALL ORDER BY ALL
"""


_COUNTED = (
    _TOTALS,
    _COUNTRY_DAYS,
    _ENTITY_DAYS,
    _FIRST_MENTIONS,
    _COUNTRY_MONTHS,
    _FOLLOWING,
    _BASELINES,
)


def count_days(con: duckdb.DuckDBPyConnection, nights: Iterable[date]) -> int:
    """Count the days anew that replaced nights changed; return how many these are."""
    con.execute(_CHANGED, [changed_days(con, nights)])
    con.execute(_MONTHS)
    con.execute(_FORGET)
    for statement in _COUNTED:
        con.execute(statement)
    ((count,),) = con.execute("SELECT count(*) FROM changed").fetchall()
    for name in ("changed", "changed_months", "following", "firsts"):
        con.execute(f"DROP TABLE {name}")
    return int(count)
