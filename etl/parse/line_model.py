"""The score of each line of a whole page: is it the article's own?

What belongs here: the fitted model, a logistic regression in two passes, and why it decides as it
does. What does not: what it looks at (etl/parse/line_features.py), how it was fitted
(bench/fit_page_lines.py), and what is done with a score (etl/parse/whole_page.py).

The first pass looks at the features of lines; the second at the same again and at what the first
thought of the lines around: so a crosshead between two paragraphs is told from a teaser between
two others. The weights stand in etl/reference/page_lines.csv, for features as they are measured.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from etl.parse.line_features import Floats, measure, reach, shifted, summed
from etl.parse.lines import count_words
from etl.tables import made_of_tables, read_table

BIAS = "bias"
FIRST, SECOND = "first", "second"
# Beyond that a score says no more.
MOST_SCORE = 8.0
MOST_LINE_WORDS = 80
WIDTHS = (3, 8, 20)
NEIGHBOURS = (-4, -3, -2, -1, 1, 2, 3, 4)
# Sums may differ in their last digits between machines, the rows may not.
DIGITS = 6


@dataclass(frozen=True)
class Scores:
    """The scores of a page's lines, over 0 where a line is the article's, and what made them."""

    values: tuple[float, ...]
    features: Mapping[str, Floats]

    def reasons(self, index: int, most: int = 3) -> list[tuple[str, float]]:
        """What sets a line apart from the others of its page: features with weight times what
        they have more there than on the mean line, the heaviest first.
        """
        parts = [
            (name, float(self.features[name][index] - self.features[name].mean()) * weight)
            for name, weight in weights(SECOND).items()
            if name in self.features
        ]
        return sorted(parts, key=lambda part: -abs(part[1]))[:most]


@made_of_tables
def weights(stage: str) -> dict[str, float]:
    """The weights of a pass by feature."""
    rows = read_table("page_lines.csv").select("stage", "feature", "weight").iter_rows()
    return {feature: float(weight) for of, feature, weight in rows if of == stage}


def score_lines(texts: Sequence[str]) -> Scores:
    """Score the lines of a page, in their order; none of them is empty."""
    found = measure(texts)
    first = weigh(found, weights(FIRST))
    found |= second_look(first, texts)
    second = weigh(found, weights(SECOND))
    return Scores(tuple(round(float(value), DIGITS) for value in second), found)


def weigh(found: Mapping[str, Floats], by: Mapping[str, float]) -> Floats:
    """The weighted sum of features, a line a value."""
    count = len(next(iter(found.values())))
    total = np.full(count, by[BIAS])
    for name, weight in by.items():
        if name != BIAS:
            total += weight * found[name]
    return total


def second_look(first: Floats, texts: Sequence[str]) -> dict[str, Floats]:
    """What the first scores tell of each line's surroundings."""
    chance = 1 / (1 + np.exp(-np.clip(first, -30, 30)))
    words = np.array([1.0 + min(count_words(text), MOST_LINE_WORDS) for text in texts])
    own, whole = summed(chance * words), summed(words)
    total, count, at = max(1.0, float(own[-1])), len(first), np.arange(len(first))
    found = {"first_score": np.clip(first, -MOST_SCORE, MOST_SCORE)}
    found |= {f"chance{offset:+d}": shifted(chance, offset) for offset in NEIGHBOURS}
    for width in WIDTHS:
        low, high = reach(count, width)
        before = (own[at] - own[low]) / np.maximum(1, whole[at] - whole[low])
        after = (own[high] - own[at + 1]) / np.maximum(1, whole[high] - whole[at + 1])
        found |= {
            f"own_before_{width}": before,
            f"own_after_{width}": after,
            f"own_both_{width}": np.minimum(before, after),
            f"own_words_before_{width}": np.log1p(own[at] - own[low]),
            f"own_words_after_{width}": np.log1p(own[high] - own[at + 1]),
        }
    above, below = own[at] / total, 1 - own[at + 1] / total
    return found | {
        "own_above": above,
        "own_below": below,
        "own_inside": np.minimum(above, below),
        "first_of_all": (above < 0.02).astype(np.float64),
        "last_of_all": (below < 0.02).astype(np.float64),
        "own_words": np.full(count, np.log1p(total)),
    }
