"""Accuracy and speed of an entity model: ``python -m bench.entities [--model FOLDER_OR_PACKAGE]``.

What belongs here: exact-span precision, recall and F per label on evaluation sets, words per
second and load time on one core. What does not: training.

``--pipeline`` scores what the whole extraction makes of the spans, instead of the model alone.

``--set`` takes any JSONL file of rows with text and spans ([start, end, label], half-open
characters); the default is the two sets of training/evaluation. Speed is measured on files of
the development corpus where ``DATELINE_CORPUS`` has it, else on the evaluation texts.
"""

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

from bench.corpus import corpus_folder
from etl.extract import build_extractor
from etl.extract.model import load_model
from training.evaluate import format_scores, predict, score
from training.package import MODEL
from training.passages import LABELS, Passage, Span

EVALUATION = Path(__file__).resolve().parent.parent / "training" / "evaluation"
LEAST_WORDS = 60_000


def read_rows(path: Path) -> list[Passage]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [Passage(row["text"], tuple(Span(*span) for span in row["spans"])) for row in rows]


def predict_whole(model: str, passages: list[Passage]) -> list[Passage]:
    """The same texts with the spans of the whole extraction."""
    extractor = build_extractor(model_path=model)
    texts = [{"title": None, "dateline": None, "body": p.text} for p in passages]
    found = extractor.find_mentions([{**text, "language_code": "en"} for text in texts])
    return [
        Passage(p.text, tuple(Span(m.start, m.end, m.label) for m in mentions))
        for p, mentions in zip(passages, found, strict=True)
    ]


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
    parser.add_argument("--model", default=str(MODEL))
    parser.add_argument("--set", type=Path, action="append", dest="paths")
    parser.add_argument("--pipeline", action="store_true", help="score the whole extraction")
    options = parser.parse_args()
    start = time.perf_counter()
    model = load_model(options.model)
    loading = time.perf_counter() - start
    paths = options.paths or sorted(EVALUATION.glob("*.jsonl"))
    sets = {path.stem: read_rows(path) for path in paths}
    scores = {
        name: score(
            gold,
            predict_whole(options.model, gold) if options.pipeline else predict(model, gold),
            LABELS,
        )
        for name, gold in sets.items()
    }
    if options.pipeline:
        print(format_scores(scores))  # noqa: T201
        return
    speed = words_per_second(model, speed_texts(sets))
    print(format_scores(scores))  # noqa: T201
    print(f"load {loading:.2f} s (with spaCy's import), {speed:,.0f} words/s")  # noqa: T201
    sys.stdout.flush()


if __name__ == "__main__":
    main()
