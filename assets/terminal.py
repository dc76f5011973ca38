"""Tables in a terminal: nothing is cut off, and no text is read as markup.

What belongs here: what both reports print with (assets/report.py, assets/operations/report.py).
News text holds brackets that rich would take for styles, or fail on.
"""

from rich import box
from rich.table import Table
from rich.text import Text

DAY_CHARS = 10


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
            self.add_column(Text(name), overflow="fold", no_wrap=name in whole, min_width=least)

    def add(self, *values: object) -> None:
        """A row of values; None is empty."""
        self.add_row(*(Text("" if value is None else str(value)) for value in values))
