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

from assets.cli.export import Export, export
from assets.cli.terminal import PlainTable, command, from_here, lay_out, program, say
from assets.cli.values import plain
from assets.guard.invisible import shown_in_line
from assets.night.plurals import quantity, waiting_line
from assets.night.upgrade import foretold
from assets.pages.archive import page_of_run
from assets.progress.bar import bar_on_terminal
from assets.settings import Settings
from etl.errors import WarehouseError
from etl.lake.damage import find_damage
from etl.warehouse import run_log
from etl.warehouse.contents import nights_behind, open_file, read_contents
from etl.warehouse.questions import cut_off, question_of
from etl.warehouse.releases import current_release, label_of, releases

if TYPE_CHECKING:
    from assets.cli.nights import NightOutcome

SHOWN = 8

COUNTS = """
    SELECT delivered_count, published_count, duplicate_count, superseded_count, quarantined_count
    FROM v_nights WHERE ingested_on = ?
"""
RULES = """
    SELECT rule, count(*) FROM quarantine WHERE ingested_on = ? AND superseded_on IS NULL
    GROUP BY rule ORDER BY 2 DESC, 1
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

STAGED_EXAMPLE = "SELECT rule, path, detail FROM quarantine WHERE superseded_on IS NULL"


def print_night(settings: Settings, outcome: "NightOutcome") -> None:
    """The summary at the end of a run."""
    console = Console()
    if file := _file_of(settings, outcome):
        with _open(file) as con:
            if len(outcome.nights) == 1:
                _print_counts(console, con, outcome.nights[0], fate=_fate(outcome))
            else:
                _print_nights(console, con, outcome.nights, fate=_fate(outcome))
    if outcome.waiting_files:
        waiting = waiting_line(outcome.waiting_files, settings.settle_seconds)
        say(console, f"Waiting      {waiting}", style="yellow")
    _print_checks(console, outcome)
    if page := page_of_run(settings.reports, outcome.run_id):
        say(console, f"Page         {from_here(page)}")
    published = settings.warehouse.published
    if outcome.is_published:
        say(console, f"Published    {from_here(published)}")
        stays = ", which stays: nothing differs from it" if outcome.is_unchanged else ""
        say(console, f"Version      {read_contents(published).version}{stays}")
        asking = command(f'query "{EXAMPLE}"', by_make=f'query SQL="{EXAMPLE}"')
        say(console, f"Try          {asking}")
        _print_failures(console, outcome)
        return
    _print_failures(console, outcome)
    state = "as it was" if published.exists() else "there is none yet"
    console.print(f"Not published; the published file is unchanged: {state}", style="red")
    if file:
        say(console, f'Look         {program()} query --staging "{STAGED_EXAMPLE}"')


def _print_failures(console: Console, outcome: "NightOutcome") -> None:
    for failure in outcome.failures:
        say(console, f"Failed       {failure}", style="red")


def _file_of(settings: Settings, outcome: "NightOutcome") -> Path | None:
    """The file that holds the nights of a run; None where the run came to none."""
    from etl.warehouse.staging import Staged  # here: status and query need no frames

    warehouse = settings.warehouse
    if outcome.is_published:
        return warehouse.published
    if not (warehouse.staging.exists() and warehouse.staged_record.exists()):
        return None
    staged = Staged.read(warehouse.staged_record)
    return warehouse.staging if staged.run.run_id == outcome.run_id else None


def _fate(outcome: "NightOutcome") -> str:
    return "published" if outcome.is_published else "fit to publish"


def _print_counts(
    console: Console, con: duckdb.DuckDBPyConnection, night: date, *, fate: str
) -> None:
    row = con.execute(COUNTS, [night]).fetchone() or (0, 0, 0, 0, 0)
    delivered, published, duplicate, superseded, quarantined = row
    console.rule(f"Night of {night}")
    console.print(
        f"Documents    {delivered} delivered = {published} {fate} + {duplicate} duplicate"
        f" + {superseded} superseded + {quarantined} quarantined"
    )
    for label, query in (("Quarantined", RULES), ("Countries", COUNTRIES), ("Sources", SOURCES)):
        rows = con.execute(query, [night]).fetchall()
        say(console, f"{label:<12} {_counted(rows)}")


def _print_nights(
    console: Console, con: duckdb.DuckDBPyConnection, nights: Sequence[date], *, fate: str
) -> None:
    """One line per night that received anything."""
    table = PlainTable("night", "delivered", fate, "duplicate", "superseded", "quarantined")
    empty = 0
    for night in nights:
        row = con.execute(COUNTS, [night]).fetchone()
        empty += row is None
        if row:
            table.add(night, *row)
    console.print(table)
    if empty:
        console.print(f"Empty        {quantity(empty, 'night')} received nothing")


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
    if not outcome.is_audited and outcome.is_published:
        say(console, "Checks       as audited when this was published: nothing has changed since")
        return
    has_golden = GOLDEN_CHECK in names
    golden = "; one is the golden set's, the others are the audit's" if has_golden else ""
    console.print(
        f"Checks       {passed} passed, {failed} failed, {quantity(warned, 'warning')}{golden}",
        soft_wrap=True,
    )
    for kind, colour, held_not in (
        ("failed", "red", outcome.failed_checks),
        ("warning", "yellow", outcome.warnings),
    ):
        for name in held_not:
            finding = outcome.findings.get(name)
            line = f"             {kind}: {name}" + (f" ({finding})" if finding else "")
            say(console, line, style=colour)


def print_query(settings: Settings, sql: str, *, limit: int, of_staging: bool = False) -> None:
    """The answer to a query as a table, from the published or the staging file.

    Raises WarehouseError where it cannot be answered.
    """
    question = question_of(sql)
    console = Console()
    with cut_off(_asked(settings, of_staging=of_staging)) as con:
        cursor = con.execute(question)
        names = [column[0] for column in cursor.description or ()]
        rows = cursor.fetchmany(limit + 1) if limit else cursor.fetchall()
    cells = [tuple(map(_cell, row)) for row in (rows[:limit] if limit else rows)]
    console.print(lay_out(names, cells, width=console.width))
    if limit and len(rows) > limit:
        console.print(f"the first {quantity(limit, 'row')}; --limit 0 for all")


def _cell(value: object) -> str:
    text = plain(value)
    return text if len(text) <= 200 else f"{text[:200]}…"


def print_export(settings: Settings, sql: str, wanted: Export, *, of_staging: bool = False) -> None:
    """Write the answer to a query. Raises WarehouseError where that can't be done."""
    question = question_of(sql)
    with bar_on_terminal(), cut_off(_asked(settings, of_staging=of_staging)) as con:
        count = export(con, question, wanted, settings)
    say(Console(), f"Wrote        {quantity(count, 'row')} to {wanted.to}")


