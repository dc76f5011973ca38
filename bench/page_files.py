"""Pages written for the project, with what should come of each: tests/pages/*/*.txt.

What belongs here: the form of these files (tests/pages/README.md shows it to those who write
them), and turning one into the bytes that a crawler would have stored. What does not: running
the stages on them (page_stages.py) and the score (page_scores.py).
"""

import datetime as dt
import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "pages"
GROUPS = ("clean", "whole", "none")
NIGHT = dt.date(2026, 6, 30)
"""The night that claims all pages; what is dated later lies in the future."""

PUBLISHED = "published"
FENCE = "---"
FURNITURE, BODY, EITHER, TITLE, BYLINE, DATELINE = MARKS = (" ", "|", "?", "T", "Y", "D")
# A character that no editor shows: "{U+0000}".
CODE_POINT = re.compile(r"\{U\+([0-9A-F]{4,6})\}")
UNDEFINED_IN_1252 = "\x81\x8d\x8f\x90\x9d"


class PageFileError(ValueError):
    """A page file that is not in the form; the message names file and line."""


class Segment(NamedTuple):
    """A line of the page or a part of one; ``continues`` tells that no line break is before."""

    mark: str
    text: str
    continues: bool


@dataclass(frozen=True, kw_only=True)
class Labels:
    """The front matter of a page file: what should come of the page, and how it is stored.

    ``outcome``: "published" or quarantine rules, any of which is right. ``focus``: countries
    that the piece is about; ``named``: others that it gives evidence of; ``may``: countries
    that count neither way; ``open``: fields on which two readers may differ.
    """

    language: str
    outcome: tuple[str, ...] = (PUBLISHED,)
    published_on: str | None = None
    precision: str = "day"
    origin: str = "header"
    conflict: str = "no"
    title: str | None = None
    place: str | None = None
    source: str | None = None
    focus: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    encoding: str = "utf-8"
    newline: Literal["lf", "crlf"] = "lf"
    mojibake: str | None = None
    given_title: str | None = None
    given_publisher: str | None = None
    given_published_at: str | None = None
    given_url: str | None = None
    given_language: str | None = None
    trap: str = ""


LISTS = ("outcome", "focus", "named", "may", "open")
KEYS = {field.name for field in fields(Labels)}


@dataclass(frozen=True)
class Page:
    """One page: ``name`` is its group and file, as "whole/de-orf-kurz"."""

    name: str
    labels: Labels
    segments: tuple[Segment, ...]

    @property
    def group(self) -> str:
        return self.name.partition("/")[0]

    @property
    def is_english(self) -> bool:
        return self.labels.language.startswith("en")

    @property
    def should_be_published(self) -> bool:
        return PUBLISHED in self.labels.outcome

    @property
    def title(self) -> str | None:
        return self.labels.title or self.part(TITLE)

    def part(self, mark: str) -> str | None:
        """The lines with a mark, or None where there is none."""
        return "\n".join(self.lines(mark)) or None

    def lines(self, mark: str) -> list[str]:
        """The lines with a mark, as one reads them: "&mdash;" is a dash."""
        return [html.unescape(s.text).strip() for s in self.segments if s.mark == mark]

    @property
    def body(self) -> str:
        """The body's own lines."""
        return html.unescape(_joined(s for s in self.segments if s.mark == BODY))

    @property
    def text(self) -> str:
        """The page as it was before anything was encoded."""
        return _joined(self.segments)

    @property
    def raw(self) -> bytes:
        """The bytes that the crawler stored."""
        text = self.text
        if self.labels.mojibake:
            text = _misread(text, self.labels.mojibake)
        if self.labels.newline == "crlf":
            text = text.replace("\n", "\r\n")
        return text.encode(self.labels.encoding)


def _joined(segments: Iterable[Segment]) -> str:
    parts = (("" if s.continues else "\n") + s.text for s in segments)
    return "".join(parts).removeprefix("\n")


def _misread(text: str, encoding: str) -> str:
    """The text's UTF-8 read as another encoding; where that has no character, a control."""
    raw = text.encode("utf-8")
    if encoding != "cp1252":
        return raw.decode(encoding)
    return "".join(
        chr(byte) if chr(byte) in UNDEFINED_IN_1252 else bytes([byte]).decode("cp1252")
        for byte in raw
    )


@cache
def load_pages() -> tuple[Page, ...]:
    """Every page, by group and name.

    Raises:
        PageFileError: a file is not in the form.
    """
    return tuple(
        read_page(path.read_text(encoding="utf-8"), name=f"{group}/{path.stem}")
        for group in GROUPS
        for path in sorted((FOLDER / group).glob("*.txt"))
    )


def read_page(content: str, *, name: str) -> Page:
    """One page file taken apart.

    Raises:
        PageFileError: a line is not in the form, or the labels contradict the page.
    """
    front, fence, rest = content.partition(f"\n{FENCE}\n")
    if not fence:
        raise PageFileError(f"{name}: no line {FENCE!r} behind the labels")
    named = dict(_read_labels(front.split("\n"), name))
    if "language" not in named:
        raise PageFileError(f"{name}: no label 'language'")
    labels = Labels(**named)  # type: ignore[arg-type]
    first = front.count("\n") + 3
    lines = rest.removesuffix("\n").split("\n") if rest else []
    page = Page(name, labels, tuple(_read_segments(lines, name, first)))
    if objection := _objection(page):
        raise PageFileError(f"{name}: {objection}")
    return page


def _read_labels(lines: Iterable[str], name: str) -> Iterator[tuple[str, object]]:
    for number, line in enumerate(lines, 1):
        key, colon, value = line.partition(": ")
        if not colon or key not in KEYS:
            raise PageFileError(f"{name}, line {number}: expected a label, found {line!r}")
        yield key, tuple(value.split()) if key in LISTS else value


def _read_segments(lines: Iterable[str], name: str, first: int) -> Iterator[Segment]:
    for number, line in enumerate(lines, first):
        mark, join, text = line[:1] or FURNITURE, line[1:2] or " ", line[2:]
        if mark not in MARKS or join not in " +":
            raise PageFileError(f"{name}, line {number}: expected a mark, found {line[:20]!r}")
        text = CODE_POINT.sub(lambda found: chr(int(found[1], 16)), text)
        yield Segment(mark, text, continues=join == "+")


def _objection(page: Page) -> str | None:
    """What the labels and the marks say against each other."""
    labels = page.labels
    if page.should_be_published and not (labels.published_on and page.part(BODY)):
        return "to be published, but without a date or a body"
    if not page.should_be_published and (labels.published_on or labels.focus):
        return "to be quarantined, but with a date or countries"
    if labels.place and labels.place not in (page.part(DATELINE) or ""):
        return f"the place {labels.place!r} does not stand in the dateline"
    if labels.published_on and not _is_date(labels.published_on):
        return f"{labels.published_on!r} is no date"
    return None


def _is_date(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True
