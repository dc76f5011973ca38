"""Whom and what articles name: spans, countries, entities.

What belongs here: the tables mentions, article_countries and entities.
"""

from etl.schema.columns import (
    ARTICLE_ID,
    COUNTRY_ROLES,
    DERIVED_BY,
    INGESTED_ON,
    LABELS,
    METHODS,
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
        Column(name="score", type="DOUBLE", description="Confidence in label and country, 0-1."),
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
    description="What mentions resolve to, over all nights.",
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
        Column(name="article_count", type="BIGINT", description="Articles that mention it."),
        Column(name="first_published_on", type="DATE", description="Earliest such article."),
        Column(name="last_published_on", type="DATE", description="Latest such article."),
    ),
)
