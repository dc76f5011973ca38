"""Speed of extraction on one core, over the development corpus: ``make bench-speed``.

What belongs here: processor time of the country step and of the whole extraction, beside plain
spaCy tokenisation of the same texts in the same run, and writing docs/speed.md. What does not:
accuracy (bench/accuracy.py), and whole nights.

Processor time, best of some runs: what other programs do on the machine counts less, but not
nothing, since they share its caches and memory. The multiple of plain tokenisation is steadier.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PAGE = Path(__file__).resolve().parent.parent / "docs" / "speed.md"
RUNS = 5
STEP_TARGET = 500
WHOLE_TARGET = 30_000


@dataclass(frozen=True, kw_only=True)
class Speed:
    """Documents, words (runs of non-space in title, dateline, body), seconds of processor time."""

    documents: int
    words: int
    tokenisation: float
    country_step: float
    whole: float

    def rows(self) -> list[tuple[str, float, float, float]]:
        """(what, documents/s, words/s, multiple of plain tokenisation) of each part."""
        parts = {
            "plain spaCy tokenisation": self.tokenisation,
            "country step: gazetteer, resolution, ranking": self.country_step,
            "whole extraction, with the shipped model": self.whole,
        }
        return [
            (name, self.documents / s, self.words / s, s / self.tokenisation)
            for name, s in parts.items()
        ]


def timed(action: Callable[[], object], *, times: int = RUNS) -> float:
    """Best of some runs, in seconds of processor time."""
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        action()
        best = min(best, time.process_time() - start)
    return best


def plain_tokenisation(texts: list[str]) -> Callable[[], None]:
    """What to time as the yardstick: a blank spaCy tokeniser, its cache warm after one run."""
    import spacy

    tokenizer: Any = spacy.blank("en").tokenizer
    tokenizer.max_cache_size = 1_000_000

    def tokenise() -> None:
        for text in texts:
            tokenizer(text.lstrip())

    return tokenise


def measure(*, documents: int | None = None, times: int = RUNS) -> Speed:
    """All of it over the articles of the corpus; every cache is warmed by one run before.

    ``documents``: only so many articles, spread over the corpus. The best of ``times`` runs counts.
    """
    from bench.corpus import load_articles
    from etl.extract import Extractor, build_extractor
    from etl.extract.article import FIELDS

    articles = load_articles()
    if documents and documents < len(articles):
        articles = articles.gather_every(len(articles) // documents).head(documents)
    texts = [text for row in articles.select(FIELDS).iter_rows() for text in row if text]
    extractor = build_extractor()
    rules = Extractor(extractor.gazetteer, None, "")
    tokenise = plain_tokenisation(texts)
    for warm in (tokenise, lambda: rules.extract(articles), lambda: extractor.extract(articles)):
        warm()
    return Speed(
        documents=len(articles),
        words=sum(len(text.split()) for text in texts),
        tokenisation=timed(tokenise, times=times),
        country_step=timed(lambda: rules.extract(articles), times=times),
        whole=timed(lambda: extractor.extract(articles), times=times),
    )


def page(speed: Speed) -> str:
    """docs/speed.md."""
    rows = [
        f"| {name} | {documents:,.0f} | {words:,.0f} | {multiple:.1f} |"
        for name, documents, words, multiple in speed.rows()
    ]
    return "\n".join(
        [
            "# Speed of extraction",
            "",
            "Written by `make bench-speed` (`python -m bench.speed --write`): processor time on",
            f"one core, best of {RUNS} runs after one that fills the caches, over the",
            f"{speed.documents:,} articles ({speed.words:,} words) of the development corpus.",
            "",
            "| part | documents/s | words/s | time, as a multiple of plain tokenisation |",
            "|---|---|---|---|",
            *rows,
            "",
            f"Wanted: {STEP_TARGET} documents/s of the country step, {WHOLE_TARGET:,} words/s of "
            "the whole.",
            "",
            "- The **country step** is the extraction without the model: names by rule, the",
            "  gazetteer, what each name means, countries, salience, and the tables' rows. The",
            "  naming of organisations is part of it; each field is cut into words once.",
            "- The articles are short, 160 words on average. A night uses all cores: see",
            "  `DATELINE_WORKERS` in the README.",
            "- Most of the whole is matrix products of the model. Its texts go through in",
            "  batches over many articles (`etl/extract/model.py`), and a word's vector is",
            "  computed once per batch (`etl/extract/embedding_reuse.py`); neither changes a row,",
            "  because BLIS computes each row alike in any batch",
            "  (tests/unit/test_extract_model.py). Names are decoded for a whole batch at once",
            "  (`etl/extract/greedy_decoding.py`), with the spans that spaCy finds word by word.",
            "- The rules cut their own words, the model its tokens. Tokenisation is so small a",
            "  part of the whole that one cut for both would win little.",
            "",
        ]
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--write", action="store_true", help="write docs/speed.md")
    arguments = parser.parse_args()
    speed = measure()
    for name, documents, words, multiple in speed.rows():
        sys.stdout.write(f"{name:48} {documents:8,.0f} documents/s {words:10,.0f} words/s ")
        sys.stdout.write(f"{multiple:6.1f} times tokenisation\n")
    if arguments.write:
        PAGE.write_text(page(speed), encoding="utf-8")


if __name__ == "__main__":
    for name in ("OMP_NUM_THREADS", "POLARS_MAX_THREADS"):
        os.environ.setdefault(name, "1")  # before polars and NumPy are imported
    main()
