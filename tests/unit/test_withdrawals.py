"""Taking a withdrawn article out of the lake: every delivery, every step repeatable."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from night_lake import Doc, write_night

import etl.lake.withdrawals
from etl import schema
from etl.lake.store import Lake, read_seal, write_seal
from etl.lake.withdrawals import (
    NOTE,
    Tombstone,
    detail_of,
    find_deliveries,
    forget_samples,
    read_tombstones,
    take_out,
    withdrawn_deliveries,
    write_tombstone,
)

N1, N2, N3 = (date(2026, 3, day) for day in (1, 2, 3))
NIGHTS = (N1, N2)
PART = "batch-0001.part-0000"
STONE = Tombstone(article_id="article of x", reason="asked for", withdrawn_on=N3)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    """Text x came as d1 and d2, then as d4; its night's third document is another."""
    lake = Lake(tmp_path)
    write_night(lake, N1, [Doc("d1", "x"), Doc("d2", "x"), Doc("d3", "y")])
    write_night(lake, N2, [Doc("d4", "x"), Doc("d5", "z", is_rejected=True)])
    write_seal(lake.part_folder("articles", N1, PART), "seal")
    return lake


def identify(parsed: pl.DataFrame) -> pl.Series:
    return pl.Series("article_id", [f"article of {body}" for body in parsed["body"]], pl.String)


def ids(frame: pl.DataFrame) -> list[str]:
    return sorted(frame["delivery_id"])


def tables(lake: Lake) -> dict[str, pl.DataFrame]:
    return {
        str(file.relative_to(lake.root)): pl.read_parquet(file, hive_partitioning=False)
        for file in sorted(lake.root.rglob("*.parquet"))
    }


def test_every_delivery_of_the_text_is_found_and_taken_out(lake: Lake) -> None:
    assert ids(find_deliveries(lake, NIGHTS, [STONE], identify)) == ["d1", "d2", "d4"]
    assert ids(take_out(lake, NIGHTS, [STONE], identify)) == ["d1", "d2", "d4"]
    assert find_deliveries(lake, NIGHTS, [STONE], identify).is_empty()
    taken = withdrawn_deliveries(lake, NIGHTS)
    assert ids(taken) == ["d1", "d2", "d4"]
    assert set(taken["detail"]) == {detail_of(STONE)}


def test_bytes_are_replaced_by_a_note_and_the_others_stay(lake: Lake) -> None:
    take_out(lake, NIGHTS, [STONE], identify)
    (part,) = lake.raw_parts(N1)
    raw = dict(pl.read_parquet(part.path).select("delivery_id", "raw").iter_rows())
    assert raw == {"d1": NOTE, "d2": NOTE, "d3": b"y"}


def test_fingerprints_and_seals_do_not_change(lake: Lake) -> None:
    (part,) = lake.raw_parts(N1)
    before = part.fingerprint()
    take_out(lake, NIGHTS, [STONE], identify)
    assert part.fingerprint() == before
    assert read_seal(lake.part_folder("articles", N1, PART)) == "seal"


def test_derived_rows_go_and_the_first_stage_rejects_the_documents(lake: Lake) -> None:
    take_out(lake, NIGHTS, [STONE], identify)
    for name, table in tables(lake).items():
        held = set(table["delivery_id"]) & {"d1", "d2", "d4"}
        is_where_they_end = "raw_documents" in name or "parsed_articles" in name
        assert bool(held) == is_where_they_end, name
    rejected = pl.read_parquet(lake.part_folder("parsed_articles", N2, PART) / "quarantine.parquet")
    assert rejected.select("delivery_id", "stage", "rule").rows() == [
        ("d4", "identity", "withdrawn")
    ]


def test_taking_out_twice_changes_nothing(lake: Lake) -> None:
    take_out(lake, NIGHTS, [STONE], identify)
    before = tables(lake)
    assert take_out(lake, NIGHTS, [STONE], identify).is_empty()
    assert all(table.equals(before[name]) for name, table in tables(lake).items())


def test_what_was_killed_half_way_is_finished(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(etl.lake.withdrawals, "_take_out_of_stages", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            take_out(lake, NIGHTS, [STONE], identify)
    take_out(lake, NIGHTS, [STONE], identify)
    articles = pl.concat(
        t for name, t in tables(lake).items() if name.endswith("/articles.parquet")
    )
    assert ids(articles) == ["d3", "d5"]


def test_a_document_without_a_date_is_known_by_what_was_parsed(lake: Lake) -> None:
    folder = lake.part_folder("articles", N2, PART)
    pl.read_parquet(folder / "articles.parquet").clear().write_parquet(folder / "articles.parquet")
    parsed = schema.PARSED_ARTICLES.frame([{"delivery_id": "d4", "body": "x"}])
    parsed.write_parquet(lake.part_folder("parsed_articles", N2, PART) / "parsed_articles.parquet")
    assert ids(find_deliveries(lake, [N2], [STONE], identify)) == ["d4"]


def test_a_later_copy_is_known_by_its_bytes_though_its_text_has_another_id(lake: Lake) -> None:
    write_tombstone(lake, STONE)
    take_out(lake, NIGHTS, [STONE], identify)
    write_night(lake, N3, [Doc("d6", "x"), Doc("d7", "w")])
    folder = lake.part_folder("articles", N3, PART)
    articles = pl.read_parquet(folder / "articles.parquet")
    articles.with_columns(article_id=pl.lit("other")).write_parquet(folder / "articles.parquet")
    assert ids(take_out(lake, [N3], read_tombstones(lake), identify)) == ["d6"]


def test_a_copy_that_was_rejected_at_landing_is_known_by_its_bytes(lake: Lake) -> None:
    """As with a broken sidecar: the text was never parsed, and lies in the lake all the same."""
    (part,) = lake.raw_parts(N2)
    raw = pl.read_parquet(part.path, hive_partitioning=False)
    is_copy = pl.col("delivery_id") == "d4"
    broken = pl.when(is_copy).then(pl.lit("invalid_sidecar")).otherwise("rule").alias("rule")
    raw.with_columns(broken).write_parquet(part.path)
    for file in lake.root.glob("*/ingested_on=2026-03-02/*/articles.parquet"):
        pl.read_parquet(file).filter(~is_copy).write_parquet(file)
    take_out(lake, NIGHTS, [STONE], identify)
    after = pl.read_parquet(part.path, hive_partitioning=False).filter(is_copy)
    assert after.select("raw", "rule").row(0) == (NOTE, "withdrawn")


def test_without_a_tombstone_nothing_is_read(tmp_path: Path) -> None:
    assert take_out(Lake(tmp_path), NIGHTS, [], identify).is_empty()


def test_samples_that_show_the_article_are_forgotten(lake: Lake) -> None:
    folder = lake.root / "quality_results"
    folder.mkdir()
    samples = ['[{"article_id": "article of x"}]', '[{"article_id": "article of y"}]', None]
    schema.QUALITY_RESULTS.frame({"sample": sample} for sample in samples).write_parquet(
        folder / "run.parquet"
    )
    forget_samples(lake, ["article of x", "d1"])
    assert pl.read_parquet(folder / "run.parquet")["sample"].to_list() == [None, samples[1], None]
