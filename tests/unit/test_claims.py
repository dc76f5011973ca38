"""Claims: what is new is taken once, whole, and cut into bounded parts."""

import errno
import os
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest
from landed import LATER, NIGHT, claimed, drop, take, two_texts

from etl.errors import LandingError
from etl.lake.store import Lake
from etl.landing import claims
from etl.landing.drops import Document, read_documents
from etl.landing.limits import Limits
from etl.landing.scan import scan

NEXT_NIGHT = date(2026, 3, 2)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return two_texts(tmp_path / "landing")


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake")


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


@pytest.mark.parametrize("spoil", [lambda file: file.write_bytes(b""), Path.unlink])
def test_files_are_known_by_their_documents_where_the_manifest_is_damaged_or_gone(
    folder: Path, lake: Lake, spoil: Callable[[Path], object]
) -> None:
    take(folder, lake)
    (noted,) = lake.root.rglob("files.parquet")
    spoil(noted)
    (folder / "a.txt").write_text("Alpha, corrected.")
    (folder / "c.txt").write_text("Gamma.")
    assert take(folder, lake, NEXT_NIGHT).document_count == 2
    assert set(claimed(lake, NEXT_NIGHT)["raw"]) == {b"Alpha, corrected.", b"Gamma."}
    assert gone(lake, NEXT_NIGHT) == [["Alpha."]]
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


def gone(lake: Lake, night: date) -> list[list[str]]:
    """Of each claim of a night that notes any, the texts that its files held no more."""
    parts = [part for known in lake.nights("raw_documents") for part in lake.raw_parts(known)]
    raws = pl.concat(pl.read_parquet(part.path) for part in parts)
    texts = dict(raws.select("delivery_id", pl.col("raw").cast(pl.String())).iter_rows())
    notes = sorted(lake.night_folder("raw_documents", night).glob("batch-*/gone.parquet"))
    return [sorted(texts[i] for i in pl.read_parquet(note)["delivery_id"]) for note in notes]


def test_what_a_changed_file_holds_no_more_is_noted_once(folder: Path, lake: Lake) -> None:
    drop = folder / "d.jsonl"
    drop.write_text('{"text": "1"}\n{"text": "2"}\n')
    take(folder, lake)
    drop.write_text('{"text": "1"}\n{"text": "2, mended"}\n')
    (folder / "a.txt").write_text("Alpha, corrected.")
    take(folder, lake, NEXT_NIGHT)
    assert gone(lake, NEXT_NIGHT) == [["2", "Alpha."]]
    drop.write_text('{"text": "2, mended"}\n')  # nothing new in it, and a line less
    assert take(folder, lake, NEXT_NIGHT).document_count == 0
    assert gone(lake, NEXT_NIGHT) == [["2", "Alpha."], ["1"]]


def test_a_drop_that_grew_or_was_touched_has_lost_nothing(folder: Path, lake: Lake) -> None:
    drop = folder / "d.jsonl"
    drop.write_text('{"text": "1"}\n')
    take(folder, lake)
    drop.write_text('{"text": "0"}\n{"text": "1"}\n')
    os.utime(folder / "a.txt", (1, 1))
    take(folder, lake, NEXT_NIGHT)
    assert gone(lake, NEXT_NIGHT) == []


