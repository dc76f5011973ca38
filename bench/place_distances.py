"""How far from the labelled place a resolved one lies: ``python -m bench.place_distances``.

What belongs here: places of the development corpus against the coordinates of its labels, as
shares within 161 km (100 miles), which the field's tools state. What does not: countries
(bench/accuracy.py).

A label and a mention are the same where they have the same words in the same document. A place is
``found`` where there is such a mention, ``placed`` where that one has a row in ``places`` with a
position. Prints a table; the labels have kinds of places that ``places`` has not (rivers, streets,
counties), and they count as not placed.
"""

import sys
from collections.abc import Iterable, Mapping
from math import asin, cos, radians, sin, sqrt

import polars as pl

from bench.corpus import corpus_folder, extract_mentions, load_documents
from etl.extract.mentions import Mention
from etl.reference import load_places

Position = tuple[float, float]

NEAR_KM = 161.0
EARTH_KM = 6371.0
LABELS = "gold_geo_spans_dev.parquet"


def distance_km(one: Position, other: Position) -> float:
    """Great-circle distance of two positions (latitude, longitude) in degrees."""
    (lat, lon), (lat2, lon2) = ((radians(x), radians(y)) for x, y in (one, other))
    half = sin((lat2 - lat) / 2) ** 2 + cos(lat) * cos(lat2) * sin((lon2 - lon) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(1.0, half)))


def load_labels() -> list[tuple[str, str, Position]]:
    """Document, words and position of each label that has one."""
    labels = pl.read_parquet(corpus_folder() / "gold" / LABELS).drop_nulls(["lat", "lon"])
    texts = dict(load_documents().select("delivery_id", "text").iter_rows())
    return [
        (doc, texts[doc][start:end], (lat, lon))
        for doc, start, end, lat, lon in labels.select(
            "doc", "start", "end", "lat", "lon"
        ).iter_rows()
        if doc in texts
    ]


def distances(
    labels: Iterable[tuple[str, str, Position]],
    mentions: Mapping[str, Iterable[Mention]],
    positions: Mapping[str, Position],
) -> tuple[int, int, list[float]]:
    """How many labels there are, how many are found, and the distances of those that are placed."""
    places: dict[tuple[str, str], Mention] = {}
    for doc, found in mentions.items():
        for mention in found:
            if mention.label == "PLACE":
                key = doc, mention.text
                if key not in places or places[key].place_id is None:
                    places[key] = mention
    counted, found_count, kilometres = 0, 0, []
    for doc, words, position in labels:
        counted += 1
        place = places.get((doc, words))
        found_count += place is not None
        if place is not None and place.place_id in positions:
            kilometres.append(distance_km(position, positions[place.place_id]))
    return counted, found_count, kilometres


def table() -> str:
    """Shares and the median distance of the development corpus, as a table in Markdown."""
    known = load_places().drop_nulls(["latitude", "longitude"])
    rows = known.select("place_id", "latitude", "longitude").iter_rows()
    positions = {place_id: (lat, lon) for place_id, lat, lon in rows}
    mentions = {doc: found for doc, (found, _) in extract_mentions().items()}
    counted, found, kilometres = distances(load_labels(), mentions, positions)
    near = sum(km <= NEAR_KM for km in kilometres)
    median = sorted(kilometres)[len(kilometres) // 2]
    return (
        "| labels | found | placed | placed within 161 km | of all labels | median km |\n"
        "|---|---|---|---|---|---|\n"
        f"| {counted:,} | {found / counted:.3f} | {len(kilometres) / counted:.3f} "
        f"| {near / len(kilometres):.3f} | {near / counted:.3f} | {median:.1f} |\n"
    )


if __name__ == "__main__":
    sys.stdout.write(table())
