"""Agencies' marks: "NAIROBI, Nov. 20 (Xinhua) --", "MOSCOW, August 5. /TASS/.", "PTI | Moscow |".

What belongs here: which names of a dateline, or of a body that still begins with one, are the
agency's mark, so that they are an organisation and no town. What does not: outlets named in
running text (known), and cutting a dateline off the body (the parser's).
"""

from bisect import bisect_left

from etl.extract.candidates import Candidate
from etl.extract.context import lies_in
from etl.extract.entities import Mention
from etl.extract.fusion import SpanIndex
from etl.extract.gazetteer import Gazetteer
from etl.extract.known import SCORE, load_outlets
from etl.extract.matching import Match, find_matches
from etl.extract.tokens import Words, fold_name, split_words

OPENERS = ("(", "[", "/", "|")
DASHES = (" -", " –", " —", "--")
CLOSERS = (")", "]", "/", "|")
# A dateline that stayed in the body ends before this; the longest mark begins there.
OPENING_CHARS = 120
LONGEST_MARK = 40
LONGEST_TOWN = 3


def find_marks(field: str, text: str, gazetteer: Gazetteer) -> list[Match]:
    """The agencies' marks of one field, in order; none in a title."""
    if field == "title":
        return []
    limit = len(text) if field == "dateline" else OPENING_CHARS
    if not any(sign in text[:limit] for sign in (*CLOSERS, *DASHES)):
        return []
    words = split_words(text[: limit + LONGEST_MARK])
    return [
        match
        for match in find_matches(words, load_outlets())
        if match.start < limit
        and _is_marked(text, match, is_dateline=field == "dateline")
        and not _is_place(words, match, gazetteer)
    ]


def _is_marked(text: str, match: Match, *, is_dateline: bool) -> bool:
    """Whether brackets, slashes or bars set the name off.

    In a dateline one side is enough ("/ Sputnik - 15th August"), or a dash before its end; a
    body is stricter, where "(Standard Bank said" and "Sabah/Sarawak" may stand.
    """
    before, after = text[: match.start].rstrip(), text[match.end :].lstrip()[:1]
    opened, closed = before.endswith(OPENERS), after in CLOSERS
    if is_dateline:
        return opened or closed or (before.endswith(DASHES) and not after)
    if not before:
        return after == "|"
    bracketed = before.rfind("(") > before.rfind(")")
    return opened and (closed or (bracketed and not after.isalnum()))


def _is_place(words: Words, match: Match, gazetteer: Gazetteer) -> bool:
    """ "Hanoi (Vietnam)", "Kota Kinabalu (Sabah)": a country, or what the town before lies in."""
    key = words.key(match.first, match.last)
    meanings = gazetteer.candidates.get(key, ())
    if any(key == fold_name(gazetteer.country_names.get(c.country_code, "")) for c in meanings):
        return True
    outer = [c for c in meanings if c.method == "subdivision"]
    return any(lies_in(town, c) for c in outer for town in _town_before(words, match, gazetteer))


def _town_before(words: Words, match: Match, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    first = max(0, match.first - LONGEST_TOWN)
    keys = words.keys[first : match.first]
    names = (" ".join(keys[start:]) for start in range(len(keys)))
    return next((c for name in names if (c := gazetteer.candidates.get(name))), ())


def without_marked(matches: list[Match], marks: list[Match]) -> list[Match]:
    """The matches that share no character with a mark: no town is meant there."""
    ends = [mark.end for mark in marks]

    def is_free(match: Match) -> bool:
        position = bisect_left(ends, match.start + 1)
        return position == len(marks) or marks[position].start >= match.end

    return [match for match in matches if is_free(match)]


def put_marks(found: list[Mention], texts: dict[str, str], gazetteer: Gazetteer) -> list[Mention]:
    """``found`` with the marks as organisations without a country, in place of what the model
    made of them ("Sputnik - 15th")."""
    marks = [
        _mention(field, text, match)
        for field, text in texts.items()
        for match in find_marks(field, text, gazetteer)
    ]
    if not marks:
        return found
    put = SpanIndex(marks)
    return [*(m for m in found if not put.touching(m.field, m.start, m.end)), *marks]


def _mention(field: str, text: str, match: Match) -> Mention:
    words, name = text[match.start : match.end], match.candidates[0].name
    return Mention(field, match.start, match.end, words, "ORG", name, None, "organisation", SCORE)
