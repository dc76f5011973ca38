"""Names of persons and organisations by rule, and what they do to the places inside them.

What belongs here: runs of capitalised words read as "title + name", "given name + surname"
or "... Corp"; the decision that "Jordan" in "Michael Jordan" is no country. What does not:
a statistical model (model), canonical names and ids (entities).

The rules are modest on purpose: they keep places honest and catch the plain cases.
"""

from dataclasses import dataclass
from functools import cache

import polars as pl

from etl.extract.gazetteer import Gazetteer
from etl.extract.matching import Match
from etl.extract.tokens import Words, fold
from etl.reference import read_table

LONGEST_NAME = 4
NAME_PARTICLES = frozenset("al el bin ibn de da dos van von der den la le di du zu abu".split())
_NOT_NAMES = frozenset(
    "the a an in on at by for from with and or but he she it they we his her their its as if when "
    "after before while january february march april may june july august september october "
    "november december monday tuesday wednesday thursday friday saturday sunday inc corp ltd co "
    "plc foreign prime home interior defence defense finance state deputy vice former chief "
    "national federal general joint today yesterday new north south east west".split()
)


@dataclass(frozen=True, slots=True)
class NameRules:
    """Word lists of the rules, folded."""

    honorifics: frozenset[str]
    titles: frozenset[str]
    heads: frozenset[str]
    heads_of: frozenset[str]


@dataclass(frozen=True, slots=True)
class Name:
    """A person or organisation at words ``first`` to ``last`` (inclusive)."""

    label: str
    first: int
    last: int
    method: str
    score: float


@cache
def load_rules() -> NameRules:
    """Read titles.csv and organisation_heads.csv."""
    titles = read_table("titles.csv")
    heads = read_table("organisation_heads.csv")
    honorific = titles.filter(pl.col("kind") == "honorific")["title"]
    return NameRules(
        honorifics=frozenset(fold(t) for t in honorific),
        titles=frozenset(fold(t.split(" ")[-1]) for t in titles["title"]),
        heads=frozenset(fold(h.split(" ")[-1]) for h in heads["head"]),
        heads_of=frozenset(fold(h) for h in heads.filter(pl.col("of") == "1")["head"]),
    )


def find_names(
    words: Words, matches: list[Match], gazetteer: Gazetteer, *, headline: bool
) -> list[Name]:
    """Persons and organisations of one field, in order, none overlapping.

    ``headline`` marks a field whose words are nearly all capitalised: there a capital tells
    nothing, so only names around known given names are taken.
    """
    rules = load_rules()
    matched = {index: match for match in matches for index in range(match.first, match.last + 1)}
    found: list[Name] = []
    index, texts = 0, words.words
    while index < len(texts):
        if not texts[index][0].isupper():
            index += 1
            continue
        stop = _run_end(words, index)
        found += _names_of_run(words, index, stop, matched, gazetteer, rules, headline)
        index = stop + 1
    return found


def _run_end(words: Words, first: int) -> int:
    """Last word of the run of capitalised words that starts at ``first``."""
    last, texts = first, words.words
    while (last + 1 < len(texts) and words.spaced(last)) or _initial(words, last):
        if last + 1 >= len(texts):
            break
        following = texts[last + 1]
        if following[0].isupper():
            last += 1
        elif (
            (following in NAME_PARTICLES or following in ("of", "for"))
            and last + 2 < len(texts)
            and words.spaced(last + 1)
            and texts[last + 2][0].isupper()
        ):
            last += 2
        else:
            break
    return last


def _initial(words: Words, index: int) -> bool:
    """ "J. Smith", "Mr. Smith": a dot that ends no sentence."""
    if index + 1 >= len(words.words) or words.gap(index) not in (". ", "."):
        return False
    word = words.words[index]
    return (len(word) == 1 and word.isupper()) or fold(word) in load_rules().honorifics


