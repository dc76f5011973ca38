"""The golden set: short passages whose names and countries are known, and their score.

What belongs here: reading etl/reference/golden/passages.jsonl, and precision, recall and F1
of an extractor on it, so that a change of code, model or tables is seen before its rows are
published. What does not: writing the scores (bench/golden.py) and the labelled corpus.

In a passage every name is marked where it stands: ``[Nairobi|PLACE|KE]``; the country is
there where the name is evidence of it. ``focus`` is the country the passage is about first,
empty where it names none.
"""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from etl.errors import ReferenceDataError
from etl.extract.article import FIELDS
from etl.extract.countries import group_mentions, rank_countries
from etl.extract.mentions import Mention
from etl.extract.pipeline import Extractor
from etl.schema import LABELS

FOLDER = Path(__file__).resolve().parent.parent / "reference" / "golden"
PASSAGES = FOLDER / "passages.jsonl"
SCORES = FOLDER / "scores.json"
MARK = re.compile(r"\[([^\[\]|]+)\|([A-Z]+)(?:\|([A-Z]{2}))?\]")
DIGITS = 4
# Another processor may round the model's sums otherwise and flip a span.
TOLERANCE = 0.01

Span = tuple[str, int, int, str]


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage: plain ``texts`` by field; ``spans`` are (field, start, end, label),
    half-open in characters, each with its country or None."""

    trap: str
    texts: dict[str, str]
    spans: dict[Span, str | None]
    focus: str | None

    @property
    def countries(self) -> set[str]:
        return {code for code in self.spans.values() if code is not None}


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1, each in [0, 1]."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class GoldenScores:
    """Spans by label (exact offsets and label), countries per passage, and the share of
    passages whose first country is the right one, or that rightly have none."""

    labels: dict[str, Score]
    countries: Score
    focus: float

    def figures(self) -> dict[str, float]:
        """Every figure by name: "PERSON f1", "countries recall", "focus"."""
        groups = {**self.labels, "countries": self.countries}
        figures = {
            f"{name} {part}": getattr(score, part)
            for name, score in groups.items()
            for part in ("precision", "recall", "f1")
        }
        return {**figures, "focus": self.focus}


@cache
def load_passages() -> tuple[Passage, ...]:
    """The golden set, in the order of the file.

    Raises:
        ReferenceDataError: the file is missing, or a line is no passage.
    """
    try:
        lines = PASSAGES.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise ReferenceDataError(f"golden set {PASSAGES} cannot be read: {error}") from error
    return tuple(_passage(number, line) for number, line in enumerate(lines, 1))


def _passage(number: int, line: str) -> Passage:
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        raise ReferenceDataError(f"{PASSAGES.name}, line {number}: not JSON: {error}") from error
    texts: dict[str, str] = {}
    spans: dict[Span, str | None] = {}
    for field in FIELDS:
        if field in record:
            texts[field], found = read_marks(record[field])
            spans |= {(field, start, end, label): code for start, end, label, code in found}
    unknown = {label for *_, label in spans} - set(LABELS)
    if unknown or "body" not in texts:
        raise ReferenceDataError(f"{PASSAGES.name}, line {number}: no body or labels {unknown}")
    return Passage(record["trap"], texts, spans, record["focus"] or None)


def read_marks(marked: str) -> tuple[str, list[tuple[int, int, str, str | None]]]:
    """The plain text, and (start, end, label, country) of each mark in it."""
    plain, spans, last, length = [], [], 0, 0
    for mark in MARK.finditer(marked):
        before = marked[last : mark.start()]
        start = length + len(before)
        length = start + len(mark.group(1))
        plain += [before, mark.group(1)]
        spans.append((start, length, mark.group(2), mark.group(3)))
        last = mark.end()
    return "".join([*plain, marked[last:]]), spans


def score(extractor: Extractor) -> GoldenScores:
    """Score an extractor on the golden set, as it would treat English articles."""
    passages = load_passages()
    rows = [{"title": None, "dateline": None, **p.texts, "language_code": "en"} for p in passages]
    return score_mentions(passages, list(extractor.find_mentions(rows)))


def score_mentions(passages: Iterable[Passage], found: list[list[Mention]]) -> GoldenScores:
    """Score the mentions of each passage, in the same order."""
    pairs = list(zip(passages, found, strict=True))

    def of_label(label: str) -> Score:
        return _micro(
            pairs,
            lambda p: {span for span in p.spans if span[3] == label},
            lambda ms: {(m.field, m.start, m.end, m.label) for m in ms if m.label == label},
        )

    right = sum(_first(p, mentions) == p.focus for p, mentions in pairs)
    return GoldenScores(
        labels={label: of_label(label) for label in LABELS},
        countries=_micro(pairs, lambda p: p.countries, lambda ms: set(group_mentions(ms))),
        focus=round(right / len(pairs), DIGITS),
    )


def _micro(
    pairs: list[tuple[Passage, list[Mention]]],
    gold: Callable[[Passage], set[Any]],
    found: Callable[[list[Mention]], set[Any]],
) -> Score:
    right = sum(len(gold(p) & found(mentions)) for p, mentions in pairs)
    wanted = sum(len(gold(p)) for p, _ in pairs)
    given = sum(len(found(mentions)) for _, mentions in pairs)
    precision, recall = right / max(1, given), right / max(1, wanted)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return Score(round(precision, DIGITS), round(recall, DIGITS), round(f1, DIGITS))


def _first(passage: Passage, mentions: list[Mention]) -> str | None:
    ranked = rank_countries(mentions, chars=len(passage.texts["body"]))
    return ranked[0].country_code if ranked else None


def committed_scores() -> dict[str, float]:
    """The figures stored with the code (scores.json).

    Raises:
        ReferenceDataError: the file is missing or is not JSON.
    """
    try:
        figures: dict[str, float] = json.loads(SCORES.read_text(encoding="utf-8"))
    except (OSError, json.JSONDecodeError) as error:
        raise ReferenceDataError(f"golden scores {SCORES} cannot be read: {error}") from error
    return figures


def find_drops(before: dict[str, float], after: dict[str, float]) -> dict[str, tuple[float, float]]:
    """The F1 figures, and focus, that fell by more than ``TOLERANCE``: (before, after) by name.

    Precision and recall may trade against each other; a missing figure counts as 0.
    """
    watched = [name for name in before if name.endswith(" f1") or name == "focus"]
    return {
        name: (before[name], after.get(name, 0.0))
        for name in watched
        if after.get(name, 0.0) < before[name] - TOLERANCE
    }
