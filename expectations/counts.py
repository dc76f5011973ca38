"""Expectations on what is counted and listed ahead: it agrees with the rows that it is of.

What belongs here: the tables of counts by day and month, and lists in articles. What does not: keys
and references, which follow from the declarations (structure.py).
"""

from collections.abc import Iterator

from etl.schema import BASELINE_DAYS
from expectations.model import Expectation, no_rows


def counts() -> Iterator[Expectation]:
    """Each of these tables against what it counts."""
    for table, of, description, check in (
        (
            "daily_totals",
            "articles",
            "Every day counts its articles: all of them, and none else.",
            no_rows(_DAYS),
        ),
        (
            "country_days",
            "articles",
            "The days of a country count the articles that name it.",
            no_rows(_COUNTRIES, **_OF_DAYS),
        ),
        (
            "country_baselines",
            "country_days",
            "What the newest day is held against counts the thirty days of each country before it.",
            no_rows(_BASELINES, days=BASELINE_DAYS),
        ),
        (
            "country_months",
            "articles",
            "The months of a country count the articles that name it.",
            no_rows(_COUNTRIES, **_OF_MONTHS),
        ),
        (
            "entity_days",
            "articles",
            "The last ten days of each entity count the articles that mean it.",
            no_rows(_ENTITIES),
        ),
        (
            "first_mentions",
            "entity_days",
            "Each entity was named first on its first day, in an article of that day.",
            no_rows(_FIRST),
        ),
    ):
        yield Expectation(
            name=f"{table}_agree_with_{of}",
            suite="conservation",
            table=table,
            scope="table",
            description=description,
            **check,
        )
    for name, description, query in (
        (
            "countries",
            "The countries of each article are those of article_countries, by rank, and so are "
            "its countries in focus and how salient each is.",
            _LISTS,
        ),
        (
            "entities",
            "The entities of each article are those of its mentions, bare names as whom they mean.",
            _ENTITY_LISTS,
        ),
        (
            "places",
            "The places of each article are those of its mentions.",
            _PLACE_LISTS,
        ),
        (
            "names",
            "The names of each article, their labels and beginnings are those of its mentions.",
            _NAME_LISTS,
        ),
        (
            "locations",
            "The locations of each article are the places of its mentions.",
            _LOCATION_LISTS,
        ),
        (
            "days",
            "The days of each article are those of its date_mentions beside its own.",
            _DAY_LISTS,
        ),
    ):
        yield Expectation(
            name=f"articles_list_their_{name}",
            suite="conservation",
            table="articles",
            scope="night",
            description=description,
            **no_rows(query),
        )


_LISTS = """
SELECT b.article_id, b.countries, b.focus_countries, b.saliences
FROM batch AS b LEFT JOIN (
    SELECT article_id, list(country_code ORDER BY rank) AS countries,
        coalesce(list(country_code ORDER BY rank) FILTER (is_focus), []) AS focus_countries,
        list(salience ORDER BY rank) AS saliences
    FROM article_countries SEMI JOIN batch USING (article_id) GROUP BY article_id
) AS c USING (article_id)
WHERE (b.countries, b.focus_countries, b.saliences)
    IS DISTINCT FROM (c.countries, c.focus_countries, c.saliences)
"""

_ENTITY_LISTS = """
SELECT b.article_id, b.entity_ids, m.entity_ids AS meant
FROM batch AS b LEFT JOIN (
    SELECT article_id,
        list_sort(list(DISTINCT coalesce(l.linked_entity_id, m.entity_id))) AS entity_ids
    FROM mentions AS m SEMI JOIN batch USING (article_id)
    LEFT JOIN entity_links AS l USING (article_id, entity_id)
    GROUP BY article_id
) AS m USING (article_id)
WHERE b.entity_ids <> coalesce(m.entity_ids, [])
"""

_PLACE_LISTS = """
SELECT b.article_id, b.place_ids, m.place_ids AS named
FROM batch AS b LEFT JOIN (
    SELECT article_id, list_sort(list(DISTINCT place_id)) AS place_ids
    FROM mentions SEMI JOIN batch USING (article_id)
    WHERE place_id IS NOT NULL GROUP BY article_id
) AS m USING (article_id)
WHERE b.place_ids <> coalesce(m.place_ids, [])
"""

_NAME_LISTS = """
SELECT b.article_id, b.names, m.names AS named
FROM batch AS b LEFT JOIN (
    SELECT article_id, list(name ORDER BY field, start_char) AS names,
        list(label ORDER BY field, start_char) AS name_labels,
        list(start_char ORDER BY field, start_char) AS name_starts
    FROM mentions SEMI JOIN batch USING (article_id) GROUP BY article_id
) AS m USING (article_id)
WHERE (b.names, b.name_labels, b.name_starts) IS DISTINCT FROM
    (coalesce(m.names, []), coalesce(m.name_labels, []), coalesce(m.name_starts, []))
"""

