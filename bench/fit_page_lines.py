"""Fit the model of a whole page's lines: ``python -m bench.fit_page_lines [--write]``.

What belongs here: labelling lines by the marked bodies of pages, the fit of
etl/reference/page_lines.csv by ridge-regularised logistic regression, and figures of pages that
the fit has not seen. What does not: the features and the model (etl/parse/line_features.py,
etl/parse/line_model.py).

The pages are the whole pages of tests/pages and those of the corpus (``DATELINE_CORPUS``). A line
is the article's where half of its shingles of four words stand in the marked body; lines weigh by
their words, pages alike. The fold of a page is a hash of its name, so that figures stay.
"""

import argparse
import sys
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bench.build_reference import write_csv
from bench.page_scores import words
from bench.whole_pages import WholePage, compare_bodies, load_whole_pages, shingles
from etl.parse.line_features import measure
from etl.parse.line_model import BIAS, FIRST, SECOND, second_look, weigh
from etl.parse.whole_page import page_lines

FOLDS = 5
RIDGE = 0.5
ROUNDS = 8
# Of a line's shingles half stand in the body; a line of fewer words stands there as a whole.
OWN_SHARE = 0.5
SHINGLE_WORDS = 4
MOST_WORDS = 80
# Pages written for the project are short, and one hand wrote them: they weigh less.
PAGE_WEIGHT, OWN_PAGE_WEIGHT = 100.0, 30.0
THRESHOLDS = (-1.0, -0.5, 0.0, 0.5)

Weights = dict[str, float]


@dataclass(frozen=True)
class Sample:
    """One page: its lines, their features, labels and weights."""

    page: WholePage
    texts: list[str]
    found: Mapping[str, Any]
    labels: Any
    weights: Any

    @property
    def fold(self) -> int:
        return zlib.crc32(self.page.name.encode()) % FOLDS


def label(texts: Sequence[str], body: str) -> list[float]:
    """1 for each line that stands in the body."""
    own = shingles(body).keys()
    lines = Counter(" ".join(words(line)) for line in body.split("\n"))
    return [float(_is_own(words(text), own, lines)) for text in texts]


def _is_own(found: list[str], own: Any, lines: Counter[str]) -> bool:
    if len(found) < SHINGLE_WORDS:
        return bool(found) and lines[" ".join(found)] > 0
    mine = [tuple(found[i : i + SHINGLE_WORDS]) for i in range(len(found) - SHINGLE_WORDS + 1)]
    return sum(one in own for one in mine) >= OWN_SHARE * len(mine)


def sample(page: WholePage) -> Sample:
    texts = [one.text for one in page_lines(page.text)]
    weight = np.array([min(MOST_WORDS, len(words(text))) ** 0.7 + 0.3 for text in texts])
    return Sample(
        page,
        texts,
        measure(texts),
        np.array(label(texts, page.body)),
        (OWN_PAGE_WEIGHT if is_own_page(page) else PAGE_WEIGHT) * weight / weight.sum(),
    )


def is_own_page(page: WholePage) -> bool:
    """Whether a page was written for the project."""
    return "/" in page.name


def fit(found: Sequence[Mapping[str, Any]], samples: Sequence[Sample]) -> Weights:
    """Newton's method on the ridge-regularised log loss, features made of one scale meanwhile."""
    names = list(found[0])
    x = np.vstack([np.column_stack([one[name] for name in names]) for one in found])
    y = np.concatenate([one.labels for one in samples])
    weight = np.concatenate([one.weights for one in samples])
    centre = np.average(x, axis=0, weights=weight)
    scale = np.sqrt(np.average((x - centre) ** 2, axis=0, weights=weight)) + 1e-6
    z = np.hstack([np.ones((len(x), 1)), (x - centre) / scale])
    ridge = np.eye(z.shape[1]) * RIDGE
    ridge[0, 0] = 1e-6
    beta = np.zeros(z.shape[1])
    for _ in range(ROUNDS):
        p = 1 / (1 + np.exp(-np.clip(z @ beta, -30, 30)))
        gradient = z.T @ (weight * (p - y)) + ridge @ beta
        hessian = (z * (weight * p * (1 - p))[:, None]).T @ z + ridge
        beta = beta - np.linalg.solve(hessian, gradient)
    slopes = beta[1:] / scale
    bias = float(beta[0] - (slopes * centre).sum())
    return {BIAS: bias, **dict(zip(names, map(float, slopes), strict=True))}


def fit_both(samples: Sequence[Sample]) -> tuple[Weights, Weights]:
    """The weights of both passes; the second learns from first scores of pages left out."""
    first = fit([one.found for one in samples], samples)
    left_out = dict(_held_out([one.found for one in samples], samples))
    both = [one.found | second_look(left_out[one.page.name], one.texts) for one in samples]
    return first, fit(both, samples)


def held_out(samples: Sequence[Sample]) -> dict[str, Any]:
    """The scores of each page's lines by weights fitted without it, of both passes."""
    first = dict(_held_out([one.found for one in samples], samples))
    both = [one.found | second_look(first[one.page.name], one.texts) for one in samples]
    return dict(_held_out(both, samples))


def _held_out(
    found: Sequence[Mapping[str, Any]], samples: Sequence[Sample]
) -> Iterator[tuple[str, Any]]:
    for held in range(FOLDS):
        pairs = list(zip(found, samples, strict=True))
        kept = [(one, s) for one, s in pairs if s.fold != held]
        by = fit([one for one, _ in kept], [s for _, s in kept])
        yield from ((s.page.name, weigh(one, by)) for one, s in pairs if s.fold == held)


def describe(threshold: float, samples: Sequence[Sample], scores: Mapping[str, Any]) -> str:
    """Precision and recall of bodies, mean over the pages of the corpus and over our own."""
    parts = []
    for name, is_own in (("corpus", False), ("own pages", True)):
        overlaps = [
            compare_bodies(_kept(one, scores[one.page.name] > threshold), one.page.body)
            for one in samples
            if is_own == is_own_page(one.page)
        ]
        count = max(1, len(overlaps))
        precision = sum(one.precision for one in overlaps if one.found) / count
        recall = sum(one.recall for one in overlaps) / count
        f1 = 2 * precision * recall / (precision + recall)
        parts.append(f"{name} P {precision:.3f} R {recall:.3f} F1 {f1:.3f}")
    return "; ".join(parts)


def _kept(one: Sample, is_own: Any) -> str:
    return "\n".join(text for text, own in zip(one.texts, is_own, strict=True) if own)


def rows(first: Weights, second: Weights) -> list[tuple[str, str, str]]:
    return [
        (stage, name, f"{value:.4f}")
        for stage, found in ((FIRST, first), (SECOND, second))
        for name, value in found.items()
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--write", action="store_true", help="write page_lines.csv")
    arguments = parser.parse_args()
    samples = [sample(page) for page in load_whole_pages()]
    sys.stdout.write(f"{len(samples)} pages, {sum(len(s.texts) for s in samples)} lines\n")
    if arguments.write:
        write_csv("page_lines.csv", ["stage", "feature", "weight"], rows(*fit_both(samples)))
        return
    scores = held_out(samples)
    for threshold in THRESHOLDS:
        sys.stdout.write(f"over {threshold:4.1f}: {describe(threshold, samples, scores)}\n")


if __name__ == "__main__":
    main()
