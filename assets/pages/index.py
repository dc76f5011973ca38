"""The index of all pages: night by night, what a reader wants to know before opening one.

What belongs here: what a page tells of itself in its head, and the page that lists them by it. What
does not: where pages lie (archive.py). The index knows nothing but what stands in the pages, so
whatever goes with a page goes from the index with its next writing.
"""

import html
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from assets.pages import charts
from assets.pages.archive import INDEX, head_of, instant_of, nights_of, pages
from assets.pages.facts import TREND_NIGHTS, Facts, Night
from assets.pages.front import Front
from assets.pages.templates import environment, title_of

SUMMARY = re.compile(r'<meta name="dateline:summary" content="([^"]*)">')


@dataclass(frozen=True, kw_only=True)
class Summary:
    """What a page says in a line: documents by outcome, checks, and what the news was.

    ``verdict`` is passed, warned or failed; ``country_share`` is that of the articles (0-1).
    """

    verdict: str
    delivered: int
    published: int
    duplicate: int
    superseded: int
    quarantined: int
    failures: int
    warnings: int
    country: str | None = None
    country_share: float | None = None
    headline: str | None = None

    @classmethod
    def read(cls, head: str) -> "Summary | None":
        """From the head of a page; None where it has none, or one of another version."""
        found = SUMMARY.search(head)
        told = json.loads(html.unescape(found.group(1))) if found else {}
        return cls(**told) if told.keys() == {field.name for field in fields(cls)} else None

    @property
    def text(self) -> str:
        """As it stands in the head of a page."""
        return json.dumps(asdict(self))


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A page of the index, and the earlier audits of the same nights, the newest first.

    ``audited_at`` is '2026-03-01 02:07', in UTC.
    """

    file_name: str
    nights: tuple[date, ...]
    audited_at: str
    summary: Summary | None
    earlier: tuple["Entry", ...] = ()

    @property
    def is_refused(self) -> bool:
        return self.summary is not None and self.summary.verdict == "failed"

    @property
    def title(self) -> str:
        return title_of(self.nights).removeprefix("Night of ")


def summary_of(verdicts: Sequence[str], facts: Facts, front: Front) -> Summary:
    """Of a page with these verdicts of its checks."""
    first = front.attention.countries[0] if front.attention.countries else None
    failures, warnings = verdicts.count("failed"), verdicts.count("warned")
    return Summary(
        verdict="failed" if failures else "warned" if warnings else "passed",
        delivered=facts.total("delivered"),
        **{outcome: facts.total(outcome) for outcome in charts.OUTCOMES},
        failures=failures,
        warnings=warnings,
        country=first.name if first else None,
        country_share=first.share if first else None,
        headline=front.stories[0].headline.words if front.stories else None,
    )


def write_index(folder: Path) -> Path:
    """Write the index of the pages in a folder anew."""
    entries = _entries(folder)
    text = (
        environment()
        .get_template("index.html.j2")
        .render(
            entries=entries,
            chart=_chart(entries),
            refused=[entry.nights[0] for entry in entries if entry.is_refused],
            size=charts,
        )
    )
    temporary = folder / f"{INDEX}.tmp"
    temporary.write_text(text, encoding="utf-8")
    return temporary.replace(folder / INDEX)


def _entries(folder: Path) -> list[Entry]:
    """One for each night or run of nights, the latest nights first."""
    by_nights: dict[tuple[date, ...], list[Entry]] = {}
    for page in pages(folder):
        if nights := tuple(nights_of(page)):
            by_nights.setdefault(nights, []).append(_entry(page, nights))
    newest = [replace(first, earlier=tuple(others)) for first, *others in by_nights.values()]
    return sorted(newest, key=lambda each: (max(each.nights), each.audited_at), reverse=True)


def _entry(page: Path, nights: tuple[date, ...]) -> Entry:
    return Entry(
        file_name=page.name,
        nights=nights,
        audited_at=instant_of(page),
        summary=Summary.read(head_of(page)),
    )


def _chart(entries: Iterable[Entry]) -> charts.BarChart | None:
    """Documents of the last single nights by outcome."""
    nights = [
        _night(entry.nights[0], entry.summary)
        for entry in entries
        if entry.summary and len(entry.nights) == 1
    ][:TREND_NIGHTS]
    return charts.bar_chart(nights[::-1]) if len(nights) > 1 else None


def _night(night: date, summary: Summary) -> Night:
    outcomes: dict[str, Any] = {name: getattr(summary, name) for name in charts.OUTCOMES}
    return Night(
        night=night,
        delivered=summary.delivered,
        untitled_share=None,
        unknown_source_share=None,
        **outcomes,
    )
