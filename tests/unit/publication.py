"""What tests of publication share: a night staged and audited, and its publication.

What belongs here: small nights with one article each, from the lake to the published file, and
homes in which one or two are published.
What does not: the lake that they are made of (night_lake.py).
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
from night_lake import REFERENCES, RUN, Doc, write_night

from etl import schema
from etl.lake.store import Lake
from etl.warehouse.digest import sha256
from etl.warehouse.editions import Edition
from etl.warehouse.publish import Audit, publish
from etl.warehouse.release_records import published_digests, recorded_version
from etl.warehouse.release_versions import next_version
from etl.warehouse.releases import Warehouse, releases, sequence_of
from etl.warehouse.staging import Staged, stage

SUITE = "suite-1"
FIRST = datetime(2026, 3, 1, 2, tzinfo=UTC)

Lay = Callable[[Callable[[Path], None], Path], Path]
"""Of the fixture ``laid``."""


def staged(warehouse: Warehouse, *, day: int = 1) -> Warehouse:
    """Stage night ``day``, with one article of its own, and its passing audit."""
    stage_night(warehouse, day=day, logged=schema.RUNS.frame())
    return warehouse


def stage_night(
    warehouse: Warehouse, *, day: int, logged: pl.DataFrame, from_lake: bool = False
) -> Staged:
    """What ``staged`` does, for a home with a log of publications."""
    lake = Lake(warehouse.root.parent / "lake")
    night = date(2026, 3, day)
    write_night(lake, night, [Doc(f"d{day}", f"text {day}")])
    result = stage(
        lake,
        warehouse.staging,
        published=warehouse.published,
        nights=[night],
        logged=logged,
        known=published_digests(warehouse.releases),
        run=RUN,
        references=REFERENCES,
        raw_text=bytes.decode,
        from_lake=from_lake,
    )
    result.write(warehouse.staged_record)
    audit(warehouse)
    return result


def publish_one(home: Path) -> None:
    """Publish a first night, with one article."""
    put(staged(Warehouse(home / "warehouse")))


def publish_two(home: Path) -> None:
    """Publish two nights, an article each."""
    publish_one(home)
    put(staged(Warehouse(home / "warehouse"), day=2), day=2)


def audit(warehouse: Warehouse, *, suite: str = SUITE, failed: tuple[str, ...] = ()) -> None:
    Audit(
        staging_sha256=sha256(warehouse.staging),
        suite_fingerprint=suite,
        run_id="run-1",
        failed=failed,
    ).write(warehouse.audit_record)


def put(warehouse: Warehouse, *, day: int = 1, keep: int = 7) -> Path:
    at, kept = FIRST + timedelta(days=day), releases(warehouse)
    return publish(
        warehouse,
        suite_fingerprint=SUITE,
        edition=Edition(
            version=next_version(at.date(), filter(None, map(recorded_version, kept))),
            sequence=1 + max(map(sequence_of, kept), default=0),
            finished_at=at,
            program_version="0",
        ),
        runs=schema.RUNS.frame(),
        quality_results=quality_results(),
        manifests=[],
        keep=keep,
    ).release


def quality_results() -> pl.DataFrame:
    return schema.QUALITY_RESULTS.frame(
        [
            {
                "run_id": "run-1",
                "ingested_on": date(2026, 3, 1),
                "suite": "rows",
                "expectation": "e",
                "table_name": "articles",
                "passed": False,
                "severity": "warning",
                "unexpected_count": 3,
            }
        ]
    )
