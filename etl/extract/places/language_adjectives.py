"""Adjectives of peoples that stand for their language: "spoke French", "in English".

What belongs here: telling a language from a people by the words around the adjective. What does
not: what that does to its score (scoring).
"""

from etl.extract.gazetteer.matching import Match
from etl.extract.places.surroundings import LINKS, word_before
from etl.extract.text.tokens import Words
from etl.lexicon import words as words_of


def is_language(words: Words, match: Match) -> bool:
    """Whether a people's adjective stands for its language: "spoke Thai and French."."""
    index = match.first
    if index != match.last or not _is_language(words, index):
        return False
    after = words.keys[index + 1] if words.joined(index) else ""
    if after in words_of("language_adjectives", "behind"):
        return True
    while (step := _to_language_before(words, index)) > 0:
        index -= step
    before = word_before(words, index)
    spoken = before in words_of("language_adjectives", "before")
    return spoken and not _has_noun(words, match.last)


def _is_language(words: Words, index: int) -> bool:
    return words.keys[index] in words_of("language_adjectives", "language")


def _to_language_before(words: Words, index: int) -> int:
    """How many words back another language stands in a list: "Thai, French", "Thai and French"."""
    if index and words.gaps[index - 1] == ", " and _is_language(words, index - 1):
        return 1
    linked = index > 1 and words.words[index - 1] in LINKS
    return 2 if linked and _is_language(words, index - 2) else 0


def _has_noun(words: Words, index: int) -> bool:
    """Whether a noun follows the adjective, or the list of such: "in Thai, Fijian and US banks"."""
    while words.spaced(index) or words.gaps[index] == ", ":
        following, in_list = words.words[index + 1], not words.spaced(index)
        goes_on = in_list or words.words[index] in LINKS
        if following not in LINKS and not (goes_on and following[0].isupper()):
            return not in_list and following not in words_of("language_adjectives", "no_noun")
        index += 1
    return False
