"""News in XML as agencies send it: NewsML-G2 and NITF, a document per item.

What belongs here: the items of such a file, and what each says of itself. What does not: feeds
(feed_items.py), and packages that only name other items.

Source: IPTC, NewsML-G2 2.x (newsItem, newsMessage) and NITF 3.x.
"""

import re
from collections.abc import Iterator
from typing import Any

from etl.landing.drops.documents import Document, item_without_text

_ROOT = re.compile(rb"<(?:[\w.-]+:)?(?:newsItem|newsMessage|nitf)[\s>]")
ROOT_BYTES = 4096
"""How far the root element is looked for, behind a declaration and a DOCTYPE."""
_PARAGRAPHS = frozenset(("p", "hl2", "h2", "h3", "li"))
_PICTURES = frozenset(("media", "figure", "table"))
"""What paragraphs stand in that are not the article's own."""
_TAKEN = _PARAGRAPHS | _PICTURES
"""In these no paragraph begins: one within an item of a list is part of it."""


def is_news(raw: bytes) -> bool:
    """Whether the file is of NewsML-G2 or NITF."""
    return _ROOT.search(raw[:ROOT_BYTES]) is not None


def read_news(raw: bytes) -> Iterator[Document]:
    """A document per item; its member is the number of the item.

    Neither a DTD nor an entity is loaded. Raises ValueError for what is no XML.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error
    found = [root] if _name(root) in ("newsItem", "nitf") else _all(root, "newsItem")
    for number, item in enumerate(found, start=1):
        yield _document(item, f"{number}")


def _document(item: Any, member: str) -> Document:
    given = _of_nitf(item) if _name(item) == "nitf" else _of_item(item)
    text = _body(item)
    told = tuple((name, value) for name, value in given if value)
    if not text:
        return item_without_text(told, member, "an item without text")
    return Document(raw=text.encode(), member=member, given=told)


def _of_item(item: Any) -> Iterator[tuple[str, str]]:
    """What a newsItem says of itself, in the order of ``GIVEN_FIELDS``."""
    about = _first(item, "contentMeta")
    guid = item.get("guid", "")
    yield "url", guid if guid.startswith("http") else ""
    yield "title", _text_of(about, "headline") or _text_of(item, "itemMeta", "title")
    provider = _first(item, "provider")
    named = _text_of(item, "provider", "name") or _text_of(about, "infoSource")
    yield "publisher", named or ("" if provider is None else provider.get("literal", ""))
    moments = (("itemMeta", "firstCreated"), ("contentCreated",), ("itemMeta", "versionCreated"))
    yield "published_at", next(filter(None, (_text_of(item, *path) for path in moments)), "")
    yield "language", _language(item)
    yield "byline", _text_of(about, "by") or _text_of(about, "creator", "name")


def _of_nitf(item: Any) -> Iterator[tuple[str, str]]:
    """What an article in NITF says of itself, in the order of ``GIVEN_FIELDS``."""
    head, issue, print_of = (_first(item, n) for n in ("body.head", "date.issue", "pubdata"))
    holder = _first(item, "doc.copyright")
    yield "url", "" if print_of is None else print_of.get("ex-ref", "")
    yield "title", _text_of(head, "hedline", "hl1") or _text_of(item, "head", "title")
    named = "" if print_of is None else print_of.get("name", "")
    yield "publisher", named or ("" if holder is None else holder.get("holder", ""))
    yield "published_at", "" if issue is None else issue.get("norm", "")
    yield "language", _language(item)
    yield "byline", _text_of(head, "byline")


def _body(item: Any) -> str:
    """The paragraphs of the content, or the data of an item that has no markup."""
    content = _first(item, "contentSet") if _name(item) == "newsItem" else None
    inner = item if content is None else content
    body = _first(inner, "body.content")
    inner = inner if body is None else body
    found = [e for e in inner.iter() if _name(e) in _PARAGRAPHS and not _is_taken(e, inner)]
    paragraphs = filter(None, map(_words, found))
    data = _first(inner, "inlineData")
    return "\n\n".join(paragraphs) or ("" if data is None else "".join(data.itertext()).strip())


def _is_taken(element: Any, within: Any) -> bool:
    for outer in element.iterancestors():
        if outer is within:
            return False
        if _name(outer) in _TAKEN:
            return True
    return False


def _language(item: Any) -> str:
    told = _first(item, "language")
    own = item.get("{http://www.w3.org/XML/1998/namespace}lang", "")
    return own or ("" if told is None else told.get("tag", ""))


# -- elements, whatever their namespace ---------------------------------------------------------


def _name(element: Any) -> str:
    """The name without its namespace; a comment has none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _all(outer: Any, name: str) -> list[Any]:
    return [element for element in outer.iter() if _name(element) == name]


def _first(outer: Any, name: str) -> Any:
    """The first element of a name within another; None where there is none."""
    if outer is None:
        return None
    return next((e for e in outer.iter() if e is not outer and _name(e) == name), None)


def _text_of(outer: Any, *path: str) -> str:
    for name in path:
        outer = _first(outer, name)
    return "" if outer is None else _words(outer)


def _words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())
