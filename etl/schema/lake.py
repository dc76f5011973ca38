"""The tables of the lake, which feed the published ones.

What belongs here: what is kept per delivery before owners of articles are chosen.
"""

from dataclasses import replace

from etl.schema.articles import ACROSS_COLUMNS, ARTICLES, LISTED_COLUMNS
from etl.schema.columns import DELIVERY_ID, FILE_NAME, INGESTED_ON
from etl.schema.deliveries import DELIVERIES, FEED
from etl.schema.table import Column, Table

SIDECAR_COLUMNS = tuple(
    Column(name=name, type="VARCHAR", description=description, nullable=True)
    for name, description in (
        ("given_url", "Address that came with the document."),
        ("given_title", "Headline that came with the document."),
        ("given_publisher", "Publisher that came with the document."),
        ("given_published_at", "Date or instant that came with the document, as given."),
        ("given_language", "Language tag that came with the document."),
        ("given_byline", "Names of its authors that came with the document."),
        ("given_fetched_at", "When it was fetched, as that came with the document."),
    )
)

GIVEN_BY = Column(
    name="given_by",
    type="VARCHAR",
    description="What gave these, where it was no record or sidecar.",
    nullable=True,
    allowed=("feed", "warc"),
)

MARKED_COLUMNS = tuple(
    Column(name=name, type="VARCHAR", description=description, nullable=True)
    for name, description in (
        ("marked_url", "Address that a page of HTML gives as its own."),
        ("marked_publisher", "Name of the site that a page of HTML gives."),
    )
)

RAW_DOCUMENTS = Table(
    name="raw_documents",
    kind="night",
    grain="delivered document",
    description="The bytes of every delivered document and what came with them.",
    key=("delivery_id",),
    columns=(
        *(DELIVERIES.columns[:6]),
        FILE_NAME,
        Column(name="raw", type="BLOB", description="The document's bytes as delivered."),
        Column(
            name="rule",
            type="VARCHAR",
            description="Quarantine rule, where the document could not be taken from its file.",
            nullable=True,
        ),
        Column(name="detail", type="VARCHAR", description="Detail of that rule.", nullable=True),
        FEED,
        *SIDECAR_COLUMNS,
        GIVEN_BY,
        Column(
            name="media_type",
            type="VARCHAR",
            description="Type of a page's bytes, with the charset told; null for text.",
            nullable=True,
        ),
        INGESTED_ON,
    ),
)

PARSED_ARTICLES = Table(
    name="parsed_articles",
    kind="night",
    grain="document that is an article",
    description="The parts of a page: header, title, byline, stamps, dateline, body, trailer.",
    key=("delivery_id",),
    columns=(
        DELIVERY_ID,
        FILE_NAME,
        Column(
            name="header_date",
            type="VARCHAR",
            description="Date of the crawler's header as written, e.g. '2024-01-19'.",
            nullable=True,
        ),
        *(ARTICLES.column(name) for name in ("title", "byline", "dateline", "dateline_place")),
        Column(
            name="headline",
            type="VARCHAR",
            description="The page's own headline where a sidecar's title beats it.",
            nullable=True,
        ),
        Column(
            name="dateline_day",
            type="VARCHAR",
            description="Day named in the dateline as written, e.g. 'Aug. 12'.",
            nullable=True,
        ),
        Column(
            name="stamps",
            type="VARCHAR[]",
            description="Date stamps of the page as written, in order, updates included.",
        ),
        *(ARTICLES.column(name) for name in ("body", "trailer", "language_code", "word_count")),
        *SIDECAR_COLUMNS,
        GIVEN_BY,
        *MARKED_COLUMNS,
        Column(
            name="marked_dates",
            type="VARCHAR[]",
            description="Dates of publication in the markup of a page, each behind its origin.",
            nullable=True,
        ),
        INGESTED_ON,
    ),
)

FURNITURE = Table(
    name="furniture",
    kind="night",
    grain="span of a page that was cut",
    description="What stood around the article, so that nothing is lost and a rule can be judged.",
    key=("delivery_id", "start_char"),
    columns=(
        DELIVERY_ID,
        Column(name="kind", type="VARCHAR", description="Kind of furniture, e.g. navigation."),
        Column(
            name="start_char",
            type="INTEGER",
            description=(
                "Where it starts in the decoded document, markup taken out, in characters from 0."
            ),
        ),
        Column(
            name="end_char",
            type="INTEGER",
            description="Where it ends in the decoded document, exclusive.",
        ),
        Column(name="text", type="VARCHAR", description="The words that were cut."),
        INGESTED_ON,
    ),
)


# Of what is rejected; the tables of deliveries have the others.
_NOT_OF_STAGES = ("run_id", "raw_text", "path", "feed", "superseded_on", "superseded_by")


def lake_table(table: Table, *, without: tuple[str, ...] = _NOT_OF_STAGES) -> Table:
    """The lake's form of a published night table: per delivery, before owners are chosen."""
    kept = tuple(c for c in table.columns if c.name not in (*without, "delivery_id"))
    return Table(
        name=table.name,
        kind=table.kind,
        grain=f"delivery and {table.grain}",
        description=table.description,
        key=("delivery_id", *(k for k in table.key if k not in ("article_id", "delivery_id"))),
        columns=(DELIVERY_ID, *kept),
    )


# What the registry of sources decides is derived by a stage of its own: a corrected registry
# leaves dates, identity and extraction as they are.
_ATTRIBUTED = ("source_id", "source_origin", "unmapped_source_name", "unmapped_source_origin")

_OF_STAGING = tuple(column.name for column in (*LISTED_COLUMNS, *ACROSS_COLUMNS))

_LAKE_ARTICLES = lake_table(ARTICLES, without=("run_id", *_ATTRIBUTED, *_OF_STAGING))

LAKE_ARTICLES = replace(
    _LAKE_ARTICLES,
    columns=(
        *_LAKE_ARTICLES.columns,
        next(c for c in SIDECAR_COLUMNS if c.name == "given_publisher"),
        *MARKED_COLUMNS,
    ),
)

ATTRIBUTIONS = Table(
    name="attributions",
    kind="night",
    grain="document that is an article",
    description="The source that each article is filed under, if the registry knows one.",
    key=("delivery_id",),
    columns=(DELIVERY_ID, *(ARTICLES.column(name) for name in _ATTRIBUTED), INGESTED_ON),
)

LAKE_TABLES: tuple[Table, ...] = (
    RAW_DOCUMENTS,
    PARSED_ARTICLES,
    FURNITURE,
    LAKE_ARTICLES,
    ATTRIBUTIONS,
)
