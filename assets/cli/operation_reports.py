"""What the operations print: their reports, laid out for a terminal.

What belongs here: layout. What does not: deciding or reading anything.
"""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from assets.cli.export_folder import FolderReport
from assets.cli.terminal import PlainTable, command, say
from assets.night.plurals import quantity, span_of
from assets.operations.rebuild import RebuildReport
from assets.operations.refresh import RefreshReport
from assets.operations.releases import ReleaseRow, RollbackReport, state_of
from assets.operations.replay import ReplayReport
from assets.operations.retention import RetentionReport
from assets.operations.withdraw import WithdrawReport
from etl.lake.damage import Damage
from etl.lake.staleness import StaleNight
from etl.stage import RAW
from etl.warehouse.backups import Backup
from etl.warehouse.export_records import line_of
from etl.warehouse.release_diffs import ReleaseDiff


def print_withdrawal(report: WithdrawReport) -> None:
    """Where the article was, where it still is, and what is left to do by hand."""
    console = Console(soft_wrap=True)
    console.print(f"Withdrawn    article {report.article_id}")
    for row in report.deliveries.iter_rows(named=True):
        say(console, f"             {row['ingested_on']}  {row['file_name']}")
    published = f"release {report.release}" if report.release else "nothing: it did not hold it"
    console.print(f"Published    {published}")
    for name in report.dropped:
        console.print(f"Dropped      release {name}")
    for name in report.holding:
        console.print(f"Still there  release {name}: --drop-releases removes it", style="yellow")
    for address in report.uploaded:
        say(console, f"Still there  {address}: --drop-releases removes it", style="yellow")
    for export in report.exports:
        say(console, f"Passed on    {line_of(export)}: take it out there by hand", style="yellow")
    paths = sorted(set(report.deliveries["path"]))
    say(console, f"Landing      Dateline leaves that folder alone; delete {', '.join(paths)}")


def print_releases(rows: Sequence[ReleaseRow]) -> None:
    """One line per kept release, newest first: its version, else its name; instants are UTC."""
    console = Console()
    if not rows:
        console.print(f"No release is kept yet: {command('run', by_make='run')}")
        return
    table = PlainTable(
        *("release", "published", "MB", "articles", "nights", "last run wrote", ""),
        whole=("release", ""),
        days=("published", "nights", "last run wrote"),
    )
    for row in rows:
        table.add(
            row.version or row.name,
            f"{row.published_at:%Y-%m-%d %H:%M}",
            f"{row.size / 1e6:.1f}",
            row.article_count,
            span_of(row.nights),
            span_of(row.last_nights),
            state_of(row),
        )
    console.print(table)


def print_folder_export(report: FolderReport, *, has_bodies: bool) -> None:
    """What was written, of which version, and whether with texts."""
    console = Console()
    megabytes = sum(file.size for file in report.files) / 1e6
    files = quantity(len(report.files), "file")
    say(console, f"Wrote        {files}, {megabytes:.1f} MB, to {report.folder}")
    texts = "with the texts of articles" if has_bodies else "without the texts of articles"
    say(console, f"Version      {report.version}, {texts}")


def print_diff(diff: ReleaseDiff) -> None:
    """A line per table and reason."""
    console = Console()
    console.print(f"Differences  from {diff.before} to {diff.version}", soft_wrap=True)
    if not diff.differences:
        console.print("No row differs: only views, descriptions or logs do, or a night was empty.")
        return
    table = PlainTable("table", "reason", "added", "removed", "changed")
    for row in diff.differences:
        table.add(row.table, row.reason, row.added, row.removed, row.changed)
    console.print(table)


def print_rollback(report: RollbackReport) -> None:
    """What is published now, and until when."""
    console = Console()
    console.print(f"Published    release {report.label}", soft_wrap=True)
    console.print(f"Replaced     {report.replaced or 'a file that no release holds'}")
    if report.behind:
        nights = ", ".join(map(str, report.behind))
        console.print(f"Lacking      {nights}: these return with the next publication")


