"""The pictures of docs/performance.md, as SVG by matplotlib.

What belongs here: drawing. What does not: what the figures mean (page.py), and the flame graph
(flames.py). matplotlib comes from the naive arm's folder (naive.py), for measuring alone.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bench.performance.catalogue import CASES
from bench.performance.naive import find_packages
from bench.performance.results import Result

FIGURES, MEMORY, ARMS = (f"performance-{name}.svg" for name in ("figures", "memory", "arms"))
MET, MISSED, PLAIN = "#3b7a57", "#b3482e", "#5a6b7b"


def draw(results: Mapping[str, Result], folder: Path) -> list[str]:
    """Write the pictures that the results are enough for; their names."""
    plot = _pyplot()
    folder.mkdir(parents=True, exist_ok=True)
    names = pictures_of(results)
    if FIGURES in names:
        _figures(plot, results, folder / FIGURES)
    if ARMS in names:
        _arms(plot, results["night"], folder / ARMS)
    if MEMORY in names:
        _memory(plot, results["memory"], folder / MEMORY)
    return names


def pictures_of(results: Mapping[str, Result]) -> list[str]:
    """The names of the pictures that the results are enough for."""
    needed = {FIGURES: set(results), ARMS: {"night"}, MEMORY: {"memory"}}
    return [name for name, cases in needed.items() if cases and cases <= set(results)]


def _pyplot() -> Any:
    find_packages()
    import matplotlib  # type: ignore[import-not-found,unused-ignore]

    matplotlib.use("svg")
    # the same results give the same bytes, and text stays text
    matplotlib.rcParams.update(
        {"svg.fonttype": "none", "svg.hashsalt": "dateline", "font.size": 9, "axes.axisbelow": True}
    )
    from matplotlib import pyplot

    return pyplot


def _figures(plot: Any, results: Mapping[str, Result], path: Path) -> None:
    """How far each figure is from what was wanted: 1 is just met, more is better."""
    shown = [case for case in reversed(CASES) if case.name in results]
    figure, axes = plot.subplots(figsize=(8, 0.4 * len(shown) + 1.2))
    for row, case in enumerate(shown):
        every = results[case.name].figures
        shares = [f / case.wanted if case.is_at_least else case.wanted / f for f in every]
        colour = MET if case.is_met(every) else MISSED
        median = results[case.name].median
        middle = median / case.wanted if case.is_at_least else case.wanted / median
        axes.barh(row, middle, color=colour, height=0.55)
        axes.plot(shares, [row] * len(shares), "k|", markersize=9)
    axes.axvline(1, color="black", linewidth=1)
    axes.set_xscale("log")
    axes.set_xticks([0.1, 0.2, 0.5, 1, 2, 5], ["0.1", "0.2", "0.5", "1", "2", "5"])
    axes.set_xticks([], minor=True)  # whose labels would lie over these
    axes.grid(axis="x", color="#dddddd")
    axes.set_yticks(range(len(shown)), [case.name for case in shown])
    axes.set_xlabel("share of what was wanted (1: just met; a stroke per repetition)")
    _save(plot, figure, path)


def _arms(plot: Any, result: Result, path: Path) -> None:
    """Processor time per article by arm."""
    each = result.facts["milliseconds_per_article"]
    figure, axes = plot.subplots(figsize=(8, 2.2))
    bars = axes.barh(list(each)[::-1], list(each.values())[::-1], color=PLAIN, height=0.55)
    axes.bar_label(bars, fmt=" %.1f ms")
    axes.margins(x=0.12)
    axes.set_xlabel(f"processor time per published article, {result.documents:,} documents")
    _save(plot, figure, path)


def _memory(plot: Any, result: Result, path: Path) -> None:
    """Memory of the tree over the run, each arm's last."""
    figure, axes = plot.subplots(figsize=(8, 3))
    for name, usages in result.arms.items():
        course = usages[-1]["memory"]
        end = max(usages[-1]["seconds"], 1e-9)
        label = f"{name}, {result.facts[name]:,} documents in {end:.0f} s"
        axes.plot([100 * at / end for at, _ in course], [b / 1e6 for _, b in course], label=label)
    axes.set_xlabel("% of the run")
    axes.set_ylabel("MB of the process tree")
    axes.set_ylim(bottom=0)
    axes.legend()
    _save(plot, figure, path)


def _save(plot: Any, figure: Any, path: Path) -> None:
    figure.savefig(path, bbox_inches="tight", metadata={"Date": None, "Creator": None})
    plot.close(figure)
