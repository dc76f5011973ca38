"""A page of HTML: its article's text, and what its markup says of it.

What belongs here: reading a page by trafilatura and by its marks (JSON-LD, meta, headings, time
elements), the bounds of such a page, and which mark gives title and byline. What does not: text
as it is read (page.py), the day (etl/dates), and whose page it is (etl/sources).

Nothing is fetched and no entity of a document is expanded: lxml's reader of HTML knows only those
of HTML.

Source of the marks: etl/reference/page_marks.csv; HTML Living Standard, 4.5.14 (time).
"""

import html
import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from etl.decode import clean
from etl.errors import Rejection
from etl.parse.linked_data import LinkedArticle, read_linked_data
from etl.tables import made_of_tables, read_table

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

_WORD = re.compile(r"\w+")
# "Quay closed - Lyre Post", "Quay closed | Sport | Lyre Post", "Quay closed – LP – 13.06.2023".
_TITLE_PARTS = re.compile(r"\s+[|–—\-•·»:]+\s+|\s*[|｜：]\s*")
_ADDRESS = re.compile(r"(?:https?:)?//\S+$|\S+@\S+$|@\w+$")
_BY = re.compile(r"(?i)^(?:by|von|par|por|di|door|av|oleh)\s+(?=\w)")


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


@dataclass
class _Marks:
    """What stands in a page's markup, by field, in the order of the page."""

    metas: dict[str, list[str]] = field(default_factory=dict)
    times: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    title: str = ""
    linked: LinkedArticle = field(default_factory=LinkedArticle)

    def of(self, name: str) -> list[str]:
        return self.metas.get(name, [])


