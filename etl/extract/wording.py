"""Organisations told by how they are written and by the words beside them.

What belongs here: names that the model takes for persons, places or groups, and that a company's
suffix or an apposition ("start-up ...", "the ... newspaper") says are organisations; titles and
descriptions cut off the front of organisations. What does not: names known without the article
(known) and spans that are no names at all (junk).
"""

import re
from dataclasses import replace
from functools import cache

import polars as pl

from etl.extract.entities import Mention, tidy_name
from etl.extract.fusion import SpanIndex
from etl.extract.name_rules import common_words, load_rules
from etl.extract.tokens import fold, fold_name
from etl.reference import read_table

SCORE = 0.8
# As companies write them: "AG" is no "ag", "Sa" is a name.
SUFFIX = (
    r"(?:AG|Plc|PLC|plc|SA|S\.A\.|NV|N\.V\.|BV|B\.V\.|AB|ASA|SE|SpA|Spa|S\.p\.A\.|KGaA|KG|GmbH|Oyj|Oy|"
    r"A/S|AS|Pte|Pty|Bhd|Berhad|Sdn|Tbk|PJSC|OJSC|JSC|Inc|Corp|Co|Cos|Ltd|Limited|LLC|LLP|LP|Labs|"
    r"Group|Holdings?|Industries|Bancorp|Technologies|Pharmaceuticals?|Electronics|Airlines|Airways)"
)
ENDS_IN_SUFFIX = re.compile(rf"\s{SUFFIX}\.?$")
SUFFIX_AFTER = re.compile(rf"(?:,? {SUFFIX}\b\.?(?! [A-Z][a-z]+ing\b))+")
# Words that end a company's name as well as a sentence's: only behind another capital.
TRADES = frozenset(
    "construction engineering logistics shipping marine mining minerals metals foods seafood "
    "textiles garments pharma biotech robotics semiconductor semiconductors software solutions "
    "systems ventures securities insurance telecom motors chemicals petroleum refinery brewery "
    "breweries energy petro broadcasting studios resorts airlines trails tours".split()
)
# What names begin with in other languages, and the clubs of football.
OPENINGS = frozenset(
    "banque banco banca bank minera compania compagnie companhia societe sociedad sociedade grupo "
    "groupe gruppo foro asociacion associacao association sindicato partido parti partito "
    "movimiento movimento mouvement union confederacion federacion fundacion fundacao fondation "
    "universidad universite universita deportivo atletico sporting olympique complexul gazette "
    "nhs fc sc ac cf fk hk nk sv kv vfb vfl tsv uss hms ecole institut instituto centro".split()
)
ONLY_SUFFIXES = re.compile(rf"(?:{SUFFIX}\b\.?[ ,&]*)+")
ITS_HEAD = re.compile(
    r",? its (?:boss|chief|chairman|chairwoman|president|founder|head|parent|shares)\b"
)
DRAW_AFTER = re.compile(r" (?:drew \d+-\d+|drew (?:with|against|at)) ")
DRAW_BEFORE = re.compile(r"\bdrew (?:\d+-\d+ )?(?:with|against|at) $")
ACRONYM = re.compile(r"[A-Z]{4,6}")
CAPITALS_BESIDE = re.compile(r"[A-Z]{3,}\W{1,2}$")
BESIDE_CHARS = 40
# "General Motors", "King Salman Centre": titles that begin names of organisations too.
NAME_TITLES = frozenset(
    "general king queen prince princess emperor sultan marshal deputy attorney counsel officer "
    "speaker author actor singer coach leader chair lawyer delegate chief commissioner analyst".split()
)
DESCRIBING = frozenset("opposition ruling state-run rival former ex-ruling".split())


@cache
def _cues(side: str, strength: str = "") -> re.Pattern[str]:
    table = read_table("organisation_cues.csv").filter(pl.col("side") == side)
    if strength:
        table = table.filter(pl.col("strength") == strength)
    longest = sorted(table["cue"], key=lambda cue: (-len(cue), cue))
    return re.compile(rf"(?:{'|'.join(map(re.escape, longest))})", re.IGNORECASE)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    firm, doubtful = _cues("before", "firm").pattern, _cues("before", "doubtful").pattern
    return {
        "firm": re.compile(rf"(?:^|[\s-]){firm}\s$", re.IGNORECASE),
        "doubtful": re.compile(rf"(?:^|[a-z]\s|-){doubtful}\s$", re.IGNORECASE),
        "and": re.compile(rf"\b{firm}\s[^.,;\n]{{2,40}} and $"),
        "after": re.compile(rf"\s{_cues('after').pattern}\b"),
        "role": re.compile(rf"\s{_cues('role').pattern}\s[A-Z]"),
    }


