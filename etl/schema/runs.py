"""What runs did and what their audits found.

What belongs here: the two logs. They are not part of what a rerun must reproduce.
"""

from etl.schema.columns import INGESTED_ON, RUN_ID, RUN_VERSIONS
from etl.schema.table import Column, Table

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
        Column(
            name="sequence",
            type="BIGINT",
            description="Number of the publication: the order of runs, whatever the clock said; "
            "null before they were numbered.",
            nullable=True,
        ),
        Column(
            name="version",
            type="VARCHAR",
            description="Version of the file that it published: its day, with .1, .2 where that "
            "day had published before; null before files had versions.",
            nullable=True,
        ),
        Column(name="delivered_count", type="BIGINT", description="Documents of the night."),
        Column(name="published_count", type="BIGINT", description="Of these, published."),
        Column(name="duplicate_count", type="BIGINT", description="Of these, duplicates."),
        Column(
            name="superseded_count",
            type="BIGINT",
            description="Of these, rejected and delivered again since.",
            default="0",
        ),
        Column(name="quarantined_count", type="BIGINT", description="Of these, quarantined."),
        *RUN_VERSIONS,
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
