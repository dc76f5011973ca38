"""Where a name of the gazetteer may mean a place: outside persons' names, storms and ships.

Adds: the sites of each field, the names that a storm or a ship bears, and the degrees behind
persons' names, which are no states ("Amina Sesay, MD").
Changes: nothing.
Drops: nothing.

What does not belong here: places that the article as a whole shows to be none (homonyms).
"""

from etl.extract.article import ArticleState, Field
from etl.extract.gazetteer.matching import Match
from etl.extract.places.degrees import find_degrees
from etl.extract.places.person_pairs import find_pair
from etl.extract.places.sites import Site, find_qualifiers
from etl.extract.places.surroundings import is_named_after
from etl.extract.text.tokens import Words

# The opening words of a field may be a dateline ("LIMA, Peru, May 3 -").
OPENING_CHARS = 40


def find_sites(article: ArticleState) -> None:
    """Find the sites of every field."""
    for field in article.fields.values():
        words = field.words
        modelled = (m for m in article.modelled if m.field == field.name)
        field.degrees = find_degrees(words, field.matches, field.names, modelled)
        named = [m for m in field.matches if is_named_after(words, m.first)]
        is_prose = article.is_english and not field.casing.is_headline
        is_prose = is_prose and field.name != "dateline"
        field.sites = _sites(field, _outside_names(field, named), is_prose=is_prose)
        field.things = frozenset(words.key(m.first, m.last) for m in named)


def _outside_names(field: Field, named: list[Match]) -> list[Match]:
    """The matches that are neither part of a person's name, nor the name of a storm or ship, nor a
    degree."""
    taken = {m.first for m in named} | field.degrees
    for name in field.names:
        if name.label == "PERSON":
            taken.update(range(name.first, name.last + 1))
    matches = [m for m in field.matches if m.first not in taken and m.last not in taken]
    firsts = {m.first for m in matches}
    return [m for m in matches if not _is_idle_prefix(m, firsts)]


def _is_idle_prefix(match: Match, firsts: set[int]) -> bool:
    """ "Anglo-Saxon": no country or people stands behind the prefix."""
    return match.candidates[0].form == "prefix" and match.last + 1 not in firsts


def _sites(field: Field, matches: list[Match], *, is_prose: bool) -> list[Site]:
    words = field.words
    qualifiers = find_qualifiers(words, matches)
    qualified = {position + 1: matches[position] for position in qualifiers}
    return [
        Site(
            field.name,
            words,
            match,
            qualifiers.get(position),
            key=words.key(match.first, match.last),
            qualified=qualified.get(position),
            is_acronym=not field.casing.is_upper and _is_acronym(words, match),
            headline=field.casing.is_headline,
            pair=find_pair(words, match) if is_prose else None,
        )
        for position, match in enumerate(matches)
    ]


def _is_acronym(words: Words, match: Match) -> bool:
    """A word in capitals in running text: "BLA" is no town of Mali."""
    word = words.words[match.first]
    return match.first == match.last and word.isupper() and match.start >= OPENING_CHARS
