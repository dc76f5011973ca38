"""Degrees behind a person's name: "Amina Sesay, MD", "Priya Nair, PhD, MA".

What belongs here: telling them from the states that have the same letters. What does not: persons'
names (persons), and titles before them (titles_and_heads).
"""

from collections.abc import Iterable

from etl.extract.gazetteer.matching import Match
from etl.extract.mentions import Mention
from etl.extract.names.field_view import Name
from etl.extract.places.sites import agreeing
from etl.extract.text.tokens import Words
from etl.lexicon import words as words_of


def find_degrees(
    words: Words, matches: list[Match], names: Iterable[Name], modelled: Iterable[Mention]
) -> frozenset[int]:
    """The positions of the degrees behind the persons of a field, known by rule or to the model.

    A town of two words in that state has none: "Glen Burnie, MD".
    """
    persons = [(n.first, n.last) for n in names if n.label == "PERSON"]
    persons += [_positions(words, m) for m in modelled if m.label == "PERSON"]
    by_first = {match.first: match for match in matches}
    found: set[int] = set()
    for first, last in persons:
        if first < last and not _is_town(first, last, by_first):
            found.update(_behind(words, last))
    return frozenset(found)


def _positions(words: Words, mention: Mention) -> tuple[int, int]:
    return words.index_at(mention.start), words.index_at(mention.end) - 1


def _is_town(first: int, last: int, by_first: dict[int, Match]) -> bool:
    town, state = by_first.get(first), by_first.get(last + 1)
    if town is None or state is None or town.last != last:
        return False
    return bool(agreeing(list(town.candidates), state))


def _behind(words: Words, last: int) -> Iterable[int]:
    """ "MD", "PhD, MA" behind a comma each."""
    degrees = words_of("person_words", "degree")
    while words.gaps[last].strip() == "," and words.words[last + 1] in degrees:
        last += 1
        yield last
