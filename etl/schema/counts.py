"""What is counted ahead, so that a question about a million articles is answered at once.

What belongs here: tables of counts by day or month, and of what was first. All of them follow from
other tables (etl/warehouse/counts.py); views show them (etl/schema/views/).

Articles of which only the month is known have no day: they count in no row of a day. Versions that
were replaced count nowhere.
"""

from etl.schema.columns import ARTICLE_ID, country_code_column
from etl.schema.table import Column, Table

_DAY = Column(name="published_on", type="DATE", description="Day of publication.")
_STORIES = Column(name="story_count", type="BIGINT", description="Stories that they belong to.")

DAILY_TOTALS = Table(
    name="daily_totals",
    kind="derived",
    grain="day of publication",
    description="All articles of each day.",
    key=("published_on",),
    columns=(
        _DAY,
        Column(name="article_count", type="BIGINT", description="Articles of the day."),
        _STORIES,
        Column(
            name="source_count",
            type="BIGINT",
            description="Outlets of the registry that they are from.",
        ),
        Column(
            name="baseline_article_count",
            type="BIGINT",
            description="Articles of the 30 days before.",
        ),
        Column(
            name="digest",
            type="VARCHAR",
            description="Of the day's articles, their stories, versions and links of names: "
            "where it is another, the day is counted anew.",
        ),
    ),
)

COUNTRY_DAYS = Table(
    name="country_days",
    kind="derived",
    grain="country and day on which it was named",
    description="Articles per country and day.",
    key=("country_code", "published_on"),
    columns=(
        country_code_column("Country that articles of the day name."),
        _DAY,
        Column(
            name="article_count",
            type="BIGINT",
            description="Articles of the day that name the country.",
        ),
        Column(
            name="focus_article_count",
            type="BIGINT",
            description="Of these, those that are about it.",
        ),
        Column(
            name="mean_salience",
            type="DOUBLE",
            description="How much they are about it on average, 0-1.",
        ),
        _STORIES,
        Column(
            name="focus_story_count",
            type="BIGINT",
            description="Stories of those that are about it.",
        ),
    ),
)

BASELINE_DAYS = 30

COUNTRY_BASELINES = Table(
    name="country_baselines",
    kind="derived",
    grain="country and day with articles, where the 30 days before named it",
    description="How often a country was named in the 30 days before a day: what its share of "
    "the day is held against.",
    key=("country_code", "published_on"),
    columns=(
        country_code_column("Country that articles of these days name."),
        _DAY,
        Column(
            name="article_count",
            type="BIGINT",
            description="Articles of the 30 days before that name it.",
        ),
    ),
)

COUNTRY_MONTHS = Table(
    name="country_months",
    kind="derived",
    grain="month and pair of countries that an article of it names, each with itself too",
    description="Articles per pair of countries and month, of whatever precision of the day.",
    key=("country_code", "other_country_code", "month_on"),
    columns=(
        country_code_column("The first of two countries by code."),
        Column(
            name="other_country_code",
            type="VARCHAR",
            description="The second one; or the first again, whose articles are then counted.",
            references="countries.country_code",
        ),
        Column(name="month_on", type="DATE", description="First day of the month of publication."),
        Column(
            name="article_count", type="BIGINT", description="Articles of the month that name both."
        ),
        Column(
            name="focus_article_count",
            type="BIGINT",
            description="Of these, those that are about both.",
        ),
        _STORIES,
    ),
)

ENTITY_DAYS = Table(
    name="entity_days",
    kind="derived",
    grain="entity and day on which it was named",
    description="Articles per entity and day. A bare name that means somebody (entity_links) "
    "counts for that person, and not for itself.",
    key=("entity_id", "published_on"),
    columns=(
        Column(
            name="entity_id",
            type="VARCHAR",
            description="Entity that articles of the day name.",
            references="entities.entity_id",
        ),
        _DAY,
        Column(
            name="article_count",
            type="BIGINT",
            description="Articles of the day that mention it, each once, bare names linked to it "
            "included.",
        ),
        _STORIES,
    ),
)

FIRST_MENTIONS = Table(
    name="first_mentions",
    kind="derived",
    grain="entity that an article with a known day names",
    description="Where each entity was named first, as entity_days has it: on its earliest day, of "
    "that day's articles in the one whose night came first.",
    key=("entity_id",),
    columns=(
        Column(
            name="entity_id",
            type="VARCHAR",
            description="Entity that the article names.",
            references="entities.entity_id",
        ),
        _DAY,
        ARTICLE_ID,
    ),
)

COUNT_TABLES = (
    DAILY_TOTALS,
    COUNTRY_DAYS,
    COUNTRY_BASELINES,
    COUNTRY_MONTHS,
    ENTITY_DAYS,
    FIRST_MENTIONS,
)
"""All of them."""
