"""A landing place in object storage: what is taken, what is left, and what counts as new."""

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest
from landed import FEW, NIGHT, claimed, take, two_texts, zipped
from memory_store import memory_store, put

from etl.errors import LandingError
from etl.lake.store import Lake
from etl.landing.access import unreadable
from etl.landing.bucket import ODD_KEY, scan_bucket
from etl.landing.claims import Claim, claim, claimed_files, unclaimed
from etl.landing.drops import reading
from etl.landing.limits import Limits
from etl.landing.scan import FILES_SCHEMA, scan
from etl.objects.faults import UnansweredError
from etl.objects.store import ObjectStore


@pytest.fixture
def store() -> ObjectStore:
    return memory_store()


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake")


def take_objects(store: ObjectStore, lake: Lake, *, limits: Limits = FEW) -> Claim:
    return claim(scan_bucket(store), lake, night=NIGHT, limits=limits)


KINDS = {
    "wires/a.txt": b"Alpha.",
    "wires/a.json": json.dumps({"url": "https://example.com/a"}).encode(),
    "b.txt.gz": gzip.compress(b"Beta."),
    "c.jsonl.gz": gzip.compress(b'{"text": "Gamma."}\n{"text": "Delta."}\n'),
    "d.zip": zipped({"e.txt": b"Epsilon.", "e.json": b'{"title": "E"}', "z.html": b"<p>Z</p>"}),
    "f.csv": b"text,url\nZeta.,https://example.com/z\n",
    "caf\N{LATIN SMALL LETTER E WITH ACUTE} \\x41.txt": b"Eta.",
}


def test_objects_give_the_documents_of_the_same_files(
    store: ObjectStore, lake: Lake, tmp_path: Path
) -> None:
    for key, content in KINDS.items():
        put(store, key, content)
        path = tmp_path / "landing" / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    taken = take_objects(store, lake)
    assert (taken.document_count, taken.file_count, taken.unreadable) == (8, 6, ())
    on_disk = Lake(tmp_path / "of-folder")
    take(tmp_path / "landing", on_disk)
    of_both = [claimed(one).sort("delivery_id").drop("mtime") for one in (lake, on_disk)]
    assert of_both[0].equals(of_both[1])
    assert take_objects(store, lake).file_count == 0


def test_what_is_no_document_is_passed_over_or_named(store: ObjectStore) -> None:
    for key in (".hidden.txt", "deep/.git/a.txt", "a.pdf", "b.txt.part", "ok.txt"):
        put(store, key, b"x")
    # What fsspec's memory would tidy away, as a server lists it.
    listed = list(store.list())
    odd = ("../up.txt", "a//b.txt", "/c.txt", "./d.txt", "e.txt?versionId=3.txt", "mark/")
    listed += [listed[0]._replace(key=key) for key in odd]
    store.list = lambda: iter(listed)  # type: ignore[method-assign]
    found = scan_bucket(store)
    assert found.files["path"].to_list() == ["ok.txt"]
    assert (found.waiting, found.ignored) == (("b.txt.part",), ("a.pdf",))
    assert found.unreadable == tuple(f"{key} ({ODD_KEY})" for key in sorted(odd[:-1]))


def test_an_object_is_known_by_size_and_etag_not_by_its_time(
    store: ObjectStore, lake: Lake
) -> None:
    put(store, "a.txt", b"Alpha.")
    put(store, "a.json", b"{}")
    take_objects(store, lake)
    (row,) = scan_bucket(store).files.iter_rows(named=True)
    same = {"mtime_ns": row["mtime_ns"] + 1, "sidecar_mtime_ns": 0}
    for changes, is_new in (
        (same, False),
        ({"etag": "other"}, True),
        ({"size": 7}, True),
        ({"sidecar_etag": "other"}, True),
        ({"sidecar_size": None, "sidecar_etag": None}, True),
    ):
        files = scan_bucket(store).files.with_columns(
            **{k: pl.lit(v, FILES_SCHEMA[k]) for k, v in changes.items()}
        )
        assert (unclaimed(files, claimed_files(lake)).height == 1) == is_new, changes


