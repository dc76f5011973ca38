"""One line of a whole page, its bullet left off: what several models ask of it.

What belongs here: that value, and the cues that a line is searched for. What does not: features
that need the other lines (etl/parse/line_features.py) or weights.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from etl.lexicon import pattern, words
from etl.parse.lines import (
    LONG_PROSE_WORDS,
    UNSPACED,
    count_words,
    ends_sentence,
    kept_of_lines,
)
from etl.tables import made_of_tables

BULLET = re.compile(r"(?:[*+•·▪►●○>»›|]|#{1,6}|[\-–—o](?=\s))\s*")
LETTERS = re.compile(r"[^\W\d_][\w'’\-]*")
FIRST_LETTERS = re.compile(r"([^\W\d_])[\w'’\-]*")
# A statement of six words is prose here, where its neighbours count too.
LEAST_STATEMENT_WORDS = 6


@dataclass(frozen=True)
class Line:
    """A line without its bullet, and what is asked of it more than once."""

    text: str
    has_bullet: bool
    words: int
    ends: bool
    keys: frozenset[str]

    @property
    def prose_words(self) -> int:
        """Its words, as far as it reads as running text."""
        is_prose = (self.ends and self.words >= LEAST_STATEMENT_WORDS) or (
            self.words >= LONG_PROSE_WORDS
        )
        return self.words if is_prose else 0

    @cached_property
    def capitals(self) -> float:
        """The share of words with a capital, the first left out; a half where there are none."""
        first: list[str] = FIRST_LETTERS.findall(self.text)
        cased = first if self.text.isascii() else [one for one in first if _is_cased(one)]
        if len(cased) < 2:
            return float(cased[0].isupper()) if cased else 0.5
        return sum(map(str.isupper, cased[1:])) / (len(cased) - 1)


def _is_cased(letter: str) -> bool:
    return letter.lower() != letter.upper()


@kept_of_lines
def read_line(text: str) -> Line:
    """Look at one line, its bullet left off."""
    plain = without_bullet(text)
    return Line(
        text=plain,
        has_bullet=plain != text,
        words=count_words(plain),
        ends=ends_sentence(plain),
        keys=word_keys(plain),
    )


@kept_of_lines
def without_bullet(text: str) -> str:
    """A line without the mark of a list or, in Markdown, of a heading."""
    found = BULLET.match(text)
    return text[found.end() :] if found else text


@made_of_tables
def page_cue(kind: str) -> re.Pattern[str]:
    """The words of a kind in page_cues.csv, at the beginning of a word."""
    return re.compile(rf"(?i)(?<![^\W\d_]){pattern(words('page_cues', kind))}")


def word_keys(text: str) -> frozenset[str]:
    """Words as they are compared; of scripts without spaces, each two letters that touch."""
    if not text.isascii() and UNSPACED.search(text):
        pairs = (text[at : at + 2] for at in range(len(text) - 1))
        return frozenset(pair for pair in pairs if pair.isalnum())
    return frozenset(word.casefold() for word in LETTERS.findall(text))
