"""The analysts' views: ready-made questions on the published tables.

What belongs here: SQL of views and one sentence on each. What does not: tables (etl/schema/).
"""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class View:
    """One view: ``query`` is a SELECT on the published tables."""

    name: str
    description: str
    query: str


VIEWS: tuple[View, ...] = (
    View(
        name="v_articles",
        description="Articles with their source, their countries, most salient country first, and "
        "their story: article_count is that of the story. Count articles WHERE is_latest, so that "
        "one whose text changed counts once; count(DISTINCT story_id) counts events.",
        query="""
            SELECT a.article_id, a.published_on, a.date_precision, a.title,
                   coalesce(s.name, CASE a.unmapped_source_origin WHEN 'sidecar'
                                    THEN a.unmapped_source_name END) AS source,
                   a.language_code,
                   c.countries, c.focus_countries, a.dateline_place, a.word_count, a.body,
                   a.url, a.file_name, a.ingested_on, a.story_id,
                   t.headline AS story_headline, t.article_count AS story_article_count,
                   a.is_latest
            FROM articles a
            LEFT JOIN sources s USING (source_id)
            JOIN stories t USING (story_id)
            LEFT JOIN (
                SELECT article_id,
                       list(country_code ORDER BY rank) AS countries,
                       coalesce(list(country_code ORDER BY rank) FILTER (is_focus), [])
                           AS focus_countries
                FROM article_countries GROUP BY article_id
            ) c USING (article_id)
        """,
    ),
    View(
        name="v_stories",
        description="Stories that several articles tell, the most covered first: their outlets, "
        "countries and entities by name, and all headlines. Stories of one article are in stories.",
        query="""
            SELECT t.story_id, t.headline, t.article_count, t.source_count,
                   t.first_published_on, t.last_published_on,
                   (SELECT list(name ORDER BY name) FROM countries
                    WHERE list_contains(t.country_codes, country_code)) AS countries,
                   (SELECT list(name ORDER BY name) FROM entities
                    WHERE list_contains(t.entity_ids, entity_id)) AS entities,
                   m.sources, m.headlines
            FROM stories t
            JOIN (
                SELECT a.story_id,
                       coalesce(list(DISTINCT s.name ORDER BY s.name)
                                FILTER (s.name IS NOT NULL), []) AS sources,
                       coalesce(list(a.title ORDER BY a.published_on, a.article_id)
                                FILTER (a.title IS NOT NULL), []) AS headlines
                FROM articles a LEFT JOIN sources s USING (source_id)
                WHERE a.is_latest GROUP BY a.story_id
            ) m USING (story_id)
            WHERE t.article_count > 1
            ORDER BY t.article_count DESC, t.story_id
        """,
    ),
    View(
        name="v_country_days",
        description="Articles per country and day: all that mention it, and those about it. "
        "Articles of which only the month is known have no day and are left out.",
        query="""
            SELECT ac.country_code, c.name AS country, a.published_on,
                   count(*) AS article_count,
                   count(*) FILTER (ac.is_focus) AS focus_article_count,
                   avg(ac.salience) AS mean_salience,
                   count(DISTINCT a.story_id) AS story_count,
                   count(DISTINCT a.story_id) FILTER (ac.is_focus) AS focus_story_count
            FROM article_countries ac
            JOIN articles a USING (article_id)
            JOIN countries c USING (country_code)
            WHERE a.date_precision = 'day' AND a.is_latest
            GROUP BY ALL
        """,
    ),
    View(
        name="v_country_pairs",
        description="Pairs of countries that articles name together, by month.",
        query="""
            SELECT x.country_code AS country_code, y.country_code AS other_country_code,
                   date_trunc('month', a.published_on)::DATE AS month_on,
                   count(*) AS article_count,
                   count(*) FILTER (x.is_focus AND y.is_focus) AS focus_article_count,
                   count(DISTINCT a.story_id) AS story_count
            FROM article_countries x
            JOIN article_countries y
              ON y.article_id = x.article_id AND x.country_code < y.country_code
            JOIN articles a ON a.article_id = x.article_id
            WHERE a.is_latest
            GROUP BY ALL
        """,
    ),
    View(
        name="v_entity_timeline",
        description="Articles per entity and day, without those of which only the month is known.",
        query="""
            SELECT e.entity_id, e.label, e.name, a.published_on,
                   count(DISTINCT a.article_id) AS article_count,
                   count(DISTINCT a.story_id) AS story_count
            FROM mentions m
            JOIN articles a USING (article_id)
            JOIN entities e USING (entity_id)
            WHERE a.date_precision = 'day' AND a.is_latest
            GROUP BY ALL
        """,
    ),
    View(
        name="v_source_coverage",
        description="What each source delivers, and how many days after publication it arrives.",
        query="""
            SELECT a.source_id, s.name AS source, s.country_code,
                   count(*) FILTER (a.is_latest) AS article_count,
                   count(DISTINCT a.story_id) AS story_count,
                   min(a.published_on) AS first_published_on,
                   max(a.published_on) AS last_published_on,
                   median(a.ingested_on - a.published_on)
                       FILTER (a.date_precision = 'day') AS median_delay_days
            FROM articles a
            LEFT JOIN sources s USING (source_id)
            GROUP BY ALL
        """,
    ),
    View(
        name="v_unmapped_sources",
        description="Names of outlets that the registry does not know, the commonest first: "
        "add them to it and run their nights again.",
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
        name="v_nightly_quality",
        description="Expectations that did not hold, latest first.",
        query="""
            SELECT ingested_on, run_id, severity, expectation, table_name, observed,
                   unexpected_count, sample
            FROM quality_results WHERE NOT passed
            ORDER BY ingested_on DESC, severity, expectation
        """,
    ),
    View(
        name="v_gkg",
        description="Columns of GDELT's Global Knowledge Graph 2.1, as far as Dateline has them: "
        "eight of its 27. Locations are countries only, by ISO 3166-1 code where GDELT has FIPS "
        "10-4, and have the first three of its fields: type, name, code. A document without a URL "
        "is a citation (2), by its file name. Offsets of names count in their own field: title, "
        "dateline or body.",
        query="""
            SELECT a.article_id AS GKGRECORDID,
                   coalesce(strftime(a.published_at, '%Y%m%d%H%M%S'),
                            strftime(a.published_on, '%Y%m%d') || '000000') AS "V2.1DATE",
                   CASE WHEN a.url IS NULL THEN 2 ELSE 1 END AS V2SOURCECOLLECTIONIDENTIFIER,
                   coalesce(s.homepage, s.name) AS V2SOURCECOMMONNAME,
                   coalesce(a.url, a.file_name) AS V2DOCUMENTIDENTIFIER,
                   l.locations AS V2ENHANCEDLOCATIONS,
                   m.persons AS V2ENHANCEDPERSONS,
                   m.organizations AS V2ENHANCEDORGANIZATIONS
            FROM articles a
            LEFT JOIN sources s USING (source_id)
            LEFT JOIN (
                SELECT ac.article_id,
                       string_agg('1#' || c.name || '#' || ac.country_code, ';'
                                  ORDER BY ac.rank) AS locations
                FROM article_countries ac JOIN countries c USING (country_code)
                GROUP BY ac.article_id
            ) l USING (article_id)
            LEFT JOIN (
                SELECT article_id,
                       string_agg(name || ',' || start_char, ';' ORDER BY field, start_char)
                           FILTER (label = 'PERSON') AS persons,
                       string_agg(name || ',' || start_char, ';' ORDER BY field, start_char)
                           FILTER (label = 'ORG') AS organizations
                FROM mentions GROUP BY article_id
            ) m USING (article_id)
        """,
    ),
)
