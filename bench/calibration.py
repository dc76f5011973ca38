"""Calibrate the scores of mentions: ``python -m bench.calibration [--write] [--model MODEL]``.

What belongs here: the fit of etl/reference/mention_scores.csv, by ridge-regularised logistic
regression on the labelled articles, and the scores of those that it was not fitted on. What does
not: the features (etl/extract/calibration.py), the labels (bench/judged_mentions.py) and the page
(bench/calibration_page.py). Needs numpy, which comes with spaCy, and ``DATELINE_CORPUS``; only
weights and shares are written.

Run it again with any model: ``--model NAME_OR_FOLDER --output mention_scores.csv`` makes a table
for a home's ``tables/`` folder.
"""

import argparse
import csv
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bench.build_reference import REFERENCE
from bench.calibration_page import page
from bench.judged_mentions import FOLDS, Judged, Scored, fitted_mentions, measured_mentions
from etl.extract import build_extractor
from etl.extract.calibration import CHANCES, SCORE_DIGITS, UNTOLD
from etl.schema import LABELS

PAGE = Path(__file__).resolve().parent.parent / "docs" / "calibration.md"
TABLE = REFERENCE / "mention_scores.csv"
HEADER = ("label", "feature", "weight", "description")
RIDGE = 4.0
STEPS = 40
FEATURES = {
    "": "Constant",
    "model_alone": "The model found it, no rule did",
    "model_and_rule": "A rule found it, and the model the same span and label",
    **{
        name: f"The model's own chance is {bound:g} or more: with those below it"
        for name, bound in CHANCES.items()
    },
    UNTOLD: "The model tells of no chance: what keeps the mean of the others",
    "twice": "The article names it twice or oftener",
    "one_word": "One word",
    "many_words": "Four words or more",
    "capitals": "All in capitals",
    "figure": "A digit in it",
    "plain_word": "A capitalised word in it that running text mostly writes small",
    "plain_words": "Nothing but such words, in capitals or small",
    "in_longer": "One word, which a longer name of the article holds",
    "in_other": "One word, which a longer name of another label holds",
    "given_name": "Its first word is a known given name",
    "surname": "Its last word is a known surname",
    "head": "Its first or last word is an organisation's, or a company's suffix",
    "feature": "Its last word is a river's, a mountain's, a building's",
    "title": "It stands in the title",
    "opens": "It opens a sentence, a line or a quotation",
    "located": "Behind a word of place (in, near)",
    "the": "Behind 'the'",
    "goes_on": "Another capitalised word follows, no mark between",
    "begins_late": "Another capitalised word stands before it",
}


def fit(judged: Sequence[Judged]) -> dict[str, float]:
    """The weights of one label, by Newton's method on the ridge-regularised log loss.

    Features that no mention of the label has are left out, but ``UNTOLD``: where the model tells
    its chances the weight of that is fitted behind the others, with the chances forgotten.
    """
    names = [n for n in FEATURES if not n or any(n in one.features for one in judged)]
    x, y = _matrix(judged, names), np.array([float(one.is_right) for one in judged])
    ridge = np.array([RIDGE if name else 0.0 for name in names])
    beta = _newton(x, y, ridge)
    weights = {name: float(value) for name, value in zip(names, beta, strict=True)}
    if not CHANCES.keys() & weights:
        return weights
    return weights | {UNTOLD: _untold(judged, weights)}


def _newton(x: Any, y: Any, ridge: Any, offset: Any = 0.0) -> Any:
    beta = np.zeros(x.shape[1])
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-x @ beta - offset))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(ridge)
        beta = beta - np.linalg.solve(hessian, x.T @ (p - y) + ridge * beta)
    return beta


def _untold(judged: Sequence[Judged], weights: Mapping[str, float]) -> float:
    """What gives the mentions of a model that tells of no chance their mean score."""
    found = [one for one in judged if one.features & {"model_alone", "model_and_rule"}]
    forgetful = {name: 0.0 if name in CHANCES else value for name, value in weights.items()}
    offset = _matrix(found, list(weights)) @ np.array(list(forgetful.values()))
    y = np.array([float(one.is_right) for one in found])
    return float(_newton(np.ones((len(found), 1)), y, np.zeros(1), offset)[0])


def _matrix(judged: Sequence[Judged], names: Sequence[str]) -> Any:
    return np.array([[float(not n or n in one.features) for n in names] for one in judged])


def scores(judged: Sequence[Judged], weights: dict[str, float]) -> list[float]:
    """The scores that the weights of their label give some mentions."""
    names = list(weights)
    totals = _matrix(judged, names) @ np.array([weights[name] for name in names])
    return [round(float(p), SCORE_DIGITS) for p in 1 / (1 + np.exp(-totals))]


def score_unseen(judged: Sequence[Judged]) -> Scored:
    """The mentions of one label, each with the score of weights fitted without its fold."""
    scored: Scored = []
    for fold in range(FOLDS):
        held = [one for one in judged if one.fold == fold]
        if held:
            weights = fit([one for one in judged if one.fold != fold])
            scored += zip(held, scores(held, weights), strict=True)
    return scored


def write_table(path: Path, weights: dict[str, dict[str, float]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        for label in LABELS:
            for name, value in weights[label].items():
                writer.writerow((label, name, f"{value:.2f}", FEATURES[name]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--write", action="store_true", help="write the table and the page")
    parser.add_argument("--model", help="a spaCy model instead of the shipped one")
    parser.add_argument("--output", type=Path, help="write the table here instead")
    options = parser.parse_args()
    extractor = build_extractor(model_path=options.model)
    fitted, measured = fitted_mentions(extractor), measured_mentions(extractor)
    weights, unseen, elsewhere = {}, [], []
    for label in LABELS:
        own = [one for one in fitted if one.label == label]
        others = [one for one in measured if one.label == label and one.is_calibrated]
        weights[label] = fit(own)
        unseen += score_unseen(own)
        elsewhere += zip(others, scores(others, weights[label]), strict=True)
    sys.stdout.write(text := page(unseen, elsewhere, measured))
    if options.output or options.write:
        write_table(options.output or TABLE, weights)
    if options.write and not options.output:
        PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
