"""Likeness: how far two articles tell of one event, and what shows it.

What belongs here: the features of a pair, their weights, and the evidence in words. What does
not: which pairs are looked at (candidates.py), and what becomes of them (grouping.py).

A logistic regression fitted to articles whose events are known (``python -m bench.fit_stories``).
A likeness is in logits: 0 is as likely as not, each unit more makes it 2.7 times as likely. It
depends on the two articles, and on how rare the names of the later one were until then. Sums are
exact (``fsum``), so the order of a set's members changes no bit.
"""

import math
from collections.abc import Collection, Mapping
from operator import attrgetter

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

_vectors = attrgetter(*COSINES)
_PLACES = tuple((_SINGLE.index(one), _SINGLE.index(other)) for one, other in _TOGETHER)

Weights = tuple[float, ...]
"""In the order of ``FEATURES``."""


@made_of_tables
def load_likeness() -> Weights:
    """The fitted weights of story_likeness.csv."""
    rows = read_table("story_likeness.csv").select("feature", pl.col("weight").cast(pl.Float64))
    known = dict(rows.iter_rows())
    return tuple(known[name] for name in FEATURES)


def features(one: Portrait, other: Portrait, rarity: Rarity) -> list[float]:
    """The values of ``FEATURES`` for two articles; ``rarity`` of the names of the later one.

    A cosine counts twice, as it is and by its root: from none to a little is a greater step than
    from much to more. A name that all kinds of stories hold says little, and so do its words: two
    short items have often nothing but a president in common.
    """
    found = [1.0]
    for own, others in zip(_vectors(one), _vectors(other), strict=True):
        value = _likeness_of(own, others, rarity.of_word)
        found += (value, math.sqrt(value))
    full_names = {name for name in one.persons.keys() & other.persons.keys() if " " in name}
    found += (
        min(len(full_names), MOST_NAMES),
        _rare(full_names, rarity.of_name),
        _rare(one.organisations.keys() & other.organisations.keys(), rarity.of_name),
        _rare(one.places.keys() & other.places.keys(), rarity.of_name),
        min(len(one.days & other.days), MOST_DAYS),
        math.log1p(abs(one.day - other.day)),
        max(0.0, 1 - min(len(one.words), len(other.words)) / FEW_WORDS),
    )
    found += [found[place] * found[along] for place, along in _PLACES]
    return found


def likeness(one: Portrait, other: Portrait, rarity: Rarity, weights: Weights) -> float:
    """How far two articles tell of one event, in logits within ``LIMIT``.

    Two items of a series tell of two.
    """
    if are_of_a_series(one, other):
        return -LIMIT
    values = features(one, other, rarity)
    total = sum(weight * value for weight, value in zip(weights, values, strict=True))
    return max(-LIMIT, min(LIMIT, total))


def are_of_a_series(one: Portrait, other: Portrait) -> bool:
    """Whether two items have one standing text under two titles: a programme, a market report."""
    fewer = min(len(one.runs), len(other.runs))
    if not fewer or len(one.runs & other.runs) < STANDING_SHARE * fewer:
        return False
    return _likeness_of(one.title, other.title, {}) < SAME_TITLE


def _rare(names: Collection[str], rarity: Mapping[str, float]) -> float:
    return min(math.fsum([rarity[name] for name in names]), MOST_NAMES) if names else 0.0


def _likeness_of(one: Vector, other: Vector, left: Mapping[str, float]) -> float:
    """Cosine of two vectors of length 1; of what they share counts what is ``left`` of it."""
    shared = one.keys() & other.keys()
    if not shared:
        return 0.0
    return math.fsum([one[name] * other[name] * left.get(name, 1.0) for name in shared])


def probability(logit: float) -> float:
    """A likeness from 0 to 1."""
    return 1 / (1 + math.exp(-logit))
