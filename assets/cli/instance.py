"""Dagster's home: dagster.yaml, from the template beside this module, and its SQLite files.

What belongs here: making that home, by one process at a time, and mending one that two have
made at once. What does not: the settings of Dateline (assets/settings.py), and telling what is
wrong with it (assets/doctor/). Dagster is imported only where there is something to make.
"""

import json
import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from filelock import FileLock

from assets.doctor.storage import is_made, made_twice, versions

logger = logging.getLogger(__name__)

TEMPLATE = Path(__file__).with_name("dagster.yaml")

# Named by its variable, so that no password is written to disk.
POSTGRES = """\
storage:
  postgres:
    postgres_url:
      env: DATELINE_POSTGRES_URL
"""

# In a class of our own (event_log.py), where Dagster itself would keep it.
SQLITE = """\
event_log_storage:
  module: assets.cli.event_log
  class: KeptSqliteEventLog
  config:
    base_dir: {folder}
"""

# Beside them the pages of nights, by a link (served_pages.py).
LOGS = """\
compute_logs:
  module: assets.cli.served_pages
  class: LogsAndPages
  config:
    base_dir: {logs}
    pages: {pages}
"""


def make_instance(folder: Path, *, with_postgres: bool) -> None:
    """Write Dagster's settings in ``folder``, and have its storage there before it is used.

    Services that are started at once wait for the one that makes it: Dagster's own making of
    its SQLite files is not safe against a second process. Its making of tables in PostgreSQL
    is: a process that comes second tries again. Raises OSError, and sqlite3.DatabaseError where
    a file is damaged.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / ".making"):
        write_instance_config(folder, with_postgres=with_postgres)
        if not with_postgres:
            _make_storage(folder)


def _make_storage(folder: Path) -> None:
    for file in made_twice(folder):
        _keep_one_version(file)
    if not is_made(folder):
        import dagster as dg

        dg.DagsterInstance.from_config(str(folder)).dispose()


def _keep_one_version(file: Path) -> None:
    """Of the versions that two processes have noted keep the newest.

    The first to come made all tables as its Dagster had them and noted that version. The
    second took them for those of an old Dagster, and noted the last version that had none.
    """
    noted = versions(file)
    newest = next(version for version in _newest_first() if version in noted)
    with closing(sqlite3.connect(file)) as con, con:
        con.execute("DELETE FROM alembic_version WHERE version_num <> ?", [newest])
    logger.warning("%s was made twice at once: of versions %s kept %s", file, noted, newest)


def _newest_first() -> Iterator[str]:
    """The versions that the installed Dagster knows of its tables."""
    from alembic.config import Config
    from alembic.script import ScriptDirectory
    from dagster._core.storage.sql import ALEMBIC_SCRIPTS_LOCATION

    config = Config()
    config.set_main_option("script_location", ALEMBIC_SCRIPTS_LOCATION)
    return (script.revision for script in ScriptDirectory.from_config(config).walk_revisions())


def write_instance_config(folder: Path, *, with_postgres: bool) -> None:
    """Write ``folder``/dagster.yaml anew, unless its first line is no longer ours."""
    path = folder / "dagster.yaml"
    template = TEMPLATE.read_text(encoding="utf-8")
    mark = template.partition("\n")[0]
    if path.exists() and path.read_text(encoding="utf-8").partition("\n")[0] != mark:
        return
    storage = POSTGRES if with_postgres else SQLITE.format(folder=_quoted(folder / "history/runs"))
    logs = LOGS.format(logs=_quoted(folder / "storage"), pages=_quoted(folder.parent / "reports"))
    # In one piece: another service may be starting on the same home.
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    temporary.write_text(template + storage + logs, encoding="utf-8")
    temporary.replace(path)


def _quoted(path: Path) -> str:
    return json.dumps(str(path.absolute()))
