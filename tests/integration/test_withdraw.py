"""A withdrawn article: gone everywhere, and kept from coming back."""

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest
from ferries import HEADER, ferry, write_ferries, write_text
from night_setup import NEXT_NIGHT, NIGHT, make_settings, materialise, operate, published, rows
from test_nights import let_fail

from assets.doctor.files import examine_published
from assets.operations.releases import RollbackConfig, RollbackReport, rollback_job
from assets.operations.withdraw import WithdrawConfig, WithdrawReport, withdraw_job
from etl.errors import PublishError, SettingsError, WarehouseError
from etl.lake.store import Lake, break_seal
from etl.lake.withdrawals import read_tombstones
from etl.warehouse.contents import read_contents
from etl.warehouse.digest import digest
from etl.warehouse.export_records import ExportRecord, record_export
from etl.warehouse.releases import Warehouse, releases

pytestmark = pytest.mark.slow  # nights of their own, one after the other

WORD = "Mfangano"
TEXT = ferry(1).replace("Kisumu", WORD)
REASON = "retracted by Example Times"
LATER = date(2026, 3, 3)


@pytest.fixture
def house(tmp_path: Path) -> tuple[Path, Path]:
    """Two nights: the article, a duplicate, a copy without a date; next night another copy."""
    home, raw = tmp_path / "home", tmp_path / "raw"
    write_ferries(raw, 1)
    write_text(raw, "article.txt", TEXT)
    write_text(raw, "duplicate.txt", TEXT + "\n")
    write_text(raw, "undated.txt", TEXT.removeprefix(HEADER))
    materialise(home, raw=raw)
    write_text(raw, "late.txt", TEXT + "\n\n")
    write_ferries(raw, 2)
    materialise(home, night=NEXT_NIGHT, raw=raw)
    return home, raw


def article_of(home: Path) -> str:
    ((article_id,),) = rows(home, f"SELECT article_id FROM articles WHERE body LIKE '%{WORD}%'")
    return str(article_id)


def withdraw(home: Path, raw: Path, article_id: str, *, drop: bool = False) -> WithdrawReport:
    config = WithdrawConfig(article_id=article_id, reason=REASON, drop_releases=drop)
    return operate(home, withdraw_job, config, WithdrawReport, raw=raw)


def export(home: Path, name: str) -> None:
    """Note an export of what is published: a day before the withdrawal, or a day after it."""
    at = datetime(2026, 3, 1 if name == "before" else 3, 9, tzinfo=UTC)
    held = read_contents(published(home))
    common = {"forms": ("parquet",), "has_bodies": True, "nights": held.nights}
    record = ExportRecord(folder=f"/exports/{name}", version="v", exported_at=at, **common)
    record_export(Lake(home / "lake"), record)


def holders(folder: Path, word: str) -> list[str]:
    """Parquet files with the word in any cell, other files with it among their bytes."""
    found = []
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        if file.suffix == ".parquet":
            cells = str(pl.read_parquet(file, hive_partitioning=False).to_dicts())
            holds = word in cells
        else:
            holds = word.encode() in file.read_bytes()
        if holds:
            found.append(str(file.relative_to(folder)))
    return found


def test_a_withdrawn_article_is_gone_and_stays_away(house: tuple[Path, Path]) -> None:
    home, raw = house
    article_id = article_of(home)
    assert holders(home / "lake", WORD)
    assert holders(home / "reports", WORD), "the undated copy is a sample of the page"
    assert WORD.encode() in published(home).read_bytes()
    old = [release.stem for release in releases(Warehouse(home / "warehouse"))]
    export(home, "before")

    report = withdraw(home, raw, article_id)
    assert [Path(export.folder).name for export in report.exports] == ["before"]
    export(home, "after")
    assert sorted(report.deliveries["path"]) == [
        "article.txt",
        "duplicate.txt",
        "late.txt",
        "undated.txt",
    ]
    assert list(report.holding) == old
    assert holders(home / "lake", WORD) == []
    assert WORD.encode() not in published(home).read_bytes()
    assert holders(home / "reports", WORD) == []
    assert rows(home, "SELECT outcome, count(*) FROM deliveries GROUP BY ALL ORDER BY 1") == [
        ("published", 2),
        ("quarantined", 4),
    ]
    assert rows(home, "SELECT DISTINCT stage, rule, detail, raw_text FROM quarantine") == [
        (
            "identity",
            "withdrawn",
            f"article {article_id}: {REASON}",
            "Withdrawn: this text was removed at its publisher's wish.",
        )
    ]

    _derives_the_same_again(home, raw)
    _is_kept_from_coming_back(home, raw)
    with pytest.raises(PublishError, match="still holds a withdrawn article"):
        operate(home, rollback_job, RollbackConfig(release=old[1]), RollbackReport, raw=raw)
    again = withdraw(home, raw, article_id, drop=True)
    assert again.release is None
    assert [Path(export.folder).name for export in again.exports] == ["before"]
    assert list(again.dropped) == old
    assert holders(home / "warehouse", WORD) == []
    assert again.deliveries.height == 5


def _derives_the_same_again(home: Path, raw: Path) -> None:
    before = digest(published(home))
    assert materialise(home, today=NEXT_NIGHT, raw=raw).is_published
    assert digest(published(home)) == before
    lake = Lake(home / "lake")
    (part,) = lake.raw_parts(NIGHT)
    for stage in ("parsed_articles", "articles", "extraction"):
        break_seal(lake.part_folder(stage, NIGHT, part.name))
    assert materialise(home, today=NEXT_NIGHT, raw=raw).is_published
    assert digest(published(home)) == before


def _is_kept_from_coming_back(home: Path, raw: Path) -> None:
    write_text(raw, "again.txt", TEXT + "\n\n\n")
    assert materialise(home, night=LATER, raw=raw).is_published
    assert rows(home, f"SELECT rule FROM quarantine WHERE ingested_on = '{LATER}'") == [
        ("withdrawn",)
    ]
    assert holders(home / "lake", WORD) == []
    assert WORD.encode() not in published(home).read_bytes()


def test_a_withdrawal_that_was_refused_is_finished_by_the_same_command(
    house: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    home, raw = house
    article_id = article_of(home)
    with monkeypatch.context() as patch:
        let_fail(patch, "articles_have_a_date")
        with pytest.raises(PublishError):
            withdraw(home, raw, article_id)
    assert article_of(home) == article_id
    statuses = {f.subject: f.status for f in examine_published(make_settings(home, raw=raw))}
    assert statuses["withdrawn"] == "fail"
    assert withdraw(home, raw, article_id).release
    assert WORD.encode() not in published(home).read_bytes()


@pytest.mark.parametrize(
    ("article_id", "reason", "error"),
    [("0" * 32, REASON, WarehouseError), ("", REASON, SettingsError), ("0", " ", SettingsError)],
)
def test_what_can_not_be_withdrawn_leaves_no_trace(
    article_id: str, reason: str, error: type[Exception], tmp_path: Path
) -> None:
    config = WithdrawConfig(article_id=article_id, reason=reason)
    with pytest.raises(error):
        operate(tmp_path, withdraw_job, config, WithdrawReport, raw=tmp_path)
    assert read_tombstones(Lake(tmp_path / "lake")) == []
