"""The page itself: facts and the audit's results, laid out by the template beside this module.

What belongs here: choosing what stands where. What does not: HTML (page.html.j2). Raw news
text is hostile input: all of it is escaped, characters that would move or hide text are shown
as such, and the page forbids itself scripts and anything from elsewhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from assets.guard.invisible import shown
from assets.pages import charts
from assets.pages.facts import Facts
from etl.warehouse.night_rows import Run
from expectations.results import Result
from expectations.wording import bound_text, figure_of, observed_text

CELL_CHARS = 300


@dataclass(frozen=True, kw_only=True)
class Check:
    """An expectation's result and, where it is a figure, how it went over earlier nights."""

    result: Result
    trend: charts.Spark | None

    @property
    def observed(self) -> str | None:
        """The figure that was judged, in the unit of its bound."""
        return observed_text(self.result.expectation, self.result.observed)

    @property
    def allowed(self) -> str | None:
        return bound_text(self.result.expectation)

    @property
    def verdict(self) -> str:
        """passed, failed (blocking) or warned."""
        if self.result.passed:
            return "passed"
        return "failed" if self.result.expectation.severity == "blocking" else "warned"


@dataclass(frozen=True, kw_only=True)
class Audited:
    """An audit as a page tells it; ``history`` are figures of earlier audits by expectation."""

    run: Run
    nights: tuple[date, ...]
    audited_at: datetime
    results: Sequence[Result]
    history: Mapping[str, Sequence[float]]


def render(audited: Audited, facts: Facts) -> str:
    """The whole page."""
    checks = [
        Check(result=result, trend=_trend(result, audited.history)) for result in audited.results
    ]
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            audited=audited,
            facts=facts,
            title=title_of(audited.nights),
            failed=[check for check in checks if check.verdict == "failed"],
            warned=[check for check in checks if check.verdict == "warned"],
            suites=_by_suite(checks),
            chart=charts.bar_chart(facts.trend) if len(facts.trend) > 1 else None,
            shares=_shares(facts),
            trend_of=lambda feed: charts.spark(feed.trend),
            size=charts,
        )
    )


def _by_suite(checks: Sequence[Check]) -> dict[str, list[Check]]:
    """The checks of each suite, in the order in which they were made."""
    suites: dict[str, list[Check]] = {}
    for check in checks:
        suites.setdefault(check.result.expectation.suite, []).append(check)
    return suites


def title_of(nights: Sequence[date]) -> str:
    """'Night of 1 March 2026', or how many nights from when to when."""
    first, last = min(nights), max(nights)
    if first == last:
        return f"Night of {day(first)}"
    return f"{len(nights)} nights, {day(first)} to {day(last)}"


def day(night: date) -> str:
    """'1 March 2026'."""
    return f"{night.day} {night:%B %Y}"


def _trend(result: Result, history: Mapping[str, Sequence[float]]) -> charts.Spark | None:
    values = [*history.get(result.expectation.name, ())]
    now = figure_of(result.observed)
    return charts.spark([*values, now]) if now is not None else None


@dataclass(frozen=True, kw_only=True)
class Share:
    """A share of the last night, and its line over the nights before."""

    label: str
    value: float
    trend: charts.Spark | None


def _shares(facts: Facts) -> list[Share]:
    """Shares that tell whether feeds have changed."""
    shares = []
    for label, name in (
        ("in quarantine", "quarantined_share"),
        ("of articles without a title", "untitled_share"),
        ("of articles without a known source", "unknown_source_share"),
    ):
        values = [getattr(night, name) for night in facts.trend]
        known = [value for value in values if value is not None]
        if known:
            shares.append(Share(label=label, value=known[-1], trend=charts.spark(known)))
    return shares


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
    )
    environment.filters |= {"day": day, "cut": _cut, "percent": _percent, "number": _number}
    return environment


def _finalize(value: object) -> object:
    """Characters that nobody sees, or that turn the text around, by their names."""
    return shown(value) if type(value) is str else value


def _cut(text: str, chars: int = CELL_CHARS) -> str:
    return text if len(text) <= chars else f"{text[:chars]}…"


def _percent(share: float) -> str:
    return f"{share * 100:.1f} %"


def _number(value: int) -> str:
    """Thousands apart, by a thin space."""
    return f"{value:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")
