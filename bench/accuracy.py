"""Accuracy of the countries on the development corpus: ``python -m bench.accuracy``.

What belongs here: precision, recall and F1 of countries, focus top-1, and documents per
second on one core, against the labels in ``DATELINE_CORPUS``. What does not: the peers that
a user might pick instead, and entity spans.

Every labelled document counts, also one that an earlier stage rejected: it has no countries.
"""

import sys
import time
from collections.abc import Callable
from typing import Any

import polars as pl

from bench.corpus import geo_gold, load_articles, reuters_gold
from etl.extract import build_extractor

Found = dict[str, set[str]]


def score(gold: Found, found: Found) -> tuple[float, float, float]:
    """Micro-averaged precision, recall and F1 over (document, country) pairs."""
    right = sum(len(codes & found.get(doc, set())) for doc, codes in gold.items())
    given = sum(len(found.get(doc, set())) for doc in gold)
    wanted = sum(len(codes) for codes in gold.values())
    precision, recall = right / max(1, given), right / max(1, wanted)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def collect(countries: pl.DataFrame) -> Found:
    grouped = countries.group_by("delivery_id").agg("country_code")
    return {doc: set(codes) for doc, codes in grouped.iter_rows()}


def top_one(countries: pl.DataFrame, is_right: Callable[[str, str], bool], docs: int) -> float:
    """Share of ``docs`` whose first country ``is_right``."""
    first = countries.filter(pl.col("rank") == 1).select("delivery_id", "country_code")
    return sum(is_right(doc, code) for doc, code in first.iter_rows()) / docs


def timed(action: Callable[[], object], *, times: int = 3) -> float:
    """Best of some runs, in seconds."""
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        action()
        best = min(best, time.perf_counter() - start)
    return best


def plain_tokenisation(articles: pl.DataFrame) -> None:
    """A blank spaCy tokeniser with its cache warm: the yardstick of speed."""
    import spacy

    tokenizer: Any = spacy.blank("en").tokenizer
    tokenizer.max_cache_size = 1_000_000
    for body in articles["body"]:
        tokenizer(body.lstrip())


def main() -> None:
    start = time.perf_counter()
    extractor = build_extractor()
    built = time.perf_counter() - start
    articles = load_articles()
    countries = extractor.extract(articles).article_countries
    wire, geo = reuters_gold(), geo_gold()
    everything, focus = collect(countries), collect(countries.filter(pl.col("is_focus")))
    write = sys.stdout.write
    write("set                           P      R      F1\n")
    for name, gold, found in (
        ("reuters, countries in focus", wire, focus),
        ("reuters, every country", wire, everything),
        ("lgl, every country", geo.countries, everything),
    ):
        write("{:27} {:.3f}  {:.3f}  {:.3f}\n".format(name, *score(gold, found)))
    in_wire = top_one(countries, lambda doc, code: code in wire.get(doc, ()), len(wire))
    in_geo = top_one(countries, lambda doc, code: code == geo.focus.get(doc), len(geo.focus))
    write(f"focus top-1: reuters {in_wire:.3f}, lgl {in_geo:.3f}\n")
    words = int(articles["word_count"].sum())
    seconds = timed(lambda: extractor.extract(articles))
    tokens = timed(lambda: plain_tokenisation(articles))
    write(
        f"built in {built:.2f} s; {len(articles) / seconds:.0f} documents/s, "
        f"{words / seconds:.0f} words/s; {seconds / tokens:.2f} times plain tokenisation\n"
    )


if __name__ == "__main__":
    main()