def test_a_file_that_cannot_be_read_has_lost_nothing(
    folder: Path, lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(folder, lake)
    (folder / "a.txt").write_text("Alpha, corrected.")
    (folder / "b.txt").write_text("Beta, corrected.")
    monkeypatch.setattr(claims.drops, "read_documents", failing(errno.EIO, "a.txt"))
    take(folder, lake, NEXT_NIGHT)
    assert all("Alpha." not in texts for texts in gone(lake, NEXT_NIGHT))


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
    take(folder, other, limits=Limits(part_documents=4))
    assert len(other.raw_parts(NIGHT)) > 3
    assert set(claimed(other)["delivery_id"]) == set(claimed(lake)["delivery_id"])


def test_parts_are_cut_and_sorted_by_content_hash(folder: Path, lake: Lake) -> None:
    for number in range(30):
        (folder / f"n{number}.txt").write_text(f"Number {number}.")
    take(folder, lake, limits=Limits(part_documents=4))
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
def test_a_sidecar_is_no_file_of_its_own_however_its_text_is_called(
    tmp_path: Path, ending: str
) -> None:
    (tmp_path / f"a{ending}").write_text("Alpha.")
    for name in ("a.json", "b.json"):
        (tmp_path / name).write_text("{}")
    found = scan(tmp_path, now=LATER, settle_seconds=0).files["path"].sort().to_list()
    assert found == [f"a{ending}", "b.json"]


def test_a_sidecar_that_comes_before_its_text_is_no_document(tmp_path: Path, lake: Lake) -> None:
    folder = tmp_path / "early"
    folder.mkdir()
    (folder / "a.json").write_text('{"published_at": "2024-01-02", "publisher": "Daily"}')
    assert take(folder, lake).document_count == 0
    (folder / "a.txt").write_text("Alpha.")
    assert take(folder, lake).document_count == 1
    assert claimed(lake)["given_publisher"].to_list() == ["Daily"]


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


# -- parts --------------------------------------------------------------------------------------

KINDS = (".jsonl", ".jsonl.gz", ".csv", ".parquet", ".zip")
BODIES = [f"The text of document {number}. " * 20 for number in range(300)]


def parts_of(lake: Lake) -> list[pl.DataFrame]:
    return [pl.read_parquet(p.path, hive_partitioning=False) for p in lake.raw_parts(NIGHT)]


@pytest.fixture(params=[*KINDS, "files"])
def filled(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """300 documents, as one drop of each kind or as files of their own."""
    folder = tmp_path / "filled"
    folder.mkdir()
    if request.param == "files":
        for number, body in enumerate(BODIES):
            (folder / f"{number}.txt").write_text(body)
    else:
        (folder / f"drop{request.param}").write_bytes(drop(request.param, BODIES))
    return folder


def test_no_part_has_more_documents_than_allowed(filled: Path, lake: Lake) -> None:
    assert take(filled, lake, limits=Limits(part_documents=40)).part_count == 8
    heights = [part.height for part in parts_of(lake)]
    assert sum(heights) == 300
    assert max(heights) <= 40
    assert min(heights) >= 20  # no worker waits for another


def test_no_part_has_more_bytes_than_allowed(filled: Path, lake: Lake) -> None:
    take(filled, lake, limits=Limits(part_bytes=20_000))
    sizes = [part["size"].sum() for part in parts_of(lake)]
    assert sum(sizes) == sum(map(len, BODIES))
    assert max(sizes) <= 20_000


def test_parts_are_the_same_through_memory_and_through_disk(
    filled: Path, lake: Lake, tmp_path: Path
) -> None:
    other = Lake(tmp_path / "other")
    take(filled, lake, limits=Limits(part_documents=40))
    # Rows weigh 1,500 bytes beside their own: this is one run on disk for each few of them.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("etl.landing.spool.ROW_BYTES", 2**25)
        take(filled, other, limits=Limits(part_documents=40))
    pairs = zip(parts_of(lake), parts_of(other), strict=True)
    assert all(left.equals(right) for left, right in pairs)


def test_a_rerun_gives_the_same_parts(filled: Path, lake: Lake, tmp_path: Path) -> None:
    other = Lake(tmp_path / "other")
    for each in (lake, other):
        take(filled, each, limits=Limits(part_documents=70, part_bytes=50_000))
    pairs = zip(parts_of(lake), parts_of(other), strict=True)
    assert all(left.equals(right) for left, right in pairs)


def test_a_document_larger_than_a_part_is_a_part_of_its_own(folder: Path, lake: Lake) -> None:
    (folder / "long.txt").write_text("x" * 5_000)
    take(folder, lake, limits=Limits(part_bytes=1_000))
    assert max(parts_of(lake), key=lambda part: part["size"].sum()).height == 1


def test_what_came_with_a_document_counts_in_its_part(folder: Path, lake: Lake) -> None:
    lines = [f'{{"text": "{n}", "title": "{"t" * 900}"}}' for n in range(20)]
    (folder / "titles.jsonl").write_text("\n".join(lines))
    take(folder, lake, limits=Limits(part_bytes=4_000))
    assert max(part.height for part in parts_of(lake)) <= 4


def test_a_thousand_equal_documents_are_parts_like_any_others(folder: Path, lake: Lake) -> None:
    (folder / "same.jsonl").write_text('{"text": "same"}\n' * 1_000)
    take(folder, lake, limits=Limits(part_documents=100))
    parts = parts_of(lake)
    assert max(part.height for part in parts) <= 100
    assert pl.concat(parts)["delivery_id"].n_unique() == 1_002


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("written", [0, 1, 3])
def test_a_claim_killed_between_parts_leaves_nothing_and_is_made_anew(
    filled: Path, lake: Lake, tmp_path: Path, written: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = Limits(part_documents=40)
    write, calls = pl.DataFrame.write_parquet, []

    def dying(frame: pl.DataFrame, *args: object, **options: object) -> None:
        calls.append(1)
        if len(calls) > written:
            raise Killed
        write(frame, *args, **options)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(pl.DataFrame, "write_parquet", dying)
        with pytest.raises(Killed):
            take(filled, lake, limits=limits)
    assert lake.raw_parts(NIGHT) == []
    assert take(filled, lake, limits=limits).document_count == 300
    night = lake.night_folder("raw_documents", NIGHT)
    assert [path.name for path in night.iterdir()] == ["batch-0001"]
    assert {path.suffix for path in (night / "batch-0001").iterdir()} == {".parquet"}
    other = Lake(tmp_path / "other")
    take(filled, other, limits=limits)
    pairs = zip(parts_of(lake), parts_of(other), strict=True)
    assert all(left.equals(right) for left, right in pairs)


# -- disks --------------------------------------------------------------------------------------


def failing(code: int, *names: str) -> Callable[..., Iterator[Document]]:
    """A reading that meets an error of the system behind the first document of these files."""

    def read(name: str, *args: object, **options: object) -> Iterator[Document]:
        documents = read_documents(name, *args, **options)  # type: ignore[arg-type]
        yield next(documents)
        if name in names:
            raise OSError(code, os.strerror(code))
        yield from documents

    return read


def test_a_file_on_a_bad_sector_is_left_and_the_others_are_claimed(
    folder: Path, lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "d.jsonl").write_text('{"text": "1"}\n{"text": "2"}\n')
    with monkeypatch.context() as patch:
        patch.setattr(claims.drops, "read_documents", failing(errno.EIO, "d.jsonl"))
        assert take(folder, lake).unreadable == ("d.jsonl (Input/output error)",)
    assert claimed(lake)["path"].to_list() == ["a.txt", "deep/b.txt"]
    assert take(folder, lake).document_count == 2


def test_where_nothing_can_be_read_for_now_the_claim_fails_and_may_be_tried_again(
    folder: Path, lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    patched = failing(errno.ESTALE, "a.txt", "b.txt")
    monkeypatch.setattr(claims.drops, "read_documents", patched)
    with pytest.raises(OSError, match="Stale file handle"):
        take(folder, lake)
    assert lake.raw_parts(NIGHT) == []


def test_a_full_disk_is_no_files_fault(
    folder: Path, lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claims.drops, "read_documents", failing(errno.ENOSPC, "a.txt"))
    with pytest.raises(OSError, match="No space"):
        take(folder, lake)


def test_no_landing_folder_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(LandingError, match="nowhere"):
        scan(tmp_path / "nowhere", now=LATER, settle_seconds=0)
