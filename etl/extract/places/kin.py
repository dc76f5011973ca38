"""Names behind a word of kinship: "their twins Maya and Otto" are persons.

What belongs here: telling by what stands before a name. What does not: what follows for a place of
that name (homonyms) and for a span of the model (span_labels).
"""

from etl.extract.text.tokens import Words
from etl.lexicon import words as words_of

# "their children Ana Li, Sina and Finn": how many words may stand between.
MOST_BETWEEN = 6
# "her two eldest sons"
MOST_DESCRIBING = 2
_GAPS = (" ", ", ")


def is_of_kin(words: Words, index: int) -> bool:
    """Whether the name that word ``index`` begins is one of those that a word of kinship, such as
    "twins", says are persons: only other names, commas and "and" stand between.

    Behind a comma somebody else may speak: "of his son, Velatec said".
    """
    for before in range(index - 1, max(-1, index - 2 - MOST_BETWEEN), -1):
        word = words.words[before]
        if words.gaps[before] not in _GAPS:
            return False
        if word in words_of("person_words", "kin"):
            return words.gaps[before] == " " and _is_somebodys(words, before)
        if word != "and" and not word[0].isupper():
            return False
    return False


def _is_somebodys(words: Words, index: int) -> bool:
    """ "her two eldest sons", not "the children Israel held"."""
    whose = words_of("person_words", "whose")
    return not whose.isdisjoint(words.keys[max(0, index - MOST_DESCRIBING - 1) : index])
