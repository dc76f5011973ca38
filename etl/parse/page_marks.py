"""What the markup of a page of HTML says of its article: title, byline, dates, site.

What belongs here: the marks (JSON-LD, meta, headings, time elements), and which of them gives
title, byline and dates. What does not: the article's text (web_page.py), the day (etl/dates), and
whose page it is (etl/sources).

Source of the marks: etl/reference/page_marks.csv; HTML Living Standard, 4.5.14 (time).
"""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from etl.decode import clean
from etl.parse.linked_data import LinkedArticle, read_linked_data
from etl.tables import made_of_tables, read_table

if TYPE_CHECKING:
    from lxml.html import HtmlElement

WORD = re.compile(r"\w+")
# "Quay closed - Lyre Post", "Quay closed | Sport | Lyre Post", "Quay closed – LP – 13.06.2023".
_TITLE_PARTS = re.compile(r"\s+[|–—\-•·»:]+\s+|\s*[|｜：]\s*")
# "Quay closed | LP | 13.06.2023": with dots the day comes first, everywhere.
_DATED_TITLE = re.compile(r"[|–—\-•·,]\s*([0-3]\d)\.([01]\d)\.((?:19|20)\d\d)$")
_ADDRESS = re.compile(r"(?:https?:)?//\S+$|\S+@\S+$|@\w+$")
_BY = re.compile(r"(?i)^(?:by|von|par|por|di|door|av|oleh)\s+(?=\w)")


@dataclass
class Marks:
    """What stands in a page's markup, by field, in the order of the page."""

    metas: dict[str, list[str]] = field(default_factory=dict)
    times: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    title: str = ""
    linked: LinkedArticle = field(default_factory=LinkedArticle)

    def of(self, name: str) -> list[str]:
        return self.metas.get(name, [])


@made_of_tables
def _fields() -> dict[tuple[str, str], str]:
    rows = read_table("page_marks.csv").iter_rows(named=True)
    return {(row["where"], row["name"]): row["field"] for row in rows}


def read_marks(tree: "HtmlElement") -> Marks:
    marks = Marks()
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
            marks.title = one_line(element.text_content())
        elif tag == "h1":
            marks.headings.append(one_line(element.text_content()))
        elif tag == "time":
            _take_time(element, marks)
    marks.linked = read_linked_data(blocks)
    return marks


def _take_meta(element: "HtmlElement", marks: Marks) -> None:
    content = one_line(element.get("content") or "")
    for where, name in (
        ("meta", element.get("property") or element.get("name") or element.get("http-equiv")),
        ("itemprop", element.get("itemprop")),
    ):
        kind = _fields().get((where, (name or "").strip().casefold()))
        if kind and content:
            marks.metas.setdefault(kind, []).append(content)


def _take_time(element: "HtmlElement", marks: Marks) -> None:
    """A time that says that it is the page's: "pubdate", "datePublished", "entry-date"."""
    instant = (element.get("datetime") or "").strip()
    says = " ".join(filter(None, (element.get("itemprop"), element.get("class")))).casefold()
    is_own = element.get("pubdate") is not None or "publish" in says or "entry-date" in says
    if instant and is_own and "modif" not in says and "updat" not in says:
        marks.times.append(instant)


def one_line(text: str) -> str:
    """In one line, with references undone that were coded twice."""
    return " ".join(clean(html.unescape(text)).split())


def dates_of(marks: Marks) -> Iterator[tuple[str, str]]:
    """The dates of publication, each with where it stands.

    The first time element may be a teaser's: it is asked only where nothing says it for the page.
    """
    linked = [marks.linked.published] if marks.linked.published else []
    metas = list(dict.fromkeys(marks.of("published")[:3] or marks.of("date")[:1]))
    yield from (("json-ld", instant) for instant in linked)
    yield from (("meta", instant) for instant in metas)
    if linked or metas:
        return
    titled = (_DATED_TITLE.search(title) for title in (marks.title, *marks.of("title")))
    days = dict.fromkeys("-".join(found.groups()[::-1]) for found in titled if found)
    yield from (("meta", day) for day in days)
    if marks.times:
        yield "time", marks.times[0]


def title_of(marks: Marks) -> str | None:
    """The heading that the page says again, else what it says elsewhere, its site's name cut."""
    said = [t for t in (marks.linked.headline, *marks.of("title"), marks.title) if t]
    said = [one_line(title) for title in said]
    named = {key_of(name) for name in (marks.linked.publisher, *marks.of("site")) if name}
    for heading in marks.headings:
        if key_of(heading) not in named and any(_says(other, heading) for other in said):
            return heading
    for title in said:
        if bare := _without_site(title, named, said):
            return bare
    return next(filter(None, marks.headings), None)


def _says(title: str, heading: str) -> bool:
    """Whether a title is a heading, alone or with a site's name beside it."""
    key, wanted = key_of(title), key_of(heading)
    if len(wanted) < 2 or wanted not in key:
        return False
    parts = {key_of(part) for part in _TITLE_PARTS.split(title)}
    return key == wanted or wanted in parts or 2 * len(wanted) > len(key)


def _without_site(title: str, named: set[str], said: list[str]) -> str:
    """Cut the parts behind a title that name its site, or that another of its titles lacks."""
    others = {key_of(other) for other in said if other != title}
    cuts = [found.start() for found in _TITLE_PARTS.finditer(title)]
    for cut in cuts:
        head = title[:cut].strip()
        if key_of(head) in others:
            return head
    while cuts:
        cut = cuts.pop()
        if key_of(title[cut:]) not in named:
            break
        title = title[:cut].strip()
    return title


def key_of(text: str) -> str:
    return "".join(WORD.findall(text.casefold()))


def byline_of(marks: Marks, found: str) -> str | None:
    """JSON-LD's authors, else those of the metas, else those that trafilatura finds."""
    linked, read = _names(marks.linked.authors), _names(found.split("; "))
    sites = {key_of(name) for name in (marks.linked.publisher, *marks.of("site")) if name}
    persons = [name for name in linked if key_of(name) not in sites]
    if persons and not set(map(key_of, persons)) < set(map(key_of, read)):
        return ", ".join(persons)
    persons = [name for name in (*read, *_names(marks.of("byline"))) if key_of(name) not in sites]
    return ", ".join(dict.fromkeys(persons)) or ", ".join(linked or read) or None


def _names(written: Iterable[str]) -> list[str]:
    """Names without "By", numbers and addresses among them, each once."""
    names = (_BY.sub("", one_line(name)).strip() for name in written)
    return list(dict.fromkeys(n for n in names if n and not n.isdigit() and not _ADDRESS.match(n)))
