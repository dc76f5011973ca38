"""A page half sorted: what the head and the body of a page have given so far.

What belongs here: the containers. What does not: deciding what goes where
(etl/parse/head.py, etl/parse/page.py, etl/parse/edges.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from etl.parse.block_reading import BlockReading
from etl.parse.dateline import Dateline
from etl.parse.lines import Block
from etl.parse.script import main_script


@dataclass(frozen=True)
class Cut:
    """Furniture that was cut: its kind, and where it stands in the decoded text."""

    kind: str
    text: str
    start: int
    end: int


@dataclass
class Draft:
    """What one look at some blocks of ``page`` has sorted out so far.

    ``knows_title``: the title was given, or given as none, and the page is not asked for
    one. ``is_raw``: the blocks are a page's as crawled, with header or headline, not a
    body's. ``is_extracted``: what stood around them is left behind. ``headline`` is the page's own
    where another title was given.
    """

    page: str
    seen: Sequence[BlockReading]
    title: str | None
    knows_title: bool
    is_raw: bool
    is_extracted: bool = False
    headline: str | None = None
    bylines: list[str] = field(default_factory=list)
    stamps: list[str] = field(default_factory=list)
    datelines: list[tuple[Dateline, Block]] = field(default_factory=list)
    body: list[BlockReading] = field(default_factory=list)
    trailers: list[str] = field(default_factory=list)
    furniture: list[Cut] = field(default_factory=list)

    @cached_property
    def script(self) -> str:
        """The script that most of the blocks are written in."""
        return main_script(" ".join(one.text for one in self.seen))

    def cut(self, kind: str, block: Block) -> None:
        self.furniture.append(Cut(kind, block.text, block.start, block.end))

    def credit(self, seen: BlockReading) -> None:
        if seen.credit is not None:
            self.bylines.extend(filter(None, [seen.credit.byline]))
            self.stamps.extend(filter(None, [seen.credit.stamp]))

    def next_look(self) -> "Draft":
        """An empty draft for another look at the body, the title being settled."""
        return Draft(
            page=self.page,
            seen=self.body,
            title=self.title,
            knows_title=True,
            is_raw=False,
            is_extracted=self.is_extracted,
        )

    def absorb(self, again: "Draft") -> None:
        """Take over what another look at the body has found, and the body it left."""
        self.headline = self.headline or again.headline
        self.bylines += again.bylines
        self.stamps += again.stamps
        self.datelines += again.datelines
        self.trailers += again.trailers
        self.furniture += again.furniture
        self.body = again.body
