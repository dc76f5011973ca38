"""Whether the words around a day speak of what was or of what will be.

What belongs here: what the cues of English tense (tense_words.csv) say beside each other, and
which of them governs a place in a sentence. What does not: what follows for a date (mentions/,
weekday.py).

The cue that governs is the nearest one to the left within the clause ("said on Thursday",
"will meet on Friday"); where the clause has none there, the first to the right ("On Sunday
voters elected", "the February 8 elections will"); else one of the clauses before.
"""

import re
from collections.abc import Sequence
from typing import Literal

from etl.lexicon import pattern
from etl.lexicon import words as words_of
from etl.tables import made_of_tables

Tense = Literal["past", "future"]

LOOK_CHARS = 220
"""A sentence is looked at no further than this on either side; a cue 221 characters off is none."""

_WORDS = re.compile(r"[a-z'’]+")
_SENTENCE_END = re.compile(r"[.!?][\"”’')\]]*\s+(?=[\"“‘'(\[]?[^a-z\s])|\n|;\s")
_CLAUSE_START = re.compile(
    r"\b(?:that|which|who|when|where|while|but|because|if|whether)\b|[:“]|(?:,|^|\s)[\"‘']"
)
_DEADLINE = re.compile(r"\b(?:by|until|till|ahead of|before)(?: the)? \Z")
_BEEN = re.compile(r"\b(?:had|was|were)\b")
# "until Monday, when a bomb went off", "By Monday the water had gone"
_WAS_OVER = re.compile(r", when\b|[^.,;:]{0,60}\bhad\b")
_COPULA = re.compile(r"\b(?:is|are)(?: on| for| this| set)? \Z")
_SUBJECT = re.compile(r" (?:is|are) |,? onwards?\b")
# "when he retires in May", "once it opens": in such a clause the present is what is to come.
_PRESENT_AHEAD = re.compile(
    r"\b(?:when|once|until|till|before|after|if) (?:he|she|it) (?!has |was |says )[a-z]+s\b"
    r"(?P<behind>[^,:“”\"]{0,60})\Z"
)
_HEADLINE_PLAN = re.compile(r"(?<![\w'’])to [a-z]+(?!\w)")


