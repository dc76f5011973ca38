"""The commands that look after a home: its pages, its size, its health.

What belongs here: their arguments and help. What does not: operations on nights and releases
(assets/cli/operations.py), and the nightly command (assets/cli/main.py).
"""

from datetime import UTC, datetime
from pathlib import Path

import click

from assets.cli.environment import hand_on, leave, prepare
from assets.settings import load_settings
from etl.errors import SettingsError


@click.command()
@click.argument("night", type=click.DateTime(["%Y-%m-%d"]), required=False)
@click.option("--all", "of_all", is_flag=True, help="The page that lists all nights.")
def report(night: datetime | None, of_all: bool) -> None:
    """Print the path of the newest page about NIGHT, or of the newest of all.

    \b
    dateline report
    dateline report 2026-03-01
    dateline report --all

    Every audit leaves one page, passed or failed: where the news is, who is in it, its stories,
    documents by outcome, quarantine by rule, sources, checks. Open it with any browser. Pages lie
    in $DATELINE_HOME/reports and go after DATELINE_KEEP_REPORT_DAYS.
    """
    settings = load_settings()
    from assets.pages.archive import find_page

    page = find_page(settings.reports, night.date() if night else None)
    if page is None:
        which = f"the night of {night:%Y-%m-%d}" if night else "any night"
        raise click.ClickException(
            f"no page about {which} in {settings.reports}: was it ever audited?"
        )
    click.echo(_index(settings.reports) if of_all else page)


def _index(reports: Path) -> Path:
    """The index of the pages; where an earlier version wrote these, it is written now."""
    from assets.pages.archive import INDEX
    from assets.pages.index import write_index

    index = reports / INDEX
    return index if index.exists() else write_index(reports)


@click.command()
@click.option("--dry-run", is_flag=True, help="List what would go, and leave it.")
@click.option(
    "--raw-days", type=click.IntRange(0), help="In place of DATELINE_KEEP_RAW_DAYS; 0: keep."
)
@click.option(
    "--lake-days", type=click.IntRange(0), help="In place of DATELINE_KEEP_LAKE_DAYS; 0: keep."
)
def retention(dry_run: bool, raw_days: int | None, lake_days: int | None) -> None:
    """Remove raw bytes, parsed text and releases that are older than they are kept.

    \b
    dateline retention --dry-run                  look first
    dateline retention --dry-run --raw-days 90    what another setting would free
    dateline retention

    Only nights that are published as the lake has them. What is rejected keeps its bytes, and
    the published file can always be built anew; what can no longer be done stands in
    docs/operations.md. The schedule every_noon does the same once a day.
    """
    settings = prepare()
    import dagster as dg

    from assets.cli.launch import run_operation
    from assets.cli.operation_reports import print_retention
    from assets.operations.retention import RetentionReport, make_config, retention_job

    config = make_config(settings, raw_days=raw_days, lake_days=lake_days, dry_run=dry_run)
    with dg.DagsterInstance.get() as instance:
        report = run_operation(settings, instance, retention_job, config, RetentionReport)
    print_retention(report)
    leave(0)


@click.command()
def doctor() -> None:
    """Look for what stands in the way of the next night; change nothing.

    \b
    dateline doctor

    One line per question: settings, home and its permissions, landing folder, free disk,
    clock, libraries, the published file and its storage version, who holds the writer's lock,
    Dagster's home, daemon and schedule, reference tables, model. A line that is not ok says
    what to do. Exits with 1 where anything fails; warnings leave it at 0.
    """
    from assets.cli.summary import print_finding

    try:
        settings = load_settings()
    except SettingsError as error:
        remedy = "correct or unset the variable; README.md lists them"
        print_finding("fail", "settings", str(error), remedy)
        leave(1)
    hand_on(settings)
    from assets.doctor.examination import examine

    failed = False
    for finding in examine(settings):
        print_finding(finding.status, finding.subject, finding.message, finding.remedy)
        failed |= finding.status == "fail"
    leave(1 if failed else 0)


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--keep", type=click.IntRange(1), help="Remove older backups beyond so many.")
def backup(folder: Path, keep: int | None) -> None:
    """Copy what a home can't do without to a new folder below FOLDER, on another disk.

    \b
    dateline backup /mnt/backup/dateline --keep 14

    Lake, tables, own expectations and the published file, each with its SHA-256. What is as it was
    in the backup before is a hard link, so a backup costs what is new. No run may be at work: it
    waits as runs do. Exits with 1, and removes nothing, where the lake has damaged files.
    """
    settings = load_settings()
    from assets.cli.operation_reports import print_backup
    from etl.lake.damage import find_damage
    from etl.locks import at_work
    from etl.warehouse.backups import back_up, drop_backups

    home = settings.home.absolute()
    with at_work(home / "running", "backup", wait_seconds=settings.lock_wait_seconds):
        made = back_up(home, folder, now=datetime.now(tz=UTC))
        damaged = find_damage(settings.lake)
    dropped = drop_backups(folder, keep=keep) if keep and not damaged else []
    print_backup(made, dropped, damaged)
    leave(1 if damaged else 0)


@click.command()
@click.argument("backup", type=click.Path(exists=True, file_okay=False, path_type=Path))
def restore(backup: Path) -> None:
    """Put a BACKUP in the place of a home that is lost; each file is compared with its SHA-256.

    \b
    dateline restore /mnt/backup/dateline/2026-03-02T030000Z
    dateline run

    DATELINE_HOME must not have a lake, a warehouse or tables. The run afterwards claims what has
    landed since the backup.
    """
    settings = load_settings()
    from etl.locks import at_work
    from etl.warehouse.backups import restore as put_back

    home = settings.home.absolute()
    with at_work(home / "running", "restore", wait_seconds=settings.lock_wait_seconds):
        count = put_back(backup, home)
    click.echo(f"Restored     {count} files to {home}; now: dateline run")


COMMANDS = (report, retention, doctor, backup, restore)
