"""Where things lie in the lake, and what a crash leaves: seals and folders are whole or absent."""

import json
import multiprocessing
import os
from contextlib import suppress
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from etl.errors import StageError
from etl.fingerprint import fingerprint
from etl.lake.store import (
    Lake,
    break_seal,
    note_removal,
    overwrite,
    read_record,
    read_seal,
    read_state,
    recover,
    removed_tables,
    replacing,
    reseal,
    write_seal,
)

NIGHT = date(2026, 3, 1)


def disk_full(path: Path, text: str, **_: object) -> int:
    with path.open("w") as file:
        file.write(text[: len(text) // 2])
    raise OSError("no space left on device")


def test_a_seal_that_is_overwritten_is_never_torn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_seal(tmp_path, "one", {"table": "a"})
    before = read_record(tmp_path)
    monkeypatch.setattr(Path, "write_text", disk_full)
    with pytest.raises(OSError, match="no space"):
        reseal(tmp_path, "two", {})
    with pytest.raises(OSError, match="no space"):
        note_removal(tmp_path, ["articles"])
    assert read_record(tmp_path) == before


def test_a_table_that_is_overwritten_is_never_torn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "articles.parquet"
    overwrite(file, pl.DataFrame({"n": [1]}))

    def fail(_: pl.DataFrame, path: Path) -> None:
        path.write_bytes(b"PAR1")
        raise OSError("no space left on device")

    monkeypatch.setattr(pl.DataFrame, "write_parquet", fail)
    with pytest.raises(OSError, match="no space"):
        overwrite(file, pl.DataFrame({"n": [2]}))
    assert pl.read_parquet(file)["n"].to_list() == [1]


def test_a_part_sealed_anew_keeps_the_state_of_its_rows(tmp_path: Path) -> None:
    assert (read_seal(tmp_path), read_state(tmp_path)) == (None, "")
    write_seal(tmp_path, "one")
    assert (read_seal(tmp_path), read_state(tmp_path)) == ("one", "one")
    reseal(tmp_path, "two", {"table": "b"})
    reseal(tmp_path, "three", {})
    assert (read_seal(tmp_path), read_state(tmp_path)) == ("three", "one")
    assert read_record(tmp_path)["table"] == "b"
    break_seal(tmp_path)
    break_seal(tmp_path)
    assert read_seal(tmp_path) is None


def test_a_seal_tells_which_tables_are_no_longer_whole(tmp_path: Path) -> None:
    write_seal(tmp_path, "one")
    assert removed_tables(tmp_path) == ()
    note_removal(tmp_path, ["articles", "furniture"])
    assert removed_tables(tmp_path) == ("articles", "furniture")
    assert read_seal(tmp_path) == "one"


def test_a_folder_takes_the_others_place_when_all_went_well(tmp_path: Path) -> None:
    folder = tmp_path / "stage" / "part"
    for content in ("one", "two"):
        with replacing(folder) as fresh:
            (fresh / "a").write_text(content)
        assert (folder / "a").read_text() == content
        assert [path.name for path in folder.parent.iterdir()] == ["part"]


def test_a_folder_that_failed_leaves_the_other_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "part"
    with replacing(folder) as fresh:
        (fresh / "a").write_text("one")
    with pytest.raises(ValueError, match="stop"), replacing(folder) as fresh:
        (fresh / "a").write_text("two")
        raise ValueError("stop")
    assert (folder / "a").read_text() == "one"
    with replacing(folder) as fresh:  # what the failed one left is removed
        (fresh / "b").write_text("three")
    assert [path.name for path in tmp_path.iterdir()] == ["part"]
    assert [path.name for path in folder.iterdir()] == ["b"]


WRITERS, TURNS = 4, 12


def _write_often(folder: Path, writer: int) -> None:
    for turn in range(TURNS):
        with replacing(folder, permit=lambda: None) as fresh:
            for name in "ab":
                (fresh / name).write_text(f"{writer} {turn}")


def test_writers_of_one_folder_at_once_leave_it_whole(tmp_path: Path) -> None:
    """As where a worker was taken for dead, and its part given to another."""
    folder = tmp_path / "part"
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write_often, args=(folder, n)) for n in range(WRITERS)]
    for process in writers:
        process.start()
    seen = 0
    while any(process.is_alive() for process in writers):
        # Of an open folder, as a reader has it: the names in it are those of one writer.
        with suppress(FileNotFoundError):
            opened = os.open(folder, os.O_RDONLY)
            found = {_read(opened, name) for name in "ab"} - {None}
            os.close(opened)
            assert len(found) <= 1
            seen += 1
    assert seen and [process.exitcode for process in writers] == [0] * WRITERS
    assert (folder / "a").read_text() == (folder / "b").read_text()
    assert [path.name for path in tmp_path.iterdir()] == ["part"]


