"""Claims: what is new is taken once, whole, and cut into bounded parts."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

import etl.landing.scan
from etl.errors import LandingError
from etl.lake.store import Lake
from etl.landing.claims import Claim, Limits, claim
from etl.landing.scan import scan

NIGHT = date(2026, 3, 1)
NEXT_NIGHT = date(2026, 3, 2)
LATER = datetime(2100, 1, 1, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "landing"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.txt").write_text("Alpha.")
    (folder / "deep" / "b.txt").write_text("Beta.")
    return folder


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake")


def take(
    folder: Path, lake: Lake, night: date = NIGHT, *, now: datetime = LATER, part: int = 100
) -> Claim:
    found = scan(folder, now=now, settle_seconds=5)
    return claim(found, lake, night=night, limits=Limits(part_documents=part))


def claimed(lake: Lake, night: date = NIGHT) -> pl.DataFrame:
    frames = [pl.read_parquet(p.path, hive_partitioning=False) for p in lake.raw_parts(night)]
    return pl.concat(frames).sort("path")


def test_a_claim_keeps_bytes_and_names(folder: Path, lake: Lake) -> None:
    assert take(folder, lake).document_count == 2
    rows = claimed(lake)
    assert rows["path"].to_list() == ["a.txt", "deep/b.txt"]
    assert rows["raw"].to_list() == [b"Alpha.", b"Beta."]


def test_a_second_claim_takes_nothing(folder: Path, lake: Lake) -> None:
    take(folder, lake)
    assert take(folder, lake).document_count == 0
    assert take(folder, lake, NEXT_NIGHT).document_count == 0
    assert len(lake.raw_parts(NIGHT)) == 1


def test_a_new_file_is_added_as_a_batch_of_its_own(folder: Path, lake: Lake) -> None:
    take(folder, lake)
    (folder / "c.txt").write_text("Gamma.")
    assert take(folder, lake).document_count == 1
    assert [part.name for part in lake.raw_parts(NIGHT)] == [
        "batch-0001.part-0000",
        "batch-0002.part-0000",
    ]


def test_a_file_that_was_only_touched_is_not_delivered_again(folder: Path, lake: Lake) -> None:
    take(folder, lake)
    os.utime(folder / "a.txt", (1, 1))
    assert take(folder, lake, NEXT_NIGHT).document_count == 0
    assert take(folder, lake, NEXT_NIGHT).file_count == 0


def test_files_are_known_by_as_much_as_an_earlier_version_noted(folder: Path, lake: Lake) -> None:
    take(folder, lake)
    (noted,) = lake.root.rglob("files.parquet")
    rows = pl.read_parquet(noted, hive_partitioning=False)
    rows.drop("ctime_ns", "sidecar_size").with_columns(inode=1).write_parquet(noted)
    (folder / "c.txt").write_text("Gamma.")
    assert take(folder, lake, NEXT_NIGHT).file_count == 1
    os.utime(folder / "a.txt", (1, 1))
    again = take(folder, lake, NEXT_NIGHT)
    assert (again.file_count, again.document_count) == (1, 0)
    assert take(folder, lake, NEXT_NIGHT).file_count == 0


def test_documents_are_known_in_parts_of_another_structure(folder: Path, lake: Lake) -> None:
    take(folder, lake)
    (folder / "c.txt").write_text("Gamma.")
    take(folder, lake, NEXT_NIGHT)
    (part,) = lake.raw_parts(NEXT_NIGHT)
    rows = pl.read_parquet(part.path, hive_partitioning=False)
    rows.with_columns(pages=1).drop("given_language").write_parquet(part.path)
    for name in ("a.txt", "c.txt"):
        os.utime(folder / name, (1, 1))
    assert take(folder, lake, NEXT_NIGHT).document_count == 0


def test_a_file_that_changed_in_place_is_a_new_delivery(folder: Path, lake: Lake) -> None:
    take(folder, lake)
    (folder / "a.txt").write_text("Alpha, corrected.")
    assert take(folder, lake, NEXT_NIGHT).document_count == 1
    assert claimed(lake, NEXT_NIGHT)["raw"].to_list() == [b"Alpha, corrected."]


def test_a_drop_that_grew_delivers_its_new_lines_only(folder: Path, lake: Lake) -> None:
    drop = folder / "d.jsonl"
    drop.write_text('{"text": "1"}\n')
    take(folder, lake)
    drop.write_text('{"text": "0"}\n{"text": "1"}\n')
    assert take(folder, lake, NEXT_NIGHT).document_count == 1
    assert claimed(lake, NEXT_NIGHT)["raw"].to_list() == [b"0"]


def test_equal_lines_of_a_drop_are_deliveries_of_their_own(folder: Path, lake: Lake) -> None:
    (folder / "d.jsonl").write_text('{"text": "same"}\n' * 3)
    take(folder, lake)
    assert claimed(lake)["delivery_id"].n_unique() == 5


def test_a_sidecar_that_comes_later_makes_a_new_delivery(folder: Path, lake: Lake) -> None:
    take(folder, lake)
    (folder / "a.json").write_text('{"published_at": "2024-01-02"}')
    assert take(folder, lake, NEXT_NIGHT).document_count == 1
    assert claimed(lake, NEXT_NIGHT)["given_published_at"].to_list() == ["2024-01-02"]


def test_delivery_ids_do_not_depend_on_the_cut(folder: Path, lake: Lake, tmp_path: Path) -> None:
    for number in range(30):
        (folder / f"n{number}.txt").write_text(f"Number {number}.")
    take(folder, lake)
    other = Lake(tmp_path / "other")
    take(folder, other, part=4)
    assert len(other.raw_parts(NIGHT)) > 3
    assert set(claimed(other)["delivery_id"]) == set(claimed(lake)["delivery_id"])


def test_parts_are_cut_and_sorted_by_content_hash(folder: Path, lake: Lake) -> None:
    for number in range(30):
        (folder / f"n{number}.txt").write_text(f"Number {number}.")
    take(folder, lake, part=4)
    parts = [pl.read_parquet(part.path) for part in lake.raw_parts(NIGHT)]
    hashes = [sha for part in parts for sha in part["sha256"]]
    assert hashes == sorted(hashes)


def test_files_being_written_wait(folder: Path, lake: Lake) -> None:
    (folder / "c.txt.part").write_text("half")
    os.utime(folder / "a.txt", (2_000_000_000, 2_000_000_000))
    result = take(folder, lake, now=datetime.fromtimestamp(2_000_000_004, tz=UTC))
    assert result.waiting == ("a.txt", "c.txt.part")
    assert result.document_count == 1
    assert take(folder, lake, now=datetime.fromtimestamp(2_000_000_006, tz=UTC)).file_count == 1


def test_other_files_are_ignored_and_named(folder: Path, lake: Lake) -> None:
    (folder / "notes.md").write_text("x")
    (folder / ".hidden.txt").write_text("x")
    (folder / "link.txt").symlink_to(folder / "a.txt")
    result = take(folder, lake)
    assert result.ignored == ("notes.md",)
    assert result.document_count == 2


@pytest.mark.parametrize("ending", [".txt", ".TXT", ".txt.gz"])
def test_a_sidecar_is_not_ignored_however_its_text_is_called(tmp_path: Path, ending: str) -> None:
    (tmp_path / f"a{ending}").write_text("Alpha.")
    for name in ("a.json", "b.json"):
        (tmp_path / name).write_text("{}")
    assert scan(tmp_path, now=LATER, settle_seconds=0).ignored == ("b.json",)


def test_what_is_taken_away_during_the_scan_is_passed_over(
    folder: Path, lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "gone").mkdir()
    (folder / "gone" / "c.txt").write_text("Gamma.")
    walk = etl.landing.scan._walk

    def slow(below: Path) -> Iterator[dict[str, os.DirEntry[str]]]:
        for siblings in walk(below):
            (folder / "a.txt").unlink(missing_ok=True)
            shutil.rmtree(folder / "gone", ignore_errors=True)
            yield siblings

    monkeypatch.setattr(etl.landing.scan, "_walk", slow)
    assert take(folder, lake).file_count == 1
    assert claimed(lake)["path"].to_list() == ["deep/b.txt"]


def test_a_name_that_is_no_utf8_is_claimed(folder: Path, lake: Lake) -> None:
    Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.txt")).write_text("Delta.")
    take(folder, lake)
    assert claimed(lake)["path"].to_list()[1] == "caf\\xe9.txt"


def test_a_killed_claim_leaves_nothing_that_counts(folder: Path, lake: Lake) -> None:
    leftover = lake.night_folder("raw_documents", NIGHT) / ".batch-0001.99999.tmp"
    leftover.mkdir(parents=True)
    (leftover / "part-0000.parquet").write_text("half")
    assert take(folder, lake).document_count == 2
    assert not leftover.exists()


def test_no_landing_folder_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(LandingError, match="nowhere"):
        scan(tmp_path / "nowhere", now=LATER, settle_seconds=0)
