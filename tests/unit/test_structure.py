"""Which published nights are not of the declared structure, and what can be done about it."""

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from night_lake import Doc, write_night

from etl.lake.staleness import is_newer_than_published, record_published
from etl.lake.store import Lake, note_removal, read_seal, write_seal
from etl.lake.structure import (
    declared_structure,
    have_derived_again,
    is_of_structure,
    note_structure,
    older_nights,
)
from etl.night import NIGHT as STAGES

N1, N2 = date(2026, 3, 1), date(2026, 3, 2)
PART = "batch-0001.part-0000"


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    """Two published nights, of two documents and of one."""
    lake = Lake(tmp_path)
    write_night(lake, N1, [Doc("d1", "x"), Doc("d2", "y")])
    write_night(lake, N2, [Doc("d3", "z")])
    for night in (N1, N2):
        for stage in STAGES:
            folder = lake.part_folder(stage.name, night, PART)
            counts = {file.stem: 1 for file in folder.glob("*.parquet")}
            (folder / "counts.json").write_text(json.dumps(counts))
            write_seal(folder, f"whole {stage.name}")
    record_published(lake, STAGES, [N1, N2])
    return lake


def drop_column(lake: Lake, stage: str, table: str, column: str) -> None:
    """Have the first night's file as it was before there was such a column."""
    file = lake.part_folder(stage, N1, PART) / f"{table}.parquet"
    pl.read_parquet(file, hive_partitioning=False).drop(column).write_parquet(file)


def drop_table(lake: Lake, stage: str, table: str) -> None:
    """Have the first night as it was before there was such a table."""
    folder = lake.part_folder(stage, N1, PART)
    (folder / f"{table}.parquet").unlink()
    counts = json.loads((folder / "counts.json").read_text())
    del counts[table]
    (folder / "counts.json").write_text(json.dumps(counts))


def drop_stage(lake: Lake, stage: str) -> None:
    """Have the first night as it was before there was such a stage."""
    folder = lake.night_folder(stage, N1)
    for file in folder.glob("*/*"):
        file.unlink()
    for part in folder.iterdir():
        part.rmdir()
    folder.rmdir()
    record = json.loads(lake.published_record(N1).read_text())
    record["stages"].remove(stage)
    lake.published_record(N1).write_text(json.dumps(record))


def empty(lake: Lake) -> None:
    """Have retention remove what the first night was parsed from, and what was parsed."""
    (part,) = lake.raw_parts(N1)
    part.removal_record.write_text("{}")
    note_removal(lake.part_folder("parsed_articles", N1, PART), ["parsed_articles"])


def lacks(lake: Lake) -> list[tuple[str, bool, bool]]:
    """Name, whether it reads all the same, whether it can be derived: of the first night."""
    found = older_nights(lake, STAGES, [N2, N1])
    assert [night.night for night in found] == [N1]
    return [(lack.name, lack.is_bridged, lack.can_be_derived) for lack in found[0].lacks]


def test_nights_of_the_declared_structure_lack_nothing(lake: Lake) -> None:
    assert older_nights(lake, STAGES, [N1, N2]) == []


@pytest.mark.parametrize(("column", "is_bridged"), [("url", True), ("date_confidence", False)])
def test_a_column_that_older_nights_lack(lake: Lake, column: str, is_bridged: bool) -> None:
    drop_column(lake, "articles", "articles", column)
    assert lacks(lake) == [(f"articles.{column}", is_bridged, True)]
    (night,) = older_nights(lake, STAGES, [N1])
    assert (night.documents, night.can_be_derived, night.can_wait) == (2, True, is_bridged)


def test_a_table_that_a_stage_did_not_write_yet(lake: Lake) -> None:
    drop_table(lake, "articles", "date_mentions")
    assert lacks(lake) == [("date_mentions", True, True)]
    assert lake.table_files("articles", N1, "date_mentions") == []


def test_a_stage_that_the_night_has_not_seen(lake: Lake) -> None:
    drop_stage(lake, "sources")
    assert lacks(lake) == [("sources", True, True)]
    assert lake.table_files("sources", N1, "attributions") == []


def test_a_lost_part_is_no_further_stage(lake: Lake) -> None:
    drop_stage(lake, "sources")
    record = json.loads(lake.published_record(N1).read_text())
    lake.published_record(N1).write_text(json.dumps({"state": record["state"]}))
    assert lacks(lake) == [("sources", False, True)]


def test_a_lost_table_is_no_further_one(lake: Lake) -> None:
    (lake.part_folder("articles", N1, PART) / "date_mentions.parquet").unlink()
    assert older_nights(lake, STAGES, [N1]) == []


def test_documents_are_never_delivered_again_for_a_column(lake: Lake) -> None:
    (part,) = lake.raw_parts(N1)
    raw = pl.read_parquet(part.path, hive_partitioning=False)
    raw.drop("given_language").write_parquet(part.path)
    assert lacks(lake) == [("raw_documents.given_language", True, False)]
    (night,) = older_nights(lake, STAGES, [N1])
    assert (night.documents, night.can_be_derived, night.is_whole_then) == (0, False, False)


def test_what_retention_has_removed_can_not_be_derived(lake: Lake) -> None:
    drop_column(lake, "articles", "articles", "url")
    drop_column(lake, "extraction", "mentions", "score")
    empty(lake)
    assert lacks(lake) == [("articles.url", True, False), ("mentions.score", False, True)]


def test_parsed_text_is_read_by_no_analyst(lake: Lake) -> None:
    folder = lake.part_folder("parsed_articles", N1, PART)
    pl.DataFrame({"delivery_id": ["d1"]}).write_parquet(folder / "parsed_articles.parquet")
    assert older_nights(lake, STAGES, [N1]) == []
    drop_column(lake, "parsed_articles", "quarantine", "detail")
    assert lacks(lake) == [("quarantine.detail", False, True)]


def test_seals_are_broken_of_what_can_be_derived_alone(lake: Lake) -> None:
    drop_column(lake, "articles", "articles", "url")
    drop_column(lake, "extraction", "mentions", "score")
    empty(lake)
    (night,) = older_nights(lake, STAGES, [N1])
    have_derived_again(lake, night)
    assert read_seal(lake.part_folder("articles", N1, PART)) == "whole articles"
    assert read_seal(lake.part_folder("extraction", N1, PART)) is None


def test_a_further_stage_makes_no_night_newer_than_published(lake: Lake) -> None:
    drop_stage(lake, "sources")
    others = [stage for stage in STAGES if stage.name != "sources"]
    record_published(lake, others, [N1])
    assert not is_newer_than_published(lake, STAGES, N1)


def test_the_note_holds_for_one_structure(lake: Lake) -> None:
    declared = declared_structure(STAGES)
    assert not is_of_structure(lake, declared)
    note_structure(lake, declared)
    assert is_of_structure(lake, declared)
    assert not is_of_structure(lake, declared_structure(STAGES[:-1]))
