"""How the time of every stage grows with the length of a text, shape by shape.

    python -m bench.faults.linear [--chars 20000] [--stage NAME ...] [--shape NAME ...]

What belongs here: each stage on texts of one, two and four times that length; seconds of
processor time per megabyte, and the exponent of growth: 1 is linear, 2 quadratic. What does
not: the shapes (shapes.py).

A stage sees a text where it hurts most: as a whole page, as body, as title, as stamp. Texts
that take less than SHORTEST_SECONDS tell nothing of growth. Ends with 1 where a stage is worse
than linear.
"""

import argparse
import math
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

import polars as pl

from bench.faults.shapes import SHAPES, text_of
from etl import schema
from etl.dates.stage import build_articles
from etl.decode import decode
from etl.extract.model import find_entities
from etl.extract.pipeline import Extractor, build_extractor
from etl.parse import judge, parse_page
from etl.parse.language import choose_language
from etl.parse.markup import not_text, without_markup
from etl.sources import attribute_sources, find_unmapped, load_registry

NIGHT = date(2024, 2, 1)
LEAD = (
    " date 2024-01-19 PORT LYRE, France (AP) — The harbour master said on Thursday that the quay"
    " was closed.\n\n"
)
SHORTEST_SECONDS = 0.1
MOST_EXPONENT = 1.5

Work = Callable[[], object]


def _row(**written: object) -> pl.DataFrame:
    """One parsed article, dated by its header."""
    blank: dict[str, object] = dict.fromkeys(schema.PARSED_ARTICLES.column_names)
    known = {"delivery_id": "d", "file_name": "f", "header_date": "2024-01-19", "body": "France"}
    more = {"stamps": [], "language_code": "en", "word_count": 1, "ingested_on": NIGHT}
    return schema.PARSED_ARTICLES.frame([{**blank, **known, **more, **written}])


@cache
def extractor() -> Extractor:
    """With the model that is shipped."""
    return build_extractor()


def _dates(text: str, field: str) -> Work:
    row, work = (
        _row(**{field: [text] if field == "stamps" else text}),
        build_articles(derived_by=""),
    )
    return lambda: work(row)


def _sources(text: str, *fields: str) -> Work:
    registry = load_registry()
    articles = _dated(text, *fields).rename({"url": "given_url"})

    def work() -> None:
        attribute_sources(articles, registry, derived_by="")
        find_unmapped(articles, registry)

    return work


def _rules(text: str, field: str) -> Work:
    rules, articles = replace(extractor(), model=None), _dated(text, field)
    return lambda: rules.extract(articles)


def _dated(text: str, *fields: str) -> pl.DataFrame:
    return build_articles(derived_by="")(_row(**dict.fromkeys(fields, text)))["articles"]


def _model(text: str) -> Work:
    return lambda: list(find_entities(extractor().model, [("body", text, text)]))


STAGES: dict[str, Callable[[str], Work]] = {
    "decode": lambda text: lambda: decode(text.encode("utf-8", "replace")),
    "decode Windows-1252": lambda text: lambda: decode(text.encode("cp1252", "replace")),
    "markup": lambda text: lambda: (not_text(text), without_markup(text)),
    "parse": lambda text: lambda: judge(parse_page(LEAD + text)),
    "parse without header": lambda text: lambda: judge(parse_page(text)),
    "parse with title": lambda text: lambda: judge(parse_page(text, given_title="A title")),
    "language": lambda text: lambda: choose_language(given=None, title=None, body=text),
    "dates in body": lambda text: _dates(text, "body"),
    "dates in stamp": lambda text: _dates(text, "stamps"),
    "dates in title": lambda text: _dates(text, "title"),
    "sources in body": lambda text: _sources(text, "body"),
    "sources around": lambda text: _sources(text, "title", "byline", "dateline", "trailer"),
    "rules in body": lambda text: _rules(text, "body"),
    "rules in title": lambda text: _rules(text, "title"),
    "model": _model,
}


@dataclass(frozen=True)
class Growth:
    """Seconds of processor time of one stage on one shape, by the length of the text."""

    stage: str
    shape: str
    seconds: dict[int, float]

    @property
    def seconds_per_megabyte(self) -> float:
        chars = max(self.seconds)
        return self.seconds[chars] / chars * 1e6

    @property
    def exponent(self) -> float:
        """Of the longest text over the shortest; 1 where it is too fast to tell."""
        first, last = min(self.seconds), max(self.seconds)
        if self.seconds[last] < SHORTEST_SECONDS:
            return 1.0
        shortest = max(self.seconds[first], 1e-4)
        return math.log(self.seconds[last] / shortest) / math.log(last / first)

    @property
    def is_linear(self) -> bool:
        return self.exponent <= MOST_EXPONENT


def measure(stage: str, shape: str, chars: Iterable[int]) -> Growth:
    """A stage on texts of one shape; each is read three times, and the fastest counts.

    A short text comes first: it loads what is loaded late.
    """
    STAGES[stage](text_of(shape, 200))()
    return Growth(stage, shape, {n: _seconds(STAGES[stage](text_of(shape, n))) for n in chars})


def _seconds(work: Work) -> float:
    def once() -> float:
        start = time.process_time()
        work()
        return time.process_time() - start

    first = once()
    return first if first > 1 else min(first, once(), once())


def measure_all(stages: Iterable[str], shapes: Iterable[str], chars: int) -> Iterator[Growth]:
    """Each stage on each shape."""
    for stage in stages:
        for shape in shapes:
            yield measure(stage, shape, (chars, 2 * chars, 4 * chars))


def main(arguments: list[str]) -> int:
    """Print a line for each stage and shape; whether all are linear."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chars", type=int, default=20_000)
    parser.add_argument("--stage", nargs="*", default=list(STAGES), choices=list(STAGES))
    parser.add_argument("--shape", nargs="*", default=list(SHAPES), choices=list(SHAPES))
    chosen = parser.parse_args(arguments)
    worse = 0
    for growth in measure_all(chosen.stage, chosen.shape, chosen.chars):
        worse += not growth.is_linear
        sys.stdout.write(
            f"{growth.stage:22}{growth.shape:32}{growth.seconds_per_megabyte:8.2f} s/MB"
            f"   exponent {growth.exponent:.2f}"
            f"{'' if growth.is_linear else '   WORSE THAN LINEAR'}\n"
        )
        sys.stdout.flush()
    sys.stdout.write(f"{worse} worse than linear\n")
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
