"""Bytes and parsed text removed, and the life of a home after that."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from ferries import HEADER, ferry, write_ferries, write_text
from night_setup import NEXT_NIGHT, NIGHT, make_settings, materialise, operate, published, rows
from test_replay import NOWHERE
from test_withdraw import holders

import assets.night.derive
import etl.night
from assets.operations.refresh import RefreshConfig, RefreshReport, find_stale, refresh_job
from assets.operations.replay import ReplayConfig, ReplayReport, replay_job
from assets.operations.retention import RetentionConfig, RetentionReport, retention_job
from assets.operations.withdraw import WithdrawConfig, WithdrawReport, withdraw_job
from assets.resources import make_home, make_part_engine
from etl.lake.store import break_seal
from etl.night import versioned
from etl.stage import Stage
from etl.warehouse.digest import digest

pytestmark = pytest.mark.slow  # nights of their own, one after the other

House = tuple[Path, Path]
LATER = NEXT_NIGHT + timedelta(days=30)
STUB = "Photo: the pier."


@pytest.fixture
def house(tmp_path: Path) -> House:
    """Home and landing folder: a night with articles, a copy and three rejected documents."""
    home, raw = tmp_path / "home", tmp_path / "raw"
    write_ferries(raw, 3)
    write_text(raw, "copy.txt", ferry(1) + "\n")
    write_text(raw, "undated.txt", ferry(1).removeprefix(HEADER))
    write_text(raw, "stub.txt", HEADER + STUB)
    write_text(raw, "nowhere.txt", HEADER + NOWHERE)
    assert materialise(home, raw=raw).is_published
    return home, raw


def retain(house: House, raw: int = 0, text: int = 0, *, dry_run: bool = False) -> RetentionReport:
    config = RetentionConfig(keep_raw_days=raw, keep_lake_days=text, dry_run=dry_run)
    home, landing = house
    return operate(home, retention_job, config, RetentionReport, raw=landing, today=LATER)


def again(house: House, night: date = NIGHT) -> bool:
    home, raw = house
    return materialise(home, night=night, today=LATER, raw=raw).is_published


def stale(home: Path) -> list[tuple[str, bool]]:
    settings = make_settings(home)
    report = find_stale(make_home(settings), make_part_engine(settings))
    return [(night.stage, night.can_be_derived) for night in report.stale]


def derive_anew(patch: pytest.MonkeyPatch, *names: str) -> None:
    """Have stages count as changed code that gives the same rows."""

    def newer(stage: Stage, spacy_model: str | None, site_tables: Path | None = None) -> Stage:
        made = versioned(stage, spacy_model, site_tables)
        return replace(made, version="newer") if stage.name in names else made

    patch.setattr(etl.night, "versioned", newer)
    patch.setattr(assets.night.derive, "versioned", newer)


def test_a_dry_run_tells_and_changes_nothing(house: House) -> None:
    home, _ = house
    before = {path: path.stat().st_mtime_ns for path in (home / "lake").rglob("*")}
    report = retain(house, 7, 7, dry_run=True)
    assert report.freed is None
    assert report.size > 0
    assert [(r.kind, r.of, r.documents, r.kept_documents) for r in report.rows] == [
        ("raw bytes", str(NIGHT), 4, 3),
        ("parsed text", str(NIGHT), 4, 2),
    ]
    assert {path: path.stat().st_mtime_ns for path in (home / "lake").rglob("*")} == before


def test_the_published_file_comes_out_the_same_again_and_anew(house: House) -> None:
    home, _ = house
    before = digest(published(home))
    assert retain(house, 7, 7).rows
    assert retain(house, 7, 7).rows == ()
    assert again(house)
    assert digest(published(home)) == before
    published(home).unlink()  # built anew from the lake
    assert again(house)
    assert digest(published(home)) == before
    assert stale(home) == []


def test_claims_still_know_what_was_delivered(house: House) -> None:
    home, raw = house
    retain(house, 7, 7)
    for name in ("ferry-1.txt", "stub.txt"):
        (raw / name).touch()  # looks new, is not
    assert again(house, LATER)
    assert rows(home, "SELECT DISTINCT ingested_on FROM deliveries") == [(NIGHT,)]
    write_text(raw, "late.txt", ferry(2) + "\n\n")
    assert again(house, LATER)
    assert rows(home, f"SELECT file_name FROM duplicates WHERE ingested_on = '{LATER}'") == [
        ("late.txt",)
    ]


def test_changed_parsing_leaves_the_night_and_a_newer_extraction_reaches_it(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, raw = house
    before = digest(published(home))
    retain(house, 7, 7)
    with monkeypatch.context() as patch:
        derive_anew(patch, "parsed_articles", "articles")
        assert stale(home) == [("parsed_articles", False)]
        report = operate(home, refresh_job, RefreshConfig(), RefreshReport, raw=raw)
        assert report.release is None
        assert again(house)  # a night run by hand leaves its parts as they are, too
        assert digest(published(home)) == before
    derive_anew(monkeypatch, "parsed_articles", "extraction")
    assert stale(home) == [("extraction", True)]
    assert operate(home, refresh_job, RefreshConfig(), RefreshReport, raw=raw).release
    assert digest(published(home)) == before
    assert stale(home) == [("parsed_articles", False)]


def test_parsed_text_alone_is_made_again_from_the_bytes(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, raw = house
    before = digest(published(home))
    retain(house, text=7)
    derive_anew(monkeypatch, "articles")
    assert stale(home) == [("articles", True)]
    assert operate(home, refresh_job, RefreshConfig(), RefreshReport, raw=raw).release
    assert digest(published(home)) == before
    assert [row.kind for row in retain(house, text=7, dry_run=True).rows] == ["parsed text"]


@pytest.mark.parametrize(
    ("raw_days", "text_days", "tried"),
    [
        (0, 7, {"stub.txt", "undated.txt", "nowhere.txt"}),
        (7, 0, {"undated.txt", "nowhere.txt"}),
        (7, 7, {"nowhere.txt"}),
    ],
)
def test_a_replay_tries_what_it_can_and_counts_the_rest(
    house: House, raw_days: int, text_days: int, tried: set[str]
) -> None:
    home, raw = house
    before = digest(published(home))
    retain(house, raw_days, text_days)
    report = operate(home, replay_job, ReplayConfig(), ReplayReport, raw=raw)
    assert set(report.documents["file_name"]) == tried
    assert report.emptied == 3 - len(tried)
    assert digest(published(home)) == before


def test_a_withdrawal_finds_undated_copies_by_what_was_kept(house: House) -> None:
    home, raw = house
    retain(house, 7, 7)
    ((article_id,),) = rows(home, "SELECT article_id FROM articles WHERE body LIKE '%Line 1%'")
    config = WithdrawConfig(article_id=str(article_id), reason="retracted by Example Times")
    report = operate(home, withdraw_job, config, WithdrawReport, raw=raw)
    assert set(report.deliveries["file_name"]) == {"ferry-1.txt", "copy.txt", "undated.txt"}
    assert holders(home / "lake", "Line 1 starts") == []
    assert rows(
        home,
        "SELECT DISTINCT outcome FROM deliveries d JOIN quarantine USING "
        "(delivery_id) WHERE rule = 'withdrawn'",
    ) == [("quarantined",)]
    assert retain(house, 7, 7).rows == ()


def test_a_night_that_waits_for_its_publication_is_left_alone(house: House) -> None:
    home, _ = house
    lake = make_settings(home).lake
    (part,) = lake.raw_parts(NIGHT)
    break_seal(lake.part_folder("extraction", NIGHT, part.name))
    assert retain(house, 7, 7).rows == ()
    assert again(house)
    assert len(retain(house, 7, 7).rows) == 2
