"""Fit how alike articles of one story are: ``python -m bench.fit_stories --write``.

What belongs here: the fit of etl/reference/story_likeness.csv on articles whose events are known,
by ridge-regularised logistic regression. What does not: the features (etl/stories/likeness.py)
and what the stories made with them are worth (bench/stories.py).

The first half of the incidents, of the triples and of the labelled pairs of feed items is fitted
to, the other is for bench.stories.
"""

import argparse
import hashlib
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

import numpy as np

from bench.build_reference import write_csv
from bench.story_sets import StorySet, pair_labels, read_feeds, read_incidents, read_triples
from etl.stories.candidates import Index
from etl.stories.likeness import FEATURES, FEW_WORDS, features
from etl.stories.portrait import portraits
from etl.stories.traces import traces

RIDGE = 1.0
TRIPLE_WEIGHT = 5.0
"""A pair of national news counts as so many local ones, of which there are a hundred times more."""
ITEM_WEIGHT = 3.5
"""And so many a pair of items of feeds."""
BREVITY_MARGIN = 5.0
"""What short items must be more alike than is as likely as not: few words tell little, and a wrong
link in a story costs more than a missing one."""

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
    "brevity": f"1 - telling words of the shorter / {FEW_WORDS}, at least 0; "
    f"less a margin of {BREVITY_MARGIN:.0f}",
}


def is_fitted_to(cluster_id: str) -> bool:
    """Whether an event is of the half that is fitted to."""
    return hashlib.sha256(cluster_id.encode()).digest()[0] % 2 == 0


Row = tuple[tuple[float, ...], bool, float]


def rows(known: StorySet, weight: float) -> Iterator[Row]:
    """Features, label and weight of every pair of candidates of the fitted half."""
    events = dict(known.articles.select("article_id", "cluster_id").iter_rows())

    def pairs(article_id: str, candidates: Collection[str]) -> Iterator[tuple[str, bool]]:
        event = events[article_id]
        for other in candidates if is_fitted_to(event) else ():
            if is_fitted_to(events[other]):
                yield other, event == events[other]

    return _rows(known, events, pairs, weight)


def item_rows(known: StorySet, labels: Mapping[tuple[str, str], bool], weight: float) -> list[Row]:
    """The same of the labelled pairs of items of feeds, of that half whose first id is fitted to.

    Their events are what the labels of both halves tie together.
    """
    asked: dict[str, dict[str, bool]] = {}
    for (one, other), is_same in labels.items():
        if is_fitted_to(one):
            asked.setdefault(one, {})[other] = is_same
            asked.setdefault(other, {})[one] = is_same

    def pairs(article_id: str, candidates: Collection[str]) -> Iterator[tuple[str, bool]]:
        labelled = asked.get(article_id, {})
        yield from ((other, labelled[other]) for other in sorted(labelled) if other in candidates)

    ids = known.articles["article_id"].to_list()
    return list(_rows(known, events_of(ids, labels), pairs, weight))


def events_of(ids: Iterable[str], labels: Mapping[tuple[str, str], bool]) -> dict[str, str]:
    """By article its event: those are one that a chain of pairs of one event ties together."""
    leader = {article_id: article_id for article_id in ids}
    for (one, other), is_same in sorted(labels.items()):
        if is_same and leader.keys() >= {one, other}:
            old, new = sorted((leader[one], leader[other]), reverse=True)
            leader = {a: new if event == old else event for a, event in leader.items()}
    return leader


def _rows(
    known: StorySet,
    events: Mapping[str, str],
    pairs: Callable[[str, Collection[str]], Iterator[tuple[str, bool]]],
    weight: float,
) -> Iterator[Row]:
    """Of an article and the earlier ones that ``pairs`` gives of its candidates, with the label."""
    made = portraits(known.articles, known.mentions, known.date_mentions)
    portrait = {one.article_id: one for one in made}
    index = Index()
    for trace in traces(known.articles, known.mentions):
        rarity = index.rarity(trace, events)
        own = portrait[trace.article_id]
        for other, is_same in pairs(trace.article_id, index.candidates(trace)):
            yield tuple(features(own, portrait[other], rarity)), is_same, weight
        index.add(trace)


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
    found += item_rows(read_feeds(), pair_labels(), ITEM_WEIGHT)
    x, y, weight = (np.array(column, dtype=float) for column in zip(*found, strict=True))
    beta = fit(x, y, weight)
    beta[FEATURES.index("brevity")] -= BREVITY_MARGIN
    lines = [
        (name, f"{value:.3f}", _described(name)) for name, value in zip(FEATURES, beta, strict=True)
    ]
    for name, value, _ in lines:
        sys.stdout.write(f"{name:22} {value}\n")
    if arguments.write:
        write_csv("story_likeness.csv", ["feature", "weight", "description"], lines)


def _described(name: str) -> str:
    if "*" in name:
        return "The product of the two"
    of = name.removesuffix("_root")
    return DESCRIPTIONS[of] if of == name else f"Root of it: {DESCRIPTIONS[of]}"


if __name__ == "__main__":
    main()
