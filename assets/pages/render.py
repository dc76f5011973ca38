"""The page itself: facts and the audit's results, laid out by the template beside this module.

What belongs here: choosing what stands where. What does not: HTML (page.html.j2), and how values
are written in it (templates.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from assets.pages import charts, world_map
from assets.pages.archive import INDEX
from assets.pages.attention import SHOWN_NAMED, Named
from assets.pages.facts import Facts
from assets.pages.front import Front
from assets.pages.history import History, verdict_of
from assets.pages.index import summary_of
from assets.pages.stories import Story
from assets.pages.templates import environment, title_of
from etl.warehouse.night_rows import Run
from expectations.results import Result
from expectations.wording import bound_text, figure_of, observed_text


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
        severity = self.result.expectation.severity
        return verdict_of(passed=self.result.passed, severity=severity)


@dataclass(frozen=True, kw_only=True)
class Audited:
    """An audit as a page tells it, beside earlier ones."""

    run: Run
    nights: tuple[date, ...]
    audited_at: datetime
    results: Sequence[Result]
    history: History


def render(audited: Audited, facts: Facts, front: Front) -> str:
    """The whole page."""
    checks = [
        Check(result=result, trend=_trend(result, audited.history.figures))
        for result in audited.results
    ]
    return (
        environment()
        .get_template("page.html.j2")
        .render(
            audited=audited,
            facts=facts,
            front=front,
            **_drawn(front),
            title=title_of(audited.nights),
            summary=summary_of([check.verdict for check in checks], facts, front),
            failed=[check for check in checks if check.verdict == "failed"],
            warned=[check for check in checks if check.verdict == "warned"],
            suites=_by_suite(checks),
            unsteady=unsteady_checks(checks, audited),
            checked_nights=len(_nights_of(audited)),
            chart=charts.bar_chart(facts.trend) if len(facts.trend) > 1 else None,
            shares=_shares(facts),
            trend_of=lambda feed: charts.spark(feed.trend),
            size=charts,
            index=INDEX,
        )
    )


def _drawn(front: Front) -> dict[str, object]:
    """What the news is drawn with."""
    return {
        "world": world_map.world_map(front.attention.countries),
        "world_size": world_map,
        "map_legend": world_map.legend(),
        "bars_of": _bars,
        "shown_named": SHOWN_NAMED,
        "growth_of": _growth,
    }


def _bars(named: Named) -> charts.DayBars | None:
    return charts.day_bars(named.days, level=named.month_share or 0.0)


def _growth(story: Story) -> charts.DayBars | None:
    counts = [count for _, count in story.nights]
    return charts.day_bars(counts, level=0.0) if len(counts) > 1 else None


def _by_suite(checks: Sequence[Check]) -> dict[str, list[Check]]:
    """The checks of each suite, in the order in which they were made."""
    suites: dict[str, list[Check]] = {}
    for check in checks:
        suites.setdefault(check.result.expectation.suite, []).append(check)
    return suites


@dataclass(frozen=True, kw_only=True)
class Unsteady:
    """A check that did not hold in every night: its verdict in each, None where it was not made."""

    check: Check
    verdicts: tuple[tuple[date, str | None], ...]

    @property
    def failures(self) -> tuple[date, ...]:
        """Nights in which it did not hold."""
        return tuple(night for night, verdict in self.verdicts if verdict in ("failed", "warned"))

    @property
    def strip(self) -> charts.Strip:
        return charts.strip([verdict for _, verdict in self.verdicts])


def unsteady_checks(checks: Sequence[Check], audited: Audited) -> list[Unsteady]:
    """Checks that did not hold in some of the last nights, those that failed most often first."""
    nights, tonight = _nights_of(audited), max(audited.nights)
    found = []
    for check in checks:
        earlier = audited.history.verdicts.get(check.result.expectation.name, {})
        verdicts = {**earlier, tonight: check.verdict}
        found.append(
            Unsteady(check=check, verdicts=tuple((night, verdicts.get(night)) for night in nights))
        )
    return sorted((each for each in found if each.failures), key=lambda each: -len(each.failures))


def _nights_of(audited: Audited) -> list[date]:
    """The nights that verdicts are known of, this one last."""
    earlier = {night for verdicts in audited.history.verdicts.values() for night in verdicts}
    return [*sorted(earlier - {max(audited.nights)}), max(audited.nights)]


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
