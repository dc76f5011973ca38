"""What an article says of itself: its text, its date, its publisher, the dates it speaks of.

What belongs here: the tables articles, article_sources and date_mentions.
"""

from dataclasses import replace

from etl.schema.columns import (
    ARTICLE_ID,
    DATE_METHODS,
    DATE_ORIGINS,
    DATE_PRECISIONS,
    DELIVERY_ID,
    DERIVED_BY,
    FILE_NAME,
    INGESTED_ON,
    RUN_ID,
    SOURCE_ORIGINS,
    SOURCE_ROLES,
    UNMAPPED_ORIGINS,
    span_columns,
)
from etl.schema.table import Column, Table

ACROSS_COLUMNS = (
    Column(
        name="story_id",
        type="VARCHAR",
        description=(
            "The event's coverage that the article belongs to: the article_id of the first of "
            "that story. The article of a former story's id is in the story that it is now in."
        ),
        references="stories.story_id",
    ),
    Column(
        name="version_of",
        type="VARCHAR",
        description=(
            "First version of the article at its address, where this is a later one; else null."
        ),
        nullable=True,
        references="articles.article_id",
    ),
    Column(
        name="is_latest",
        type="BOOLEAN",
        description="False where a later version of the article has arrived.",
    ),
)
"""Found by looking across articles, in staging; the lake has none of them."""

LISTED_COLUMNS = (
    Column(
        name="countries",
        type="VARCHAR[]",
        description="ISO 3166-1 codes of all countries that it names, the most salient first.",
    ),
    Column(
        name="focus_countries",
        type="VARCHAR[]",
        description="Those of countries that it is about, in the same order.",
    ),
    Column(
        name="saliences",
        type="DOUBLE[]",
        description="Of each of countries how much the article is about it (article_countries), in "
        "the same order.",
    ),
    Column(
        name="entity_ids",
        type="VARCHAR[]",
        description="Entities that it names, a bare name as whom it means (entity_links), sorted; "
        "each is an entities.entity_id.",
    ),
    Column(
        name="place_ids",
        type="VARCHAR[]",
        description="Countries, divisions and towns that it names, sorted; each is a "
        "places.place_id.",
    ),
    Column(
        name="names",
        type="VARCHAR[]",
        description="Every name in it as mentions has it, by field and place: body, dateline, "
        "title.",
    ),
    Column(
        name="name_labels",
        type="VARCHAR[]",
        description="Of each of names its label: PERSON, ORG, PLACE or NORP; in the same order.",
    ),
    Column(
        name="name_starts",
        type="INTEGER[]",
        description="Of each of names where it begins in its field; in the same order.",
    ),
    Column(
        name="locations",
        type="VARCHAR[]",
        description="Places among these, in their order, as GDELT writes them: "
        "type#name#country#division#latitude#longitude#place_id#start, with the types of "
        "v_gkg.Locations.",
    ),
    Column(
        name="spoken_days",
        type="DATE[]",
        description="Days that its text speaks of beside its own (date_mentions of precision day), "
        "sorted.",
    ),
)
"""What the rows beside an article have of it, in one row with it; the lake has none of them. A
question that needs no more than these reads no other table."""

