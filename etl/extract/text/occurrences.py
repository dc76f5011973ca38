"""Where given names stand in a text.

What belongs here: finding names letter by letter, as whole words. What does not: names in any
case and spelling (gazetteer.matching).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

# "-" and "_" are part of a word: there is no "Lyre" in "Lyre-based".
_WORD = re.compile(r"(?<![\w-])[\w-]+")
_INSIDE = re.compile(r"[\w-]")


def find_occurrences(text: str, names: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where any of ``names`` stands as whole words: half-open spans in order, none overlapping.

    A name begins with a letter. The longest goes first: of "Lakeside Post" and "Post" the whole
    is found. Time grows with the text and with what is found, not with the number of names.
    """
    found = sorted(_all_occurrences(text, set(names)), key=lambda span: (span[0] - span[1], span))
    is_taken = bytearray(len(text))
    taken = []
    for start, end in found:
        # What is taken is as long or longer: where it overlaps, it holds one of the two ends.
        if not (is_taken[start] or is_taken[end - 1]):
            is_taken[start:end] = b"\1" * (end - start)
            taken.append((start, end))
    yield from sorted(taken)


def _all_occurrences(text: str, names: set[str]) -> Iterator[tuple[int, int]]:
    """Every name at every place, overlapping ones too."""
    lengths: defaultdict[str, set[int]] = defaultdict(set)
    for name in names:
        if first := _WORD.match(name):
            lengths[first.group()].add(len(name))
    for word in _WORD.finditer(text):
        start = word.start()
        for length in lengths.get(word.group(), ()):
            end = start + length
            is_within = end <= len(text) and text[start:end] in names
            if is_within and not _INSIDE.match(text, end):
                yield start, end
