"""What each published file was, and how it differed from the one before.

What belongs here: the logs of publications. They are not part of what a rerun must reproduce.
What does not: how two files are compared (etl/warehouse/comparison.py).
"""

from etl.schema.columns import RUN_VERSIONS
from etl.schema.table import Column, Table

REASONS = ("withdrawal", "new data", "code", "model", "reference")

VERSION = Column(
    name="version",
    type="VARCHAR",
    description="Version of the file: its day, with .1, .2 where that day had published before.",
)

_TABLE_NAME = Column(name="table_name", type="VARCHAR", description="Table it is about.")

RELEASES = Table(
    name="releases",
    kind="log",
    grain="published file",
    description="What was published when, by which versions, and what its checks found.",
    key=("version",),
    columns=(
        VERSION,
        Column(
            name="version_before",
            type="VARCHAR",
            description="The file that it replaced, and is compared with: its version, else the "
            "name of its release; null for the first, and where that could not be read.",
            nullable=True,
        ),
        Column(
            name="sequence",
            type="BIGINT",
            description="Number of the publication: their order, whatever the clock said.",
        ),
        Column(name="published_at", type="TIMESTAMP", description="When, UTC."),
        Column(name="row_count", type="BIGINT", description="Rows of all tables but the logs."),
        Column(
            name="digest",
            type="VARCHAR",
            description="SHA-256 over these rows, in any order: the same rows have the same.",
        ),
        Column(name="passed_count", type="BIGINT", description="Expectations that held."),
        Column(
            name="warnings",
            type="VARCHAR[]",
            description="Expectations that did not hold and stop nothing, by name.",
        ),
        Column(name="program_version", type="VARCHAR", description="Version of the program."),
        Column(
            name="schema_version",
            type="VARCHAR",
            description="Version of the tables; docs/changes.md tells what each brought.",
        ),
        *RUN_VERSIONS,
    ),
)

RELEASE_TABLES = Table(
    name="release_tables",
    kind="log",
    grain="table of one of the last thirty published files",
    description="How many rows each table had, and their digest; the logs apart.",
    key=("version", "table_name"),
    columns=(
        VERSION,
        _TABLE_NAME,
        Column(name="row_count", type="BIGINT", description="Its rows."),
        Column(
            name="digest",
            type="VARCHAR",
            description="Number of rows, sum and parity of their MD5: the same rows have the same.",
        ),
    ),
)

RELEASE_DIFFS = Table(
    name="release_diffs",
    kind="log",
    grain="table and reason in one of the last thirty published files",
    description="How many rows differ from the file before, by key, and why. No row: none does.",
    key=("version", "table_name", "reason"),
    columns=(
        VERSION,
        _TABLE_NAME,
        Column(
            name="reason",
            type="VARCHAR",
            description="The first that holds of: an article was withdrawn; documents came, or "
            "were delivered again; the code that derives the rows is another; the entity model "
            "is; the reference tables are.",
            allowed=REASONS,
        ),
        Column(name="added_count", type="BIGINT", description="Rows of a key that was not there."),
        Column(name="removed_count", type="BIGINT", description="Rows whose key is gone."),
        Column(
            name="changed_count",
            type="BIGINT",
            description="Rows of a key that was there, in which a value is another.",
        ),
    ),
)

RELEASE_STORIES = Table(
    name="release_stories",
    kind="log",
    grain="story of the file before and story to which articles of it moved, in one of the last "
    "thirty published files",
    description="Stories that were joined, parted or begin with another article since, by what "
    "came or went. What another code of linking moved is told by release_diffs alone.",
    key=("version", "former_story_id", "story_id"),
    columns=(
        VERSION,
        Column(
            name="former_story_id",
            type="VARCHAR",
            description="The story in which the articles were in the file before.",
        ),
        Column(
            name="story_id",
            type="VARCHAR",
            description="The story in which they are since.",
        ),
        Column(name="article_count", type="BIGINT", description="Articles that moved so."),
        Column(
            name="is_gone",
            type="BOOLEAN",
            description="Whether no story has the former id any more.",
        ),
    ),
)
