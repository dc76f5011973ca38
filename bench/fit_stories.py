"""Fit how alike articles of one story are: ``python -m bench.fit_stories --write``.

What belongs here: the fit of etl/reference/story_likeness.csv on articles whose events are known,
by ridge-regularised logistic regression. What does not: the features (etl/stories/likeness.py)
and what the stories made with them are worth (bench/stories.py).

The first half of the incidents and of the triples is fitted to, the other is for bench.stories.
"""

import argparse
import hashlib
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np

from bench.build_reference import write_csv
from bench.story_sets import StorySet, read_incidents, read_triples
from etl.stories.candidates import Index
from etl.stories.likeness import FEATURES, features
from etl.stories.portrait import portraits

RIDGE = 1.0
TRIPLE_WEIGHT = 5.0
"""A pair of national news counts as so many local ones, of which there are a hundred times more."""

DESCRIPTIONS = {
    "bias": "Constant",
    "words": "Cosine of title (twice) and lead, words weighted by word_weights.csv",
    "title": "Cosine of the titles",
    "persons": "Cosine of the names of persons",
    "surnames": "Cosine of the last words of these names",
    "organisations": "Cosine of the names of organisations",
    "places": "Cosine of the names of places",
    "full_names": "Persons by full name in common, 3 at most",
    "rare_names": "The same, each by one over the stories that named it before",
    "rare_organisations": "Organisations in common, each by one over these stories",
    "rare_places": "Places in common, each by one over these stories",
    "same_days": "Days that both speak of, 2 at most",
    "days_apart": "log(1 + days between the days of publication)",
}


def is_fitted_to(cluster_id: str) -> bool:
    """Whether an event is of the half that is fitted to."""
    return hashlib.sha256(cluster_id.encode()).digest()[0] % 2 == 0


def rows(known: StorySet, weight: float) -> Iterator[tuple[tuple[float, ...], bool, float]]:
    """Features, label and weight of every pair of candidates of the fitted half."""
    articles = known.articles.sort("published_on", "article_id")
    events = dict(articles.select("article_id", "cluster_id").iter_rows())
    index = Index()
    for portrait in portraits(articles, known.mentions, known.date_mentions):
        event = events[portrait.article_id]
        rarity = index.rarity(portrait, events)
        for other in index.candidates(portrait) if is_fitted_to(event) else ():
            if is_fitted_to(events[other.article_id]):
                same = event == events[other.article_id]
                yield tuple(features(portrait, other, rarity)), same, weight
        index.add(portrait)


def fit(x: Any, y: Any, weight: Any) -> Any:
    """Newton's method on the ridge-regularised log loss."""
    beta = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ beta))
        gradient = x.T @ (weight * (p - y)) + RIDGE * beta
        hessian = (x * (weight * p * (1 - p))[:, None]).T @ x + RIDGE * np.eye(len(beta))
        beta = beta - np.linalg.solve(hessian, gradient)
    return beta


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--write", action="store_true", help="write story_likeness.csv")
    arguments = parser.parse_args()
    found = [*rows(read_incidents(), 1.0), *rows(read_triples(), TRIPLE_WEIGHT)]
    x, y, weight = (np.array(column, dtype=float) for column in zip(*found, strict=True))
    beta = fit(x, y, weight)
    lines = [
        (name, f"{value:.3f}", _described(name)) for name, value in zip(FEATURES, beta, strict=True)
    ]
    for name, value, _ in lines:
        sys.stdout.write(f"{name:22} {value}\n")
    if arguments.write:
        write_csv("story_likeness.csv", ["feature", "weight", "description"], lines)


def _described(name: str) -> str:
    of = name.removesuffix("_root")
    return DESCRIPTIONS[of] if of == name else f"Root of it: {DESCRIPTIONS[of]}"


if __name__ == "__main__":
    main()
