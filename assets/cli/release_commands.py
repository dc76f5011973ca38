"""The commands on published files: list, compare, export, put back.

What belongs here: their arguments and help. What does not: printing
(assets/cli/operation_reports.py) and operations on nights (assets/cli/operations.py).
"""

from datetime import UTC, datetime
from pathlib import Path

import click

from assets.cli.environment import leave, prepare
from assets.settings import load_settings


@click.command()
def releases() -> None:
    """List the kept releases: version, when published, how large, which nights, which is current.

    \b
    dateline releases

    DATELINE_KEEP_RELEASES says how many are kept.
    """
    settings = load_settings()
    from assets.cli.operation_reports import print_releases
    from assets.operations.releases import list_releases
    from assets.resources import make_home

    print_releases(list_releases(make_home(settings)))


@click.command()
@click.argument("before", metavar="[A]", required=False)
@click.argument("version", metavar="[B]", required=False)
def diff(before: str | None, version: str | None) -> None:
    """Count the rows that differ between the releases A and B, by table and reason.

    \b
    dateline diff                             the published file and the one that it replaced
    dateline diff 2026.03.01                  the published file and that one
    dateline diff 2026.03.01 2026.03.04.1     any two that are kept

    A row is added, removed or changed by its table's key. The reason is the first that holds: an
    article was withdrawn, new data came, the code, the model or the reference tables are others.
    The file itself tells the same of the last thirty: FROM release_diffs, FROM v_releases.
    """
    settings = load_settings()
    from assets.cli.operation_reports import print_diff
    from etl.warehouse.release_diffs import release_diff
    from etl.warehouse.run_log import read_manifests

    manifests = read_manifests(settings.lake)
    print_diff(release_diff(settings.warehouse, manifests, before=before, version=version))


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--csv", "is_csv", is_flag=True, help="Tables as CSV instead of Parquet.")
@click.option("--ninjs", "has_ninjs", is_flag=True, help="Articles as IPTC's ninjs 3.0 as well.")
@click.option("--newsarticle", "has_articles", is_flag=True, help="And as schema.org NewsArticle.")
@click.option("--no-bodies", is_flag=True, help="Leave the texts of articles out.")
@click.option("--as-is", is_flag=True, help="Leave cells of a CSV that look like formulas alone.")
def export(
    folder: Path, is_csv: bool, has_ninjs: bool, has_articles: bool, no_bodies: bool, as_is: bool
) -> None:
    """Write the published file to a new FOLDER of files that other programs read.

    \b
    dateline export ../dateline-2026-03-01
    dateline export ../for-partners --no-bodies --ninjs

    A file per table (Parquet, or CSV) with what it tells of news, and datapackage.json, which
    describes them by the Data Package standard: columns, types, keys, references, SHA-256. ninjs
    and NewsArticle are files of a line per article. Dateline notes where the folder was, of which
    version and whether with texts, so that a withdrawal can name it.
    """
    settings = load_settings()
    from assets.cli.export_folder import FolderExport, export_folder
    from assets.cli.operation_reports import print_folder_export
    from assets.progress.bar import bar_on_terminal

    wanted = FolderExport(
        to=folder,
        is_csv=is_csv,
        has_ninjs=has_ninjs,
        has_news_articles=has_articles,
        has_bodies=not no_bodies,
        as_is=as_is,
    )
    with bar_on_terminal():
        report = export_folder(settings, wanted, now=datetime.now(tz=UTC))
    print_folder_export(report, has_bodies=wanted.has_bodies)


@click.command()
@click.argument("release", default="previous")
def rollback(release: str) -> None:
    """Put an earlier RELEASE back in place, by one rename; readers see all of it at once.

    \b
    dateline rollback                     the release before the current one
    dateline rollback 2026.03.01          the one of that version
    dateline rollback 2026-03-01T02       the one whose name begins so

    A rollback lasts until the next publication: that one brings the missing nights back,
    derived as the lake has them. To hold an older state for longer, stop the schedule.
    """
    settings = prepare()
    import dagster as dg

    from assets.cli.launch import run_operation
    from assets.cli.operation_reports import print_rollback
    from assets.operations.releases import RollbackConfig, RollbackReport, rollback_job

    config = RollbackConfig(release=release)
    with dg.DagsterInstance.get() as instance:
        report = run_operation(settings, instance, rollback_job, config, RollbackReport)
    print_rollback(report)
    leave(0)


COMMANDS = (releases, diff, export, rollback)
