"""Likeness: how far two articles tell of one event, and what shows it.

What belongs here: the features of a pair, their weights, and the evidence in words. What does
not: which pairs are looked at (candidates.py), and what becomes of them (grouping.py).

A logistic regression fitted to articles whose events are known (``python -m bench.fit_stories``).
A likeness is in logits: 0 is as likely as not, each unit more makes it 2.7 times as likely. It
depends on the two articles, and on how rare the names of the later one were until then. Sums are
exact (``fsum``), so the order of a set's members changes no bit.
"""

import math
from collections.abc import Collection, Iterator, Mapping

import polars as pl

from etl.stories.portrait import Portrait, Vector
from etl.tables import made_of_tables, read_table

MOST_NAMES = 3
MOST_DAYS = 2
LIMIT = 6.0
"""A likeness beyond this counts as this: a copy of one member does not outvote the others."""

COSINES = ("words", "title", "persons", "surnames", "organisations", "places")
FEATURES = (
    "bias",
    *(f"{name}{kind}" for name in COSINES for kind in ("", "_root")),
    "full_names",
    "rare_names",
    "rare_organisations",
    "rare_places",
    "same_days",
    "days_apart",
)

Weights = Mapping[str, float]


@made_of_tables
def load_likeness() -> Weights:
    """The fitted weights of story_likeness.csv."""
    rows = read_table("story_likeness.csv").select("feature", pl.col("weight").cast(pl.Float64))
    return dict(rows.iter_rows())


def features(one: Portrait, other: Portrait, rarity: Mapping[str, float]) -> Iterator[float]:
    """The values of ``FEATURES`` for two articles; ``rarity`` of the names of the later one.

    A cosine counts twice, as it is and by its root: from none to a little is a greater step than
    from much to more.
    """
    yield 1.0
    for name in COSINES:
        value = cosine(getattr(one, name), getattr(other, name))
        yield value
        yield math.sqrt(value)
    shared = one.full_names & other.full_names
    yield min(len(shared), MOST_NAMES)
    yield _rare(shared, rarity)
    yield _rare(one.organisations.keys() & other.organisations.keys(), rarity)
    yield _rare(one.places.keys() & other.places.keys(), rarity)
    yield min(len(one.days & other.days), MOST_DAYS)
    yield math.log1p(abs(one.day - other.day))


def likeness(
    one: Portrait, other: Portrait, rarity: Mapping[str, float], weights: Weights
) -> float:
    """How far two articles tell of one event, in logits within ``LIMIT``."""
    values = features(one, other, rarity)
    total = sum(weights[name] * value for name, value in zip(FEATURES, values, strict=True))
    return max(-LIMIT, min(LIMIT, total))


def _rare(names: Collection[str], rarity: Mapping[str, float]) -> float:
    return min(math.fsum(rarity[name] for name in names), MOST_NAMES)


def cosine(one: Vector, other: Vector) -> float:
    """Cosine of two vectors of length 1."""
    return math.fsum(one[name] * other[name] for name in one.keys() & other.keys())


def probability(logit: float) -> float:
    """A likeness from 0 to 1."""
    return 1 / (1 + math.exp(-logit))
