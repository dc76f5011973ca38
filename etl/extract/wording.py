"""Organisations told by how they are written and by what stands beside them.

What belongs here: names that a company's suffix or a clause ("its chief executive", "drew 1-1
with") says are organisations, and descriptions cut off the front of organisations. What does
not: names known without the article (known), spans that are no names at all (junk), and the
words right beside a span of the model (revise).
"""

import re
from dataclasses import replace

from etl.extract.canonical import given_names
from etl.extract.casing import is_plain
from etl.extract.entities import Mention, tidy_name
from etl.extract.fusion import SpanIndex
from etl.extract.name_rules import load_rules
from etl.extract.revise import load_cues
from etl.extract.tokens import WORD, fold, fold_name

SCORE = 0.8
# As companies write them: "AG" is no "ag", "Sa" is a name.
SUFFIX = (
    r"(?:AG|Plc|PLC|plc|SA|S\.A\.|NV|N\.V\.|BV|B\.V\.|AB|ASA|SE|SpA|Spa|S\.p\.A\.|KGaA|KG|GmbH|Oyj|"
    r"Oy|A/S|AS|Pte|Pty|Bhd|Berhad|Sdn|Tbk|PJSC|OJSC|JSC|Inc|Corp|Co|Cos|Ltd|Limited|LLC|LLP|LP|"
    r"Labs|Group|Holdings?|Industries|Bancorp|Technologies|Pharmaceuticals?|Electronics|Airlines|"
    r"Airways)"
)
ENDS_IN_SUFFIX = re.compile(rf"\s{SUFFIX}\.?$")
# Not before a name: "Texas AG Ken Paxton" is a man, "AB" a province.
SUFFIX_AFTER = re.compile(rf"(?:,? {SUFFIX}\b\.?)+(?! [A-Z][a-z])")
ONLY_SUFFIXES = re.compile(rf"(?:{SUFFIX}\b\.?[ ,&]*)+")
ABBREVIATED = ("Inc.", "Corp.", "Co.", "Cos.", "Ltd.", "S.A.", "N.V.", "B.V.", "S.p.A.")
# Words that end a company's name, and none's of a person.
TRADES = frozenset(
    "construction engineering logistics shipping marine mining minerals metals foods seafood "
    "textiles garments pharma biotech robotics semiconductor semiconductors software solutions "
    "systems ventures telecom motors chemicals petro refinery brewery breweries studios resorts "
    "trails tours".split()
)
ITS_HEAD = re.compile(
    r",? its (?:boss|chief|chairman|chairwoman|president|founder|head|parent|shares)\b"
)
DRAW_AFTER = re.compile(r" drew (?:\d+-\d+|with|against|at) ")
DRAW_BEFORE = re.compile(r"\bdrew (?:\d+-\d+ )?(?:with|against|at) $")
BEFORE_CHARS = 20
DESCRIPTION = re.compile(r"(?:[A-Z][\w-]+ )?([a-z-]+) (?=[A-Z])")
DESCRIBING = frozenset("opposition ruling state-run rival governing".split())
# "General Motors", "King Salman Centre": titles that begin organisations' names too.
NAME_TITLES = frozenset(
    "general king queen prince princess emperor sultan marshal deputy attorney counsel officer "
    "speaker author actor singer coach leader chair lawyer delegate chief commissioner "
    "analyst".split()
)


def tell_organisations(found: list[Mention], texts: dict[str, str]) -> list[Mention]:
    """``found`` with mislabelled organisations put right and descriptions cut off them.

    A suffix that the model left out is taken in, with what stood on its own there.
    """
    present = SpanIndex(found)
    mended = [_mend(mention, texts[mention.field], present) for mention in found]
    grown = SpanIndex(m for m, old in zip(mended, found, strict=True) if m.end > old.end)
    return [
        m for m in mended if all(m is other for other in grown.touching(m.field, m.start, m.end))
    ]


