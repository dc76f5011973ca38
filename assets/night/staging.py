"""staging: the next file for analysts, a copy of the published one with the nights replaced.

What belongs here: the assets of its tables, and building it for the nightly job and for
operations. What does not: the SQL (etl/warehouse/), the audit (audit.py) and publication
(published.py).
"""

import logging
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import dagster as dg
import polars as pl

from assets.night.all_stages import log_materialisation
from assets.night.catch_up import catch_up
from assets.night.code import code_of
from assets.night.columns import column_schema, describe, tags_of
from assets.night.derive import add_night_metadata
from assets.night.expectations import EXPECTATIONS
from assets.night.figures import staging_figures
from assets.night.partitions import NIGHTS, ONE_RUN, nights_of
from assets.night.plurals import quantity
from assets.night.retries import tried_again
from assets.night.uploaded import Uploading, upload
from assets.progress.tracking import tracked
from assets.resources import POOL, Clock, Home, PartEngine
from etl import reference, schema
from etl.decode import lossy_text
from etl.fingerprint import code_version, fingerprint
from etl.lake.structure import declared_structure, is_of_structure
from etl.night import (
    linking_version,
    night_code_version,
    night_model_version,
    tables_beside_articles,
)
from etl.sources import load_registry
from etl.tables import reference_version, use_site_tables
from etl.warehouse import run_log
from etl.warehouse.night_rows import Run
from etl.warehouse.release_records import published_digests
from etl.warehouse.releases import clock_fault, current_release, label_of, writing
from etl.warehouse.staging import Staged, row_counts, stage
from etl.warehouse.up_to_date import is_up_to_date
from expectations.model import fingerprint as suite_version

LAKE_DEPENDENCIES = tuple(
    table.name for tables in tables_beside_articles().values() for table in tables
)

STAGING_VERSION = fingerprint(code_version(("etl.warehouse", "etl.schema")), linking_version())


PUBLISHED = dg.AssetKey("published")


def staging_key(table_name: str) -> dg.AssetKey:
    """The asset of one table of the staging file."""
    return dg.AssetKey(["staging", table_name])


@dg.multi_asset(
    specs=[
        dg.AssetSpec(
            staging_key(table.name),
            skippable=True,
            deps=LAKE_DEPENDENCIES,
            description=describe(table),
            group_name="staging",
            kinds={"duckdb", "table"},
            tags=tags_of("staging"),
            owners=["team:data-engineering"],
            code_version=STAGING_VERSION,
            metadata={
                "dagster/column_schema": column_schema(table, asset=f"staging/{table.name}"),
                **code_of("etl.warehouse.staging", __name__),
            },
        )
        for table in schema.TABLES
    ],
    partitions_def=NIGHTS,
    backfill_policy=ONE_RUN,
    pool=POOL,
)
def staging(
    context: dg.AssetExecutionContext, home: Home, part_engine: PartEngine, clock: Clock
) -> Iterator[dg.MaterializeResult[None] | dg.AssetObservation]:
    """A copy of the published file with the nights' rows replaced, in one transaction.

    Where all is as it was when these nights were published, nothing is staged, and the audit and
    the publication have nothing to do either. What an upload lacks is taken up all the same: raises
    UploadError where that fails.
    """
    started = time.perf_counter()
    part_engine.close()  # what its workers hold is room for staging and audit
    with tried_again(), writing(home.warehouse, wait_seconds=home.lock_wait_seconds):
        op, nights = context.op_execution_context, nights_of(context)
        run = make_run(op, part_engine, clock)
        if stays := release_that_stays(nights, home, part_engine, run=run, now=clock.now()):
            uploading = _tell_that_it_stays(op, nights, home, stays)
            if uploading.failure:
                # Dagster stores what was logged with the next event, and not where none comes.
                yield dg.AssetObservation(PUBLISHED, metadata=uploading.metadata)
            uploading.check()
            return
        staged = stage_nights(op, nights, home=home, part_engine=part_engine, run=run)
    seconds = time.perf_counter() - started
    figures = staging_figures(home.warehouse.staging, staged.nights, seconds=seconds)
    articles = row_counts(home.warehouse.staging)["articles"]
    others = quantity(len(staged.moved), "other night")
    context.log.info(f"staging: {quantity(articles, 'article')}, {others} replaced")
    for table in schema.TABLES:
        key = staging_key(table.name)
        add_night_metadata(context, key.to_user_string(), figures[table.name])
        yield dg.MaterializeResult(asset_key=key, metadata={"nights": _names(staged)})


