"""Headlines as running text: "Dollar Rises as Chad Votes" becomes "Dollar rises as Chad votes".

What belongs here: how a field is capitalised, and the words of a headline written small, for
the model, which knows running text best. What does not: the rules, which read headlines as they
stand (fields, persons).
"""

import re
from functools import cache, lru_cache

from etl.extract.gazetteer import Gazetteer
from etl.extract.name_rules import NAME_PARTICLES, NOT_NAMES, load_rules
from etl.extract.tokens import Words, fold, split_words
from etl.reference import read_table

ALL_CAPS_SHARE = 0.8
HEADLINE_SHARE = 0.7
SHORTEST_TELLING = 4
# Shorter words in a line of capitals may be acronyms.
SHORT = 3
_ENDINGS = ("s", "es", "ed", "d", "ing")
SHORTEST_INFLECTED = 4
_BEFORE_NAME = re.compile(r"[a-z,] ")


@cache
def _listed() -> frozenset[str]:
    return (frozenset(read_table("plain_words.csv")["word"]) | NOT_NAMES) - NAME_PARTICLES


@lru_cache(maxsize=50_000)
def is_plain(word: str) -> bool:
    """Whether running text mostly writes the word small, as plain_words.csv has it or in a
    form with another ending ("condos" for "condo")."""
    lower = word.lower()
    forms = {lower}
    if len(lower) > SHORTEST_INFLECTED:
        forms |= {lower.removesuffix(ending) for ending in _ENDINGS}
    return not forms.isdisjoint(_listed())


def capitals(words: Words) -> tuple[bool, bool]:
    """Whether a field is all in capitals, and whether nearly every word starts with one."""
    long = len([w for w in words.words if len(w) >= SHORTEST_TELLING and not w[0].isdigit()])
    capital = [w for i in words.capitals if len(w := words.words[i]) >= SHORTEST_TELLING]
    if len(capital) <= HEADLINE_SHARE * long:
        return False, False
    return len([w for w in capital if w.isupper()]) > ALL_CAPS_SHARE * long, True


def soften(title: str, body: str, gazetteer: Gazetteer) -> str:
    """The title, of the same length, with the plain words of a headline written small.

    A word stays as it is at the start, behind a given name, where it is the head of an
    organisation, and where the body has it as a name. Of a title all in capitals the other
    words keep their first one.
    """
    words = split_words(title)
    all_caps, capitalised = capitals(words)
    if not capitalised:
        return title
    letters, before = list(title), ""
    for word, start, end in zip(words.words, words.starts, words.ends, strict=True):
        key = fold(before)
        is_given = key in gazetteer.given_names and key not in gazetteer.candidates
        named = is_given and not is_plain(before)
        headed = before[:1].isupper() and not is_plain(before)
        if word.isupper() and not (all_caps or len(word) == 1):
            before = word
        elif (
            _is_small(word, body)
            and not named
            and not (headed and word.lower() in load_rules().heads)
        ):
            before = word if is_name_in(body, word.capitalize()) else word.lower()
        else:
            before = word[0] + word[1:].lower() if all_caps and len(word) > SHORT else word
        if len(before) == end - start:
            letters[start:end] = before
    return title[:1] + "".join(letters[1:])


def _is_small(word: str, body: str) -> bool:
    """Whether the body or running text in general writes the word small."""
    lower = word.lower()
    return is_plain(word) or (
        lower in body and re.search(rf"\b{re.escape(lower)}\b", body) is not None
    )


def is_name_in(text: str, word: str) -> bool:
    """Whether the text has the word with a capital inside a sentence."""
    return word in text and any(
        _BEFORE_NAME.match(text, max(0, found.start() - 2))
        for found in re.finditer(rf"\b{re.escape(word)}\b", text)
    )
