"""From an audit to its page on the shelf."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from assets.pages.archive import drop_old_pages, write_page
from assets.pages.facts import read_facts
from assets.pages.front import read_front
from assets.pages.history import read_history
from assets.pages.index import write_index
from assets.pages.render import Audited, render
from assets.resources import Home
from etl.warehouse.staging import Staged
from expectations.results import Result


def write_night_page(
    home: Home, staged: Staged, results: Sequence[Result], audited_at: datetime
) -> Path:
    """Write the page of the staged run, before its own results are logged, and the index.

    Old pages are dropped.
    """
    audited = Audited(
        run=staged.run,
        nights=staged.all_nights,
        audited_at=audited_at,
        results=results,
        history=read_history(home.lake, before=max(staged.nights)),
    )
    file, nights = home.warehouse.staging, staged.all_nights
    facts = read_facts(file, nights)
    html = render(audited, facts, read_front(file, nights, [each.night for each in facts.trend]))
    drop_old_pages(home.reports, before=audited_at - timedelta(days=home.keep_report_days))
    page = write_page(home.reports, html, run_id=staged.run.run_id, audited_at=audited_at)
    write_index(home.reports)
    return page
