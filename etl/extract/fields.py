"""One field of an article, read: its words, the names known in it, and where they stand.

What belongs here: what can be said of a field by itself. What does not: the article as a
whole (article) and what a name means (resolve).
"""

import itertools
from dataclasses import dataclass

from etl.extract.beside import find_pair, is_named_after
from etl.extract.casing import capitals
from etl.extract.context import Site, find_qualifiers
from etl.extract.gazetteer import Gazetteer
from etl.extract.marks import find_marks, without_marked
from etl.extract.matching import Match, find_matches
from etl.extract.name_rules import Name
from etl.extract.names import find_names
from etl.extract.tokens import Words, split_words

# The opening words of a field may be a dateline ("LIMA, Peru, May 3 -").
OPENING_CHARS = 40


@dataclass(frozen=True, slots=True)
class Field:
    """One field with its words, its rule-based names, and the sites of gazetteer names.

    A site stands by itself or inside an organisation, never inside a person's name; ``things``
    are the keys of places whose name a storm or a ship has here, which are no sites either.
    """

    name: str
    words: Words
    names: list[Name]
    sites: list[Site]
    things: frozenset[str]


def read_field(name: str, text: str, gazetteer: Gazetteer, *, rules: bool = True) -> Field:
    """Read one field; without ``rules`` no persons and organisations are looked for."""
    words = split_words(text)
    all_caps, capitalised = capitals(words)
    marks = find_marks(name, text, gazetteer)
    matches = without_marked(find_matches(words, gazetteer, all_caps=all_caps), marks)
    names: list[Name] = []
    if rules and not all_caps:
        names = find_names(words, matches, gazetteer, headline=capitalised and name == "title")
    taken = {i for n in names if n.label == "PERSON" for i in range(n.first, n.last + 1)}
    named = [m for m in matches if is_named_after(words, m.first)]
    taken.update(m.first for m in named)
    free = [m for m in matches if m.first not in taken and m.last not in taken]
    prose = rules and not all_caps and not capitalised and name != "dateline"
    sites = _sites(name, words, free, all_caps=all_caps, prose=prose, headline=capitalised)
    things = frozenset(words.key(m.first, m.last) for m in named)
    return Field(name, words, names, sites, things)


def _sites(
    field: str,
    words: Words,
    matches: list[Match],
    *,
    all_caps: bool,
    prose: bool,
    headline: bool,
) -> list[Site]:
    qualifiers = find_qualifiers(words, matches)
    qualified = {position + 1: matches[position] for position in qualifiers}
    return [
        Site(
            field,
            words,
            match,
            qualifiers.get(position),
            key=words.key(match.first, match.last),
            qualified=qualified.get(position),
            is_acronym=not all_caps and _is_acronym(words, match),
            headline=headline,
            pair=find_pair(words, match) if prose else None,
        )
        for position, match in enumerate(matches)
    ]


def _is_acronym(words: Words, match: Match) -> bool:
    """A word in capitals in running text: "BLA" is no town of Mali."""
    word = words.words[match.first]
    return match.first == match.last and word.isupper() and match.start >= OPENING_CHARS


def count_cues(fields: list[Field], gazetteer: Gazetteer) -> dict[str, float]:
    """By country, how many different words stand there that its press uses."""
    found: set[str] = set()
    cues_by_word = gazetteer.cues_by_word
    for field in fields:
        keys = field.words.keys
        if cues_by_word.keys().isdisjoint(keys):
            continue
        for previous, key in itertools.pairwise(["", *keys]):
            if key in cues_by_word:
                found |= {key, f"{previous} {key}"} & cues_by_word[key]
    counts: dict[str, float] = {}
    for cue in found:
        for code in gazetteer.cues[cue]:
            counts[code] = counts.get(code, 0.0) + 1
    return counts
