"""Where a page names its outlet or agency.

What belongs here: one small rule per field (dateline, title, byline, trailer, first and last
words of the body), each from text to ``Evidence``. What does not: running text
(citations.py), sidecars and frames (attribution.py).

All searches are bounded: fields are cut at a length that no real one has.
"""

import re
from collections.abc import Iterator

from etl.lexicon import pattern, words
from etl.lexicon.calendar import name_pattern
from etl.sources.evidence import Evidence
from etl.sources.names import NameIndex
from etl.tables import made_of_tables

LONGEST_FIELD_CHARS = 600
# "SUVA, JANUARY 19, EXW. The ferry": an agency that begins in the 101st character signs nothing.
LONGEST_OPENING_CHARS = 100
LONGEST_TRAILER_CHARS = 6000

_DATELINE_PARTS = re.compile(r"[()\[\]/|,:;–—]|\s-+(?=\s|$)|--+|\.(?=\s|$)")
# "RIYADH, SPA --": initials at the very end; "HARRISBURG, PA. --" is no agency.
_LAST_INITIALS = re.compile(r"(?<=, )[A-Z]{3,4}\s?(?:--?|[–—:])?\s*$")
_BYLINE_PARTS = re.compile(r"[()\[\]/|,;:•·\n–—]|\s-\s|\s(?:and|with|via|for)\s|^\s*[Bb]y\s")
# "Ferry stuck | Example News" is a site's own title; "Ferry stuck - Example News" may cite it.
_TITLE_SITE = re.compile(r"\s\|\s([^|]{2,60})$")
_WORD_START = re.compile(r"(?<![\w'’.&-])\w")


