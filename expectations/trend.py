"""Expectations on a night against earlier ones: unusual counts and shares, names that are new.

What belongs here: comparisons over time. What does not: bounds that hold for every night
(balance.py). All are warnings: what is unusual is not yet wrong.

Earlier nights are those that received something: a missed night says nothing of the usual.
"""

from collections.abc import Iterator

from expectations.model import Expectation, Thresholds, measure, no_rows


def volume(thresholds: Thresholds) -> Iterator[Expectation]:
    """Row counts against the median of earlier nights, and of the same weekday's."""
    lowest, highest = thresholds.lowest_volume_ratio, thresholds.highest_volume_ratio
    for table, what in (
        ("deliveries", "documents delivered"),
        ("articles", "articles published"),
        ("mentions", "mentions found"),
    ):
        yield Expectation(
            name=f"{table}_of_the_night_are_as_many_as_usual",
            suite="volume",
            table=table,
            scope="table",
            severity="warning",
            description=f"The number of {what} is {lowest:g} to {highest:g} times the median of "
            f"the last {thresholds.volume_nights} nights, once there are "
            f"{thresholds.volume_from_nights}.",
            **measure(
                _VOLUME,
                lowest=lowest,
                highest=highest,
                unit="ratio",
                comparable="true",
                nights_back=thresholds.volume_nights,
                from_nights=thresholds.volume_from_nights,
            ),
        )
    lowest, highest = thresholds.lowest_weekday_ratio, thresholds.highest_weekday_ratio
    yield Expectation(
        name="deliveries_are_as_many_as_on_this_weekday",
        suite="volume",
        table="deliveries",
        scope="table",
        severity="warning",
        description=f"The number of documents delivered is {lowest:g} to {highest:g} times the "
        f"median of the last {thresholds.weekday_nights} nights of the same weekday, once there "
        f"are {thresholds.weekday_from_nights}.",
        **measure(
            _VOLUME,
            lowest=lowest,
            highest=highest,
            unit="ratio",
            comparable="dayofweek(c.ingested_on) = dayofweek(n.night)",
            nights_back=thresholds.weekday_nights,
            from_nights=thresholds.weekday_from_nights,
        ),
    )


_VOLUME = """
WITH counted AS (SELECT ingested_on, count(*) AS row_count FROM batch GROUP BY ingested_on),
earlier AS (
    SELECT n.night, c.row_count
    FROM nights AS n JOIN counted AS c ON c.ingested_on < n.night AND {comparable}
    QUALIFY row_number() OVER (PARTITION BY n.night ORDER BY c.ingested_on DESC) <= {nights_back}
),
usual AS (
    SELECT night, median(row_count) AS usual_count FROM earlier
    GROUP BY night HAVING count(*) >= {from_nights}
)
SELECT u.night, coalesce(c.row_count, 0) AS row_count, usual_count,
    round(coalesce(c.row_count, 0) / usual_count, 4) AS value
FROM usual AS u LEFT JOIN counted AS c ON c.ingested_on = u.night
"""


def shares(thresholds: Thresholds) -> Iterator[Expectation]:
    """Shares of a night against the median of earlier nights: only a rise is told."""
    rise = thresholds.highest_share_rise
    for name, table, condition, what in (
        (
            "quarantine_is_as_usual",
            "deliveries",
            "outcome = 'quarantined'",
            "documents in quarantine",
        ),
        ("missing_titles_are_as_usual", "articles", "title IS NULL", "articles without a title"),
        (
            "unknown_sources_are_as_usual",
            "articles",
            "source_id IS NULL",
            "articles without a known source",
        ),
    ):
        yield Expectation(
            name=name,
            suite="shares",
            table=table,
            scope="table",
            severity="warning",
            description=f"The share of {what} is at most {rise * 100:g} points above the median "
            f"of the last {thresholds.volume_nights} nights, once there are "
            f"{thresholds.volume_from_nights}.",
            **measure(
                _RISE,
                highest=rise,
                unit="rise",
                condition=condition,
                # What was delivered again since counts in its later delivery.
                counted="outcome <> 'superseded'" if table == "deliveries" else "true",
                judged_from=thresholds.judged_from_delivered,
                nights_back=thresholds.volume_nights,
                from_nights=thresholds.volume_from_nights,
            ),
        )


_RISE = """
WITH shared AS (
    SELECT ingested_on, avg(({condition})::INTEGER) AS share FROM batch WHERE {counted}
    GROUP BY ingested_on HAVING count(*) >= {judged_from}
),
earlier AS (
    SELECT n.night, s.share FROM nights AS n JOIN shared AS s ON s.ingested_on < n.night
    QUALIFY row_number() OVER (PARTITION BY n.night ORDER BY s.ingested_on DESC) <= {nights_back}
),
usual AS (
    SELECT night, median(share) AS usual_share FROM earlier
    GROUP BY night HAVING count(*) >= {from_nights}
)
SELECT u.night, round(s.share, 4) AS share, round(usual_share, 4) AS usual_share,
    round(s.share - usual_share, 4) AS value
FROM usual AS u JOIN shared AS s ON s.ingested_on = u.night
"""


def outlets(thresholds: Thresholds) -> Iterator[Expectation]:
    """Outlets that nobody has seen before and the registry does not know."""
    yield Expectation(
        name="no_busy_new_outlet_is_missing_in_the_registry",
        suite="volume",
        table="articles",
        scope="table",
        severity="warning",
        description="No outlet that the registry lacks and no earlier night had brings "
        f"{thresholds.new_outlet_articles} articles or more, once there are "
        f"{thresholds.volume_from_nights} earlier nights.",
        **no_rows(
            _NEW_OUTLETS,
            from_articles=thresholds.new_outlet_articles,
            from_nights=thresholds.volume_from_nights,
        ),
    )


_NEW_OUTLETS = """
WITH named AS (
    SELECT ingested_on, unmapped_source_name AS name, min(unmapped_source_origin) AS origin,
        count(*) AS articles
    FROM batch WHERE unmapped_source_name IS NOT NULL GROUP BY ingested_on, name
),
seen AS (SELECT name, min(ingested_on) AS first_on FROM named GROUP BY name),
known AS (
    SELECT n.night FROM nights AS n
    JOIN (SELECT DISTINCT ingested_on FROM batch) AS e ON e.ingested_on < n.night
    GROUP BY n.night HAVING count(*) >= {from_nights}
)
SELECT k.night, d.name, d.origin, d.articles
FROM named AS d
JOIN seen AS s ON s.name = d.name AND s.first_on = d.ingested_on
JOIN known AS k ON k.night = d.ingested_on
WHERE d.articles >= {from_articles}
ORDER BY d.articles DESC, d.name
"""
