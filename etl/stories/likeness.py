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

from etl.stories.candidates import Rarity
from etl.stories.portrait import Portrait, Vector
from etl.tables import made_of_tables, read_table

MOST_NAMES = 3
FEW_WORDS = 80
"""Telling words of title and lead from which on an article is not short."""
MOST_DAYS = 2
STANDING_SHARE = 0.4
SAME_TITLE = 0.5
"""From such a cosine on two titles are wordings of one: a text under them may be passed on."""
LIMIT = 6.0
"""A likeness beyond this counts as this: a copy of one member does not outvote the others."""

COSINES = ("words", "title", "persons", "surnames", "organisations", "places")
_SINGLE = (
    "bias",
    *(f"{name}{kind}" for name in COSINES for kind in ("", "_root")),
    "full_names",
    "rare_names",
    "rare_organisations",
    "rare_places",
    "same_days",
    "days_apart",
    "brevity",
)
_TOGETHER = (
    ("same_days", "days_apart"),
    ("same_days", "words_root"),
    ("rare_organisations", "days_apart"),
    ("brevity", "days_apart"),
)
"""What tells more, or less, with another: a day that both speak of tells most where they are weeks
apart, and a short item least there."""
FEATURES = (*_SINGLE, *map("*".join, _TOGETHER))

Weights = Mapping[str, float]


@made_of_tables
def load_likeness() -> Weights:
    """The fitted weights of story_likeness.csv."""
    rows = read_table("story_likeness.csv").select("feature", pl.col("weight").cast(pl.Float64))
    return dict(rows.iter_rows())


def features(one: Portrait, other: Portrait, rarity: Rarity) -> Iterator[float]:
    """The values of ``FEATURES`` for two articles; ``rarity`` of the names of the later one.

    A cosine counts twice, as it is and by its root: from none to a little is a greater step than
    from much to more. A name that all kinds of stories hold says little, and so do its words: two
    short items have often nothing but a president in common.
    """
    single = dict(zip(_SINGLE, _single(one, other, rarity), strict=True))
    yield from single.values()
    for name, along in _TOGETHER:
        yield single[name] * single[along]


def _single(one: Portrait, other: Portrait, rarity: Rarity) -> Iterator[float]:
    yield 1.0
    for name in COSINES:
        value = _likeness_of(getattr(one, name), getattr(other, name), rarity.of_word)
        yield value
        yield math.sqrt(value)
    shared = one.full_names & other.full_names
    yield min(len(shared), MOST_NAMES)
    yield _rare(shared, rarity.of_name)
    yield _rare(one.organisations.keys() & other.organisations.keys(), rarity.of_name)
    yield _rare(one.places.keys() & other.places.keys(), rarity.of_name)
    yield min(len(one.days & other.days), MOST_DAYS)
    yield math.log1p(abs(one.day - other.day))
    yield max(0.0, 1 - min(len(one.words), len(other.words)) / FEW_WORDS)


def likeness(one: Portrait, other: Portrait, rarity: Rarity, weights: Weights) -> float:
    """How far two articles tell of one event, in logits within ``LIMIT``.

    Two items of a series tell of two.
    """
    if are_of_a_series(one, other):
        return -LIMIT
    values = features(one, other, rarity)
    total = sum(weights[name] * value for name, value in zip(FEATURES, values, strict=True))
    return max(-LIMIT, min(LIMIT, total))


def are_of_a_series(one: Portrait, other: Portrait) -> bool:
    """Whether two items have one standing text under two titles: a programme, a market report."""
    fewer = min(len(one.runs), len(other.runs))
    if not fewer or len(one.runs & other.runs) < STANDING_SHARE * fewer:
        return False
    return _likeness_of(one.title, other.title, {}) < SAME_TITLE


def _rare(names: Collection[str], rarity: Mapping[str, float]) -> float:
    return min(math.fsum(rarity[name] for name in names), MOST_NAMES)


def _likeness_of(one: Vector, other: Vector, left: Mapping[str, float]) -> float:
    """Cosine of two vectors of length 1; of what they share counts what is ``left`` of it."""
    shared = one.keys() & other.keys()
    return math.fsum(one[name] * other[name] * left.get(name, 1.0) for name in shared)


def probability(logit: float) -> float:
    """A likeness from 0 to 1."""
    return 1 / (1 + math.exp(-logit))
