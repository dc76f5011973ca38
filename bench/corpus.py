"""The development corpus for benches: its documents through the real stages, and its labels.

What belongs here: reading it. What does not: where it lies (corpus_path.py),
scoring (bench/accuracy.py, bench/parse.py) and fitting (bench/fit_salience.py). Nothing of the
corpus may be written into the project.
"""

import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl

from bench.corpus_path import corpus_folder
from etl.dates import date_articles
from etl.decode import decode_documents
from etl.extract import build_extractor
from etl.extract.mentions import Mention
from etl.parse import parse_documents
from etl.schema import RAW_DOCUMENTS

NIGHT = dt.date(2026, 1, 1)


@cache
def load_documents() -> pl.DataFrame:
    """Every development document with its decoded ``text``; ``delivery_id`` names it."""
    return read_documents(corpus_folder() / "in")


def read_documents(folder: Path) -> pl.DataFrame:
    """The documents of a folder, decoded, under the names of their files without ending."""
    files = sorted(folder.glob("*.txt"))
    documents, _ = decode_documents(RAW_DOCUMENTS.frame(_raw_row(path) for path in files))
    return documents


@cache
def load_articles() -> pl.DataFrame:
    """Every development document that the decode and parse stages accept.

    ``doc`` (also delivery_id and article_id) is the file's name without its ending;
    ``published_on`` is the day that the dates stage gives it, if any.
    """
    articles, _, _ = parse_documents(load_documents())
    dated, _ = date_articles(articles)
    days = dated.select("delivery_id", "published_on")
    return articles.join(days, on="delivery_id", how="left").with_columns(
        doc=pl.col("delivery_id"), article_id=pl.col("delivery_id")
    )


def _raw_row(path: Path) -> dict[str, object]:
    raw = path.read_bytes()
    return {
        "delivery_id": path.stem,
        "path": path.name,
        "file_name": path.name,
        "size": len(raw),
        "mtime": dt.datetime(2026, 1, 1),
        "sha256": path.stem,
        "raw": raw,
        "ingested_on": NIGHT,
    }


def extract_mentions() -> dict[str, tuple[list[Mention], int]]:
    """For each document its mentions and the length of its body."""
    extractor = build_extractor()
    rows = load_articles().to_dicts()
    found = extractor.find_mentions(rows)
    return {
        row["doc"]: (mentions, len(row["body"] or ""))
        for row, mentions in zip(rows, found, strict=True)
    }


@cache
def reuters_gold() -> dict[str, set[str]]:
    """The countries that the wire's editors say a piece is about."""
    table = pl.read_parquet(corpus_folder() / "gold" / "gold_reuters_dev.parquet")
    return {row["doc"]: set(row["iso2"]) for row in table.select("doc", "iso2").to_dicts()}


@dataclass(frozen=True)
class GeoGold:
    """Countries of every toponym of a document, and the one with most where it is alone."""

    countries: dict[str, set[str]]
    focus: dict[str, str]


@cache
def geo_gold() -> GeoGold:
    table = pl.read_parquet(corpus_folder() / "gold" / "gold_geo_dev.parquet")
    rows = table.select("doc", "iso2", "focus", "focus_tie").to_dicts()
    return GeoGold(
        {row["doc"]: set(row["iso2"]) for row in rows},
        {row["doc"]: row["focus"] for row in rows if row["focus"] and not row["focus_tie"]},
    )
