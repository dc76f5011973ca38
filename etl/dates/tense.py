"""Whether the words around a day speak of what was or of what will be.

What belongs here: the cues of English tense and which of them governs a place in a sentence.
What does not: what follows for a date (mentions/, weekday.py).

The cue that governs is the nearest one to the left within the clause ("said on Thursday",
"will meet on Friday"); where the clause has none there, the first to the right ("On Sunday
voters elected", "the February 8 elections will"); else one of the clauses before.
"""

import re
from collections.abc import Sequence
from typing import Literal

Tense = Literal["past", "future"]

LOOK_CHARS = 220
"""A sentence is looked at no further than this on either side."""

_FUTURE = frozenset(
    """
    will won't won’t shall would should must may might can upcoming forthcoming looming deadline
    begins starts opens resumes returns meets expires closes ends faces hosts visits launches
    retires expects until till plans intends hopes aims expiring maturing payable
    """.split()
)
# "due on Friday", "scheduled for March", "expected to": plans, save in "had been due".
_PLANNED = frozenset(
    "due set scheduled slated planned expected poised likely going billed timed destined".split()
)
_PLANNED_FOR = frozenset("to for on in at by later next early".split())
# An infinitive speaks of what is to come ("a bid to open in May"), save behind verbs that tell
# how it went: "failed to appear", "asked him to leave".
_ACTIONS = frozenset(
    """
    address announce appear approve arrive attend be begin choose close consider debate decide
    deliver discuss elect end expect expire face file gather go have hold host join launch leave
    march meet open pay pick play present publish release report resume return review sign speak
    start step strike submit take testify travel visit vote
    """.split()
)
_WENT = frozenset(
    """
    failed managed refused declined able unable forced continued began started helped used tried
    attempted appeared seemed came got chose allowed him her them me us
    """.split()
)
_REPORTS = frozenset(
    "said told announced added reported stated noted warned confirmed insisted claimed".split()
)
_PAST = _REPORTS | frozenset(
    """
    was were had did has have after following since became began beat blew bought broke brought
    built came caught chose died drew drove fell felt fought found fled flew froze gave got grew
    heard held kept knew laid led left lost made met paid ran rose sank sat saw sent shook shot
    slid sold spent spoke stood stole struck swept swore threw took wept went woke won wore wrote
    """.split()
)
_NOT_PAST = frozenset(
    """
    need feed speed seed indeed exceed proceed succeed united hundred embed breed naked wicked
    sacred armed supposed unprecedented
    """.split()
)

_WORDS = re.compile(r"[a-z'’]+")
_SENTENCE_END = re.compile(r"[.!?][\"”’')\]]*\s+(?=[\"“‘'(\[]?[^a-z\s])|\n|;\s")
_CLAUSE_START = re.compile(
    r"\b(?:that|which|who|when|where|while|but|because|if|whether)\b|[:“]|(?:,|^|\s)[\"‘']"
)
_DEADLINE = re.compile(r"\b(?:by|until|till|ahead of|before)(?: the)? \Z")
_BEEN = re.compile(r"\b(?:had|was|were)\b")
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
    if _DEADLINE.search(before) and not _BEEN.search(before):
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


_Cue = Literal["past", "future", "report"]


def _last_cue(words: Sequence[str]) -> _Cue | None:
    found = (_cue(words, i) for i in reversed(range(len(words))))
    return next(filter(None, found), None)


def _first_cue(words: Sequence[str]) -> _Cue | None:
    found = (_cue(words, i) for i in range(len(words)))
    return next(filter(None, found), None)


def _cue(words: Sequence[str], i: int) -> _Cue | None:
    word = words[i]
    before = words[i - 1] if i else ""
    behind = words[i + 1] if i + 1 < len(words) else ""
    if word == "to":
        return "future" if behind in _ACTIONS and before not in _WENT else None
    had_been = words[max(0, i - 2) : i] == ["had", "been"]
    if word in _PLANNED and not had_been and (not behind or behind in _PLANNED_FOR):
        return "past" if not behind and before in ("was", "were") else "future"
    if word in _FUTURE or word.endswith(("'ll", "’ll")) or (word, behind) == ("ahead", "of"):
        return None if (word, behind) == ("would", "have") else "future"
    if before in ("be", "being"):  # "will be held": the cue is further left
        return None
    if word in _REPORTS:
        return "report"
    if word in _PAST or (word.endswith("ed") and len(word) > 3 and word not in _NOT_PAST):
        return "past"
    return None


def _is_present_ahead(before: str) -> bool:
    found = _PRESENT_AHEAD.search(before)
    return found is not None and _last_cue(_WORDS.findall(found["behind"])) in (None, "future")


def _is_attributive(lower: str, start: int, end: int) -> bool:
    """ "the February 8 elections", "Thursday's vote": part of a noun, not of the verb."""
    is_behind_article = lower.endswith("the ", max(0, start - 4), start)
    return is_behind_article or lower.startswith(("'s ", "’s "), end)
