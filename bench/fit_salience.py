"""Fit the weights of salience: ``python -m bench.fit_salience --write``.

What belongs here: the fit of etl/reference/salience.csv on the development labels, by
ridge-regularised logistic regression with cross-validated figures. What does not: the
features themselves (etl/extract/countries.py). Needs numpy (it comes with spaCy); nothing of
it is needed at run time.

The weights are drawn towards the hand-set ones of ``PRIOR``: the wire of 1987 has no titles,
so its labels say nothing of them, and a weight that no label speaks for stays as set.
"""

import argparse
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np

from bench.build_reference import write_csv
from bench.corpus import extract_mentions, geo_gold, reuters_gold
from etl.extract.countries import features, group_mentions

PRIOR = {
    "bias": (-3.0, "Constant"),
    "count": (0.8, "log(1 + mentions that are evidence of the country)"),
    "share": (2.0, "Its share of the evidence mentions of all countries"),
    "leads": (0.5, "Its mentions over those of the country with most"),
    "dateline": (1.0, "1 where the dateline names it"),
    "dateline_only": (-0.5, "1 where the dateline names it and the body does not"),
    "title": (3.0, "1 where the title names it"),
    "title_other": (-0.8, "1 where the title names another country and not this one"),
    "lead": (1.0, "1 where the first 300 characters of the body name it"),
    "early": (0.5, "1 at the body's first character, 0 at its end or where it is not named"),
    "alone": (1.0, "1 where no other country is evidenced"),
    "crowd": (-0.3, "log of the number of countries evidenced"),
    "firm": (0.5, "Score of its best evidence"),
}
RIDGE = 3.0
FOLDS = 5
# A local story's label is its one focus; it weighs less than the editors' own list.
GEO_WEIGHT = 0.5


def rows() -> Iterator[tuple[str, dict[str, float], float, float]]:
    """Document, features, label (1 = about it) and weight of every evidenced country."""
    mentions = extract_mentions()
    about, focus = reuters_gold(), geo_gold().focus
    for doc, (found, chars) in sorted(mentions.items()):
        grouped = group_mentions(found)
        for code in sorted(grouped):
            if doc in about:
                yield doc, features(code, grouped, chars), float(code in about[doc]), 1.0
            elif doc in focus:
                yield doc, features(code, grouped, chars), float(code == focus[doc]), GEO_WEIGHT


def fit(x: Any, y: Any, weight: Any) -> Any:
    """Newton's method on the ridge-regularised log loss."""
    prior = np.array([value for value, _ in PRIOR.values()])
    beta = prior.copy()
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ beta))
        gradient = x.T @ (weight * (p - y)) + RIDGE * (beta - prior)
        hessian = (x * (weight * p * (1 - p))[:, None]).T @ x + RIDGE * np.eye(len(beta))
        beta = beta - np.linalg.solve(hessian, gradient)
    return beta


def f1(predicted: Any, y: Any, missed: int = 0) -> tuple[float, float, float]:
    right = float((predicted & (y > 0)).sum())
    precision = right / max(1.0, float(predicted.sum()))
    recall = right / (float(y.sum()) + missed)
    return precision, recall, 2 * precision * recall / (precision + recall)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--write", action="store_true", help="write salience.csv")
    arguments = parser.parse_args()
    found = list(rows())
    x = np.array([[values[name] for name in PRIOR] for _, values, _, _ in found])
    y = np.array([label for _, _, label, _ in found])
    weight = np.array([w for *_, w in found])
    docs = [doc for doc, *_ in found]
    fold = np.array([int(sum(doc.encode()) % FOLDS) for doc in docs])
    wire = weight == 1.0
    scores = np.zeros(len(y))
    for held in range(FOLDS):
        beta = fit(x[fold != held], y[fold != held], weight[fold != held])
        scores[fold == held] = 1 / (1 + np.exp(-x[fold == held] @ beta))
    missed = sum(len(codes) for codes in reuters_gold().values()) - int(y[wire].sum())
    for threshold in (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6):
        figures = f1(scores[wire] >= threshold, y[wire], missed)
        sys.stdout.write(
            f"wire, {FOLDS}-fold, threshold {threshold:.2f}: "
            "P {:.3f} R {:.3f} F {:.3f}\n".format(*figures)
        )
    beta = fit(x, y, weight)
    lines = [
        (name, f"{value:.3f}", PRIOR[name][1]) for name, value in zip(PRIOR, beta, strict=True)
    ]
    for name, value, _ in lines:
        sys.stdout.write(f"{name:15} {PRIOR[name][0]:6.2f} -> {value}\n")
    if arguments.write:
        write_csv("salience.csv", ["feature", "weight", "description"], lines)


if __name__ == "__main__":
    main()
