"""Derive again what was quarantined, and tell what became of each document."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import dagster as dg
import polars as pl
from pydantic import Field

from assets.night.columns import Metadata, table_of_rows
from assets.night.plurals import quantity
from assets.operations.derivation import derive_and_publish
from assets.operations.job import REPORT, TAGS
from assets.operations.night_range import claimed_nights
from assets.resources import POOL, Clock, Home, PartEngine
from etl.lake.replays import do_again, quarantined
from etl.warehouse.contents import read_outcomes
from etl.warehouse.releases import writing

SHOWN_DOCUMENTS = 200


@dataclass(frozen=True, kw_only=True)
class ReplayReport:
    """What became of the documents.

    ``documents``: ingested_on, file_name, rule_before, outcome, rule, detail, article_id,
    delivery_id. ``emptied`` counts those whose part can't be derived again, since retention
    has removed its bytes. ``release`` is None where there was nothing to replay.
    """

    nights: tuple[date, ...]
    documents: pl.DataFrame
    emptied: int
    release: str | None

    def counts(self) -> pl.DataFrame:
        """Documents by rule_before, outcome and rule."""
        groups = self.documents.group_by("rule_before", "outcome", "rule").len("documents")
        return groups.sort("rule_before", "outcome", "rule")


class ReplayConfig(dg.Config):
    """Which quarantined documents to try again."""

    rule: str = Field(default="", description="only documents rejected by this rule; '': by any")
    first_night: str = Field(default="", description="YYYY-MM-DD; '': from the first night on")
    last_night: str = Field(default="", description="YYYY-MM-DD; '': to the last night")


@dg.op(
    out=REPORT,
    pool=POOL,
    description="Derive the nights that hold quarantined documents, and publish.",
)
def replay_quarantined(
    context: dg.OpExecutionContext,
    config: ReplayConfig,
    home: Home,
    part_engine: PartEngine,
    clock: Clock,
) -> ReplayReport:
    """Do the parts that hold the documents again, publish their nights, compare."""
    with writing(home.warehouse, wait_seconds=home.lock_wait_seconds):
        nights = claimed_nights(home.lake, config.first_night, config.last_night)
        before = quarantined(home.lake, nights, rules=[config.rule] if config.rule else None)
        found = before.filter(~pl.col("is_emptied"))
        nights = sorted(found["ingested_on"].unique())
        context.log.info(
            f"{quantity(found.height, 'quarantined document')} in {quantity(len(nights), 'night')}"
        )
        release = None
        if nights:
            do_again(home.lake, found)
            release = derive_and_publish(
                context, nights, home=home, part_engine=part_engine, clock=clock
            ).release
    report = _report(home, found, nights, before.height - found.height, release)
    context.add_output_metadata(_metadata(report))
    return report


def _report(
    home: Home, found: pl.DataFrame, nights: Sequence[date], emptied: int, release: str | None
) -> ReplayReport:
    before = found.select("ingested_on", "file_name", "delivery_id", rule_before="rule")
    if before.is_empty():
        documents = before.with_columns(
            pl.lit(None, dtype=pl.String).alias(name)
            for name in ("outcome", "article_id", "rule", "detail")
        )
    else:
        after = read_outcomes(home.warehouse.published, before["delivery_id"].to_list())
        documents = before.join(after, on="delivery_id", how="left", maintain_order="left")
    return ReplayReport(nights=tuple(nights), documents=documents, emptied=emptied, release=release)


def _metadata(report: ReplayReport) -> Metadata:
    metadata: Metadata = {
        "documents": report.documents.height,
        "nights": [str(night) for night in report.nights],
        "cannot_be_derived_again": report.emptied,
        "release": report.release or "nothing to publish",
    }
    if report.documents.height:
        shown = report.documents.head(SHOWN_DOCUMENTS)
        metadata["by_rule"] = table_of_rows(report.counts().to_dicts())
        metadata["what_became_of_each"] = table_of_rows(shown.to_dicts())
    return metadata


@dg.job(
    name="replay",
    config=dg.RunConfig(ops={"replay_quarantined": ReplayConfig()}),
    executor_def=dg.in_process_executor,
    tags=TAGS,
    description="Try quarantined documents again, all or by rule, and see what became of them.",
)
def replay_job() -> None:
    """The replay."""
    replay_quarantined()
