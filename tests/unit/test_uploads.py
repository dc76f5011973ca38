"""Uploading what is published: the order of objects, what is taken up again, and what goes."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from memory_store import memory_store, put
from test_releases import FIRST

from etl.errors import UploadError
from etl.objects.store import ObjectStore
from etl.warehouse.digest import sha256
from etl.warehouse.release_records import write_record
from etl.warehouse.releases import (
    Warehouse,
    current_release,
    drop_release,
    find_release,
    keep_release,
    release_at,
    releases,
    rollback,
)
from etl.warehouse.uploads import POINTER, Upload, upload_published

KNOWN = ("2026.03.01", "2026.03.02", "2026.03.03")


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    warehouse = Warehouse(tmp_path)
    publish(warehouse, 1)
    return warehouse


@pytest.fixture
def store() -> ObjectStore:
    return memory_store(prefix="files", setting="DATELINE_PUBLISH_TO")


def publish(warehouse: Warehouse, day: int, text: str = "") -> None:
    """Publish a file under the version of a day of March."""
    at: datetime = FIRST + timedelta(days=day - 1)
    candidate = warehouse.root / "candidate"
    candidate.write_text(text or f"file {day}")
    candidate.replace(warehouse.published)
    release = release_at(warehouse, at, day)
    manifest = {"version": f"2026.03.0{day}", "digest": f"rows {day}", "published_at": f"{at}"}
    write_record(release, sha256(warehouse.published), manifest)
    keep_release(warehouse, release)


def send(store: ObjectStore, warehouse: Warehouse) -> Upload:
    done = upload_published(store, warehouse, known=KNOWN)
    assert done
    return done


def there(store: ObjectStore) -> list[str]:
    return sorted(one.key for one in store.list())


def pointer(store: ObjectStore) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(store.read(POINTER) or b"{}")
    return value


def test_the_pointer_names_a_file_that_is_whole(store: ObjectStore, warehouse: Warehouse) -> None:
    done = send(store, warehouse)
    assert done.address == f"{store}/dateline-2026.03.01.duckdb"
    assert (done.label, done.size, done.sent_bytes, done.dropped) == ("2026.03.01", 6, 6, ())
    assert pointer(store) == {
        "version": "2026.03.01",
        "name": "dateline-2026.03.01.duckdb",
        "bytes": 6,
        "sha256": sha256(warehouse.published),
        "digest": "rows 1",
        "published_at": f"{FIRST}",
        "manifest": "dateline-2026.03.01.json",
    }
    assert store.read(pointer(store)["name"]) == b"file 1"
    manifest = json.loads(store.read(pointer(store)["manifest"]) or b"")
    assert manifest.items() >= {k: v for k, v in pointer(store).items() if k != "manifest"}.items()


def test_nothing_is_sent_twice(
    store: ObjectStore, warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(store, warehouse)
    monkeypatch.setattr(store, "upload", None)
    monkeypatch.setattr(store, "write", None)
    assert send(store, warehouse).sent_bytes == 0


def test_nothing_published_is_nothing_to_upload(store: ObjectStore, tmp_path: Path) -> None:
    assert upload_published(store, Warehouse(tmp_path), known=KNOWN) is None
    assert there(store) == []


@pytest.mark.parametrize("fails_at", [1, 2, 3])
def test_what_was_cut_off_is_taken_up_again(
    store: ObjectStore, warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch, fails_at: int
) -> None:
    """The pointer stays at the file before, whichever of the three objects is not written."""
    send(store, warehouse)
    publish(warehouse, 2)
    left = [fails_at]

    def broken(send: Callable[..., None]) -> Callable[..., None]:
        def call(*arguments: object, **options: bool) -> None:
            left[0] -= 1
            if left[0] == 0:
                raise OSError("the connection was cut")
            send(*arguments, **options)

        return call

    monkeypatch.setattr(store, "upload", broken(store.upload))
    monkeypatch.setattr(store, "write", broken(store.write))
    with pytest.raises(UploadError, match=rf"DATELINE_PUBLISH_TO={store}: the connection was cut"):
        send(store, warehouse)
    assert pointer(store)["version"] == "2026.03.01"
    assert store.read(pointer(store)["name"]) == b"file 1"
    done = send(store, warehouse)
    assert done.sent_bytes == (0 if fails_at == 3 else 6)
    assert store.read(pointer(store)["name"]) == b"file 2"


def test_the_pointer_follows_a_rollback(store: ObjectStore, warehouse: Warehouse) -> None:
    send(store, warehouse)
    publish(warehouse, 2)
    send(store, warehouse)
    rollback(warehouse, find_release(warehouse, "previous"))
    assert send(store, warehouse).sent_bytes == 0
    assert pointer(store)["version"] == "2026.03.01"
    assert "dateline-2026.03.02.duckdb" in there(store)


def test_releases_go_there_when_they_are_not_kept_here(
    store: ObjectStore, warehouse: Warehouse
) -> None:
    put(store, "dateline-2026.02.27.duckdb", b"of another home")
    put(store, "notes.txt", b"of somebody")
    for day in (1, 2, 3):
        publish(warehouse, day)
        send(store, warehouse)
    drop_release(releases(warehouse)[0])
    store.delete("dateline-2026.03.02.json")  # a removal that was cut off
    drop_release(releases(warehouse)[0])
    done = send(store, warehouse)
    assert done.dropped == ("2026.03.01", "2026.03.02")
    assert there(store) == [
        "dateline-2026.02.27.duckdb",
        "dateline-2026.03.03.duckdb",
        "dateline-2026.03.03.json",
        "latest.json",
        "notes.txt",
    ]


def test_the_file_of_another_home_is_never_replaced(
    store: ObjectStore, warehouse: Warehouse, tmp_path: Path
) -> None:
    send(store, warehouse)
    other = Warehouse(tmp_path / "other")
    other.root.mkdir()
    publish(other, 1, "another")
    before = {key: store.read(key) for key in there(store)}
    with pytest.raises(UploadError, match="is another file than this home's"):
        send(store, other)
    assert {key: store.read(key) for key in there(store)} == before


def test_a_damaged_release_is_not_uploaded(store: ObjectStore, warehouse: Warehouse) -> None:
    release = current_release(warehouse)
    assert release
    release.chmod(0o644)
    release.write_text("spoilt")
    with pytest.raises(UploadError, match=r"2026\.03\.01 is damaged here"):
        send(store, warehouse)
    assert there(store) == []


def test_what_is_no_pointer_is_replaced(store: ObjectStore, warehouse: Warehouse) -> None:
    put(store, POINTER, b"\xff not JSON")
    send(store, warehouse)
    assert pointer(store)["version"] == "2026.03.01"
