"""Pairs of articles of which the later may be a copy of the earlier, and how much they share.

What belongs here: finding pairs by a sample of their shingles, and measuring them by all. What
does not: which pairs are copies (verdict.py).

Whether a pair is found depends on the articles within the window before the later one alone, so
whoever looks at a longer stretch of days finds the same pairs.
"""

import numpy as np
import numpy.typing as npt
import polars as pl

from etl.shingles import Shingles

SAMPLED = np.uint64(4)
"""One in so many shingles is looked at to find pairs: texts that share 15 are found for certain
enough (1 in 75 is missed), and a copy of any length shares more."""

NEAREST = 20
"""With so many earlier articles that hold the same sampled shingle an article is compared:
"all rights reserved" stands in thousands."""

FOUND_FROM = 2

PAIR_SCHEMA = {
    "earlier": pl.Int64(),
    "later": pl.Int64(),
    "share": pl.Float64(),
    "jaccard": pl.Float64(),
}


def measured_pairs(
    texts: Shingles, days: npt.NDArray[np.int64], *, within_days: int
) -> pl.DataFrame:
    """Pairs that may be copies: ``earlier``, ``later`` (numbers of texts), ``share``, ``jaccard``.

    ``days`` ascend. ``share`` is the part of the shorter text's shingles that the longer one
    holds, ``jaccard`` the part of both's that both hold.
    """
    candidates = _candidates(texts, days, within_days)
    rows = [(a, b, *_measures(texts, a, b)) for a, b in candidates.iter_rows()]
    return pl.DataFrame(rows, schema=PAIR_SCHEMA, orient="row")


def _candidates(texts: Shingles, days: npt.NDArray[np.int64], within_days: int) -> pl.DataFrame:
    """Pairs that share at least ``FOUND_FROM`` sampled shingles, sorted."""
    is_sampled = texts.hashes % SAMPLED == 0
    hashes, owners = texts.hashes[is_sampled], texts.texts[is_sampled]
    order = np.lexsort((owners, hashes))
    hashes, owners = hashes[order], owners[order]
    found = []
    for step in range(1, min(NEAREST, len(hashes) - 1) + 1):
        earlier, later = owners[:-step], owners[step:]
        is_pair = (hashes[:-step] == hashes[step:]) & (days[later] - days[earlier] <= within_days)
        found.append(np.stack([earlier[is_pair], later[is_pair]], axis=1))
    pairs = np.concatenate(found) if found else np.empty((0, 2), dtype=np.int64)
    return (
        pl.DataFrame(pairs, schema=["earlier", "later"], orient="row")
        .group_by("earlier", "later")
        .len()
        .filter(pl.col("len") >= FOUND_FROM)
        .select("earlier", "later")
        .sort("later", "earlier")
    )


def _measures(texts: Shingles, earlier: int, later: int) -> tuple[float, float]:
    one, other = texts.of(earlier), texts.of(later)
    both = len(np.intersect1d(one, other, assume_unique=True))
    return both / min(len(one), len(other)), both / (len(one) + len(other) - both)
