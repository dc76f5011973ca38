"""Kept releases: which is published, what they are called, rolling back."""

import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import etl.durability
from etl.errors import PublishError
from etl.warehouse.digest import sha256
from etl.warehouse.release_records import write_record
from etl.warehouse.releases import (
    Warehouse,
    adopt_published,
    clock_fault,
    current_release,
    drop_old_releases,
    find_release,
    keep_release,
    published_at,
    release_at,
    releases,
    rollback,
    sequence_of,
)

FIRST = datetime(2026, 3, 1, 2, tzinfo=UTC)


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    """Three releases, the last of them published."""
    warehouse = Warehouse(tmp_path)
    for day in range(3):
        publish_text(warehouse, f"file {day}", FIRST + timedelta(days=day))
    return warehouse


def publish_text(warehouse: Warehouse, text: str, at: datetime) -> None:
    """Publish a file that holds a text."""
    candidate = warehouse.root / "candidate"
    candidate.write_text(text)
    candidate.replace(warehouse.published)
    publish(warehouse, at)


def publish(warehouse: Warehouse, at: datetime) -> None:
    """Keep what is published, with its record."""
    sequence = 1 + max(map(sequence_of, releases(warehouse)), default=0)
    release = release_at(warehouse, at, sequence)
    write_record(release, sha256(warehouse.published))
    keep_release(warehouse, release)


def name_of(release: Path | None) -> str:
    assert release is not None
    return release.stem[:10]


def test_the_published_release_is_the_current_one(warehouse: Warehouse) -> None:
    assert name_of(current_release(warehouse)) == "2026-03-03"


def test_a_release_is_named_after_its_instant(warehouse: Warehouse) -> None:
    first = releases(warehouse)[0]
    assert first.stem == "2026-03-01T020000.000000Z-0001"
    assert published_at(first) == FIRST


def test_releases_of_before_they_were_numbered_come_first(warehouse: Warehouse) -> None:
    old = warehouse.releases / "2031-01-01T000000.000000Z.duckdb"
    old.write_text("an old file")
    assert releases(warehouse)[0] == old
    assert sequence_of(old) == 0
    assert published_at(old) == datetime(2031, 1, 1, tzinfo=UTC)
    assert find_release(warehouse, "2031") == old


@pytest.mark.parametrize("keep", [2, 3])
def test_a_clock_that_was_in_the_future_drops_nothing_new(warehouse: Warehouse, keep: int) -> None:
    """One publication by a clock that was years ahead, then others by the clock set right."""
    publish_text(warehouse, "of the future", datetime(2031, 1, 1, tzinfo=UTC))
    for day in (4, 5):
        publish_text(warehouse, f"file {day}", FIRST + timedelta(days=day))
        drop_old_releases(warehouse, keep)
        current = current_release(warehouse)
        assert current == releases(warehouse)[-1]
        assert name_of(current) == f"2026-03-0{day + 1}"
    rollback(warehouse, find_release(warehouse, "previous"))
    assert warehouse.published.read_text() == "file 4"


def test_a_clock_that_was_set_back_is_told(warehouse: Warehouse) -> None:
    last = published_at(releases(warehouse)[-1])
    assert clock_fault(warehouse, last) == ""
    assert clock_fault(warehouse, last - timedelta(minutes=4)) == ""
    fault = clock_fault(warehouse, last - timedelta(minutes=6))
    assert fault.startswith("the last release, 2026-03-03T020000.000000Z-0003, is later than now")
    assert clock_fault(Warehouse(warehouse.root / "none"), last) == ""


def test_nothing_is_current_where_nothing_is_published(tmp_path: Path) -> None:
    assert current_release(Warehouse(tmp_path)) is None


def test_a_copy_is_known_by_its_bytes(warehouse: Warehouse) -> None:
    """On a file system without hard links a release is a copy of the published file."""
    copy = warehouse.root / "copy"
    shutil.copyfile(warehouse.published, copy)
    copy.replace(warehouse.published)
    assert name_of(current_release(warehouse)) == "2026-03-03"
    adopt_published(warehouse)
    assert len(releases(warehouse)) == 3


def test_a_published_file_that_no_release_holds_is_adopted(warehouse: Warehouse) -> None:
    releases(warehouse)[-1].unlink()
    assert current_release(warehouse) is None
    adopt_published(warehouse)
    assert name_of(current_release(warehouse)) == "2026-03-03"


@pytest.mark.parametrize(
    ("name", "found"),
    [("2026-03-01", "2026-03-01"), ("previous", "2026-03-02")],
)
def test_a_release_is_found_by_how_it_begins(warehouse: Warehouse, name: str, found: str) -> None:
    assert name_of(find_release(warehouse, name)) == found


@pytest.mark.parametrize("name", ["2026-03", "2025", "", "next"])
def test_a_name_that_is_not_one_release_says_which_there_are(
    warehouse: Warehouse, name: str
) -> None:
    with pytest.raises(PublishError, match=r"(kept are|name one of): 2026-03-01.*, 2026-03-03"):
        find_release(warehouse, name)


def days_kept(warehouse: Warehouse, *, keep: int) -> list[str]:
    drop_old_releases(warehouse, keep)
    return [f"{published_at(release):%d.%H}" for release in releases(warehouse)]


def test_the_oldest_releases_go_where_each_is_of_another_day(warehouse: Warehouse) -> None:
    assert days_kept(warehouse, keep=5) == ["01.02", "02.02", "03.02"]
    assert days_kept(warehouse, keep=2) == ["02.02", "03.02"]
    assert days_kept(warehouse, keep=1) == ["03.02"]


def test_reruns_of_one_night_leave_earlier_days_to_go_back_to(warehouse: Warehouse) -> None:
    for hour in range(1, 8):
        publish(warehouse, FIRST + timedelta(days=2, hours=hour))
        kept = days_kept(warehouse, keep=4)
    assert kept == ["01.02", "02.02", "03.08", "03.09"]
    assert days_kept(warehouse, keep=2) == ["03.08", "03.09"]


def test_a_copy_is_on_disk_before_it_is_put_in_place(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there are no hard links, a power cut must not leave half a file in its place."""
    synced: list[Path] = []

    def refuse(*_: object) -> None:
        raise OSError("no hard links here")

    monkeypatch.setattr(os, "link", refuse)
    monkeypatch.setattr(etl.durability, "sync", synced.append)
    rollback(warehouse, releases(warehouse)[0])
    assert [path.name for path in synced] == [
        *(".rollback.duckdb", ".rollback.duckdb"),
        warehouse.root.name,
    ]


def test_previous_goes_back_step_by_step_and_then_no_further(warehouse: Warehouse) -> None:
    for day in (2, 1):
        rollback(warehouse, find_release(warehouse, "previous"))
        assert name_of(current_release(warehouse)) == f"2026-03-0{day}"
    with pytest.raises(PublishError):
        find_release(warehouse, "previous")
