"""Text to structure: the parse stage.

What belongs here: the stage's function over frames. What does not: the parsing of one page
(etl/parse/page.py) and the rules it applies, each module of which names its subject.
"""

import re

import polars as pl

from etl.decode import is_page
from etl.errors import RULES, Rejection
from etl.parse.draft import Cut
from etl.parse.language import choose_language
from etl.parse.page import ParsedPage, parse_page
from etl.parse.verdict import judge
from etl.parse.web_pages import TEXTS_SCHEMA
from etl.schema import (
    FURNITURE,
    MARKED_COLUMNS,
    PARSED_ARTICLES,
    QUARANTINE,
    SIDECAR_COLUMNS,
    lake_table,
)

__all__ = ["Cut", "ParsedPage", "judge", "parse_documents", "parse_page"]

# A crawler may take the address of an author's page for a name.
ADDRESS = re.compile(r"(?:https?:)?//\S+$")
NAMES = re.compile(r"[^\W\d_]+")
GIVEN = tuple(column.name for column in SIDECAR_COLUMNS)
PAGE_COLUMNS = (
    *("header_date", "title", "headline", "byline", "dateline", "dateline_place", "dateline_day"),
    *("body", "trailer", "word_count"),
)
MARKED = (*(column.name for column in MARKED_COLUMNS), "marked_dates")
KEPT = ("delivery_id", "file_name", *GIVEN, "given_by", "ingested_on")


def parse_documents(
    documents: pl.DataFrame,
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Take apart every page of a part.

    Args:
        documents: delivery_id, file_name, the given_* columns, ingested_on, text.

    Returns:
        Rows of ``schema.PARSED_ARTICLES``; ``rejected``: delivery_id, file_name, stage,
        rule, detail, ingested_on; and what was cut, ``schema.FURNITURE``. Each input row is
        in exactly one of the first two, in input order.
    """
    articles, rejected, furniture = [], [], []
    for row in _with_marks(documents).iter_rows(named=True):
        is_extracted = is_page(row["media_type"])
        title = _given_title(row) or ("" if is_extracted else None)
        page = parse_page(row["text"], given_title=title, is_extracted=is_extracted)
        furniture += [_furniture_row(row, cut) for cut in page.furniture]
        why = judge(page)
        if why is None:
            articles.append(_article_row(row, page))
        else:
            rejected.append(_rejected_row(row, why))
    return (
        PARSED_ARTICLES.frame(articles),
        lake_table(QUARANTINE).frame(rejected),
        FURNITURE.frame(furniture),
    )


def _with_marks(documents: pl.DataFrame) -> pl.DataFrame:
    """Texts that never were pages of HTML have no marks."""
    lacking = [name for name in TEXTS_SCHEMA if name not in documents.columns]
    nulls = (pl.lit(None, dtype=TEXTS_SCHEMA[name]).alias(name) for name in lacking)
    return documents.with_columns(*nulls)


def _given_title(row: dict[str, object]) -> str | None:
    """An empty title of a sidecar is none, and the page is asked for one: its markup, its text."""
    return str(row["given_title"] or row["marked_title"] or "").strip() or None


def _byline(given: object, printed: str | None) -> str | None:
    """Given names above those printed, unless these hold them all: "By Ana Li, Lyre News"."""
    names = str(given or "").strip()
    if not names or ADDRESS.match(names):
        return printed
    if printed and all(name in printed for name in NAMES.findall(names)):
        return printed
    return f"{names}\n{printed}" if printed else names


def _article_row(row: dict[str, object], page: ParsedPage) -> dict[str, object]:
    language = choose_language(
        given=str(row["given_language"] or row["marked_language"] or "") or None,
        title=page.title,
        body=page.body,
    )
    return {
        **{name: row[name] for name in KEPT},
        **{name: getattr(page, name) for name in PAGE_COLUMNS},
        **{name: row[name] for name in MARKED},
        "byline": _byline(row["given_byline"] or row["marked_byline"], page.byline),
        "stamps": list(page.stamps),
        "language_code": language,
    }


def _furniture_row(row: dict[str, object], cut: Cut) -> dict[str, object]:
    return {
        "delivery_id": row["delivery_id"],
        "kind": cut.kind,
        "start_char": cut.start,
        "end_char": cut.end,
        "text": cut.text,
        "ingested_on": row["ingested_on"],
    }


def _rejected_row(row: dict[str, object], why: Rejection) -> dict[str, object]:
    kept = {name: row[name] for name in ("delivery_id", "file_name", "ingested_on")}
    return {**kept, "stage": RULES[why.rule].stage, "rule": why.rule, "detail": why.detail}
