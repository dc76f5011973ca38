"""Every table of Dateline, declared once.

What belongs here: the names, types, meaning and keys of tables and columns, and the two
renderings the code needs of them (Polars schema, DuckDB DDL). What does not: rules about
values that span columns (expectations/rows.py, expectations/evidence.py), prose documents
(etl/dictionary.py) and any reading or writing of data.

The published tables are in ``TABLES``; the lake's own tables, which feed them, in
``LAKE_TABLES``. SQL, comments, structural expectations, Dagster's column metadata and
docs/data-dictionary.md are all made from these declarations.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

import polars as pl

Kind = Literal["night", "derived", "reference", "log"]

POLARS_TYPES: dict[str, pl.DataType] = {
    "VARCHAR": pl.String(),
    "VARCHAR[]": pl.List(pl.String()),
    "BLOB": pl.Binary(),
    "DATE": pl.Date(),
    "TIMESTAMP": pl.Datetime("us"),
    "BOOLEAN": pl.Boolean(),
    "INTEGER": pl.Int32(),
    "BIGINT": pl.Int64(),
    "DOUBLE": pl.Float64(),
}


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: ``type`` is a DuckDB type of ``POLARS_TYPES``; instants are UTC.

    ``allowed`` lists the legal values of a closed vocabulary; ``references`` names the
    ``table.column`` in which every value must be found.
    """

    name: str
    type: str
    description: str
    nullable: bool = False
    allowed: tuple[str, ...] = ()
    references: str | None = None


