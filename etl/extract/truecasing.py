"""Headlines as running text: "Dollar Rises as Chad Votes" becomes "Dollar rises as Chad votes".

What belongs here: the title as the model is shown it, since the model knows running text best.
What does not: the rules, which read headlines as they stand (names, places).
"""

import re

from etl.extract.gazetteer.dictionary import Gazetteer
from etl.extract.names.titles_and_heads import load_rules
from etl.extract.text.casing import Casing, is_name_in, is_plain
from etl.extract.text.tokens import Words, fold

# Shorter words in a line of capitals may be acronyms.
LONGEST_ACRONYM = 3


def truecase(words: Words, casing: Casing, body: str, gazetteer: Gazetteer) -> str:
    """The title of these words, of the same length, with a headline's plain words written small.

    A word stays as it is at the start, behind a given name, where it is the head of an
    organisation, and where the body has it as a name. Of a title all in capitals the other
    words keep their first one.
    """
    title = words.text
    if not casing.is_headline:
        return title
    letters, before = list(title), ""
    for word, start, end in zip(words.words, words.starts, words.ends, strict=True):
        before = _truecase_word(word, before, casing, body, gazetteer)
        if len(before) == end - start:
            letters[start:end] = before
    return title[:1] + "".join(letters[1:])


def _truecase_word(word: str, before: str, casing: Casing, body: str, gazetteer: Gazetteer) -> str:
    """The word behind ``before``, which is the word before it as it is shown."""
    if word.isupper() and not (casing.is_upper or len(word) == 1):
        return word
    if _is_small(word, body) and not _is_in_name(word, before, gazetteer):
        return word if is_name_in(body, word.capitalize()) else word.lower()
    keeps_capitals = not casing.is_upper or len(word) <= LONGEST_ACRONYM
    return word if keeps_capitals else word[0] + word[1:].lower()


def _is_in_name(word: str, before: str, gazetteer: Gazetteer) -> bool:
    """Whether the word before begins a name: a given name, or "Xyz" before "Bank"."""
    if is_plain(before):
        return False
    key = fold(before)
    if key in gazetteer.given_names and key not in gazetteer.candidates:
        return True
    return before[:1].isupper() and word.lower() in load_rules().heads


def _is_small(word: str, body: str) -> bool:
    """Whether the body or running text in general writes the word small."""
    lower = word.lower()
    return is_plain(word) or (
        lower in body and re.search(rf"\b{re.escape(lower)}\b", body) is not None
    )
