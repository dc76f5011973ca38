"""WARC: a page per record, as crawlers archive them.

What belongs here: which records are pages, and what a record says of its page. What does not:
what stands in a page (etl/parse/web_page.py).

A page is a response of status 200 whose type is HTML. Records are read one by one: of a
gigabyte no more than one page is in memory. A packed record that is damaged is one rejected
document, and reading goes on with the next that begins behind it.

Source: ISO 28500:2017 (WARC 1.1), clauses 5 and 6.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from etl.errors import Rejection
from etl.landing.drops.budget import PIECE_BYTES
from etl.landing.drops.documents import Document
from etl.landing.drops.opened import Opened
from etl.landing.drops.reading import is_machine_fault, readable_beginning

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

WARC = "warc"
PAGES = frozenset({"text/html", "application/xhtml+xml"})
_FOUND = 200
_PACKED = b"\x1f\x8b\x08"
_SHOWN_BYTES = 2**20


def read_warc(opened: Opened) -> Iterator[Document]:
    """A document per page; its member is its number among them."""
    number = 0
    start: int | None = 0
    while start is not None:
        opened.stream.seek(start)
        at: int | None = start
        try:
            for record in _records(opened):
                at = place = start + record.stream_pos
                page = _page(record, opened)
                at = None
                if page is not None:
                    number += 1
                    yield replace(page, member=f"{number}")
        except OSError as error:
            if is_machine_fault(error):
                raise
            broken = at if at is not None else _next_packed(opened, place + 1)
            number += 1
            yield _damaged(opened, start if broken is None else broken, f"{number}", error)
            start = None if broken is None else _next_packed(opened, broken + 1)
            continue
        break
    if number == 0:
        _check_is_warc(opened)


def _records(opened: Opened) -> "Iterator[WarcRecord]":
    """All records, with what they come to unpacked counted before any of it is read."""
    from fastwarc.warc import ArchiveIterator

    for record in ArchiveIterator(opened.stream, parse_http=False):
        opened.budget.spend(record.content_length)
        yield record


def _page(record: "WarcRecord", opened: Opened) -> Document | None:
    """The page of a record; None where it is none."""
    if _header(record, "WARC-Type").casefold() != "response" or not record.is_http:
        return None
    record.parse_http(auto_decode="all")
    headers = record.http_headers
    if headers is None or headers.status_code != _FOUND or _type_of(record) not in PAGES:
        return None
    raw = record.reader.read(opened.limits.document_bytes + 1)
    opened.budget.spend(len(raw))
    given = (
        ("url", _header(record, "WARC-Target-URI").strip("<>")),
        ("fetched_at", _header(record, "WARC-Date")),
    )
    return Document(
        raw=raw,
        given=tuple((name, value) for name, value in given if value),
        media_type=headers.get("Content-Type") or _type_of(record),
        given_by=WARC,
    )


def _type_of(record: "WarcRecord") -> str:
    """The type that the server told, else the one that the crawler found."""
    told: Any = record.http_content_type or _header(record, "WARC-Identified-Payload-Type")
    return str(told or "").partition(";")[0].strip().casefold()


def _header(record: "WarcRecord", name: str) -> str:
    return str(record.headers.get(name) or "").strip()


def _damaged(opened: Opened, start: int, member: str, error: Exception) -> Document:
    opened.stream.seek(start)
    kept = readable_beginning(opened.stream, min(_SHOWN_BYTES, opened.limits.document_bytes))
    why = Rejection("unreadable_file", f"the record at byte {start}: {error}")
    return Document(raw=kept, member=member, rejection=why)


def _next_packed(opened: Opened, start: int) -> int | None:
    """Where the next packed record begins; None where there is none, or records are not packed."""
    opened.stream.seek(0)
    if opened.stream.read(len(_PACKED)) != _PACKED:
        return None
    opened.stream.seek(start)
    held, at = b"", start
    while piece := opened.stream.read(PIECE_BYTES):
        held += piece
        found = held.find(_PACKED)
        if found >= 0:
            return at + found
        at += max(0, len(held) - len(_PACKED) + 1)
        held = held[-len(_PACKED) + 1 :]
    return None


def _check_is_warc(opened: Opened) -> None:
    """A WARC without pages is fine; what is no WARC has no records either."""
    opened.stream.seek(0)
    for _ in _records(opened):
        return
    raise ValueError("not WARC: no record in it")
