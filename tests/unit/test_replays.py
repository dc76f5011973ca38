"""Which documents are quarantined, and having their parts done again."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from night_lake import Doc, write_night

from etl.errors import SettingsError
from etl.lake.replays import do_again, quarantined
from etl.lake.store import Lake, read_seal, write_seal
from etl.stage import REJECTED

N1, N2 = date(2026, 3, 1), date(2026, 3, 2)
STAGES = ("parsed_articles", "articles", "extraction")


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    """Two nights; of the first, one document names no country; all parts sealed."""
    lake = Lake(tmp_path)
    write_night(lake, N1, [Doc("d1", "x"), Doc("d2", "y", is_rejected=True)])
    write_night(lake, N2, [Doc("d3", "z")])
    for stage in STAGES:
        for night in (N1, N2):
            write_seal(lake.part_folder(stage, night, "batch-0001.part-0000"), "whole")
    return lake


def seals(lake: Lake, night: date) -> list[str | None]:
    return [read_seal(lake.part_folder(stage, night, "batch-0001.part-0000")) for stage in STAGES]


def test_quarantined_documents_are_found_with_their_part(lake: Lake) -> None:
    (row,) = quarantined(lake, [N1, N2]).to_dicts()
    assert (row["delivery_id"], row["rule"], row["ingested_on"]) == ("d2", "no_country", N1)
    assert (row["part"], row["folder"]) == ("batch-0001.part-0000", "extraction")
    assert not row["is_emptied"]


@pytest.mark.parametrize(
    ("nights", "rules", "count"),
    [([N1], ["no_country"], 1), ([N1], ["no_date"], 0), ([N2], None, 0), ([], None, 0)],
)
def test_they_are_chosen_by_night_and_rule(
    lake: Lake, nights: list[date], rules: list[str] | None, count: int
) -> None:
    assert quarantined(lake, nights, rules=rules).height == count


def test_an_unknown_rule_names_those_there_are(lake: Lake) -> None:
    with pytest.raises(SettingsError, match=r"no rule 'no_fun': rules are .*no_country"):
        quarantined(lake, [N1], rules=["no_fun"])


def test_only_their_parts_are_done_again_from_the_stage_that_rejected_them(lake: Lake) -> None:
    do_again(lake, quarantined(lake, [N1, N2]))
    assert seals(lake, N1) == ["whole", "whole", None]
    assert seals(lake, N2) == ["whole"] * 3


def test_what_an_early_stage_rejected_is_unseen_by_later_ones_so_they_go_too(lake: Lake) -> None:
    import polars as pl

    found = quarantined(lake, [N1]).with_columns(folder=pl.lit("parsed_articles"))
    do_again(lake, found)
    assert seals(lake, N1) == [None] * 3


def test_what_the_bytes_were_needed_for_is_left_as_it_is(lake: Lake) -> None:
    """The one that names no country is tried again from its article, which is there."""
    (part,) = lake.raw_parts(N1)
    part.removal_record.write_text("{}")
    stub = {"delivery_id": "d0", "rule": "not_an_article", "stage": "parse", "detail": "a stub"}
    rejected = REJECTED.frame([{**stub, "file_name": "d0.txt", "ingested_on": N1}])
    folder = lake.part_folder("parsed_articles", N1, part.name)
    rejected.write_parquet(folder / "quarantine.parquet")

    found = quarantined(lake, [N1])
    assert dict(found.select("delivery_id", "is_emptied").iter_rows()) == {"d0": True, "d2": False}
    do_again(lake, found)
    assert seals(lake, N1) == ["whole", "whole", None]


def test_rejections_that_say_less_are_found_too(lake: Lake) -> None:
    (file,) = lake.table_files("extraction", N1, "quarantine")
    pl.read_parquet(file, hive_partitioning=False).with_columns(page=1).write_parquet(file)
    assert quarantined(lake, [N1]).height == 1
