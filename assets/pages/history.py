"""What earlier audits found, beside which a page sets its own: figures and verdicts by night.

What belongs here: reading the log of results. What does not: drawing them (charts.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from assets.pages.facts import TREND_NIGHTS
from etl.lake.store import Lake
from etl.warehouse import run_log
from etl.warehouse.contents import in_order
from expectations.wording import figure_of


@dataclass(frozen=True, kw_only=True)
class History:
    """By expectation, what was observed in earlier nights, oldest first, and whether it held.

    ``verdicts`` are ``passed``, ``warned`` or ``failed`` (it stopped publication), by night.
    """

    figures: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    verdicts: Mapping[str, Mapping[date, str]] = field(default_factory=dict)


def verdict_of(*, passed: bool, severity: str) -> str:
    """passed, failed (blocking) or warned."""
    if passed:
        return "passed"
    return "failed" if severity == "blocking" else "warned"


def read_history(lake: Lake, *, before: date) -> History:
    """What the last audit of each earlier night found, of the last nights.

    The last is the one that was published last; audits that led to no publication have no
    place in that order and count only where there is no other.
    """
    published = in_order(run_log.read_runs(lake)).select("run_id").unique(maintain_order=True)
    results = (
        run_log.read_quality_results(lake)
        .filter(pl.col("ingested_on") < before)
        .join(published.with_row_index("order"), on="run_id", how="left")
        .sort("order", nulls_last=False, maintain_order=True)
        .unique(["expectation", "ingested_on"], keep="last", maintain_order=True)
        .sort("ingested_on")
    )
    return History(figures=_figures(results), verdicts=_verdicts(results))


def _figures(results: pl.DataFrame) -> dict[str, tuple[float, ...]]:
    observed = results.filter(pl.col("observed").is_not_null()).select("expectation", "observed")
    found: dict[str, list[float]] = {}
    for name, text in observed.iter_rows():
        if (figure := figure_of(text)) is not None:
            found.setdefault(name, []).append(figure)
    return {name: tuple(figures[-TREND_NIGHTS:]) for name, figures in found.items()}


def _verdicts(results: pl.DataFrame) -> dict[str, dict[date, str]]:
    nights = results["ingested_on"].unique().sort().to_list()[1 - TREND_NIGHTS :]
    rows = results.filter(pl.col("ingested_on").is_in(nights)).select(
        "expectation", "ingested_on", "passed", "severity"
    )
    found: dict[str, dict[date, str]] = {}
    for name, night, passed, severity in rows.iter_rows():
        found.setdefault(name, {})[night] = verdict_of(passed=passed, severity=severity)
    return found
