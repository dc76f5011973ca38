"""The gate, the release and the lock."""

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from publication import Lay, audit, publish_one, put, staged

from etl import durability
from etl.durability import sync
from etl.errors import PublishError, WarehouseError
from etl.warehouse.digest import digest, sha256
from etl.warehouse.releases import Warehouse, releases, rollback, writing


@pytest.fixture
def warehouse(tmp_path: Path, laid: Lay) -> Warehouse:
    """One night published, with one article."""
    return Warehouse(laid(publish_one, tmp_path) / "warehouse")


def test_an_audited_file_takes_the_published_ones_place(warehouse: Warehouse) -> None:
    with duckdb.connect(str(warehouse.published), read_only=True) as con:
        assert con.execute("SELECT count(*) FROM articles").fetchall() == [(1,)]
        assert con.execute("SELECT unexpected_count FROM quality_results").fetchall() == [(3,)]
    assert not warehouse.staging.exists()


def test_staging_and_its_rename_are_on_disk_one_after_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a power cut the published file is the old one or the new one, whole."""
    steps: list[tuple[str, bool]] = []
    warehouse = staged(Warehouse(tmp_path / "warehouse"))
    monkeypatch.setattr(
        durability,
        "sync",
        lambda path: steps.append((path.name, warehouse.staging.exists())),
    )
    put(warehouse)
    (record, is_staging_there), *others = steps
    assert record.endswith(".tmp")
    assert is_staging_there
    assert others == [
        ("releases", True),  # where the record lies
        ("dateline.duckdb", True),
        ("warehouse", False),
        ("releases", False),
    ]


def test_a_published_file_has_no_record_of_staging_left(warehouse: Warehouse) -> None:
    assert not warehouse.audit_record.exists()
    assert not warehouse.staged_record.exists()


def test_sync_leaves_no_file_open(tmp_path: Path) -> None:
    before = os.open(tmp_path, os.O_RDONLY)
    os.close(before)
    sync(tmp_path)
    after = os.open(tmp_path, os.O_RDONLY)
    os.close(after)
    assert before == after


def test_results_of_an_audit_are_added_once(warehouse: Warehouse) -> None:
    put(staged(warehouse, day=2), day=2)
    with duckdb.connect(str(warehouse.published), read_only=True) as con:
        assert con.execute("SELECT count(*) FROM quality_results").fetchall() == [(1,)]


def closed_by_failure(warehouse: Warehouse) -> None:
    audit(warehouse, failed=("articles_have_a_date",))


def closed_by_missing_audit(warehouse: Warehouse) -> None:
    warehouse.audit_record.unlink()


def closed_by_another_suite(warehouse: Warehouse) -> None:
    audit(warehouse, suite="softer")


def closed_by_a_changed_file(warehouse: Warehouse) -> None:
    with duckdb.connect(str(warehouse.staging)) as con:
        con.execute("DELETE FROM articles")


def closed_by_a_missing_file(warehouse: Warehouse) -> None:
    warehouse.staging.unlink()


@pytest.mark.parametrize(
    ("close", "message"),
    [
        (closed_by_failure, "articles_have_a_date"),
        (closed_by_missing_audit, "not audited"),
        (closed_by_another_suite, "another suite"),
        (closed_by_a_changed_file, "not the one that was audited"),
        (closed_by_a_missing_file, "not the one that was audited"),
    ],
)
def test_a_closed_gate_leaves_the_published_file_alone(
    warehouse: Warehouse, close: object, message: str
) -> None:
    before = sha256(warehouse.published)
    staged(warehouse, day=2)
    assert callable(close)
    close(warehouse)
    with pytest.raises(PublishError, match=message):
        put(warehouse, day=2)
    assert sha256(warehouse.published) == before
    assert len(releases(warehouse)) == 1


def test_the_last_releases_are_kept_and_one_can_be_put_back(warehouse: Warehouse) -> None:
    digests = [digest(warehouse.published)]
    for day in (2, 3):
        put(staged(warehouse, day=day), day=day, keep=2)
        digests.append(digest(warehouse.published))
    kept = releases(warehouse)
    assert [digest(path) for path in kept] == digests[1:]
    rollback(warehouse, kept[0])
    assert digest(warehouse.published) == digests[1]
    assert len(releases(warehouse)) == 2


def test_rollback_wants_a_kept_release(warehouse: Warehouse) -> None:
    with pytest.raises(PublishError, match="no release 1999"):
        rollback(warehouse, warehouse.releases / "1999.duckdb")


def test_a_file_published_by_a_killed_run_becomes_a_release(warehouse: Warehouse) -> None:
    releases(warehouse)[0].unlink()
    first = digest(warehouse.published)
    put(staged(warehouse, day=2), day=2)
    assert first in [digest(path) for path in releases(warehouse)]


def test_one_writer_at_a_time_and_the_lock_dies_with_its_process(warehouse: Warehouse) -> None:
    code = f"""
import os, time
from pathlib import Path
from etl.warehouse.releases import Warehouse, writing
with writing(Warehouse(Path({str(warehouse.root)!r})), wait_seconds=0):
    print("held", flush=True)
    time.sleep(60)
"""
    holder = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with (
        pytest.raises(WarehouseError, match="another run has been writing"),
        writing(warehouse, wait_seconds=0.2),
    ):
        pass
    holder.kill()
    holder.wait()
    with writing(warehouse, wait_seconds=5):
        pass


def test_row_order_and_run_ids_do_not_change_the_digest(warehouse: Warehouse) -> None:
    staged(warehouse)
    before = digest(warehouse.staging)
    with duckdb.connect(str(warehouse.staging)) as con:
        con.execute("UPDATE articles SET run_id = 'another'")
    assert digest(warehouse.staging) == before
    with duckdb.connect(str(warehouse.staging)) as con:
        con.execute("UPDATE articles SET word_count = word_count + 1")
    assert digest(warehouse.staging) != before
