"""Backups of a home: whole or absent, cheap, and what comes back is what was there."""

import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from etl.errors import WarehouseError
from etl.warehouse import backups
from etl.warehouse.backups import back_up, drop_backups, restore
from etl.warehouse.release_records import write_record

NOW = datetime(2026, 3, 2, 3, tzinfo=UTC)
PART = "lake/raw_documents/ingested_on=2026-03-01/batch-0001/part-0000.parquet"
RELEASE = "warehouse/releases/2026-03-01T020000Z-0001"


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def contents(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text() for path in files}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    home = tmp_path / "home"
    for name in (
        PART,
        "lake/runs/one.parquet",
        "tables/sources.csv",
        "expectations/own.py",
        "dagster/history/runs.db",
    ):
        write(home / name, name)
    write(home / "lake/articles/.batch-0001.part-0000.77.tmp/articles.parquet", "half")
    write(home / f"{RELEASE}.duckdb", "articles")
    os.link(home / f"{RELEASE}.duckdb", home / "warehouse/dateline.duckdb")
    write_record(home / f"{RELEASE}.duckdb", "a digest")
    write(home / "warehouse/staging/dateline.duckdb", "half")
    return home


KEPT = {
    *(
        PART,
        "lake/runs/one.parquet",
        "tables/sources.csv",
        "expectations/own.py",
        "warehouse/dateline.duckdb",
    ),
    f"{RELEASE}.json",
}


def test_a_backup_comes_back_as_it_was(home: Path, tmp_path: Path) -> None:
    made = back_up(home, tmp_path / "backups", now=NOW)
    assert (made.path.name, made.files, made.copied) == ("2026-03-02T030000Z", 6, 6)
    before = contents(home)
    times = {name: (home / name).stat().st_mtime_ns for name in KEPT}
    shutil.rmtree(home)
    assert restore(made.path, home) == 6
    assert contents(home) == {name: before[name] for name in KEPT}
    assert {name: (home / name).stat().st_mtime_ns for name in KEPT} == times


def test_what_is_as_it_was_is_not_copied_again(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    first = back_up(home, folder, now=NOW)
    write(home / "lake/runs/two.parquet", "two")
    (home / "tables/sources.csv").write_text("other")
    second = back_up(home, folder, now=NOW + timedelta(days=1))
    assert (second.files, second.copied) == (7, 2)
    assert (second.path / PART).samefile(first.path / PART)
    assert (first.path / "tables/sources.csv").read_text() == "tables/sources.csv"
    assert (second.path / "tables/sources.csv").read_text() == "other"
    assert drop_backups(folder, keep=1) == [first.path]
    assert contents(second.path)[PART] == PART
    shutil.rmtree(home)
    assert restore(second.path, home) == 7


def test_two_backups_of_one_second_have_a_name_each(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    first, second, third = (back_up(home, folder, now=NOW).path for _ in range(3))
    assert [first, second, third] == backups.backups(folder)
    assert contents(first).keys() == contents(third).keys()


def test_a_disk_without_hard_links_gets_copies(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(home, tmp_path / "backups", now=NOW)

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    second = back_up(home, tmp_path / "backups", now=NOW + timedelta(days=1))
    assert second.copied == second.files == 6


def test_a_backup_that_was_killed_is_none(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "backups"

    def die(_: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(backups, "sync_tree", die)
        with pytest.raises(KeyboardInterrupt):
            back_up(home, folder, now=NOW)
    assert backups.backups(folder) == []
    back_up(home, folder, now=NOW)
    assert [path.name for path in folder.iterdir()] == ["2026-03-02T030000Z"]


@pytest.mark.parametrize("name", sorted(KEPT))
@pytest.mark.parametrize("is_gone", [True, False])
def test_a_damaged_backup_is_refused_and_the_home_left_alone(
    home: Path, tmp_path: Path, name: str, is_gone: bool
) -> None:
    made = back_up(home, tmp_path / "backups", now=NOW)
    (made.path / name).unlink() if is_gone else (made.path / name).write_text("else")
    fresh = tmp_path / "fresh"
    with pytest.raises(WarehouseError, match=f"{name} is damaged"):
        restore(made.path, fresh)
    assert [path.name for path in fresh.iterdir() if path.name != ".restore.tmp"] == []
    shutil.rmtree(made.path)
    assert restore(back_up(home, tmp_path / "backups", now=NOW).path, fresh) == 6


@pytest.mark.parametrize("name", ["lake", "tables", "expectations", "warehouse"])
def test_nothing_is_put_in_the_place_of_a_home_that_is_there(
    home: Path, tmp_path: Path, name: str
) -> None:
    made = back_up(home, tmp_path / "backups", now=NOW)
    (tmp_path / "other" / name).mkdir(parents=True)
    with pytest.raises(WarehouseError, match=f"has {name}: move that away"):
        restore(made.path, tmp_path / "other")


def test_what_is_no_backup_is_not_restored(home: Path, tmp_path: Path) -> None:
    with pytest.raises(WarehouseError, match="no finished backup"):
        restore(home, tmp_path / "other")


def test_no_backup_lies_in_the_home_or_is_made_of_nothing(home: Path, tmp_path: Path) -> None:
    with pytest.raises(WarehouseError, match="would be lost with it"):
        back_up(home, home / "backups", now=NOW)
    with pytest.raises(WarehouseError, match="nothing to back up"):
        back_up(tmp_path / "none", tmp_path / "backups", now=NOW)
