"""Acronyms that an article defines, or that the names in it imply.

What belongs here: "Sahel Grain Union (SGU)", "SGU (Sahel Grain Union)", and "SGU" beside a
"Sahel Grain Union" that is never put in brackets. What does not: acronyms known without the
article (organisations.csv, entity_aliases.csv).
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from etl.extract.entities import Mention, tidy_name
from etl.extract.fusion import INSIDE_ORGANISATION, SpanIndex
from etl.extract.tokens import WORD, Words, split_words

# "(SGU)" behind the full name, and "SGU (Sahel Grain Union)" before it.
ACRONYM = re.compile(r"\(([A-Z][A-Za-z&-]{1,9})\)")
REVERSED = re.compile(r"\b([A-Z][A-Z&-]{1,9}) \(([^()\n]{5,80})\)")
MOST_WORDS = 9
MOST_CHARS = 120
SCORE = 0.9
SHORTEST_IMPLIED = 3
# In brackets after a place these are credits: "KYIV, Ukraine (AP)".
CREDITS = frozenset({"AP", "AFP", "ANI", "PTI", "Xinhua", "Reuters", "IANS", "TASS"})

Meaning = tuple[str, Mention]


def defined_acronym(name: str, acronym: str) -> bool:
    """Whether the letters of ``acronym`` are the initials of ``name``: (BLA)."""
    letters = acronym.replace("-", "").replace("&", "").upper()
    return len(letters) >= 2 and letters in _initials(name)


def _initials(name: str) -> tuple[str, str]:
    words = WORD.findall(name)
    capitals = "".join(word[0] for word in words if word[0].isupper())
    return capitals.upper(), "".join(word[0] for word in words).upper()


def find_definitions(texts: dict[str, str], present: SpanIndex) -> list[Meaning]:
    """Each acronym in brackets, or before brackets, with the full name that fits it."""
    return [
        (acronym, _organisation(field, text, span, present))
        for field, text in texts.items()
        for acronym, span in _defined_in(text)
    ]


def _defined_in(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    for bracket in ACRONYM.finditer(text):
        acronym = bracket.group(1)
        span = None if acronym in CREDITS else _long_form(text, bracket.start(), acronym)
        if span is not None:
            yield acronym, span
    for bracket in REVERSED.finditer(text):
        acronym, name = bracket.groups()
        whole = name[0].isupper() and len(name.split()) > 1
        if whole and acronym not in CREDITS and defined_acronym(name, acronym):
            yield acronym, bracket.span(2)


def _organisation(field: str, text: str, span: tuple[int, int], present: SpanIndex) -> Mention:
    start, end = span
    inside = [m for m in present.touching(field, start, end) if start <= m.start and m.end <= end]
    best = max(
        (m for m in inside if m.country_code), key=lambda m: (m.score, -m.start), default=None
    )
    words = text[start:end]
    code = best.country_code if best else None
    score = round(best.score * INSIDE_ORGANISATION, 3) if best else SCORE
    return Mention(field, start, end, words, "ORG", tidy_name(words), code, "organisation", score)


def _long_form(text: str, end: int, acronym: str) -> tuple[int, int] | None:
    """Offsets of the words before ``end`` whose initials make the acronym."""
    shift = max(0, end - MOST_CHARS)
    before = text[shift:end].rstrip()
    words = split_words(before)
    for first in range(len(words) - 1, max(-1, len(words) - 1 - MOST_WORDS), -1):
        if first < len(words) - 1 and not _is_linked(words, first):
            return None
        start = words.starts[first]
        if words.words[first][0].isupper() and defined_acronym(before[start:], acronym):
            whole = len(words) - first > 1 and words.ends[-1] == len(before)
            return (start + shift, words.ends[-1] + shift) if whole else None
    return None


def _is_linked(words: Words, index: int) -> bool:
    gap = words.gaps[index]
    return gap.strip(" \n-'’&") == "" and "\n\n" not in gap


def find_implied(found: list[Mention]) -> list[Meaning]:
    """The initials of every longer organisation, where they fit only one of them."""
    meanings: dict[str, dict[str, Mention]] = defaultdict(dict)
    for mention in found:
        acronym = _initials(mention.name)[0] if mention.label == "ORG" else ""
        if len(acronym) >= SHORTEST_IMPLIED:
            meanings[acronym].setdefault(mention.name, mention)
    return [
        (acronym, meaning)
        for acronym, names in meanings.items()
        if len(names) == 1 and acronym not in CREDITS
        for meaning in names.values()
    ]


def add_acronyms(
    found: list[Mention], meanings: list[Meaning], texts: dict[str, str]
) -> list[Mention]:
    """Every use of an acronym, under its full name and country.

    It takes the place of what the acronym alone was thought to be, but not of a longer name
    that holds it.
    """
    full: dict[str, Mention] = {}
    for acronym, meaning in meanings:
        if any(acronym in text for text in texts.values()):
            full.setdefault(acronym, meaning)
    if not full:
        return found
    present = SpanIndex(found)
    body = "|".join(re.escape(a) for a in sorted(full, key=lambda a: (-len(a), a)))
    uses = [
        replace(full[use.group()], field=field, start=use.start(), end=use.end(), text=use.group())
        for field, text in texts.items()
        for use in re.finditer(rf"(?<![\w-])(?:{body})(?!\w)", text)
        if all(
            use.start() <= m.start and m.end <= use.end()
            for m in present.touching(field, use.start(), use.end())
        )
    ]
    replaced = SpanIndex(uses)
    return [*(m for m in found if not replaced.touching(m.field, m.start, m.end)), *uses]
