"""Where a page names its outlet or agency.

What belongs here: one small rule per field (dateline, byline, trailer, end of the body,
running text), each from text to ``Evidence``. What does not: sidecars and frames
(attribution.py).

All searches are bounded: short fields are cut at a length that no real one has, and in
running text only the words around a name are looked at.
"""

import re
from collections.abc import Iterator

from etl.sources.evidence import Evidence
from etl.sources.names import NameIndex

LONGEST_FIELD_CHARS = 600
LONGEST_TRAILER_CHARS = 6000

# ANI alone puts the country in square brackets: "Lima [Peru], March 3 :". Weak evidence,
# because its clients keep the style when they rewrite the piece.
HOUSE_STYLES = (
    (
        "ani",
        re.compile(
            r"[^\[\]]{2,60}\[[A-Z][^\[\]]{1,40}\],\s(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov"
            r"|Dec)[a-z]{0,6}\.?\s\d{1,2}\b"
        ),
    ),
)

_DATELINE_PARTS = re.compile(r"[()\[\]/|,:;–—]|\s-+(?=\s|$)|--+|\.(?=\s|$)")
_BYLINE_PARTS = re.compile(r"[()\[\]/|,;:•·\n–—]|\s-\s|\s(?:and|with|via|for)\s|^\s*[Bb]y\s")
_WORD_START = re.compile(r"(?<![\w'’.&-])\w")
_DESK = re.compile(
    r"\s+(?:staff|staff writers?|staff reporters?|writers?|correspondents?|reporters?|bureau|"
    r"(?:web|news|online|digital)\s?desk|news service)$",
    re.IGNORECASE,
)


def find_in_dateline(text: str, index: NameIndex) -> Iterator[Evidence]:
    """``KYIV, Ukraine (AP) —``, ``MOSCOW, August 15. /TASS/.``, ``PTI | Moscow |``.

    The first part is the place, unless a bar follows it or brackets hold it. A weak name
    (Petra is an agency and a town) counts within brackets or slashes only.
    """
    text = text[:LONGEST_FIELD_CHARS]
    for start, end in _parts(text, _DATELINE_PARTS):
        before, after = text[:start].rstrip()[-1:], text[end:].lstrip()[:1]
        enclosed = before in ("(", "[", "/") and after in (")", "]", "/", "-", ",")
        if not before and after != "|":
            continue
        source_id = index.find(text[start:end])
        if source_id and (enclosed or after == "|" or not index.is_weak(text[start:end])):
            yield _found(index, source_id, "dateline", "dateline", text, start, end)


def find_house_style(text: str, known: frozenset[str]) -> Iterator[Evidence]:
    """The agency whose habit the shape of a dateline is."""
    for source_id, pattern in HOUSE_STYLES:
        if source_id in known and (found := pattern.match(text[:LONGEST_FIELD_CHARS])):
            yield Evidence(
                source_id=source_id,
                role="agency",
                origin="house_style",
                text=found[0],
                field="dateline",
                start=0,
                end=found.end(),
            )


def find_in_byline(text: str, index: NameIndex) -> Iterator[Evidence]:
    """``AP``, ``Reuters Staff``, ``Ana Li BBC News``, ``Ana Li, BBC's Suva correspondent``.

    "Agencies" is nobody. A weak name must be a part of its own: Dawn Li works elsewhere.
    """
    text = text[:LONGEST_FIELD_CHARS]
    for start, end in _parts(text, _BYLINE_PARTS):
        if desk := _DESK.search(text, start, end):
            end = desk.start()
        if source_id := index.find(text[start:end]):
            yield _found(index, source_id, "credit", "byline", text, start, end)
        elif name := _name_within(text, start, end, index):
            yield _found(index, name[0], "credit", "byline", text, *name[1:])


def _name_within(text: str, start: int, end: int, index: NameIndex) -> tuple[str, int, int] | None:
    """The first name in a part, spelled as the outlet spells itself."""
    for word in _WORD_START.finditer(text, start, end):
        if name := index.find_spoken_at(text[:end], word.start()):
            return name[0], word.start(), name[1]
    return None


