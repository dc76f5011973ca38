"""Which version the next published file has, and finding a release by it."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from etl import schema
from etl.errors import PublishError
from etl.lake.store import Lake
from etl.warehouse.release_records import recorded_version, write_record
from etl.warehouse.release_versions import next_version
from etl.warehouse.releases import Warehouse, find_release, keep_release, label_of, release_at
from etl.warehouse.run_log import version_on, write_runs

DAY = date(2026, 3, 1)
AT = datetime(2026, 3, 1, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("taken", "version"),
    [
        ((), "2026.03.01"),
        (("2026.02.28", "2026.03.02", "2026.03.02.4"), "2026.03.01"),
        (("2026.03.01",), "2026.03.01.1"),
        (("2026.03.01", "2026.03.01.1"), "2026.03.01.2"),
        (("2026.03.01", "2026.03.01.9", "2026.03.01.10"), "2026.03.01.11"),
        (("2026.03.01.3",), "2026.03.01.4"),  # those before it were dropped
        (("2026.03.011", "v2026.03.01", "2026.03.01.x"), "2026.03.01"),
    ],
)
def test_a_version_is_above_all_others_of_its_day(taken: tuple[str, ...], version: str) -> None:
    assert next_version(DAY, taken) == version


def test_versions_of_releases_and_of_the_log_are_taken(tmp_path: Path) -> None:
    """A run killed after its rename left a release that the log does not know."""
    lake, warehouse = Lake(tmp_path / "lake"), Warehouse(tmp_path / "warehouse")
    assert version_on(lake, warehouse, DAY) == "2026.03.01"
    release(warehouse, 1, version="2026.03.01")
    assert version_on(lake, warehouse, DAY) == "2026.03.01.1"
    run = {"run_id": "run-1", "ingested_on": DAY, "version": "2026.03.01.5"}
    write_runs(lake, "run-1", schema.RUNS.frame([run]))
    assert version_on(lake, warehouse, DAY) == "2026.03.01.6"


def test_a_release_is_found_by_its_version_before_its_name(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path / "warehouse")
    first = release(warehouse, 1, version="2026.03.01")
    second = release(warehouse, 2, version="2026.03.01.1")
    old = release(warehouse, 3, version=None)
    assert find_release(warehouse, "2026.03.01") == first
    assert find_release(warehouse, "2026.03.01.1") == second
    assert find_release(warehouse, old.stem) == old
    assert [label_of(path) for path in (first, old)] == ["2026.03.01", old.stem]
    with pytest.raises(PublishError, match=r"begins with '2026\.03\.02'; kept are: 2026"):
        find_release(warehouse, "2026.03.02")


def test_a_record_of_before_there_were_versions_has_none(tmp_path: Path) -> None:
    record = tmp_path / "2026-03-01T020000.000000Z-0001.json"
    record.write_text('{"sha256": "a digest"}\n')
    assert recorded_version(record.with_suffix(".duckdb")) is None


def release(warehouse: Warehouse, number: int, *, version: str | None) -> Path:
    """A kept release with its record."""
    path = release_at(warehouse, AT, number)
    warehouse.root.mkdir(exist_ok=True)
    warehouse.published.write_text(f"file {number}")
    write_record(path, f"digest {number}", {"version": version})
    keep_release(warehouse, path)
    warehouse.published.unlink()
    return path
