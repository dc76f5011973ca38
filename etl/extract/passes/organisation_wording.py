"""Organisations told by their wording: a company's suffix, a trade, the clause around the name.

Adds: nothing.
Changes: persons, places and peoples of the model that a suffix ("Ruhrtal AG"), a last word
("Osei Foods") or the clause ("its chief executive", "drew 1-1 with") shows to be organisations;
they take in a suffix that the model left out, with what stood there.
Drops: nothing.

What does not belong here: the words right beside a span of the model (span_labels), and names
known without the article (known_organisations).
"""

import re

from etl.extract.article import ArticleState
from etl.extract.gazetteer.person_names import given_names, surnames
from etl.extract.mentions import Mention, tidy_name
from etl.extract.names.organisation_cues import load_cues
from etl.extract.spans import Spans
from etl.extract.text.casing import is_plain
from etl.extract.text.company_suffixes import has_suffix, suffix_end
from etl.extract.text.tokens import WORD, fold, fold_name
from etl.lexicon import pattern
from etl.tables import made_of_tables

SCORE = 0.8
DRAW_AFTER = re.compile(r" drew (?:\d+-\d+|with|against|at) ")
DRAW_BEFORE = re.compile(r"\bdrew (?:\d+-\d+ )?(?:with|against|at) $")
BEFORE_CHARS = 20
OWNED_CHARS = 30


def relabel_by_wording(article: ArticleState) -> None:
    """Make organisations of the mentions whose wording says so."""
    present = article.mentions
    told = (_told(m, article.texts[m.field], present) for m in present)
    present.put([mention for mention in told if mention is not None])


def _told(mention: Mention, text: str, present: Spans) -> Mention | None:
    """The organisation that the mention is, if its wording tells that it is one."""
    if mention.label == "ORG" or mention.method != "statistical":
        return None
    end = _suffix_end(mention, text, present)
    if end == mention.end and not _has_form(mention.text) and not _is_told(mention, text):
        return None
    words = text[mention.start : end]
    return Mention(
        mention.field, mention.start, end, words, "ORG", tidy_name(words), mention.country_code,
        "organisation", SCORE,
    )  # fmt: skip


@made_of_tables
def _its_head() -> re.Pattern[str]:
    """ ", its chief": what only an organisation has."""
    return re.compile(rf",? its {pattern(load_cues().its)}\b")


def _suffix_end(mention: Mention, text: str, present: Spans) -> int:
    """Where the name ends with the suffix behind it, if there is one of its own."""
    shouted = mention.text.isupper() and " " in mention.text
    end = mention.end if shouted else suffix_end(text, mention.end)
    if end == mention.end:
        return end
    touched = present.touching(mention.field, mention.end, end)
    return end if all(m.country_code is None and m.end <= end for m in touched) else mention.end


def _has_form(name: str) -> bool:
    """Whether the name by itself says that it is an organisation: "... Foods"."""
    if has_suffix(name):
        return True
    words = fold_name(name).split(" ")
    return len(words) > 1 and words[0] not in given_names() and words[-1] in load_cues().trades


def _is_told(mention: Mention, text: str) -> bool:
    """Whether the clause around it speaks of an organisation."""
    before = text[max(0, mention.start - BEFORE_CHARS) : mention.start]
    if DRAW_BEFORE.search(before) or DRAW_AFTER.match(text, mention.end):
        return mention.label != "PLACE"
    first = WORD.findall(mention.text)[0]
    if fold(first) in given_names() or is_plain(first):
        return False
    return _its_head().match(text, mention.end) is not None or _is_owner(mention, text)


def _is_owner(mention: Mention, text: str) -> bool:
    """ "Customers of Velatec", "Velatec's users", "Velatec, which sells salt", "Velatec, a firm in
    Suva"; a surname may have users too, and "a firm director" is somebody."""
    if fold(WORD.findall(mention.text)[-1]) in surnames():
        return False
    before = text[max(0, mention.start - OWNED_CHARS) : mention.start]
    return (
        _of_it().search(before) is not None
        or _behind_it().match(text, mention.end) is not None
        or (mention.label == "PERSON" and text.startswith(", which ", mention.end))
    )


@made_of_tables
def _of_it() -> re.Pattern[str]:
    return re.compile(rf"\b(?i:{pattern(load_cues().of)}) of $")


@made_of_tables
def _behind_it() -> re.Pattern[str]:
    cues = load_cues()
    return re.compile(
        rf"['’]s?\s{pattern(cues.owned)}\b|(?:,| is) (?:an?|the) (?:[\w-]+ ){{0,3}}"
        rf"{pattern(cues.before)}(?=[,.;:)]|$|\s{pattern(cues.ending)}\b)"
    )