# -- trailer ----------------------------------------------------------------------------------

_OWN = "own"  # an agency wrote it, another outlet published it
_REPUBLISHER = "republisher"

_TRAILER_CUES = tuple(
    (origin, role, re.compile(cue, re.IGNORECASE))
    for origin, role, cue in (
        ("credit", _OWN, r"\b(?:source|sources|courtesy|credits?)\s?[:\-–—]\s?"),
        ("credit", _OWN, r"\b(?:©|\(c\)|copyright)\s?(?:©\s?)?(?:\d{4}\s?,?\s?)?(?:by\s)?"),
        ("credit", _OWN, r"\bwith (?:\w{1,12} )?(?:inputs?|files|reporting) from\s"),
        ("disclaimer", _OWN, r"\b(?:syndicated|republished|reproduced|sourced|taken) from\s"),
        ("disclaimer", _OWN, r"\b(?:generated|published) (?:from|via) (?:an? |the )?"),
        ("disclaimer", _OWN, r"\bappeared first (?:on|in)\s"),
        ("disclaimer", _OWN, r"\b(?:originally|first) (?:published|appeared) (?:on|in|by|at)\s"),
        ("disclaimer", _OWN, r"\bdistributed by\s"),
        ("credit", _OWN, r"\b(?:subscribe to|access to (?:trusted |quality )?|via the)\s"),
        ("disclaimer", _REPUBLISHER, r"\b(?:edited|created|modified|reviewed|verified) by\s"),
    )
)
_SIGNATURE = re.compile(r"^[\s\-–—(\[/*]{0,6}(\S[^\n]{0,60}?)[\s)\]/*.\-–—]{0,6}$", re.MULTILINE)
_SIGNATURE_PARTS = re.compile(r"[/,&]|\s(?:and|via)\s")


def find_in_trailer(text: str, index: NameIndex) -> Iterator[Evidence]:
    """``REUTER``, ``Source: X``, ``(With inputs from X)``, ``syndicated from X``,
    ``not been edited by X staff``.
    """
    text = text[:LONGEST_TRAILER_CHARS]
    yield from _find_signatures(text, "trailer", index)
    for origin, role, cue in _TRAILER_CUES:
        for found in cue.finditer(text):
            if name := index.find_at(text, found.end()):
                source_id, end = name
                yield _found(
                    index, source_id, origin, "trailer", text, found.start(), end, role=role
                )


def _find_signatures(text: str, field: str, index: NameIndex, skip: int = 0) -> Iterator[Evidence]:
    """Lines that hold nothing but names."""
    for line in _SIGNATURE.finditer(text, skip):
        parts = [
            (line.start(1) + a, line.start(1) + b) for a, b in _parts(line[1], _SIGNATURE_PARTS)
        ]
        for start, end in parts:
            if source_id := index.find(text[start:end]):
                yield _found(index, source_id, "credit", field, text, start, end)


# -- body -------------------------------------------------------------------------------------

_BODY_END = re.compile(
    r"[(\[]\s?(?P<cue>source\s?:\s?)?(?P<name>[^()\[\]]{2,60})[)\]][\s.]{0,4}$", re.I
)
# Wires close with their name and the typist's initials: "... open today. REUTER E"
_SIGN_OFF = re.compile(r"(?<=[.!?\"”])\s+(?P<name>[A-Z][A-Za-z]{1,11})(?:\s[A-Z]{1,3})?\s*$")
_LAST_CHARS = 120


def find_at_body_end(text: str, index: NameIndex) -> Iterator[Evidence]:
    """``... he said. (ANI)``, ``(Source: Example News)``, or a last line ``REUTER``."""
    skip = max(0, len(text) - _LAST_CHARS)
    if last_line := text.rfind("\n", skip) + 1:
        yield from _find_signatures(text, "body", index, skip=last_line)
    for closing in (_SIGN_OFF, _BODY_END):
        if found := closing.search(text, skip):
            is_source = bool(found.groupdict().get("cue"))
            first = found.start("name")
            for start, end in _parts(found["name"], _SIGNATURE_PARTS):
                source_id = index.find(found["name"][start:end])
                if source_id and (is_source or source_id in index.agencies):
                    yield _found(
                        index, source_id, "credit", "body", text, first + start, first + end
                    )