_LOCATION_LISTS = """
SELECT b.article_id, b.locations, m.locations AS named
FROM batch AS b LEFT JOIN (
    SELECT m.article_id,
        list(m.place_id || '#' || m.start_char ORDER BY m.field, m.start_char) AS locations
    FROM mentions AS m SEMI JOIN batch USING (article_id)
    WHERE m.place_id IS NOT NULL GROUP BY m.article_id
) AS m USING (article_id)
WHERE [regexp_extract(location, '[^#]*#[0-9]+$') FOR location IN b.locations]
    <> coalesce(m.locations, [])
"""

_DAY_LISTS = """
SELECT b.article_id, b.spoken_days, d.spoken_days AS spoken_of
FROM batch AS b LEFT JOIN (
    SELECT d.article_id, list_sort(list(DISTINCT d.starts_on)) AS spoken_days
    FROM date_mentions AS d JOIN batch AS a USING (article_id)
    WHERE d.precision = 'day' AND d.starts_on <> a.published_on GROUP BY d.article_id
) AS d USING (article_id)
WHERE b.spoken_days <> coalesce(d.spoken_days, [])
"""

_DAYS = """
SELECT coalesce(b.published_on, a.published_on) AS published_on, b.article_count, a.counted
FROM batch AS b FULL JOIN (
    SELECT published_on, count(*) FILTER (date_precision = 'day' AND is_latest) AS counted
    FROM articles GROUP BY published_on
) AS a USING (published_on)
WHERE b.article_count IS DISTINCT FROM a.counted
"""

_COUNTRIES = """
SELECT coalesce(b.country_code, a.country_code) AS country_code, b.article_count, a.counted
FROM (
    SELECT country_code, sum(article_count) AS article_count FROM batch
    WHERE {alone} GROUP BY country_code
) AS b FULL JOIN (
    SELECT country_code, count(*) AS counted FROM article_countries JOIN articles USING (article_id)
    WHERE {articles} GROUP BY country_code
) AS a USING (country_code)
WHERE b.article_count IS DISTINCT FROM a.counted
"""
_OF_DAYS = {"alone": "true", "articles": "date_precision = 'day' AND is_latest"}
_OF_MONTHS = {"alone": "country_code = other_country_code", "articles": "is_latest"}

_BASELINES = """
WITH newest AS (SELECT max(published_on) AS day FROM daily_totals WHERE article_count > 0),
counted AS (
    SELECT country_code, sum(article_count) AS counted FROM country_days, newest
    WHERE published_on BETWEEN day - {days} AND day - 1 GROUP BY country_code
)
SELECT coalesce(b.country_code, c.country_code) AS country_code, b.article_count, c.counted
FROM (SELECT * FROM batch, newest WHERE published_on = day) AS b
FULL JOIN counted AS c USING (country_code)
WHERE b.article_count IS DISTINCT FROM c.counted
"""

_FIRST = """
SELECT coalesce(b.entity_id, d.entity_id) AS entity_id, b.published_on, d.first_on, a.published_on
FROM batch AS b FULL JOIN (
    SELECT entity_id, min(published_on) AS first_on FROM entity_days GROUP BY entity_id
) AS d USING (entity_id)
LEFT JOIN articles AS a USING (article_id)
WHERE b.published_on IS DISTINCT FROM d.first_on OR a.published_on IS DISTINCT FROM d.first_on
"""

_ENTITIES = """
WITH late AS (
    SELECT article_id, published_on FROM articles
    WHERE date_precision = 'day' AND is_latest
        AND published_on > (SELECT max(published_on) - 10 FROM articles)
)
SELECT coalesce(b.entity_id, a.entity_id) AS entity_id,
    coalesce(b.published_on, a.published_on) AS published_on, b.article_count, a.counted
FROM (SELECT * FROM batch SEMI JOIN late USING (published_on)) AS b FULL JOIN (
    SELECT coalesce(l.linked_entity_id, m.entity_id) AS entity_id, published_on,
        count(DISTINCT m.article_id) AS counted
    FROM mentions AS m JOIN late USING (article_id)
    LEFT JOIN entity_links AS l ON (l.article_id, l.entity_id) = (m.article_id, m.entity_id)
    GROUP BY ALL
) AS a USING (entity_id, published_on)
WHERE b.article_count IS DISTINCT FROM a.counted
"""
