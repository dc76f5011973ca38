"""The command line: dateline run, query, status, ui, Dagster's services, and the operations.

What belongs here: reading arguments, calling the same job and functions that Dagster calls,
and printing. What does not: any work of its own. Dagster and the frames are imported by the
command that needs them, once the settings are known to be sound, so that help comes at once.
"""

import os
import signal
import sys
from datetime import datetime
from pathlib import Path
from typing import NoReturn

import click

from assets.cli import explain, home, operations, release_commands
from assets.cli.environment import leave, prepare
from assets.doctor.variables import misspelt
from assets.guard.invisible import shown
from assets.settings import load_settings
from etl.errors import DatelineError
from etl.locks import hold_as_daemon

WORKSPACE = Path(__file__).resolve().parents[2] / "workspace.yaml"
DG = "dagster_dg_cli.cli"


WHOLE = 1_000  # characters: no first sentence of a help is longer


class _Group(click.Group):
    """Turns our own errors into one line and exit code 1; its list of commands is not cut off."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        names = self.list_commands(ctx)
        commands = [(name, command) for name in names if (command := self.get_command(ctx, name))]
        with formatter.section("Commands"):
            formatter.write_dl([(name, c.get_short_help_str(WHOLE)) for name, c in commands])

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except DatelineError as error:
            raise click.ClickException(shown(str(error))) from error


def _tell_version(ctx: click.Context, _: click.Parameter, is_asked: bool) -> None:
    """Of the program, of the tables that it writes, and of the code that derives their rows."""
    if not is_asked:
        return
    from etl.night import night_code_version
    from etl.program import program_version
    from etl.schema.views.self_description import VERSION

    click.echo(f"dateline {program_version()}, schema {VERSION}, code {night_code_version()}")
    ctx.exit()


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_tell_version,
    help="Tell the versions of the program, of the tables and of the code, and end.",
)
def main() -> None:
    """Dateline: a folder of raw news files becomes one DuckDB file that analysts can trust.

    \b
    dateline run --raw data/sample        one night, now, over a folder
    dateline query "FROM v_articles"      ask the published file
    dateline status                       what is published, what is not
    dateline ui                           Dagster with its daemon, at localhost
    dateline doctor                       what stands in the way, and its remedy

    Settings are environment variables: DATELINE_HOME (default ./.dateline) holds everything
    that Dateline writes, DATELINE_RAW is the landing folder. All others are listed in
    README.md, the operations in docs/operations.md.
    """
    if click.get_current_context().invoked_subcommand != "doctor":  # which tells it by itself
        for line in misspelt(os.environ):
            click.echo(f"Warning: {shown(line)}", err=True)


@main.command()
@click.option("--raw", metavar="PLACE", help="Landing folder of this run, or s3://bucket/prefix.")
@click.option(
    "--night",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Night to derive again; default: tonight, which claims what is new.",
)
@click.option("--settle", type=float, help="Seconds a file must have been left alone.")
def run(raw: str | None, night: datetime | None, settle: float | None) -> None:
    """Run one night to its end: claim, parse, extract, load, audit, publish.

    Exits with 0 only if the night was published, and uploaded where DATELINE_PUBLISH_TO is set.
    """
    overrides = {"DATELINE_RAW": raw, "DATELINE_SETTLE_SECONDS": settle}
    os.environ.update({name: str(value) for name, value in overrides.items() if value is not None})
    settings = prepare()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # end as by Ctrl-C: in order
    import dagster as dg

    from assets.cli.nights import run_night
    from assets.cli.summary import print_night

    with dg.DagsterInstance.get() as instance:
        outcome = run_night(settings, instance, night=night.date() if night else None)
    print_night(settings, outcome)
    leave(0 if outcome.is_whole else 1)


@main.command()
@click.argument("sql")
@click.option("--limit", type=click.IntRange(min=0), help="Rows; 0: all. To print: 50, else all.")
@click.option(
    "--to",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the answer to FILE: .csv, .parquet, .json or .jsonl.",
)
@click.option("--force", is_flag=True, help="Replace FILE where it is there already.")
@click.option("--as-is", is_flag=True, help="Leave cells of a CSV that look like formulas alone.")
@click.option("--staging", is_flag=True, help="Ask the file of the night that was refused last.")
def query(
    sql: str, limit: int | None, to: Path | None, force: bool, as_is: bool, staging: bool
) -> None:
    """Print or export the answer to a SQL query on the published file.

    \b
    dateline query "FROM v_country_days ORDER BY article_count DESC"
    dateline query "FROM v_articles" --to articles.csv

    A query only reads, and only that file: no other one, and no network. Columns that the
    terminal is too narrow for are shown as a list per row. Long texts are cut off in print
    only. In a CSV file a text that begins with = + - @, a tab or a line end has an apostrophe
    in front, so that no spreadsheet takes it for a formula; --as-is leaves it as it is.
    """
    settings = load_settings()
    from assets.cli.export import Export
    from assets.cli.summary import print_export, print_query

    if to is None:
        print_query(settings, sql, limit=50 if limit is None else limit, of_staging=staging)
    else:
        wanted = Export(to=to, rows=limit or None, replaces=force, as_is=as_is)
        print_export(settings, sql, wanted, of_staging=staging)


@main.command()
def status() -> None:
    """Tell what is published, which releases are kept and which nights are not published."""
    settings = load_settings()
    from assets.cli.summary import print_status

    print_status(settings)


@main.command()
@click.option("--port", default=3000, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
def ui(port: int, host: str) -> None:
    """Serve Dagster's UI and run its daemon, which fires the nightly schedule."""
    address = ("--host", host, "--port", str(port))
    _become(DG, "dev", "-w", str(WORKSPACE), *address, is_daemon=True)


