"""The mentions of the labelled articles, each with what is known of it and whether it is right.

What belongs here: reading the labelled articles and judging what is found in them. What does not:
what is made of it (bench/calibration.py), and scores by set (bench/labelled_sets.py).

Fitted on are Wikinews as GUM has it (its annotations, and for what these lack the labels of
gum_mention_labels.csv), the feed items, and of places and groups, of which those have few, the
project's own passages. The articles of 40 countries, whose licence is not known, only measure.
"""

import csv
import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from bench.corpus import corpus_folder, load_articles
from bench.feeds import load_spans
from bench.labelled_sets import (
    evaluation_passages,
    loose_name,
    marked_names,
    text_row,
    worldwide_file,
)
from etl.extract import Extractor
from etl.extract.article import ArticleState
from etl.extract.calibration import features, is_calibrated, read_known
from etl.extract.golden import load_passages
from etl.extract.mentions import Mention
from etl.extract.passes import PASSES, run_passes

GUM_LABELS = Path(__file__).with_name("gum_mention_labels.csv")
OWN_PASSAGES_OF = ("PLACE", "NORP")
FOLDS = 10
Key = tuple[Any, ...]
Marked = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Judged:
    """One mention of a labelled article: what is known of it, and whether it is marked just so.

    All mentions of an article are of one ``fold``.
    """

    fold: int
    label: str
    method: str
    features: frozenset[str]
    is_calibrated: bool
    score: float
    is_right: bool


Scored = list[tuple[Judged, float]]
Verdict = Callable[[Mention], bool | None]


def fitted_mentions(extractor: Extractor) -> list[Judged]:
    """The mentions that the table is fitted on, before any is dropped for its score."""
    own = (one for one in _of_passages(extractor) if one.label in OWN_PASSAGES_OF)
    found = [*_of_wikinews(extractor), *_of_feeds(extractor), *own]
    return [one for one in found if one.is_calibrated]


def measured_mentions(extractor: Extractor) -> list[Judged]:
    """Those of the articles of 40 countries, which nothing is fitted on."""
    return list(_of_worldwide(extractor))


def _of_worldwide(extractor: Extractor) -> Iterator[Judged]:
    table = pl.read_parquet(worldwide_file())
    articles = extractor.read(text_row(body=text) for text in table["text"])
    for article, doc, spans in zip(articles, table["doc"], table["spans"].to_list(), strict=True):
        verdict = _each_once(Counter(marked_names(spans)), lambda m: (loose_name(m.text), m.label))
        yield from _judged(article, _fold(doc), verdict)


def _of_feeds(extractor: Extractor) -> Iterator[Judged]:
    rows = {row["doc"]: row for row in load_articles().to_dicts()}
    gold = load_spans(rows)
    for article, doc in zip(extractor.read(rows[doc] for doc in gold), gold, strict=True):
        yield from _judged(article, _fold(doc), _each_once(Counter(gold[doc]), _span))


def _of_passages(extractor: Extractor) -> Iterator[Judged]:
    golden, others = load_passages(), evaluation_passages()
    rows = [text_row(**p.texts) for p in golden] + [text_row(body=p.text) for p in others]
    spans: list[Counter[Key]] = [Counter(list(passage.spans)) for passage in golden]
    spans += [Counter(("body", s.start, s.end, s.label) for s in p.spans) for p in others]
    for number, (article, wanted) in enumerate(zip(extractor.read(rows), spans, strict=True)):
        yield from _judged(article, number % FOLDS, _each_once(wanted, _span))


def _of_wikinews(extractor: Extractor) -> Iterator[Judged]:
    """A name that neither GUM nor the labels beside it have is left out: nobody has looked at it.

    GUM has titles in its spans of persons: a name that ends where one of these does is right.
    """
    texts = _wikinews()
    looked_at = _gum_labels()
    articles = extractor.read(text_row(body=text) for text, _ in texts.values())
    for article, (doc, (_, spans)) in zip(articles, texts.items(), strict=True):
        yield from _judged(article, _fold(doc), _in_wikinews(doc, spans, looked_at))


def _in_wikinews(
    doc: str, spans: set[Marked], looked_at: dict[tuple[str, int, int, str], bool]
) -> Verdict:
    persons = {end for _, end, label in spans if label == "PERSON"}

    def verdict(mention: Mention) -> bool | None:
        place = mention.start, mention.end, mention.label
        is_person = mention.label == "PERSON" and mention.end in persons
        return place in spans or is_person or looked_at.get((doc, *place))

    return verdict


def _wikinews() -> dict[str, tuple[str, set[Marked]]]:
    """By document its text, a line a sentence, and the spans marked in it."""
    found: dict[str, tuple[str, set[Marked]]] = {}
    path = corpus_folder().parent / "ner" / "gum_news_interview.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        sentence = json.loads(line)
        text, spans = found.setdefault(sentence["doc"], ("", set()))
        starts = []
        for token, is_spaced in zip(sentence["tokens"], sentence["space_after"], strict=True):
            starts.append(len(text))
            text += token + " " * is_spaced
        ends = [start + len(t) for start, t in zip(starts, sentence["tokens"], strict=True)]
        spans |= {(starts[s["start"]], ends[s["end"] - 1], s["label"]) for s in sentence["spans"]}
        found[sentence["doc"]] = text.rstrip() + "\n", spans
    return found


def _gum_labels() -> dict[tuple[str, int, int, str], bool]:
    with GUM_LABELS.open(encoding="utf-8", newline="") as file:
        return {
            (row["doc"], int(row["start"]), int(row["end"]), row["label"]): row["is_right"]
            == "true"
            for row in csv.DictReader(file)
        }


def _fold(doc: str) -> int:
    return hashlib.sha256(doc.encode()).digest()[0] % FOLDS


def _span(mention: Mention) -> Key:
    return mention.field, mention.start, mention.end, mention.label


def _each_once(wanted: Counter[Key], key: Callable[[Mention], Key]) -> Verdict:
    """Right where one so marked is left that no mention before has taken."""

    def verdict(mention: Mention) -> bool:
        is_right = wanted[key(mention)] > 0
        wanted[key(mention)] -= is_right
        return is_right

    return verdict


def _judged(article: ArticleState, fold: int, verdict: Verdict) -> Iterator[Judged]:
    """Each mention that there is a verdict on."""
    run_passes(article, (step for step in PASSES if step.name != "calibrated_scores"))
    known = read_known(article)
    for mention in article.mentions:
        is_right = verdict(mention)
        if is_right is None:
            continue
        told = frozenset(features(mention, article, known))
        label, method, is_fitted = mention.label, mention.method, is_calibrated(mention)
        yield Judged(fold, label, method, told, is_fitted, mention.score, is_right)
