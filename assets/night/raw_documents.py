"""raw_documents: tonight's claim of the landing folder."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import dagster as dg

from assets.guard.invisible import shown_in_line
from assets.night.code import code_of
from assets.night.columns import Metadata, column_schema, describe, tags_of
from assets.night.derive import add_night_metadata
from assets.night.measures import MIB, peak_memory
from assets.night.partitions import NIGHTS, ONE_RUN, nights_of
from assets.night.plan import plan_line
from assets.night.plurals import quantity, waiting_line
from assets.night.retries import tried_again
from assets.progress.tracking import tracked
from assets.resources import POOL, Clock, Home, Landing, PartEngine
from etl import schema
from etl.fingerprint import code_version
from etl.lake.damage import check_raw
from etl.lake.store import Lake
from etl.landing.claims import Claim, claim
from etl.reference import load_countries
from etl.sources import load_registry
from etl.tables import read_table, site_table_names, use_site_tables
from etl.warehouse.releases import writing

SHOWN_NAMES = 20
MB = 1_000_000
CLAIMING = ("etl.landing",)
"""The code that says what a claim holds."""


@dg.asset(
    partitions_def=NIGHTS,
    backfill_policy=ONE_RUN,
    pool=POOL,
    group_name="lake",
    kinds={"parquet"},
    tags=tags_of("lake", "landing-folder"),
    owners=["team:data-engineering"],
    description=describe(schema.RAW_DOCUMENTS),
    code_version=code_version(CLAIMING),
    metadata={
        "dagster/column_schema": column_schema(schema.RAW_DOCUMENTS),
        **code_of(*CLAIMING, __name__),
    },
)
def raw_documents(
    context: dg.AssetExecutionContext,
    home: Home,
    landing: Landing,
    part_engine: PartEngine,
    clock: Clock,
) -> dg.MaterializeResult[None]:
    """Claim what is new, if this run is about tonight; an older night stays as it is.

    Raises StageError where the lake has lost what these nights are made of (etl/lake/damage.py).
    """
    nights = nights_of(context)
    for damage in check_raw(home.lake, nights):
        context.log.warning(f"{damage.path} is damaged: {damage.lost}; restore it from a backup")
    if len(nights) > 1:
        context.log.info(plan_line(home.lake, part_engine.stages(), nights))
    metadata: Metadata = {"dagster/uri": landing.path}
    if clock.today() in nights:
        with tried_again(), writing(home.warehouse, wait_seconds=home.lock_wait_seconds):
            claimed = _claim(home, landing, clock, tell=context.log.info)
        context.log.info(
            f"claimed {quantity(claimed.document_count, 'document')} of "
            f"{quantity(claimed.file_count, 'new file')}"
        )
        if claimed.waiting:
            context.log.info(waiting_line(len(claimed.waiting), landing.settle_seconds))
        for line in _left_lines(claimed):
            context.log.info(line)
        metadata |= _claim_metadata(claimed)
    add_night_metadata(
        context, "raw_documents", {night: _kept(home.lake, night) for night in nights}
    )
    return dg.MaterializeResult(metadata=metadata)


def _claim(home: Home, landing: Landing, clock: Clock, *, tell: Callable[[str], None]) -> Claim:
    _look_at_tables(landing.site_folder)
    found = landing.scan(now=clock.now())
    pattern = re.compile(landing.feed_pattern) if landing.feed_pattern else None
    with tracked("claim", "MB", tell=tell) as tracking:
        return claim(
            found,
            home.lake,
            night=clock.today(),
            limits=landing.limits,
            feed_pattern=pattern,
            on_taken=lambda taken, total: tracking.set(taken // MB, -(-total // MB)),
        )


def _look_at_tables(folder: Path | None) -> None:
    """A malformed row of the site's stops the night; here it does so before anything is claimed."""
    use_site_tables(folder)
    for name in site_table_names(folder):
        read_table(name)
    load_registry()
    load_countries()


def _claim_metadata(claimed: Claim) -> Metadata:
    metadata: Metadata = {
        "claimed_documents": claimed.document_count,
        "claimed_files": claimed.file_count,
    }
    for name in ("waiting", "ignored", "unreadable", "ahead"):
        paths: tuple[str, ...] = getattr(claimed, name)
        metadata[f"{name}_files"] = len(paths)
        if paths:
            names = list(map(shown_in_line, paths[:SHOWN_NAMES]))
            metadata[f"{name}_names"] = dg.MetadataValue.json(names)
    return metadata


def _left_lines(claimed: Claim) -> Iterator[str]:
    """What the log says of files by name, which nobody sees in a table."""
    for reason, paths in (
        ("ignored, of no kind that holds documents", claimed.ignored),
        ("left to a later night, can't be read", claimed.unreadable),
        ("dated in the future (a clock is wrong), taken by their change time", claimed.ahead),
    ):
        if paths:
            more = ", ..." if len(paths) > SHOWN_NAMES else ""
            names = ", ".join(map(shown_in_line, paths[:SHOWN_NAMES]))
            yield f"{quantity(len(paths), 'file')} {reason}: {names}{more}"


def _kept(lake: Lake, night: date) -> Metadata:
    """Documents of the night, and what they take on disk."""
    parts = lake.raw_parts(night)
    return {
        "dagster/row_count": sum(part.document_count() for part in parts),
        "kept_mib": round(sum(part.path.stat().st_size for part in parts) / MIB, 3),
        **peak_memory(),
    }
