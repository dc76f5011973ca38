"""What each pass of extraction brings, and costs: ``python -m bench.passes [--write]``.

What belongs here: every set read once without each pass, the difference that makes, the time of
each pass, and the tables of docs/extraction.md. What does not: the sets and their labels
(bench/labelled_sets.py) and other tools (bench/accuracy.py).

The model reads each text once, since no pass changes what it sees.
"""

import argparse
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from bench.labelled_sets import Figures, LabelledSet, Mentions, read_sets
from etl.extract import build_extractor
from etl.extract.article import ArticleState
from etl.extract.passes import PASSES, Pass, Scope, run_passes

PAGE = Path(__file__).resolve().parent.parent / "docs" / "extraction.md"
RUNS = 3
MICRO = 1e6


@dataclass(frozen=True, slots=True)
class Reading:
    """What some passes find: the figures of the sets, and the rows of each article."""

    figures: Figures
    rows: list[set[tuple[object, ...]]]


@dataclass(frozen=True, slots=True)
class Result:
    """One pass: the figures without it, the mentions that differ without it per hundred articles
    that it sees, and its microseconds of processor time for one of these."""

    step: Pass
    without: Figures
    changed: float
    microseconds: float


def read(sets: Iterable[LabelledSet], passes: Iterable[Pass]) -> Reading:
    """Run some passes over every set; its articles stay as they are."""
    steps = tuple(passes)
    figures: Figures = {}
    rows: list[set[tuple[object, ...]]] = []
    for labelled in sets:
        found = run(labelled.articles, steps)
        figures |= labelled.score(found)
        rows += [
            {(m.field, m.start, m.end, m.label, m.name, m.country_code) for m in mentions}
            for mentions in found
        ]
    return Reading(figures, rows)


def run(articles: Iterable[ArticleState], passes: tuple[Pass, ...]) -> Mentions:
    """The mentions of each article after some passes."""
    found = []
    for article in map(replace, articles):  # the same texts, before any pass
        run_passes(article, passes)
        found.append(list(article.mentions))
    return found


def is_for(step: Pass, article: ArticleState) -> bool:
    """Whether the pass sees an article of this language."""
    return step.scope is not (Scope.OTHER if article.is_english else Scope.ENGLISH)


def time_passes(articles: list[ArticleState]) -> list[float]:
    """Seconds of processor time of each pass over all articles, best of some runs."""
    best = [float("inf")] * len(PASSES)
    for _ in range(RUNS):
        spent = [0.0] * len(PASSES)
        for article in map(replace, articles):
            for number, step in enumerate(PASSES):
                start = time.process_time()
                run_passes(article, (step,))
                spent[number] += time.process_time() - start
        best = list(map(min, best, spent))
    return best


def measure(sets: list[LabelledSet]) -> tuple[Figures, list[Result]]:
    """The figures of all passes, and what each of them brings."""
    articles = [article for labelled in sets for article in labelled.articles]
    whole, results = read(sets, PASSES), []
    for step, seconds in zip(PASSES, time_passes(articles), strict=True):
        without = read(sets, (other for other in PASSES if other is not step))
        seen = sum(is_for(step, article) for article in articles)
        changed = sum(len(a ^ b) for a, b in zip(whole.rows, without.rows, strict=True))
        results.append(Result(step, without.figures, 100 * changed / seen, MICRO * seconds / seen))
        sys.stdout.write(f"{figure_row(whole.figures, results[-1])}\n")
    return whole.figures, results


def order_table() -> list[str]:
    """The passes in their order: which articles each sees, and what it is for."""
    rows = [
        f"| {number} | `{step.name}` | {step.scope} | {step.summary} |"
        for number, step in enumerate(PASSES, 1)
    ]
    return ["| | pass | articles | what it is about |", "|---|---|---|---|", *rows]


def figure_row(whole: Figures, result: Result) -> str:
    """One pass of the table of figures."""
    brought = [f"{figure - result.without[name]:+.2f}" for name, figure in whole.items()]
    costs = [f"{result.changed:,.1f}", f"{result.microseconds:,.0f}"]
    return f"| `{result.step.name}` | {' | '.join([*brought, *costs])} |"


def figure_table(whole: Figures, results: list[Result]) -> list[str]:
    """The figures with all passes, and what each pass brings: those less the ones without it."""
    heads = ["pass", *whole, "mentions changed", "µs"]
    spent = sum(r.microseconds for r in results if r.step.scope is not Scope.OTHER)
    total = [f"**{figure:.2f}**" for figure in whole.values()]
    return [
        f"| {' | '.join(heads)} |",
        f"|{'---|' * len(heads)}",
        f"| **all** | {' | '.join(total)} | | **{spent:,.0f}** |",
        *(figure_row(whole, result) for result in results),
    ]


def between(page: str, mark: str, lines: list[str]) -> str:
    """The page with these lines between the comments that begin and end a table."""
    start, end = f"<!-- {mark} -->\n", f"<!-- end of {mark} -->"
    before, rest = page.split(start, 1)
    return "".join([before, start, *(f"{line}\n" for line in lines), end, rest.split(end, 1)[1]])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--write", action="store_true", help="write docs/extraction.md")
    arguments = parser.parse_args()
    lines = figure_table(*measure(read_sets(build_extractor())))
    sys.stdout.write("\n".join(lines) + "\n")
    if arguments.write:
        page = between(PAGE.read_text(encoding="utf-8"), "order", order_table())
        PAGE.write_text(between(page, "figures", lines), encoding="utf-8")


if __name__ == "__main__":
    main()
