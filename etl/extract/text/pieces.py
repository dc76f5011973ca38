"""Long texts in pieces that a model can read, so that its time stays linear in their length.

What belongs here: where a text is cut. What does not: reading the pieces (etl/extract/model.py).

spaCy reads no text of over a million characters, and holds all of one text in memory. Its
tokeniser takes one mark after the other off a run without spaces and looks at the whole rest
each time: 8,000 brackets take 7 seconds, 80,000 take 12 minutes. So a text is cut where a run
is longer than any word, and where it is longer than any article. A text without either is one
piece, and read as it always was. Where it is cut depends on nothing but the text.
"""

import re
from collections.abc import Iterator

MOST_PIECE_CHARS = 50_000
"""An article of 5,000 words has some 30,000 characters."""
MOST_RUN_CHARS = 256
"""Longer addresses than this are rare, and hold no names."""

# Where it may be cut, the best place first; the white space stays with what stands before it.
_PLACES = (re.compile(r"\n\s*\n\s*"), re.compile(r"\n\s*"), re.compile(r"[.!?]\s+"))
_SPACE = re.compile(r"\s")
_LONG_RUN = re.compile(rf"\S{{{MOST_RUN_CHARS + 1},}}")


def piece_bounds(text: str) -> Iterator[tuple[int, int]]:
    """The pieces as half-open offsets, one after the other; at least one, of an empty text too.

    None is longer than ``MOST_PIECE_CHARS``, and none holds ``MOST_RUN_CHARS`` characters and
    another without a white space among them.
    """
    start = 0
    for cut in (*_run_cuts(text), len(text)):
        while cut - start > MOST_PIECE_CHARS:
            end = _best_cut(text, start)
            yield start, end
            start = end
        if cut > start or cut == len(text) == 0:
            yield start, cut
        start = cut


def _run_cuts(text: str) -> Iterator[int]:
    """Every ``MOST_RUN_CHARS`` characters within a run that is longer."""
    for run in _LONG_RUN.finditer(text):
        yield from range(run.start() + MOST_RUN_CHARS, run.end(), MOST_RUN_CHARS)


def _best_cut(text: str, start: int) -> int:
    """Behind the last paragraph, line, sentence or word in the second half of what may be one."""
    middle, stop = start + MOST_PIECE_CHARS // 2, start + MOST_PIECE_CHARS
    for place in (*_PLACES, _SPACE):
        ends = [found.end() for found in place.finditer(text, middle, stop)]
        if ends:
            return ends[-1]
    return stop
