"""What the real stages make of the pages of tests/pages.

What belongs here: handing the pages to the stages of a night, in their order, and collecting
what each yields. What does not: the pages' form (page_files.py) and the score
(page_scores.py).
"""

import datetime as dt
import pkgutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl

from bench.page_files import NIGHT, Page
from etl.night import stages
from etl.schema import RAW_DOCUMENTS
from etl.stage import RAW, Tables

FIELDS = {
    "parsed_articles": (
        *("title", "byline", "dateline", "dateline_place", "language_code", "body"),
    ),
    "articles": ("published_on", "date_precision", "date_origin", "date_conflict"),
    "attributions": ("source_id",),
    "quarantine": ("rule",),
}
"""By table of a stage: what a ``Reading`` takes from it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What the stages made of one page; ``rule`` is the one that rejected it, or None.

    A later stage's fields stay empty where an earlier one rejected the page.
    """

    rule: str | None = None
    title: str | None = None
    byline: str | None = None
    dateline: str | None = None
    dateline_place: str | None = None
    language_code: str | None = None
    body: str | None = None
    published_on: dt.date | None = None
    date_precision: str | None = None
    date_origin: str | None = None
    date_conflict: bool | None = None
    source_id: str | None = None
    countries: frozenset[str] = frozenset()
    focus: frozenset[str] = frozenset()


def read_pages(pages: Iterable[Page]) -> dict[str, Reading]:
    """Run every stage over the pages; the readings by page name."""
    raw = RAW_DOCUMENTS.frame(map(_raw_row, pages))
    found: dict[str, dict[str, Any]] = {name: {} for name in raw["delivery_id"]}
    for tables in _run_stages(raw):
        for name, fields in (*_fields(tables), *_countries(tables)):
            found[name] |= fields
    return {name: Reading(**fields) for name, fields in found.items()}


def _raw_row(page: Page) -> dict[str, object]:
    given = ("title", "publisher", "published_at", "url", "language")
    return {
        "delivery_id": page.name,
        "path": f"{page.name}.txt",
        "file_name": f"{page.name}.txt",
        "size": len(page.raw),
        "mtime": dt.datetime.combine(NIGHT, dt.time()),
        "sha256": page.name,
        "raw": page.raw,
        "ingested_on": NIGHT,
        **{f"given_{name}": getattr(page.labels, f"given_{name}") for name in given},
    }


def _run_stages(raw: pl.DataFrame) -> Iterator[Tables]:
    """What each stage yields, reading what an earlier one yielded."""
    yielded = {(RAW, RAW): raw}
    for stage in stages(None):
        function = pkgutil.resolve_name(stage.builder)(**dict(stage.options))
        tables: Tables = function(yielded[stage.reads.stage, stage.reads.table])
        yielded |= {(stage.name, name): table for name, table in tables.items()}
        yield tables


def _fields(tables: Tables) -> Iterator[tuple[str, dict[str, Any]]]:
    for table in FIELDS.keys() & tables.keys():
        for row in tables[table].select("delivery_id", *FIELDS[table]).iter_rows(named=True):
            yield row.pop("delivery_id"), row


def _countries(tables: Tables) -> Iterator[tuple[str, dict[str, Any]]]:
    if "article_countries" not in tables:
        return
    for (name,), rows in tables["article_countries"].group_by("delivery_id"):
        focus = rows.filter("is_focus")["country_code"]
        yield str(name), {"countries": frozenset(rows["country_code"]), "focus": frozenset(focus)}