@cache
def _given_names() -> frozenset[str]:
    table = read_table("person_names.csv").filter(pl.col("kind") == "given")
    return frozenset(table["name"])


def tell_organisations(found: list[Mention], texts: dict[str, str]) -> list[Mention]:
    """``found`` with mislabelled organisations put right and descriptions cut off them."""
    present = SpanIndex(found)
    mended = [_mend(mention, texts[mention.field], present) for mention in found]
    grown = SpanIndex(m for m, old in zip(mended, found, strict=True) if m.end > old.end)
    return [m for m in mended if not _is_swallowed(m, grown)]


def _is_swallowed(mention: Mention, grown: SpanIndex) -> bool:
    return any(g is not mention for g in grown.touching(mention.field, mention.start, mention.end))


def _mend(mention: Mention, text: str, present: SpanIndex) -> Mention:
    if mention.label == "ORG":
        return _trimmed(mention)
    if mention.method != "statistical":
        return mention
    shouted = mention.text.isupper() and " " in mention.text
    suffix = None if shouted else SUFFIX_AFTER.match(text, mention.end)
    end = suffix.end() if suffix else mention.end
    if suffix and all(m is mention for m in present.touching(mention.field, mention.start, end)):
        return _organisation(mention, text, end)
    if _has_form(mention.text) or _is_told(mention, text):
        return _organisation(mention, text, mention.end)
    return mention


def _has_form(name: str) -> bool:
    """Whether the name by itself says that it is an organisation: "Minera ...", "... Foods"."""
    if ENDS_IN_SUFFIX.search(name):
        return True
    words = fold_name(name).split(" ")
    if len(words) < 2 or words[0] in _given_names():
        return False
    return words[-1] in TRADES or words[0] in OPENINGS


def _is_told(mention: Mention, text: str) -> bool:
    """Whether the words before or after say that it is an organisation."""
    patterns = _patterns()
    before = text[max(0, mention.start - BESIDE_CHARS) : mention.start]
    first = fold_name(mention.text).split(" ")[0]
    plain = first not in _given_names() and first not in common_words()
    if patterns["firm"].search(before) or DRAW_BEFORE.search(before):
        return True
    if DRAW_AFTER.match(text, mention.end) or ITS_HEAD.match(text, mention.end):
        return plain or mention.label != "PERSON"
    if before.endswith("the ") and patterns["after"].match(text, mention.end):
        return True
    if plain and (patterns["doubtful"].search(before) or patterns["and"].search(before)):
        return mention.label == "PERSON"
    if mention.label != "PLACE" and patterns["role"].match(text, mention.end):
        return plain
    return _is_acronym(mention, before, text)


def _is_acronym(mention: Mention, before: str, text: str) -> bool:
    """Four to six capitals in running text: an agency rather than a person or a town."""
    alone = ACRONYM.fullmatch(mention.text) is not None and mention.field == "body"
    following = text[mention.end : mention.end + BESIDE_CHARS].split()
    shouted = CAPITALS_BESIDE.search(before) or (following and following[0].isupper())
    return alone and not shouted and bool(before.strip())


def _organisation(mention: Mention, text: str, end: int) -> Mention:
    if text[end - 1 : end] == "." and not text[:end].endswith(("Inc.", "Corp.", "Co.", "Ltd.")):
        end -= text[end - 2].islower()
    words = text[mention.start : end]
    return replace(
        mention,
        end=end,
        text=words,
        label="ORG",
        name=tidy_name(words),
        method="organisation",
        score=SCORE,
    )


def _trimmed(mention: Mention) -> Mention:
    """Without a description ("Energy group ..."), a title or "Opposition" before the name."""
    shift = _description_end(mention.text)
    if shift == 0:
        return mention
    words = mention.text[shift:]
    return replace(mention, start=mention.start + shift, text=words, name=tidy_name(words))


def _description_end(text: str) -> int:
    found = re.match(rf"(?:[A-Z][\w-]+ )?{_cues('before').pattern} (?=[A-Z])", text)
    if found and text[: found.end()].split()[-1].islower():
        return found.end()
    start, words = 0, text.split(" ")
    while len(words) > 1 and _is_description(words) and words[1][:1].isupper():
        start += len(words[0]) + 1
        words = words[1:]
    return start


def _is_description(words: list[str]) -> bool:
    key = fold(words[0])
    if key in DESCRIBING:
        return len(words) > 2
    if key == "director" and fold(words[1]) == "general":
        return len(words) > 2
    return (key in load_rules().titles - load_rules().honorifics - NAME_TITLES) and len(words) > 2
