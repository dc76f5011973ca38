"""Build the published file anew from the lake, all nights of it, and derive nothing."""

from dataclasses import dataclass
from datetime import date

import dagster as dg

from assets.night.columns import Metadata
from assets.night.plurals import quantity
from assets.operations.derivation import stage_and_publish
from assets.operations.job import REPORT, TAGS
from assets.resources import POOL, Clock, Home, PartEngine
from etl.errors import SettingsError
from etl.warehouse import run_log
from etl.warehouse.releases import writing


@dataclass(frozen=True, kw_only=True)
class RebuildReport:
    """The release that was built, of which nights; sizes in bytes, None where there was no file."""

    release: str
    nights: tuple[date, ...]
    size_before: int | None
    size: int


class RebuildConfig(dg.Config):
    """Nothing to choose."""


@dg.op(out=REPORT, pool=POOL, description="Load all published nights from the lake, publish once.")
def build_file_anew(
    context: dg.OpExecutionContext,
    config: RebuildConfig,
    home: Home,
    part_engine: PartEngine,
    clock: Clock,
) -> RebuildReport:
    """Nights as the lake has them, in a fresh file, by staging, audit and gate as ever."""
    del config
    published = home.warehouse.published
    with writing(home.warehouse, wait_seconds=home.lock_wait_seconds):
        nights = run_log.published_nights(home.lake)
        if not nights:
            raise SettingsError("no night was ever published: dateline run publishes the first")
        context.log.info(f"building the file of {quantity(len(nights), 'night')} from the lake")
        size_before = published.stat().st_size if published.exists() else None
        publication = stage_and_publish(
            context, nights, home=home, part_engine=part_engine, clock=clock, from_lake=True
        )
    report = RebuildReport(
        release=publication.release,
        nights=publication.nights,
        size_before=size_before,
        size=published.stat().st_size,
    )
    context.add_output_metadata(_metadata(report))
    return report


def _metadata(report: RebuildReport) -> Metadata:
    return {
        "release": report.release,
        "nights": len(report.nights),
        "megabytes_before": round((report.size_before or 0) / 1e6, 1),
        "megabytes": round(report.size / 1e6, 1),
    }


@dg.job(
    name="rebuild",
    config=dg.RunConfig(ops={"build_file_anew": RebuildConfig()}),
    executor_def=dg.in_process_executor,
    tags=TAGS,
    description="Build the published file anew from the lake: damaged, changed or grown too large.",
)
def rebuild_job() -> None:
    """The rebuild."""
    build_file_anew()
