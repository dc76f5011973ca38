"""The model's spans put right by the words in and around them.

What belongs here: what can be told of one span from its field: where it starts and ends, and
that a firm is no person. What does not: other mentions of the article (again, coreference) and
the gazetteer's names (fusion).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

import polars as pl

from etl.extract.beside import LOCATIVES
from etl.extract.canonical import given_names, load_aliases, surnames
from etl.extract.casing import is_name_in, is_plain
from etl.extract.entities import Mention, tidy_name
from etl.extract.matching import CONNECTORS
from etl.extract.name_rules import NAME_PARTICLES, load_rules
from etl.extract.tokens import WORD, fold
from etl.reference import read_table

# "Nordbank-led", "Kenyan-born": the name stands before the hyphen; "pro-Russian": behind it.
JOINED = re.compile(
    r"[-‐‑](?:led|born|backed|based|owned|run|held|controlled|linked|made|bound|style|era|wide|"
    r"elect|funded|aligned|dominated|occupied|trained|listed|brokered|sponsored|majority|focused|"
    r"affiliated|registered|flagged|friendly|educated|speaking|imposed|appointed)\b.*",
    re.IGNORECASE | re.DOTALL,
)
PREFIXED = re.compile(
    r"(?:pro|anti|ex|non|post|pre|mid|half|trans|intra|inter)[-‐‑]", re.IGNORECASE
)
INNER = frozenset(
    CONNECTORS | NAME_PARTICLES | {"for", "pour", "to", "with", "without", "in", "at"}
)
# Before a title that ends no organisation's name: "New York Attorney General".
TITLE_WORDS = frozenset(
    "attorney vice deputy prime foreign interior defence defense chief additional acting "
    "assistant permanent principal".split()
)
LONGEST_TITLE = 2
GENERATIONS = frozenset("Jr Sr II III IV".split())
FULL_NAME = range(2, 5)
WATERS = frozenset("lake river sea strait glacier reef".split())
CUED_SCORE = 0.85
ACRONYM_LENGTHS = range(3, 7)
# In a dateline at the start of the text places stand in capitals.
OPENING_CHARS = 40
# Days, one or many, are no names wherever they stand.
DAYS = frozenset(
    f"{day}day{plural}"
    for day in ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")
    for plural in ("", "s")
)
_BEFORE = re.compile(r"([\w-]+)\s+$")
_AFTER = re.compile(r"(?:['’]s?)?\s+([\w-]+)")
_AROUND = 40


@dataclass(frozen=True, slots=True)
class Cues:
    """Words right before ("energy firm") and right behind ("chairman") an organisation, its
    first words ("Banque"), and acronyms that are none; ``person``: who stands right before a
    person's name ("forecaster")."""

    before: frozenset[str]
    after: frozenset[str]
    first: frozenset[str]
    never: frozenset[str]
    person: frozenset[str]


@cache
def load_cues() -> Cues:
    """organisation_cues.csv."""
    table = read_table("organisation_cues.csv")

    def words(kind: str) -> frozenset[str]:
        return frozenset(table.filter(pl.col("kind") == kind)["word"])

    return Cues(words("before"), words("after"), words("first"), words("never"), words("person"))


@cache
def aliased_organisations() -> frozenset[str]:
    """Names and aliases that are organisations wherever they stand."""
    aliases = {name for (label, name) in load_aliases() if label == "ORG"}
    return frozenset(aliases | {n for (la, _), n in load_aliases().items() if la == "ORG"})


def revise(found: Iterable[Mention], texts: dict[str, str]) -> Iterator[Mention]:
    """The model's mentions of one article, cut, relabelled or left out."""
    for mention in found:
        cut = _cut(mention)
        if cut is not None and not _is_no_name(cut, texts):
            yield _relabelled(cut, texts[cut.field])


def _cut(mention: Mention) -> Mention | None:
    """The mention from the first to the last word of the name itself; None if none is left."""
    text = mention.text
    prefix, joined = PREFIXED.match(text), JOINED.search(text)
    start = prefix.end() if prefix else 0
    end = joined.start() if joined else len(text)
    words = list(WORD.finditer(text, start, end))
    while words and _is_small(words[-1].group()):
        words.pop()
        end = words[-1].end() if words else start
    if mention.label == "ORG":
        kept = _without_title(words)
        if len(kept) != len(words):
            start, end = (kept[0].start(), kept[-1].end()) if kept else (start, start)
        words = kept
    inner = [i for i, w in enumerate(words) if _is_small(w.group()) and w.group() not in INNER]
    if inner:
        start = words[inner[-1] + 1].start()
    return _slice(mention, start, end)


def _is_small(word: str) -> bool:
    return word.islower() and (word in INNER or is_plain(word))


