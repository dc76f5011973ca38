"""Whatever arrives: every document ends once, order does not matter, spans slice back."""

from datetime import date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from night_lake import REFERENCES, RUN, Doc, write_night

from etl import schema
from etl.dates.stage import build_articles
from etl.extract.stage import build_extraction
from etl.lake.parts import StageFunction, Tables
from etl.lake.store import Lake
from etl.parse.stage import build_parse
from etl.warehouse.digest import sha256, table_digests

NIGHT = date(2026, 3, 1)
NIGHTS = [date(2026, 3, day) for day in (1, 2, 3)]

PIECES = st.sampled_from(
    [
        " date 2024-01-19 ",
        " date 2023-04 ",
        " date 2024-13-45 ",
        "NAIROBI, Kenya (AP) — ",
        "Islamabad [Pakistan], January 19 : ",
        "Ferries crossed the lake again, the Kenyan port authority said on Friday. ",
        "Le ministre a parlé à Dakar. ",
        "صرح الوزير في القاهرة أن الجسر سيفتح قريبا. ",
        "👩🏽‍🚀 e\u0301 Georgia’s prime minister met Turkey's envoy in Tbilisi. ",
        "\n\nALSO READ: Ten hotels in Malta\n\n",
        "\n\n© 2024 Example Times\n\n",
        "Home » News » World »\n\n",
        "(",
        "\x00",
        "â€™",
    ]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=8).map("".join), st.text(max_size=80))
BYTES = st.one_of(TEXTS.map(lambda text: text.encode("utf-8", "replace")), st.binary(max_size=60))
DOCUMENTS = st.lists(BYTES, min_size=1, max_size=6)


@cache
def stages() -> tuple[StageFunction, StageFunction, StageFunction]:
    return (
        build_parse(),
        build_articles(derived_by="test"),
        build_extraction(derived_by="test", spacy_model=None),
    )


def raw_documents(documents: list[bytes]) -> pl.DataFrame:
    return schema.RAW_DOCUMENTS.frame(
        {
            "delivery_id": f"d{number}",
            "path": f"{number}.txt",
            "size": len(raw),
            "mtime": datetime(2026, 2, 1),
            "sha256": "",
            "file_name": f"{number}.txt",
            "raw": raw,
            "ingested_on": NIGHT,
        }
        for number, raw in enumerate(documents)
    )


def run(raw: pl.DataFrame) -> Tables:
    """All stages on one batch; quarantined rows of all of them together."""
    parse, normalise, extract = stages()
    parsed = parse(raw)
    normalised = normalise(parsed["parsed_articles"])
    extracted = extract(normalised["articles"])
    rejected = pl.concat([t["quarantine"] for t in (parsed, normalised, extracted)])
    return {**parsed, **normalised, **extracted, "quarantine": rejected}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DOCUMENTS)
def test_every_document_ends_exactly_once(documents: list[bytes]) -> None:
    raw = raw_documents(documents)
    tables = run(raw)
    kept = tables["article_countries"]["delivery_id"].unique().to_list()
    ends = sorted(kept + tables["quarantine"]["delivery_id"].to_list())
    assert ends == sorted(raw["delivery_id"])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DOCUMENTS, st.randoms(use_true_random=False))
def test_neither_order_nor_company_changes_a_row(documents: list[bytes], random: object) -> None:
    raw = raw_documents(documents)
    whole = run(raw)
    apart = [run(raw[number : number + 1]) for number in range(raw.height)]
    assert hasattr(random, "shuffle")
    random.shuffle(apart)
    for name, frame in whole.items():
        together = pl.concat([tables[name] for tables in apart])
        assert sorted(map(str, frame.rows())) == sorted(map(str, together.rows())), name


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(DOCUMENTS)
def test_every_span_slices_to_its_text(documents: list[bytes]) -> None:
    tables = run(raw_documents(documents))
    articles = {row["delivery_id"]: row for row in tables["articles"].iter_rows(named=True)}
    spans = [
        *((row, row["text"]) for row in tables["mentions"].iter_rows(named=True)),
        *((row, row["evidence"]) for row in tables["article_countries"].iter_rows(named=True)),
    ]
    for row, text in spans:
        field = articles[row["delivery_id"]][row["field"]]
        assert field[row["start_char"] : row["end_char"]] == text


FATES = st.lists(st.tuples(st.sampled_from("xyz"), st.booleans()), min_size=0, max_size=4)


@pytest.mark.slow
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(FATES, min_size=3, max_size=3), st.permutations(NIGHTS))
def test_the_order_of_nights_does_not_change_who_owns_what(
    fates: list[list[tuple[str, bool]]], order: list[date]
) -> None:
    with TemporaryDirectory() as folder:
        lake = Lake(Path(folder) / "lake")
        for night, documents in zip(NIGHTS, fates, strict=True):
            docs = [
                Doc(f"{night.day}-{number}", text, is_rejected=rejected)
                for number, (text, rejected) in enumerate(documents)
            ]
            write_night(lake, night, docs)
        together = _build(lake, Path(folder) / "a", [NIGHTS])
        apart = _build(lake, Path(folder) / "b", [[night] for night in order])
        assert together == apart


def _build(lake: Lake, folder: Path, runs: list[list[date]]) -> dict[str, str]:
    from etl.warehouse.staging import stage

    folder.mkdir()
    published = folder / "published.duckdb"
    for nights in runs:
        staging = folder / "staging" / "staging.duckdb"
        stage(
            lake,
            staging,
            published=published,
            nights=nights,
            logged=schema.RUNS.frame(),
            known={sha256(published)} if published.exists() else set(),
            run=RUN,
            references=REFERENCES,
            raw_text=bytes.decode,
        )
        staging.replace(published)
    return table_digests(published)
