"""A published file that is not as it was published is built anew from the lake."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pytest
from night_lake import logged_runs
from publication import Lay, publish_two, put, stage_night, staged

from etl.errors import PublishError, WarehouseError
from etl.lake.store import Lake
from etl.warehouse.contents import read_contents
from etl.warehouse.digest import digest
from etl.warehouse.release_records import is_changed
from etl.warehouse.releases import (
    Warehouse,
    adopt_published,
    current_release,
    drop_old_releases,
    find_release,
    releases,
    rollback,
)

N1, N2 = date(2026, 3, 1), date(2026, 3, 2)


@pytest.fixture
def warehouse(tmp_path: Path, laid: Lay) -> Warehouse:
    """Two nights published, an article each."""
    return Warehouse(laid(publish_two, tmp_path) / "warehouse")


def cut_short(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def emptied(path: Path) -> None:
    os.truncate(path, 0)


def flip_bits(path: Path) -> None:
    """All of the blocks behind the headers: the file still opens."""
    with path.open("r+b") as file:
        file.seek(3 * 4096 + 512)
        block = file.read(4096)
        file.seek(-4096, os.SEEK_CUR)
        file.write(bytes(byte ^ 0xFF for byte in block))


def other_content(path: Path) -> None:
    path.write_text("a page of an encyclopedia")


def rows_deleted(path: Path) -> None:
    """What somebody does who may write to the file."""
    with duckdb.connect(str(path)) as con:
        con.execute("DELETE FROM articles")


DAMAGES = (
    cut_short,
    rows_deleted,
    *(pytest.param(each, marks=pytest.mark.slow) for each in (emptied, flip_bits, other_content)),
)


@pytest.mark.parametrize("damage", DAMAGES)
def test_the_night_builds_a_damaged_file_anew(
    damage: Callable[[Path], None], warehouse: Warehouse
) -> None:
    release = current_release(warehouse)
    assert release is not None
    damage(warehouse.published)
    assert is_changed(release)
    result = stage_night(warehouse, day=3, logged=logged_runs([N1, N2]))
    assert "not as Dateline published it" in result.anew
    put(warehouse, day=3)
    assert read_contents(warehouse.published).article_count == 3
    staged(warehouse, day=3)
    put(warehouse, day=3)
    assert read_contents(warehouse.published).article_count == 3


def test_a_sound_file_is_copied(warehouse: Warehouse) -> None:
    assert stage_night(warehouse, day=3, logged=logged_runs([N1, N2])).anew == ""


def test_built_from_the_lake_the_file_is_the_same(warehouse: Warehouse) -> None:
    before = digest(warehouse.published)
    result = stage_night(warehouse, day=2, logged=logged_runs([N1, N2]), from_lake=True)
    assert result.anew == "it was asked for"
    put(warehouse, day=3)
    assert digest(warehouse.published) == before


def test_nights_that_only_the_file_knows_come_back_too(warehouse: Warehouse) -> None:
    """A run that was killed right after its rename is in no log."""
    stage_night(warehouse, day=3, logged=logged_runs([N1]), from_lake=True)
    put(warehouse, day=3)
    assert read_contents(warehouse.published).article_count == 3


def test_a_file_is_not_built_from_a_lake_that_has_lost_documents(warehouse: Warehouse) -> None:
    lake = Lake(warehouse.root.parent / "lake")
    (part,) = lake.raw_parts(N1)
    part.path.unlink()
    with pytest.raises(WarehouseError, match="0 of the 1 documents that the night of 2026-03-01"):
        stage_night(warehouse, day=3, logged=logged_runs([N2]), from_lake=True)
    cut_short(warehouse.published)
    runs = logged_runs([N1, N2], delivered=1)
    with pytest.raises(WarehouseError, match=r"restore .*ingested_on=2026-03-01 from a backup"):
        stage_night(warehouse, day=3, logged=runs)


def test_a_release_that_was_damaged_is_not_put_back(warehouse: Warehouse) -> None:
    first, second = releases(warehouse)
    rows_deleted(first)
    assert is_changed(first)
    assert not is_changed(second)
    with pytest.raises(PublishError, match=r"damaged or was changed.*dateline rebuild"):
        rollback(warehouse, find_release(warehouse, "previous"))
    assert current_release(warehouse) == second


def test_a_release_of_before_there_were_records_is_put_back(warehouse: Warehouse) -> None:
    first, _ = releases(warehouse)
    first.with_suffix(".json").unlink()
    rollback(warehouse, first)
    assert current_release(warehouse) == first
    result = stage_night(warehouse, day=3, logged=logged_runs([N1, N2]))
    assert "not as Dateline published it" in result.anew


def test_a_damaged_file_does_not_become_a_release(warehouse: Warehouse) -> None:
    warehouse.published.unlink()
    warehouse.published.write_bytes(b"half a file")
    adopt_published(warehouse)
    assert len(releases(warehouse)) == 2


def test_records_go_with_their_releases(warehouse: Warehouse) -> None:
    first, second = releases(warehouse)
    never = first.with_name("2026-03-01T090000.000000Z.json")
    never.write_text('{"sha256": "of a run that was killed before its rename"}\n')
    drop_old_releases(warehouse, 1)
    assert sorted(path.name for path in warehouse.releases.iterdir()) == sorted(
        [second.name, second.with_suffix(".json").name]
    )