def release_that_stays(
    nights: Sequence[date], home: Home, part_engine: PartEngine, *, run: Run, now: datetime
) -> Path | None:
    """The published release, if it is what staging and publishing these nights would make again."""
    warehouse = home.warehouse
    is_as_it_would_be = (
        is_up_to_date(warehouse, home.lake, nights, versions=made_by(run))
        and is_of_structure(home.lake, declared_structure(part_engine.stages()))
        and not clock_fault(warehouse, now)
    )
    return current_release(warehouse) if is_as_it_would_be else None


def made_by(run: Run) -> tuple[str, ...]:
    """Versions of all that makes the published file of the lake."""
    versions = (run.code_version, run.model_version, run.reference_version)
    return (STAGING_VERSION, *map(str, versions), suite_version(EXPECTATIONS))


def _tell_that_it_stays(
    context: dg.OpExecutionContext, nights: Sequence[date], home: Home, release: Path
) -> Uploading:
    """In the log and on the page of ``published``, whose step is skipped; and upload the rest."""
    version = label_of(release)
    context.log.info(f"nothing has changed since {version} was published, which stays")
    logging.getLogger("dagster._core.execution.plan.active").addFilter(_is_no_false_alarm)
    uploading = upload(home, log=context.log)
    told = {"dagster/uri": str(home.warehouse.published), "version": version, "changes": False}
    for night in nights:
        log_materialisation(context, PUBLISHED, night, told | uploading.metadata)
    return uploading


def _is_no_false_alarm(record: logging.LogRecord) -> bool:
    """Dagster says of each blocking check that the step it skips next goes on without it."""
    return "emitted no result in step 'audit'" not in record.getMessage()


def stage_nights(
    context: dg.OpExecutionContext,
    nights: Sequence[date],
    *,
    home: Home,
    part_engine: PartEngine,
    run: Run,
    forgotten: Sequence[str] = (),
    from_lake: bool = False,
) -> Staged:
    """Build the staging file for some nights, and for those that catch up with an upgrade.

    The caller holds the writer's lock. ``forgotten`` are ids of withdrawn articles and
    deliveries, of which no byte may stay; ``from_lake``: nothing is taken over from the
    published file.
    """
    warehouse = home.warehouse
    warehouse.audit_record.unlink(missing_ok=True)
    caught_up = catch_up(context, nights, home=home, part_engine=part_engine)
    with tracked("staging", "nights", tell=context.log.info) as tracking:
        staged = stage(
            home.lake,
            warehouse.staging,
            published=warehouse.published,
            nights=nights,
            caught_up=caught_up,
            logged=run_log.read_runs(home.lake),
            known=published_digests(warehouse.releases),
            forgotten=forgotten,
            from_lake=from_lake,
            run=run,
            references=_references(part_engine),
            raw_text=lossy_text,
            on_night=tracking.set,
        )
    if staged.anew and (staged.moved or warehouse.published.exists()):
        context.log.warning(
            f"built {quantity(len(staged.all_nights), 'night')} from the lake: {staged.anew}"
        )
    if staged.freed:
        context.log.info(f"free blocks left out of the file: {staged.freed / 1e6:.1f} MB")
    staged.write(warehouse.staged_record)
    return staged


def make_run(context: dg.OpExecutionContext, part_engine: PartEngine, clock: Clock) -> Run:
    """Who writes, since when, and with which versions."""
    record = context.instance.get_run_record_by_id(context.run_id)
    began = record.start_time if record else None
    use_site_tables(part_engine.site_folder)
    started_at = datetime.fromtimestamp(began, tz=UTC) if began else clock.now()
    return Run(
        run_id=context.run_id,
        started_at=started_at.replace(tzinfo=None),
        code_version=night_code_version(),
        model_version=night_model_version(part_engine.spacy_model),
        reference_version=reference_version(),
    )


def _references(part_engine: PartEngine) -> dict[str, pl.DataFrame]:
    """The reference tables that analysts see, the site's own rows among them."""
    use_site_tables(part_engine.site_folder)
    return {
        "countries": reference.load_countries(),
        "country_groups": reference.load_country_groups(),
        "places": reference.load_places(),
        "sources": schema.SOURCES.conform(load_registry()),
    }


def _names(staged: Staged) -> dg.MetadataValue:
    return dg.MetadataValue.json([str(night) for night in staged.all_nights])
