"""Expectations on a night as a whole: conservation and shares.

What belongs here: sums, and shares that every night must keep to. What does not: single rows
(rows.py), comparisons with earlier nights (trend.py). Thresholds come in as an argument;
blocking is only what a plainly broken night shows.
"""

from collections.abc import Iterator

from expectations.model import Expectation, Thresholds, measure, no_rows


def conservation() -> Iterator[Expectation]:
    """Nothing is lost, nothing is counted twice."""
    yield Expectation(
        name="deliveries_end_as_their_outcome_says",
        suite="conservation",
        table="deliveries",
        scope="table",
        description="Every delivery is in exactly one of articles, duplicates and quarantine, "
        "superseded there or not: as its outcome says, in the same night.",
        **no_rows(_ENDS),
    )
    yield Expectation(
        name="nights_under_audit_add_up",
        suite="conservation",
        table="deliveries",
        description="Of each night: delivered = published + duplicate + superseded + quarantined.",
        **no_rows(f"{_SUMS} JOIN nights ON night = ingested_on WHERE {_UNEQUAL}"),
    )
    yield Expectation(
        name="all_nights_add_up",
        suite="conservation",
        table="deliveries",
        scope="table",
        description="In total: delivered = published + duplicate + superseded + quarantined.",
        **no_rows(
            "SELECT sum(delivered) AS delivered, sum(published) AS published,"
            " sum(duplicate) AS duplicate, sum(superseded) AS superseded,"
            " sum(quarantined) AS quarantined"
            f" FROM ({_SUMS}) HAVING {_UNEQUAL}"
        ),
    )
    yield Expectation(
        name="runs_add_up",
        suite="conservation",
        table="runs",
        scope="table",
        description="In every run's row: delivered = published + duplicate + superseded + "
        "quarantined.",
        **no_rows(
            "SELECT run_id, ingested_on, delivered_count, published_count, duplicate_count,"
            " superseded_count, quarantined_count FROM batch WHERE delivered_count"
            " <> published_count + duplicate_count + superseded_count + quarantined_count"
        ),
    )


_STANDING = "if(superseded_on IS NULL, 'quarantined', 'superseded')"
_ENDS = f"""
WITH ended AS (
    SELECT delivery_id, ingested_on, 'published' AS outcome FROM articles
    UNION ALL SELECT delivery_id, ingested_on, 'duplicate' FROM duplicates
    UNION ALL SELECT delivery_id, ingested_on, {_STANDING} FROM quarantine
)
SELECT b.delivery_id, any_value(b.path) AS path, any_value(b.ingested_on) AS ingested_on,
    any_value(b.outcome) AS outcome, list(e.outcome ORDER BY e.outcome) AS found_in
FROM batch AS b LEFT JOIN ended AS e USING (delivery_id)
GROUP BY b.delivery_id
HAVING count(e.outcome) <> 1 OR any_value(b.outcome) <> any_value(e.outcome)
    OR any_value(b.ingested_on) <> any_value(e.ingested_on)
"""
_SUMS = f"""
SELECT * FROM (
    SELECT ingested_on, count(*) FILTER (kind = 'delivered') AS delivered,
        count(*) FILTER (kind = 'published') AS published,
        count(*) FILTER (kind = 'duplicate') AS duplicate,
        count(*) FILTER (kind = 'superseded') AS superseded,
        count(*) FILTER (kind = 'quarantined') AS quarantined
    FROM (
        SELECT ingested_on, 'delivered' AS kind FROM deliveries
        UNION ALL SELECT ingested_on, 'published' FROM articles
        UNION ALL SELECT ingested_on, 'duplicate' FROM duplicates
        UNION ALL SELECT ingested_on, {_STANDING} FROM quarantine
    ) GROUP BY ingested_on
)
"""
_UNEQUAL = "delivered <> published + duplicate + superseded + quarantined"


def shares(thresholds: Thresholds) -> Iterator[Expectation]:
    """Shares of a night's documents and articles."""
    yield from _rejected(thresholds)
    yield from _failed(thresholds)
    for name, condition, what, highest in (
        ("few_articles_lack_a_title", "title IS NULL", "a title", thresholds.high_untitled_share),
        (
            "few_articles_lack_a_source",
            "source_id IS NULL",
            "a known source",
            thresholds.high_unknown_source_share,
        ),
        (
            "few_articles_lack_a_language",
            "language_code = 'und'",
            "a known language",
            thresholds.high_unknown_language_share,
        ),
    ):
        yield Expectation(
            name=name,
            suite="shares",
            table="articles",
            severity="warning",
            description=f"At most {highest:.0%} of a night's articles are without {what}.",
            **measure(
                "SELECT ingested_on AS night, count(*) AS articles,"
                " round(avg(({condition})::INTEGER), 4) AS value FROM batch"
                " GROUP BY ingested_on HAVING count(*) >= {judged_from}",
                highest=highest,
                unit="share",
                condition=condition,
                judged_from=thresholds.judged_from_delivered,
            ),
        )