def print_rebuild(report: RebuildReport) -> None:
    """What was built, and how large it is now."""
    console = Console()
    console.print(f"Published    release {report.release}", soft_wrap=True)
    console.print(f"Nights       {span_of(report.nights)}")
    before = "" if report.size_before is None else f"{report.size_before / 1e6:.1f} → "
    console.print(f"Size         {before}{report.size / 1e6:.1f} MB")


def print_replay(report: ReplayReport, *, limit: int) -> None:
    """What became of the documents: by rule, then each of them up to ``limit`` (0: all)."""
    console = Console()
    if report.emptied:
        gone = f"{quantity(report.emptied, 'document')}: what they are made of is gone (retention)"
        console.print(f"Left alone   {gone}", style="yellow")
    if report.documents.is_empty():
        console.print("Nothing to replay: no such document is quarantined")
        return
    for row in report.counts().iter_rows(named=True):
        console.print(
            f"{row['documents']:>6}  {row['rule_before']} → {_became(row)}", highlight=False
        )
    table = PlainTable("night", "file", "was", "became", "detail", whole=("night",))
    shown = report.documents.head(limit) if limit else report.documents
    for row in shown.iter_rows(named=True):
        cells = (row["ingested_on"], row["file_name"], row["rule_before"], _became(row))
        table.add(*cells, row["detail"] or row["article_id"])
    console.print(table)
    if shown.height < report.documents.height:
        console.print(f"the first {quantity(shown.height, 'document')}; --limit 0 for all")
    console.print(f"Published    release {report.release}")


def _became(row: dict[str, object]) -> str:
    if row["outcome"] == "quarantined":
        return f"quarantined: {row['rule']}"
    return str(row["outcome"] or "not in the published file")


def print_retention(report: RetentionReport) -> None:
    """What went or would go, by night and release, and the bytes."""
    console = Console()
    if not report.rows:
        console.print("Nothing is older than it is kept")
        return
    table = PlainTable("what", "of", "documents", "rejected ones that keep it", "MB", whole=("of",))
    for row in report.rows:
        counts = (row.documents, row.kept_documents) if row.documents else (None, None)
        table.add(row.kind, row.of, *counts, f"{row.size / 1e6:.2f}")
    console.print(table)
    if report.freed is None:
        console.print(f"Would free   about {report.size / 1e6:.2f} MB; nothing was done")
    else:
        console.print(f"Freed        {report.freed / 1e6:.2f} MB")


def print_stale(report: RefreshReport) -> None:
    """The stale nights and from which stage on; what was published."""
    console = Console()
    if not report.stale:
        console.print("Nothing is stale: the nights are as code, model and tables would have them")
        return
    table = PlainTable("night", "stale from", "parts", "documents", "", whole=("night",))
    for night in report.stale:
        table.add(night.night, night.stage, night.parts, night.documents, _why_left(night))
    console.print(table)
    documents = sum(night.documents for night in report.stale if night.can_be_derived)
    nights = quantity(len(report.nights), "night")
    console.print(f"Stale        {nights}, {quantity(documents, 'document')} to derive")
    console.print(f"Published    {report.release}" if report.release else "Nothing was done")


def print_backup(made: Backup, dropped: Sequence[Path], damaged: Sequence[Damage]) -> None:
    """What was copied, what was removed, and what of the lake was damaged already."""
    console = Console(soft_wrap=True)
    copied = f"{made.copied} copied, {made.size / 1e6:.1f} MB"
    say(console, f"Backup       {made.path}: {quantity(made.files, 'file')}, {copied}")
    for path in dropped:
        say(console, f"Dropped      {path}")
    for damage in damaged:
        say(console, f"Damaged      {damage.path}: {damage.lost or 'dateline doctor'}", style="red")


def _why_left(night: StaleNight) -> str:
    if night.can_be_derived:
        return ""
    if night.stage == RAW:
        return "its bytes are damaged: dateline doctor"
    return "what it is made of is gone: stays as it is"