def _read(folder: int, name: str) -> str | None:
    """None where the folder was taken out of the way, and is being removed."""
    try:
        file = os.open(name, os.O_RDONLY, dir_fd=folder)
    except FileNotFoundError:
        return None
    with os.fdopen(file) as opened:
        return opened.read()


def test_a_writer_beside_others_leaves_theirs_and_nothing_of_its_own(tmp_path: Path) -> None:
    folder, theirs = tmp_path / "part", tmp_path / ".part.theirs.tmp"
    theirs.mkdir()

    def refuse() -> None:
        assert (next(tmp_path.glob(".part.*[!s].tmp")) / "a").exists()
        raise ValueError("too late")

    with pytest.raises(ValueError, match="too late"), replacing(folder, permit=refuse) as fresh:
        (fresh / "a").write_text("one")
    assert [path.name for path in tmp_path.iterdir()] == [theirs.name]


def test_what_was_moved_out_of_the_way_comes_back_unless_it_was_replaced(tmp_path: Path) -> None:
    folder, old = tmp_path / "part", tmp_path / ".part.7.old.tmp"
    old.mkdir()
    recover(folder)
    assert folder.exists() and not old.exists()
    old.mkdir()
    (old / "a").write_text("older")
    recover(folder)
    assert old.exists() and not (folder / "a").exists()


def test_a_fingerprint_knows_where_one_text_ends() -> None:
    assert fingerprint("ab", "c") != fingerprint("a", "bc") != fingerprint("a", "b", "c")
    assert fingerprint("a", "b") != fingerprint("b", "a")
    assert len(fingerprint("a")) == 32


def raw_part(lake: Lake, name: str, ids: list[str]) -> None:
    folder = lake.night_folder("raw_documents", NIGHT) / name
    folder.mkdir(parents=True)
    pl.DataFrame({"delivery_id": ids}).write_parquet(folder / "part-0000.parquet")


def test_parts_of_a_night_come_by_name_and_know_their_documents(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    raw_part(lake, "batch-0002", ["c"])
    raw_part(lake, "batch-0001", ["b", "a"])
    first, second = lake.raw_parts(NIGHT)
    assert (first.name, second.name) == ("batch-0001.part-0000", "batch-0002.part-0000")
    assert (first.document_count(), second.document_count()) == (2, 1)
    assert first.fingerprint() == fingerprint("a", "b")
    assert not first.is_emptied
    first.removal_record.write_text(json.dumps({}))
    assert first.is_emptied and not second.is_emptied
    assert lake.nights("raw_documents") == [NIGHT]
    assert lake.nights("articles") == []


def test_a_table_is_there_once_every_part_has_it(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    raw_part(lake, "batch-0001", ["a"])
    raw_part(lake, "batch-0002", ["b"])
    expected = []
    for part in lake.raw_parts(NIGHT):
        with pytest.raises(StageError, match="parsed_articles of 2026-03-01 is not finished"):
            lake.table_files("parsed_articles", NIGHT, "furniture")
        folder = lake.part_folder("parsed_articles", NIGHT, part.name)
        folder.mkdir(parents=True)
        pl.DataFrame({"n": [1]}).write_parquet(folder / "furniture.parquet")
        expected.append(folder / "furniture.parquet")
    assert lake.table_files("parsed_articles", NIGHT, "furniture") == expected
