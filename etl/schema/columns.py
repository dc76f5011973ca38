"""Closed vocabularies, and the columns that several tables share.

What belongs here: what more than one table names. What does not: columns of one table.
"""

from etl.schema.table import Column

FIELDS = ("title", "byline", "dateline", "body", "trailer")

LABELS = ("PERSON", "ORG", "PLACE", "NORP")

MARKUP_ORIGINS = ("feed", "json-ld", "meta", "time", "htmldate")
"""Where a date stood that was no text."""

DATE_ORIGINS = ("header", "stamp", "dateline", "sidecar", *MARKUP_ORIGINS)

SOURCE_ORIGINS = ("sidecar", "markup", "dateline", "credit", "disclaimer", "house_style")

UNMAPPED_ORIGINS = ("sidecar", "markup", "url", "credit", "dateline")

SOURCE_ROLES = ("publisher", "agency", "cited", "republisher")

SOURCE_KINDS = ("agency", "newspaper", "broadcaster", "online", "government")

PLACE_KINDS = ("country", "division", "capital", "city")

COUNTRY_ROLES = ("dateline", "subject", "mentioned")

METHODS = (
    "country_name",
    "demonym",
    "capital",
    "city",
    "subdivision",
    "seat_of_power",
    "organisation",
    "office_holder",
    "title_rule",
    "statistical",
)

DATE_PRECISIONS = (
    "day",
    "weekend",
    "week",
    "month",
    "quarter",
    "half_year",
    "year",
    "decade",
    "period",
)

DATE_METHODS = ("full_date", "nearest", "weekday", "relative", "anchored", "since")

COPY_KINDS = ("first", "copy", "cut", "extended", "edited")

COPY_DIRECTIONS = ("credited", "credits_back", "agency", "time")

LINK_METHODS = ("version", "copy", "likeness")

NAME_LINK_METHODS = ("family_name", "given_name", "office_holder")

STAGES = ("landing", "decode", "parse", "dates", "identity", "sources", "extract")

DERIVING_STAGES = ("dates", "sources", "extract")

OUTCOMES = ("published", "duplicate", "superseded", "quarantined")

ARTICLE_ID = Column(
    name="article_id",
    type="VARCHAR",
    description="Hash of the article's canonical text: the same text is the same article.",
    references="articles.article_id",
)

DELIVERY_ID = Column(
    name="delivery_id",
    type="VARCHAR",
    description="Hash of path, member and content: one delivered document.",
    references="deliveries.delivery_id",
)

FILE_NAME = Column(
    name="file_name",
    type="VARCHAR",
    description="Name of the raw file, with '#' and the member for a row or part of a file.",
)

INGESTED_ON = Column(
    name="ingested_on",
    type="DATE",
    description="The night that claimed the document: the partition.",
)

RUN_ID = Column(
    name="run_id",
    type="VARCHAR",
    description="The run that last wrote this row.",
)

DERIVED_BY = Column(
    name="derived_by",
    type="VARCHAR",
    description=(
        "Fingerprint of the code, model and reference tables that derived the row, the "
        "registry of sources left out."
    ),
    references="derivations.derived_by",
)

LINKED_BY = Column(
    name="linked_by",
    type="VARCHAR",
    description="Fingerprint of the code and tables that linked the articles.",
)

RUN_VERSIONS = (
    Column(name="code_version", type="VARCHAR", description="Fingerprint of the code."),
    Column(name="model_version", type="VARCHAR", description="Entity model, or 'none'."),
    Column(
        name="reference_version",
        type="VARCHAR",
        description="Fingerprint of the reference tables.",
    ),
)
"""Of what a run derived its rows with."""


def country_code_column(description: str, *, nullable: bool = False) -> Column:
    return Column(
        name="country_code",
        type="VARCHAR",
        description=description,
        nullable=nullable,
        references="countries.country_code",
    )


def position_columns(subject: str) -> tuple[Column, Column]:
    where = f"In degrees, of {subject}; null where it is not known."
    return (
        Column(name="latitude", type="DOUBLE", description=where, nullable=True),
        Column(name="longitude", type="DOUBLE", description=where, nullable=True),
    )


def span_columns(subject: str) -> tuple[Column, Column, Column]:
    return (
        Column(
            name="field",
            type="VARCHAR",
            description=f"Column of articles in which {subject} stands.",
            allowed=FIELDS,
        ),
        Column(
            name="start_char",
            type="INTEGER",
            description=f"Where {subject} starts in that column, in characters from 0.",
        ),
        Column(
            name="end_char",
            type="INTEGER",
            description=f"Where {subject} ends in that column, exclusive.",
        ),
    )