_KIND_WORDS = (
    r"news agency|news channel|news service|newspaper|news|agency|daily|weekly|magazine|tv|"
    r"television|radio|channel|network|website|broadcaster|station|portal|online|newswire|"
    r"correspondents?|reporters?|journalists?"
)
_SAYS = (
    r"reports?|reported|reporting|says?|said|quoted|cited|wrote|writes|revealed|confirmed|claimed|"
    r"learned|learnt|noted|added|announced|broadcast|aired|published|carried|showed|citing|"
    r"quoting|understands|interview|survey|poll"
)
_SPEAKS_AFTER = re.compile(
    rf"(?:['’]s?)?\)?(?:\s(?:{_KIND_WORDS})){{0,3}},?(?:\s(?:has|had|have|also|earlier|later|first|"
    rf"on|\w+day|which|that|in|its|an?)){{0,3}}\s(?:{_SAYS})\b",
    re.IGNORECASE,
)
_NAMED_BEFORE = re.compile(
    r"\b(?:told|tells|according to|as per|quoted by|cited by|reported (?:by|in|on)|"
    r"reports? (?:by|in|from|on)|published (?:by|in|on)|interviews? (?:with|to|on|by)|carried by|"
    r"broadcast (?:by|on)|aired (?:by|on)|citing|quoting|speaking (?:to|with|on)|spoke (?:to|with)|"
    r"statement to|said (?:to|on)|obtained by|seen by|reviewed by|compiled by|wrote (?:in|for))\s"
    r"(?:(?:the|an?|state|local|national|international|official|semi-official|public|private|"
    rf"state-(?:run|owned|controlled|backed)|independent|pro-government|{_KIND_WORDS}|"
    r"[A-Z][\w-]{1,20}(?:['’]s?)?|[\w-]{1,20}['’]s)\s){0,4}$"
)
# "the Guardian Council", "Reuters Building": the name is part of another one.
_GOES_ON = re.compile(
    rf"\s(?!(?i:{_KIND_WORDS}|\w+day)\b|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))"
    r"[A-Z][\w-]+"
)
# "Gulf News Agency" is not Gulf News.
_IS_AGENCY = re.compile(r"\s(?:News )?Agency\b")
_LOOK_AROUND_CHARS = 90


def find_cited(
    text: str, start: int, end: int, source_id: str, index: NameIndex
) -> Evidence | None:
    """A name in running text, if the article relies on it: ``told X``, ``X reported``."""
    first = max(0, start - _LOOK_AROUND_CHARS)
    before = text[first:start]
    after = text[end : end + _LOOK_AROUND_CHARS]
    if _GOES_ON.match(after) or (_IS_AGENCY.match(after) and source_id not in index.agencies):
        return None
    if cue := _NAMED_BEFORE.search(before):
        start = first + cue.start()
    elif cue := _SPEAKS_AFTER.match(after):
        end += cue.end()
    else:
        return None
    return Evidence(
        source_id=source_id,
        role="cited",
        origin="body",
        text=text[start:end],
        field="body",
        start=start,
        end=end,
    )


# -- shared -----------------------------------------------------------------------------------


def _parts(text: str, separator: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Offsets of what stands between separators, without white space."""
    bounds = [0, *(b for found in separator.finditer(text) for b in found.span()), len(text)]
    for start, end in zip(bounds[::2], bounds[1::2], strict=True):
        part = text[start:end]
        if part.strip():
            yield start + len(part) - len(part.lstrip()), end - len(part) + len(part.rstrip())


def _found(
    index: NameIndex,
    source_id: str,
    origin: str,
    field: str,
    text: str,
    start: int,
    end: int,
    *,
    role: str = _OWN,
) -> Evidence:
    if role == _OWN:
        role = "agency" if source_id in index.agencies else "publisher"
    return Evidence(
        source_id=source_id,
        role=role,
        origin=origin,
        text=text[start:end],
        field=field,
        start=start,
        end=end,
    )
