"""Full names that the article gives an acronym: "Sahel Grain Union (SGU)", "SGU (Sahel ...)".

A short name in other letters, cut or of another language, counts behind an organisation that was
found already, where it comes again: "Sahel Grain Union (Unisagra)".

Adds: the full names as organisations, and the acronyms with their meaning to the article.
Changes: shorter mentions inside a full name, which give way to it and lend it their country.
Drops: what was taken for an organisation and names a thing ("First Information Report (FIR)").

What does not belong here: the uses of an acronym (acronym_mentions), and acronyms known without
the article (organisations.csv, entity_aliases.csv).
"""

import re
from collections import Counter
from collections.abc import Iterator

from etl.extract.acronyms import CREDITS, is_acronym_of
from etl.extract.article import ArticleState, Field
from etl.extract.evidence import best_evidence, lent_score
from etl.extract.fusion import fuse
from etl.extract.gazetteer.person_names import given_names, surnames
from etl.extract.mentions import Mention, tidy_name
from etl.extract.names.organisation_cues import is_thing
from etl.extract.spans import Spans
from etl.extract.text.casing import is_plain
from etl.extract.text.tokens import Words, fold

# "(SGU)" behind the full name, and "SGU (Sahel Grain Union)" before it.
ACRONYM = re.compile(r"\(([A-Z][A-Za-z&-]{1,9})\)")
USE = re.compile(r"(?<![\w-])[A-Z][A-Za-z&-]{1,9}(?!\w)")
REVERSED = re.compile(r"\b([A-Z][A-Z&-]{1,9}) \(([^()\n]{5,80})\)")
MOST_WORDS = 9
MOST_CHARS = 120
SCORE = 0.9


def add_defined_names(article: ArticleState) -> None:
    """Add the full name of every acronym in brackets, or before brackets."""
    in_things: set[tuple[str, int]] = set()
    for field in article.fields.values():
        text = field.words.text
        for acronym, span in _defined_in(field):
            if is_thing(text[slice(*span)]):
                article.thing_acronyms.add(acronym)
                in_things |= {
                    (m.field, m.start) for m in _inside(article.mentions, field.name, span)
                }
            else:
                full = _organisation(field.name, text, span, article.mentions)
                article.acronyms.append((acronym, full))
    defined = {acronym for acronym, _ in article.acronyms} | article.thing_acronyms
    article.acronyms += [
        (short, named) for short, named in _short_names(article) if short not in defined
    ]
    article.thing_acronyms -= {acronym for acronym, _ in article.acronyms}
    if in_things:
        article.mentions.drop(
            lambda m: (
                m.label == "ORG" and m.country_code is None and (m.field, m.start) in in_things
            )
        )
    fuse(article.mentions, [full for _, full in article.acronyms])


def _short_names(article: ArticleState) -> Iterator[tuple[str, Mention]]:
    """What stands in brackets right behind an organisation, and again elsewhere in the text."""
    brackets = [
        (field, bracket)
        for field in article.fields.values()
        for bracket in ACRONYM.finditer(field.words.text)
    ]
    if not brackets:
        return
    uses = Counter(use for text in article.texts.values() for use in USE.findall(text))
    for field, bracket in brackets:
        short, start = bracket.group(1), bracket.start()
        before = article.mentions.touching(field.name, start - 2, start)
        named = [m for m in before if m.label == "ORG" and m.end == start - 1]
        is_behind = bool(named) and field.words.text[start - 1] == " "
        if is_behind and uses[short] > 1 and _is_short_name(short, article, bracket, field):
            yield short, named[0]


def _is_short_name(short: str, article: ArticleState, bracket: re.Match[str], field: Field) -> bool:
    """Whether it is neither a place, a person nor a word: "(Kenya)", "(Amina)", "(Market)"."""
    inside = _inside(article.mentions, field.name, bracket.span())
    is_other = any(m.country_code for m in inside) or is_plain(short) or short in CREDITS
    is_person = fold(short) in given_names() or fold(short) in surnames()
    return not is_other and not is_person


def _inside(mentions: Spans, field: str, span: tuple[int, int]) -> list[Mention]:
    start, end = span
    return [m for m in mentions.touching(field, start, end) if start <= m.start and m.end <= end]


def _defined_in(field: Field) -> Iterator[tuple[str, tuple[int, int]]]:
    text = field.words.text
    for bracket in ACRONYM.finditer(text):
        acronym = bracket.group(1)
        span = None if acronym in CREDITS else _full_name(field.words, bracket.start(), acronym)
        if span is not None:
            yield acronym, span
    for bracket in REVERSED.finditer(text):
        acronym, name = bracket.groups()
        whole = name[0].isupper() and len(name.split()) > 1
        if whole and acronym not in CREDITS and is_acronym_of(acronym, name):
            yield acronym, bracket.span(2)


def _full_name(words: Words, end: int, acronym: str) -> tuple[int, int] | None:
    """Offsets of the words right before the bracket at ``end`` whose initials make the acronym."""
    last = words.index_at(end) - 1
    least = max(-1, last - MOST_WORDS, words.index_at(max(0, end - MOST_CHARS)) - 1)
    name_end = len(words.text[:end].rstrip())
    for first in range(last, least, -1):
        if first < last and not _is_linked(words, first):
            return None
        start = words.starts[first]
        if words.words[first][0].isupper() and is_acronym_of(acronym, words.text[start:name_end]):
            whole = last > first and words.ends[last] == name_end
            return (start, name_end) if whole else None
    return None


def _is_linked(words: Words, index: int) -> bool:
    gap = words.gaps[index]
    return gap.strip(" \n-'’&") == "" and "\n\n" not in gap


def _organisation(field: str, text: str, span: tuple[int, int], present: Spans) -> Mention:
    start, end = span
    best = best_evidence(_inside(present, field, span))
    words = text[start:end]
    code = best.country_code if best else None
    score = lent_score(best.score) if best else SCORE
    return Mention(field, start, end, words, "ORG", tidy_name(words), code, "organisation", score)
