"""A whole page as text: the article among menus, teasers, comments and the footer.

What belongs here: telling a whole page from a cleaned text, choosing the lines that are the
article's, and which of those around them are its title, byline and stamp. What does not: the
score of a line (etl/parse/line_model.py), that of a title (etl/parse/title_model.py), and what is
done with the article's own lines (etl/parse/page.py).

A cleaned text never comes here: there, in doubt, a line is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from etl.parse.block_reading import BlockReading
from etl.parse.header import split_header
from etl.parse.lines import Block, count_words, ends_sentence, split_blocks, split_lines

if TYPE_CHECKING:
    from etl.parse.line_model import Scores

# Twelve short lines that are no sentences, and four of ten lines, make a page: eleven headlines and
# captions may stand around a cleaned text. Without any prose it is a table or a list.
LEAST_SHORT_LINES = 12
LEAST_SHORT_SHARE = 0.4
MOST_SHORT_WORDS = 8
# In doubt a line is kept: a paragraph lost costs more than a teaser kept.
LEAST_SCORE = -0.5
# "Amy covers courts from Maseru. She joined us in 2014.": an author's page has a line or two.
LEAST_OWN_WORDS = 24
# A front page has teasers, each with a headline of its own; a paragraph has more than 24 words.
MOST_TEASER_WORDS = 24
# A teaser so far above the article is no part of it, however it scores.
MOST_GAP_LINES = 25


@dataclass(frozen=True)
class Layout:
    """A whole page's lines with their scores, and which of them are the article's.

    ``first`` is the line that most of the article begins with, ``last`` that with which it ends.
    """

    rows: Sequence[BlockReading]
    scores: "Scores"
    own: Sequence[bool]
    first: int

    @cached_property
    def last(self) -> int:
        return len(self.own) - 1 - list(self.own)[::-1].index(True)


def page_lines(text: str) -> list[Block]:
    """The lines of a page behind the crawler's header, each with its offsets."""
    _, start = split_header(text)
    seen = [BlockReading(block) for block in split_blocks(text, start, is_raw=True)]
    return [one.block for one in rows_of(seen, text)]


def rows_of(seen: Sequence[BlockReading], page: str) -> list[BlockReading]:
    """The lines of blocks: rows of a table one by one, for a menu looks like a table."""
    rows: list[BlockReading] = []
    for one in seen:
        rows += map(BlockReading, _split_table(one.block, page)) if one.block.is_table else [one]
    return rows


def _split_table(block: Block, page: str) -> list[Block]:
    lines = split_lines(page[: block.end], block.start)
    return [Block(" ".join(line.text.split()), line.start, line.end) for line in lines]


def lay_out(seen: Sequence[BlockReading], page: str) -> Layout | None:
    """The article's lines of a whole page; None for a cleaned text, or where none is found."""
    rows = rows_of(seen, page)
    if not is_whole_page(rows):
        return None
    # NumPy, which it needs, is no part of a code location that must load fast.
    from etl.parse.line_model import score_lines

    scores = score_lines([one.text for one in rows])
    own = [value > LEAST_SCORE for value in scores.values]
    if not _is_article(rows, own):
        return None
    return Layout(rows, scores, own, _begin(rows, scores.values, own))


def is_whole_page(rows: Sequence[BlockReading]) -> bool:
    """Whether lines are a page with all that stands around an article."""
    short = sum(_is_short(one) for one in rows)
    return (
        short >= LEAST_SHORT_LINES
        and short >= LEAST_SHORT_SHARE * len(rows)
        and any(one.is_prose for one in rows)
    )


def _is_short(one: BlockReading) -> bool:
    return not ends_sentence(one.text) and count_words(one.text) <= MOST_SHORT_WORDS


def _is_article(rows: Sequence[BlockReading], own: Sequence[bool]) -> bool:
    """Whether the lines that score as an article's are one: no stub, and not a teaser here and
    one there.
    """
    places = [index for index, is_own in enumerate(own) if is_own]
    if _words_in(rows, places) < LEAST_OWN_WORDS:
        return False
    is_together = any(two - one == 1 for one, two in pairwise(places))
    is_long = any(rows[place].block.word_count > MOST_TEASER_WORDS for place in places)
    return is_together or is_long


def _begin(rows: Sequence[BlockReading], scores: Sequence[float], own: Sequence[bool]) -> int:
    """The first line of most of the article that is more likely its own than not.

    Above it the headline stands. A teaser far above may score as the article does.
    """
    groups: list[list[int]] = []
    for place in (index for index, is_own in enumerate(own) if is_own):
        if groups and place - groups[-1][-1] <= MOST_GAP_LINES:
            groups[-1].append(place)
        else:
            groups.append([place])
    best = max(groups, key=lambda group: _words_in(rows, group))
    return next((place for place in best if scores[place] > 0), best[0])


def _words_in(rows: Sequence[BlockReading], places: Sequence[int]) -> int:
    return sum(rows[place].block.word_count for place in places)
