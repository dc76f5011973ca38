"""Versions: an article that was delivered again with another text at its address.

What belongs here: when two deliveries are versions of one article, their order, and what changed.
What does not: copies at other addresses (stage.py).
"""

import re
from collections import Counter
from collections.abc import Iterator

import polars as pl

from etl import schema

MIN_SHARE = 0.3
"""Of the words of the shorter text that the other holds. A corrected or extended article keeps
most of its words; a page that shows other articles each day shares the small words alone: up to
.25 between articles of 100 words and more."""

TELLING_CHARS = 5
"""Only words of so many characters are compared: shorter ones stand in every text."""

ADDRESS = r"(?i)^https?://(?:www\.)?|[?&](?:utm_\w+|fbclid|gclid|ref|cmp)=[^&#]*|#.*$|/+$"
"""What is no part of an address: scheme, marks of who clicked, the place within the page.

An expression of RE2, for the addresses of a file are compared in SQL."""

VERSION_SCHEMA = {
    name: dtype
    for name, dtype in schema.ARTICLE_VERSIONS.polars_schema.items()
    if name != "linked_by"
}


def find_versions(articles: pl.DataFrame) -> pl.DataFrame:
    """``schema.ARTICLE_VERSIONS`` but for linked_by, of all articles at some addresses.

    Input: article_id, address, title, body, ingested_on, published_on, delivery_id. The order of
    versions is that of their arrival: by night, then by day of publication and delivery.
    """
    ordered = articles.sort("address", "ingested_on", "published_on", "delivery_id")
    found = [
        row
        for page in ordered.partition_by("address", maintain_order=True)
        for row in _versions(page)
    ]
    return pl.DataFrame(found, schema=VERSION_SCHEMA, orient="row")


def _versions(page: pl.DataFrame) -> Iterator[dict[str, object]]:
    """Rows of the chains of versions at one address, of two and more articles each."""
    chains: list[list[dict[str, object]]] = []
    before: list[tuple[str | None, Counter[str]]] = []
    for article_id, title, body in page.select("article_id", "title", "body").iter_rows():
        words = _words(body)
        number = next((n for n, (_, w) in enumerate(before) if share(w, words) >= MIN_SHARE), None)
        if number is None:
            chains.append([_row(article_id, article_id, 1)])
            before.append((title, words))
            continue
        chain, (title_before, words_before) = chains[number], before[number]
        row = _row(article_id, chain[0]["article_id"], len(chain) + 1)
        row["share"] = share(words_before, words)
        row["is_title_changed"] = title != title_before
        row["words_added"] = (words - words_before).total()
        row["words_removed"] = (words_before - words).total()
        chain.append(row)
        before[number] = (title, words)
    yield from (row for chain in chains if len(chain) > 1 for row in chain)


def _row(article_id: object, first_id: object, number: int) -> dict[str, object]:
    return {
        **dict.fromkeys(VERSION_SCHEMA),
        "article_id": article_id,
        "first_id": first_id,
        "number": number,
    }


def share(one: Counter[str], other: Counter[str]) -> float:
    """Part of the longer words of the shorter text that the other holds."""
    telling = [
        Counter({w: n for w, n in c.items() if len(w) >= TELLING_CHARS}) for c in (one, other)
    ]
    fewest = min(c.total() for c in telling)
    return (telling[0] & telling[1]).total() / fewest if fewest else 0.0


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.casefold()))
