"""A bar for measurements that take minutes; a line every so often where there is no terminal.

What belongs here: watching a loop. What does not: what measures processor time (speed.py,
accuracy.py): drawing would be measured, too.
"""

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

from assets.progress.bar import bar_on_terminal, current_bar
from assets.progress.tracking import tracked

Item = TypeVar("Item")


def watched(items: Iterable[Item], subject: str, unit: str, *, total: int) -> Iterator[Item]:
    """The items, one by one, told as they are done; ``unit`` is a plural."""
    with bar_on_terminal(), tracked(subject, unit, total=total, tell=_tell) as tracking:
        for item in items:
            yield item
            tracking.advance()


def write(lines: str) -> None:
    """To standard output; above the bar where both are on the terminal."""
    bar = current_bar()
    if bar and sys.stdout.isatty():
        bar.say(lines.rstrip("\n"))
        return
    sys.stdout.write(lines)
    sys.stdout.flush()


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")
