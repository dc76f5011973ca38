"""Find gazetteer names in a field: longest match over words, with the case they need.

What belongs here: where a known name stands and how it is written. What does not: which of
its meanings holds there (places) and which longer name it is part of (names).
"""

from dataclasses import dataclass
from typing import Protocol

from etl.extract.gazetteer.candidates import Candidate
from etl.extract.text.tokens import APOSTROPHES, HYPHENS, Words
from etl.lexicon import words as words_of


class Names(Protocol):
    """A dictionary of names: the gazetteer, or the known organisations."""

    @property
    def candidates(self) -> dict[str, tuple[Candidate, ...]]:
        """What each folded name may mean."""

    @property
    def longest(self) -> dict[str, int]:
        """By first word, how many words the longest name has."""


@dataclass(slots=True)
class Match:
    """A name at words ``first`` to ``last`` (inclusive) of one field."""

    first: int
    last: int
    start: int
    end: int
    candidates: tuple[Candidate, ...]


def find_matches(
    words: Words, gazetteer: Names, *, all_caps: bool = False, until: int | None = None
) -> list[Match]:
    """The names of one field, left to right, none overlapping; the longest name wins.

    ``until``: names that start before this character are enough.
    """
    found: list[Match] = []
    longest, last = gazetteer.longest, -1
    stop = len(words) if until is None else words.index_at(until)
    for index in words.capitals:
        if index >= stop:
            break
        if index - 1 > last and _is_joined(words, index, longest):
            index -= 1
        reach = longest.get(words.keys[index], 0) if index > last else 0
        match = _longest_at(words, index, reach, gazetteer, all_caps) if reach else None
        if match is not None:
            found.append(match)
            last = match.last
    return found


def _is_joined(words: Words, index: int, longest: dict[str, int]) -> bool:
    """Whether a name may begin small before a hyphen: "ultra-Orthodox"."""
    before = index - 1
    is_joined = words.gaps[before] in HYPHENS and words.words[before].islower()
    return is_joined and words.keys[before] in longest


def _longest_at(
    words: Words, first: int, reach: int, gazetteer: Names, all_caps: bool
) -> Match | None:
    key, last, known = words.keys[first], first, gazetteer.candidates
    named = [(last, known[key])] if key in known else []
    while last - first + 1 < reach and words.joined(last):
        last += 1
        key = f"{key} {words.keys[last]}"
        if key in known:
            named.append((last, known[key]))
    for end, candidates in reversed(named):
        match = _written_right(words, first, end, candidates, all_caps)
        if match is not None:
            return match
    return None


def _written_right(
    words: Words, first: int, last: int, candidates: tuple[Candidate, ...], all_caps: bool
) -> Match | None:
    """The match with those candidates whose written form fits; None if there are none."""
    kept = tuple(c for c in candidates if _fits(words, first, last, c.form, all_caps))
    if not kept:
        return None
    end = words.ends[last]
    if words.text[end : end + 1] == "." and _is_dotted(words, first, last, kept):
        end += 1
    return Match(first, last, words.starts[first], end, kept)


def _is_dotted(words: Words, first: int, last: int, candidates: tuple[Candidate, ...]) -> bool:
    if any(c.form == "dotted" for c in candidates):
        return True
    qualifier = all(c.form == "qualifier" for c in candidates)
    return qualifier and not words.words[last].isupper()


def _fits(words: Words, first: int, last: int, form: str, all_caps: bool) -> bool:
    if form == "loose":
        return True
    if not all(_may_be_in_name(words, index) for index in range(first + 1, last + 1)):
        return False
    if form == "any":
        return first != last or len(words.words[first]) > 1
    if form == "upper":
        return _is_upper(words, first, last, all_caps)
    if form == "prefix":
        return words.gaps[last] in HYPHENS and words.words[last + 1][0].isupper()
    if form == "adjective":
        return words.spaced(last) and words.words[last + 1][0].islower()
    if form == "acting":
        return words.spaced(last) and words.words[last + 1] in words_of("name_verbs", "company")
    if form == "dotted":
        return words.gaps[first].startswith(".") if first != last else _dot_after(words, first)
    return _is_qualifier(words, first, last, all_caps)


def _may_be_in_name(words: Words, index: int) -> bool:
    """Also small behind an apostrophe: "Nuku‘alofa"."""
    word = words.words[index]
    if words.gaps[index - 1] in APOSTROPHES:
        return True
    if word[0].isupper() or word[0].isdigit():
        return True
    return word in words_of("name_particles", "connector", "place_connector")


def _is_upper(words: Words, first: int, last: int, all_caps: bool) -> bool:
    if not all(word.isupper() or word.isdigit() for word in words.words[first : last + 1]):
        return False
    # In a line of capitals it may be the pronoun: "GIVE US A CHANCE".
    if words.words[first] == "US" and first > 0 and (all_caps or words.words[first - 1].isupper()):
        return words.keys[first - 1] not in words_of("function_words", "before_pronoun")
    return True


def _dot_after(words: Words, index: int) -> bool:
    return words.text[words.ends[index] : words.ends[index] + 1] == "."


def _is_qualifier(words: Words, first: int, last: int, all_caps: bool) -> bool:
    """ "London, Ky.", "Decatur, GA 30030", "(R-Ky.)": a place or party stands before it."""
    if first == 0:
        return False
    before, previous = words.before(first), words.words[first - 1]
    single = words.words[first]
    if single.isupper() and len(single) == 2 and not _dot_after(words, last):
        return before.strip(" ") == "," and previous[0].isupper() and not all_caps
    if before.strip() == "," and previous[0].isupper():
        return words.after(last)[:1] in (".", ",", ")") and not single.isupper()
    return _dot_after(words, last) and before == "-" and previous in ("R", "D", "I")