def print_status(settings: Settings) -> None:
    """Published file, releases, and nights that the lake has and the file lacks."""
    console = Console()
    warehouse = settings.warehouse
    lake = settings.lake
    say(console, f"Home         {from_here(settings.home.absolute())}")
    if not warehouse.published.exists():
        console.print(f"Published    nothing yet: {command('run', by_make='run')}")
    else:
        held = read_contents(warehouse.published)
        at = held.last_finished_at
        night = f", night of {held.last_nights[-1]} at {at:%Y-%m-%d %H:%M} UTC" if at else ""
        articles = quantity(held.article_count, "article")
        version = f", version {held.version}" if held.version else ""
        console.print(f"Published    {articles}{night}{version}", soft_wrap=True)
    kept = releases(warehouse)
    console.print(f"Releases     {', '.join(map(label_of, kept)) or 'none'}", soft_wrap=True)
    current = current_release(warehouse)
    if current and current != kept[-1]:
        behind = ", ".join(map(str, nights_behind(warehouse.published, run_log.read_runs(lake))))
        console.print(
            f"Rolled back  to {label_of(current)}, not the newest; "
            f"return with the next publication: {behind or 'no night'}",
            style="yellow",
            soft_wrap=True,
        )
    waiting = ", ".join(map(str, run_log.waiting_nights(lake)))
    console.print(f"Unpublished  {waiting or 'no night'}", soft_wrap=True)
    _print_damage(console, settings)
    if warehouse.published.exists():
        documents = settings.catch_up_documents
        for line in foretold(
            lake, warehouse.published, documents=documents, site_tables=settings.site_tables
        ):
            say(console, f"Upgrade      {line}", style="yellow")


def _print_damage(console: Console, settings: Settings) -> None:
    """Files of the lake that are not whole; nothing where all are."""
    for damage in find_damage(settings.lake):
        path = damage.path.relative_to(settings.home.absolute())
        comes_back = "the next night derives it again" if damage.night else "dateline doctor"
        say(console, f"Damaged      {path}: {damage.lost or comes_back}", style="red")


COLOURS = {"ok": "green", "warn": "yellow", "fail": "red"}


def print_finding(status: str, subject: str, message: str, remedy: str) -> None:
    """One answer of the doctor, and below it what to do."""
    console = Console()
    line = Text(f"{status:<5}", style=COLOURS[status])
    told = shown_in_line(f"{subject:<13}{message}")
    console.print(line.append(told, style="default"), soft_wrap=True)
    if remedy:
        say(console, f"{'':<18}→ {remedy}")


def _open(path: Path) -> duckdb.DuckDBPyConnection:
    return open_file(_existing(path))


def _asked(settings: Settings, *, of_staging: bool) -> Path:
    warehouse = settings.warehouse
    if not of_staging:
        return _existing(warehouse.published)
    if not warehouse.staging.exists():
        raise WarehouseError(
            "nothing is staged: only a night that was refused leaves its file there; without "
            "--staging the published one is asked"
        )
    return warehouse.staging


def _existing(path: Path) -> Path:
    if not path.exists():
        wanted = command("run", by_make="run")
        raise WarehouseError(f"nothing is published yet: no {from_here(path)}; {wanted}")
    return path
