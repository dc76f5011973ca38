"""Remove what is kept for longer than the settings say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import dagster as dg
from pydantic import Field

from assets.night.columns import Metadata, table_of_rows
from assets.night.plurals import quantity
from assets.operations.job import REPORT, TAGS
from assets.resources import POOL, Clock, Home, PartEngine
from assets.settings import Settings, load_settings
from etl.lake.retention import Keep, Removal, find_removals, remove
from etl.lake.staleness import is_newer_than_published
from etl.warehouse import run_log
from etl.warehouse.releases import Warehouse, drop_release, old_releases, writing

_SETTINGS = load_settings()


@dataclass(frozen=True, kw_only=True)
class RemovalRow:
    """What goes of one night or release; ``size`` in bytes on disk, about.

    ``documents`` lose it, ``kept_documents`` (rejected ones) keep it; none for a release.
    """

    kind: str
    of: str
    documents: int
    kept_documents: int
    size: int


@dataclass(frozen=True, kw_only=True)
class RetentionReport:
    """What was to go; ``freed`` are the bytes that became free, None where nothing was done."""

    rows: tuple[RemovalRow, ...]
    freed: int | None

    @property
    def size(self) -> int:
        """Bytes that all of it takes, about."""
        return sum(row.size for row in self.rows)


class RetentionConfig(dg.Config):
    """For how long; the defaults are the settings of the code location."""

    keep_raw_days: int = Field(
        default=_SETTINGS.keep_raw_days, ge=0, description="raw bytes of articles; 0: for ever"
    )
    keep_lake_days: int = Field(
        default=_SETTINGS.keep_lake_days, ge=0, description="parsed text; 0: for ever"
    )
    keep_releases: int = Field(
        default=_SETTINGS.keep_releases, ge=1, description="releases kept for rollback"
    )
    dry_run: bool = Field(default=False, description="list what would go, and leave it")


def make_config(
    settings: Settings,
    *,
    raw_days: int | None = None,
    lake_days: int | None = None,
    dry_run: bool = False,
) -> RetentionConfig:
    """The config that the settings ask for, where nothing else is said."""
    return RetentionConfig(
        keep_raw_days=settings.keep_raw_days if raw_days is None else raw_days,
        keep_lake_days=settings.keep_lake_days if lake_days is None else lake_days,
        keep_releases=settings.keep_releases,
        dry_run=dry_run,
    )


@dg.op(out=REPORT, pool=POOL, description="Remove what is older than it is kept, or list it.")
def remove_what_is_old(
    context: dg.OpExecutionContext,
    config: RetentionConfig,
    home: Home,
    part_engine: PartEngine,
    clock: Clock,
) -> RetentionReport:
    """Find it, remove it part by part, tell what went."""
    with writing(home.warehouse, wait_seconds=home.lock_wait_seconds):
        keep = Keep(raw_days=config.keep_raw_days, lake_days=config.keep_lake_days)
        nights = _published_as_they_are(home, part_engine)
        removals = find_removals(home.lake, nights, today=clock.today(), keep=keep)
        rows = (*_by_night(removals), *_of_releases(home.warehouse, config.keep_releases))
        freed = None if config.dry_run else _remove(home, removals, config.keep_releases)
    report = RetentionReport(rows=rows, freed=freed)
    verb = "would go" if config.dry_run else "went"
    context.log.info(f"{verb}: {quantity(len(removals), 'part')}, about {report.size} bytes")
    context.add_output_metadata(_metadata(report))
    return report


def _published_as_they_are(home: Home, part_engine: PartEngine) -> Iterator[date]:
    """Nights whose lake is what was published: of others nobody knows yet what is rejected."""
    night_stages = part_engine.stages()
    for night in run_log.published_nights(home.lake):
        if not is_newer_than_published(home.lake, night_stages, night):
            yield night


def _remove(home: Home, removals: Sequence[Removal], keep_releases: int) -> int:
    freed = sum(remove(home.lake, removal) for removal in removals)
    for release in old_releases(home.warehouse, keep_releases):
        freed += _bytes_of_its_own(home.warehouse, release.stem)
        drop_release(release)
    return freed


def _by_night(removals: Sequence[Removal]) -> Iterator[RemovalRow]:
    for kind, night in dict.fromkeys((r.kind, r.part.night) for r in removals):
        parts = [r for r in removals if (r.kind, r.part.night) == (kind, night)]
        yield RemovalRow(
            kind=kind,
            of=str(night),
            documents=sum(part.documents for part in parts),
            kept_documents=sum(part.kept_documents for part in parts),
            size=sum(part.size for part in parts),
        )


def _of_releases(warehouse: Warehouse, keep: int) -> Iterator[RemovalRow]:
    for release in old_releases(warehouse, keep):
        size = _bytes_of_its_own(warehouse, release.stem)
        yield RemovalRow(kind="release", of=release.stem, documents=0, kept_documents=0, size=size)


def _bytes_of_its_own(warehouse: Warehouse, name: str) -> int:
    """Bytes that nothing else holds: a release is a hard link, perhaps of the published file."""
    status = (warehouse.releases / f"{name}.duckdb").stat()
    return status.st_size if status.st_nlink == 1 else 0


def _metadata(report: RetentionReport) -> Metadata:
    metadata: Metadata = {
        "bytes": report.size,
        "bytes_freed": 0 if report.freed is None else report.freed,
        "was_done": report.freed is not None,
    }
    if report.rows:
        metadata["what"] = table_of_rows([vars(row) for row in report.rows])
    return metadata


@dg.job(
    name="retention",
    config=dg.RunConfig(ops={"remove_what_is_old": RetentionConfig()}),
    executor_def=dg.in_process_executor,
    tags=TAGS,
    description="Remove raw bytes, parsed text and releases that are older than they are kept.",
)
def retention_job() -> None:
    """The retention."""
    remove_what_is_old()
