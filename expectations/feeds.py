"""Expectations on the feeds of a night: which of them is ill, against its own earlier nights.

What belongs here: silence, rejected share and volume of each feed. What does not: the night as a
whole (balance.py, trend.py), and what names a feed (etl/landing/feeds.py).

All are warnings, and need a history: a new feed is judged by none of them. Documents whose feed
nothing names are left out, and so are nights that received nothing, which trend.py tells of.
"""

from collections.abc import Iterator

from expectations.model import Expectation, Thresholds, measure, no_rows


def feeds(thresholds: Thresholds) -> Iterator[Expectation]:
    """Each feed against itself."""
    yield _silence(thresholds)
    yield _rejected(thresholds)
    yield _volume(thresholds)


def _silence(thresholds: Thresholds) -> Expectation:
    return Expectation(
        name="no_feed_that_used_to_deliver_is_silent",
        suite="feeds",
        table="deliveries",
        scope="table",
        severity="warning",
        description=f"Every feed that came in {thresholds.feed_from_nights} of the last "
        f"{thresholds.feed_nights} nights comes again within {thresholds.highest_pause_ratio:g} "
        "times the longest time, in nights, that it took between two deliveries. After "
        f"{thresholds.feed_ended_nights} silent nights it has ended.",
        **no_rows(
            _SILENT,
            highest=thresholds.highest_pause_ratio,
            nights_back=thresholds.feed_nights,
            from_nights=thresholds.feed_from_nights,
            ended_nights=thresholds.feed_ended_nights,
        ),
    )


def _rejected(thresholds: Thresholds) -> Expectation:
    rise, judged_from = thresholds.highest_feed_share_rise, thresholds.judged_from_of_feed
    return Expectation(
        name="quarantine_of_each_feed_is_as_usual",
        suite="feeds",
        table="deliveries",
        scope="table",
        severity="warning",
        description="The share of a feed's documents that are in quarantine is at most "
        f"{rise * 100:g} points above the median of its last {thresholds.volume_nights} nights, "
        f"once there are {thresholds.volume_from_nights}; only nights in which it brings "
        f"{judged_from} or more count.",
        **measure(
            _REJECTED,
            highest=rise,
            unit="rise",
            judged_from=judged_from,
            nights_back=thresholds.volume_nights,
            from_nights=thresholds.volume_from_nights,
        ),
    )


def _volume(thresholds: Thresholds) -> Expectation:
    lowest, highest = thresholds.lowest_feed_ratio, thresholds.highest_feed_ratio
    return Expectation(
        name="each_feed_brings_as_many_as_on_this_weekday",
        suite="feeds",
        table="deliveries",
        scope="table",
        severity="warning",
        description=f"A feed that comes brings {lowest:g} to {highest:g} times the median of its "
        f"last {thresholds.weekday_nights} nights of the same weekday, once there are "
        f"{thresholds.weekday_from_nights}; judged from {thresholds.judged_from_of_feed} documents "
        "on, then or now.",
        **measure(
            _VOLUME,
            lowest=lowest,
            highest=highest,
            unit="ratio",
            judged_from=thresholds.judged_from_of_feed,
            nights_back=thresholds.weekday_nights,
            from_nights=thresholds.weekday_from_nights,
        ),
    )


# Nights are counted among those that received anything. A daily feed takes 1 night to the next
# delivery, so it is missed at once: it takes 2 at the least. One of weekdays takes 3 over a weekend
# and is missed on Monday (4 at the least), a weekly one (7) two nights after its day (10).
_SILENT = """
WITH heard AS (SELECT DISTINCT feed, ingested_on FROM batch),
received AS (
    SELECT ingested_on, row_number() OVER (ORDER BY ingested_on) AS number
    FROM (SELECT DISTINCT ingested_on FROM heard)
),
judged AS (SELECT night, number FROM nights JOIN received ON ingested_on = night),
delivered AS (
    SELECT h.feed, r.ingested_on, r.number, lead(r.number) OVER of_feed AS next_number,
        r.number - lag(r.number) OVER of_feed AS taken
    FROM heard AS h JOIN received AS r USING (ingested_on)
    WHERE h.feed IS NOT NULL
      AND r.number >= (SELECT min(number) FROM judged) - {nights_back} - {ended_nights}
    WINDOW of_feed AS (PARTITION BY h.feed ORDER BY r.number)
),
usual AS (
    SELECT *, max(taken) OVER lately AS longest, count(*) OVER lately AS delivered_nights
    FROM delivered
    WINDOW lately AS (
        PARTITION BY feed ORDER BY number RANGE BETWEEN {nights_back} - 1 PRECEDING AND CURRENT ROW
    )
)
SELECT j.night, u.feed, u.ingested_on AS last_delivered_on, j.number - u.number AS silent_nights,
    u.longest - 1 AS longest_silence, u.delivered_nights
FROM judged AS j JOIN usual AS u
  ON j.number > u.number AND j.number <= u.number + {ended_nights}
WHERE (u.next_number IS NULL OR j.number < u.next_number)
  AND u.delivered_nights >= {from_nights}
  AND j.number - u.number + 1 > {highest} * u.longest
"""

_REJECTED = """
WITH shared AS (
    SELECT feed, ingested_on, count(*) AS documents,
        avg((outcome = 'quarantined')::INTEGER) AS share
    FROM batch WHERE feed IS NOT NULL AND outcome <> 'superseded'
    GROUP BY feed, ingested_on HAVING count(*) >= {judged_from}
),
compared AS (
    SELECT *, median(share) OVER earlier AS usual_share, count(*) OVER earlier AS nights_known
    FROM shared
    WINDOW earlier AS (
        PARTITION BY feed ORDER BY ingested_on ROWS BETWEEN {nights_back} PRECEDING AND 1 PRECEDING
    )
)
SELECT n.night, c.feed, c.documents, round(c.share, 4) AS share,
    round(c.usual_share, 4) AS usual_share, round(c.share - c.usual_share, 4) AS value
FROM nights AS n JOIN compared AS c ON c.ingested_on = n.night
WHERE c.nights_known >= {from_nights}
"""

_VOLUME = """
WITH counted AS (
    SELECT feed, ingested_on, count(*) AS documents FROM batch WHERE feed IS NOT NULL
    GROUP BY feed, ingested_on
),
compared AS (
    SELECT *, median(documents) OVER earlier AS usual_documents,
        count(*) OVER earlier AS nights_known
    FROM counted
    WINDOW earlier AS (
        PARTITION BY feed, dayofweek(ingested_on) ORDER BY ingested_on
        ROWS BETWEEN {nights_back} PRECEDING AND 1 PRECEDING
    )
)
SELECT n.night, c.feed, c.documents, c.usual_documents,
    round(c.documents / c.usual_documents, 4) AS value
FROM nights AS n JOIN compared AS c ON c.ingested_on = n.night
WHERE c.nights_known >= {from_nights} AND greatest(c.documents, c.usual_documents) >= {judged_from}
"""
