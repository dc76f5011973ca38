"""Whom and what articles name: spans, countries, entities.

What belongs here: the tables mentions, article_countries, entities and entity_links.
"""

from etl.schema.columns import (
    ARTICLE_ID,
    COUNTRY_ROLES,
    DERIVED_BY,
    INGESTED_ON,
    LABELS,
    LINKED_BY,
    METHODS,
    NAME_LINK_METHODS,
    country_code_column,
    span_columns,
)
from etl.schema.table import Column, Table

MENTIONS = Table(
    name="mentions",
    kind="night",
    grain="span of text that names something",
    description="Every person, organisation, place and group named in an article.",
    key=("article_id", "field", "start_char", "end_char", "label"),
    columns=(
        ARTICLE_ID,
        *span_columns("the mention"),
        Column(name="text", type="VARCHAR", description="The words of the mention."),
        Column(name="label", type="VARCHAR", description="What is named.", allowed=LABELS),
        Column(
            name="name",
            type="VARCHAR",
            description="Canonical form of the name, as far as this article gives it.",
        ),
        Column(
            name="entity_id",
            type="VARCHAR",
            description="What the mention resolves to.",
            references="entities.entity_id",
        ),
        country_code_column("Country that the mention is evidence of, if any.", nullable=True),
        Column(
            name="method", type="VARCHAR", description="What found the mention.", allowed=METHODS
        ),
        Column(
            name="score",
            type="DOUBLE",
            description="Chance that span and label are right, 0-1; with a country, how strong "
            "the evidence of it is.",
        ),
        Column(
            name="place_id",
            type="VARCHAR",
            description="The country, division or town that is meant, where the tables have it.",
            nullable=True,
            references="places.place_id",
        ),
        DERIVED_BY,
        INGESTED_ON,
    ),
)

ARTICLE_COUNTRIES = Table(
    name="article_countries",
    kind="night",
    grain="article and country",
    description="Every country an article gives evidence of, and how much it is about it.",
    key=("article_id", "country_code"),
    columns=(
        ARTICLE_ID,
        country_code_column("ISO 3166-1 alpha-2 code, and XK for Kosovo."),
        Column(name="rank", type="INTEGER", description="1 for the most salient country."),
        Column(name="score", type="DOUBLE", description="Confidence of the best evidence, 0-1."),
        Column(
            name="salience",
            type="DOUBLE",
            description="How much the piece is about the country, 0-1.",
        ),
        Column(name="mention_count", type="INTEGER", description="Mentions that are its evidence."),
        Column(
            name="is_focus", type="BOOLEAN", description="Whether the piece is about the country."
        ),
        Column(
            name="role",
            type="VARCHAR",
            description="dateline (written there), subject (in focus) or mentioned.",
            allowed=COUNTRY_ROLES,
        ),
        Column(
            name="method",
            type="VARCHAR",
            description="What the best evidence is.",
            allowed=METHODS,
        ),
        Column(name="evidence", type="VARCHAR", description="The words of the evidence shown."),
        *span_columns("the evidence"),
        DERIVED_BY,
        INGESTED_ON,
    ),
)

ENTITIES = Table(
    name="entities",
    kind="derived",
    grain="person, organisation, place or group",
    description="What mentions resolve to, over all nights; and heads of state and government whom "
    "a bare name means (entity_links) that no article names in full.",
    key=("entity_id",),
    columns=(
        Column(
            name="entity_id",
            type="VARCHAR",
            description="Hash of label and canonical key; never reused.",
        ),
        Column(name="label", type="VARCHAR", description="What it is.", allowed=LABELS),
        Column(name="name", type="VARCHAR", description="Its commonest canonical name."),
        Column(name="aliases", type="VARCHAR[]", description="The wordings seen of it, sorted."),
        country_code_column("Country it belongs to, where that is known.", nullable=True),
        Column(
            name="article_count",
            type="BIGINT",
            description="Articles that mention it under a name of its own; bare names that mean it "
            "are in entity_links.",
        ),
        Column(
            name="first_published_on",
            type="DATE",
            description="Earliest such article; where there is none, with such a bare name.",
        ),
        Column(
            name="last_published_on",
            type="DATE",
            description="Latest such article; where there is none, with such a bare name.",
        ),
    ),
)

ENTITY_LINKS = Table(
    name="entity_links",
    kind="derived",
    grain="article and bare name in it that means somebody with a full name",
    description="Bare names of persons (Trump) with the full name that the news of the 14 days "
    "before and after gives them (Donald Trump). mentions and entities keep the bare name; a name "
    "that may be another person's has no row.",
    key=("article_id", "entity_id"),
    columns=(
        ARTICLE_ID,
        Column(
            name="entity_id",
            type="VARCHAR",
            description="The bare name, as mentions of the article have it.",
            references="entities.entity_id",
        ),
        Column(
            name="linked_entity_id",
            type="VARCHAR",
            description="The person with the full name.",
            references="entities.entity_id",
        ),
        Column(
            name="method",
            type="VARCHAR",
            description="What the bare name is of the full one: family_name, given_name (in "
            "countries where that is the custom); office_holder where no article of those days has "
            "the full name, but the table of heads of state and government.",
            allowed=NAME_LINK_METHODS,
        ),
        Column(
            name="evidence",
            type="VARCHAR",
            description="The full name, as the nearest article or that table has it.",
        ),
        Column(
            name="nearest_id",
            type="VARCHAR",
            description="The article with the full name that is nearest in time; null for "
            "office_holder.",
            nullable=True,
            references="articles.article_id",
        ),
        Column(
            name="bearer_count",
            type="BIGINT",
            description="Articles of those days that name the person in full.",
        ),
        Column(
            name="rival_count",
            type="BIGINT",
            description="Those that name others of that name in full.",
        ),
        country_code_column(
            "The country that most articles with the full name have in common with this one, or of "
            "the office; null where there is none.",
            nullable=True,
        ),
        Column(
            name="names",
            type="VARCHAR[]",
            description="Up to five other names of the article, in small letters, by the share of "
            "their news that has the full name too.",
        ),
        Column(
            name="score",
            type="DOUBLE",
            description="How sure it is, 0-1: what speaks for the person, by all that speaks for "
            "anybody or anything of that name. From 0.75 on it is a row.",
        ),
        LINKED_BY,
    ),
)
