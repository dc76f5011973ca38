"""A passage of text with its labelled spans, and the marks in which people write one.

What belongs here: the value that every step of the training data hands on, and its rebuilding
when spans are replaced. What does not: where passages come from (convert, templates) and what
is done to them (augment).
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

LABELS = ("NORP", "ORG", "PERSON", "PLACE")
# A span whose label nobody can tell: the model is neither rewarded nor punished there.
UNKNOWN = "?"
_MARK = re.compile(r"\[([^\[\]|]+)\|([A-Z?]+)\]")


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open character offsets and a label of ``LABELS`` or ``UNKNOWN``."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Some sentences and their spans, sorted and disjoint."""

    text: str
    spans: tuple[Span, ...] = ()

    def words(self, span: Span) -> str:
        return self.text[span.start : span.end]


def join_pieces(pieces: Iterable[tuple[str, str | None]]) -> Passage:
    """A passage from (text, label) pieces in order; a label of None is plain text."""
    text: list[str] = []
    spans: list[Span] = []
    length = 0
    for words, label in pieces:
        if label is not None and words:
            spans.append(Span(length, length + len(words), label))
        text.append(words)
        length += len(words)
    return Passage("".join(text), tuple(spans))


def pieces_of(passage: Passage) -> list[tuple[str, str | None]]:
    """The passage as (text, label) pieces: the reverse of ``join_pieces``."""
    pieces: list[tuple[str, str | None]] = []
    position = 0
    for span in passage.spans:
        pieces.append((passage.text[position : span.start], None))
        pieces.append((passage.words(span), span.label))
        position = span.end
    pieces.append((passage.text[position:], None))
    return pieces


def parse_marks(marked: str) -> Passage:
    """Read ``[Ama Serwaa|PERSON] of [Kumasi|PLACE]``."""
    pieces: list[tuple[str, str | None]] = []
    position = 0
    for mark in _MARK.finditer(marked):
        pieces.append((marked[position : mark.start()], None))
        pieces.append((mark.group(1), mark.group(2)))
        position = mark.end()
    pieces.append((marked[position:], None))
    return join_pieces(pieces)


def replace_spans(passage: Passage, choose: Callable[[str, str], str]) -> Passage:
    """The passage with each span's words replaced by ``choose(words, label)``."""
    return join_pieces(
        (words if label is None else choose(words, label), label)
        for words, label in pieces_of(passage)
    )


def concatenate(passages: Sequence[Passage], separator: str = " ") -> Passage:
    pieces: list[tuple[str, str | None]] = []
    for passage in passages:
        if pieces:
            pieces.append((separator, None))
        pieces.extend(pieces_of(passage))
    return join_pieces(pieces)


def map_text(passage: Passage, change: Callable[[str], str]) -> Passage:
    """Apply a change to the text that may alter its length, piece by piece."""
    return join_pieces((change(words), label) for words, label in pieces_of(passage))
