"""Seals against what the stages would write now: which nights are stale, and from where on."""

from datetime import date
from pathlib import Path

import pytest
from night_lake import Doc, write_night

from etl.fingerprint import fingerprint
from etl.lake.staleness import UNPUBLISHED, record_published, stale_nights
from etl.lake.store import Lake, break_seal, note_removal, write_seal
from etl.stage import RAW, Input, Stage

N1, N2 = date(2026, 3, 1), date(2026, 3, 2)
NAMES = ("parsed_articles", "articles", "extraction")
PART = "batch-0001.part-0000"


def make_stages(**versions: str) -> list[Stage]:
    """The three stages; all of version '1' but those named."""
    return [
        Stage(
            name=name,
            builder="m:f",
            reads=Input(source, source),
            main=name,
            rejects_as="parse",
            version=versions.get(name, "1"),
        )
        for name, source in zip(NAMES, (RAW, *NAMES), strict=False)
    ]


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    """Two nights, derived to their end by stages of version '1', and published."""
    lake = Lake(tmp_path)
    write_night(lake, N1, [Doc("d1", "x"), Doc("d2", "y")])
    write_night(lake, N2, [Doc("d3", "z")])
    for night in (N1, N2):
        seal(lake, night, make_stages())
    record_published(lake, make_stages(), [N1, N2])
    return lake


def seal(lake: Lake, night: date, stages: list[Stage]) -> None:
    (part,) = lake.raw_parts(night)
    origin = part.fingerprint()
    for stage in stages:
        origin = fingerprint(stage.name, stage.version, origin)
        write_seal(lake.part_folder(stage.name, night, part.name), origin)


def test_nothing_is_stale_where_nothing_has_changed(lake: Lake) -> None:
    assert stale_nights(lake, make_stages(), [N1, N2]) == []


@pytest.mark.parametrize("stage", NAMES)
def test_a_changed_stage_makes_all_nights_stale_from_there_on(lake: Lake, stage: str) -> None:
    stale = stale_nights(lake, make_stages(**{stage: "2"}), [N2, N1])
    assert [(s.night, s.stage, s.documents) for s in stale] == [(N1, stage, 2), (N2, stage, 1)]


def test_only_the_night_whose_part_is_unfinished_is_stale(lake: Lake) -> None:
    break_seal(lake.part_folder("articles", N2, PART))
    (stale,) = stale_nights(lake, make_stages(), [N1, N2])
    assert (stale.night, stale.stage, stale.parts) == (N2, "articles", 1)


def test_a_night_derived_again_and_not_published_is_stale_too(lake: Lake) -> None:
    newer = make_stages(extraction="2")
    seal(lake, N1, newer)
    assert [(s.night, s.stage) for s in stale_nights(lake, newer, [N1])] == [(N1, UNPUBLISHED)]
    record_published(lake, newer, [N1])
    assert stale_nights(lake, newer, [N1]) == []


@pytest.mark.parametrize(("stage", "can"), [("parsed_articles", False), ("articles", True)])
def test_a_night_without_its_bytes_can_be_derived_from_what_was_parsed_only(
    lake: Lake, stage: str, can: bool
) -> None:
    (part,) = lake.raw_parts(N1)
    part.removal_record.write_text("{}")
    (stale,) = stale_nights(lake, make_stages(**{stage: "2"}), [N1])
    assert stale.can_be_derived == can


def test_later_stages_go_by_what_was_once_parsed(lake: Lake) -> None:
    """Parsing has changed and can't be done again; a newer extraction still can."""
    (part,) = lake.raw_parts(N1)
    part.removal_record.write_text("{}")
    stale = stale_nights(lake, make_stages(parsed_articles="2", extraction="2"), [N1, N2])
    assert [(s.night, s.stage, s.can_be_derived) for s in stale] == [
        (N1, "extraction", True),
        (N2, "parsed_articles", True),
    ]


def test_a_night_without_its_bytes_and_parsed_text_still_extracts_again(lake: Lake) -> None:
    (part,) = lake.raw_parts(N1)
    part.removal_record.write_text("{}")
    note_removal(lake.part_folder("parsed_articles", N1, PART), ["parsed_articles"])
    (gone,) = stale_nights(lake, make_stages(articles="2"), [N1])
    assert (gone.stage, gone.can_be_derived) == ("articles", False)
    (stale,) = stale_nights(lake, make_stages(extraction="2"), [N1])
    assert (stale.stage, stale.can_be_derived) == ("extraction", True)
