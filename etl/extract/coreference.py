"""Names that an article uses again in another form: acronyms and bare surnames.

What belongs here: "Sahel Grain Union (SGU) ... the SGU", "Amina Okafor ... Okafor said". What
does not: merging entities across articles, which the canonical names do.
"""

import re
from collections import defaultdict
from dataclasses import replace

from etl.extract.entities import Mention, defined_acronym, resolve_names, tidy_name
from etl.extract.fusion import fuse
from etl.extract.tokens import split_words

ACRONYM = re.compile(r"\(([A-Z][A-Za-z&-]{1,9})\)")
MOST_WORDS = 9
ACRONYM_SCORE = 0.9
SURNAME_SCORE = 0.75
SHORTEST_SURNAME = 3
_LINKS = frozenset("of for the and de la del on in & to".split())
_NOT_DEFINED = frozenset({"AP", "AFP", "ANI", "PTI", "Xinhua", "Reuters", "IANS", "TASS"})


def resolve_coreference(mentions: list[Mention], texts: dict[str, str]) -> list[Mention]:
    """The article's mentions, with acronyms and surnames found again under the full name."""
    defined = _definitions(texts, mentions)
    found = fuse(mentions, defined) if defined else mentions
    acronyms = _acronyms(defined, texts, found)
    persons = _surnames(found, texts)
    named = {(m.field, m.start): m for m in acronyms}
    kept = [m for m in found if (m.field, m.start) not in named]
    kept += [*named.values(), *(p for p in persons if (p.field, p.start) not in named)]
    return resolve_names(sorted(kept, key=lambda m: (m.field, m.start, m.end, m.label)))


def _definitions(texts: dict[str, str], mentions: list[Mention]) -> list[Mention]:
    """The long form before each "(ACRONYM)" whose initials fit."""
    found: list[Mention] = []
    for field, text in texts.items():
        for bracket in ACRONYM.finditer(text):
            span = _long_form(text, bracket.start(), bracket.group(1))
            if span is not None and bracket.group(1) not in _NOT_DEFINED:
                words = text[slice(*span)]
                inside = [
                    m
                    for m in mentions
                    if m.field == field
                    and m.start >= span[0]
                    and m.end <= span[1]
                    and m.country_code
                ]
                best = max(inside, key=lambda m: (m.score, -m.start), default=None)
                found.append(
                    Mention(
                        field,
                        *span,
                        words,
                        "ORG",
                        tidy_name(words),
                        best.country_code if best else None,
                        "organisation",
                        round(best.score * 0.95, 3) if best else ACRONYM_SCORE,
                    )
                )
    return found


def _long_form(text: str, end: int, acronym: str) -> tuple[int, int] | None:
    """Offsets of the words before ``end`` whose initials make the acronym."""
    before = text[max(0, end - 120) : end].rstrip()
    shift = max(0, end - 120)
    words = split_words(before)
    for first in range(len(words) - 1, max(-1, len(words) - 1 - MOST_WORDS), -1):
        if first < len(words) - 1 and not _linked(words.gap(first)):
            return None
        start = words.starts[first]
        if words.words[first][0].isupper() and defined_acronym(before[start:], acronym):
            if len(words) - first > 1:
                return start + shift, words.ends[-1] + shift
            return None
    return None


def _linked(gap: str) -> bool:
    return gap.strip(" \n-'’&") == "" and "\n\n" not in gap


def _acronyms(defined: list[Mention], texts: dict[str, str], found: list[Mention]) -> list[Mention]:
    """Every later use of a defined acronym, under its full name and country."""
    full: dict[str, Mention] = {}
    for mention in defined:
        text = texts[mention.field]
        bracket = ACRONYM.search(text, mention.end)
        if bracket is not None:
            full.setdefault(bracket.group(1), mention)
    longer = [m for m in found if " " in m.text]
    return [
        replace(meaning, field=field, start=use.start(), end=use.end(), text=use.group())
        for acronym, meaning in sorted(full.items())
        for field, text in texts.items()
        for use in re.finditer(rf"(?<![\w-]){re.escape(acronym)}(?!\w)", text)
        if not any(_covers(m, field, use.start(), use.end()) for m in longer)
    ]


def _surnames(found: list[Mention], texts: dict[str, str]) -> list[Mention]:
    """Bare surnames of persons whom the article names in full."""
    by_surname: dict[str, set[str]] = defaultdict(set)
    for mention in found:
        if mention.label == "PERSON" and " " in mention.name:
            by_surname[mention.name.split(" ")[-1]].add(mention.name)
    names = {s: n for s, n in by_surname.items() if len(s) >= SHORTEST_SURNAME and s.istitle()}
    if not names:
        return []
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(names)))})(?![\w-])")
    return [
        Mention(
            field,
            use.start(),
            use.end(),
            use.group(),
            "PERSON",
            use.group(),
            None,
            "title_rule",
            SURNAME_SCORE,
        )
        for field, text in texts.items()
        for use in pattern.finditer(text)
        if not any(_overlaps(m, field, use.start(), use.end()) for m in found)
    ]


def _covers(mention: Mention, field: str, start: int, end: int) -> bool:
    return mention.field == field and mention.start <= start and end <= mention.end


def _overlaps(mention: Mention, field: str, start: int, end: int) -> bool:
    return mention.field == field and mention.start < end and start < mention.end
