"""What the pages of tests/pages scored when that was last written, and what fell since.

What belongs here: the committed floors and the faults of each page, and comparing them with
those of now. What does not: scoring (page_scores.py) and printing (pages.py).
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from bench.page_files import FOLDER
from bench.page_scores import Figures, Result, figures

FLOORS, RESULTS = "floors.json", "results.json"
# Less than one page of 300.
HAIR = 0.003
# Another processor may round the model's sums otherwise and flip the name of a country.
COUNTRY_HAIR = 0.01
COUNTRY_FIGURES = ("focus recall", "country recall", "country precision")


def committed_floors(folder: Path = FOLDER) -> Figures:
    """The figures that no later change may fall below."""
    floors: Figures = json.loads((folder / FLOORS).read_text(encoding="utf-8"))
    return floors


def committed_results(folder: Path = FOLDER) -> dict[str, list[str]]:
    """By page: what was wrong, as ``describe`` puts it."""
    results: dict[str, list[str]] = json.loads((folder / RESULTS).read_text(encoding="utf-8"))
    return results


def write(results: list[Result], folder: Path = FOLDER) -> None:
    """Store floors and faults, a page on each line, so that a diff can be read."""
    floors = json.dumps(figures(results), indent=2)
    (folder / FLOORS).write_text(floors + "\n", encoding="utf-8")
    pages = ",\n".join(
        f"  {json.dumps(r.page.name)}: {json.dumps(describe(r), ensure_ascii=False)}"
        for r in results
    )
    (folder / RESULTS).write_text(f"{{\n{pages}\n}}\n", encoding="utf-8")


def describe(result: Result) -> list[str]:
    """What is wrong with a page: the body's F1 first, where that is not 1."""
    body = result.body
    is_whole = body is None or body.found == body.wanted == body.both
    return [*([] if is_whole or body is None else [f"body {body.f1:.3f}"]), *result.faults]


def find_drops(before: Figures, after: Figures) -> list[str]:
    """Each figure that fell by more than a hair, as a line to read."""
    return [
        f"{group}, {name}: {floor:.4f} -> {value:.4f}"
        for group, name, floor, value in _pairs(before, after)
        if value < floor - (COUNTRY_HAIR if name in COUNTRY_FIGURES else HAIR)
    ]


def _pairs(before: Figures, after: Figures) -> Iterator[tuple[str, str, float, float]]:
    """A figure that is no longer there counts as 0."""
    for group, floors in before.items():
        for name, floor in floors.items():
            yield group, name, floor, after.get(group, {}).get(name, 0.0)


def find_worse(before: Mapping[str, list[str]], results: Iterable[Result]) -> list[str]:
    """Each page with a fault that it had not, or a worse body, as a line to read."""
    lines = []
    for result in results:
        known = before.get(result.page.name, [])
        if new := [fault for fault in describe(result) if _is_worse(fault, known)]:
            lines.append(f"{result.page.name}: {', '.join(new)}")
    return lines


def _is_worse(fault: str, known: list[str]) -> bool:
    if not fault.startswith("body "):
        return fault not in known
    earlier = (float(other.removeprefix("body ")) for other in known if other.startswith("body "))
    return float(fault.removeprefix("body ")) < next(earlier, 1.0) - HAIR
