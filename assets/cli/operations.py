"""The commands for operations on nights, and for what else is done by hand.

What belongs here: their arguments and help; each runs the Dagster job of its name in this
process, so that the run stands in Dagster's history too. What does not: printing
(assets/cli/operation_reports.py), releases (assets/cli/release_commands.py) and the nightly command
(assets/cli/main.py).
"""

from datetime import datetime

import click

from assets.cli.environment import leave, prepare
from assets.settings import load_settings
from etl.errors import SettingsError

NIGHT = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.option("--from", "first", type=NIGHT, required=True, help="First night, YYYY-MM-DD.")
@click.option("--to", "last", type=NIGHT, required=True, help="Last night, included.")
def backfill(first: datetime, last: datetime) -> None:
    """Derive a range of nights again, in one run, and publish once.

    \b
    dateline backfill --from 2026-03-01 --to 2026-03-31

    Parts whose code, model and reference tables have not changed are not done again, so a
    killed backfill goes on where it stopped. Only tonight claims files; an older night
    derives what it once claimed. Exits with 0 only if the nights were published.
    """
    settings = prepare()
    import dagster as dg

    from assets.cli.nights import run_nights
    from assets.cli.summary import print_night

    with dg.DagsterInstance.get() as instance:
        outcome = run_nights(settings, instance, first=first.date(), last=last.date())
    print_night(settings, outcome)
    leave(0 if outcome.is_whole else 1)


@click.command()
@click.option("--rule", default="", help="Only documents that this rule rejected.")
@click.option("--from", "first", type=NIGHT, help="First night; default: the first there is.")
@click.option("--to", "last", type=NIGHT, help="Last night, included; default: the last.")
@click.option("--limit", default=40, show_default=True, help="Documents to print; 0 for all.")
def replay(rule: str, first: datetime | None, last: datetime | None, limit: int) -> None:
    """Try quarantined documents again after a fix, and tell what became of each.

    \b
    dateline replay                                all of them
    dateline replay --rule no_date                 those that had no date
    dateline replay --rule not_an_article --from 2026-03-01 --to 2026-03-31

    Only the parts that hold such documents are done again; their nights are published once.
    What a document became is: published, a duplicate, or quarantined, by which rule. The
    rules stand in docs/data-dictionary.md; a rule that does not exist lists them all.
    """
    settings = prepare()
    import dagster as dg

    from assets.cli.launch import run_operation
    from assets.cli.operation_reports import print_replay
    from assets.operations.replay import ReplayConfig, ReplayReport, replay_job

    config = ReplayConfig(rule=rule, first_night=_day(first), last_night=_day(last))
    with dg.DagsterInstance.get() as instance:
        report = run_operation(settings, instance, replay_job, config, ReplayReport)
    print_replay(report, limit=limit)
    leave(0)


@click.command()
@click.option("--from", "first", type=NIGHT, help="First night; default: the first there is.")
@click.option("--to", "last", type=NIGHT, help="Last night, included; default: the last.")
def stale(first: datetime | None, last: datetime | None) -> None:
    """List the nights that changed code, a new model or an edited table would change.

    \b
    dateline stale

    Nothing is done: the seals of the parts are compared with what the stages would write
    now. "stale from" names the first stage that would be done again; "published" means that
    the lake is up to date and only the published file is not, as after a killed run.
    """
    settings = load_settings()
    if not settings.home.is_dir():
        raise SettingsError(f"DATELINE_HOME={settings.home}: no such folder; nothing has run there")
    from assets.cli.operation_reports import print_stale
    from assets.operations.refresh import find_stale
    from assets.resources import make_home, make_part_engine

    home, part_engine = make_home(settings), make_part_engine(settings)
    print_stale(find_stale(home, part_engine, first=_day(first), last=_day(last)))


@click.command()
@click.option("--from", "first", type=NIGHT, help="First night; default: the first there is.")
@click.option("--to", "last", type=NIGHT, help="Last night, included; default: the last.")
def refresh(first: datetime | None, last: datetime | None) -> None:
    """Derive the stale nights again, only these, in one run, and publish once.

    \b
    dateline stale        look first
    dateline refresh      after new code, a new model, an edited registry or gazetteer

    Stages that are not touched are not done again: a new model extracts anew and parses
    nothing. A killed refresh goes on where it stopped.
    """
    settings = prepare()
    import dagster as dg

    from assets.cli.launch import run_operation
    from assets.cli.operation_reports import print_stale
    from assets.operations.refresh import RefreshConfig, RefreshReport, refresh_job

    config = RefreshConfig(first_night=_day(first), last_night=_day(last))
    with dg.DagsterInstance.get() as instance:
        report = run_operation(settings, instance, refresh_job, config, RefreshReport)
    print_stale(report)
    leave(0)


@click.command()
def rebuild() -> None:
    """Build the published file anew from the lake: all nights, nothing derived.

    \b
    dateline rebuild

    For a file that is damaged, that somebody has written to, or that has grown far beyond its
    rows. It goes through staging, audit and gate, and takes the old one's place by one rename.
    A night does the same by itself where the file is not as it was published.
    """
    settings = prepare()
    import dagster as dg

    from assets.cli.launch import run_operation
    from assets.cli.operation_reports import print_rebuild
    from assets.operations.rebuild import RebuildConfig, RebuildReport, rebuild_job

    with dg.DagsterInstance.get() as instance:
        report = run_operation(settings, instance, rebuild_job, RebuildConfig(), RebuildReport)
    print_rebuild(report)
    leave(0)


@click.command()
@click.argument("article_id")
@click.option("--reason", required=True, help="Shown to analysts in quarantine.detail.")
@click.option("--drop-releases", is_flag=True, help="Remove the releases that still hold it.")
def withdraw(article_id: str, reason: str, drop_releases: bool) -> None:
    """Take the article ARTICLE_ID down, for good, at its publisher's wish.

    \b
    dateline withdraw 4f0c…  --reason "retracted by Example Times on 2026-03-04"

    It leaves the published file (by staging, audit and gate, as ever) and the lake: the
    bytes of every delivery that held it and all that was derived of them. A later delivery of
    the same text is quarantined under the rule 'withdrawn'. Older releases that still hold it
    are named, and can't be rolled back to. A withdrawal that was killed or refused is finished
    by the same command. There is no way back but a new delivery of another text.
    """
    settings = prepare()
    import dagster as dg

    from assets.cli.launch import run_operation
    from assets.cli.operation_reports import print_withdrawal
    from assets.operations.withdraw import WithdrawConfig, WithdrawReport, withdraw_job

    config = WithdrawConfig(article_id=article_id, reason=reason, drop_releases=drop_releases)
    with dg.DagsterInstance.get() as instance:
        report = run_operation(settings, instance, withdraw_job, config, WithdrawReport)
    print_withdrawal(report)
    leave(0)


def _day(moment: datetime | None) -> str:
    return moment.date().isoformat() if moment else ""


COMMANDS = (backfill, replay, stale, refresh, rebuild, withdraw)
