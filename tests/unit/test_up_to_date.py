"""What a publication was made of: any change of it, and of the file, has it made again."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from night_lake import Doc, write_night

from etl.lake.store import Lake
from etl.warehouse.releases import Warehouse
from etl.warehouse.up_to_date import is_up_to_date, note_publication

N1, N2 = date(2026, 3, 1), date(2026, 3, 2)
VERSIONS = ("code", "suite")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Two nights in the lake, and a file that was published with the second."""
    write_night(lake_of(tmp_path), N1, [Doc("d1", "x")])
    write_night(lake_of(tmp_path), N2, [Doc("d2", "y")])
    warehouse = Warehouse(tmp_path / "warehouse")
    warehouse.root.mkdir()
    warehouse.published.write_bytes(b"published")
    note_publication(warehouse, lake_of(tmp_path), [N2], versions=VERSIONS)
    return tmp_path


def lake_of(home: Path) -> Lake:
    return Lake(home / "lake")


def stands(home: Path, *nights: date, versions: tuple[str, ...] = VERSIONS) -> bool:
    warehouse = Warehouse(home / "warehouse")
    return is_up_to_date(warehouse, lake_of(home), nights, versions=versions)


def test_nothing_has_changed(home: Path) -> None:
    assert stands(home, N2)


def test_only_the_nights_that_were_published_last_have_been_audited(home: Path) -> None:
    assert not stands(home, N1)
    assert not stands(home, N1, N2)


def test_another_version_of_what_makes_it(home: Path) -> None:
    assert not stands(home, N2, versions=("code", "another suite"))


def first_part(home: Path) -> Path:
    return lake_of(home).raw_parts(N1)[0].path


def publish_another(home: Path) -> None:
    published = Warehouse(home / "warehouse").published
    published.rename(published.with_suffix(".old"))
    published.write_bytes(b"published")
    os.utime(published, ns=(0, published.with_suffix(".old").stat().st_mtime_ns))


CHANGES: dict[str, Callable[[Path], object]] = {
    "a claim": lambda home: write_night(lake_of(home), date(2026, 3, 3), [Doc("d3", "z")]),
    "a part cut short": lambda home: os.truncate(first_part(home), 9),
    "a part written again": lambda home: os.utime(first_part(home), (1, 1)),
    "a part gone": lambda home: first_part(home).unlink(),
    "a withdrawal": lambda home: (home / "lake" / "withdrawal.json").write_text("{}"),
    "the file gone": lambda home: Warehouse(home / "warehouse").published.unlink(),
    "another file, as after a rollback": publish_another,
    "the file written to": lambda home: os.utime(Warehouse(home / "warehouse").published, (1, 1)),
    "a log beside the file": lambda home: (home / "warehouse/dateline.duckdb.wal").write_bytes(
        b"x"
    ),
    "a damaged note": lambda home: Warehouse(home / "warehouse").made_of_record.write_text("{"),
    "no note": lambda home: Warehouse(home / "warehouse").made_of_record.unlink(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_has_changed_is_made_again(home: Path, change: str) -> None:
    CHANGES[change](home)
    assert not stands(home, N2)


def test_what_is_still_being_written_and_scores_are_not_part_of_it(home: Path) -> None:
    (home / "lake" / ".batch-0002.17.tmp").mkdir()
    (home / "lake" / ".batch-0002.17.tmp" / "part.parquet").touch()
    (home / "lake" / "golden_scores").mkdir()
    (home / "lake" / "golden_scores" / "v.json").write_text("{}")
    assert stands(home, N2)