def _without_title(words: list[re.Match[str]]) -> list[re.Match[str]]:
    """Without "Attorney General" at the end of "New York Attorney General"."""
    keys = [fold(word.group()) for word in words]
    titles = load_rules().titles
    if len(keys) > LONGEST_TITLE and titles.issuperset(keys[:LONGEST_TITLE]):
        return words[LONGEST_TITLE:]  # "Director General" before it
    if not keys or "of" in keys or keys[-1] not in load_rules().titles:
        return words
    last = len(keys) - 1
    while last > 0 and (keys[last - 1] in TITLE_WORDS or keys[last - 1] in load_rules().titles):
        last -= 1
    return words[:last]


def _slice(mention: Mention, start: int, end: int) -> Mention | None:
    if (start, end) == (0, len(mention.text)):
        return mention
    text = mention.text[start:end].rstrip()
    if not any(letter.isalpha() for letter in text):
        return None
    first = mention.start + start
    return replace(mention, start=first, end=first + len(text), text=text, name=tidy_name(text))


def _is_no_name(mention: Mention, texts: dict[str, str]) -> bool:
    """ "IPO", and a word that has its capital from the start of a sentence or a line of
    capitals only."""
    word = mention.text
    if word in load_cues().never or len(word) == 1 or fold(word) in DAYS:
        return True
    if word.endswith(" New Year"):
        return True  # "Nepali New Year": the people alone is named
    shouted = word.isupper() and texts[mention.field].isupper()
    doubtful = word.isalpha() and word[0].isupper() and (is_plain(word) or shouted)
    name = word.capitalize() if shouted else word
    return doubtful and not any(is_name_in(text, name) for text in texts.values())


def _relabelled(mention: Mention, text: str) -> Mention:
    if mention.label != "ORG" and _is_organisation(mention, text):
        return replace(mention, label="ORG", score=CUED_SCORE)
    if mention.label == "PLACE" and _is_person(mention, text):
        return replace(mention, label="PERSON")
    if mention.label == "ORG" and _is_water(mention.text):
        return replace(mention, label="PLACE")
    if mention.label in ("ORG", "PLACE") and _has_role(mention, text):
        return replace(mention, label="PERSON")
    if mention.label == "ORG" and _has_full_name(mention.name):
        return replace(mention, label="PERSON")
    return mention


def _has_full_name(name: str) -> bool:
    """ "Holland Taylor", "Cuba Gooding Jr.": a given name and a surname, or one of a son's."""
    words = [word for word in WORD.findall(name) if word not in GENERATIONS]
    if len(words) != 2 or name in aliased_organisations() or any(w.isupper() for w in words):
        return False
    is_son = len(WORD.findall(name)) > len(words)
    first, last = fold(words[0]), fold(words[1])
    return is_son or (first in given_names() and last in surnames() and not is_plain(words[1]))


def _is_water(name: str) -> bool:
    """ "Great Slave Lake", which the model takes for a company."""
    words = WORD.findall(name)
    return len(words) > 1 and fold(words[-1]) in WATERS and name not in aliased_organisations()


def _has_role(mention: Mention, text: str) -> bool:
    """ "forecaster Amina Okafor": a full name without a word, behind what only persons are."""
    before = _BEFORE.search(text, max(0, mention.start - _AROUND), mention.start)
    if before is None or before.group(1) not in load_cues().person:
        return False
    words = mention.text.split()
    named = all(w.isalpha() and w[0].isupper() and not w.isupper() for w in words)
    bare = named and not any(is_plain(word) for word in words)
    return bare and len(words) in FULL_NAME and fold(words[-1]) not in load_rules().heads


def _is_person(mention: Mention, text: str) -> bool:
    """ "Amina Okafor", which the model takes for a place now and then."""
    words = mention.text.split()
    before = _BEFORE.search(text, max(0, mention.start - _AROUND), mention.start)
    located = before is not None and before.group(1).lower() in LOCATIVES
    named = len(words) == 2 and fold(words[0]) in given_names() and not is_plain(words[1])
    return named and not located and not is_plain(words[0])


def _is_organisation(mention: Mention, text: str) -> bool:
    name = mention.name.strip("+")
    if name in aliased_organisations():
        return True
    words = WORD.findall(name)
    if fold(words[0]) in given_names():
        return False
    headed = fold(words[-1]) in load_rules().heads or words[0] in load_cues().first
    if len(words) > 1 and headed:
        return True
    if _is_acronym(mention, name, text):
        return True
    cues = load_cues()
    before = _BEFORE.search(text, max(0, mention.start - _AROUND), mention.start)
    after = _AFTER.match(text, mention.end, mention.end + _AROUND)
    return (before is not None and before.group(1) in cues.before) or (
        after is not None and after.group(1) in cues.after
    )


def _is_acronym(mention: Mention, name: str, text: str) -> bool:
    """ "NEMA" in running text; in a dateline and a headline in capitals places stand so too."""
    if not (name.isalpha() and name.isupper() and len(name) in ACRONYM_LENGTHS):
        return False
    opens = mention.field == "body" and mention.start < OPENING_CHARS
    return mention.field != "dateline" and not opens and not text.isupper()
