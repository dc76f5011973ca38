"""Lines and tables in a terminal: nothing is cut off, and no text is read as markup.

What belongs here: what both reports print with (summary.py, operation_reports.py), and commands as
their readers would type them.
News text holds brackets that rich would take for styles, or fail on, and escape characters that
the terminal would obey.
"""

import os
import shutil
import sys
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from assets.guard.invisible import shown, shown_in_line

DAY_CHARS = 10
GAP_CHARS = 3


def program() -> str:
    """This program as it can be typed here: by its path, where PATH does not lead to it."""
    started, found = Path(sys.argv[0]), shutil.which("dateline")
    if started.name != "dateline" or (found and started.exists() and started.samefile(found)):
        return "dateline"
    return from_here(started)


def command(arguments: str, *, by_make: str) -> str:
    """A command of ours as whoever started this one types it: the target ``by_make``, or itself."""
    return f"make {by_make}" if "MAKELEVEL" in os.environ else f"{program()} {arguments}"


def from_here(path: Path) -> str:
    """The path as a person would type it."""
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


class PlainTable(Table):
    """Columns fold where the terminal is narrow.

    Those of ``whole`` stay in one line, those of ``days`` are wide enough for a date.
    """

    def __init__(
        self, *names: str, whole: tuple[str, ...] = (), days: tuple[str, ...] = ()
    ) -> None:
        super().__init__(box=box.SIMPLE_HEAD, pad_edge=False)
        for name in names:
            least = DAY_CHARS if name in days else None
            self.add_column(
                Text(shown(name)), overflow="fold", no_wrap=name in whole, min_width=least
            )

    def add(self, *values: object) -> None:
        """A row of values, each in a line of its own text; None is empty."""
        self.add_row(
            *(Text("" if value is None else shown_in_line(str(value))) for value in values)
        )


def say(console: Console, text: str, *, style: str | None = None) -> None:
    """One line of text, whatever stands in it, however long it is."""
    line = shown_in_line(text)
    console.print(line, style=style, soft_wrap=True, markup=False, highlight=False)


def lay_out(names: Sequence[str], rows: Sequence[Sequence[str]], *, width: int) -> Table:
    """Rows under their column names; a list per row where columns would not hold a date.

    Texts keep their line ends: it is they that were asked for. Of an answer without rows the names
    are all there is, so they stand whole: in a line, or each in its own.
    """
    if not rows and sum(len(name) + GAP_CHARS for name in names) > width:
        return _lists(names, [[""] * len(names)], width=width)
    longest = (max(map(len, column)) for column in zip(names, *rows, strict=True))
    needed = sum(min(chars, DAY_CHARS) + GAP_CHARS for chars in longest)
    if rows and needed > width + GAP_CHARS:
        return _lists(names, rows, width=width)
    table = PlainTable(*names, whole=() if rows else tuple(names))
    for row in rows:
        table.add_row(*(Text(shown(value)) for value in row))
    return table


def _lists(names: Sequence[str], rows: Sequence[Sequence[str]], *, width: int) -> Table:
    """A line per value beside its name, and an empty line between rows."""
    grid = Table.grid(padding=(0, GAP_CHARS, 0, 0))
    grid.add_column(no_wrap=max(map(len, names)) < width / 2, overflow="fold")
    grid.add_column(overflow="fold")
    blank = ("", "")
    for name, value in chain.from_iterable((blank, *zip(names, row, strict=True)) for row in rows):
        grid.add_row(Text(shown(name)), Text(shown(value)))
    return grid
