"""Sets of articles whose stories are known, with what the pipeline itself extracts from them.

What belongs here: reading each set of ``DATELINE_CORPUS`` into the tables that stories and links of
names are made from, and keeping what was extracted, which takes minutes, for the next run. What
does not: scoring (bench/stories.py, bench/entity_links.py). Nothing of the corpus may be written
into the project.
"""

import csv
import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from bench.corpus import NIGHT, corpus_folder, load_articles
from etl import schema
from etl.dates import find_date_mentions
from etl.extract import build_extractor
from etl.fingerprint import code_version

EXTRACTED = ("etl.extract", "etl.dates", "etl.reference", "etl.lexicon", "etl.tables")
PAIR_LABELS = Path(__file__).with_name("story_pair_labels.csv")
CACHE = Path("/tmp/dateline-story-sets")


@dataclass(frozen=True, kw_only=True)
class StorySet:
    """Articles (as ``schema.ARTICLES``, and ``cluster_id`` where it is known) and their rows.

    ``mentions``, ``date_mentions`` and ``article_countries`` are as in the published file, as far
    as they are used.
    """

    articles: pl.DataFrame
    mentions: pl.DataFrame
    article_countries: pl.DataFrame
    date_mentions: pl.DataFrame


def read_incidents() -> StorySet:
    """Local pieces under the incident they tell of (cltl/LongTailQATask)."""
    return _cached("incidents", _labelled("gva_en_dev"))


def read_triples() -> StorySet:
    """National pieces, three outlets on one event each (launchnlp/BASIL)."""
    return _cached("triples", _labelled("basil_en_dev"))


def read_feeds() -> StorySet:
    """Modern items of feeds, title and summary, that name a country; no events are known of them.

    Of some pairs it is known whether they tell of one event (``pair_labels``).
    """
    days = pl.read_parquet(corpus_folder() / "gold" / "gold_feeds_dev.parquet").select(
        pl.col("doc").alias("article_id"), pl.col("date").str.to_date().alias("published_on")
    )
    items = load_articles().drop("published_on").join(days, on="article_id")
    articles = items.select(
        "article_id",
        "delivery_id",
        "file_name",
        "published_on",
        pl.lit("day").alias("date_precision"),
        "title",
        "dateline",
        "body",
        "language_code",
        pl.lit(None, dtype=pl.String).alias("source_id"),
        pl.col("given_url").alias("url"),
        pl.lit(NIGHT).alias("ingested_on"),
    ).sort("article_id")
    found = _cached("feeds", articles)
    about = articles.join(found.article_countries, on="article_id", how="semi")
    return replace(found, articles=about)


def pair_labels() -> dict[tuple[str, str], bool]:
    """Whether two items of feeds tell of one event, as read by hand: the smaller id is first.

    Most are pairs that an early form of the likeness took for one story, wrongly more often than
    not, or almost did; the others were linked by later forms.
    """
    with PAIR_LABELS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {(row["doc"], row["other_doc"]): row["is_same"] == "1" for row in rows}


def _labelled(name: str) -> pl.DataFrame:
    table = pl.read_parquet(corpus_folder().parent / "stories" / f"{name}.parquet")
    return table.select(
        pl.col("doc_id").alias("article_id"),
        pl.col("doc_id").alias("delivery_id"),
        pl.col("doc_id").alias("file_name"),
        pl.col("date").alias("published_on"),
        pl.lit("day").alias("date_precision"),
        "title",
        pl.lit(None, dtype=pl.String).alias("dateline"),
        "body",
        pl.lit("en").alias("language_code"),
        pl.col("outlet").alias("source_id"),
        "url",
        "cluster_id",
        pl.lit(NIGHT).alias("ingested_on"),
    ).sort("article_id")


def _cached(name: str, articles: pl.DataFrame) -> StorySet:
    """With its mentions; extracted once for these articles and this code of extraction."""
    version = hashlib.sha256(articles.write_csv(None, separator="\t", quote_style="never").encode())
    folder = CACHE / f"{name}-{version.hexdigest()[:12]}-{code_version(EXTRACTED)}"
    if not folder.exists():
        _extract(articles, folder)
    return StorySet(
        articles=articles,
        mentions=pl.read_parquet(folder / "mentions.parquet"),
        article_countries=pl.read_parquet(folder / "article_countries.parquet"),
        date_mentions=pl.read_parquet(folder / "date_mentions.parquet"),
    )


def _extract(articles: pl.DataFrame, folder: Path) -> None:
    extraction = build_extractor().extract(articles)
    found = find_date_mentions(articles, derived_by="")
    fresh = folder.with_suffix(".tmp")
    fresh.mkdir(parents=True, exist_ok=True)
    mentions = [
        name for name in schema.MENTIONS.column_names if name in extraction.mentions.columns
    ]
    extraction.mentions.select(mentions).write_parquet(fresh / "mentions.parquet")
    extraction.article_countries.write_parquet(fresh / "article_countries.parquet")
    found.write_parquet(fresh / "date_mentions.parquet")
    fresh.rename(folder)
