"""Accuracy and speed of an entity model: ``python -m bench.entities [--model FOLDER_OR_PACKAGE]``.

What belongs here: exact-span precision, recall and F per label on evaluation sets, of the model
alone and of the whole extraction with it (rules, tables, coreference), side by side; words per
second and load time on one core. What does not: training, and countries (bench/accuracy.py).

``--set`` takes any JSONL file of rows with text and spans ([start, end, label], half-open
characters); the default is the two sets of training/evaluation. Speed is measured on files of
the development corpus where ``DATELINE_CORPUS`` has it, else on the evaluation texts.
"""

import argparse
import sys
import time
from pathlib import Path
from typing import Any

from bench.corpus import corpus_folder
from etl.extract import Extractor, build_extractor
from etl.extract.model import SHIPPED_MODEL
from training.evaluate import EVALUATION, Scores, format_scores, predict, read_rows, score
from training.passages import LABELS, Passage, Span

LEAST_WORDS = 60_000


def predict_whole(extractor: Extractor, gold: list[Passage]) -> list[Passage]:
    """Each text with the spans of its mentions, as the extraction finds them in an English body."""
    rows = [{"title": None, "dateline": None, "body": p.text, "language_code": "en"} for p in gold]
    return [
        Passage(p.text, tuple(Span(m.start, m.end, m.label) for m in mentions))
        for p, mentions in zip(gold, extractor.find_mentions(rows), strict=True)
    ]


def score_both(extractor: Extractor, sets: dict[str, list[Passage]]) -> dict[str, Scores]:
    """Scores by set and by what made the spans: ``name model``, ``name whole``."""
    scores: dict[str, Scores] = {}
    for name, gold in sets.items():
        scores[f"{name} model"] = score(gold, predict(extractor.model, gold), LABELS)
        scores[f"{name} whole"] = score(gold, predict_whole(extractor, gold), LABELS)
    return scores


def speed_texts(sets: dict[str, list[Passage]]) -> list[str]:
    """Some ``LEAST_WORDS`` words of running news; every text without leading space."""
    texts = corpus_texts() or [p.text for passages in sets.values() for p in passages]
    words = sum(len(text.split()) for text in texts)
    return texts * (1 + LEAST_WORDS // max(1, words))


def corpus_texts(count: int = 400) -> list[str]:
    """Raw files of the development corpus as they are; none where it is absent."""
    folder = corpus_folder() / "in"
    files = sorted(folder.glob("*.txt"))[:count]
    return [path.read_text(encoding="utf-8", errors="replace").strip() for path in files]


def words_per_second(model: Any, texts: list[str], *, times: int = 3) -> float:
    """Best of some runs, in CPU time of this thread's core; the tokeniser's cache is warm."""
    words = sum(len(text.split()) for text in texts)
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        for _ in model.pipe(texts):
            pass
        best = min(best, time.process_time() - start)
    return words / best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default=str(SHIPPED_MODEL))
    parser.add_argument("--set", type=Path, action="append", dest="paths")
    options = parser.parse_args()
    start = time.perf_counter()
    extractor = build_extractor(model_path=options.model)
    loading = time.perf_counter() - start
    paths = options.paths or sorted(EVALUATION.glob("*.jsonl"))
    sets = {path.stem: read_rows(path) for path in paths}
    scores = score_both(extractor, sets)
    speed = words_per_second(extractor.model, speed_texts(sets))
    print(format_scores(scores))  # noqa: T201
    print(f"load {loading:.2f} s (spaCy and tables), model {speed:,.0f} words/s")  # noqa: T201
    sys.stdout.flush()


if __name__ == "__main__":
    main()
