"""Sets of articles by which the passes of extraction are measured, with their labels.

What belongs here: reading each set into articles before any pass, and scoring the mentions found
in them. What does not: running passes (bench/passes.py), and where the labels come from
(etl/reference/golden, training/evaluation, bench/corpus.py).

Figures are F1 in points (0 to 100). The golden passages, the evaluation sets and the foreign
pages of the sample are the project's own; the rest is scored where ``DATELINE_CORPUS`` has it.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from bench.corpus import corpus_folder, geo_gold, load_articles, read_documents, reuters_gold
from bench.feeds import prf, score_sets
from etl.extract import Extractor
from etl.extract.article import ArticleState
from etl.extract.countries import Country, group_mentions, rank_countries
from etl.extract.golden import load_passages
from etl.extract.mentions import Mention
from etl.parse import parse_documents
from training.evaluate import EVALUATION, read_rows
from training.passages import UNKNOWN, Passage

FOREIGN = Path(__file__).resolve().parent.parent / "data" / "sample" / "languages"
POINTS = 100
# As its tokens are joined: "Melbourne 's", and names with "the" before them.
_LOOSE = re.compile(r"\s+|[\"“”'’‘`]")
_THE = re.compile(r"^(?:the )|['’]s$", re.IGNORECASE)

Mentions = list[list[Mention]]
Figures = dict[str, float]
Span = tuple[int, str, int, int, str]


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """Articles before any pass, and the figures of the mentions found in each, in order."""

    articles: list[ArticleState]
    score: Callable[[Mentions], Figures]


def read_sets(extractor: Extractor) -> list[LabelledSet]:
    """Every set that is there."""
    own = [read_golden(extractor), read_evaluation(extractor), read_foreign(extractor)]
    return [*own, *read_corpus(extractor), *read_worldwide(extractor)]


def read_golden(extractor: Extractor) -> LabelledSet:
    """The golden passages: exact spans, and countries by passage."""
    passages = load_passages()
    rows = [text_row(**p.texts) for p in passages]
    spans = {(number, *span) for number, p in enumerate(passages) for span in p.spans}
    countries = {str(number): set(p.countries) for number, p in enumerate(passages)}

    def score(found: Mentions) -> Figures:
        codes = {str(number): set(group_mentions(ms)) for number, ms in enumerate(found)}
        return {
            "golden, entities": span_f1(spans, found),
            "golden, countries": POINTS * score_sets(countries, codes)[2],
        }

    return LabelledSet(list(extractor.read(rows)), score)


def read_evaluation(extractor: Extractor) -> LabelledSet:
    """Both sets of training/evaluation: exact spans."""
    passages = evaluation_passages()
    rows = [text_row(body=p.text) for p in passages]
    spans = {
        (number, "body", span.start, span.end, span.label)
        for number, p in enumerate(passages)
        for span in p.spans
    }
    return LabelledSet(
        list(extractor.read(rows)),
        lambda found: {"evaluation, entities": span_f1(spans, found)},
    )


def read_foreign(extractor: Extractor) -> LabelledSet:
    """The sample's articles in other languages, which have no labels."""
    articles, _, _ = parse_documents(read_documents(FOREIGN))
    return LabelledSet(list(extractor.read(articles.to_dicts())), lambda found: {})


def read_corpus(extractor: Extractor) -> Iterable[LabelledSet]:
    """The development corpus: what a piece of the wire is about, all countries of a local one."""
    if not (corpus_folder() / "gold").exists():
        return
    rows = load_articles().to_dicts()
    chars = {row["doc"]: len(row["body"] or "") for row in rows}

    def score(found: Mentions) -> Figures:
        ranked = {
            doc: rank_countries(mentions, chars=length)
            for (doc, length), mentions in zip(chars.items(), found, strict=True)
        }
        about = {doc: _codes(c for c in group if c.is_focus) for doc, group in ranked.items()}
        every = {doc: _codes(group) for doc, group in ranked.items()}
        return {
            "wire, about": POINTS * score_sets(reuters_gold(), about)[2],
            "local, every": POINTS * score_sets(geo_gold().countries, every)[2],
        }

    yield LabelledSet(list(extractor.read(rows)), score)


def read_worldwide(extractor: Extractor) -> Iterable[LabelledSet]:
    """Whole modern articles of 40 countries: names and labels, without offsets."""
    if not worldwide_file().exists():
        return
    table = pl.read_parquet(worldwide_file())
    wanted = [marked_names(spans) for spans in table["spans"].to_list()]

    def score(found: Mentions) -> Figures:
        given = [Counter((loose_name(m.text), m.label) for m in mentions) for mentions in found]
        right = sum((a & b).total() for a, b in zip(wanted, given, strict=True))
        totals = (sum(counts.total() for counts in side) for side in (given, wanted))
        return {"worldwide, entities": POINTS * prf(right, *totals)[2]}

    yield LabelledSet(list(extractor.read(text_row(body=text) for text in table["text"])), score)


def worldwide_file() -> Path:
    """Columns doc, text and spans (text and label each)."""
    return corpus_folder().parent / "worldwide" / "worldwide_dev.parquet"


def marked_names(spans: Iterable[Mapping[str, str]]) -> Counter[tuple[str, str]]:
    """How often an article has each name and label marked."""
    return Counter((loose_name(span["text"]), span["label"]) for span in spans)


def evaluation_passages() -> list[Passage]:
    """Those of both sets of training/evaluation."""
    return [p for path in sorted(EVALUATION.glob("*.jsonl")) for p in read_rows(path)]


def text_row(**texts: str) -> dict[str, Any]:
    """An English article as the extraction takes it, with these fields."""
    return {"title": None, "dateline": None, "body": None, **texts, "language_code": "en"}


def _codes(countries: Iterable[Country]) -> set[str]:
    return {country.country_code for country in countries}


def loose_name(name: str) -> str:
    """The name without spaces, quotes, "the" before it and "'s" behind it."""
    return _LOOSE.sub("", _THE.sub("", name.replace(" 's", "'s").replace(" ’s", "’s")))


def span_f1(spans: set[Span], found: Mentions) -> float:
    """F1 of exact spans with their label, in points.

    ``spans`` are (number of the text, field, start, end, label); a mention that touches one
    whose label nobody can tell is not counted.
    """
    known = {span for span in spans if span[4] != UNKNOWN}
    given = {
        (number, m.field, m.start, m.end, m.label)
        for number, mentions in enumerate(found)
        for m in mentions
    }
    given = {span for span in given if not any(_touch(span, other) for other in spans - known)}
    return POINTS * prf(len(known & given), len(given), len(known))[2]


def _touch(one: Span, other: Span) -> bool:
    return one[:2] == other[:2] and one[2] < other[3] and other[2] < one[3]
