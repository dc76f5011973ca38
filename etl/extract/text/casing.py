"""How a field is capitalised, and which words running text writes small.

What belongs here: what capitals tell by themselves. What does not: the headline that the model
is shown (truecasing).
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from etl.extract.text.tokens import Words
from etl.extract.text.word_lists import name_particles, not_names
from etl.tables import made_of_tables, read_table

ALL_CAPS_SHARE = 0.8
HEADLINE_SHARE = 0.7
SHORTEST_TELLING = 4
_ENDINGS = ("s", "es", "ed", "d", "ing")
SHORTEST_INFLECTED = 4
SENTENCE_START = re.compile(r"(?:^|\n|[.!?:;…]|[\"“”‘(—–-])[\s\"“”‘>]*$")
"""Found in what stands before a word that opens a sentence, a line or a quotation."""
_BEFORE_NAME = re.compile(r"[a-z,] ")


def is_plain(word: str) -> bool:
    """Whether running text mostly writes the word small, as plain_words.csv has it or in a
    form with another ending ("condos" for "condo")."""
    return _plainness()(word)


@made_of_tables
def _plainness() -> Callable[[str], bool]:
    listed = frozenset(read_table("plain_words.csv")["word"]) | not_names()
    plain = listed - name_particles()

    @lru_cache(maxsize=50_000)
    def is_listed(word: str) -> bool:
        lower = word.lower()
        forms = {lower}
        if len(lower) > SHORTEST_INFLECTED:
            forms |= {lower.removesuffix(ending) for ending in _ENDINGS}
        return not forms.isdisjoint(plain)

    return is_listed


class Casing(NamedTuple):
    """Whether a field is all in capitals (``is_upper``), and whether nearly every word starts
    with one (``is_headline``; true of a field in capitals too)."""

    is_upper: bool
    is_headline: bool


def read_casing(words: Words) -> Casing:
    """The casing of a field, told by its words of four letters and more."""
    long = len([w for w in words.words if len(w) >= SHORTEST_TELLING and not w[0].isdigit()])
    capital = [w for i in words.capitals if len(w := words.words[i]) >= SHORTEST_TELLING]
    if len(capital) <= HEADLINE_SHARE * long:
        return Casing(is_upper=False, is_headline=False)
    upper = len([w for w in capital if w.isupper()])
    return Casing(is_upper=upper > ALL_CAPS_SHARE * long, is_headline=True)


def is_name_in(text: str, word: str) -> bool:
    """Whether the text has the word with a capital inside a sentence."""
    return word in text and any(
        _BEFORE_NAME.match(text, max(0, found.start() - 2))
        for found in re.finditer(rf"\b{re.escape(word)}\b", text)
    )
