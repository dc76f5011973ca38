"""Dagster's own settings: dagster.yaml in its home, from the template beside this module.

What belongs here: the writing of that file. What does not: the settings of Dateline
(assets/settings.py). No Dagster is imported: the command line prepares a home without it.
"""

import os
from pathlib import Path

TEMPLATE = Path(__file__).with_name("dagster.yaml")

# Named by its variable, so that no password is written to disk.
POSTGRES = """\
storage:
  postgres:
    postgres_url:
      env: DATELINE_POSTGRES_URL
"""


def write_instance_config(folder: Path, *, with_postgres: bool) -> None:
    """Write ``folder``/dagster.yaml anew, unless its first line is no longer ours."""
    path = folder / "dagster.yaml"
    template = TEMPLATE.read_text(encoding="utf-8")
    mark = template.partition("\n")[0]
    if path.exists() and path.read_text(encoding="utf-8").partition("\n")[0] != mark:
        return
    # In one piece: another service may be starting on the same home.
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    temporary.write_text(template + (POSTGRES if with_postgres else ""), encoding="utf-8")
    temporary.replace(path)
