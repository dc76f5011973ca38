"""The next published file beside the one that it replaces: its manifest, or that nothing differs.

What belongs here: comparing the two at a publication, and what the new one is told to be. What does
not: the comparison itself (comparison.py, reasons.py), the manifest's form (manifest.py) and the
rename (publish.py).

The published file is opened for reading here. Where a client holds it for writing, or has left a
log beside it, a copy is compared instead: such a client is in nobody's way.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import polars as pl

from etl import cloning
from etl.errors import WarehouseError
from etl.schema.views.self_description import VERSION as SCHEMA_VERSION
from etl.warehouse.comparison import (
    Pair,
    comparing,
    differs,
    digests_after,
    moved_stories,
    note_changes,
)
from etl.warehouse.digest import RowsDigest, table_digests
from etl.warehouse.foreign_logs import foreign_logs
from etl.warehouse.layout import discard
from etl.warehouse.manifest import Difference, Manifest, MovedStory
from etl.warehouse.reasons import diff_rows
from etl.warehouse.staging import Staged

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Edition:
    """What the next file is called, when it is published (UTC), and by which program."""

    version: str
    sequence: int
    finished_at: datetime
    program_version: str


@dataclass(frozen=True, kw_only=True)
class Compared:
    """What sets the next file apart from the published one, and the version of that, if any.

    ``is_compared``: there is one, and it could be read.
    """

    is_compared: bool
    version_before: str | None
    tables: dict[str, RowsDigest]
    differences: tuple[Difference, ...]
    is_news: bool
    stories: tuple[MovedStory, ...] = ()


def make_manifest(
    published: Path,
    staging: Path,
    *,
    staged: Staged,
    edition: Edition,
    runs: pl.DataFrame,
    quality_results: pl.DataFrame,
    replaces: str | None = None,
    is_due: bool = False,
) -> Manifest | None:
    """What the staging file will be once it is published; None where it would be nothing new.

    It is nothing new where rows, views and descriptions are those of the published file, which has
    all its nights, and all that was ever published of them. ``staging`` has its rows of the logs by
    now; ``runs`` and ``quality_results`` are all that there are, the own run's included.
    ``replaces`` names the published file where it has no version itself; ``is_due``: it is to be
    published even so.
    """
    compared = _compare(published, staging, staged, runs)
    if not (compared.is_news or staged.anew or is_due):
        return None
    results = quality_results.filter(pl.col("run_id") == staged.run.run_id)
    run = staged.run
    return Manifest(
        version=edition.version,
        version_before=compared.version_before or (replaces if compared.is_compared else None),
        sequence=edition.sequence,
        published_at=edition.finished_at.astimezone(UTC).replace(tzinfo=None),
        nights=staged.all_nights,
        tables=compared.tables,
        passed_count=results.filter("passed").height,
        warnings=tuple(results.filter(~pl.col("passed"))["expectation"].sort()),
        versions={
            "program": edition.program_version,
            "schema": SCHEMA_VERSION,
            "code": run.code_version,
            "model": run.model_version,
            "reference": run.reference_version,
        },
        differences=compared.differences,
        stories=compared.stories,
    )


def _compare(published: Path, staging: Path, staged: Staged, runs: pl.DataFrame) -> Compared:
    if published.exists():
        try:
            with _beside(published, staging) as pair:
                return _compared(pair, staged, runs)
        except WarehouseError as error:
            logger.warning("not compared with the published file: %s", error)
    tables = {name: RowsDigest.read(told) for name, told in table_digests(staging).items()}
    return Compared(
        is_compared=False, version_before=None, tables=tables, differences=(), is_news=True
    )


@contextmanager
def _beside(published: Path, staging: Path) -> Iterator[Pair]:
    copy = staging.with_name("before.duckdb")
    try:
        if _is_held(published):
            cloning.copy(published, copy)
        with comparing(copy if copy.exists() else published, staging) as pair:
            yield pair
    finally:
        discard(copy)


def _is_held(published: Path) -> bool:
    """Whether a client holds it for writing, or did and left a log that would be read with it.

    A damaged file can't be opened either; its copy will tell.
    """
    try:
        duckdb.connect(str(published), read_only=True).close()
    except duckdb.Error:
        return True
    return bool(foreign_logs(published))


def _compared(pair: Pair, staged: Staged, runs: pl.DataFrame) -> Compared:
    note_changes(pair, None if staged.anew else staged.all_nights)
    before, digests = _told_by_old(pair)
    return Compared(
        is_compared=True,
        version_before=before,
        tables=digests_after(pair, {} if staged.anew else digests),
        differences=tuple(map(Difference.of_row, diff_rows(pair).iter_rows(named=True))),
        is_news=differs(pair) or _has_other_runs(pair, staged.run.run_id, runs),
        stories=tuple(
            MovedStory(former=former, now=now, articles=articles, is_gone=is_gone)
            for former, now, articles, is_gone in moved_stories(pair)
        ),
    )


def _told_by_old(pair: Pair) -> tuple[str | None, dict[str, RowsDigest]]:
    """Its version, and the digests of its tables as its manifest has them."""
    if "version" not in pair.old.get("runs", ()) or "release_tables" not in pair.old:
        return None, {}
    row = pair.con.execute("SELECT arg_max(version, sequence) FROM old.runs").fetchone()
    version = None if row is None else row[0]
    rows = pair.con.execute(
        "SELECT table_name, digest FROM old.release_tables WHERE version = ?", [version]
    )
    return version, {name: RowsDigest.read(told) for name, told in rows.fetchall()}


def _has_other_runs(pair: Pair, run_id: str, logged: pl.DataFrame) -> bool:
    """Whether other runs are told of than by the old file and the log.

    It has a night that the old one lacks, or what was published since a rollback; or the log lacks
    a run of the old one, which was killed right after its rename.
    """
    pair.con.register("logged", logged.select("run_id", "ingested_on"))
    found = pair.con.execute(
        """
        SELECT true FROM new.runs ANTI JOIN old.runs USING (ingested_on)
        UNION ALL SELECT true FROM (FROM new.runs WHERE run_id <> ?)
            ANTI JOIN old.runs USING (run_id, ingested_on)
        UNION ALL SELECT true FROM old.runs ANTI JOIN logged USING (run_id, ingested_on)
        LIMIT 1
        """,
        [run_id],
    ).fetchall()
    return bool(found)
