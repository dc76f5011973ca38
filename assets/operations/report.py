"""What the operations print: their reports, laid out for a terminal.

What belongs here: layout. What does not: deciding or reading anything.
"""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from assets.operations.releases import ReleaseRow, RollbackReport, span_of


def print_releases(rows: Sequence[ReleaseRow]) -> None:
    """One line per kept release, newest first."""
    console = Console()
    if not rows:
        console.print("No release is kept yet: make run")
        return
    table = Table("release", "published (UTC)", "MB", "articles", "nights", "last run wrote", "")
    for row in rows:
        table.add_row(
            row.name,
            f"{row.published_at:%Y-%m-%d %H:%M}",
            f"{row.size / 1e6:.1f}",
            str(row.article_count),
            span_of(row.nights),
            span_of(row.last_nights),
            "current" if row.is_current else "",
        )
    console.print(table)


def print_rollback(report: RollbackReport) -> None:
    """What is published now, and until when."""
    console = Console()
    console.print(f"Published    release {report.release}", soft_wrap=True)
    console.print(f"Replaced     {report.replaced or 'a file that no release holds'}")
    if report.behind:
        nights = ", ".join(map(str, report.behind))
        console.print(f"Lacking      {nights}: these return with the next publication")