workspace_option = click.option(
    "--workspace",
    type=click.Path(exists=True, path_type=Path),
    default=WORKSPACE,
    help="Where the code location is; default: loaded by the service itself.",
)


@main.command()
@click.option("--port", default=3000, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@workspace_option
def webserver(port: int, host: str, workspace: Path) -> None:
    """Serve Dagster's UI alone, as a service beside the daemon."""
    _become("dagster_webserver", "-w", str(workspace), "--host", host, "--port", str(port))


@main.command()
@workspace_option
def daemon(workspace: Path) -> None:
    """Run Dagster's daemon alone: schedule, sensors, the queue and the nights themselves."""
    _become("dagster._daemon", "run", "-w", str(workspace), is_daemon=True)


@main.command()
@click.option("--port", default=4000, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
def code(port: int, host: str) -> None:
    """Serve the code location to a webserver and a daemon in other containers."""
    module = ("-m", "assets.definitions", "--location-name", "dateline")
    _become("dagster", "code-server", "start", *module, "--host", host, "--port", str(port))


@main.command(add_help_option=False, context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def dg(arguments: tuple[str, ...]) -> None:
    """Run a command of Dagster's own dg on this project and home.

    \b
    dateline dg check defs
    dateline dg list defs
    dateline dg launch --job nightly --partition 2026-03-01
    dateline dg dev

    dg alone looks for a project in the current folder, runs nights in a passing home, and
    leaves an id for its telemetry in yours.
    """
    is_daemon = "dev" in arguments and "--help" not in arguments
    if sys.prefix != sys.base_prefix:
        os.environ["VIRTUAL_ENV"] = sys.prefix  # else dg warns that no environment is active
    _become(DG, *arguments, folder=WORKSPACE.parent, is_daemon=is_daemon)


def _become(
    module: str, *arguments: str, folder: Path | None = None, is_daemon: bool = False
) -> NoReturn:
    """Go on as one of Dagster's own programs, in a folder; of daemons there is one in a home."""
    settings = prepare()
    if is_daemon:
        hold_as_daemon(settings.home.absolute() / "running")
    os.chdir(folder or Path.cwd())
    os.execv(sys.executable, [sys.executable, "-m", module, *arguments])


for module in (release_commands, operations, home, explain):
    for command in module.COMMANDS:
        main.add_command(command)


if __name__ == "__main__":
    main()
