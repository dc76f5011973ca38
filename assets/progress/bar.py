"""The bar at the foot of a terminal, and lines above it.

What belongs here: drawing with rich, on the terminal that the process was started from. What does
not: what is drawn (pace.py), and when (tracking.py).

Dagster captures what a step writes by putting a pipe in the place of standard error. So the bar
has a handle of its own on the terminal, taken before: it is drawn there and nowhere else, neither
in a file nor in what Dagster keeps. It is gone when the work is done.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from assets.progress.pace import Pace

if TYPE_CHECKING:
    from rich.progress import Progress

BAR_CHARS = 20
FRAMES_PER_SECOND = 4
STANDARD_ERROR = 2


class Bar:
    """A terminal: bars at its foot, lines above them."""

    def __init__(self, drawn: "Progress") -> None:
        self._drawn = drawn
        self.last_line = ""
        """What the bar shows too, as a log was last told it: of no use above it."""

    def say(self, line: str) -> None:
        """A line above the bar, whatever stands in it, however long it is."""
        from rich.text import Text

        self._drawn.console.print(Text(line), soft_wrap=True)

    @contextmanager
    def of(self, subject: str, pace: Callable[[], Pace]) -> Iterator[Callable[[], None]]:
        """Draw something while the block runs; what is yielded is called when it has moved on."""
        task = self._drawn.add_task(subject, total=pace().total, pace=pace)
        try:
            yield lambda: self._drawn.update(task, completed=pace().done, total=pace().total)
        finally:
            self._drawn.remove_task(task)


_at_work: list[Bar] = []
"""The bar of this process, if any. Dagster makes steps and loggers itself: nothing can be handed
to them."""


def current_bar() -> Bar | None:
    """The bar of this process, where its command line draws one now."""
    return _at_work[-1] if _at_work else None


@contextmanager
def bar_on_terminal() -> Iterator[None]:
    """Have steps draw bars while the block runs, if standard error is a terminal that can."""
    if not sys.stderr.isatty() or os.environ.get("TERM") in ("dumb", "unknown") or _at_work:
        yield
        return
    with os.fdopen(os.dup(STANDARD_ERROR), "w", encoding="utf-8") as terminal:
        from rich.console import Console

        with _drawing(Console(file=terminal)) as drawn:
            _at_work.append(Bar(drawn))
            try:
                yield
            finally:
                _at_work.pop()


def _drawing(console: object) -> "Progress":
    from rich.console import Console
    from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn
    from rich.table import Column
    from rich.text import Text

    class Told(ProgressColumn):
        """Amount, rate and time left, as they are now."""

        max_refresh = None

        def render(self, task: Task) -> Text:
            return Text(task.fields["pace"]().in_short())

    assert isinstance(console, Console)
    return Progress(
        TextColumn("{task.description}", markup=False, table_column=Column(no_wrap=True)),
        BarColumn(bar_width=BAR_CHARS),
        Told(table_column=Column(no_wrap=True)),
        console=console,
        transient=True,
        refresh_per_second=FRAMES_PER_SECOND,
        redirect_stdout=False,
        redirect_stderr=False,
    )
