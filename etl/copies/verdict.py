"""Which pairs are copies, and how the later text differs from the earlier.

What belongs here: the thresholds, each with an example on either side of it. What does not:
finding and measuring pairs (pairs.py), and who had it from whom (credit.py).
"""

import re

import polars as pl

from etl.identity import TEASER_CHARS

MIN_SHARE = 0.6
"""Of the shorter text. An agency's piece with one word in ten changed shares .6 to .75 of its
shingles. A second report of the same outlet that repeats the background shares up to .5."""

MIN_NUMBERS = 0.7
"""Of the distinct numbers of the shorter text, held by the longer one. Next week's auction has the
same words and other figures: "an average of 6.91 pct" for 7.28."""

MIN_TITLE = 0.5
"""Of the words of the shorter title, where a body is no more than a teaser: "Subscribe to read
the full story" stands under many headlines."""

SAME_TEXT = 0.9
SAME_LENGTH = 0.9

_NUMBER = re.compile(r"\d(?:[\d.,:]*\d)?")
_WORD = re.compile(r"[^\W_]+")

Row = dict[str, object]


def copies(pairs: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    """Of measured pairs those that are copies, with ``kind``: the best one of each later article.

    Input: ``pairs.measured_pairs``, and the articles (title, body) by number.
    """
    likely = pairs.filter(pl.col("share") >= MIN_SHARE)
    titles, bodies = articles["title"].to_list(), articles["body"].to_list()
    kinds = [
        kind_of(share, jaccard, bodies[earlier], bodies[later])
        if _is_copy((titles[earlier], bodies[earlier]), (titles[later], bodies[later]))
        else None
        for earlier, later, share, jaccard in likely.iter_rows()
    ]
    return (
        likely.with_columns(kind=pl.Series(kinds, dtype=pl.String()))
        .drop_nulls("kind")
        .sort("later", "share", "jaccard", "earlier", descending=[False, True, True, False])
        .unique("later", keep="first", maintain_order=True)
    )


def kind_of(share: float, jaccard: float, earlier: str, later: str) -> str:
    """``copy``, ``cut``, ``extended`` or ``edited``: what the later did to the earlier."""
    before, after = letters(earlier), letters(later)
    if jaccard >= SAME_TEXT:
        return "copy"
    if share >= SAME_TEXT and min(before, after) < SAME_LENGTH * max(before, after):
        return "cut" if after < before else "extended"
    return "edited"


def _is_copy(one: tuple[str | None, str], other: tuple[str | None, str]) -> bool:
    if not has_numbers_of(one[1], other[1]):
        return False
    is_teaser = min(letters(one[1]), letters(other[1])) < TEASER_CHARS
    return not is_teaser or have_one_title(one[0], other[0])


def has_numbers_of(one: str, other: str) -> bool:
    """Whether the longer text holds the numbers of the shorter one."""
    longer, shorter = sorted((one, other), key=len, reverse=True)
    numbers = set(_NUMBER.findall(shorter))
    held = numbers & set(_NUMBER.findall(longer))
    return len(held) >= MIN_NUMBERS * len(numbers)


def have_one_title(one: str | None, other: str | None) -> bool:
    """Whether the shorter title's words stand in the longer one; not so where there is none."""
    shorter, longer = sorted((_words(one), _words(other)), key=len)
    return bool(shorter) and len(shorter & longer) >= MIN_TITLE * len(shorter)


def letters(text: str) -> int:
    """Letters and digits of a text."""
    return sum(map(len, _WORD.findall(text)))


def _words(text: str | None) -> set[str]:
    return set(_WORD.findall((text or "").casefold()))
