"""The credits of agencies: "NAIROBI, Nov. 20 (Xinhua) --", "MOSCOW, August 5. /TASS/.".

Adds: the credits of a dateline, or of a body that still begins with one, to each field.
Changes: nothing.
Drops: nothing.

What does not belong here: outlets named in running text (known_organisations), and cutting a
dateline off the body (the parser's).
"""

from etl.extract.article import ArticleState, Field
from etl.extract.gazetteer.candidates import Candidate
from etl.extract.gazetteer.dictionary import Gazetteer
from etl.extract.gazetteer.known_organisations import load_outlets
from etl.extract.gazetteer.matching import Match, find_matches
from etl.extract.places.sites import lies_in
from etl.extract.text.tokens import Words, fold_name

OPENERS = ("(", "[", "/", "|")
DASHES = (" -", " –", " —", "--")
CLOSERS = (")", "]", "/", "|")
# A dateline that stayed in the body ends before this.
OPENING_CHARS = 120
LONGEST_TOWN = 3


def find_credits(article: ArticleState) -> None:
    """Find the credits of every field."""
    for field in article.fields.values():
        field.credits = _credits_of(field, article.gazetteer)


def _credits_of(field: Field, gazetteer: Gazetteer) -> list[Match]:
    """The credits of one field, in order; none in a title."""
    text, is_dateline = field.words.text, field.name == "dateline"
    limit = len(text) if is_dateline else OPENING_CHARS
    if field.name == "title" or not any(sign in text[:limit] for sign in (*CLOSERS, *DASHES)):
        return []
    return [
        match
        for match in find_matches(field.words, load_outlets(), until=limit)
        if _is_set_off(text, match, is_dateline=is_dateline)
        and not _is_place(field.words, match, gazetteer)
    ]


def _is_set_off(text: str, match: Match, *, is_dateline: bool) -> bool:
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
