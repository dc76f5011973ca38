"""Names that the registry should learn.

What belongs here: unknown publishers and agencies by frequency. What does not: guessing
what they are.
"""

import re
from collections import Counter
from collections.abc import Iterator

import polars as pl

from etl.sources.attribution import find_publisher
from etl.sources.names import NameIndex, build_index

_SCHEMA = pl.Schema({"name": pl.String(), "origin": pl.String(), "article_count": pl.Int64()})

# "(WXYZ)", "/Example News Agency/": capitals, or words that outlets are called by.
_DATELINE_MARK = re.compile(
    r"[(/]\s?([A-Z]{2,8}|[A-Z][\w .'’&]{1,40}\b(?:News|Agency|Post|Times|Press|Wire|TV|Radio))"
    r"\s?[)/]"
)
_CREDIT = re.compile(r"\bsource\s?:\s?([^\n()\[\]|,;]{2,60})", re.IGNORECASE)


def unmapped_names(articles: pl.DataFrame, registry: pl.DataFrame) -> pl.DataFrame:
    """Publishers and agencies that articles name and the registry does not know.

    Input as for ``attribute_sources``. Output: a row per ``name`` and ``origin`` (sidecar,
    dateline, credit) with ``article_count``, the commonest first.
    """
    index = build_index(registry)
    columns = articles.select("given_publisher", "given_url", "dateline", "trailer")
    counts = Counter(
        found for row in columns.iter_rows() for found in set(_unmapped(*row, index=index))
    )
    rows = [(name, origin, count) for (name, origin), count in counts.items()]
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row").sort(
        "article_count", "name", "origin", descending=[True, False, False]
    )


def _unmapped(
    publisher: str | None,
    url: str | None,
    dateline: str | None,
    trailer: str | None,
    *,
    index: NameIndex,
) -> Iterator[tuple[str, str]]:
    is_known = find_publisher(publisher, index) or index.find_address(url or "")
    if publisher and publisher.strip() and not is_known:
        yield publisher.strip(), "sidecar"
    for mark in _DATELINE_MARK.finditer((dateline or "")[:600]):
        if not index.find(mark[1]):
            yield mark[1], "dateline"
    for credit in _CREDIT.finditer((trailer or "")[:6000]):
        name = credit[1].strip(" .-–—")
        if name and not index.find_at(credit[1], 0):
            yield name, "credit"
