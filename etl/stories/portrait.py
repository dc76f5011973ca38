"""A portrait: what stories look at in an article.

What belongs here: making portraits from the tables of extraction and dates, each word and name
with its weight. What does not: comparing portraits (likeness.py).
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import polars as pl

from etl.shingles import shingles
from etl.tables import made_of_tables, read_table

TITLE_WORDS = 60
LEAD_WORDS = 200
LEAD_CHARS = 4000
"""No more of a body is read: in any language 200 words end before."""

ITEM_WORDS = 120
"""An article of no more words may be an item of a series, with a standing text under each title."""

TITLE_TIMES = 2
"""A word of the title counts as if the text said it twice more."""

NAMED = {"PERSON": "persons", "ORG": "organisations", "PLACE": "places"}
SHORTEST_NAME = 3
_WORD = r"[\p{L}\p{M}\p{N}]+"

Vector = dict[str, float]
"""Weights by word or name, of length 1."""


@dataclass(slots=True, kw_only=True)
class Portrait:
    """One article. ``day`` is published_on in days, ``days`` are those that its text speaks of.

    ``runs`` are the five-word runs of a body of no more than ``ITEM_WORDS``, as numbers.
    """

    article_id: str
    day: int
    words: Vector
    title: Vector
    persons: Vector
    surnames: Vector
    organisations: Vector
    places: Vector
    days: frozenset[int]
    runs: frozenset[int]


class Weights(NamedTuple):
    """Weights of English words, that of any other word, and small words by language."""

    known: Mapping[str, float]
    unknown: float
    small: frozenset[tuple[str, str]]

    def of(self, word: str, language: str) -> float:
        """How much a word tells; nothing if it is a small one of the text's language."""
        if (language, word) in self.small:
            return 0.0
        return self.known.get(word, self.unknown)


UNKNOWN = "*"
"""Stands in word_weights.csv for every word that has no row."""


@made_of_tables
def load_weights() -> Weights:
    """The weights of word_weights.csv and stop_words.csv."""
    rows = read_table("word_weights.csv").select("word", pl.col("weight").cast(pl.Float64))
    known = dict(rows.iter_rows())
    small = read_table("stop_words.csv").select("language", "word").iter_rows()
    return Weights(known=known, unknown=known.pop(UNKNOWN), small=frozenset(small))


def portraits(
    articles: pl.DataFrame, mentions: pl.DataFrame, date_mentions: pl.DataFrame
) -> list[Portrait]:
    """A portrait of each article, in the order of the articles.

    Input: article_id, published_on, title, body, language_code; the mentions (article_id, label,
    name) and the days (article_id, starts_on, precision) of these articles.
    """
    weights = load_weights()
    names = {label: _grouped(mentions.filter(pl.col("label") == label), _NAME) for label in NAMED}
    of_day = date_mentions.filter(pl.col("precision") == "day")
    days = _grouped(of_day, pl.col("starts_on").to_physical())
    texts = _texts(articles)
    runs = shingles(texts["body"].list.join(" ").set(texts["body"].list.len() > ITEM_WORDS, ""))
    return [
        Portrait(
            article_id=article_id,
            day=day,
            words=_vector([*title * TITLE_TIMES, *lead], weights, language),
            title=_vector(title, weights, language),
            **_names({label: of.get(article_id, ()) for label, of in names.items()}, weights),
            days=frozenset(days.get(article_id, ())),
            runs=frozenset(runs.of(number).tolist()),
        )
        for number, (article_id, day, language, title, lead) in enumerate(texts.iter_rows())
    ]


_NAME = pl.col("name").str.to_lowercase()


def _texts(articles: pl.DataFrame) -> pl.DataFrame:
    def words_of(column: str, count: int) -> pl.Expr:
        lower = pl.col(column).fill_null("").str.slice(0, LEAD_CHARS).str.to_lowercase()
        return lower.str.extract_all(_WORD).list.head(count).alias(column)

    return articles.select(
        "article_id",
        pl.col("published_on").to_physical(),
        pl.col("language_code").str.extract(r"^(\w+)"),
        words_of("title", TITLE_WORDS),
        words_of("body", LEAD_WORDS),
    )


def _grouped(rows: pl.DataFrame, value: pl.Expr) -> dict[str, list[Any]]:
    """The distinct values of each article, sorted."""
    grouped = rows.group_by("article_id").agg(value.alias("value").unique().sort())
    return dict(grouped.iter_rows())


def _names(by_label: Mapping[str, Iterable[str]], weights: Weights) -> dict[str, Vector]:
    """The vectors of names: each weighs what the most telling of its words does."""
    named = {
        NAMED[label]: [name for name in names if len(name) >= SHORTEST_NAME]
        for label, names in by_label.items()
    }
    named["surnames"] = sorted({name.rpartition(" ")[2] for name in named["persons"]})
    return {
        part: _unit({name: max(weights.of(word, "") for word in name.split()) for name in names})
        for part, names in named.items()
    }


def _vector(tokens: Iterable[str], weights: Weights, language: str) -> Vector:
    """Words by how often they stand there, on a logarithmic scale, and by what they tell."""
    return _unit(
        {
            word: (1 + math.log(count)) * weight
            for word, count in Counter(tokens).items()
            if (weight := weights.of(word, language))
        }
    )


def _unit(vector: Vector) -> Vector:
    length = math.sqrt(sum(weight * weight for weight in vector.values()))
    return {name: weight / length for name, weight in vector.items()} if length else {}
