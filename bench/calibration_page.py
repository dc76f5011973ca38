"""docs/calibration.md: how far the scores of mentions hold.

What belongs here: the figures of the page, and what it says. What does not: the mentions, their
labels and the fit (bench/calibration.py).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from bench.judged_mentions import Judged, Scored
from etl.extract.passes.calibrated_scores import LEAST_SCORE
from etl.schema import LABELS

BINS = tuple(step / 10 for step in range(2, 11))
# The share of fewer is too loose a figure: their range is joined with the next.
LEAST_MENTIONS = 150


def reliability(scored: Scored) -> list[tuple[str, int, float, float]]:
    """By range of scores: how many mentions, their mean score, the share that is right.

    A range of few mentions is joined with those above it, the highest ones with what is below.
    """
    rows: list[tuple[str, int, float, float]] = []
    edges = _edges([score for _, score in scored])
    for low, high in pairwise(edges):
        held = [(s, j.is_right) for j, s in scored if low <= s < high or s == high == 1.0]
        mean, right = (sum(column) / len(held) for column in zip(*held, strict=True))
        rows.append((f"{low:.1f} to {high:.1f}", len(held), mean, right))
    return rows


def _edges(found: Sequence[float]) -> list[float]:
    edges = [0.0]
    for edge in BINS:
        between = sum(edges[-1] <= score < edge for score in found)
        beyond = sum(score >= edge for score in found)
        if between >= LEAST_MENTIONS <= beyond:
            edges.append(edge)
    return [*edges, 1.0]


def page(unseen: Scored, elsewhere: Scored, measured: Sequence[Judged]) -> str:
    """docs/calibration.md: scores of articles held out of the fit, and of others altogether."""
    below = [j.is_right for j, s in elsewhere if s < LEAST_SCORE]
    text = PAGE_HEAD.format(
        fitted=len(unseen),
        least=LEAST_SCORE,
        below=len(below),
        of=len(elsewhere),
        right=sum(below) / max(1, len(below)),
    )
    text += "\n".join(["", *_table("scores", reliability(unseen)), "", PAGE_ELSEWHERE, ""])
    text += "\n".join([*_table("scores", reliability(elsewhere)), ""])
    for label in LABELS:
        own = [(j, s) for j, s in elsewhere if j.label == label]
        text += "\n".join(["", f"### {label}", "", *_table("scores", reliability(own)), ""])
    return text + PAGE_EVIDENCE + "\n".join(["", *_table("method", _by_method(measured)), ""])


def _by_method(judged: Iterable[Judged]) -> list[tuple[str, int, float, float]]:
    """By method of the mentions with a country: how many, their mean score, the share right."""
    held: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for one in judged:
        if not one.is_calibrated:
            held[one.method].append((one.score, one.is_right))
    return [
        (f"`{m}`", len(rows), *(sum(column) / len(rows) for column in zip(*rows, strict=True)))
        for m, rows in sorted(held.items())
    ]


def _table(name: str, rows: Iterable[tuple[str, int, float, float]]) -> list[str]:
    lines = [f"| {name} | mentions | mean score | right |", "|---|---|---|---|"]
    return lines + [f"| {a} | {n:,} | {mean:.3f} | {right:.3f} |" for a, n, mean, right in rows]


PAGE_HEAD = """\
# Calibrated scores

Written by `python -m bench.calibration --write`, which fits `etl/reference/mention_scores.csv`
and shows how far its scores hold. Run it again with any model: `--model NAME_OR_FOLDER --output
mention_scores.csv` makes a table for a home's `tables/` ([site-tables.md](site-tables.md)).

`mentions.score` of a person, organisation, place or group **without a country** that model or
rules found is the share of such mentions that a reader would mark just so: these first and last
words, this label. What such mentions are is told by what is known when the article is read: the
label; whether model, rule or both found it; how sure the model is, by the chances of the choices
that made the span; how often the article has it; its words; where it stands. Each line of the table
tells by its sign what speaks for a name and what against. A user's own model does not tell how sure
it is: its names have the mean of that.

It is fitted on {fitted:,} mentions: news and interviews of Wikinews as GUM has annotated them, with
labels of the project's for what those annotations lack (bench/gum_mention_labels.csv), 42 feed
items, and for places and groups, of which these have few, the project's own passages.

**What scores below {least:g} is no entity**: the pass `calibrated_scores` drops it. Of the
articles measured below these are {below} of {of:,} mentions, of which {right:.2f} are right as they
stand.

## Reliability

The labelled articles are cut into ten parts; the mentions of each are scored by weights that were
fitted on the nine others. The table itself is fitted on all ten.
"""

PAGE_ELSEWHERE = """\
## Reliability elsewhere

246 whole articles of 40 countries, which nothing was fitted on: another press, and marks by other
readers. Ranges of few mentions are joined.
"""

PAGE_EVIDENCE = """
## Mentions with a country

The score of what is evidence of a country says how strong that evidence is
([countries.md](countries.md)), and is not fitted to these labels. How many of those spans and
labels a reader would mark just so:
"""
