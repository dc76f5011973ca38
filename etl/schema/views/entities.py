"""Views of whom and what articles name, bare names read as the person that they mean.

What belongs here: views that look through entity_links. What does not: views of articles, sources
and nights (analysts.py), and counts set against each other (comparisons.py).

A bare name that is linked stands for the person with the full name and no more for itself, so an
article counts once for a person however it names him or her.
"""

from etl.schema.views.view import View

ENTITY_VIEWS: tuple[View, ...] = (
    View(
        name="v_mentions",
        description="Every mention with what it means: a bare name that is linked (entity_links) "
        "has the person with the full name, and entity_id and name are that person's.",
        columns={
            "article_id": "mentions.article_id",
            "field": "mentions.field",
            "start_char": "mentions.start_char",
            "end_char": "mentions.end_char",
            "text": "mentions.text",
            "label": "mentions.label",
            "entity_id": "What the mention means; that of the full name where it is linked. "
            "References entities.entity_id.",
            "name": "entities.name",
            "is_linked": "Whether it is a bare name that the news of those days gives its person.",
            "link_score": "How sure that is, 0-1; null where it is not linked.",
            "country_code": "mentions.country_code",
            "method": "mentions.method",
            "score": "mentions.score",
        },
        query="""
            SELECT m.article_id, m.field, m.start_char, m.end_char, m.text, m.label,
                   coalesce(l.linked_entity_id, m.entity_id) AS entity_id, e.name,
                   l.linked_entity_id IS NOT NULL AS is_linked, l.score AS link_score,
                   m.country_code, m.method, m.score
            FROM mentions m
            LEFT JOIN entity_links l
              ON l.article_id = m.article_id AND l.entity_id = m.entity_id
            JOIN entities e ON e.entity_id = coalesce(l.linked_entity_id, m.entity_id)
        """,
    ),
    View(
        name="v_entity_timeline",
        description="Articles per entity and day, without those of which only the month is known. "
        "Articles with a bare name that means somebody (entity_links) count for that person, each "
        "once, and not for the bare name.",
        columns={
            "entity_id": "entities.entity_id",
            "label": "entities.label",
            "name": "entities.name",
            "published_on": "articles.published_on",
            "article_count": "entity_days.article_count",
            "story_count": "entity_days.story_count",
        },
        query="""
            SELECT entity_id, e.label, e.name, published_on, d.article_count, d.story_count
            FROM entity_days d JOIN entities e USING (entity_id)
        """,
    ),
    View(
        name="v_first_mentions",
        description="Where each entity was named first: an article of its earliest day, of several "
        "the one whose night came first. Bare names that mean somebody (entity_links) count for "
        "that person. Articles of which only the month is known are left out.",
        columns={
            "entity_id": "entities.entity_id",
            "label": "entities.label",
            "name": "entities.name",
            "published_on": "articles.published_on",
            "article_id": "articles.article_id",
            "source_id": "articles.source_id",
            "title": "articles.title",
        },
        query="""
            SELECT entity_id, e.label, e.name, f.published_on, f.article_id, a.source_id, a.title
            FROM first_mentions f
            JOIN entities e USING (entity_id)
            JOIN articles a USING (article_id)
        """,
    ),
)
