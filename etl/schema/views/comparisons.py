"""Views that set counts against each other: shares of a day, pairs, home and abroad, what changed.

What belongs here: SQL of views whose figures mean something only beside others. What does not:
plain counts (analysts.py).

Only articles with a known day have a place in a view by day, and in one by month every article
has; of an article that came again with another text the latest version alone counts.
"""

from etl.schema.views.view import View

COMPARISONS: tuple[View, ...] = (
    View(
        name="v_days",
        description="All articles of each day, by which counts of a day become shares. Days "
        "without any article are left out, and articles of which only the month is known.",
        columns={
            "published_on": "articles.published_on",
            "article_count": "Articles of the day.",
            "story_count": "Stories that they belong to.",
            "source_count": "Outlets of the registry that they are from.",
        },
        query="""
            SELECT published_on, article_count, story_count, source_count
            FROM daily_totals WHERE article_count > 0
        """,
    ),
    View(
        name="v_country_shares",
        description="How much of each day's news names a country, beside the month before: a row "
        "for each country of the file and each day of v_days, with zeros.",
        columns={
            "country_code": "article_countries.country_code",
            "country": "countries.name",
            "published_on": "articles.published_on",
            "article_count": "Articles of the day that name the country.",
            "focus_article_count": "Of these, those that are about it.",
            "day_article_count": "All articles of the day.",
            "share": "Part of the day's articles that name it, 0-1.",
            "focus_share": "Part of the day's articles that are about it, 0-1.",
            "rank": "1 for the country that most articles of the day name; null where none does.",
            "month_share": "Part that named it of all articles of the 30 days before, 0-1; null "
            "where these have no article.",
            "deviation": "share less month_share.",
        },
        query="""
            SELECT country_code, c.name AS country, d.published_on,
                   coalesce(n.article_count, 0) AS article_count,
                   coalesce(n.focus_article_count, 0) AS focus_article_count,
                   d.article_count AS day_article_count,
                   coalesce(n.article_count, 0) / d.article_count AS share,
                   coalesce(n.focus_article_count, 0) / d.article_count AS focus_share,
                   n.rank,
                   coalesce(b.article_count, 0) / nullif(d.baseline_article_count, 0)
                       AS month_share,
                   share - month_share AS deviation
            FROM (SELECT DISTINCT country_code FROM country_days)
            JOIN countries c USING (country_code)
            CROSS JOIN (SELECT * FROM daily_totals WHERE article_count > 0) d
            LEFT JOIN (
                SELECT country_code, published_on, article_count, focus_article_count,
                       rank() OVER (PARTITION BY published_on ORDER BY article_count DESC) AS rank
                FROM country_days
            ) n USING (country_code, published_on)
            LEFT JOIN country_baselines b USING (country_code, published_on)
        """,
    ),
    View(
        name="v_article_countries",
        description="A row for each article and country that it names, without lists: for tools "
        "that draw tables and charts. Articles of which only the month is known are in it.",
        columns={
            "article_id": "articles.article_id",
            "published_on": "articles.published_on",
            "date_precision": "articles.date_precision",
            "title": "articles.title",
            "url": "articles.url",
            "language_code": "articles.language_code",
            "word_count": "articles.word_count",
            "story_id": "articles.story_id",
            "source_id": "articles.source_id",
            "source": "sources.name",
            "source_country_code": "sources.country_code",
            "country_code": "article_countries.country_code",
            "country": "countries.name",
            "region": "countries.region",
            "subregion": "countries.subregion",
            "rank": "article_countries.rank",
            "salience": "article_countries.salience",
            "is_focus": "article_countries.is_focus",
            "is_domestic": "Whether the outlet is of this country; null where it is not known.",
            "ingested_on": "articles.ingested_on",
        },
        query="""
            SELECT a.article_id, a.published_on, a.date_precision, a.title, a.url,
                   a.language_code, a.word_count, a.story_id, a.source_id, s.name AS source,
                   s.country_code AS source_country_code, a.country_code, c.name AS country,
                   c.region, c.subregion, a.rank, a.salience,
                   list_contains(a.focus_countries, a.country_code) AS is_focus,
                   s.country_code = a.country_code AS is_domestic, a.ingested_on
            FROM (
                SELECT *, unnest(countries) AS country_code, unnest(saliences) AS salience,
                       generate_subscripts(countries, 1)::INTEGER AS rank
                FROM articles WHERE is_latest
            ) a
            JOIN countries c ON c.country_code = a.country_code
            LEFT JOIN sources s ON s.source_id = a.source_id
        """,
    ),
    View(
        name="v_country_ties",
        description="Pairs of countries that articles of a month name together, each pair from "
        "either side, against what chance would give.",
        columns={
            "country_code": "article_countries.country_code",
            "other_country_code": "The other country, ISO 3166-1 alpha-2.",
            "month_on": "First day of the month of publication.",
            "article_count": "Articles of the month that name both.",
            "country_article_count": "Articles of the month that name the country.",
            "other_article_count": "Those that name the other one.",
            "month_article_count": "All articles of the month.",
            "share": "Part of the country's articles that name the other one too, 0-1.",
            "lift": "How many times as often as if neither had to do with the other; 1 is chance.",
        },
        query="""
            WITH months AS (
                SELECT date_trunc('month', published_on)::DATE AS month_on,
                       count(*) AS article_count
                FROM articles WHERE is_latest GROUP BY ALL
            ),
            alone AS (
                SELECT country_code, month_on, article_count
                FROM country_months WHERE country_code = other_country_code
            ),
            pairs AS (
                SELECT country_code, other_country_code, month_on, article_count
                FROM v_country_pairs
                UNION ALL
                SELECT other_country_code, country_code, month_on, article_count
                FROM v_country_pairs
            )
            SELECT p.country_code, p.other_country_code, p.month_on, p.article_count,
                   x.article_count AS country_article_count,
                   y.article_count AS other_article_count,
                   m.article_count AS month_article_count,
                   p.article_count / x.article_count AS share,
                   p.article_count * m.article_count / (x.article_count * y.article_count) AS lift
            FROM pairs p
            JOIN months m USING (month_on)
            JOIN alone x ON x.country_code = p.country_code AND x.month_on = p.month_on
            JOIN alone y ON y.country_code = p.other_country_code AND y.month_on = p.month_on
        """,
    ),
    View(
        name="v_home_and_abroad",
        description="Who writes about a country, by month: its own outlets, or those of others.",
        columns={
            "country_code": "article_countries.country_code",
            "country": "countries.name",
            "month_on": "First day of the month of publication.",
            "article_count": "Articles of the month that are about the country.",
            "domestic_article_count": "Of these, those by outlets of the country.",
            "foreign_article_count": "Those by outlets of other countries.",
            "foreign_share": "Part of the foreign ones where the outlet's country is known, 0-1; "
            "null where it is of none.",
        },
        query="""
            WITH written AS (
                SELECT source_id, focus_countries,
                       date_trunc('month', published_on)::DATE AS month_on, count(*) AS n
                FROM articles WHERE is_latest GROUP BY ALL
            )
            SELECT w.country_code, c.name AS country, w.month_on,
                   sum(n)::BIGINT AS article_count,
                   coalesce(sum(n) FILTER (s.country_code = w.country_code), 0)::BIGINT
                       AS domestic_article_count,
                   coalesce(sum(n) FILTER (s.country_code <> w.country_code), 0)::BIGINT
                       AS foreign_article_count,
                   foreign_article_count
                       / nullif(domestic_article_count + foreign_article_count, 0) AS foreign_share
            FROM (SELECT *, unnest(focus_countries) AS country_code FROM written) w
            JOIN countries c USING (country_code)
            LEFT JOIN sources s USING (source_id)
            GROUP BY ALL
        """,
    ),
    View(
        name="v_changes",
        description="What each night added and changed: an article that was not there, or one that "
        "came again at its address with another text. Read on where changed_on lies behind the "
        "night that you have seen last.",
        columns={
            "changed_on": "articles.ingested_on",
            "change": "new, or text (another text than the version before).",
            "article_id": "articles.article_id",
            "earlier_id": "The version before; null for a new article. References "
            "articles.article_id.",
            "published_on": "articles.published_on",
            "title": "articles.title",
            "url": "articles.url",
            "is_title_changed": "article_versions.is_title_changed",
            "words_added": "article_versions.words_added",
            "words_removed": "article_versions.words_removed",
        },
        query="""
            SELECT a.ingested_on AS changed_on,
                   CASE WHEN v.number > 1 THEN 'text' ELSE 'new' END AS change,
                   a.article_id, before.article_id AS earlier_id, a.published_on, a.title, a.url,
                   v.is_title_changed, v.words_added, v.words_removed
            FROM articles a
            LEFT JOIN article_versions v USING (article_id)
            LEFT JOIN article_versions before
              ON before.first_id = v.first_id AND before.number = v.number - 1
        """,
    ),
)