def test_another_content_is_a_delivery_and_the_same_is_none(store: ObjectStore, lake: Lake) -> None:
    put(store, "a.txt", b"Alpha.")
    take_objects(store, lake)
    put(store, "a.txt", b"Alpha.")  # in memory, the time is the tag
    again = take_objects(store, lake)
    assert (again.file_count, again.document_count) == (1, 0)
    put(store, "a.txt", b"Alpha 2.")
    assert take_objects(store, lake).document_count == 1


def test_files_of_a_folder_and_objects_of_one_name_are_told_apart(
    store: ObjectStore, lake: Lake, tmp_path: Path
) -> None:
    """Whoever moves the landing place has everything read again, and nothing delivered twice."""
    folder = two_texts(tmp_path / "landing")
    take(folder, lake)
    put(store, "a.txt", b"Alpha.")
    put(store, "deep/b.txt", b"Beta.")
    moved = take_objects(store, lake)
    assert (moved.file_count, moved.document_count) == (2, 0)
    assert take(folder, lake).file_count == 0
    assert take_objects(store, lake).file_count == 0


def test_a_manifest_of_before_there_were_objects_still_tells_of_files(
    store: ObjectStore, lake: Lake, tmp_path: Path
) -> None:
    folder = two_texts(tmp_path / "landing")
    take(folder, lake)
    (noted,) = lake.root.glob("raw_documents/*/*/files.parquet")
    pl.read_parquet(noted).drop("etag", "sidecar_etag").write_parquet(noted)
    now = datetime(2100, 1, 1, tzinfo=UTC)
    files = scan(folder, now=now, settle_seconds=0).files
    assert unclaimed(files, claimed_files(lake)).is_empty()
    put(store, "a.txt", b"Alpha.")
    assert unclaimed(scan_bucket(store).files, claimed_files(lake)).height == 1


def test_what_goes_or_changes_after_the_listing_is_left(store: ObjectStore, lake: Lake) -> None:
    for name in "abc":
        put(store, f"{name}.txt", name.encode())
    found = scan_bucket(store)
    store.delete("a.txt")
    put(store, "b.txt", b"other")
    taken = claim(found, lake, night=NIGHT, limits=FEW)
    assert taken.unreadable == (
        "a.txt (it is gone)",
        "b.txt (it has changed since it was listed)",
    )
    assert claimed(lake)["path"].to_list() == ["c.txt"]
    assert take_objects(store, lake).document_count == 1


def test_a_place_that_no_longer_answers_ends_the_claim(
    store: ObjectStore, lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(store, "a.txt", b"Alpha.")
    found = scan_bucket(store)

    def silent(_: object) -> None:
        raise UnansweredError(110, "timed out")

    monkeypatch.setattr(store, "open", silent)
    why = rf"DATELINE_RAW={store}: no answer from AWS .*: timed out"
    with pytest.raises(LandingError, match=why) as caught:
        claim(found, lake, night=NIGHT, limits=FEW)
    assert isinstance(caught.value.__cause__, UnansweredError)
    with pytest.raises(LandingError, match=why):
        unreadable(found, found.files)
    assert not list(lake.root.glob("raw_documents/*/batch*"))


def test_a_reader_that_goes_to_and_fro_has_a_copy_below_the_lake(
    store: ObjectStore, lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders: list[Path] = []
    make = reading.tempfile.TemporaryFile

    def noted(*, dir: Path) -> object:
        folders.append(dir)
        return make(dir=dir)

    monkeypatch.setattr(reading.tempfile, "TemporaryFile", noted)
    put(store, "a.txt", b"Alpha.")
    put(store, "d.zip", KINDS["d.zip"])
    assert take_objects(store, lake).document_count == 3
    (folder,) = folders
    assert folder.is_relative_to(lake.root)
    assert not folder.exists()


def test_an_object_beyond_the_limit_is_named_by_it(store: ObjectStore, lake: Lake) -> None:
    put(store, "a.zip", KINDS["d.zip"])
    take_objects(store, lake, limits=Limits(file_bytes=100))
    (row,) = claimed(lake).iter_rows(named=True)
    assert (row["rule"], row["detail"]) == (
        "too_large",
        "more than 100 bytes (DATELINE_FILE_BYTES)",
    )
