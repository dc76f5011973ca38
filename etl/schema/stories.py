"""What articles have in common: one text, one address, one event.

What belongs here: the tables text_groups, article_versions, stories and story_links.
"""

from dataclasses import replace

from etl.schema.columns import (
    ARTICLE_ID,
    COPY_DIRECTIONS,
    COPY_KINDS,
    LINK_METHODS,
    LINKED_BY,
)
from etl.schema.table import Column, Table

STORY_ID = Column(
    name="story_id",
    type="VARCHAR",
    description="The story: the article_id of its first article.",
    references="stories.story_id",
)

TEXT_GROUPS = Table(
    name="text_groups",
    kind="derived",
    grain="article whose text others have too",
    description="Texts that stand in several articles: copied, cut, extended or edited.",
    key=("article_id",),
    columns=(
        Column(
            name="group_id",
            type="VARCHAR",
            description="The text: the article_id of the first article that has it.",
            references="articles.article_id",
        ),
        ARTICLE_ID,
        Column(
            name="copy_of",
            type="VARCHAR",
            description="Earlier article that shares most of the text; null for the first.",
            nullable=True,
            references="articles.article_id",
        ),
        Column(
            name="kind",
            type="VARCHAR",
            description=(
                "What became of the text of copy_of: copy (9 of 10 five-word runs are the same), "
                "cut, extended, edited; first where there is none."
            ),
            allowed=COPY_KINDS,
        ),
        Column(
            name="share",
            type="DOUBLE",
            description="Part of the shorter text's five-word runs that the other holds, 0-1.",
            nullable=True,
        ),
        Column(
            name="jaccard",
            type="DOUBLE",
            description="Part of all five-word runs of both that both hold, 0-1.",
            nullable=True,
        ),
        Column(
            name="direction",
            type="VARCHAR",
            description=(
                "Who has it from whom: credited (this one names the outlet of copy_of), "
                "credits_back (that one names the outlet of this one, which so is the original), "
                "agency (both have it from one), time (only the days tell); null for the first."
            ),
            nullable=True,
            allowed=COPY_DIRECTIONS,
        ),
        Column(
            name="credit",
            type="VARCHAR",
            description="The outlet or agency that is credited.",
            nullable=True,
            references="sources.source_id",
        ),
        LINKED_BY,
    ),
)

ARTICLE_VERSIONS = Table(
    name="article_versions",
    kind="derived",
    grain="version of an article that was delivered with several texts",
    description="Articles whose text changed at their address, and what changed.",
    key=("article_id",),
    columns=(
        ARTICLE_ID,
        Column(
            name="first_id",
            type="VARCHAR",
            description="The first version that was delivered.",
            references="articles.article_id",
        ),
        Column(name="number", type="INTEGER", description="1 for the first version."),
        Column(
            name="share",
            type="DOUBLE",
            description=(
                "Part of the shorter text's words that the version before holds, 0-1; null for "
                "the first."
            ),
            nullable=True,
        ),
        Column(
            name="is_title_changed",
            type="BOOLEAN",
            description="Whether the title is another than before; null for the first.",
            nullable=True,
        ),
        Column(
            name="words_added",
            type="INTEGER",
            description="Words that the version before lacks; null for the first.",
            nullable=True,
        ),
        Column(
            name="words_removed",
            type="INTEGER",
            description="Words of the version before that this one lacks; null for the first.",
            nullable=True,
        ),
        LINKED_BY,
    ),
)

STORIES = Table(
    name="stories",
    kind="derived",
    grain="story",
    description="One event's coverage across outlets. An article that stands alone is one too.",
    key=("story_id",),
    columns=(
        replace(STORY_ID, references="articles.article_id"),
        Column(
            name="headline",
            type="VARCHAR",
            description="Title of its first article that has one.",
            nullable=True,
        ),
        Column(
            name="article_count",
            type="BIGINT",
            description="Its articles, each counted once whatever its versions.",
        ),
        Column(
            name="source_count",
            type="BIGINT",
            description="Outlets and agencies that these are filed under, as far as known.",
        ),
        Column(name="first_published_on", type="DATE", description="Day of its first article."),
        Column(name="last_published_on", type="DATE", description="Day of its latest one."),
        Column(
            name="country_codes",
            type="VARCHAR[]",
            description="Countries that half of its articles are about and more, sorted.",
        ),
        Column(
            name="entity_ids",
            type="VARCHAR[]",
            description="Entities that half of its articles name and more, sorted.",
        ),
        Column(
            name="countries",
            type="VARCHAR[]",
            description="Those of country_codes by name, sorted. This list and those that follow "
            "are empty where one article alone tells the story.",
        ),
        Column(
            name="entities",
            type="VARCHAR[]",
            description="Those of entity_ids by the name that its articles give them, sorted.",
        ),
        Column(
            name="sources",
            type="VARCHAR[]",
            description="Outlets that tell it, by name, sorted.",
        ),
        Column(
            name="headlines",
            type="VARCHAR[]",
            description="Headlines of its articles, the earliest first.",
        ),
        LINKED_BY,
    ),
)

STORY_LINKS = Table(
    name="story_links",
    kind="derived",
    grain="article that joined a story",
    description="Why an article is in its story; a story's first article has no row.",
    key=("article_id",),
    columns=(
        ARTICLE_ID,
        STORY_ID,
        Column(
            name="nearest_id",
            type="VARCHAR",
            description="The earlier article of the story that it is most like.",
            references="articles.article_id",
        ),
        Column(
            name="method",
            type="VARCHAR",
            description="version of an article of the story, copy of its text, or likeness.",
            allowed=LINK_METHODS,
        ),
        Column(
            name="score",
            type="DOUBLE",
            description="How likely it is, 0-1, on the average of the three that it is most like "
            "among the story's last 8 articles.",
        ),
        Column(
            name="nearest_score",
            type="DOUBLE",
            description="The same of nearest_id alone, 0-1.",
        ),
        Column(
            name="names",
            type="VARCHAR[]",
            description="Persons and organisations that both name, in small letters, sorted.",
        ),
        Column(
            name="places",
            type="VARCHAR[]",
            description="Places that both name, in small letters, sorted.",
        ),
        Column(
            name="days",
            type="VARCHAR[]",
            description="Days that both texts speak of, as ISO dates, sorted.",
        ),
        Column(
            name="words",
            type="VARCHAR[]",
            description="Up to ten words that both have, the most telling first.",
        ),
        Column(
            name="days_apart",
            type="INTEGER",
            description="Days from nearest_id to this article.",
        ),
        LINKED_BY,
    ),
)
