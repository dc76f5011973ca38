"""Score a pipeline by exact spans: ``python -m training.evaluate DATA [--model FOLDER]``.

What belongs here: the evaluation sets and precision, recall and F of spans. What does not: speed
(bench.entities). A predicted span that touches an unknown one is not counted.

The sets: ``world_news`` (training/evaluation, written by hand for this project, from more than
100 countries), ``world_news_blind`` (a second one, whose errors nobody looked at), ``en_pud``
(Universal NER; no NORP), ``development`` (held-out blocks of the training corpora),
``held_out_templates`` (held-out sentences with held-out names).
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from etl.extract.model import SHIPPED_MODEL
from training.passages import LABELS, UNKNOWN, Passage, Span

EVALUATION = Path(__file__).resolve().parent / "evaluation"
TEMPLATES_SEED = 7
# Labels of the usual English models under ours, so that they can be compared.
OTHER_LABELS = {"PER": "PERSON", "GPE": "PLACE", "LOC": "PLACE", "FAC": "PLACE"}
Scores = dict[str, dict[str, float]]


def read_rows(path: Path) -> list[Passage]:
    """Rows of text and spans [start, end, label]; others of their values are passed over."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [Passage(row["text"], tuple(Span(*span) for span in row["spans"])) for row in rows]


def read_set(name: str) -> list[Passage]:
    """A set of training/evaluation."""
    return read_rows(EVALUATION / f"{name}.jsonl")


def predict(nlp: Any, passages: Sequence[Passage]) -> list[Passage]:
    """The same texts with the pipeline's spans under our labels."""
    docs = nlp.pipe(passage.text for passage in passages)
    return [Passage(p.text, tuple(_spans(doc))) for p, doc in zip(passages, docs, strict=True)]


def _spans(doc: Any) -> Iterable[Span]:
    for span in doc.ents:
        label = OTHER_LABELS.get(span.label_, span.label_)
        if label in LABELS:
            yield Span(span.start_char, span.end_char, label)


def score(gold: Sequence[Passage], found: Sequence[Passage], labels: Sequence[str]) -> Scores:
    """Precision, recall, F and number of gold spans per label, and for all labels together."""
    right: Counter[str] = Counter()
    given: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for truth, guess in zip(gold, found, strict=True):
        unknown = [span for span in truth.spans if span.label == UNKNOWN]
        expected = {span for span in truth.spans if span.label in labels}
        made = {s for s in guess.spans if s.label in labels and not _touches(s, unknown)}
        wanted.update(span.label for span in expected)
        given.update(span.label for span in made)
        right.update(span.label for span in expected & made)
    rows = {label: _row(right[label], given[label], wanted[label]) for label in labels}
    rows["all"] = _row(right.total(), given.total(), wanted.total())
    return rows


def _touches(span: Span, others: Iterable[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)


def _row(right: int, given: int, wanted: int) -> dict[str, float]:
    precision, recall = right / max(1, given), right / max(1, wanted)
    f = 2 * precision * recall / max(1e-9, precision + recall)
    return {"p": round(precision, 3), "r": round(recall, 3), "f": round(f, 3), "spans": wanted}


def evaluate_all(nlp: Any, data: Path | None) -> dict[str, Scores]:
    """Scores on every set; those of the open corpora only where ``data`` is given."""
    from training.readers import held_out_templates

    sets = {name: read_set(name) for name in ("world_news", "world_news_blind")}
    sets["held_out_templates"] = held_out_templates(TEMPLATES_SEED)
    if data is not None:
        from training.convert import read_blocks, read_pud
        from training.corpus import development_passages

        sets["en_pud"] = read_pud(data)
        sets["development"] = development_passages(read_blocks(data))
    return {name: score(gold, predict(nlp, gold), _labels(name)) for name, gold in sets.items()}


def _labels(name: str) -> tuple[str, ...]:
    """Labels that a set has: en_pud has no NORP."""
    return tuple(label for label in LABELS if name != "en_pud" or label != "NORP")


def format_scores(results: dict[str, Scores]) -> str:
    lines = [f"{'set':<24}{'label':<8}{'P':>7}{'R':>7}{'F':>7}{'spans':>7}"]
    for name, rows in results.items():
        lines += [
            f"{name:<24}{label:<8}{row['p']:>7.3f}{row['r']:>7.3f}{row['f']:>7.3f}{row['spans']:>7.0f}"
            for label, row in rows.items()
        ]
    return "\n".join(lines)


def main() -> None:
    import spacy

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", help="folder of the open corpora")
    parser.add_argument("--model", type=Path, default=SHIPPED_MODEL)
    options = parser.parse_args()
    print(format_scores(evaluate_all(spacy.load(options.model), options.data)))  # noqa: T201


if __name__ == "__main__":
    main()
