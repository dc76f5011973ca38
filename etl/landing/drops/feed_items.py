"""RSS and Atom, and other XML that holds news: a document per item.

What belongs here: the items of a feed, and what each says of itself. What does not: fetching
(nothing is), the markup within an item (etl/parse/markup.py), and the formats of agencies
(news_items.py).

Source: RSS 2.0; RFC 4287 (Atom); feedparser 6, which reads both and their elder forms.
"""

import io
from calendar import timegm
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from etl.landing.drops.budget import OverLimit, read_up_to
from etl.landing.drops.documents import Document, item_without_text
from etl.landing.drops.news_items import is_news, read_news
from etl.landing.drops.opened import Opened

FEED = "feed"


def read_feed(opened: Opened) -> Iterator[Document]:
    """A document per item; its member is the number of the item.

    A feed is read whole, so it may be as long as a record, and so may NewsML-G2 and NITF. Raises
    ValueError for other XML.
    """
    raw = read_up_to(opened.stream, opened.limits.record_bytes + 1)
    if len(raw) > opened.limits.record_bytes:
        raise OverLimit(opened.budget, "record_bytes", "the feed")
    if b"<!ENTITY" in raw:
        raise ValueError("a feed that declares entities of its own is not read")
    if is_news(raw):
        yield from read_news(raw)
        return
    found = _parsed(raw)
    if not found.entries and not found.get("version"):
        raise ValueError(
            f"not RSS, Atom, NewsML-G2 or NITF: {found.get('bozo_exception') or 'no feed in it'}"
        )
    for number, item in enumerate(found.entries, start=1):
        yield _document(item, found.feed, f"{number}")


def _parsed(raw: bytes) -> Any:
    """Given as a stream: text that looks like an address or a path, feedparser would open."""
    import feedparser

    return feedparser.parse(io.BytesIO(raw), sanitize_html=False, resolve_relative_uris=False)


def _document(item: Mapping[str, Any], feed: Mapping[str, Any], member: str) -> Document:
    text = max(_texts(item), key=len, default="")
    given = tuple((name, value) for name, value in _given(item, feed) if value)
    if not text.strip():
        return item_without_text(given, member, "an item without summary or content")
    return Document(raw=text.encode("utf-8", "replace"), member=member, given=given, given_by=FEED)


def _texts(item: Mapping[str, Any]) -> Iterator[str]:
    """The whole text where the feed has it, and the summary."""
    for content in item.get("content") or ():
        yield str(content.get("value") or "")
    yield str(item.get("summary") or "")


def _given(item: Mapping[str, Any], feed: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """In the order of ``GIVEN_FIELDS``."""
    source = item.get("source") or {}
    yield "url", str(item.get("link") or "")
    yield "title", str(item.get("title") or "")
    yield "publisher", str(source.get("title") or feed.get("title") or "")
    yield "published_at", _instant(item, "published") or _instant(item, "updated")
    yield "language", str(item.get("language") or feed.get("language") or "")
    yield "byline", ", ".join(_authors(item))


def _instant(item: Mapping[str, Any], name: str) -> str:
    """A date in ISO 8601, in its own zone where it can be read so, else in UTC, else as written."""
    written = str(item.get(name) or "").strip()
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return read(written).isoformat()
        except (ValueError, TypeError, IndexError):
            continue
    parsed = item.get(f"{name}_parsed")
    return datetime.fromtimestamp(timegm(parsed), UTC).isoformat() if parsed else written


def _authors(item: Mapping[str, Any]) -> Iterator[str]:
    """Each once; Dublin Core's creators are among them."""
    seen = set()
    for author in item.get("authors") or [{"name": item.get("author")}]:
        name = str(author.get("name") or author.get("email") or "").strip()
        if name and name not in seen:
            seen.add(name)
            yield name
