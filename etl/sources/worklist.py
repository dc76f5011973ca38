"""Names that the registry should learn.

What belongs here: the unknown publisher or agency that an article names. What does not:
guessing what it is, and counting (the view v_unmapped_sources).
"""

import re
from collections.abc import Iterator

import polars as pl

from etl import schema
from etl.sources.attribution import find_publisher
from etl.sources.cues import LONGEST_FIELD_CHARS, LONGEST_TRAILER_CHARS
from etl.sources.names import NameIndex, domains_of, index_of

_COLUMNS = ("unmapped_source_name", "unmapped_source_origin")
_SCHEMA = pl.Schema(
    {name: schema.ATTRIBUTIONS.polars_schema[name] for name in ("delivery_id", *_COLUMNS)}
)

# "(WXYZ)", "/Example News Agency/": capitals, or words that outlets are called by.
_DATELINE_MARK = re.compile(
    r"[(/]\s?([A-Z]{2,8}|[A-Z][\w .'’&]{1,40}\b(?:News|Agency|Post|Times|Press|Wire|TV|Radio))"
    r"\s?[)/]"
)
_CREDIT = re.compile(r"\bsource\s?:\s?([^\n()\[\]|,;]{2,60})", re.IGNORECASE)


def find_unmapped(articles: pl.DataFrame, registry: pl.DataFrame) -> pl.DataFrame:
    """The strongest name of a publisher or agency that an article gives and nobody knows.

    Input as for ``attribute_sources``. Output: a row per article: ``delivery_id``,
    ``unmapped_source_name`` as given or printed, ``unmapped_source_origin`` (sidecar, markup,
    url, credit, dateline: strongest first); both null where the registry knows all names.
    """
    index = index_of(registry)
    columns = articles.select(
        *("delivery_id", "given_publisher", "given_url", "marked_publisher"),
        *("dateline", "trailer"),
    ).iter_rows()
    rows = [
        (delivery_id, *next(_unmapped(*fields, index=index), (None, None)))
        for delivery_id, *fields in columns
    ]
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def _unmapped(
    publisher: str | None,
    url: str | None,
    marked: str | None,
    dateline: str | None,
    trailer: str | None,
    *,
    index: NameIndex,
) -> Iterator[tuple[str, str]]:
    is_known = find_publisher(publisher, index) or index.find_address(url or "")
    if publisher and publisher.strip() and not is_known:
        yield publisher.strip(), "sidecar"
    if not publisher and not is_known and not find_publisher(marked, index):
        if marked and marked.strip():
            yield marked.strip(), "markup"
        elif domains := domains_of(url or ""):
            yield domains[0].removeprefix("www."), "url"
    credits_text = (trailer or "")[:LONGEST_TRAILER_CHARS]
    for credit in _CREDIT.finditer(credits_text):
        name = credit[1].strip(" .-–—")
        if name and not index.find_at(credits_text, credit.start(1)):
            yield name, "credit"
    for mark in _DATELINE_MARK.finditer((dateline or "")[:LONGEST_FIELD_CHARS]):
        if not index.find(mark[1]):
            yield mark[1], "dateline"
