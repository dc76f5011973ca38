"""What arrived and what became of it.

What belongs here: deliveries, duplicates, quarantine, and what derived the rows of those that
were published.
"""

from dataclasses import replace

from etl.schema.columns import (
    ARTICLE_ID,
    DELIVERY_ID,
    DERIVED_BY,
    DERIVING_STAGES,
    FILE_NAME,
    INGESTED_ON,
    OUTCOMES,
    RUN_ID,
    STAGES,
)
from etl.schema.table import Column, Table

FEED = Column(
    name="feed",
    type="VARCHAR",
    description=(
        "Where it came from: what DATELINE_FEED_PATTERN finds in the path, else the topmost "
        "folder, the host of its address, or the drop's name; null where none of these tells."
    ),
    nullable=True,
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
            description="What became of it; exactly one of the four. superseded: rejected, and "
            "delivered again since.",
            allowed=OUTCOMES,
        ),
        FEED,
        Column(
            name="batch",
            type="BIGINT",
            description="Which claim of its night brought it, from 1.",
            default="1",
        ),
        Column(
            name="url",
            type="VARCHAR",
            description="Address that came with the document.",
            nullable=True,
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
    description="Documents that could not be published, and why, those that were delivered again "
    "since included (superseded_on); nothing is thrown away.",
    key=("delivery_id",),
    columns=(
        DELIVERY_ID,
        FILE_NAME,
        replace(DELIVERIES.column("path"), nullable=True),
        FEED,
        Column(name="stage", type="VARCHAR", description="What rejected it.", allowed=STAGES),
        Column(name="rule", type="VARCHAR", description="The rule it broke."),
        Column(name="detail", type="VARCHAR", description="The value found and what was expected."),
        Column(
            name="raw_text",
            type="VARCHAR",
            description="The document as delivered; undecodable bytes as U+FFFD. Null if empty.",
            nullable=True,
        ),
        INGESTED_ON,
        RUN_ID,
        Column(
            name="superseded_on",
            type="DATE",
            description="Night that brought its file changed, without it, or another document of "
            "its address; null while it is quarantined.",
            nullable=True,
        ),
        Column(
            name="superseded_by",
            type="VARCHAR",
            description="That other document of its address, where one is known.",
            nullable=True,
            references="deliveries.delivery_id",
        ),
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
