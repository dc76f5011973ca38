"""A page of HTML: its article's text, with what its markup says of it.

What belongs here: reading a page by trafilatura, and the bounds of such a page. What does not: its
marks (page_marks.py), and text as it is read (page.py).

Nothing is fetched and no entity of a document is expanded: lxml's reader of HTML knows only those
of HTML.
"""

import html
import logging
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from etl.decode import clean
from etl.errors import Rejection
from etl.parse.linked_data import LinkedArticle
from etl.parse.page_marks import (
    WORD,
    byline_of,
    dates_of,
    key_of,
    one_line,
    read_marks,
    title_of,
)

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# The largest of some 400 real pages has 2.1 million characters and 8,100 tags.
MOST_CHARS = 8_000_000
MOST_TAGS = 60_000
LEAST_SHARED = 0.75
"""Of the words of a paragraph that stand in JSON-LD's body, to be the article's own."""
LEAST_LINKED_CHARS = 400
SHORT_CHARS = 1_500
FAR_MORE = 3
MOST_REPEATS = 3
"""A line that stands so often among the paragraphs is a button or a notice."""


@dataclass(frozen=True, kw_only=True)
class WebPage:
    """A page of HTML, read.

    ``dates`` are those of its publication, each with where it stood: ``json-ld``, ``meta``,
    ``time``, or ``htmldate`` where only that library's search found one.
    """

    text: str
    title: str | None = None
    byline: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    dates: tuple[tuple[str, str], ...] = ()


def read_web_page(page: str) -> WebPage | Rejection:
    """The article of a decoded page of HTML, or why there is none."""
    if objection := _beyond_bounds(page):
        return objection
    tree = _tree(page)
    if tree is None:
        return Rejection("not_an_article", "a page of HTML without any element")
    marks = read_marks(tree)
    try:
        found = _extracted(tree)
    except (ValueError, TypeError, AttributeError, IndexError, RecursionError) as error:
        return Rejection("not_an_article", f"a page of HTML that breaks its reader: {error!r}")
    text = _with_updates(clean(str(found.get("text") or "")), marks.linked)
    if not any(map(str.isalpha, text)):
        return Rejection("not_an_article", "a page of HTML without running text")
    title = title_of(marks)
    return WebPage(
        text=_paragraphs(text, title, marks.linked),
        title=title,
        byline=byline_of(marks, str(found.get("author") or "")),
        publisher=_first(marks.linked.publisher, *marks.of("site")),
        url=_first(*marks.of("url")),
        language=_first(marks.linked.language, tree.get("lang"), *marks.of("language")),
        dates=tuple(dates_of(marks)) or tuple(_searched(page)),
    )


def _beyond_bounds(page: str) -> Rejection | None:
    """A page is read whole, and in more than linear time where its elements are many."""
    if len(page) > MOST_CHARS:
        return Rejection("too_large", f"{len(page)} characters of HTML, more than {MOST_CHARS}")
    tags = page.count("<")
    if tags > MOST_TAGS:
        return Rejection("too_large", f"{tags} tags of HTML, more than {MOST_TAGS}")
    return None


def _tree(page: str) -> "HtmlElement | None":
    """The elements of a page; None where there are none.

    libxml2 itself stops at 256 elements within one another.
    """
    from lxml import etree
    from lxml.html import HtmlElement, HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True)
    try:
        tree = document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    return tree if isinstance(tree, HtmlElement) else None


def _extracted(tree: "HtmlElement") -> dict[str, Any]:
    """What trafilatura finds, in its careful way; in its usual one where that finds far more."""
    found = _found(tree, is_careful=True)
    text = str(found.get("text") or "")
    if len(text) < SHORT_CHARS:
        usual = _found(tree, is_careful=False)
        if len(str(usual.get("text") or "")) > FAR_MORE * len(text):
            return usual
    return found


def _found(tree: "HtmlElement", *, is_careful: bool) -> dict[str, Any]:
    """It works on a copy: trafilatura takes elements out."""
    from copy import deepcopy

    found = _trafilatura().bare_extraction(
        deepcopy(tree),
        favor_precision=is_careful,
        include_comments=False,
        with_metadata=True,
        date_extraction_params=_NO_SEARCH,
    )
    return found.as_dict() if found is not None else {}


_NO_SEARCH = {"extensive_search": False, "original_date": True}


@cache
def _trafilatura() -> Any:
    """Imported late: it takes a second. It logs every page that it cannot make sense of."""
    import trafilatura

    for name in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return trafilatura


def _searched(page: str) -> Iterator[tuple[str, str]]:
    """What htmldate finds in a page without such marks, where it does not have to guess."""
    import htmldate

    try:
        found = htmldate.find_date(page, extensive_search=False, original_date=True)
    except (ValueError, TypeError, AttributeError, IndexError, RecursionError):
        return
    if found:
        yield "htmldate", found


def _first(*texts: str | None) -> str | None:
    return next((text.strip() for text in texts if text and text.strip()), None)


def _paragraphs(text: str, title: str | None, linked: LinkedArticle) -> str:
    """The lines of the text as paragraphs, without the title and what JSON-LD's body lacks."""
    lines = [line.strip() for line in text.split("\n")]
    lines = [line for line in lines if line and (title is None or key_of(line) != key_of(title))]
    counts = Counter(lines)
    lines = [line for line in lines if counts[line] < MOST_REPEATS]
    return "\n\n".join(_own_lines(lines, linked.body or ""))


def _with_updates(text: str, linked: LinkedArticle) -> str:
    """The entries of a live page as JSON-LD has them, where the page itself has far less."""
    updates = clean(re.sub("<[^<>]*>", " ", html.unescape(linked.updates or "")))
    return updates if len(updates) > FAR_MORE * len(text) else text


def _own_lines(lines: list[str], linked: str) -> list[str]:
    """Where JSON-LD has the whole body, only what it has: teasers and captions stay behind."""
    words = WORD.findall(one_line(re.sub("<[^<>]*>", " ", linked)).casefold())
    if len(linked) < LEAST_LINKED_CHARS:
        return lines
    pairs = set(pairwise(words))
    shares = [_share(line, pairs, set(words)) for line in lines]
    own = [line for line, share in zip(lines, shares, strict=True) if share >= LEAST_SHARED]
    found, known = sum(map(len, own)), sum(map(len, words))
    if 2 * found > known and 2 * known > sum(map(len, lines)):
        return own
    return lines


def _share(line: str, pairs: set[tuple[str, str]], known: set[str]) -> float:
    words = WORD.findall(line.casefold())
    if len(words) < 2:
        return float(bool(words) and words[0] in known)
    found = sum(pair in pairs for pair in pairwise(words))
    return found / (len(words) - 1)
