"""Pages of HTML among the documents of a part: each made a text, with what its markup says.

What belongs here: frames. What does not: reading one page (web_page.py).
"""

from collections.abc import Iterator

import polars as pl

from etl.decode import DOCUMENTS_SCHEMA, is_page
from etl.errors import RULES, Rejection
from etl.parse.web_page import WebPage, read_web_page
from etl.schema import QUARANTINE, lake_table

MARKS = ("title", "byline", "publisher", "url", "language")
TEXTS_SCHEMA = pl.Schema(
    {
        **DOCUMENTS_SCHEMA,
        **{f"marked_{name}": pl.String() for name in MARKS},
        "marked_dates": pl.List(pl.String()),
    }
)


def read_web_pages(documents: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Take the articles out of pages of HTML.

    Args:
        documents: as ``etl.decode.decode_documents`` returns them.

    Returns:
        The same columns and the marks of pages (``marked_title``, ``_byline``, ``_publisher``,
        ``_url``, ``_language``; ``marked_dates``, a list of "origin date"): ``text`` is that of
        the article, as it was where it is no page; and ``rejected``: delivery_id, file_name,
        stage, rule, detail, ingested_on. Each input row is in exactly one, in input order.
    """
    texts, rejected = [], []
    for row in documents.iter_rows(named=True):
        page = read_web_page(row["text"]) if is_page(row["media_type"]) else None
        if isinstance(page, Rejection):
            rejected.append(_rejected_row(row, page))
        else:
            texts.append({**row, **dict(_marks(page))})
    return (
        pl.DataFrame(texts, schema=TEXTS_SCHEMA, orient="row"),
        lake_table(QUARANTINE).frame(rejected),
    )


def _marks(page: WebPage | None) -> Iterator[tuple[str, object]]:
    if page is not None:
        yield "text", page.text
        yield from ((f"marked_{name}", getattr(page, name)) for name in MARKS)
        yield "marked_dates", [f"{origin} {written}" for origin, written in page.dates]


def _rejected_row(row: dict[str, object], why: Rejection) -> dict[str, object]:
    kept = {name: row[name] for name in ("delivery_id", "file_name", "ingested_on")}
    return {**kept, "stage": RULES[why.rule].stage, "rule": why.rule, "detail": why.detail}
