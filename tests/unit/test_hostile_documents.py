"""A night of hostile documents: each ends as exactly one thing, none fails, a rerun is equal."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from importlib import import_module

import polars as pl
import pytest
from hostile_documents import hostile_files

from etl.lake.store import Lake
from etl.landing.claims import claim
from etl.landing.limits import Limits
from etl.landing.scan import scan
from etl.night import stages
from etl.schema import RAW_DOCUMENTS
from etl.stage import RAW, Stage, StageFunction, Tables

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

NIGHT = date(2024, 2, 1)
FIELDS = ("title", "dateline", "body")


def function_of(stage: Stage) -> StageFunction:
    module, _, name = stage.builder.partition(":")
    made: StageFunction = getattr(import_module(module), name)(**dict(stage.options))
    return made


def derived(raw: pl.DataFrame) -> dict[str, Tables]:
    """All stages on one part; a document that makes one raise ends the test."""
    found: dict[str, Tables] = {RAW: {RAW: raw}}
    for stage in stages(None):
        found[stage.name] = function_of(stage)(found[stage.reads.stage][stage.reads.table])
    del found[RAW]
    return found


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> pl.DataFrame:
    folder = tmp_path_factory.mktemp("hostile")
    files = list(hostile_files())
    for name, content in files:
        path = folder / "landing" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    found = scan(folder / "landing", now=datetime(2100, 1, 1, tzinfo=UTC), settle_seconds=0)
    lake = Lake(folder / "lake")
    taken = claim(found, lake, night=NIGHT, limits=Limits())
    assert taken.file_count == len(files)
    parts = [pl.read_parquet(p.path, hive_partitioning=False) for p in lake.raw_parts(NIGHT)]
    return RAW_DOCUMENTS.conform(pl.concat(parts))


@pytest.fixture(scope="module")
def night(raw: pl.DataFrame) -> dict[str, Tables]:
    return derived(raw)


def rejected(night: dict[str, Tables]) -> Iterator[tuple[str, str]]:
    for tables in night.values():
        yield from tables["quarantine"].select("delivery_id", "rule").iter_rows()


def test_there_are_hundreds_of_them(raw: pl.DataFrame) -> None:
    assert raw.height >= 400
    assert raw["delivery_id"].is_unique().all()


def test_each_ends_as_exactly_one_thing(raw: pl.DataFrame, night: dict[str, Tables]) -> None:
    out = dict(rejected(night))
    with_country = set(night["extraction"]["article_countries"]["delivery_id"])
    ends = Counter([*(pair[0] for pair in rejected(night)), *with_country])
    assert set(ends) == set(raw["delivery_id"])
    assert set(ends.values()) == {1}
    assert "processing_failed" not in out.values()


def test_most_of_them_reach_the_last_stage(raw: pl.DataFrame, night: dict[str, Tables]) -> None:
    """Else this would try the first stage alone."""
    published = night["extraction"]["article_countries"]["delivery_id"].n_unique()
    assert published > raw.height * 0.6
    assert len({rule for _, rule in rejected(night)}) >= 8


def test_evidence_stands_where_it_says(night: dict[str, Tables]) -> None:
    articles = night["articles"]["articles"].select("delivery_id", *FIELDS)
    for stage, table, text in (
        ("extraction", "mentions", "text"),
        ("extraction", "article_countries", "evidence"),
        ("articles", "date_mentions", "text"),
    ):
        rows = night[stage][table].join(articles, on="delivery_id").iter_rows(named=True)
        wrong = [
            row
            for row in rows
            if row[row["field"]][row["start_char"] : row["end_char"]] != row[text]
        ]
        assert wrong == []


def test_no_text_holds_what_no_table_can(night: dict[str, Tables]) -> None:
    articles = night["articles"]["articles"]
    for name in ("title", "byline", "dateline", "body"):
        for text in articles[name].drop_nulls():
            assert not any(ord(char) < 32 and char not in "\n\t" for char in text), text[:200]


def ordered(frame: pl.DataFrame) -> pl.DataFrame:
    """By all columns that have an order: lists have none."""
    return frame.sort(c for c in frame.columns if not isinstance(frame.schema[c], pl.List))


def test_a_rerun_of_some_in_another_order_is_equal(
    raw: pl.DataFrame, night: dict[str, Tables]
) -> None:
    """What is found in a document depends on it alone, whatever else is in its part."""
    some = raw.sample(fraction=0.3, shuffle=True, seed=7)
    ids = some["delivery_id"].to_list()
    for stage, tables in derived(some).items():
        for name, frame in tables.items():
            before = night[stage][name].filter(pl.col("delivery_id").is_in(ids))
            assert ordered(frame).equals(ordered(before)), name
