"""Fit the model of headlines: ``python -m bench.fit_page_titles [--write]``.

What belongs here: the fit of etl/reference/page_titles.csv, a choice among the lines of a head
(conditional logit with a ridge), and its figures on pages that the fit has not seen. What does
not: the features (etl/parse/title_model.py).

The pages are those of bench/whole_pages.py that say their title. Where it stands on none of the
lines, "none" is the right choice.
"""

import argparse
import sys
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

import numpy as np

from bench.build_reference import write_csv
from bench.page_scores import letters
from bench.whole_pages import WholePage, load_whole_pages
from etl.parse.block_reading import BlockReading
from etl.parse.title_model import NONE, features, read_head
from etl.parse.whole_page import lay_out

FOLDS = 5
RIDGE = 3.0
ROUNDS = 20
NEARLY = 0.75
SITE_MARKS = (" - ", " | ", " – ", " — ")


@dataclass(frozen=True)
class Choice:
    """A page's candidates, a row each and ``none`` last, and which of them are right."""

    page: WholePage
    names: list[str]
    x: Any
    right: Any

    @property
    def fold(self) -> int:
        return zlib.crc32(self.page.name.encode()) % FOLDS

    @property
    def stands_there(self) -> bool:
        return not self.right[-1]


def choice(page: WholePage) -> Choice | None:
    from etl.parse.lines import split_blocks

    layout = lay_out([BlockReading(b) for b in split_blocks(page.text, is_raw=True)], page.text)
    if layout is None or page.title is None:
        return None
    head = read_head(layout.rows, layout.scores.values, layout.own, layout.first)
    found = [features(head, index) for index in head.candidates]
    if not found:
        return None
    names = list(found[0])
    x = np.array([[one[name] for name in names] + [0.0] for one in found])
    x = np.vstack([x, np.eye(len(names) + 1)[-1]])
    right = [is_title(head.text(index), page.title) for index in head.candidates]
    if not any(right):
        right = [is_nearly(head.text(index), page.title) for index in head.candidates]
    return Choice(page, [*names, NONE], x, np.array([*right, not any(right)]))


def is_title(text: str, title: str) -> bool:
    """Whether a line is the title, a site's name behind it left out."""
    return letters(text) == letters(title) or any(
        letters(text.rpartition(mark)[0]) == letters(title) for mark in SITE_MARKS if mark in text
    )


def is_nearly(text: str, title: str) -> bool:
    """Whether a line is the title in other words: a page may print it shorter than it stores it."""
    matcher = SequenceMatcher(None, letters(text), letters(title), autojunk=False)
    return matcher.ratio() >= NEARLY


def fit(choices: Sequence[Choice]) -> Any:
    """Newton's method on the log loss of the choice, features made of one scale meanwhile."""
    every = np.vstack([one.x for one in choices])
    scale = every.std(axis=0) + 1e-6
    beta = np.zeros(every.shape[1])
    for _ in range(ROUNDS):
        gradient, hessian = RIDGE * beta, RIDGE * np.eye(len(beta))
        for one in choices:
            z = one.x / scale
            p = _chances(z @ beta)
            q = _chances(np.where(one.right, z @ beta, -np.inf))
            gradient = gradient + z.T @ (p - q)
            hessian = hessian + (z * p[:, None]).T @ z - np.outer(p @ z, p @ z)
        beta = beta - np.linalg.solve(hessian, gradient)
    return beta / scale


def _chances(values: Any) -> Any:
    shifted = np.exp(values - values.max())
    return shifted / shifted.sum()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--write", action="store_true", help="write page_titles.csv")
    arguments = parser.parse_args()
    choices = [one for page in load_whole_pages() if (one := choice(page)) is not None]
    outcomes = []
    for held in range(FOLDS):
        beta = fit([one for one in choices if one.fold != held])
        for one in choices:
            if one.fold == held:
                outcomes.append((one, bool(one.right[int((one.x @ beta).argmax())])))
    for name, is_own in (("corpus", False), ("own pages", True)):
        kept = [(c, ok) for c, ok in outcomes if is_own == ("/" in c.page.name)]
        there = [ok for c, ok in kept if c.stands_there]
        sys.stdout.write(
            f"{name}: {sum(there)} of {len(there)} right where it is a line, "
            f"{sum(ok for _, ok in kept)} of {len(kept)} in all\n"
        )
    beta = fit(choices)
    names = choices[0].names
    for name, value in zip(names, beta, strict=True):
        sys.stdout.write(f"{name:22} {value:8.3f}\n")
    if arguments.write:
        rows = [(name, f"{value:.4f}") for name, value in zip(names, beta, strict=True)]
        write_csv("page_titles.csv", ["feature", "weight"], rows)


if __name__ == "__main__":
    main()