@dataclass(frozen=True, kw_only=True)
class Table:
    """One table. ``kind`` tells how its rows come about:

    - ``night``: rows of one night, replaced together, carrying ``ingested_on``;
    - ``derived``: computed from the night tables;
    - ``reference``: loaded whole from etl/reference;
    - ``log``: a row per run, so not part of what a rerun must reproduce.
    """

    name: str
    kind: Kind
    grain: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def column_names(self) -> list[str]:
        return [column.name for column in self.columns]

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    @property
    def polars_schema(self) -> pl.Schema:
        return pl.Schema({column.name: POLARS_TYPES[column.type] for column in self.columns})

    def frame(self, rows: Iterable[dict[str, object]] = ()) -> pl.DataFrame:
        """A frame with exactly this table's columns; a column that a row lacks is null."""
        return pl.DataFrame(list(rows), schema=self.polars_schema, orient="row")

    def conform(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Select this table's columns in order and cast them; raises where one is missing."""
        return frame.select(pl.col(name).cast(dtype) for name, dtype in self.polars_schema.items())


def create_statements(table: Table) -> list[str]:
    """DDL for one table with its comments. No keys: they are expectations (see docs)."""
    columns = ", ".join(
        f"{c.name} {c.type}{'' if c.nullable else ' NOT NULL'}" for c in table.columns
    )
    return [f"CREATE TABLE {table.name} ({columns})", *comment_statements(table)]


def comment_statements(table: Table) -> list[str]:
    """DDL that puts the descriptions of a table and its columns in place."""
    comment = literal(f"{table.description} One row per {table.grain}.")
    return [
        f"COMMENT ON TABLE {table.name} IS {comment}",
        *(
            f"COMMENT ON COLUMN {table.name}.{c.name} IS {literal(c.description)}"
            for c in table.columns
        ),
    ]


def literal(text: str) -> str:
    """The text as an SQL literal: DDL takes no bound parameters."""
    return "'" + text.replace("'", "''") + "'"


# -- vocabularies ---------------------------------------------------------------------------

FIELDS = ("title", "byline", "dateline", "body", "trailer")
LABELS = ("PERSON", "ORG", "PLACE", "NORP")
DATE_ORIGINS = ("header", "stamp", "dateline", "sidecar")
SOURCE_ORIGINS = ("sidecar", "dateline", "credit", "disclaimer", "house_style")
UNMAPPED_ORIGINS = ("sidecar", "credit", "dateline")
SOURCE_ROLES = ("publisher", "agency", "cited", "republisher")
SOURCE_KINDS = ("agency", "newspaper", "broadcaster", "online", "government")
COUNTRY_ROLES = ("dateline", "subject", "mentioned")
METHODS = (
    "country_name",
    "demonym",
    "capital",
    "city",
    "subdivision",
    "seat_of_power",
    "organisation",
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
STAGES = ("landing", "decode", "parse", "dates", "identity", "sources", "extract")
DERIVING_STAGES = ("dates", "sources", "extract")
OUTCOMES = ("published", "duplicate", "quarantined")

# -- columns that several tables share --------------------------------------------------------

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


def _country_code(description: str, *, nullable: bool = False) -> Column:
    return Column(
        name="country_code",
        type="VARCHAR",
        description=description,
        nullable=nullable,
        references="countries.country_code",
    )


def _span(subject: str) -> tuple[Column, Column, Column]:
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


# -- published tables -------------------------------------------------------------------------

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
            description="The article's own text without furniture; paragraphs by blank lines.",
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
        Column(name="url", type="VARCHAR", description="Address, if delivered.", nullable=True),
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
            for c in _span("the evidence")
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
            for c in _span("the date")
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

MENTIONS = Table(
    name="mentions",
    kind="night",
    grain="span of text that names something",
    description="Every person, organisation, place and group named in an article.",
    key=("article_id", "field", "start_char", "end_char", "label"),
    columns=(
        ARTICLE_ID,
        *_span("the mention"),
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
        _country_code("Country that the mention is evidence of, if any.", nullable=True),
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
        _country_code("ISO 3166-1 alpha-2 code, and XK for Kosovo."),
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
        *_span("the evidence"),
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
        _country_code("Country it belongs to, where that is known.", nullable=True),
        Column(name="article_count", type="BIGINT", description="Articles that mention it."),
        Column(name="first_published_on", type="DATE", description="Earliest such article."),
        Column(name="last_published_on", type="DATE", description="Latest such article."),
    ),
)

COUNTRIES = Table(
    name="countries",
    kind="reference",
    grain="country of ISO 3166-1, and Kosovo under its user-assigned code",
    description="Countries and territories.",
    key=("country_code",),
    columns=(
        Column(name="country_code", type="VARCHAR", description="ISO 3166-1 alpha-2 code."),
        Column(name="alpha_3", type="VARCHAR", description="ISO 3166-1 alpha-3 code."),
        Column(
            name="numeric_code",
            type="VARCHAR",
            description="ISO 3166-1 numeric code (UN M49), three digits.",
            nullable=True,
        ),
        Column(name="name", type="VARCHAR", description="Short English name."),
        Column(name="official_name", type="VARCHAR", description="Formal English name."),
        Column(name="region", type="VARCHAR", description="UN M49 region.", nullable=True),
        Column(name="subregion", type="VARCHAR", description="UN M49 subregion.", nullable=True),
        Column(name="demonyms", type="VARCHAR[]", description="Adjectives and people, English."),
    ),
)

SOURCES = Table(
    name="sources",
    kind="reference",
    grain="outlet or agency",
    description="The registry of outlets and agencies.",
    key=("source_id",),
    columns=(
        Column(name="source_id", type="VARCHAR", description="Stable short name, lower case."),
        Column(name="name", type="VARCHAR", description="Name as the outlet writes it."),
        Column(name="kind", type="VARCHAR", description="What it is.", allowed=SOURCE_KINDS),
        _country_code("Country of its seat; null for a supranational one.", nullable=True),
        Column(name="homepage", type="VARCHAR", description="Domain name.", nullable=True),
        Column(name="aliases", type="VARCHAR[]", description="Other names in use."),
    ),
)

DELIVERIES = Table(
    name="deliveries",
    kind="night",
    grain="delivered document",
    description="Every document that ever arrived and what became of it.",
    key=("delivery_id",),
    columns=(
        Column(name="delivery_id", type="VARCHAR", description=DELIVERY_ID.description),
        Column(name="path", type="VARCHAR", description="Path below the landing folder."),
        Column(
            name="member",
            type="VARCHAR",
            description="Line, row or archive member, where the file holds several documents.",
            nullable=True,
        ),
        Column(name="size", type="BIGINT", description="Bytes of the document."),
        Column(name="mtime", type="TIMESTAMP", description="When the file last changed, UTC."),
        Column(name="sha256", type="VARCHAR", description="SHA-256 of the document's bytes."),
        INGESTED_ON,
        Column(
            name="outcome",
            type="VARCHAR",
            description="What became of it; exactly one of the three.",
            allowed=OUTCOMES,
        ),
    ),
)

DUPLICATES = Table(
    name="duplicates",
    kind="night",
    grain="repeated delivery",
    description="Documents whose article had been delivered before.",
    key=("delivery_id",),
    columns=(DELIVERY_ID, FILE_NAME, ARTICLE_ID, INGESTED_ON),
)

QUARANTINE = Table(
    name="quarantine",
    kind="night",
    grain="rejected document",
    description="Documents that could not be published, and why; nothing is thrown away.",
    key=("delivery_id",),
    columns=(
        DELIVERY_ID,
        FILE_NAME,
        Column(name="stage", type="VARCHAR", description="What rejected it.", allowed=STAGES),
        Column(name="rule", type="VARCHAR", description="The rule it broke."),
        Column(name="detail", type="VARCHAR", description="The value found and what was expected."),
        Column(
            name="raw_text",
            type="VARCHAR",
            description="The document as delivered; undecodable bytes as U+FFFD.",
        ),
        INGESTED_ON,
        RUN_ID,
    ),
)

DERIVATIONS = Table(
    name="derivations",
    kind="night",
    grain="night and version of a stage",
    description="What a row's derived_by stands for: the versions that derived it.",
    key=("derived_by", "ingested_on"),
    columns=(
        replace(DERIVED_BY, references=None),
        Column(
            name="stage",
            type="VARCHAR",
            description="The stage whose rows carry it.",
            allowed=DERIVING_STAGES,
        ),
        Column(
            name="code_version",
            type="VARCHAR",
            description="Fingerprint of the stage's code and libraries.",
        ),
        Column(
            name="model_version",
            type="VARCHAR",
            description="Entity model by name and hash, where the stage has one.",
            nullable=True,
        ),
        Column(
            name="reference_version",
            type="VARCHAR",
            description=(
                "Fingerprint of the reference tables that the stage reads, if any; the registry "
                "of sources left out."
            ),
            nullable=True,
        ),
        INGESTED_ON,
    ),
)

RUNS = Table(
    name="runs",
    kind="log",
    grain="published night of a run",
    description="What each run published, and with which versions.",
    key=("run_id", "ingested_on"),
    columns=(
        RUN_ID,
        INGESTED_ON,
        Column(name="started_at", type="TIMESTAMP", description="When the run began, UTC."),
        Column(name="finished_at", type="TIMESTAMP", description="When it published, UTC."),
        Column(name="delivered_count", type="BIGINT", description="Documents of the night."),
        Column(name="published_count", type="BIGINT", description="Of these, published."),
        Column(name="duplicate_count", type="BIGINT", description="Of these, duplicates."),
        Column(name="quarantined_count", type="BIGINT", description="Of these, quarantined."),
        Column(name="code_version", type="VARCHAR", description="Fingerprint of the code."),
        Column(name="model_version", type="VARCHAR", description="Entity model, or 'none'."),
        Column(
            name="reference_version",
            type="VARCHAR",
            description="Fingerprint of the reference tables.",
        ),
    ),
)

QUALITY_RESULTS = Table(
    name="quality_results",
    kind="log",
    grain="run, night and expectation",
    description="The result of every expectation of every audit, failed audits included.",
    key=("run_id", "ingested_on", "expectation"),
    columns=(
        RUN_ID,
        INGESTED_ON,
        Column(name="suite", type="VARCHAR", description="Group of expectations."),
        Column(name="expectation", type="VARCHAR", description="Name of the expectation."),
        Column(name="table_name", type="VARCHAR", description="Table it is about."),
        Column(name="passed", type="BOOLEAN", description="Whether it held."),
        Column(
            name="severity",
            type="VARCHAR",
            description="blocking stops publication; warning does not.",
            allowed=("blocking", "warning"),
        ),
        Column(
            name="observed",
            type="VARCHAR",
            description="Observed value, as text; null where only rows count.",
            nullable=True,
        ),
        Column(
            name="unexpected_count", type="BIGINT", description="Rows that break it, 0 if none."
        ),
        Column(
            name="sample",
            type="VARCHAR",
            description="JSON list of some offending rows.",
            nullable=True,
        ),
    ),
)

TABLES: tuple[Table, ...] = (
    ARTICLES,
    ARTICLE_COUNTRIES,
    ARTICLE_SOURCES,
    DATE_MENTIONS,
    MENTIONS,
    ENTITIES,
    COUNTRIES,
    SOURCES,
    DELIVERIES,
    DUPLICATES,
    QUARANTINE,
    DERIVATIONS,
    RUNS,
    QUALITY_RESULTS,
)

# -- lake tables ------------------------------------------------------------------------------

SIDECAR_COLUMNS = tuple(
    Column(name=name, type="VARCHAR", description=description, nullable=True)
    for name, description in (
        ("given_url", "Address that came with the document."),
        ("given_title", "Headline that came with the document."),
        ("given_publisher", "Publisher that came with the document."),
        ("given_published_at", "Date or instant that came with the document, as given."),
        ("given_language", "Language tag that came with the document."),
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
        *SIDECAR_COLUMNS,
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
            description="Where it starts in the decoded document, in characters from 0.",
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


def lake_table(table: Table, *, without: tuple[str, ...] = ("run_id", "raw_text")) -> Table:
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

_LAKE_ARTICLES = lake_table(ARTICLES, without=("run_id", *_ATTRIBUTED))
LAKE_ARTICLES = replace(
    _LAKE_ARTICLES,
    columns=(
        *_LAKE_ARTICLES.columns,
        next(c for c in SIDECAR_COLUMNS if c.name == "given_publisher"),
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
