"""The two seed articles of the corpus through decode, parse and extraction, as a night does it."""

import os
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from etl.extract import Extraction

CORPUS = Path(os.environ.get("DATELINE_CORPUS", Path(__file__).parents[3] / "shared" / "corpus"))

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(
        not (CORPUS / "seeds").is_dir(), reason=f"no seeds at {CORPUS}: set DATELINE_CORPUS"
    ),
]


@cache
def extraction() -> Extraction:
    from bench.corpus import read_documents
    from etl.extract import build_extractor
    from etl.parse import parse_documents

    articles, _, _ = parse_documents(read_documents(CORPUS / "seeds"))
    assert articles.height == 2
    return build_extractor().extract(articles.with_columns(article_id=pl.col("delivery_id")))


def test_pakistan_is_first_iran_second_turkey_there_and_nothing_else_in_focus() -> None:
    for _, rows in extraction().article_countries.sort("rank").group_by("delivery_id"):
        codes = rows["country_code"].to_list()
        assert codes[:2] == ["PK", "IR"] and "TR" in codes
        assert rows.filter(pl.col("is_focus"))["country_code"].to_list() == ["PK", "IR"]


@pytest.mark.parametrize(
    "name", ["Jalil Abbas Jilani", "Hakan Fidan", "Mumtaz Zahra Baloch", "Anwaarul Haq Kakar"]
)
def test_a_person_is_one_entity_however_named(name: str) -> None:
    persons = extraction().mentions.filter(pl.col("label") == "PERSON")
    alone = persons.filter(pl.col("text").str.contains(rf"\b{name.split()[-1]}\b"))
    assert alone["name"].unique().to_list() == [name]
    assert persons.filter(pl.col("name") == name)["entity_id"].n_unique() == 1


@pytest.mark.parametrize(
    ("acronym", "name"),
    [
        ("BLA", "Balochistan Liberation Army"),
        ("BLF", "Balochistan Liberation Front"),
        ("NSC", "National Security Committee"),
        ("ISI", "Inter-Services Intelligence"),
    ],
)
def test_an_acronym_goes_under_its_full_name(acronym: str, name: str) -> None:
    used = extraction().mentions.filter(pl.col("text") == acronym)
    assert used.height and used.select("name", "label").unique().rows() == [(name, "ORG")]
