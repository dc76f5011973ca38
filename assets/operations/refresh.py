"""Which nights a changed code, model or registry touches; derive just these again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import dagster as dg
from pydantic import Field

from assets.night.columns import Metadata, table_of_rows
from assets.night.plurals import quantity
from assets.operations.derivation import derive_and_publish
from assets.operations.job import REPORT, TAGS
from assets.operations.night_range import claimed_nights
from assets.resources import POOL, Clock, Home, PartEngine
from etl.errors import WarehouseError
from etl.lake.staleness import StaleNight, stale_nights, unpublished
from etl.warehouse import run_log
from etl.warehouse.contents import nights_behind
from etl.warehouse.releases import writing


@dataclass(frozen=True, kw_only=True)
class RefreshReport:
    """The nights that were stale; those that could be were derived and published as ``release``.

    ``release`` is None where nothing was done.
    """

    stale: tuple[StaleNight, ...]
    release: str | None = None

    @property
    def nights(self) -> tuple[date, ...]:
        """Nights that can be derived again."""
        return tuple(night.night for night in self.stale if night.can_be_derived)


def find_stale(
    home: Home, part_engine: PartEngine, *, first: str = "", last: str = ""
) -> RefreshReport:
    """The stale nights from ``first`` to ``last``; nothing is done.

    Only nights that were once published: what waits for its first publication is no business
    of a refresh (``dateline status`` names it).
    """
    logged = set(run_log.published_nights(home.lake))
    nights = [night for night in claimed_nights(home.lake, first, last) if night in logged]
    stale = {s.night: s for s in stale_nights(home.lake, part_engine.stages(), nights)}
    for night in _behind(home, nights):
        if night in nights and night not in stale:
            stale[night] = unpublished(home.lake, night)
    return RefreshReport(stale=tuple(stale[night] for night in sorted(stale)))


def _behind(home: Home, nights: Sequence[date]) -> Sequence[date]:
    """Nights that the published file lacks; all of them where it is damaged."""
    published = home.warehouse.published
    if not published.exists():
        return ()
    try:
        return nights_behind(published, run_log.read_runs(home.lake))
    except WarehouseError:
        return nights


class RefreshConfig(dg.Config):
    """Where to look, and whether to do anything."""

    first_night: str = Field(default="", description="YYYY-MM-DD; '': from the first night on")
    last_night: str = Field(default="", description="YYYY-MM-DD; '': to the last night")
    only_look: bool = Field(default=False, description="list the stale nights and leave them")


@dg.op(out=REPORT, pool=POOL, description="Derive the stale nights again and publish them once.")
def derive_stale_nights(
    context: dg.OpExecutionContext,
    config: RefreshConfig,
    home: Home,
    part_engine: PartEngine,
    clock: Clock,
) -> RefreshReport:
    """Compare seals, derive what is stale, publish."""
    with writing(home.warehouse, wait_seconds=home.lock_wait_seconds):
        report = find_stale(home, part_engine, first=config.first_night, last=config.last_night)
        context.log.info(f"stale: {quantity(len(report.stale), 'night')}")
        if report.nights and not config.only_look:
            publication = derive_and_publish(
                context, report.nights, home=home, part_engine=part_engine, clock=clock
            )
            report = RefreshReport(stale=report.stale, release=publication.release)
    context.add_output_metadata(_metadata(report))
    return report


def _metadata(report: RefreshReport) -> Metadata:
    metadata: Metadata = {
        "stale_nights": len(report.stale),
        "release": report.release or "nothing was published",
    }
    if report.stale:
        metadata["stale"] = table_of_rows([vars(night) for night in report.stale])
    return metadata


@dg.job(
    name="refresh",
    config=dg.RunConfig(ops={"derive_stale_nights": RefreshConfig()}),
    executor_def=dg.in_process_executor,
    tags=TAGS,
    description="Derive again only what a changed code, model or registry touches.",
)
def refresh_job() -> None:
    """The refresh."""
    derive_stale_nights()
