"""The analysts' views: ready-made questions on the published tables.

What belongs here: SQL of views, a sentence on each and on its columns. What does not: views in the
form of other projects (gkg.py) and those that tell of the file itself (self_description.py).
"""

from etl.schema.views.view import View

ANALYSTS: tuple[View, ...] = (
    View(
        name="v_articles",
        description="Articles with their source, their countries, most salient country first, and "
        "their story: article_count is that of the story. Count articles WHERE is_latest, so that "
        "one whose text changed counts once; count(DISTINCT story_id) counts events.",
        columns={
            "article_id": "articles.article_id",
            "published_on": "articles.published_on",
            "date_precision": "articles.date_precision",
            "title": "articles.title",
            "source": "Name of the outlet: the registry's, else what a sidecar calls it.",
            "language_code": "articles.language_code",
            "countries": "articles.countries",
            "focus_countries": "articles.focus_countries",
            "dateline_place": "articles.dateline_place",
            "word_count": "articles.word_count",
            "body": "articles.body",
            "url": "articles.url",
            "file_name": "articles.file_name",
            "ingested_on": "articles.ingested_on",
            "story_id": "articles.story_id",
            "story_headline": "Headline of the story; of one that no other article tells, its own.",
            "story_article_count": "stories.article_count",
            "is_latest": "articles.is_latest",
        },
        query="""
            SELECT a.article_id, a.published_on, a.date_precision, a.title,
                   coalesce(s.name, CASE a.unmapped_source_origin WHEN 'sidecar'
                                    THEN a.unmapped_source_name END) AS source,
                   a.language_code,
                   a.countries, a.focus_countries, a.dateline_place, a.word_count, a.body,
                   a.url, a.file_name, a.ingested_on, a.story_id,
                   coalesce(t.headline, a.title) AS story_headline,
                   coalesce(t.article_count, 1) AS story_article_count,
                   a.is_latest
            FROM articles a
            LEFT JOIN sources s USING (source_id)
            LEFT JOIN (FROM stories WHERE article_count > 1) t USING (story_id)
        """,
    ),
    View(
        name="v_stories",
        description="Stories that several articles tell, the most covered first: their outlets, "
        "countries and entities by name, and all headlines. Stories of one article are in stories.",
        columns={
            "story_id": "stories.story_id",
            "headline": "stories.headline",
            "article_count": "stories.article_count",
            "source_count": "stories.source_count",
            "first_published_on": "stories.first_published_on",
            "last_published_on": "stories.last_published_on",
            "countries": "Countries that half of its articles are about and more, by name.",
            "entities": "Entities that half of its articles name and more, by name.",
            "sources": "stories.sources",
            "headlines": "stories.headlines",
        },
        query="""
            SELECT story_id, headline, article_count, source_count, first_published_on,
                   last_published_on, countries, entities, sources, headlines
            FROM stories WHERE article_count > 1
            ORDER BY article_count DESC, story_id
        """,
    ),
    View(
        name="v_country_days",
        description="Articles per country and day: all that mention it, and those about it. "
        "Articles of which only the month is known have no day and are left out.",
        columns={
            "country_code": "article_countries.country_code",
            "country": "countries.name",
            "published_on": "articles.published_on",
            "article_count": "Articles of the day that name the country.",
            "focus_article_count": "Of these, those that are about it.",
            "mean_salience": "How much they are about it on average, 0-1.",
            "story_count": "Stories that they belong to.",
            "focus_story_count": "Stories of those that are about it.",
        },
        query="""
            SELECT country_code, c.name AS country, published_on, article_count,
                   focus_article_count, mean_salience, story_count, focus_story_count
            FROM country_days JOIN countries c USING (country_code)
        """,
    ),
    View(
        name="v_country_pairs",
        description="Pairs of countries that articles name together, by month.",
        columns={
            "country_code": "The first of two countries by code, ISO 3166-1 alpha-2.",
            "other_country_code": "The second one.",
            "month_on": "First day of the month of publication.",
            "article_count": "Articles of the month that name both.",
            "focus_article_count": "Of these, those that are about both.",
            "story_count": "Stories that they belong to.",
        },
        query="""
            SELECT country_code, other_country_code, month_on, article_count,
                   focus_article_count, story_count
            FROM country_months WHERE country_code <> other_country_code
        """,
    ),
    View(
        name="v_source_coverage",
        description="What each source delivers, and how many days after publication it arrives.",
        columns={
            "source_id": "articles.source_id",
            "source": "sources.name",
            "country_code": "sources.country_code",
            "article_count": "Articles of the outlet, each version that was replaced left out.",
            "story_count": "Stories that they belong to.",
            "first_published_on": "Day of its earliest article.",
            "last_published_on": "Day of its latest one.",
            "median_delay_days": "Days from publication to its night, of the middle article.",
        },
        query="""
            SELECT a.source_id, s.name AS source, s.country_code, a.article_count, a.story_count,
                   a.first_published_on, a.last_published_on, a.median_delay_days
            FROM (
                SELECT source_id, count(*) FILTER (is_latest) AS article_count,
                       count(DISTINCT hash(story_id)) AS story_count,
                       min(published_on) AS first_published_on,
                       max(published_on) AS last_published_on,
                       median(ingested_on - published_on)
                           FILTER (date_precision = 'day') AS median_delay_days
                FROM articles GROUP BY source_id
            ) a
            LEFT JOIN sources s USING (source_id)
        """,
    ),
    View(
        name="v_unmapped_sources",
        description="Names of outlets that the registry does not know, the commonest first: "
        "add them to it and run their nights again.",
        columns={
            "name": "articles.unmapped_source_name",
            "origin": "articles.unmapped_source_origin",
            "article_count": "Articles that name it so.",
            "first_published_on": "Day of the earliest.",
            "last_published_on": "Day of the latest.",
            "nights": "Nights that took them in: run these again once the registry knows it.",
        },
        query="""
            SELECT unmapped_source_name AS name, unmapped_source_origin AS origin,
                   count(*) AS article_count, min(published_on) AS first_published_on,
                   max(published_on) AS last_published_on,
                   list(DISTINCT ingested_on ORDER BY ingested_on) AS nights
            FROM articles WHERE unmapped_source_name IS NOT NULL
            GROUP BY ALL ORDER BY article_count DESC, name, origin
        """,
    ),
    View(
        name="v_nights",
        description="Each night's deliveries by outcome.",
        columns={
            "ingested_on": "deliveries.ingested_on",
            "delivered_count": "Documents of the night.",
            "published_count": "Of these, published as articles.",
            "duplicate_count": "Of these, repetitions of an article.",
            "superseded_count": "Of these, rejected, and replaced by a later delivery.",
            "quarantined_count": "Of these, rejected, each with its reason in quarantine.",
        },
        query="""
            SELECT ingested_on, count(*) AS delivered_count,
                   count(*) FILTER (outcome = 'published') AS published_count,
                   count(*) FILTER (outcome = 'duplicate') AS duplicate_count,
                   count(*) FILTER (outcome = 'superseded') AS superseded_count,
                   count(*) FILTER (outcome = 'quarantined') AS quarantined_count
            FROM deliveries GROUP BY ingested_on
        """,
    ),
    View(
        name="v_feeds",
        description="Each feed's deliveries by night, outcome and rule, the newest night first and "
        "in it the largest feed.",
        columns={
            "ingested_on": "deliveries.ingested_on",
            "feed": "deliveries.feed",
            "delivered_count": "Documents of the feed in the night.",
            "published_count": "Of these, published as articles.",
            "duplicate_count": "Of these, repetitions of an article.",
            "superseded_count": "Of these, rejected, and replaced by a later delivery.",
            "quarantined_count": "Of these, rejected, each with its reason in quarantine.",
            "quarantined_share": "Share of those rejected among what was not delivered again, 0-1.",
            "quarantined_by_rule": "Those rejected by the rule that they broke, the most frequent "
            "first; empty where there are none.",
        },
        query="""
            SELECT d.ingested_on, d.feed, d.delivered_count, d.published_count,
                   d.duplicate_count, d.superseded_count, d.quarantined_count,
                   round(d.quarantined_count / nullif(d.delivered_count - d.superseded_count, 0), 4)
                       AS quarantined_share,
                   coalesce(r.by_rule, MAP {}::MAP(VARCHAR, BIGINT)) AS quarantined_by_rule
            FROM (
                SELECT ingested_on, feed, count(*) AS delivered_count,
                       count(*) FILTER (outcome = 'published') AS published_count,
                       count(*) FILTER (outcome = 'duplicate') AS duplicate_count,
                       count(*) FILTER (outcome = 'superseded') AS superseded_count,
                       count(*) FILTER (outcome = 'quarantined') AS quarantined_count
                FROM deliveries GROUP BY ingested_on, feed
            ) d
            LEFT JOIN (
                SELECT ingested_on, feed, map_from_entries(list(
                           struct_pack(k := rule, v := documents) ORDER BY documents DESC, rule
                       )) AS by_rule
                FROM (
                    SELECT ingested_on, feed, rule, count(*) AS documents
                    FROM quarantine WHERE superseded_on IS NULL GROUP BY ingested_on, feed, rule
                ) GROUP BY ingested_on, feed
            ) r ON r.ingested_on = d.ingested_on AND r.feed IS NOT DISTINCT FROM d.feed
            ORDER BY d.ingested_on DESC, d.delivered_count DESC, d.feed
        """,
    ),
    View(
        name="v_nightly_quality",
        description="Expectations that did not hold, latest first.",
        columns={
            "ingested_on": "quality_results.ingested_on",
            "run_id": "quality_results.run_id",
            "severity": "quality_results.severity",
            "expectation": "quality_results.expectation",
            "table_name": "quality_results.table_name",
            "observed": "quality_results.observed",
            "unexpected_count": "quality_results.unexpected_count",
            "sample": "quality_results.sample",
        },
        query="""
            SELECT ingested_on, run_id, severity, expectation, table_name, observed,
                   unexpected_count, sample
            FROM quality_results WHERE NOT passed
            ORDER BY ingested_on DESC, severity, expectation
        """,
    ),
)
