"""docs/performance.md, of whatever results there are.

What belongs here: the page. What does not: measuring, and the pictures (plots.py, flames.py).
"""

import json
import statistics
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.performance import flames
from bench.performance.cases import Case, told
from bench.performance.catalogue import CASES
from bench.performance.results import Result, read_results

NAME = "performance.md"
HEAD = """\
# What Dateline costs

Written by `make bench-performance` (`python -m bench.performance`), of results that may have been
measured at different moments: `python -m bench.performance NAME` measures one case, `--largest` at
the size that was asked for, `--page` writes this page. A figure that missed what was wanted is
**bold**. One measured while the machine had more to do than it has cores (its load before) is worth
little.

Every run is a process of its own; its processor time is what the kernel counts of it and of all
that it started, its memory that of the whole tree. Arms take turns, every other time in the
opposite order, and a figure is the median of the ratios of runs side by side. The naive arm is
`bench/performance/naive.py`: a loop over the files, dateparser, spaCy's small English model one
document at a time, geotext and pycountry, pandas, Great Expectations on pandas, `to_sql`.
"""
PICTURES = {
    "performance-figures.svg": "Each figure as a share of what was wanted",
    "performance-arms.svg": "Processor time per article of both arms",
    "performance-memory.svg": "Memory of a night on a small and on a large drop",
}


def write(results: Path, docs: Path) -> None:
    """The page and its pictures, in the folder of documents and its ``images``.

    Raises SystemExit where there are no results.
    """
    from bench.performance import plots

    found = read_results(results)
    if not found:
        raise SystemExit(f"there are no results in {results}")
    images = docs / "images"
    drawn = plots.draw(found, images)
    night = flames.read(results)
    if night:
        (images / flames.PICTURE).write_text(night[1], encoding="utf-8")
    text = page(found, pictures=drawn, flames_of=night[0] if night else None)
    (docs / NAME).write_text(text, encoding="utf-8")


def page(
    results: Mapping[str, Result], *, pictures: list[str], flames_of: str | None = None
) -> str:
    """The text. ``flames_of`` is the size of the night that the flame graph shows."""
    measured = [case for case in CASES if case.name in results]
    lines = [HEAD, *_table(measured, results), ""]
    missing = [case.name for case in CASES if case.name not in results]
    if missing:
        lines += [f"Not measured yet: {', '.join(missing)}.", ""]
    lines += [f"![{PICTURES[name]}](images/{name})\n" for name in pictures]
    if flames_of:
        lines += _flames(flames_of)
    for case in measured:
        lines += _case(case, results[case.name])
    return "\n".join(lines).rstrip() + "\n"


def _table(cases: list[Case], results: Mapping[str, Result]) -> Iterator[str]:
    yield "| what | measured | wanted | runs | spread | size | when, and load before |"
    yield "|---|---|---|---|---|---|---|"
    for case in cases:
        result = results[case.name]
        median = told(result.median, case.unit)
        shown = median if case.is_met(result.figures) else f"**{median}**"
        yield (
            f"| [{case.what}](#{case.name}) | {shown} | {case.told_wanted()} | "
            f"{len(result.figures)} | {_spread(case, result)} | {_size(case, result)} | "
            f"{result.measured_at[:10]}, {result.machine.load:.1f} |"
        )


def _spread(case: Case, result: Result) -> str:
    if len(result.figures) == 1:
        return "-"
    return f"{told(min(result.figures), case.unit)} to {told(max(result.figures), case.unit)}"


def _size(case: Case, result: Result) -> str:
    if not result.documents:
        return "all" if case.counts == "documents" else case.counts
    asked = f" (asked for: {case.largest:,})" if _is_small(case, result) else ""
    return f"{result.documents:,} {case.counts}{asked}"


def _is_small(case: Case, result: Result) -> bool:
    return bool(case.largest and result.documents < case.largest)


def _flames(size: str) -> Iterator[str]:
    yield f"Where the time of a night of {size} goes, from py-spy: a box is as wide as the share of"
    yield "samples in it and in what it calls, which stands below. Orange is `etl`, yellow"
    yield "`expectations`, blue `assets`, grey imports. Frames of Dagster are left out."
    yield ""
    yield f"![Flame graph of a night](images/{flames.PICTURE})"
    yield ""


def _case(case: Case, result: Result) -> Iterator[str]:
    """What each arm took, the command, the machine, and what the figure does not tell."""
    machine = result.machine
    yield f"## {case.name}"
    yield ""
    yield f"{case.what[0].upper()}{case.what[1:]}."
    yield ""
    yield "| arm | processor time | on the clock | peak memory |"
    yield "|---|---|---|---|"
    for name, usages in result.arms.items():
        peak = statistics.median(usage["peak_bytes"] for usage in usages)
        processor, clock = (_seconds(usages, of) for of in ("processor_seconds", "seconds"))
        yield f"| {name} | {processor} | {clock} | {peak / 1e6:,.0f} MB |"
    yield ""
    if result.facts:
        yield f"Also: {'; '.join(_fact(*pair) for pair in result.facts.items())}."
        yield ""
    yield f"**Limits:** {case.limit}"
    yield ""
    size = f" --documents {result.documents}" if result.documents else ""
    yield (
        f"`python -m bench.performance {case.name} --repetitions {len(result.figures)}{size}`, "
        f"measured {result.measured_at}, commit {result.commit}: {machine.cores} cores, "
        f"{machine.processor}, {machine.memory_gb:.0f} GB, Python {machine.python}; load before "
        f"it began {machine.load}."
    )
    yield ""


def _seconds(usages: Sequence[Mapping[str, Any]], name: str) -> str:
    """What parts have told of themselves, imports aside, else what their processes took."""
    is_part = any("processor_seconds" in usage["report"] for usage in usages)
    found = [usage["report"].get(name) if is_part else usage[name] for usage in usages]
    return "-" if None in found else f"{statistics.median(found):.2f} s"


def _fact(name: str, value: object) -> str:
    shown = f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else None
    if isinstance(value, Mapping):
        shown = ", ".join(f"{key} {inner}" for key, inner in value.items())
        if any(isinstance(inner, Mapping) for inner in value.values()):
            shown = json.dumps(value)
    return f"{name.replace('_', ' ')}: {shown or value}"
