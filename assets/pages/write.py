"""From an audit to its page on the shelf."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import polars as pl

from assets.pages.archive import drop_old_pages, write_page
from assets.pages.facts import TREND_NIGHTS, read_facts
from assets.pages.render import Audited, render
from assets.resources import Home
from etl.lake.store import Lake
from etl.warehouse import run_log
from etl.warehouse.contents import in_order
from etl.warehouse.staging import Staged
from expectations.results import Result
from expectations.wording import figure_of


def write_night_page(
    home: Home, staged: Staged, results: Sequence[Result], audited_at: datetime
) -> Path:
    """Write the page of the staged run, before its own results are logged; drop old pages."""
    audited = Audited(
        run=staged.run,
        nights=staged.all_nights,
        audited_at=audited_at,
        results=results,
        history=_history(home.lake, before=max(staged.nights)),
    )
    html = render(audited, read_facts(home.warehouse.staging, staged.all_nights))
    drop_old_pages(home.reports, before=audited_at - timedelta(days=home.keep_report_days))
    return write_page(home.reports, html, run_id=staged.run.run_id, audited_at=audited_at)


def _history(lake: Lake, *, before: date) -> Mapping[str, Sequence[float]]:
    """What the last audit of each earlier night observed, by expectation, oldest first.

    The last is the one that was published last; audits that led to no publication have no
    place in that order and count only where there is no other.
    """
    published = in_order(run_log.read_runs(lake)).select("run_id").unique(maintain_order=True)
    observed = (
        run_log.read_quality_results(lake)
        .filter(pl.col("observed").is_not_null(), pl.col("ingested_on") < before)
        .join(published.with_row_index("order"), on="run_id", how="left")
        .sort("order", nulls_last=False, maintain_order=True)
        .unique(["expectation", "ingested_on"], keep="last", maintain_order=True)
        .sort("ingested_on")
    )
    history: dict[str, list[float]] = {}
    for name, text in observed.select("expectation", "observed").iter_rows():
        if (figure := figure_of(text)) is not None:
            history.setdefault(name, []).append(figure)
    return {name: figures[-TREND_NIGHTS:] for name, figures in history.items()}
