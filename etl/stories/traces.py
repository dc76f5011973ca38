"""Traces: what articles are looked up by, before anything is read of their texts.

What belongs here: the keys of an article, which are names, and telling words of its title with a
country. What does not: who shares a key (candidates.py).
"""

from typing import NamedTuple

import polars as pl

from etl.stories.portrait import NAMED, SHORTEST_NAME, load_weights

TELLING = 2.4
"""Weight from which on a word of a title tells what happened: "earthquake" with 3.1, not
"government" with 0.9."""


class Trace(NamedTuple):
    """One article. ``day`` is published_on in days; ``full_names`` of persons are far keys."""

    day: int
    article_id: str
    keys: tuple[str, ...]
    full_names: frozenset[str]


def traces(articles: pl.DataFrame, mentions: pl.DataFrame) -> list[Trace]:
    """The traces of articles in their order, (published_on, article_id).

    Input: article_id, published_on, title, language_code; mentions (article_id, label, name,
    country_code) of these articles.
    """
    names = mentions.filter(pl.col("label").is_in(list(NAMED))).select(
        "article_id", "label", key=pl.col("name").str.to_lowercase()
    )
    names = names.filter(pl.col("key").str.len_chars() >= SHORTEST_NAME)
    full = names.filter((pl.col("label") == "PERSON") & pl.col("key").str.contains(" "))
    keys = pl.concat([names.select("article_id", "key"), _events(articles, mentions)])
    by_article = dict(keys.group_by("article_id").agg(pl.col("key").unique().sort()).iter_rows())
    persons = dict(full.group_by("article_id").agg(pl.col("key").unique()).iter_rows())
    ordered = articles.select(pl.col("published_on").to_physical(), "article_id").sort(pl.all())
    return [
        Trace(day, article, tuple(by_article.get(article, ())), frozenset(persons.get(article, ())))
        for day, article in ordered.iter_rows()
    ]


def is_name(key: str) -> bool:
    """Whether a key is a name, and not a word with a country, which begins with the code of that.

    A name is in small letters, as far as its letters have any: "𝐀cme" keeps its capital.
    """
    return not (key[:1].isascii() and key[:1].isupper())


def _events(articles: pl.DataFrame, mentions: pl.DataFrame) -> pl.DataFrame:
    """article_id and key: 'CL earthquake'."""
    weights = load_weights()
    words = (
        articles.select(
            "article_id",
            pl.col("language_code").str.extract(r"^(\w+)").alias("language"),
            pl.col("title").fill_null("").str.to_lowercase().str.extract_all(r"[\p{L}\p{M}\p{N}]+"),
        )
        .explode("title")
        .unique()
    )
    telling = [
        weights.of(word or "", language) >= TELLING for _, language, word in words.iter_rows()
    ]
    countries = mentions.select("article_id", "country_code").drop_nulls().unique()
    return (
        words.filter(pl.Series(telling, dtype=pl.Boolean()))
        .drop_nulls("title")
        .join(countries, on="article_id")
        .select("article_id", key=pl.format("{} {}", "country_code", "title"))
    )
