"""Where pages lie: one a run, named by the instant of its audit.

What belongs here: writing, finding and dropping pages. What does not: what is on them.

    reports/2026-03-01T020713Z_<run id>.html

The nights that a page is about stand in its head, where ``find_page`` reads them.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

NAME_FORMAT = "%Y-%m-%dT%H%M%SZ"
SERVED_AS = "pages"
"""Among the logs that Dagster's web server serves (assets/cli/served_pages.py)."""
HEAD_BYTES = 2**16
NIGHTS = re.compile(r'<meta name="dateline:nights" content="([0-9, -]*)">')


def write_page(folder: Path, html: str, *, run_id: str, audited_at: datetime) -> Path:
    """Put a run's page on the shelf, in the place of one that the run has written before."""
    folder.mkdir(parents=True, exist_ok=True)
    for earlier in folder.glob(f"*_{run_id}.html"):
        earlier.unlink()
    page = folder / f"{audited_at.strftime(NAME_FORMAT)}_{run_id}.html"
    temporary = page.with_suffix(".tmp")
    temporary.write_text(html, encoding="utf-8")
    temporary.replace(page)
    return page


def link_of(page: Path) -> str:
    """Where the UI serves a page, from its own address, so that it holds through a tunnel too."""
    return f"/logs/{SERVED_AS}/{page.stem}/html"


def page_of_run(folder: Path, run_id: str) -> Path | None:
    """The page that a run has written."""
    return next(folder.glob(f"*_{run_id}.html"), None)


def find_page(folder: Path, night: date | None = None) -> Path | None:
    """The newest page that is about ``night``, or the newest of all."""
    return next((page for page in _pages(folder) if night in (None, *nights_of(page))), None)


def nights_of(page: Path) -> list[date]:
    """The nights that a page is about."""
    with page.open("rb") as stream:
        head = stream.read(HEAD_BYTES).decode("utf-8", "replace")
    found = NIGHTS.search(head)
    return [date.fromisoformat(text) for text in found.group(1).split(", ")] if found else []


def drop_old_pages(folder: Path, *, before: datetime) -> int:
    """Drop pages of audits before an instant (UTC); return how many."""
    first = before.strftime(NAME_FORMAT)
    old = [page for page in _pages(folder) if page.name < first]
    for page in old:
        page.unlink()
    return len(old)


def drop_pages_that_show(folder: Path, identifiers: Sequence[str]) -> int:
    """Drop pages that show one of some withdrawn articles or deliveries; return how many."""
    shown = [
        page
        for page in _pages(folder)
        if any(identifier in page.read_text(encoding="utf-8") for identifier in identifiers)
    ]
    for page in shown:
        page.unlink()
    return len(shown)


def _pages(folder: Path) -> Iterator[Path]:
    """All pages, newest first."""
    return iter(sorted(folder.glob("*.html"), reverse=True))