def _names_of_run(
    words: Words,
    first: int,
    last: int,
    matched: dict[int, Match],
    gazetteer: Gazetteer,
    rules: NameRules,
    headline: bool,
) -> list[Name]:
    found: list[Name] = []
    index = first
    if index > 0 and index == first and not headline:
        before = fold(words.words[first - 1])
        titled = before in rules.titles and words.spaced(first - 1)
    else:
        titled = False
    while index <= last:
        organisation = None if headline else _organisation_at(words, index, last, rules)
        if organisation is not None:
            found.append(organisation)
            index, titled = organisation.last + 1, False
            continue
        key = fold(words.words[index])
        if key in rules.titles and index < last:
            titled, index = True, index + 1
            continue
        person = _person_at(words, index, last, matched, gazetteer, rules, titled, headline)
        if person is not None:
            found.append(person)
            index = person.last + 1
        else:
            index += 1
        titled = False
    return found


def _organisation_at(words: Words, first: int, last: int, rules: NameRules) -> Name | None:
    """The organisation that starts at ``first``: "... Corp", "Bank of Japan"."""
    texts = words.words
    key = fold(texts[first])
    if (
        not texts[first][0].isupper()
        or key in rules.titles
        or (key in _NOT_NAMES and words.starts_sentence(first))
    ):
        return None
    head = None
    for index in range(first, min(last, first + 5) + 1):
        word = texts[index]
        if fold(word) in rules.heads and word[0].isupper():
            head = index
            if index < last and texts[index + 1] == "of" and fold(word) in rules.heads_of:
                head = min(last, index + 2)
                while head < last and texts[head + 1][0].isupper() and head < index + 4:
                    head += 1
                break
        elif fold(word) in rules.titles or (
            word == "of" and index > first and fold(texts[index - 1]) not in rules.heads_of
        ):
            break
    if head is None or head == first:
        return None
    return Name("ORG", first, head, "organisation", 0.75)


def _person_at(
    words: Words,
    first: int,
    last: int,
    matched: dict[int, Match],
    gazetteer: Gazetteer,
    rules: NameRules,
    titled: bool,
    headline: bool,
) -> Name | None:
    """The person whose name starts at ``first``."""
    stop = _name_end(words, first, last, matched, rules)
    if stop is None:
        return None
    key = fold(words.words[first])
    given = key in gazetteer.given_names or (len(key) == 1 and _initial(words, first))
    known = matched.get(first)
    if titled and not headline:
        if known is not None and stop == first:
            return None
        return Name("PERSON", first, stop, "title_rule", 0.85)
    if not given or stop == first:
        return None
    if known is not None and not _may_be_person(words, first, stop, known, gazetteer):
        return None
    if (
        key in gazetteer.given_words
        and words.starts_sentence(first)
        and (fold(words.words[stop]) not in gazetteer.surnames)
    ):
        return None
    if headline and fold(words.words[first + 1]) not in gazetteer.surnames:
        return None
    return Name("PERSON", first, stop, "title_rule", 0.7)


def _may_be_person(words: Words, first: int, stop: int, known: Match, gazetteer: Gazetteer) -> bool:
    """ "Chad Smith", "Paris Hilton": a place that is a given name, before a surname."""
    if known.last > first:
        return False
    following = fold(words.words[first + 1])
    return stop == first + 1 and following in gazetteer.surnames


def _name_end(
    words: Words, first: int, last: int, matched: dict[int, Match], rules: NameRules
) -> int | None:
    """Last word of a name that starts at ``first``, or None if that word starts none."""
    texts = words.words
    if fold(texts[first]) in _NOT_NAMES or (texts[first].isupper() and len(texts[first]) > 4):
        return None
    stop = first
    while stop < last and stop - first + 1 < LONGEST_NAME:
        following = texts[stop + 1]
        key = fold(following)
        if following in ("of", "for") or key in rules.heads or key in rules.titles:
            break
        if key in _NOT_NAMES or (following.isupper() and len(following) > 1):
            break
        stop += 1
    while stop > first and not texts[stop][0].isupper():
        stop -= 1
    return stop