@made_of_tables
def house_styles() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Agencies by their habits, as ``source_id`` and what a dateline then begins with.

    ANI alone puts the country in square brackets: "Lima [Peru], March 3 :". Weak evidence,
    because its clients keep the style when they rewrite the piece.
    """
    month = name_pattern("month", language="en")
    ani = rf"[^\[\]]{{2,60}}\[[A-Z][^\[\]]{{1,40}}\],\s{month}\s\d{{1,2}}\b"
    return (("ani", re.compile(ani)),)


@made_of_tables
def _desk() -> re.Pattern[str]:
    return re.compile(rf"\s+{pattern(words('desks', 'behind_outlet'))}$", re.IGNORECASE)


def find_in_dateline(text: str, index: NameIndex) -> Iterator[Evidence]:
    """``KYIV, Ukraine (AP) —``, ``MOSCOW, August 15. /TASS/.``, ``PTI | Moscow |``.

    The first part is the place, unless a bar follows it or brackets hold it. A weak name
    (Petra is an agency and a town) counts within brackets or slashes only.
    """
    text = text[:LONGEST_FIELD_CHARS]
    for start, end in _parts(text, _DATELINE_PARTS):
        is_enclosed = (
            _is_enclosed(text, start, end)
            or text[end:].lstrip()[:1] == "|"
            or bool(_LAST_INITIALS.match(text, start))
        )
        is_place = not text[:start].strip() or index.is_weak(text[start:end])
        source_id = index.find(text[start:end])
        if source_id and (is_enclosed or not is_place):
            yield _found(index, source_id, "dateline", "dateline", text, start, end)


def find_in_opening(text: str, index: NameIndex) -> Iterator[Evidence]:
    """A dateline that stayed in the body: ``SUVA, JANUARY 19, EXW. The ferry``, or only its
    end, ``EXW: The ferry``.
    """
    opening = text[:LONGEST_OPENING_CHARS]
    for start, end in _parts(opening, _DATELINE_PARTS):
        if opening[:start].strip() and not opening[:start].isupper():
            return
        source_id = index.find(opening[start:end])
        is_closed = re.match(r"\s?(?:[:–—/)]|--)" if start == 0 else r"[.:–—/)]", opening[end:])
        if source_id in index.agencies and is_closed and not index.is_weak(opening[start:end]):
            yield _found(index, source_id, "dateline", "body", text, start, end)


def _is_enclosed(text: str, start: int, end: int) -> bool:
    """Within brackets, or between two slashes: ``/TASS/``, but not ``GENEVA/NAIROBI,``."""
    opened = max(text.rfind(mark, 0, start) for mark in "([")
    closed = max(text.rfind(mark, 0, start) for mark in ")]")
    return opened > closed or (text[start - 1 : start] == "/" == text[end : end + 1])


def find_house_style(text: str, known: frozenset[str]) -> Iterator[Evidence]:
    """The agency whose habit the shape of a dateline is."""
    for source_id, style in house_styles():
        if source_id in known and (found := style.match(text[:LONGEST_FIELD_CHARS])):
            yield Evidence(
                source_id=source_id,
                role="agency",
                origin="house_style",
                text=found[0],
                field="dateline",
                start=0,
                end=found.end(),
            )


def find_in_title(text: str, index: NameIndex) -> Iterator[Evidence]:
    """The name of the site behind a bar: ``Ferry stuck in Suva | Example News``."""
    found = _TITLE_SITE.search(text[-LONGEST_FIELD_CHARS:])
    if found and (source_id := index.find(found[1])):
        start = max(0, len(text) - LONGEST_FIELD_CHARS) + found.start(1)
        yield _found(index, source_id, "credit", "title", text, start, start + len(found[1]))


def find_in_byline(text: str, index: NameIndex) -> Iterator[Evidence]:
    """``AP``, ``Reuters Staff``, ``Ana Li BBC News``, ``Ana Li, BBC's Suva correspondent``.

    "Agencies" is nobody. A weak name must be a part of its own: Dawn Li works elsewhere.
    """
    text = text[:LONGEST_FIELD_CHARS]
    for start, end in _parts(text, _BYLINE_PARTS):
        if desk := _desk().search(text, start, end):
            end = desk.start()
        if source_id := index.find_exactly(text[start:end]):
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
        ("credit", _OWN, r"(?:©|\(c\)|\bcopyright)\s?(?:©\s?)?(?:\d{4}\s?,?\s?)?(?:by\s)?"),
        ("credit", _OWN, r"\bwith (?:\w{1,12} )?(?:inputs?|files|reporting) from\s"),
        ("disclaimer", _OWN, r"\b(?:syndicated|republished|reproduced|sourced|taken) from\s"),
        ("disclaimer", _OWN, r"\b(?:generated|published) (?:from|via) (?:an? |the )?"),
        ("disclaimer", _OWN, r"\bappeared first (?:on|in)\s"),
        ("disclaimer", _OWN, r"\b(?:originally|first) (?:published|appeared) (?:on|in|by|at)\s"),
        ("disclaimer", _OWN, r"\bdistributed by\s"),
        (
            "credit",
            _OWN,
            r"\b(?:subscribe to|sign up (?:for|to)|join|register for|try|download|via"
            r"|access to(?: (?:trusted|quality|premium|exclusive|independent|all|our)){0,2})\s",
        ),
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
    """Lines that hold nothing but names: ``EXW/PAX``, but not "Nine, he said"."""
    for line in _SIGNATURE.finditer(text, skip):
        for source_id, start, end in _only_names(text, *line.span(1), index):
            yield _found(index, source_id, "credit", field, text, start, end)


def _only_names(
    text: str, start: int, end: int, index: NameIndex
) -> Iterator[tuple[str, int, int]]:
    """The outlets of a span that names nothing but outlets: not of "Ana Li/AP"."""
    parts = [
        (start + first, start + last)
        for first, last in _parts(text[start:end], _SIGNATURE_PARTS)
        if text[start + first : start + last].casefold() not in words("desks", "desk")
    ]
    ids = [index.find(text[first:last]) for first, last in parts]
    if all(ids):
        for source_id, (first, last) in zip(filter(None, ids), parts, strict=True):
            yield source_id, first, last


# -- body -------------------------------------------------------------------------------------

_BODY_END = re.compile(
    r"[(\[]\s?(?P<cue>source\s?:\s?)?(?P<name>[^()\[\]]{2,60})[)\]][\s.]{0,4}$", re.I
)
# Wires close with their name and the typist's initials: "... open today. REUTER E"
_SIGN_OFF = re.compile(r"(?<=[.!?\"”])\s+(?P<name>[A-Z][A-Za-z]{1,11})(?:\s[A-Z]{1,3})?\s*$")
LAST_CHARS = 120


def find_at_body_end(text: str, index: NameIndex) -> Iterator[Evidence]:
    """``... he said. (ANI)``, ``(Source: Example News)``, or a last line ``REUTER``."""
    skip = max(0, len(text) - LAST_CHARS)
    if last_line := text.rfind("\n", skip) + 1:
        yield from _find_signatures(text, "body", index, skip=last_line)
    for closing in (_SIGN_OFF, _BODY_END):
        if found := closing.search(text, skip):
            is_source = bool(found.groupdict().get("cue"))
            names = list(_only_names(text, *found.span("name"), index))
            if is_source or all(source_id in index.agencies for source_id, _, _ in names):
                for source_id, start, end in names:
                    yield _found(index, source_id, "credit", "body", text, start, end)


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
