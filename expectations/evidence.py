"""Expectations on what was found in the text: spans, countries, entities.

What belongs here: rules on mentions, country rows and the entities they resolve to, each of
which must show its evidence. What does not: rules on the documents themselves (rows.py).
"""

from collections.abc import Iterator

from etl.schema import FIELDS
from expectations.model import Expectation, between, native, no_rows


def evidence() -> Iterator[Expectation]:
    """All expectations on what was found in the text."""
    yield from spans()
    yield from date_mentions()
    yield from countries()
    yield from entities()


def spans() -> Iterator[Expectation]:
    """Evidence stands where its row says: offsets count code points from 0, half-open."""
    yield _sliced("mentions", text="text", what="mention's text")
    yield _sliced("article_countries", text="evidence", what="country's evidence")
    yield _sliced("article_sources", text="evidence", what="source's evidence")
    yield _sliced("date_mentions", text="text", what="mentioned date")
    yield Expectation(
        name="mentions_do_not_overlap",
        suite="rows",
        table="mentions",
        description="No two mentions of an article share a character.",
        **no_rows(_OVERLAPPING),
    )
    for table in ("mentions", "article_countries", "article_sources", "date_mentions"):
        yield Expectation(
            name=f"{table}_belong_to_the_night_of_their_article",
            suite="rows",
            table=table,
            description=f"Every row of {table} carries the night of its article.",
            scope="table",
            **no_rows(_OTHER_NIGHT),
        )


_OVERLAPPING = """
SELECT article_id, field, start_char, end_char, text, label
FROM (
    SELECT *, max(end_char) OVER (
        PARTITION BY article_id, field ORDER BY start_char, end_char
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS reached
    FROM batch
)
WHERE start_char < reached
"""

_OTHER_NIGHT = """
SELECT b.article_id, b.ingested_on, a.ingested_on AS article_ingested_on, count(*) AS times
FROM batch AS b JOIN articles AS a USING (article_id)
WHERE b.ingested_on <> a.ingested_on
GROUP BY ALL
"""


def _sliced(table: str, *, text: str, what: str) -> Expectation:
    return Expectation(
        name=f"{table}_slice_to_their_text",
        suite="rows",
        table=table,
        description=f"Every {what} stands at its offsets in the column of articles it names.",
        **no_rows(_SLICE, text=text, fields=_FIELD_OF_ARTICLE),
    )


# A span past the end can still slice to the right words, so the length is compared as well.
_FIELD_OF_ARTICLE = (
    "CASE b.field " + " ".join(f"WHEN '{name}' THEN a.{name}" for name in FIELDS) + " END"
)
_SLICE = """
SELECT article_id, field, start_char, end_char, stated,
    substring(whole, start_char + 1, end_char - start_char) AS found
FROM (
    SELECT b.article_id, b.field, b.start_char, b.end_char, b.{text} AS stated, {fields} AS whole
    FROM batch AS b JOIN articles AS a USING (article_id)
    WHERE b.field IS NOT NULL
)
WHERE start_char < 0 OR end_char <= start_char OR whole IS NULL OR end_char > length(whole)
    OR substring(whole, start_char + 1, end_char - start_char) <> stated
    OR start_char IS NULL OR end_char IS NULL
"""


def date_mentions() -> Iterator[Expectation]:
    """Which days an article speaks about."""
    yield Expectation(
        name="date_mentions_end_after_they_start",
        suite="rows",
        table="date_mentions",
        description="No mentioned date ends before it starts; one of a day is one day.",
        **no_rows(
            "SELECT article_id, text, starts_on, ends_on, precision FROM batch"
            " WHERE ends_on < starts_on OR (precision = 'day' AND ends_on <> starts_on)"
        ),
    )


def countries() -> Iterator[Expectation]:
    """Which countries an article gives evidence of."""
    yield Expectation(
        name="articles_have_a_country",
        suite="rows",
        table="articles",
        description="Every article has at least one country with evidence.",
        **no_rows(
            "SELECT b.article_id, b.file_name FROM batch AS b"
            " ANTI JOIN article_countries AS c ON c.article_id = b.article_id"
            " AND c.evidence <> ''"
        ),
    )
    yield Expectation(
        name="country_ranks_run_from_one",
        suite="rows",
        table="article_countries",
        description="The ranks of an article's countries are 1 to n, each once.",
        **no_rows(
            "SELECT article_id, list(rank ORDER BY rank) AS ranks FROM batch GROUP BY article_id"
            " HAVING min(rank) <> 1 OR max(rank) <> count(*) OR count(DISTINCT rank) <> count(*)"
        ),
    )
    for column in ("score", "salience"):
        yield Expectation(
            name=f"country_{column}_is_a_share",
            suite="rows",
            table="article_countries",
            description=f"Every {column} of a country lies within 0 and 1.",
            **between(column, lowest=0, highest=1),
        )
    yield Expectation(
        name="dateline_country_is_among_the_countries",
        suite="rows",
        table="articles",
        severity="warning",
        description="The country of an article's dateline is one of its countries.",
        **no_rows(
            "SELECT b.article_id, b.dateline, b.dateline_country_code FROM batch AS b"
            " ANTI JOIN article_countries AS c ON c.article_id = b.article_id"
            " AND c.country_code = b.dateline_country_code"
            " WHERE b.dateline_country_code IS NOT NULL"
        ),
    )
    yield Expectation(
        name="countries_are_all_of_iso_3166",
        suite="structure",
        table="countries",
        scope="table",
        description="The table of countries holds all of ISO 3166-1: 249 of them, and Kosovo.",
        **native("expect_table_row_count_to_be_between", min_value=249, max_value=255),
    )


def entities() -> Iterator[Expectation]:
    """What mentions resolve to."""
    yield Expectation(
        name="mention_score_is_a_share",
        suite="rows",
        table="mentions",
        description="Every score of a mention lies within 0 and 1.",
        **between("score", lowest=0, highest=1),
    )
    yield Expectation(
        name="mentions_have_the_label_of_their_entity",
        suite="rows",
        table="mentions",
        description="A mention and the entity it resolves to have the same label.",
        **no_rows(
            "SELECT b.article_id, b.text, b.label, e.label AS entity_label, b.entity_id"
            " FROM batch AS b JOIN entities AS e USING (entity_id) WHERE b.label <> e.label"
        ),
    )
    yield Expectation(
        name="entities_agree_with_their_mentions",
        suite="conservation",
        table="entities",
        scope="table",
        description="Every entity's article count and days are those of its mentions; one without "
        "any has the days of the bare names that are linked to it.",
        **no_rows(_ENTITY_COUNTS),
    )


_ENTITY_COUNTS = """
WITH counted AS (
    SELECT entity_id, count(*) FILTER (is_own) AS article_count,
        coalesce(min(published_on) FILTER (is_own), min(published_on)) AS first_published_on,
        coalesce(max(published_on) FILTER (is_own), max(published_on)) AS last_published_on
    FROM (
        SELECT DISTINCT entity_id, article_id, true AS is_own FROM mentions
        UNION ALL SELECT linked_entity_id, article_id, false FROM entity_links
    ) JOIN articles USING (article_id)
    GROUP BY entity_id
)
SELECT b.entity_id, b.name, b.article_count, c.article_count AS counted,
    b.first_published_on, c.first_published_on AS first_found,
    b.last_published_on, c.last_published_on AS last_found
FROM batch AS b LEFT JOIN counted AS c USING (entity_id)
WHERE (b.article_count, b.first_published_on, b.last_published_on)
    IS DISTINCT FROM (c.article_count, c.first_published_on, c.last_published_on)
"""
