"""What may go of the lake, what stays right without it, and what can't be done any more."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from night_lake import Doc, write_night

from etl import schema
from etl.errors import StageError
from etl.lake import retention
from etl.lake.parts import PartTask
from etl.lake.retention import (
    NOTE,
    Keep,
    Removal,
    can_be_done_again,
    find_removals,
    parts_within_reach,
    remove,
    spare_what_is_gone,
)
from etl.lake.staleness import record_published
from etl.lake.store import Lake, RawPart, read_seal, removed_tables, write_seal
from etl.night import stage_named

N1, N2 = date(2026, 3, 1), date(2026, 3, 2)
STAGES = ("parsed_articles", "articles", "sources", "extraction")
PART = "batch-0001.part-0000"
BOTH = Keep(raw_days=30, lake_days=30)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    """Two finished nights; of the first, one of three documents is rejected."""
    lake = Lake(tmp_path)
    write_night(lake, N1, [Doc("d1", "x" * 999), Doc("d2", "y", is_rejected=True), Doc("d3", "z")])
    write_night(lake, N2, [Doc("d4", "w")])
    for night, ids in ((N1, ("d1", "d2", "d3")), (N2, ("d4",))):
        folder = lake.part_folder("parsed_articles", night, PART)
        schema.PARSED_ARTICLES.frame(_parsed(i, night) for i in ids).write_parquet(
            folder / "parsed_articles.parquet"
        )
        schema.FURNITURE.frame().write_parquet(folder / "furniture.parquet")
        for stage in STAGES:
            write_seal(lake.part_folder(stage, night, PART), f"whole {stage}")
    return lake


def _parsed(delivery_id: str, night: date) -> dict[str, object]:
    return {
        "delivery_id": delivery_id,
        "file_name": f"{delivery_id}.txt",
        "stamps": [],
        "body": "Ferries cross the lake.",
        "language_code": "en",
        "word_count": 4,
        "ingested_on": night,
    }


def first_part(lake: Lake, night: date = N1) -> RawPart:
    (part,) = lake.raw_parts(night)
    return part


def find(lake: Lake, keep: Keep = BOTH, today: date = date(2026, 4, 1)) -> list[Removal]:
    return find_removals(lake, [N1, N2], today=today, keep=keep)


def remove_all(lake: Lake) -> None:
    for removal in find(lake):
        remove(lake, removal)


def parsed_ids(lake: Lake, night: date = N1) -> list[str]:
    file = lake.part_folder("parsed_articles", night, PART) / "parsed_articles.parquet"
    return pl.read_parquet(file)["delivery_id"].to_list()


def raw_bytes(lake: Lake) -> dict[str, bytes]:
    frame = pl.read_parquet(first_part(lake).path, hive_partitioning=False)
    return dict(frame.select("delivery_id", "raw").iter_rows())


@pytest.mark.parametrize(
    ("today", "nights"),
    [("2026-03-31", []), ("2026-04-01", [N1]), ("2026-04-02", [N1, N2])],
)
def test_a_night_is_kept_for_so_many_days(lake: Lake, today: str, nights: list[date]) -> None:
    found = find(lake, Keep(raw_days=30, lake_days=0), date.fromisoformat(today))
    assert [removal.part.night for removal in found] == nights


def test_nought_is_for_ever(lake: Lake) -> None:
    assert find(lake, Keep(raw_days=0, lake_days=0), date(2036, 1, 1)) == []


def test_finding_changes_nothing_and_counts_what_would_go(lake: Lake) -> None:
    before = {path: path.read_bytes() for path in lake.root.rglob("*") if path.is_file()}
    raw, text = find(lake)
    assert (raw.kind, raw.documents, raw.kept_documents) == ("raw bytes", 2, 1)
    assert (text.kind, text.documents, text.kept_documents) == ("parsed text", 2, 1)
    assert raw.size > 0
    assert text.size > 0
    assert {path: path.read_bytes() for path in lake.root.rglob("*") if path.is_file()} == before


def test_a_part_that_is_not_finished_is_passed_over(lake: Lake) -> None:
    (lake.part_folder("extraction", N1, PART) / "seal.json").unlink()
    assert find(lake) == []


def test_rows_and_rejected_documents_keep_what_they_have(lake: Lake) -> None:
    raw_before = pl.read_parquet(first_part(lake).path, hive_partitioning=False)
    fingerprint = first_part(lake).fingerprint()
    remove_all(lake)
    assert raw_bytes(lake) == {"d1": NOTE, "d2": b"y", "d3": NOTE}
    after = pl.read_parquet(first_part(lake).path, hive_partitioning=False)
    assert after.drop("raw").equals(raw_before.drop("raw"))
    assert first_part(lake).fingerprint() == fingerprint
    assert parsed_ids(lake) == ["d2"]
    assert [read_seal(lake.part_folder(stage, N1, PART)) for stage in STAGES] == [
        f"whole {stage}" for stage in STAGES
    ]
    assert find(lake) == []
    assert [r.part.night for r in find(lake, today=date(2027, 1, 1))] == [N2, N2]


def test_a_removal_that_was_killed_is_finished_by_the_next(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise KeyboardInterrupt

    for removal in find(lake):
        with monkeypatch.context() as patch:
            patch.setattr(retention, "overwrite", die)
            with pytest.raises(KeyboardInterrupt):
                remove(lake, removal)
    # Whole still, but nobody may rely on it any more.
    assert raw_bytes(lake)["d1"] != NOTE
    assert first_part(lake).is_emptied
    assert removed_tables(lake.part_folder("parsed_articles", N1, PART))
    remove_all(lake)
    assert raw_bytes(lake)["d1"] == NOTE
    assert parsed_ids(lake) == ["d2"]
    assert find(lake) == []


def test_furniture_that_a_killed_removal_left_goes_with_the_next(lake: Lake) -> None:
    (text,) = find(lake, Keep(raw_days=0, lake_days=30))
    furniture = lake.part_folder("parsed_articles", N1, PART) / "furniture.parquet"
    content = furniture.read_bytes()
    remove(lake, text)
    furniture.write_bytes(content)  # as when the process ends just before it goes
    (rest,) = find(lake, Keep(raw_days=0, lake_days=30))
    remove(lake, rest)
    assert not furniture.exists()
    assert find(lake, Keep(raw_days=0, lake_days=30)) == []


@pytest.mark.parametrize(
    ("kinds", "can"),
    [
        ({"raw bytes"}, [False, True, True]),
        ({"parsed text"}, [True, True, True]),
        ({"raw bytes", "parsed text"}, [False, False, True]),
    ],
)
def test_what_can_be_done_again(lake: Lake, kinds: set[str], can: list[bool]) -> None:
    for removal in find(lake):
        if removal.kind in kinds:
            remove(lake, removal)
    stages = ("parsed_articles", "articles", "extraction")
    assert [
        can_be_done_again(lake, first_part(lake), stage_named(stage)) for stage in stages
    ] == can


def spare(lake: Lake, stage: str) -> list[PartTask]:
    return spare_what_is_gone(lake, stage_named(stage), [task(lake, stage)])


def task(lake: Lake, stage: str) -> PartTask:
    target = lake.part_folder(stage, N1, PART)
    source = first_part(lake).path
    return PartTask(night=N1, name=PART, source=source, target=target, fingerprint="new code")


def test_what_can_not_be_done_again_keeps_its_seal(lake: Lake) -> None:
    remove_all(lake)
    for stage in ("parsed_articles", "articles"):
        (spared,) = spare(lake, stage)
        assert spared.fingerprint == f"whole {stage}"
    (again,) = spare(lake, "extraction")
    assert again.fingerprint == "new code"


def test_parsed_text_is_made_again_where_the_bytes_are_there(lake: Lake) -> None:
    (text,) = find(lake, Keep(raw_days=0, lake_days=30))
    remove(lake, text)
    assert read_seal(lake.part_folder("parsed_articles", N1, PART)) == "whole parsed_articles"
    (again,) = spare_what_is_gone(
        lake, stage_named("parsed_articles"), [task(lake, "parsed_articles")]
    )
    assert again.fingerprint == "new code"
    assert read_seal(again.target) is None


def test_dates_alone_are_never_derived_from_what_is_left_of_parsed_text(lake: Lake) -> None:
    """As when somebody materialises the asset articles by itself: most documents would be lost."""
    (text,) = find(lake, Keep(raw_days=0, lake_days=30))
    remove(lake, text)
    with pytest.raises(StageError, match="run the whole night"):
        spare(lake, "articles")
    finished = replace(task(lake, "articles"), fingerprint="whole articles")
    assert spare_what_is_gone(lake, stage_named("articles"), [finished]) == [finished]


def test_a_lost_part_that_nothing_can_restore_stops_the_run(lake: Lake) -> None:
    remove_all(lake)
    (lake.part_folder("parsed_articles", N1, PART) / "seal.json").unlink()
    with pytest.raises(StageError, match=r"restore .* from a backup"):
        spare(lake, "parsed_articles")


def test_a_stage_younger_than_a_night_is_done_for_what_was_kept_for_it(lake: Lake) -> None:
    record_published(lake, [stage_named("articles"), stage_named("extraction")], [N1])
    for name in ("parsed_articles", "sources"):
        shutil.rmtree(lake.night_folder(name, N1))
    parsing, sources = stage_named("parsed_articles"), stage_named("sources")
    assert parts_within_reach(lake, parsing, N1) == lake.raw_parts(N1)
    first_part(lake).removal_record.write_text("{}")
    assert parts_within_reach(lake, parsing, N1) == []
    assert parts_within_reach(lake, sources, N1) == lake.raw_parts(N1)
    assert lake.table_files("parsed_articles", N1, "quarantine") == []


def test_what_is_read_may_itself_be_made_of_what_was_kept(lake: Lake) -> None:
    first_part(lake).removal_record.write_text("{}")
    shutil.rmtree(lake.night_folder("articles", N1))
    assert can_be_done_again(lake, first_part(lake), stage_named("sources"))
    shutil.rmtree(lake.night_folder("parsed_articles", N1))
    assert not can_be_done_again(lake, first_part(lake), stage_named("sources"))
