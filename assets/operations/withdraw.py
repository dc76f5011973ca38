"""Take an article down at its publisher's wish, everywhere, and keep it from coming back."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import dagster as dg
import polars as pl
from pydantic import Field

from assets.night.columns import Metadata, table_of_rows
from assets.night.plurals import quantity
from assets.night.uploaded import Uploading, upload
from assets.operations.derivation import stage_and_publish
from assets.operations.job import REPORT, TAGS
from assets.pages.archive import drop_pages_that_show
from assets.pages.index import write_index
from assets.resources import POOL, Clock, Home, PartEngine
from etl.errors import SettingsError, WarehouseError
from etl.identity import article_ids
from etl.lake.withdrawals import (
    Tombstone,
    detail_of,
    find_deliveries,
    forget_samples,
    read_tombstones,
    take_out,
    withdrawn_deliveries,
    write_tombstone,
)
from etl.warehouse.contents import nights_holding
from etl.warehouse.export_records import ExportRecord, exports_holding, line_of
from etl.warehouse.releases import drop_release, label_of, releases, writing


@dataclass(frozen=True, kw_only=True)
class WithdrawReport:
    """What was taken down.

    ``deliveries``: delivery_id, path, member, file_name, ingested_on, detail, all that ever
    brought the article. ``release`` is the one published without it; None where the published
    file did not hold it. ``holding`` are kept releases that still do, ``dropped`` those that
    did and were removed; ``exports`` are those made for others that had it; ``uploaded`` are the
    addresses at which releases that hold it can still be read.
    """

    article_id: str
    deliveries: pl.DataFrame
    release: str | None
    holding: tuple[str, ...]
    dropped: tuple[str, ...]
    exports: tuple[ExportRecord, ...] = ()
    uploaded: tuple[str, ...] = ()


class WithdrawConfig(dg.Config):
    """What to take down, and why."""

    article_id: str = Field(default="", description="article_id of the table articles")
    reason: str = Field(default="", description="shown to analysts in quarantine.detail")
    drop_releases: bool = Field(
        default=False, description="remove the kept releases that still hold the article"
    )


@dg.op(out=REPORT, pool=POOL, description="Take an article out of lake and file, and keep it out.")
def withdraw_article(
    context: dg.OpExecutionContext,
    config: WithdrawConfig,
    home: Home,
    part_engine: PartEngine,
    clock: Clock,
) -> WithdrawReport:
    """Tombstone, lake, published file, releases, upload: in this order, each step repeatable.

    Raises UploadError where the article is gone here, and may still be read where it was uploaded.
    """
    if not config.article_id or not config.reason.strip():
        raise SettingsError("a withdrawal needs an article_id and a reason")
    with writing(home.warehouse, wait_seconds=home.lock_wait_seconds):
        deliveries = _take_out_of_lake(home, config, clock.today())
        ids = deliveries["delivery_id"].to_list()
        context.log.info(f"{quantity(len(ids), 'delivery')} taken out of the lake")
        forgotten = (config.article_id, *ids)
        forget_samples(home.lake, forgotten)
        if drop_pages_that_show(home.reports, forgotten):
            write_index(home.reports)
        release = None
        nights = _published_nights(home, deliveries)
        if nights:
            release = stage_and_publish(
                context,
                nights,
                home=home,
                part_engine=part_engine,
                clock=clock,
                forgotten=forgotten,
                uploads=False,
            ).release
        holding = _releases_holding(home, ids)
        labels = {label_of(r) for r in releases(home.warehouse) if r.stem in holding}
        if config.drop_releases:
            _drop(home, holding)
        uploading = upload(home, log=context.log)
        exports = _exports_holding(home, config.article_id, deliveries, is_new=bool(nights))
    report = WithdrawReport(
        article_id=config.article_id,
        deliveries=deliveries,
        release=release,
        holding=() if config.drop_releases else holding,
        dropped=holding if config.drop_releases else (),
        exports=exports,
        uploaded=_uploaded(home, uploading, labels),
    )
    context.add_output_metadata(_metadata(report) | uploading.metadata)
    uploading.check()
    return report


def _take_out_of_lake(home: Home, config: WithdrawConfig, today: date) -> pl.DataFrame:
    """All deliveries of the article, now without its text.

    Raises WarehouseError where the lake has none.
    """
    lake, nights = home.lake, home.lake.nights("raw_documents")
    known = {stone.article_id: stone for stone in read_tombstones(lake)}
    stone = known.get(config.article_id) or Tombstone(
        article_id=config.article_id, reason=config.reason.strip(), withdrawn_on=today
    )
    if stone.article_id not in known:
        if find_deliveries(lake, nights, [stone], article_ids).is_empty():
            raise WarehouseError(f"no document of the lake is article {stone.article_id}")
        write_tombstone(lake, stone)
    take_out(lake, nights, [stone], article_ids)
    taken = withdrawn_deliveries(lake, nights)
    return taken.filter(pl.col("detail") == detail_of(stone)).sort("ingested_on", "delivery_id")


def _published_nights(home: Home, deliveries: pl.DataFrame) -> list[date]:
    """Nights in which the published file still holds the article; of a damaged one, all."""
    published = home.warehouse.published
    if not published.exists():
        return []
    try:
        return nights_holding(published, deliveries["delivery_id"].to_list())
    except WarehouseError:
        return sorted(deliveries["ingested_on"].unique())


def _releases_holding(home: Home, delivery_ids: Sequence[str]) -> tuple[str, ...]:
    return tuple(r.stem for r in releases(home.warehouse) if _may_hold(r, delivery_ids))


def _may_hold(release: Path, delivery_ids: Sequence[str]) -> bool:
    """Of a damaged release nobody can tell."""
    try:
        return bool(nights_holding(release, delivery_ids))
    except WarehouseError:
        return True


def _exports_holding(
    home: Home, article_id: str, deliveries: pl.DataFrame, *, is_new: bool
) -> tuple[ExportRecord, ...]:
    """Exports of nights that brought it: all, where the published file had it until now.

    Else those up to the day on which it was withdrawn; later ones never had it.
    """
    stones = {stone.article_id: stone for stone in read_tombstones(home.lake)}
    until = None if is_new else stones[article_id].withdrawn_on
    return tuple(exports_holding(home.lake, set(deliveries["ingested_on"]), until=until))


def _drop(home: Home, names: Sequence[str]) -> None:
    for release in releases(home.warehouse):
        if release.stem in names:
            drop_release(release)


def _uploaded(home: Home, uploading: Uploading, labels: Collection[str]) -> tuple[str, ...]:
    """Addresses of uploaded releases of these labels, which still hold the article."""
    from etl.warehouse.uploads import file_key

    kept = uploading.done.kept if uploading.done else ()
    return tuple(f"{home.publish_to}/{file_key(label)}" for label in kept if label in labels)


def _metadata(report: WithdrawReport) -> Metadata:
    return {
        "article": report.article_id,
        "deliveries": table_of_rows(report.deliveries.to_dicts()),
        "release": report.release or "the published file did not hold it",
        "releases_that_still_hold_it": list(report.holding),
        "releases_dropped": list(report.dropped),
        "uploads_that_still_hold_it": list(report.uploaded),
        "exports_that_hold_it": [line_of(export) for export in report.exports],
    }


@dg.job(
    name="withdraw",
    config=dg.RunConfig(ops={"withdraw_article": WithdrawConfig()}),
    executor_def=dg.in_process_executor,
    tags=TAGS,
    description="Take an article down: out of the file, the lake and later releases, for good.",
)
def withdraw_job() -> None:
    """The withdrawal."""
    withdraw_article()
