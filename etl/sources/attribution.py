"""From articles to their sources, with the evidence.

What belongs here: sidecars, frames, and which source an article is filed under. What does
not: the rules per field (cues.py).
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import polars as pl

from etl import schema
from etl.sources.citations import find_all_cited
from etl.sources.cues import (
    find_at_body_end,
    find_house_style,
    find_in_byline,
    find_in_dateline,
    find_in_opening,
    find_in_title,
    find_in_trailer,
)
from etl.sources.definitions import defined_otherwise, names_another
from etl.sources.evidence import Evidence, strongest
from etl.sources.names import NameIndex, index_of

_LAKE_TABLE = schema.lake_table(schema.ARTICLE_SOURCES)
_ATTRIBUTION_SCHEMA = pl.Schema(
    {
        "delivery_id": pl.String(),
        **{n: schema.ARTICLES.polars_schema[n] for n in ("source_id", "source_origin")},
    }
)
_FILED_UNDER = ("publisher", "agency", "republisher")


class _Article(NamedTuple):
    delivery_id: str
    given_publisher: str | None
    given_url: str | None
    marked_url: str | None
    marked_publisher: str | None
    title: str | None
    dateline: str | None
    byline: str | None
    trailer: str | None
    body: str


def attribute_sources(
    articles: pl.DataFrame, registry: pl.DataFrame, *, derived_by: str
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Find the outlets and agencies of each article.

    Input: ``delivery_id``, ``article_id``, ``title``, ``byline``, ``dateline``, ``body``,
    ``trailer``, ``given_publisher``, ``given_url``, ``marked_url``, ``marked_publisher``,
    ``ingested_on``; the registry of
    ``load_registry``.

    Output:

    - attribution, a row per article: ``delivery_id``, ``source_id`` and ``source_origin``,
      both null where nobody is named. Filed under the publisher, else the agency, else the
      republisher. A sidecar's publisher that the registry does not know leaves both null:
      the publisher is known, only not to us, and ``find_unmapped`` names it.
    - article_sources: ``schema.ARTICLE_SOURCES`` as the lake has it, one row per article,
      source and role, with the strongest evidence. Offsets count characters of the named
      column.
    """
    index = index_of(registry)
    cited = find_all_cited(articles["body"], index)
    rows = [
        (article, _evidence(article, index, cited.get(number, ())))
        for number, article in enumerate(_articles(articles))
    ]
    return _attribution(rows, index), _article_sources(articles, rows, derived_by)


def _articles(articles: pl.DataFrame) -> Iterator[_Article]:
    return (_Article(*row) for row in articles.select(_Article._fields).iter_rows())


def _evidence(article: _Article, index: NameIndex, cited: Iterable[Evidence]) -> list[Evidence]:
    found = [
        *_find_given(article, index),
        *find_in_dateline(article.dateline or "", index),
        *_without_explained(_find_credited(article, index), article.body, index),
    ]
    if not any(e.role == "agency" for e in found):
        found.extend(find_house_style(article.dateline or "", index.agencies))
    return strongest((*found, *cited))


def _find_credited(article: _Article, index: NameIndex) -> Iterator[Evidence]:
    yield from find_in_opening(article.body, index)
    yield from find_in_title(article.title or "", index)
    yield from find_in_byline(article.byline or "", index)
    yield from find_in_trailer(article.trailer or "", index)
    yield from find_at_body_end(article.body, index)


def _without_explained(
    found: Iterable[Evidence], body: str, index: NameIndex
) -> Iterator[Evidence]:
    """ "... of the Anti-Poaching Authority (APA)." signs no piece as the agency APA."""
    credited = list(found)
    others = defined_otherwise(body, index) if credited else {}
    return (piece for piece in credited if not names_another(piece, others))


# -- sidecar ----------------------------------------------------------------------------------


def _find_given(article: _Article, index: NameIndex) -> Iterator[Evidence]:
    address = article.given_url
    of_address = "sidecar" if address and address != article.marked_url else "markup"
    for text, source_id, origin in (
        (article.given_publisher, find_publisher(article.given_publisher, index), "sidecar"),
        (address, index.find_address(address or ""), of_address),
        (article.marked_publisher, find_publisher(article.marked_publisher, index), "markup"),
    ):
        if text and source_id:
            yield Evidence(source_id=source_id, role="publisher", origin=origin, text=text)
            return


def find_publisher(given: str | None, index: NameIndex) -> str | None:
    """The source of a sidecar's publisher: a name (``BBC News - World`` too) or a domain."""
    if not given or not given.strip():
        return None
    names = (given, *(given.split(mark)[0] for mark in (" - ", " | ", ": ", " – ", " — ")))
    found = (index.find_given(name) for name in dict.fromkeys(names))
    return next(filter(None, found), None) or index.find_address(given)


# -- frames -----------------------------------------------------------------------------------


def _attribution(rows: Iterable[tuple[_Article, list[Evidence]]], index: NameIndex) -> pl.DataFrame:
    filed = []
    for article, evidence in rows:
        chosen = _filed_under(article, evidence)
        filed.append(
            {
                "delivery_id": article.delivery_id,
                "source_id": chosen.source_id if chosen else None,
                "source_origin": chosen.origin if chosen else None,
            }
        )
    return pl.DataFrame(filed, schema=_ATTRIBUTION_SCHEMA, orient="row")


def _filed_under(article: _Article, evidence: Iterable[Evidence]) -> Evidence | None:
    by_role = {role: [e for e in evidence if e.role == role] for role in _FILED_UNDER}
    first = next((found[0] for found in by_role.values() if found), None)
    is_publisher_given = bool(article.given_publisher and article.given_publisher.strip())
    if is_publisher_given and first is not None and first.origin != "sidecar":
        return None
    return first


def _article_sources(
    articles: pl.DataFrame, rows: Iterable[tuple[_Article, list[Evidence]]], derived_by: str
) -> pl.DataFrame:
    found = pl.DataFrame(
        [
            (a.delivery_id, e.source_id, e.role, e.origin, e.text, e.field, e.start, e.end)
            for a, evidence in rows
            for e in evidence
        ],
        schema={
            name: _LAKE_TABLE.polars_schema[name]
            for name in (
                "delivery_id",
                "source_id",
                "role",
                "origin",
                "evidence",
                "field",
                "start_char",
                "end_char",
            )
        },
        orient="row",
    )
    keys = articles.select("delivery_id", "article_id", "ingested_on")
    return _LAKE_TABLE.conform(
        found.join(keys, on="delivery_id", maintain_order="left").with_columns(
            pl.lit(derived_by).alias("derived_by")
        )
    )