def read_web_page(page: str) -> WebPage | Rejection:
    """The article of a decoded page of HTML, or why there is none."""
    if objection := _beyond_bounds(page):
        return objection
    tree = _tree(page)
    if tree is None:
        return Rejection("not_an_article", "a page of HTML without any element")
    marks = _marks(tree)
    try:
        found = _extracted(tree)
    except (ValueError, TypeError, AttributeError, IndexError, RecursionError) as error:
        return Rejection("not_an_article", f"a page of HTML that breaks its reader: {error!r}")
    text = clean(str(found.get("text") or ""))
    if not any(map(str.isalpha, text)):
        return Rejection("not_an_article", "a page of HTML without running text")
    title = _title(marks)
    return WebPage(
        text=_paragraphs(text, title, marks.linked),
        title=title,
        byline=_byline(marks, str(found.get("author") or "")),
        publisher=_first(marks.linked.publisher, *marks.of("site")),
        url=_first(*marks.of("url")),
        language=_first(marks.linked.language, tree.get("lang"), *marks.of("language")),
        dates=tuple(_dates(marks)) or tuple(_searched(page)),
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


# -- marks ------------------------------------------------------------------------------------


@made_of_tables
def _fields() -> dict[tuple[str, str], str]:
    rows = read_table("page_marks.csv").iter_rows(named=True)
    return {(row["where"], row["name"]): row["field"] for row in rows}


def _marks(tree: "HtmlElement") -> _Marks:
    marks = _Marks()
    blocks = []
    for element in tree.iter("meta", "link", "script", "title", "h1", "time"):
        tag = element.tag
        if tag == "meta":
            _take_meta(element, marks)
        elif tag == "link" and element.get("rel") == "canonical":
            marks.metas.setdefault("url", []).insert(0, (element.get("href") or "").strip())
        elif tag == "script" and "ld+json" in (element.get("type") or ""):
            blocks.append(element.text or "")
        elif tag == "title" and not marks.title:
            marks.title = _plain(element.text_content())
        elif tag == "h1":
            marks.headings.append(_plain(element.text_content()))
        elif tag == "time":
            _take_time(element, marks)
    marks.linked = read_linked_data(blocks)
    return marks


def _take_meta(element: "HtmlElement", marks: _Marks) -> None:
    content = _plain(element.get("content") or "")
    for where, name in (
        ("meta", element.get("property") or element.get("name") or element.get("http-equiv")),
        ("itemprop", element.get("itemprop")),
    ):
        kind = _fields().get((where, (name or "").strip().casefold()))
        if kind and content:
            marks.metas.setdefault(kind, []).append(content)


def _take_time(element: "HtmlElement", marks: _Marks) -> None:
    """A time that says that it is the page's: "pubdate", "datePublished", "entry-date"."""
    instant = (element.get("datetime") or "").strip()
    says = " ".join(filter(None, (element.get("itemprop"), element.get("class")))).casefold()
    is_own = element.get("pubdate") is not None or "publish" in says or "entry-date" in says
    if instant and is_own and "modif" not in says and "updat" not in says:
        marks.times.append(instant)


def _plain(text: str) -> str:
    """In one line, with references undone that were coded twice."""
    return " ".join(clean(html.unescape(text)).split())


# -- what is taken of them --------------------------------------------------------------------


def _dates(marks: _Marks) -> Iterator[tuple[str, str]]:
    if marks.linked.published:
        yield "json-ld", marks.linked.published
    for instant in dict.fromkeys(marks.of("published")[:3] or marks.of("date")[:1]):
        yield "meta", instant
    if marks.times:
        yield "time", marks.times[0]


def _searched(page: str) -> Iterator[tuple[str, str]]:
    """What htmldate finds in a page without such marks, where it does not have to guess."""
    import htmldate

    try:
        found = htmldate.find_date(page, extensive_search=False, original_date=True)
    except (ValueError, TypeError, AttributeError, IndexError, RecursionError):
        return
    if found:
        yield "htmldate", found


def _title(marks: _Marks) -> str | None:
    """The heading that the page says again, else what it says elsewhere, its site's name cut."""
    said = [t for t in (marks.linked.headline, *marks.of("title"), marks.title) if t]
    said = [_plain(title) for title in said]
    named = {_key(name) for name in (marks.linked.publisher, *marks.of("site")) if name}
    for heading in marks.headings:
        if _key(heading) not in named and any(_says(other, heading) for other in said):
            return heading
    for title in said:
        if bare := _without_site(title, named, said):
            return bare
    return next(filter(None, marks.headings), None)


def _says(title: str, heading: str) -> bool:
    """Whether a title is a heading, alone or with a site's name beside it."""
    key, wanted = _key(title), _key(heading)
    if len(wanted) < 2 or wanted not in key:
        return False
    parts = {_key(part) for part in _TITLE_PARTS.split(title)}
    return key == wanted or wanted in parts or 2 * len(wanted) > len(key)


def _without_site(title: str, named: set[str], said: list[str]) -> str:
    """Cut the parts behind a title that name its site, or that another of its titles lacks."""
    others = {_key(other) for other in said if other != title}
    cuts = [found.start() for found in _TITLE_PARTS.finditer(title)]
    for cut in cuts:
        head = title[:cut].strip()
        if _key(head) in others:
            return head
    while cuts:
        cut = cuts.pop()
        if _key(title[cut:]) not in named:
            break
        title = title[:cut].strip()
    return title


def _key(text: str) -> str:
    return "".join(_WORD.findall(text.casefold()))


def _byline(marks: _Marks, found: str) -> str | None:
    """JSON-LD's authors, else those of the metas, else those that trafilatura finds."""
    linked, read = _names(marks.linked.authors), _names(found.split("; "))
    sites = {_key(name) for name in (marks.linked.publisher, *marks.of("site")) if name}
    persons = [name for name in linked if _key(name) not in sites]
    if persons and not set(map(_key, persons)) < set(map(_key, read)):
        return ", ".join(persons)
    persons = [name for name in (*read, *_names(marks.of("byline"))) if _key(name) not in sites]
    return ", ".join(dict.fromkeys(persons)) or ", ".join(linked or read) or None


def _names(written: Iterable[str]) -> list[str]:
    """Names without "By", numbers and addresses among them, each once."""
    names = (_BY.sub("", _plain(name)).strip() for name in written)
    return list(dict.fromkeys(n for n in names if n and not n.isdigit() and not _ADDRESS.match(n)))


def _first(*texts: str | None) -> str | None:
    return next((text.strip() for text in texts if text and text.strip()), None)


def _paragraphs(text: str, title: str | None, linked: LinkedArticle) -> str:
    """The lines of the text as paragraphs, without the title and what JSON-LD's body lacks."""
    lines = [line.strip() for line in text.split("\n")]
    lines = [line for line in lines if line and (title is None or _key(line) != _key(title))]
    counts = Counter(lines)
    lines = [line for line in lines if counts[line] < MOST_REPEATS]
    return "\n\n".join(_own_lines(lines, linked.body or ""))


def _own_lines(lines: list[str], linked: str) -> list[str]:
    """Where JSON-LD has the whole body, only what it has: teasers and captions stay behind."""
    words = _WORD.findall(_plain(re.sub("<[^<>]*>", " ", linked)).casefold())
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
    words = _WORD.findall(line.casefold())
    if len(words) < 2:
        return float(bool(words) and words[0] in known)
    found = sum(pair in pairs for pair in pairwise(words))
    return found / (len(words) - 1)