# What was delivered again since counts in its later delivery, above the line and below it.
_OPEN = "q.superseded_on IS NULL"
# A withdrawal is wanted: many of them must not keep themselves from being published.
_OTHER = f"{_OPEN} AND q.rule NOT IN ('no_country', 'withdrawn')"


def _rejected(thresholds: Thresholds) -> Iterator[Expectation]:
    judged_from = thresholds.judged_from_delivered
    broken, high = thresholds.broken_rejected_share, thresholds.high_rejected_share
    yield Expectation(
        name="not_most_documents_are_rejected",
        suite="shares",
        table="quarantine",
        description=f"At most {broken:.0%} of a night's documents are quarantined for other "
        "reasons than naming no country or being withdrawn.",
        **measure(
            _REJECTED, highest=broken, unit="share", condition=_OTHER, judged_from=judged_from
        ),
    )
    yield Expectation(
        name="few_documents_are_rejected",
        suite="shares",
        table="quarantine",
        severity="warning",
        description=f"At most {high:.0%} of a night's documents are quarantined for other "
        "reasons than naming no country or being withdrawn.",
        **measure(_REJECTED, highest=high, unit="share", condition=_OTHER, judged_from=judged_from),
    )
    yield Expectation(
        name="few_documents_are_rejected_by_any_one_rule",
        suite="shares",
        table="quarantine",
        severity="warning",
        description="No rule but no_country and withdrawn rejects more than "
        f"{thresholds.high_rule_share:.0%} of a night's documents.",
        **measure(
            _REJECTED_BY_RULE,
            highest=thresholds.high_rule_share,
            unit="share",
            judged_from=judged_from,
        ),
    )
    yield Expectation(
        name="few_documents_name_no_country",
        suite="shares",
        table="quarantine",
        severity="warning",
        description=f"At most {thresholds.high_no_country_share:.0%} of a night's documents are "
        "quarantined because they name no country.",
        **measure(
            _REJECTED,
            highest=thresholds.high_no_country_share,
            unit="share",
            condition=f"{_OPEN} AND q.rule = 'no_country'",
            judged_from=judged_from,
        ),
    )


_DELIVERED = """
SELECT ingested_on, count(*) AS delivered FROM deliveries
WHERE ingested_on IN (SELECT night FROM nights) AND outcome <> 'superseded'
GROUP BY ingested_on HAVING count(*) >= {judged_from}
"""
_REJECTED = f"""
WITH d AS ({_DELIVERED})
SELECT d.ingested_on AS night, d.delivered, count(*) FILTER ({{condition}}) AS rejected,
    round(count(*) FILTER ({{condition}}) / d.delivered, 4) AS value
FROM d LEFT JOIN batch AS q USING (ingested_on)
GROUP BY d.ingested_on, d.delivered
"""
_REJECTED_BY_RULE = f"""
WITH d AS ({_DELIVERED})
SELECT d.ingested_on AS night, q.rule, d.delivered, count(*) AS rejected,
    round(count(*) / d.delivered, 4) AS value
FROM d JOIN batch AS q USING (ingested_on)
WHERE {_OTHER}
GROUP BY d.ingested_on, q.rule, d.delivered
"""


def _failed(thresholds: Thresholds) -> Iterator[Expectation]:
    yield Expectation(
        name="no_document_made_its_stage_fail",
        suite="shares",
        table="quarantine",
        severity="warning",
        description="No document is quarantined because it made its stage fail.",
        **no_rows(
            "SELECT delivery_id, coalesce(path, file_name) AS path, stage, detail FROM batch"
            " WHERE rule = 'processing_failed' AND superseded_on IS NULL"
        ),
    )
    yield Expectation(
        name="hardly_any_document_made_its_stage_fail",
        suite="shares",
        table="quarantine",
        description=f"Fewer than {thresholds.broken_failed_from} documents of a night, or at most "
        f"{thresholds.broken_failed_share:.0%}, made their stage fail.",
        **measure(
            _FAILED,
            highest=thresholds.broken_failed_share,
            unit="share",
            failed_from=thresholds.broken_failed_from,
        ),
    )


_FAILED = f"""
SELECT q.ingested_on AS night, any_value(d.delivered) AS delivered, count(*) AS failed,
    round(count(*) / any_value(d.delivered), 4) AS value
FROM batch AS q
JOIN (SELECT ingested_on, count(*) AS delivered FROM deliveries
      WHERE outcome <> 'superseded' GROUP BY ingested_on) AS d USING (ingested_on)
WHERE q.rule = 'processing_failed' AND {_OPEN}
GROUP BY q.ingested_on HAVING count(*) >= {{failed_from}}
"""
