"""Whole pages with what should come of them, and how near a found body is to the marked one.

What belongs here: reading the pages of the corpus (``DATELINE_CORPUS``) and those of tests/pages as
one kind, and the figure of bodies. What does not: fitting (fit_page_lines.py, fit_page_titles.py)
and the table of figures (page_table.py). Nothing of the corpus may be written into the project.
"""

import datetime as dt
import gzip
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bench.corpus import corpus_folder
from bench.page_files import load_pages
from bench.page_scores import Overlap, words
from etl.decode import decode
from etl.parse.header import split_header

SHINGLE_WORDS = 4
FILE = "pages_dev.jsonl.gz"


@dataclass(frozen=True, kw_only=True)
class WholePage:
    """The text of a page, without the crawler's header, and its labels as far as it has them.

    ``date`` is a day or an instant of it, in ISO 8601.
    """

    name: str
    text: str
    body: str
    title: str | None = None
    authors: tuple[str, ...] = ()
    date: str | None = None
    html: str | None = None

    @property
    def day(self) -> dt.date | None:
        """The day of its publication, where that is labelled."""
        return dt.date.fromisoformat(self.date[:10]) if self.date else None


@cache
def corpus_pages() -> tuple[WholePage, ...]:
    """The pages of the corpus."""
    path = corpus_folder().parent / "pages" / FILE
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return tuple(_corpus_page(json.loads(line)) for line in lines)


def _corpus_page(row: dict[str, object]) -> WholePage:
    authors = row["authors"] if isinstance(row["authors"], list) else []
    given = {name: str(row[name]) if row[name] else None for name in ("title", "date", "html")}
    return WholePage(
        name=str(row["id"]),
        text=str(row["text"]),
        body=str(row["body"]),
        authors=tuple(map(str, authors)),
        **given,  # type: ignore[arg-type]
    )


@cache
def own_pages() -> tuple[WholePage, ...]:
    """The whole pages of tests/pages that are articles."""
    return tuple(_own_pages())


def _own_pages() -> Iterator[WholePage]:
    for page in load_pages():
        text = decode(page.raw)
        if page.group == "whole" and page.should_be_published and isinstance(text, str):
            _, start = split_header(text)
            yield WholePage(name=page.name, text=text[start:], body=page.body, title=page.title)


def load_whole_pages() -> tuple[WholePage, ...]:
    """All of them."""
    return (*corpus_pages(), *own_pages())


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Runs of four words, each as often as it stands; of fewer words, all of them as one."""
    found = words(text)
    length = min(SHINGLE_WORDS, max(1, len(found)))
    return Counter(tuple(found[i : i + length]) for i in range(len(found) - length + 1))


def compare_bodies(found: str, marked: str) -> Overlap:
    """The shingles of a found body and of the marked one."""
    mine, wanted = shingles(found), shingles(marked)
    return Overlap(mine.total(), wanted.total(), (mine & wanted).total())
