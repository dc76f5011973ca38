"""Geometry of the page's charts: from figures to coordinates of an SVG.

What belongs here: pure arithmetic. What does not: colours and words (page.html.j2).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from assets.pages.facts import Night

WIDTH, HEIGHT = 720, 170
LEFT, TOP, BOTTOM = 44, 8, 22
WIDEST_BAR, GAP_SHARE = 30, 0.25
SPARK_WIDTH, SPARK_HEIGHT, SPARK_MARGIN = 150, 34, 4
DAY_STEP, DAY_BAR, DAYS_HEIGHT = 4, 3, 24
STRIP_HEIGHT = 6
ROUND = (2, 4, 6, 8, 10, 12, 16, 20, 30, 40, 60, 80)
OUTCOMES = ("published", "duplicate", "superseded", "quarantined")


@dataclass(frozen=True, kw_only=True)
class Block:
    """One rectangle of a stacked bar."""

    outcome: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A night's stacked bar; ``middle`` is where its label stands."""

    night: Night
    middle: float
    blocks: tuple[Block, ...]


@dataclass(frozen=True, kw_only=True)
class Line:
    """A level of the vertical axis."""

    y: float
    value: int


@dataclass(frozen=True, kw_only=True)
class BarChart:
    """Stacked bars over their axis."""

    bars: tuple[Bar, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True)
class DayBars:
    """Small bars, one a day: SVG paths of the days before and of the last; ``level`` is a line."""

    width: int
    before: str
    last: str
    level: float


@dataclass(frozen=True, kw_only=True)
class Strip:
    """A field a night, in an SVG path for each verdict that was given."""

    width: int
    paths: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Spark:
    """A small line: ``points`` as SVG wants them, and its last point."""

    points: str
    x: float
    y: float


def bar_chart(nights: Sequence[Night]) -> BarChart:
    """Nights from left to right, documents by outcome; at least one night."""
    highest = axis_end(max(night.delivered for night in nights))
    scale = (HEIGHT - TOP - BOTTOM) / highest
    step = min((WIDTH - LEFT) / len(nights), WIDEST_BAR / (1 - GAP_SHARE))
    return BarChart(
        bars=tuple(
            _bar(night, left=LEFT + number * step, step=step, scale=scale)
            for number, night in enumerate(nights)
        ),
        lines=tuple(
            Line(y=round(HEIGHT - BOTTOM - level * scale, 1), value=level)
            for level in (0, highest // 2, highest)
        ),
    )


def _bar(night: Night, *, left: float, step: float, scale: float) -> Bar:
    blocks, top = [], float(HEIGHT - BOTTOM)
    for outcome in OUTCOMES:
        height = getattr(night, outcome) * scale
        top -= height
        blocks.append(
            Block(
                outcome=outcome,
                x=round(left + step * GAP_SHARE / 2, 1),
                y=round(top, 1),
                width=round(step * (1 - GAP_SHARE), 1),
                height=round(height, 1),
            )
        )
    return Bar(night=night, middle=round(left + step / 2, 1), blocks=tuple(blocks))


def axis_end(highest: int) -> int:
    """The next round figure that can be halved: 2, 4, 6, 8, 10, 12, 16, 20, 40 ..."""
    power: int = 10 ** max(len(str(highest)) - 2, 0)
    return next(step * power for step in (*ROUND, 100) if step * power >= highest)


def spark(values: Sequence[float]) -> Spark | None:
    """A line through the values; None where there are fewer than two."""
    if len(values) < 2:
        return None
    lowest, highest = min(values), max(values)
    height = SPARK_HEIGHT - 2 * SPARK_MARGIN
    step = (SPARK_WIDTH - 2 * SPARK_MARGIN) / (len(values) - 1)

    def at(number: int, value: float) -> tuple[float, float]:
        share = (value - lowest) / (highest - lowest) if highest > lowest else 0.5
        return (
            round(SPARK_MARGIN + number * step, 1),
            round(SPARK_MARGIN + (1 - share) * height, 1),
        )

    points = [at(number, value) for number, value in enumerate(values)]
    x, y = points[-1]
    return Spark(points=" ".join(f"{x},{y}" for x, y in points), x=x, y=y)


def day_bars(values: Sequence[float | None], *, level: float) -> DayBars | None:
    """Bars up to the highest of the values and the level; None where there are no values.

    A day without a value has no bar, a value above zero one that can be seen.
    """
    if not values:
        return None
    highest = max(level, *(value or 0.0 for value in values)) or 1.0
    bars = [
        _day_bar(number, max(value / highest * DAYS_HEIGHT, 1)) if value else ""
        for number, value in enumerate(values)
    ]
    return DayBars(
        width=len(values) * DAY_STEP,
        before="".join(bars[:-1]),
        last=bars[-1],
        level=round((1 - level / highest) * DAYS_HEIGHT, 1),
    )


def _day_bar(number: int, height: float) -> str:
    return f"M{number * DAY_STEP} {DAYS_HEIGHT}v-{height:.3g}h{DAY_BAR}v{height:.3g}z"


def strip(verdicts: Sequence[str | None]) -> Strip:
    """A field for each verdict, in their order; an empty place for None."""
    paths: dict[str, str] = {}
    for number, verdict in enumerate(verdicts):
        if verdict:
            field = f"M{number * DAY_STEP} 0h{DAY_BAR}v{STRIP_HEIGHT}h-{DAY_BAR}z"
            paths[verdict] = paths.get(verdict, "") + field
    return Strip(width=len(verdicts) * DAY_STEP, paths=tuple(sorted(paths.items())))
