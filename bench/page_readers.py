"""What several readers make of a whole page: its text, or its HTML.

What belongs here: Dateline's stages over the pages of the corpus, and other tools over the same
HTML. What does not: the pages and their labels (whole_pages.py), and the figures (page_table.py).

readability-lxml comes with chardet, which others use where they find it. So ``make bench-parse``
puts it into a folder of its own, ``readers`` of the environment, and only this process looks there.
"""

import datetime as dt
import importlib
import logging
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from bench.whole_pages import WholePage
from etl.dates import date_articles
from etl.parse import parse_documents
from etl.parse.web_pages import read_web_pages
from etl.schema import SIDECAR_COLUMNS

NIGHT = dt.date(2026, 11, 1)
# A header needs a day; where a page's is not known any will do, and no date of it is asked.
ANY_DAY = "2024-01-19"
LEAST_LINE_WORDS = 10
HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What a reader made of a page; ``day`` is None where it found none, or rejected it."""

    body: str = ""
    title: str | None = None
    byline: str | None = None
    day: dt.date | None = None
    has_conflict: bool = False


Readings = Mapping[str, Reading]
"""By the page's name; a page that was rejected as no article is not among them."""


# -- Dateline ---------------------------------------------------------------------------------


def read_texts(pages: Iterable[WholePage], *, is_dated: bool) -> Readings:
    """The pages as text, under their true header or without any."""
    documents = [
        _document(page, f" date {page.date or ANY_DAY} {page.text}" if is_dated else page.text)
        for page in pages
    ]
    parsed, _, _ = parse_documents(pl.DataFrame(documents, infer_schema_length=None))
    return _dated(parsed)


def read_html(pages: Sequence[WholePage]) -> tuple[Readings, Readings]:
    """The same pages as HTML: as they are, and with their true day delivered beside them."""
    documents = [_document(page, page.html or "", media_type=HTML) for page in pages]
    texts, _ = read_web_pages(pl.DataFrame(documents, infer_schema_length=None))
    parsed, _, _ = parse_documents(texts)
    days = {page.name: (page.date or ANY_DAY)[:10] for page in pages}
    delivered = pl.col("delivery_id").replace_strict(days, return_dtype=pl.String)
    return _dated(parsed), _dated(parsed.with_columns(given_published_at=delivered))


def _document(page: WholePage, text: str, *, media_type: str | None = None) -> dict[str, object]:
    given = {column.name: None for column in SIDECAR_COLUMNS}
    return {
        **{"delivery_id": page.name, "file_name": page.name, "ingested_on": NIGHT, "text": text},
        **{**given, "given_by": "sidecar", "media_type": media_type},
    }


def _dated(parsed: pl.DataFrame) -> Readings:
    dated, _ = date_articles(parsed)
    dates = {
        row["delivery_id"]: {"day": row["published_on"], "has_conflict": row["date_conflict"]}
        for row in dated.iter_rows(named=True)
    }
    return {
        name: Reading(body=body, title=title, byline=byline, **dates.get(name, {}))
        for name, body, title, byline in parsed.select(
            "delivery_id", "body", "title", "byline"
        ).iter_rows()
    }


# -- others -----------------------------------------------------------------------------------


def read_by_trafilatura(page: WholePage) -> Reading:
    """Its main text, title, author and date, as it comes."""
    import trafilatura

    found = trafilatura.bare_extraction(page.html or "", with_metadata=True)
    if found is None:
        return Reading()
    return Reading(
        body=found.text or "",
        title=found.title,
        byline=found.author,
        day=dt.date.fromisoformat(found.date) if found.date else None,
    )


def read_by_readability(page: WholePage) -> Reading:
    """Its summary's text and its short title; it looks for no author and no date.

    Of a page that it cannot parse (control characters in an address) it finds nothing.
    """
    from lxml.html import document_fromstring

    library = _readability()
    document = library.Document(page.html or "")
    try:
        summary = document.summary()
    except library.readability.Unparseable:
        return Reading()
    return Reading(
        body="\n".join(document_fromstring(summary).itertext()), title=document.short_title()
    )


def _readability() -> Any:
    folder = str(Path(sys.prefix) / "readers")
    if folder not in sys.path:
        sys.path.append(folder)
    try:
        readability: Any = importlib.import_module("readability")
    except ModuleNotFoundError as error:
        raise SystemExit(f"readability-lxml is not in {folder}: make bench-parse") from error
    logging.getLogger("readability").setLevel(logging.CRITICAL)
    return readability


def whole_text(page: WholePage) -> Reading:
    """All that is on the page."""
    return Reading(body=page.text)


def long_lines(page: WholePage) -> Reading:
    """The page without lines of fewer than ten words."""
    lines = page.text.split("\n")
    return Reading(body="\n".join(x for x in lines if len(x.split()) >= LEAST_LINE_WORDS))


def each(read: Callable[[WholePage], Reading], pages: Iterable[WholePage]) -> Readings:
    return {page.name: read(page) for page in pages}
