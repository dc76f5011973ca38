"""Expectations on what links articles: bare names, versions, copies, stories.

What belongs here: that every article is in one story, that what is said of stories, copies and
versions agrees with the articles, and that a bare name is linked to a person with that name. What
does not: rules on single documents (rows.py).
"""

from collections.abc import Iterator

from expectations.model import Expectation, between, no_rows


def linked() -> Iterator[Expectation]:
    """All expectations on what links articles."""
    yield from entity_links()
    yield from stories()
    yield from copies_and_versions()


def entity_links() -> Iterator[Expectation]:
    """Bare names that mean somebody with a full name."""
    yield Expectation(
        name="entity_links_start_from_a_mention",
        suite="conservation",
        table="entity_links",
        scope="table",
        description="Every linked name stands in its article as a person, and so is what it is "
        "linked to: another one.",
        **no_rows(_UNFOUNDED_LINKS),
    )
    yield Expectation(
        name="linked_names_are_part_of_the_full_name",
        suite="conservation",
        table="entity_links",
        scope="table",
        severity="warning",
        description="A bare name is found in the full name that it is linked to, letters and "
        "digits compared; one that means a head of state or government may be spelled otherwise.",
        **no_rows(_STRANGE_LINKS),
    )
    yield Expectation(
        name="entity_link_score_is_a_share",
        suite="rows",
        table="entity_links",
        scope="table",
        description="Every score of a link lies within 0 and 1.",
        **between("score", lowest=0, highest=1),
    )


_UNFOUNDED_LINKS = """
SELECT b.article_id, b.entity_id, b.linked_entity_id
FROM batch AS b
LEFT JOIN (
    SELECT DISTINCT article_id, entity_id, label
    FROM mentions SEMI JOIN batch USING (article_id, entity_id)
) AS m USING (article_id, entity_id)
LEFT JOIN entities AS e ON e.entity_id = b.linked_entity_id
WHERE b.entity_id = b.linked_entity_id
    OR m.label IS DISTINCT FROM 'PERSON' OR e.label IS DISTINCT FROM 'PERSON'
"""
_LETTERS = (
    "regexp_replace(translate(lower(strip_accents({0})), 'øłđıæœðþ', 'oldiaodt'),"
    r" '[^\p{{L}}\p{{N}}]', '', 'g')"
)
_STRANGE_LINKS = f"""
SELECT b.article_id, e.name, b.evidence
FROM batch AS b JOIN entities AS e USING (entity_id)
WHERE b.method <> 'office_holder'
    AND NOT contains({_LETTERS.format("b.evidence")}, {_LETTERS.format("e.name")})
"""


def stories() -> Iterator[Expectation]:
    """The coverage of one event."""
    yield Expectation(
        name="stories_agree_with_their_articles",
        suite="conservation",
        table="stories",
        scope="table",
        description="Every story's articles, outlets and days are those of the articles in it.",
        **no_rows(_STORY_COUNTS),
    )
    yield Expectation(
        name="stories_bear_the_id_of_their_first_article",
        suite="keys",
        table="stories",
        scope="table",
        description="A story's id is that of its earliest article, by day and then by id.",
        **no_rows(
            "SELECT story_id, arg_min(article_id, (published_on, article_id)) AS first"
            " FROM articles GROUP BY story_id HAVING first <> story_id"
        ),
    )
    yield Expectation(
        name="articles_say_why_they_are_in_their_story",
        suite="conservation",
        table="articles",
        scope="table",
        description="Every article but a story's first has a link to that story, and no other has.",
        **no_rows(
            "SELECT coalesce(b.article_id, l.article_id) AS article_id, b.story_id,"
            " l.story_id AS linked_to FROM batch AS b FULL JOIN story_links AS l"
            " ON l.article_id = b.article_id"
            " WHERE nullif(b.story_id, b.article_id) IS DISTINCT FROM l.story_id"
        ),
    )
    for column in ("score", "nearest_score"):
        yield Expectation(
            name=f"story_link_{column}_is_a_share",
            suite="rows",
            table="story_links",
            scope="table",
            description=f"Every {column} of a link lies within 0 and 1.",
            **between(column, lowest=0, highest=1),
        )


_STORY_COUNTS = """
WITH counted AS (
    SELECT story_id, count(*) FILTER (is_latest) AS article_count,
        count(DISTINCT source_id) FILTER (is_latest) AS source_count,
        min(published_on) AS first_published_on, max(published_on) AS last_published_on
    FROM articles GROUP BY story_id
)
SELECT b.story_id, b.article_count, c.article_count AS counted,
    b.source_count, c.source_count AS sources_counted,
    b.first_published_on, c.first_published_on AS first_found,
    b.last_published_on, c.last_published_on AS last_found
FROM batch AS b LEFT JOIN counted AS c USING (story_id)
WHERE (b.article_count, b.source_count, b.first_published_on, b.last_published_on)
    IS DISTINCT FROM
    (c.article_count, c.source_count, c.first_published_on, c.last_published_on)
"""


def copies_and_versions() -> Iterator[Expectation]:
    """One text in several articles, and one article in several texts."""
    yield Expectation(
        name="text_groups_have_one_first_article",
        suite="keys",
        table="text_groups",
        scope="table",
        description="Every group has two articles and more: its first, and what copies one of it.",
        **no_rows(
            "SELECT group_id, count(*) AS articles FROM batch GROUP BY group_id HAVING count(*) < 2"
            " OR count(*) FILTER (kind = 'first' AND copy_of IS NULL AND article_id = group_id)"
            " <> 1"
            " OR count(*) FILTER (kind <> 'first' AND copy_of IS NOT NULL) <> count(*) - 1"
        ),
    )
    for column in ("share", "jaccard"):
        yield Expectation(
            name=f"text_group_{column}_is_a_share",
            suite="rows",
            table="text_groups",
            scope="table",
            description=f"Every {column} of a copy lies within 0 and 1.",
            **between(column, lowest=0, highest=1),
        )
    yield Expectation(
        name="versions_are_numbered_from_one",
        suite="keys",
        table="article_versions",
        scope="table",
        description="The versions of an article are 1 to n, two at the least, the first so called.",
        **no_rows(
            "SELECT first_id, list(number ORDER BY number) AS numbers FROM batch GROUP BY first_id"
            " HAVING count(*) < 2 OR min(number) <> 1 OR max(number) <> count(*)"
            " OR count(DISTINCT number) <> count(*) OR arg_min(article_id, number) <> first_id"
        ),
    )
    yield Expectation(
        name="articles_know_their_latest_version",
        suite="conservation",
        table="articles",
        scope="table",
        description="version_of and is_latest say what article_versions says; alone is latest.",
        **no_rows(_VERSIONS),
    )


_VERSIONS = """
WITH said AS (
    SELECT article_id, nullif(first_id, article_id) AS version_of,
        number = max(number) OVER (PARTITION BY first_id) AS is_latest
    FROM article_versions
)
SELECT b.article_id, b.version_of, s.version_of AS first_version, b.is_latest, s.is_latest AS latest
FROM batch AS b LEFT JOIN said AS s USING (article_id)
WHERE (b.version_of, b.is_latest) IS DISTINCT FROM (s.version_of, coalesce(s.is_latest, true))
"""
