"""What a case is, and what comes of measuring it.

What belongs here: the declarations and how a figure is judged. What does not: the cases themselves
(nights.py, stages.py, all in catalogue.py) and where their results are kept (results.py).
"""

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from bench.performance.measuring import Usage

Unit = Literal["times", "s", "words/s"]


@dataclass(frozen=True, kw_only=True)
class Options:
    """How a case is measured: its size, how often, and in which folder, emptied by the caller.

    ``documents`` counts what the case says; ``repetitions`` are of each arm.
    """

    documents: int
    repetitions: int
    folder: Path
    niceness: int = 0


@dataclass(frozen=True, kw_only=True)
class Measured:
    """A figure of each repetition, what every arm took in it, and what else is worth telling."""

    figures: tuple[float, ...]
    arms: Mapping[str, Sequence[Usage]]
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Case:
    """One row of docs/performance.md.

    ``documents`` is the default size, in ``counts``; ``largest`` the size that was asked for, where
    that takes too long for every day. ``limit`` says what the figure does not tell.
    """

    name: str
    what: str
    unit: Unit
    wanted: float
    is_at_least: bool
    documents: int
    measure: Callable[[Options], Measured]
    limit: str
    counts: str = "documents"
    largest: int | None = None
    repetitions: int = 3

    def is_met(self, figures: Sequence[float]) -> bool:
        """Whether the median of the figures is what was wanted."""
        median = statistics.median(figures)
        return median >= self.wanted if self.is_at_least else median <= self.wanted

    def told_wanted(self) -> str:
        return f"{'≥' if self.is_at_least else '≤'} {told(self.wanted, self.unit)}"


def told(figure: float, unit: Unit) -> str:
    """A figure with its unit, as the page has it."""
    if unit == "words/s":
        return f"{figure:,.0f} words/s"
    return f"{figure:.1f} s" if unit == "s" else f"{figure:.2f}"


def ratios(above: Sequence[float], below: Sequence[float]) -> tuple[float, ...]:
    """Of the same repetition each."""
    return tuple(a / b for a, b in zip(above, below, strict=True))


def processor_seconds(usages: Sequence[Usage]) -> list[float]:
    """What the part itself has told, imports aside, else what its process took."""
    return [u.report.get("processor_seconds", u.processor_seconds) for u in usages]
