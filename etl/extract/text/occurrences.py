"""Where given names stand in a text.

What belongs here: finding names letter by letter, as whole words. What does not: names in any
case and spelling (gazetteer.matching).
"""

from collections.abc import Iterable, Iterator


def find_occurrences(text: str, names: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where any of ``names`` stands as whole words: half-open spans in order, none overlapping.

    The longest name goes first: of "Lakeside Post" and "Post" the whole is found.
    """
    taken: list[tuple[int, int]] = []
    for name in sorted(names, key=lambda n: (-len(n), n)):
        start = text.find(name)
        while start >= 0:
            end = start + len(name)
            if _is_whole(text, start, end) and all(end <= a or b <= start for a, b in taken):
                taken.append((start, end))
            start = text.find(name, end)
    yield from sorted(taken)


def _is_whole(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return not any(side.isalnum() or side in ("-", "_") for side in (before, after) if side)
