"""The frame of date mentions of a part's articles.

What belongs here: columns. What does not: finding and resolving (anchors.py).
"""

from collections.abc import Iterator

import polars as pl

from etl import schema
from etl.dates.mentions.anchors import Mention, find_mentions, last_written
from etl.dates.mentions.expressions import lower_case
from etl.dates.mentions.page import Page

_TABLE = schema.lake_table(schema.DATE_MENTIONS)
_FIELDS = ("title", "body")
_FOUND = ("field", "start_char", "end_char", "text", "starts_on", "ends_on", "precision", "method")
_NEEDED = ("language_code", "published_on", "date_precision", *_FIELDS)


def find_date_mentions(articles: pl.DataFrame, *, derived_by: str) -> pl.DataFrame:
    """The dates that each article's title and body speak about.

    Input: ``delivery_id``, ``article_id``, ``language_code``, ``published_on``,
    ``date_precision``, ``title``, ``body``, ``ingested_on``. Output:
    ``schema.DATE_MENTIONS`` as the lake has it, in the order of articles and texts; offsets
    count characters of the named column. Texts in other languages than English give none.
    """
    keys = articles.select("delivery_id", "article_id", "ingested_on").with_row_index("article")
    rows = [
        (number, *row)
        for number, article in enumerate(articles.select(_NEEDED).iter_rows(named=True))
        for row in _rows(article)
    ]
    types = {name: _TABLE.polars_schema[name] for name in _FOUND}
    found = pl.DataFrame(rows, schema={"article": pl.UInt32(), **types}, orient="row")
    joined = found.join(keys, on="article", maintain_order="left")
    return _TABLE.conform(joined.with_columns(derived_by=pl.lit(derived_by)))


def _rows(article: dict[str, object]) -> Iterator[tuple[object, ...]]:
    if str(article["language_code"]).partition("-")[0] != "en":
        return
    told, anchor = None, None
    for field in _FIELDS:
        text = article[field]
        if not isinstance(text, str):
            continue
        page = Page(
            text=text,
            lower=lower_case(text),
            published_on=article["published_on"],  # type: ignore[arg-type]
            has_day=article["date_precision"] == "day",
            is_title=field == "title",
            told=told,
            anchor=anchor,
        )
        mentions = find_mentions(page)
        if page.is_title:
            told, anchor = last_written(page), mentions[-1].period if mentions else None
        yield from (_row(field, text, mention) for mention in mentions)


def _row(field: str, text: str, mention: Mention) -> tuple[object, ...]:
    period = mention.period
    return (
        field,
        mention.start,
        mention.end,
        text[mention.start : mention.end],
        period.first,
        period.last,
        period.precision,
        mention.method,
    )
