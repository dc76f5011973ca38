"""What the command line prints: the night's summary, a query's answer, the status.

What belongs here: reading the published file and laying it out. What does not: deciding
anything. The one module that prints.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
from rich.console import Console
from rich.text import Text

from assets.cli.terminal import PlainTable, lay_out
from assets.night.plurals import counted, waiting_line
from assets.pages.archive import page_of_run
from assets.settings import Settings
from etl.errors import WarehouseError
from etl.warehouse import run_log
from etl.warehouse.contents import nights_behind, open_file, read_contents
from etl.warehouse.releases import current_release, releases

if TYPE_CHECKING:
    from assets.cli.nights import NightOutcome

SHOWN = 8

COUNTS = """
    SELECT delivered_count, published_count, duplicate_count, quarantined_count
    FROM v_nights WHERE ingested_on = ?
"""
RULES = """
    SELECT rule, count(*) FROM quarantine WHERE ingested_on = ? GROUP BY rule ORDER BY 2 DESC, 1
"""
COUNTRIES = """
    SELECT c.name, count(*) FROM article_countries JOIN countries c USING (country_code)
    WHERE ingested_on = ? GROUP BY c.name ORDER BY 2 DESC, 1
"""
SOURCES = """
    SELECT s.name, count(*) FROM articles JOIN sources s USING (source_id)
    WHERE ingested_on = ? GROUP BY s.name ORDER BY 2 DESC, 1
"""
EXAMPLE = (
    "SELECT published_on, source, focus_countries, title FROM v_articles "
    "WHERE len(focus_countries) > 1 ORDER BY published_on DESC"
)


def print_night(settings: Settings, outcome: "NightOutcome") -> None:
    """The summary at the end of a run."""
    console = Console()
    published = settings.warehouse.published
    if outcome.is_published:
        with _open(published) as con:
            if len(outcome.nights) == 1:
                _print_counts(console, con, outcome.nights[0])
            else:
                _print_nights(console, con, outcome.nights)
    if outcome.waiting_files:
        waiting = waiting_line(outcome.waiting_files, settings.settle_seconds)
        console.print(f"Waiting      {waiting}", style="yellow", soft_wrap=True)
    _print_checks(console, outcome)
    if page := page_of_run(settings.reports, outcome.run_id):
        console.print(f"Page         {_shown(page)}", soft_wrap=True)
    if outcome.is_published:
        console.print(f"Published    {_shown(published)}", soft_wrap=True)
        console.print(f'Try          make query SQL="{EXAMPLE}"', soft_wrap=True, highlight=False)
    else:
        for failure in outcome.failures:
            console.print(f"Failed       {failure}", style="red", soft_wrap=True, markup=False)
        state = "as it was" if published.exists() else "there is none yet"
        console.print(f"Not published; the published file is unchanged: {state}", style="red")


def _print_counts(console: Console, con: duckdb.DuckDBPyConnection, night: date) -> None:
    row = con.execute(COUNTS, [night]).fetchone() or (0, 0, 0, 0)
    delivered, published, duplicate, quarantined = row
    console.rule(f"Night of {night}")
    console.print(
        f"Documents    {delivered} delivered = {published} published + {duplicate} duplicate"
        f" + {quarantined} quarantined"
    )
    for label, query in (("Quarantined", RULES), ("Countries", COUNTRIES), ("Sources", SOURCES)):
        rows = con.execute(query, [night]).fetchall()
        console.print(f"{label:<12} {_counted(rows)}", soft_wrap=True, markup=False)


def _print_nights(console: Console, con: duckdb.DuckDBPyConnection, nights: Sequence[date]) -> None:
    """One line per night that received anything."""
    table = PlainTable("night", "delivered", "published", "duplicate", "quarantined")
    empty = 0
    for night in nights:
        row = con.execute(COUNTS, [night]).fetchone()
        empty += row is None
        if row:
            table.add(night, *row)
    console.print(table)
    if empty:
        console.print(f"Empty        {counted(empty, 'night')} received nothing")


def _counted(rows: Sequence[tuple[object, ...]]) -> str:
    if not rows:
        return "none"
    shown = ", ".join(f"{name} {count}" for name, count in rows[:SHOWN])
    rest = f", and {len(rows) - SHOWN} more" if len(rows) > SHOWN else ""
    return f"{shown}{rest}"


def _print_checks(console: Console, outcome: "NightOutcome") -> None:
    from assets.night.golden_check import GOLDEN_CHECK  # here: status and query need no Dagster

    passed, failed = len(outcome.passed_checks), len(outcome.failed_checks)
    warned = len(outcome.warnings)
    names = (*outcome.passed_checks, *outcome.failed_checks, *outcome.warnings)
    has_golden = GOLDEN_CHECK in names
    golden = "; one is the golden set's, the others are the audit's" if has_golden else ""
    console.print(
        f"Checks       {passed} passed, {failed} failed, {counted(warned, 'warning')}{golden}",
        soft_wrap=True,
    )
    for kind, colour, held_not in (
        ("failed", "red", outcome.failed_checks),
        ("warning", "yellow", outcome.warnings),
    ):
        for name in held_not:
            finding = outcome.findings.get(name)
            line = f"             {kind}: {name}" + (f" ({finding})" if finding else "")
            console.print(line, style=colour, soft_wrap=True, markup=False)


def print_query(settings: Settings, sql: str, *, limit: int) -> None:
    """The answer to a query as a table. Raises WarehouseError where it cannot be answered."""
    console = Console()
    with _open(settings.warehouse.published) as con:
        try:
            cursor = con.execute(sql)
            if cursor is None:  # nothing but white space or comments
                raise WarehouseError("nothing was asked; try: dateline query 'FROM v_articles'")
            names = [column[0] for column in cursor.description or ()]
            rows = cursor.fetchmany(limit + 1) if limit else cursor.fetchall()
        except duckdb.Error as error:
            raise WarehouseError(str(error)) from error
    shown = [tuple(map(_cell, row)) for row in (rows[:limit] if limit else rows)]
    console.print(lay_out(names, shown, width=console.width))
    if limit and len(rows) > limit:
        console.print(f"the first {counted(limit, 'row')}; --limit 0 for all")


def _cell(value: object) -> str:
    text = "" if value is None else _plain(value)
    return text if len(text) <= 200 else f"{text[:200]}…"


def _plain(value: object) -> str:
    """As SQL would write it: a list's items without quotes, a day as 2026-03-01."""
    if isinstance(value, list):
        return f"[{', '.join('NULL' if item is None else _plain(item) for item in value)}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{name}: {_plain(item)}' for name, item in value.items())}}}"
    return str(value)


