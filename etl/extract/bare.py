"""Parts of organisations' names that stand alone: "the Bank", "Goldman".

What belongs here: which fuller name of the article such a word means, and leaving out heads
that mean none. What does not: acronyms and persons (acronyms, coreference).
"""

from collections import defaultdict
from dataclasses import replace

from etl.extract.casing import is_plain
from etl.extract.entities import Mention
from etl.extract.junk import is_person_name
from etl.extract.name_rules import load_rules
from etl.extract.tokens import fold, fold_name, split_words

# Readers know which one is meant, and news names it so: kept under the bare name.
INSTITUTIONS = frozenset("parliament congress senate treasury assembly army navy marines".split())
# Not heads to the rules, since "Opera House" is one too, but no names either.
MORE_HEADS = frozenset("house executive union company ministry chamber regime".split())


def resolve_bare(found: list[Mention], texts: dict[str, str]) -> list[Mention]:
    """``found`` with bare heads under the nearest fuller name before them, else after them.

    Without any they are no entity and left out, but for a country's institutions.
    """
    heads = load_rules().heads | MORE_HEADS | INSTITUTIONS
    if not any(_is_bare(m, heads) for m in found):
        return found
    fuller = _fuller(found, heads)
    kept: list[Mention] = []
    for mention in found:
        if not _is_bare(mention, heads):
            kept.append(mention)
            continue
        meant = _nearest(mention, fuller.get(fold(mention.text), []))
        if _is_title(mention, texts[mention.field]):
            continue
        if meant is not None:
            kept.append(replace(mention, label="ORG", name=meant.name))
        elif fold(mention.text) in INSTITUTIONS:
            kept.append(replace(mention, label="ORG"))
    return kept


def resolve_short(found: list[Mention]) -> list[Mention]:
    """``found`` with the model's bare first words of organisations under the whole name.

    "Velatec" beside one "Velatec Mining", whatever the model took it for; not where it may be
    a person ("Trump" beside "Trump Organization") or a plain word.
    """
    names: dict[str, set[str]] = defaultdict(set)
    for mention in found:
        if mention.label == "ORG" and " " in mention.text:
            names[mention.text.split(" ")[0]].add(mention.name)
    whole = {word: min(full) for word, full in names.items() if len(full) == 1}
    return [
        replace(m, label="ORG", name=whole[m.text]) if m.text in whole and _is_short(m) else m
        for m in found
    ]


def _is_short(mention: Mention) -> bool:
    if mention.method != "statistical" or mention.label == "NORP" or is_plain(mention.text):
        return False  # "Oromo" beside an "Oromo Union" is the people
    return mention.label != "PERSON" or not is_person_name(mention.text)


def _is_bare(mention: Mention, heads: frozenset[str]) -> bool:
    found_by_form = mention.method in ("statistical", "organisation")
    key = fold(mention.text)
    if not found_by_form or mention.country_code is not None or key not in heads:
        return False
    return (mention.label == "ORG" and mention.text[1:].islower()) or key in INSTITUTIONS


def _fuller(found: list[Mention], heads: frozenset[str]) -> dict[str, list[Mention]]:
    """By head, the organisations that end in it or begin with it before "of" and "for"."""
    fuller: dict[str, list[Mention]] = defaultdict(list)
    for mention in found:
        words = fold_name(mention.name).split(" ")
        if mention.label != "ORG" or len(words) < 2:
            continue
        opens = words[0] if words[1] in ("of", "for") else ""
        for head in {words[-1], opens} & heads:
            fuller[head].append(mention)
    return fuller


def _nearest(mention: Mention, fuller: list[Mention]) -> Mention | None:
    """The last one before the mention; the title comes after the body here, and counts last."""
    before = [m for m in fuller if m.field == mention.field and m.start < mention.start]
    if before:
        return max(before, key=lambda m: m.start)
    return min(fuller, key=lambda m: (m.field != mention.field, m.start), default=None)


def _is_title(mention: Mention, text: str) -> bool:
    """ "Chief Cabinet Secretary": a word of a title."""
    words = split_words(text[mention.end : mention.end + 30])
    if not words.words or text[mention.end : mention.end + 1] != " ":
        return False
    return words.words[0][0].isupper() and words.keys[0] in load_rules().titles