def _mend(mention: Mention, text: str, present: SpanIndex) -> Mention:
    if mention.label == "ORG":
        return _honoured(mention) or _trimmed(mention)
    if mention.method != "statistical":
        return mention
    end = _suffix_end(mention, text, present)
    if end > mention.end or _has_form(mention.text) or _is_told(mention, text):
        words = text[mention.start : end]
        name = tidy_name(words)
        method, score = "organisation", SCORE
        return replace(
            mention, end=end, text=words, label="ORG", name=name, method=method, score=score
        )
    return mention


def _suffix_end(mention: Mention, text: str, present: SpanIndex) -> int:
    """Where the name ends with the suffix behind it, if there is one of its own."""
    shouted = mention.text.isupper() and " " in mention.text
    end = mention.end if shouted else suffix_end(text, mention.end)
    if end == mention.end:
        return end
    touched = present.touching(mention.field, mention.end, end)
    return end if all(m.country_code is None and m.end <= end for m in touched) else mention.end


def suffix_end(text: str, start: int) -> int:
    """Where a company's suffix that begins at ``start`` ends; ``start`` if there is none."""
    suffix = SUFFIX_AFTER.match(text, start)
    if suffix is None:
        return start
    end = suffix.end()
    return end - 1 if text[end - 1] == "." and not text[:end].endswith(ABBREVIATED) else end


def _has_form(name: str) -> bool:
    """Whether the name by itself says that it is an organisation: "... Foods"."""
    if ENDS_IN_SUFFIX.search(name):
        return True
    words = fold_name(name).split(" ")
    return len(words) > 1 and words[0] not in given_names() and words[-1] in TRADES


def _is_told(mention: Mention, text: str) -> bool:
    """Whether the clause around it speaks of an organisation."""
    before = text[max(0, mention.start - BEFORE_CHARS) : mention.start]
    if DRAW_BEFORE.search(before) or DRAW_AFTER.match(text, mention.end):
        return mention.label != "PLACE"
    first = WORD.findall(mention.text)[0]
    plain = fold(first) not in given_names() and not is_plain(first)
    return plain and ITS_HEAD.match(text, mention.end) is not None


def _honoured(mention: Mention) -> Mention | None:
    """The person of "Comrade Sipho Dube" or "U Thein Maung", which the model takes for a body."""
    words, rules = mention.text.split(" "), load_rules()
    is_title = fold(words[0]) in rules.honorifics or words[0] == "U"
    named = all(word.isalpha() and word[0].isupper() for word in words[1:])
    if mention.method != "statistical" or not is_title or not named or len(words) not in (3, 4):
        return None
    if fold(words[-1]) in rules.heads:
        return None
    text = mention.text[len(words[0]) + 1 :]
    start = mention.end - len(text)
    return replace(mention, start=start, text=text, name=text, label="PERSON")


def _trimmed(mention: Mention) -> Mention:
    """Without a description ("Energy group ..."), a title or "Opposition" before the name."""
    shift = _description_end(mention.text)
    if shift == 0:
        return mention
    words = mention.text[shift:]
    return replace(mention, start=mention.start + shift, text=words, name=tidy_name(words))


def _description_end(text: str) -> int:
    found = DESCRIPTION.match(text)
    if found and found.group(1) in load_cues().before:
        return found.end()
    start, words = 0, text.split(" ")
    while len(words) > 2 and _is_description(words):
        taken = 2 if words[:2] == ["Director", "General"] and len(words) > 3 else 1
        start += sum(len(word) + 1 for word in words[:taken])
        words = words[taken:]
    return start


def _is_description(words: list[str]) -> bool:
    """Whether the first word is no part of the name: "Director General Inter-Services ..."."""
    key, following = fold(words[0]), words[1]
    rules = load_rules()
    if not following[:1].isupper():
        return False
    is_title = key in rules.titles and key not in rules.honorifics and key not in NAME_TITLES
    return key in DESCRIBING or is_title
