"""staging and published: the DuckDB file built beside the published one, then put in its place."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import dagster as dg
import polars as pl

from assets import logs, stages
from assets.columns import Metadata, column_schema, describe, table_of_rows, tags_of
from assets.counted import counted
from assets.derive import tell
from assets.figures import published_figures, staging_figures
from assets.pages.shelf import page_of_run
from assets.partitions import NIGHTS, ONE_RUN, nights_of
from assets.resources import Clock, Home, PartEngine
from assets.retries import tried_again
from assets.running import POOL
from assets.settings import load_settings
from assets.thresholds import EXPECTATIONS
from etl import reference, schema, tables
from etl.contents import nights_behind
from etl.decode import lossy_text
from etl.extract.model import model_version
from etl.night_rows import Run
from etl.publish import publish
from etl.releases import writing
from etl.sources import load_registry
from etl.staleness import record_published
from etl.warehouse import Staged, night_counts, row_counts, stage

LAKE_DEPENDENCIES = ("mentions", "article_countries", "article_sources", "date_mentions")


def staging_key(table_name: str) -> dg.AssetKey:
    """The asset of one table of the staging file."""
    return dg.AssetKey(["staging", table_name])


@dg.multi_asset(
    specs=[
        dg.AssetSpec(
            staging_key(table.name),
            deps=LAKE_DEPENDENCIES,
            description=describe(table),
            group_name="staging",
            kinds={"duckdb", "table"},
            tags=tags_of("staging"),
            owners=["team:data-engineering"],
            metadata={"dagster/column_schema": column_schema(table, asset=f"staging/{table.name}")},
        )
        for table in schema.TABLES
    ],
    partitions_def=NIGHTS,
    backfill_policy=ONE_RUN,
    pool=POOL,
)
def staging(
    context: dg.AssetExecutionContext, home: Home, part_engine: PartEngine, clock: Clock
) -> Iterator[dg.MaterializeResult[None]]:
    """A copy of the published file with the nights' rows replaced, in one transaction."""
    started = time.perf_counter()
    with tried_again(), writing(home.warehouse, wait_seconds=home.lock_wait_seconds):
        run = make_run(context.op_execution_context, part_engine, clock)
        staged = stage_nights(home, nights_of(context), run=run)
    seconds = time.perf_counter() - started
    figures = staging_figures(home.warehouse.staging, staged.nights, seconds=seconds)
    articles = row_counts(home.warehouse.staging)["articles"]
    others = counted(len(staged.moved), "other night")
    context.log.info(f"staging: {counted(articles, 'article')}, {others} replaced")
    for table in schema.TABLES:
        key = staging_key(table.name)
        tell(context, key.to_user_string(), figures[table.name])
        yield dg.MaterializeResult(asset_key=key, metadata={"nights": _names(staged)})


def stage_nights(
    home: Home, nights: Sequence[date], *, run: Run, forgotten: Sequence[str] = ()
) -> Staged:
    """Build the staging file for some nights. The caller holds the writer's lock.

    ``forgotten`` are ids of withdrawn articles and deliveries, of which no byte may stay.
    """
    warehouse = home.warehouse
    warehouse.audit_record.unlink(missing_ok=True)
    staged = stage(
        home.lake,
        warehouse.staging,
        published=warehouse.published,
        nights=nights,
        logged_nights=logs.published_nights(home.lake),
        behind=_behind(home),
        forgotten=forgotten,
        run=run,
        references=_references(),
        raw_text=lossy_text,
    )
    staged.write(warehouse.staged_record)
    return staged


def _behind(home: Home) -> list[date]:
    """Nights that a newer release held and the published file lacks: it was rolled back."""
    published = home.warehouse.published
    return nights_behind(published, logs.read_runs(home.lake)) if published.exists() else []


def make_run(context: dg.OpExecutionContext, part_engine: PartEngine, clock: Clock) -> Run:
    """Who writes, since when, and with which versions."""
    record = context.instance.get_run_record_by_id(context.run_id)
    began = record.start_time if record else None
    started_at = datetime.fromtimestamp(began, tz=UTC) if began else clock.now()
    return Run(
        run_id=context.run_id,
        started_at=started_at.replace(tzinfo=None),
        code_version=stages.code_version(),
        model_version=model_version(part_engine.spacy_model),
        reference_version=tables.reference_version(),
    )


def _references() -> dict[str, pl.DataFrame]:
    return {
        "countries": schema.COUNTRIES.conform(reference.load_countries()),
        "sources": schema.SOURCES.conform(load_registry(tables.table_path(stages.REGISTRY))),
    }


def _names(staged: Staged) -> dg.MetadataValue:
    return dg.MetadataValue.json([str(night) for night in staged.all_nights])


@dg.asset(
    deps=[staging_key(table.name) for table in schema.TABLES],
    partitions_def=NIGHTS,
    backfill_policy=ONE_RUN,
    pool=POOL,
    group_name="warehouse",
    kinds={"duckdb"},
    tags=tags_of("warehouse"),
    owners=["team:data-engineering"],
    description="The file that analysts open: replaced whole, only after a passing audit.",
    freshness_policy=dg.FreshnessPolicy.time_window(
        fail_window=timedelta(hours=load_settings().fresh_hours)
    ),
)
def published(
    context: dg.AssetExecutionContext, home: Home, part_engine: PartEngine, clock: Clock
) -> dg.MaterializeResult[None]:
    """Check the gate, rename, keep the release, log the run."""
    with writing(home.warehouse, wait_seconds=home.lock_wait_seconds):
        publication = publish_staged(home, part_engine, clock)
    context.log.info(f"published {home.warehouse.published}")
    nights = nights_of(context)
    tell(context, "published", {n: published_figures(home.warehouse.published, n) for n in nights})
    return dg.MaterializeResult(metadata=publication_metadata(home, publication))


@dataclass(frozen=True, kw_only=True)
class Publication:
    """A release and the counts of the nights it brought (rows of the view v_nights).

    ``report`` is the page of its audit.
    """

    release: str
    report: Path | None
    nights: tuple[date, ...]
    counts: list[dict[str, object]]


def publish_staged(home: Home, part_engine: PartEngine, clock: Clock) -> Publication:
    """Publish what is staged, if the gate is open. The caller holds the writer's lock."""
    from expectations.validate import fingerprint

    warehouse = home.warehouse
    staged = Staged.read(warehouse.staged_record)
    finished_at = clock.now()
    counts = night_counts(warehouse.staging, staged.all_nights)
    runs = logs.run_rows(staged, counts, finished_at)
    release = publish(
        warehouse,
        suite_fingerprint=fingerprint(EXPECTATIONS),
        runs=pl.concat([logs.read_runs(home.lake), runs]),
        quality_results=logs.read_quality_results(home.lake),
        finished_at=finished_at,
        keep=home.keep_releases,
    )
    logs.write_runs(home.lake, staged.run.run_id, runs)
    record_published(home.lake, stages.way(part_engine.spacy_model), staged.all_nights)
    return Publication(
        release=release.stem,
        report=page_of_run(home.reports, staged.run.run_id),
        nights=staged.all_nights,
        counts=counts,
    )


def publication_metadata(home: Home, publication: Publication) -> Metadata:
    """Where the published file lies, and the counts of its new nights."""
    metadata: Metadata = {
        "dagster/uri": str(home.warehouse.published),
        "release": publication.release,
    }
    if publication.report:
        metadata["report"] = dg.MetadataValue.path(publication.report)
    if publication.counts:
        metadata["nights"] = table_of_rows(publication.counts)
    return metadata