ARTICLES = Table(
    name="articles",
    kind="night",
    grain="article",
    description="Every published article with its date, text and publisher.",
    key=("article_id",),
    columns=(
        Column(name="article_id", type="VARCHAR", description=ARTICLE_ID.description),
        DELIVERY_ID,
        FILE_NAME,
        Column(
            name="published_on",
            type="DATE",
            description="Day of publication; the first of the month where only that is known.",
        ),
        Column(
            name="date_precision",
            type="VARCHAR",
            description="How exact published_on is.",
            allowed=("day", "month"),
        ),
        Column(
            name="date_origin",
            type="VARCHAR",
            description="Where published_on was found.",
            allowed=DATE_ORIGINS,
        ),
        Column(
            name="date_conflict",
            type="BOOLEAN",
            description="Whether another date of the document is more than one day away.",
        ),
        Column(
            name="date_confidence",
            type="DOUBLE",
            description=(
                "How far published_on can be trusted, 0-1: by origin, precision, conflict and "
                "the weekdays that the text names."
            ),
        ),
        Column(
            name="published_at",
            type="TIMESTAMP",
            description="Instant of publication in UTC, only where time and zone are known.",
            nullable=True,
        ),
        Column(name="title", type="VARCHAR", description="Headline.", nullable=True),
        Column(
            name="byline",
            type="VARCHAR",
            description="Who wrote it, as printed.",
            nullable=True,
        ),
        Column(
            name="dateline",
            type="VARCHAR",
            description="The opening that names place, day or agency, as printed.",
            nullable=True,
        ),
        Column(
            name="dateline_place",
            type="VARCHAR",
            description="First place of the dateline with its qualifier, as printed.",
            nullable=True,
        ),
        Column(
            name="dateline_country_code",
            type="VARCHAR",
            description="ISO 3166-1 alpha-2 code of the dateline's first place.",
            nullable=True,
            references="countries.country_code",
        ),
        Column(
            name="body",
            type="VARCHAR",
            description="The article's own text without furniture; paragraphs by blank lines. "
            "Null where only a headline came.",
            nullable=True,
        ),
        Column(
            name="trailer",
            type="VARCHAR",
            description="Credits and disclaimers that stood below the article.",
            nullable=True,
        ),
        Column(
            name="language_code",
            type="VARCHAR",
            description="BCP 47 tag of the body's language; 'und' where it cannot be told.",
        ),
        Column(name="word_count", type="INTEGER", description="Words of title and body."),
        Column(
            name="url",
            type="VARCHAR",
            description="Address, as delivered or else as its page gives it.",
            nullable=True,
        ),
        Column(
            name="source_id",
            type="VARCHAR",
            description="Publisher, else the agency; null where nobody is named.",
            nullable=True,
            references="sources.source_id",
        ),
        Column(
            name="source_origin",
            type="VARCHAR",
            description="What named the source; house_style is weak evidence.",
            nullable=True,
            allowed=SOURCE_ORIGINS,
        ),
        Column(
            name="unmapped_source_name",
            type="VARCHAR",
            description=(
                "Strongest name of an outlet or agency that the article gives and the registry "
                "does not know, as given or printed."
            ),
            nullable=True,
        ),
        Column(
            name="unmapped_source_origin",
            type="VARCHAR",
            description="What gives that name.",
            nullable=True,
            allowed=UNMAPPED_ORIGINS,
        ),
        *LISTED_COLUMNS,
        *ACROSS_COLUMNS,
        INGESTED_ON,
        RUN_ID,
    ),
)

ARTICLE_SOURCES = Table(
    name="article_sources",
    kind="night",
    grain="article, source and role",
    description="The outlets and agencies of an article and the part each plays.",
    key=("article_id", "source_id", "role"),
    columns=(
        ARTICLE_ID,
        Column(
            name="source_id",
            type="VARCHAR",
            description="The outlet or agency.",
            references="sources.source_id",
        ),
        Column(
            name="role",
            type="VARCHAR",
            description="publisher, agency (wrote it), cited (named in it) or republisher.",
            allowed=SOURCE_ROLES,
        ),
        Column(
            name="origin",
            type="VARCHAR",
            description="What kind of evidence names it; 'body' for a cited outlet.",
            allowed=(*SOURCE_ORIGINS, "body"),
        ),
        Column(name="evidence", type="VARCHAR", description="The words that name it."),
        *(
            Column(
                name=c.name,
                type=c.type,
                description=f"{c.description} Null where a sidecar is the evidence.",
                nullable=True,
                allowed=c.allowed,
            )
            for c in span_columns("the evidence")
        ),
        DERIVED_BY,
        INGESTED_ON,
    ),
)

DATE_MENTIONS = Table(
    name="date_mentions",
    kind="night",
    grain="date that a text speaks about",
    description="Every date that the title or body of an English article mentions, resolved.",
    key=("article_id", "field", "start_char", "end_char"),
    columns=(
        ARTICLE_ID,
        *(
            replace(c, allowed=("title", "body")) if c.name == "field" else c
            for c in span_columns("the date")
        ),
        Column(name="text", type="VARCHAR", description="The words of the date."),
        Column(name="starts_on", type="DATE", description="First day that is meant."),
        Column(name="ends_on", type="DATE", description="Last day that is meant, included."),
        Column(
            name="precision",
            type="VARCHAR",
            description="The calendar unit that these days are; period where they are none.",
            allowed=DATE_PRECISIONS,
        ),
        Column(
            name="method",
            type="VARCHAR",
            description=(
                "How it was resolved: full_date as written; nearest (year supplied); weekday and "
                "relative count from published_on, anchored from another date of the text; since "
                "lasts until published_on."
            ),
            allowed=DATE_METHODS,
        ),
        DERIVED_BY,
        INGESTED_ON,
    ),
)
