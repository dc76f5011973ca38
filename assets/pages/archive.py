"""Where pages lie: one a run, named by the instant of its audit.

What belongs here: writing, finding and dropping pages. What does not: what is on them.

    reports/2026-03-01T020713Z_<run id>.html

The nights that a page is about stand in its head, where ``find_page`` reads them. Beside the pages
lies their index, ``index.html``.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

NAME_FORMAT = "%Y-%m-%dT%H%M%SZ"
PAGE_NAME = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d)(\d\d)\d\dZ_.+\.html")
INDEX = "index.html"
SERVED_AS = "pages"
"""Among the logs that Dagster's web server serves (assets/cli/served_pages.py)."""
HEAD_BYTES, BLOCK_BYTES = 2**16, 2**12
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
    return next((page for page in pages(folder) if night in (None, *nights_of(page))), None)


def instant_of(page: Path) -> str:
    """When its audit was made, in UTC: '2026-03-01 02:07'."""
    day, hour, minute = PAGE_NAME.fullmatch(page.name).groups()  # type: ignore[union-attr]
    return f"{day} {hour}:{minute}"


def nights_of(page: Path) -> list[date]:
    """The nights that a page is about."""
    found = NIGHTS.search(head_of(page))
    return [date.fromisoformat(text) for text in found.group(1).split(", ")] if found else []


def head_of(page: Path) -> str:
    """A page down to its title, which stands behind what it tells of itself."""
    head = b""
    with page.open("rb") as stream:
        while b"</title>" not in head and len(head) < HEAD_BYTES:
            block = stream.read(BLOCK_BYTES)
            if not block:
                break
            head += block
    return head.decode("utf-8", "replace")


def drop_old_pages(folder: Path, *, before: datetime) -> int:
    """Drop pages of audits before an instant (UTC); return how many."""
    first = before.strftime(NAME_FORMAT)
    old = [page for page in pages(folder) if page.name < first]
    for page in old:
        page.unlink()
    return len(old)


def drop_pages_that_show(folder: Path, identifiers: Sequence[str]) -> int:
    """Drop pages that show one of some withdrawn articles or deliveries; return how many."""
    shown = [
        page
        for page in pages(folder)
        if any(identifier in page.read_text(encoding="utf-8") for identifier in identifiers)
    ]
    for page in shown:
        page.unlink()
    return len(shown)


def pages(folder: Path) -> Iterator[Path]:
    """All pages of audits, newest first; the index (index.py) is none."""
    found = (page for page in folder.glob("*.html") if PAGE_NAME.fullmatch(page.name))
    return iter(sorted(found, reverse=True))
