"""The first and last words of a body: what stands before and behind the article's own text.

What belongs here: cutting datelines and left-over headers from the front, credits from the
end, as many as there are. What does not: their shapes (etl/parse/dateline.py,
etl/parse/header.py, etl/parse/trailer.py).

Rests are found by offsets and each is looked at once, so a line that repeats such words a
hundred thousand times costs no more than its length. Tables are left whole.
"""

from collections.abc import Callable

from etl.parse.block_reading import BlockReading
from etl.parse.dateline import REACH, find_dateline
from etl.parse.draft import Draft
from etl.parse.header import split_header
from etl.parse.lines import Block, offset_behind, skip_unseen
from etl.parse.trailer import LAST_WORDS, split_ending

# A dateline may follow some lines that no rule knew, but not half the article: five captions and
# teasers above it, not six.
DATELINE_BLOCKS = 6
# What is asked of a dateline stands within its reach and the first words behind it.
WINDOW = 2 * REACH

Place = Callable[[Draft, BlockReading], None]
"""Puts what is left of a block where it belongs: into the body, or away."""


def take_openings(draft: Draft, place: Place) -> None:
    """Cut the datelines above the running text, and a header before the very first word.

    The first dateline is the article's. A weak one, without day or agency, opens the body or
    is none. On a raw page the dateline may also follow a caption or teaser that no rule knew.
    """
    waiting, draft.body = draft.body, []
    is_open = False
    for index, one in enumerate(waiting):
        if is_open and (not draft.is_raw or draft.datelines or index >= DATELINE_BLOCKS):
            draft.body += waiting[index:]
            return
        rest = _without_openings(draft, one, is_first=not draft.body)
        if rest is one or (rest is not None and is_open):
            draft.body.append(rest)
        elif rest is not None:
            place(draft, rest)
        is_open = is_open or (bool(draft.body) and draft.body[-1].is_prose)


def _without_openings(draft: Draft, one: BlockReading, *, is_first: bool) -> BlockReading | None:
    """The block without what opens it; None where nothing is left."""
    if one.block.is_table:
        return one
    text, page = one.text, draft.page
    at, start = 0, one.block.start
    while at < len(text):
        window = text[at : at + WINDOW]
        header, end = split_header(window) if is_first else (None, 0)
        dateline = None if header else one.dateline if at == 0 else find_dateline(window)
        if not header and (dateline is None or not (is_first or dateline.is_sure)):
            break
        end = dateline.end if dateline else end
        front = Block(window[:end].strip(), start, offset_behind(page, start, window[:end]))
        if dateline:
            draft.datelines.append((dateline, front))
        else:
            draft.cut("header", front)
        at += end + len(window[end:]) - len(window[end:].lstrip())
        start = skip_unseen(page, front.end)
    if at == 0:
        return one
    return BlockReading(Block(text[at:], start, one.block.end)) if at < len(text) else None


def take_endings(draft: Draft, place: Place) -> None:
    """Cut the credits behind the last words; a line of nothing else gives way to the one above."""
    endings: list[str] = []
    while draft.body:
        last = draft.body[-1].block
        at = len(last.text) if last.is_table else _ending_at(last.text)
        if at == len(last.text):
            break
        endings.insert(0, last.text[at:].strip())
        draft.body.pop()
        if at:
            place(draft, BlockReading(Block(last.text[:at], last.start, last.end)))
    draft.trailers[:0] = endings


def _ending_at(text: str) -> int:
    """The offset at which the credits at the end begin, or the text's length."""
    at = len(text)
    while at:
        first = max(0, at - LAST_WORDS)
        found = first + split_ending(text[first:at])
        if found == at:
            break
        at = first + len(text[first:found].rstrip())
    return at
