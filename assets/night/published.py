"""published: the audited file put in the place of the one that analysts open.

What belongs here: the asset, and publishing what is staged, for the nightly job and for
operations. What does not: the gate and the rename (etl/warehouse/publish.py).
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import dagster as dg
import polars as pl

from assets.night.audit import where_page_is
from assets.night.code import code_of
from assets.night.columns import Metadata, table_of_rows, tags_of
from assets.night.derive import add_night_metadata
from assets.night.expectations import EXPECTATIONS
from assets.night.figures import published_figures
from assets.night.partitions import NIGHTS, ONE_RUN, nights_of
from assets.night.staging import made_by, staging_key
from assets.night.uploaded import upload
from assets.pages.archive import page_of_run
from assets.resources import POOL, Clock, Home, PartEngine
from etl import schema
from etl.fingerprint import code_version
from etl.lake.staleness import record_published
from etl.lake.store import Lake
from etl.program import program_version
from etl.warehouse import run_log
from etl.warehouse.editions import Edition
from etl.warehouse.publish import publish
from etl.warehouse.releases import clock_fault, label_of, writing
from etl.warehouse.staging import Staged, night_counts
from etl.warehouse.up_to_date import note_publication


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
    code_version=code_version(("etl.warehouse.publish", "etl.warehouse.releases")),
    metadata=code_of("etl.warehouse.publish", __name__),
)
def published(
    context: dg.AssetExecutionContext, home: Home, part_engine: PartEngine, clock: Clock
) -> Iterator[dg.MaterializeResult[None]]:
    """Check the gate, rename, keep the release, log the run, upload.

    Raises UploadError after it has told what is published.
    """
    with writing(home.warehouse, wait_seconds=home.lock_wait_seconds):
        publication = publish_staged(home, part_engine, clock, log=context.log)
        context.log.info(f"published {home.warehouse.published}")
        uploading = upload(home, log=context.log)
    nights = nights_of(context)
    add_night_metadata(
        context, "published", {n: published_figures(home.warehouse.published, n) for n in nights}
    )
    told = publication_metadata(home, publication) | uploading.metadata
    yield dg.MaterializeResult(metadata=told)
    uploading.check()


@dataclass(frozen=True, kw_only=True)
class Publication:
    """A release, its version, and the counts of the nights it brought (rows of v_nights).

    ``is_new``: it was made by this run; else nothing differed from it, and it stays published.

    ``report`` is the page of its audit, ``warnings`` what did not hold there, by name.
    """

    release: str
    version: str
    is_new: bool
    warnings: tuple[str, ...]
    report: Path | None
    nights: tuple[date, ...]
    counts: list[dict[str, object]]


def publish_staged(
    home: Home, part_engine: PartEngine, clock: Clock, *, log: logging.Logger
) -> Publication:
    """Publish what is staged, if the gate is open. The caller holds the writer's lock."""
    from expectations.validate import fingerprint

    warehouse = home.warehouse
    staged = Staged.read(warehouse.staged_record)
    finished_at = clock.now()
    counts = night_counts(warehouse.staging, staged.all_nights)
    sequence = run_log.next_sequence(home.lake, warehouse)
    version = run_log.version_on(home.lake, warehouse, clock.today())
    runs = run_log.run_rows(
        staged, counts, finished_at=finished_at, sequence=sequence, version=version
    )
    if fault := clock_fault(warehouse, finished_at):
        log.warning(fault)
    done = publish(
        warehouse,
        suite_fingerprint=fingerprint(EXPECTATIONS),
        edition=Edition(
            version=version,
            sequence=sequence,
            finished_at=finished_at,
            program_version=program_version(),
        ),
        runs=pl.concat([run_log.read_runs(home.lake), runs]),
        quality_results=run_log.read_quality_results(home.lake),
        manifests=run_log.read_manifests(home.lake),
        keep=home.keep_releases,
    )
    if done.manifest:
        run_log.write_manifest(home.lake, done.manifest)
        run_log.write_runs(home.lake, staged.run.run_id, runs)
    else:
        log.info(f"nothing differs from {label_of(done.release)}, which stays published")
    record_published(home.lake, part_engine.stages(), staged.all_nights)
    note_publication(warehouse, home.lake, staged.all_nights, versions=made_by(staged.run))
    return Publication(
        release=done.release.stem,
        version=label_of(done.release),
        is_new=done.manifest is not None,
        warnings=tuple(_warnings(home.lake, staged.run.run_id)),
        report=page_of_run(home.reports, staged.run.run_id),
        nights=staged.all_nights,
        counts=counts,
    )


def _warnings(lake: Lake, run_id: str) -> pl.Series:
    results = run_log.quality_results_of(lake, run_id)
    return results.filter(~pl.col("passed"))["expectation"].sort()


def publication_metadata(home: Home, publication: Publication) -> Metadata:
    """Where the published file lies, and the counts of its new nights."""
    told: Metadata = {
        "dagster/uri": str(home.warehouse.published),
        "version": publication.version,
        "release": publication.release,
        "changes": publication.is_new,
        "warnings": ", ".join(publication.warnings) or "none",
    }
    if publication.report:
        told |= where_page_is(publication.report)
    if publication.counts:
        told["nights"] = table_of_rows(publication.counts)
    return told
