"""The words beside a name: what they say of its being a place, a street or a person.

What belongs here: prepositions, directions and features, and the look at the word before and
after. What does not: the weight of what is found (scoring).
"""

from dataclasses import dataclass

from etl.extract.text.tokens import Words
from etl.lexicon import words as words_of
from etl.tables import made_of_tables

LINKS = ("and", "or")


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """Words beside a place's name, folded but for ``ships``; place_words.csv says what each is."""

    locatives: frozenset[str]
    weak_locatives: frozenset[str]
    directions: frozenset[str]
    features: frozenset[str]
    named_before: frozenset[str]
    streets: frozenset[str]
    storms: frozenset[str]
    ships: frozenset[str]


@made_of_tables
def place_words() -> PlaceWords:
    """The words of place_words.csv and street_words.csv."""
    return PlaceWords(
        locatives=words_of("place_words", "locative"),
        weak_locatives=words_of("place_words", "weak_locative"),
        directions=words_of("place_words", "direction"),
        features=words_of("place_words", "feature"),
        named_before=words_of("place_words", "named_before"),
        streets=words_of("street_words", "named_after"),
        storms=words_of("place_words", "storm"),
        ships=words_of("place_words", "ship"),
    )


def word_before(words: Words, index: int) -> str:
    """The folded word right before word ``index``, or nothing."""
    return words.keys[index - 1] if index and words.spaced(index - 1) else ""


def word_after(words: Words, index: int) -> str:
    """The folded word right behind word ``index``, or nothing."""
    return words.keys[index + 1] if words.spaced(index) else ""


def is_named_after(words: Words, index: int) -> bool:
    """Whether the name that starts at word ``index`` is a storm's or a ship's."""
    if index == 0 or not words.spaced(index - 1):
        return False
    before, known = words.words[index - 1], place_words()
    return before in known.ships or (before[0].isupper() and words.keys[index - 1] in known.storms)
