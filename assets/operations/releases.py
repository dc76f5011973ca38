"""List the kept releases; put one of them back."""

import logging
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import dagster as dg
from pydantic import Field

from assets.night.columns import Metadata, table_of_rows
from assets.night.plurals import span_of
from assets.night.uploaded import Uploading, upload
from assets.operations.job import REPORT, TAGS
from assets.resources import POOL, Home
from etl.errors import PublishError, WarehouseError
from etl.lake.withdrawals import read_tombstones, withdrawn_deliveries
from etl.warehouse import run_log
from etl.warehouse.contents import Contents, nights_behind, nights_holding, read_contents
from etl.warehouse.release_records import recorded_version
from etl.warehouse.releases import (
    current_release,
    find_release,
    label_of,
    published_at,
    releases,
    rollback,
    writing,
)

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class ReleaseRow:
    """One kept release. ``last_nights`` are those that its run wrote; the size is in bytes.

    Of one that is damaged nothing is known but name, version and size. ``version`` is '' for one of
    before files had versions.
    """

    name: str
    version: str
    published_at: datetime
    size: int
    article_count: int
    nights: tuple[date, ...]
    last_nights: tuple[date, ...]
    is_current: bool
    is_damaged: bool = False


@dataclass(frozen=True, kw_only=True)
class RollbackReport:
    """What was put back, in whose place, and the nights that the file now lacks.

    ``label`` is the version of the release, else its name; ``uploading`` is what became of its
    upload.
    """

    release: str
    label: str
    replaced: str | None
    behind: tuple[date, ...]
    uploading: Uploading = field(default_factory=Uploading)


def list_releases(home: Home) -> list[ReleaseRow]:
    """The kept releases, newest first."""
    warehouse = home.warehouse
    current = current_release(warehouse)
    rows = []
    for release in reversed(releases(warehouse)):
        contents = _contents(release)
        rows.append(
            ReleaseRow(
                name=release.stem,
                version=recorded_version(release) or "",
                published_at=published_at(release),
                size=release.stat().st_size,
                article_count=contents.article_count if contents else 0,
                nights=contents.nights if contents else (),
                last_nights=contents.last_nights if contents else (),
                is_current=release == current,
                is_damaged=contents is None,
            )
        )
    return rows


def _contents(release: Path) -> Contents | None:
    try:
        return read_contents(release)
    except WarehouseError:
        return None


def roll_back(home: Home, name: str, *, log: logging.Logger = logger) -> RollbackReport:
    """Put a kept release in place, under the writer's lock, and have the pointer name it.

    Raises PublishError where no one release is called so, or it holds a withdrawn article.
    """
    warehouse = home.warehouse
    with writing(warehouse, wait_seconds=home.lock_wait_seconds):
        release = find_release(warehouse, name)
        _refuse_withdrawn(home, release)
        replaced = current_release(warehouse)
        rollback(warehouse, release)
        uploading = upload(home, log=log)
    return RollbackReport(
        release=release.stem,
        label=label_of(release),
        replaced=label_of(replaced) if replaced else None,
        behind=tuple(nights_behind(warehouse.published, run_log.read_runs(home.lake))),
        uploading=uploading,
    )


def _refuse_withdrawn(home: Home, release: Path) -> None:
    if not read_tombstones(home.lake):
        return
    withdrawn = withdrawn_deliveries(home.lake, home.lake.nights("raw_documents"))
    if nights := nights_holding(release, withdrawn["delivery_id"].to_list()):
        raise PublishError(
            f"release {release.stem} still holds a withdrawn article, of the night of "
            f"{nights[0]}: it stays where it is"
        )


class ReleasesConfig(dg.Config):
    """Nothing to choose."""


class RollbackConfig(dg.Config):
    """Which release to put back."""

    release: str = Field(
        default="previous",
        description="a release's version or name, or how the name begins; 'previous': the one "
        "before the current",
    )


@dg.op(out=REPORT, pool=POOL, description="Describe every kept release.")
def describe_releases(
    context: dg.OpExecutionContext, config: ReleasesConfig, home: Home
) -> list[ReleaseRow]:
    """The kept releases as a table on the run's page."""
    del config
    rows = list_releases(home)
    if rows:
        context.add_output_metadata({"releases": table_of_rows([_shown(row) for row in rows])})
    return rows


def _shown(row: ReleaseRow) -> Metadata:
    return {
        "version": row.version,
        "release": row.name,
        "state": state_of(row),
        "megabytes": round(row.size / 1e6, 1),
        "articles": row.article_count,
        "nights": span_of(row.nights),
        "last run wrote": span_of(row.last_nights),
    }


def state_of(row: ReleaseRow) -> str:
    """In a word: current, damaged, both or nothing to tell."""
    return ", ".join(["current"] * row.is_current + ["damaged"] * row.is_damaged)


@dg.op(out=REPORT, pool=POOL, description="Put a kept release back in place, by one rename.")
def put_release_back(
    context: dg.OpExecutionContext, config: RollbackConfig, home: Home
) -> RollbackReport:
    """Roll back; the nights that the older file lacks return with the next publication.

    Raises UploadError where it is published here, and the pointer of uploads still names another.
    """
    report = roll_back(home, config.release, log=context.log)
    context.log.info(f"published is release {report.label} again")
    metadata: Metadata = {
        "release": report.release,
        "version": report.label,
        "replaced": report.replaced or "none",
        "nights_that_return_with_the_next_publication": [str(n) for n in report.behind],
        **report.uploading.metadata,
    }
    context.log_event(dg.AssetObservation("published", metadata=metadata))
    context.add_output_metadata(metadata)
    report.uploading.check()
    return report


@dg.job(
    name="releases",
    config=dg.RunConfig(ops={"describe_releases": ReleasesConfig()}),
    executor_def=dg.in_process_executor,
    tags=TAGS,
    description="List the kept releases: when published, how large, which nights.",
)
def releases_job() -> None:
    """The list of releases."""
    describe_releases()


@dg.job(
    name="rollback",
    config=dg.RunConfig(ops={"put_release_back": RollbackConfig()}),
    executor_def=dg.in_process_executor,
    tags=TAGS,
    description="Put an earlier release back in place. It lasts until the next publication.",
)
def rollback_job() -> None:
    """The rollback."""
    put_release_back()