def sentence_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence around ``[start, end)`` begins and ends."""
    first = max(0, start - LOOK_CHARS)
    for found in _SENTENCE_END.finditer(text, first, start + 2):  # it looks at what follows
        first = found.end() if found.end() <= start else first
    last = min(len(text), end + LOOK_CHARS)
    found_end = _SENTENCE_END.search(text, end, last)
    return first, found_end.start() if found_end else last


def tense_at(
    text: str, lower: str, start: int, end: int, *, is_title: bool = False
) -> Tense | None:
    """The tense that governs ``[start, end)``; None where no cue tells.

    ``lower`` is the text in lower case, of the same length. In a headline "to" before any
    verb is the future: "Minister to tour flooded coast on Friday".
    """
    first, last = sentence_bounds(text, start, end)
    before = lower[first:start]
    if is_title and _HEADLINE_PLAN.search(lower, first, last):
        return "future"
    if _lasted().search(before):
        return "past"
    if _moved().search(before):
        return "future"
    if _DEADLINE.search(before):
        if _WAS_OVER.match(lower, end, last):
            return "past"
        if not _BEEN.search(before):
            return "future"
    if _is_present_ahead(before):
        return "future"
    clause = max((found.end() for found in _CLAUSE_START.finditer(before)), default=0)
    left = _last_cue(_WORDS.findall(before[clause:]))
    is_report_about_noun = left == "report" and _is_attributive(lower, start, end)
    if left is None or is_report_about_noun:
        right = _first_cue(_WORDS.findall(lower, end, last))
        left = right or left or _last_cue(_WORDS.findall(before[:clause]))
    return "past" if left == "report" else left


def present_at(text: str, lower: str, start: int, end: int) -> Tense | None:
    """The future that a sentence in the present tells of a day: "They leave on Monday", "The vote
    is on Sunday", "Monday is a holiday".

    It counts only where ``tense_at`` knows of none: any of its cues is surer.
    """
    first, _ = sentence_bounds(text, start, end)
    before = lower[first:start]
    if _COPULA.search(before) or _SUBJECT.match(lower, end):
        return "future"
    clause = max((found.end() for found in _CLAUSE_START.finditer(before)), default=0)
    words = _WORDS.findall(before[clause:])
    behind = (*words[1:], "")[: len(words)]
    is_told = any(
        word in _known("present") and (word != "could" or after not in ("not", "have", "be"))
        for word, after in zip(words, behind, strict=True)
    )
    return "future" if is_told else None


@made_of_tables
def _moved() -> re.Pattern[str]:
    """ "was postponed to Monday"."""
    known = pattern(_known("moved"))
    return re.compile(rf"\b{known} (?:to|until|till|through|for)(?: the)? \Z")


@made_of_tables
def _lasted() -> re.Pattern[str]:
    """ "remained in jail until Monday"."""
    known = pattern(_known("lasted"))
    return re.compile(rf"(?<!was )(?<!were )\b{known} (?:[a-z]+ ){{0,3}}(?:until|till|through) \Z")


_Cue = Literal["past", "future", "report"]


def _last_cue(words: Sequence[str]) -> _Cue | None:
    found = (_cue(words, i) for i in reversed(range(len(words))))
    return next(filter(None, found), None)


def _first_cue(words: Sequence[str]) -> _Cue | None:
    """The first cue; an infinitive is none here ("the offer on Monday to release them")."""
    found = (_cue(words, i) for i in range(len(words)) if words[i] != "to")
    return next(filter(None, found), None)


def _cue(words: Sequence[str], i: int) -> _Cue | None:
    before = words[i - 1] if i else ""
    behind = words[i + 1] if i + 1 < len(words) else ""
    return (
        _cue_of_plan(words, i, before=before, behind=behind)
        or _cue_of_future(words, i, before=before, behind=behind)
        or _cue_of_past(words[i], before=before)
    )


def _cue_of_plan(words: Sequence[str], i: int, *, before: str, behind: str) -> _Cue | None:
    """ "due on Friday", "scheduled for March", "expected to", save in "had been due"."""
    if words[i] in _known("plan_of") and before in _known("before_plan"):
        return "future"  # "with planned talks later on Friday"
    if words[i] not in _known("planned") or _is_over(words, i):
        return None
    if not behind:
        return "past" if before in ("was", "were") else "future"
    return "future" if behind in _known("planned_for") else None


def _is_over(words: Sequence[str], i: int) -> bool:
    """ "had been due"."""
    return list(words[max(0, i - 2) : i]) == ["had", "been"]


def _cue_of_future(words: Sequence[str], i: int, *, before: str, behind: str) -> _Cue | None:
    """ "will", "they'll", "ahead of", not "would have".

    An infinitive speaks of what is to come too ("a bid to open in May"), save behind verbs that
    tell how it went: "failed to appear", "asked him to leave".
    """
    word = words[i]
    if word == "to":
        if before in _known("planned") and _is_over(words, i - 1):
            return None
        is_action = behind in _known("action") and before not in _known("went")
        return "future" if is_action or _is_to_come(before, behind) else None
    is_cue = word in _known("future") or word.endswith(("'ll", "’ll"))
    is_cue = is_cue or (word, behind) == ("ahead", "of")
    return "future" if is_cue and (word, behind) != ("would", "have") else None


def _is_to_come(before: str, behind: str) -> bool:
    """ "is to rule", "were to meet", not "is to blame"."""
    is_verb = behind not in words_of("function_words") | _known("no_plan")
    return before in _known("to_be") and is_verb


def _cue_of_past(word: str, *, before: str) -> _Cue | None:
    if before in ("be", "being"):  # "will be held": the cue is further left
        return None
    if word in _known("report"):
        return "report"
    is_regular = word.endswith("ed") and len(word) > 3 and word not in _known("not_past")
    return "past" if is_regular or word in _known("past") else None


def _known(kind: str) -> frozenset[str]:
    return words_of("tense_words", kind)


def _is_present_ahead(before: str) -> bool:
    found = _PRESENT_AHEAD.search(before)
    return found is not None and _last_cue(_WORDS.findall(found["behind"])) in (None, "future")


def _is_attributive(lower: str, start: int, end: int) -> bool:
    """ "the February 8 elections", "Thursday's vote": part of a noun, not of the verb."""
    is_behind_article = lower.endswith("the ", max(0, start - 4), start)
    return is_behind_article or lower.startswith(("'s ", "’s "), end)
