"""Counting what a step has done, and telling it: to the bar at once, to a log every so often.

What belongs here: when something is told. What does not: the words (pace.py) and the drawing
(bar.py).
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from assets.progress.bar import current_bar
from assets.progress.pace import Pace

TOLD_EVERY_SECONDS = 30.0


class Tracking:
    """What is done of something; ``total`` may be set when it is known, or changes."""

    def __init__(self, unit: str, total: int | None) -> None:
        self.total = total
        self._unit = unit
        self._done = self._taken_over = 0
        self._begun = self._moved = time.monotonic()
        self._listeners: list[Callable[[], None]] = []

    def advance(self, count: int = 1, *, taken_over: bool = False) -> None:
        """So much more is done; ``taken_over``: it was there before."""
        self._done += count
        self._taken_over += count if taken_over else 0
        self._moved = time.monotonic()
        for listener in self._listeners:
            listener()

    def set(self, done: int, total: int | None) -> None:
        """So much is done, of so much."""
        self.total = total
        self.advance(done - self._done)

    def listen(self, listener: Callable[[], None]) -> None:
        """Have something called whenever this moves on."""
        self._listeners.append(listener)

    def pace(self) -> Pace:
        """As it is now."""
        return Pace(
            unit=self._unit,
            done=self._done,
            total=self.total,
            seconds=self._moved - self._begun,
            taken_over=self._taken_over,
            since=time.monotonic() - self._moved,
        )


@contextmanager
def tracked(
    subject: str,
    unit: str,
    *,
    total: int | None = None,
    tell: Callable[[str], object] | None = None,
    every_seconds: float = TOLD_EVERY_SECONDS,
) -> Iterator[Tracking]:
    """Track something long while the block runs.

    ``unit`` is a plural. A bar shows it, where one is drawn. ``tell`` is called with a line when
    it has moved on and nothing was told for ``every_seconds``.
    """
    tracking = Tracking(unit, total)
    if tell:
        tracking.listen(_every_so_often(subject, tracking, tell, every_seconds))
    bar = current_bar()
    if bar is None:
        yield tracking
        return
    with bar.of(subject, tracking.pace) as redraw:
        tracking.listen(redraw)
        yield tracking


def _every_so_often(
    subject: str, tracking: Tracking, tell: Callable[[str], object], every_seconds: float
) -> Callable[[], None]:
    told = time.monotonic()

    def listen() -> None:
        nonlocal told
        pace = tracking.pace()
        if pace.is_done or time.monotonic() - told < every_seconds:
            return  # who is done says so itself
        told = time.monotonic()
        line = f"{subject}: {pace.in_full()}"
        if bar := current_bar():
            bar.last_line = line
        tell(line)

    return listen
