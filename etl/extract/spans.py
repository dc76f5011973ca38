"""The mentions of one article, in order and none overlapping.

What belongs here: keeping them so while passes add, change and drop mentions, and finding what
a span touches. What does not: which of two overlapping mentions deserves to stay (fusion, and
the passes themselves).
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from etl.extract.mentions import Mention


class Spans:
    """Mentions by field and place; what is asked of a span costs the logarithm of their number."""

    def __init__(self, mentions: Iterable[Mention] = ()) -> None:
        """``mentions`` come in any order and don't overlap."""
        self._held: dict[str, list[Mention]] = {}
        for mention in sorted(mentions, key=lambda m: m.start):
            self._held.setdefault(mention.field, []).append(mention)
        self._ends: dict[str, list[int]] = {}

    def __iter__(self) -> Iterator[Mention]:
        for field in sorted(self._held):
            yield from self._held[field]

    def __len__(self) -> int:
        return sum(map(len, self._held.values()))

    def touching(self, field: str, start: int, end: int) -> list[Mention]:
        """The mentions of ``field`` that share a character with the half-open span."""
        first, last = self._reach(field, start, end)
        return self._held[field][first:last] if first < last else []

    def is_free(self, field: str, start: int, end: int) -> bool:
        """Whether no mention shares a character with the half-open span."""
        first, last = self._reach(field, start, end)
        return first == last

    def full_person_names(self) -> set[str]:
        """The names of persons that are named with more than one word."""
        return {m.name for m in self if m.label == "PERSON" and " " in m.name}

    def put(self, mentions: Iterable[Mention]) -> None:
        """Add mentions, each in the place of all that it touches."""
        by_field: dict[str, list[Mention]] = {}
        for mention in mentions:
            by_field.setdefault(mention.field, []).append(mention)
        for field, added in by_field.items():
            if all(one.end <= two.start for one, two in pairwise(added)):
                self._merge(field, added)
            else:
                self._put_in_turn(field, added)

    def _merge(self, field: str, added: list[Mention]) -> None:
        """Add mentions that are in order and don't overlap: one look at each, however many."""
        reaches = [self._reach(field, mention.start, mention.end) for mention in added]
        held, merged, at = self._held.get(field, []), [], 0
        for mention, (first, last) in zip(added, reaches, strict=True):
            merged += [*held[at:first], mention]
            at = max(at, last)
        self._held[field] = merged + held[at:]
        self._ends.pop(field, None)

    def _put_in_turn(self, field: str, added: list[Mention]) -> None:
        for mention in added:
            first, last = self._reach(field, mention.start, mention.end)
            held, ends = self._held.setdefault(field, []), self._ends_of(field)
            held[first:last], ends[first:last] = [mention], [mention.end]

    def change(self, changed: Callable[[Mention], Mention]) -> None:
        """Put ``changed(mention)`` in the place of each mention; none may grow."""
        for field, held in self._held.items():
            self._held[field] = [changed(mention) for mention in held]
        self._ends.clear()

    def drop(self, is_dropped: Callable[[Mention], bool]) -> None:
        """Take out the mentions of which ``is_dropped`` is true."""
        for field, held in self._held.items():
            self._held[field] = [mention for mention in held if not is_dropped(mention)]
        self._ends.clear()

    def _reach(self, field: str, start: int, end: int) -> tuple[int, int]:
        """Where the mentions that the span touches stand in the list of their field; where they
        would stand, as an empty range, if there are none."""
        held = self._held.get(field)
        if not held:
            return 0, 0
        first = last = bisect_left(self._ends_of(field), start + 1)
        while last < len(held) and held[last].start < end:
            last += 1
        return first, last

    def _ends_of(self, field: str) -> list[int]:
        ends = self._ends.get(field)
        if ends is None:
            ends = self._ends[field] = [mention.end for mention in self._held[field]]
        return ends
