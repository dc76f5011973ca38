"""A page half sorted: what the head and the body of a page have given so far.

What belongs here: the containers. What does not: deciding what goes where
(etl/parse/head.py, etl/parse/page.py).
"""

from dataclasses import dataclass, field

from etl.parse.lines import Block
from etl.parse.sighting import Sighting


@dataclass(frozen=True)
class Cut:
    """Furniture that was cut: its kind, and where it stands in the decoded text."""

    kind: str
    text: str
    start: int
    end: int


@dataclass
class Draft:
    """What has been sorted out so far."""

    title: str | None
    bylines: list[str] = field(default_factory=list)
    stamps: list[str] = field(default_factory=list)
    body: list[Block] = field(default_factory=list)
    trailers: list[str] = field(default_factory=list)
    furniture: list[Cut] = field(default_factory=list)

    def cut(self, kind: str, block: Block) -> None:
        self.furniture.append(Cut(kind, block.text, block.start, block.end))

    def credit(self, seen: Sighting) -> None:
        if seen.credit is not None:
            self.bylines.extend(filter(None, [seen.credit.byline]))
            self.stamps.extend(filter(None, [seen.credit.stamp]))
