"""What two articles of one story have in common, in words.

What belongs here: the rows that show why an article joined its story. What does not: deciding it
(grouping.py).
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

import polars as pl

from etl import schema
from etl.stories.grouping import Link
from etl.stories.likeness import probability
from etl.stories.portrait import Portrait

WORDS = 10
_EPOCH = date(1970, 1, 1)

LINK_SCHEMA = {
    name: dtype for name, dtype in schema.STORY_LINKS.polars_schema.items() if name != "linked_by"
}


def link_rows(links: Iterable[Link], portraits: Mapping[str, Portrait]) -> pl.DataFrame:
    """``schema.STORY_LINKS`` but for linked_by."""
    rows = [_row(link, portraits[link.article_id], portraits[link.nearest_id]) for link in links]
    return pl.DataFrame(rows, schema=LINK_SCHEMA, orient="row")


def _row(link: Link, one: Portrait, other: Portrait) -> dict[str, object]:
    named = [p.persons.keys() | p.organisations.keys() for p in (one, other)]
    return {
        "article_id": link.article_id,
        "story_id": link.story_id,
        "nearest_id": link.nearest_id,
        "method": link.method,
        "score": round(probability(link.average), 4),
        "nearest_score": round(probability(link.nearest), 4),
        "names": sorted(named[0] & named[1]),
        "places": sorted(one.places.keys() & other.places.keys()),
        "days": [str(_EPOCH + timedelta(days=day)) for day in sorted(one.days & other.days)],
        "words": _telling_words(one, other),
        "days_apart": one.day - other.day,
    }


def _telling_words(one: Portrait, other: Portrait) -> list[str]:
    """The words that speak most for both being of one story."""
    weights = {word: one.words[word] * other.words[word] for word in one.words.keys() & other.words}
    return sorted(weights, key=lambda word: (-weights[word], word))[:WORDS]