def print_status(settings: Settings) -> None:
    """Published file, releases, and nights that the lake has and the file lacks."""
    console = Console()
    warehouse = settings.warehouse
    lake = settings.lake
    console.print(f"Home         {_shown(settings.home.absolute())}", soft_wrap=True)
    if not warehouse.published.exists():
        console.print("Published    nothing yet: make run")
    else:
        held = read_contents(warehouse.published)
        at = held.last_finished_at
        night = f", night of {held.last_nights[-1]} at {at:%Y-%m-%d %H:%M} UTC" if at else ""
        articles = counted(held.article_count, "article")
        console.print(f"Published    {articles}{night}", soft_wrap=True)
    kept = releases(warehouse)
    console.print(f"Releases     {', '.join(path.stem for path in kept) or 'none'}", soft_wrap=True)
    current = current_release(warehouse)
    if current and current != kept[-1]:
        behind = ", ".join(map(str, nights_behind(warehouse.published, run_log.read_runs(lake))))
        console.print(
            f"Rolled back  to {current.stem}, not the newest; "
            f"return with the next publication: {behind or 'no night'}",
            style="yellow",
            soft_wrap=True,
        )
    waiting = ", ".join(map(str, run_log.waiting_nights(lake)))
    console.print(f"Unpublished  {waiting or 'no night'}", soft_wrap=True)


COLOURS = {"ok": "green", "warn": "yellow", "fail": "red"}


def print_finding(status: str, subject: str, message: str, remedy: str) -> None:
    """One answer of the doctor, and below it what to do."""
    console = Console()
    line = Text(f"{status:<5}", style=COLOURS[status])
    console.print(line.append(f"{subject:<13}{message}", style="default"), soft_wrap=True)
    if remedy:
        console.print(f"{'':<18}→ {remedy}", soft_wrap=True, markup=False, highlight=False)


def _open(path: Path) -> duckdb.DuckDBPyConnection:
    if not path.exists():
        raise WarehouseError(f"nothing is published yet: no {_shown(path)}; make run")
    return open_file(path)


def _shown(path: Path) -> str:
    """The path as a person would type it."""
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)
