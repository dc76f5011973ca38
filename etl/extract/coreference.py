"""Names that an article uses again in another form: acronyms and bare surnames.

What belongs here: "Sahel Grain Union (SGU) ... the SGU", "Amina Okafor ... Okafor said". What
does not: merging entities across articles, which the canonical names do.
"""

import re
from collections import defaultdict
from dataclasses import replace

from etl.extract.entities import Mention, defined_acronym, resolve_names, tidy_name
from etl.extract.fusion import INSIDE_ORGANISATION, SpanIndex, fuse
from etl.extract.tokens import Words, split_words

ACRONYM = re.compile(r"\(([A-Z][A-Za-z&-]{1,9})\)")
MOST_WORDS = 9
MOST_CHARS = 120
ACRONYM_SCORE = 0.9
SURNAME_SCORE = 0.75
SHORTEST_SURNAME = 3
# In brackets after a place these are credits: "KYIV, Ukraine (AP)".
CREDITS = frozenset({"AP", "AFP", "ANI", "PTI", "Xinhua", "Reuters", "IANS", "TASS"})


def resolve_coreference(mentions: list[Mention], texts: dict[str, str]) -> list[Mention]:
    """The article's mentions, with acronyms and surnames found again under the full name."""
    meanings = _definitions(texts, SpanIndex(mentions))
    found = fuse(mentions, [m for _, m in meanings])
    found = _add_acronyms(found, meanings, texts)
    found = [*found, *_surnames(found, texts)]
    return resolve_names(sorted(found, key=lambda m: (m.field, m.start, m.end, m.label)))


def _definitions(texts: dict[str, str], present: SpanIndex) -> list[tuple[str, Mention]]:
    """Each "(ACRONYM)" with the long form before it whose initials fit."""
    found: list[tuple[str, Mention]] = []
    for field, text in texts.items():
        for bracket in ACRONYM.finditer(text):
            acronym = bracket.group(1)
            span = None if acronym in CREDITS else _long_form(text, bracket.start(), acronym)
            if span is not None:
                found.append((acronym, _organisation(field, text, span, present)))
    return found


def _organisation(field: str, text: str, span: tuple[int, int], present: SpanIndex) -> Mention:
    start, end = span
    inside = [m for m in present.touching(field, start, end) if start <= m.start and m.end <= end]
    best = max(
        (m for m in inside if m.country_code), key=lambda m: (m.score, -m.start), default=None
    )
    words = text[start:end]
    code = best.country_code if best else None
    score = round(best.score * INSIDE_ORGANISATION, 3) if best else ACRONYM_SCORE
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
    gap = words.gap(index)
    return gap.strip(" \n-'’&") == "" and "\n\n" not in gap


def _add_acronyms(
    found: list[Mention], meanings: list[tuple[str, Mention]], texts: dict[str, str]
) -> list[Mention]:
    """Every use of a defined acronym, under its full name and country.

    It takes the place of what the acronym alone was thought to be, but not of a longer name
    that holds it.
    """
    full: dict[str, Mention] = {}
    for acronym, meaning in meanings:
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


def _surnames(found: list[Mention], texts: dict[str, str]) -> list[Mention]:
    """Bare surnames of persons whom the article names in full."""
    surnames = defaultdict(set)
    for mention in found:
        if mention.label == "PERSON" and " " in mention.name:
            surnames[mention.name.split(" ")[-1]].add(mention.name)
    names = sorted(s for s in surnames if len(s) >= SHORTEST_SURNAME and s.istitle())
    if not names:
        return []
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w-])")
    present = SpanIndex(found)
    return [
        _surname(field, use)
        for field, text in texts.items()
        for use in pattern.finditer(text)
        if not present.touching(field, use.start(), use.end())
    ]


def _surname(field: str, use: re.Match[str]) -> Mention:
    text = use.group()
    return Mention(
        field, use.start(), use.end(), text, "PERSON", text, None, "title_rule", SURNAME_SCORE
    )
