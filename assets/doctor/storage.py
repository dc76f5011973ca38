"""Dagster's SQLite files: whether each was made whole, and by one process.

What belongs here: reading their versions, without Dagster. What does not: making and mending
them (assets/cli/instance.py), and a storage in PostgreSQL.

Dagster makes each file on first use and then notes the version of its tables. Two processes that
do so at once may both note one, and from then on every process stops at the sight of two.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

FILES = ("history/runs.db", "history/runs/index.db", "schedules/schedules.db")
"""Below Dagster's home; what is beside index.db belongs to single runs."""


def versions(file: Path) -> list[str]:
    """The versions that a file bears: one, none where it is missing or half made, or too many.

    Raises sqlite3.DatabaseError where it is no SQLite file.
    """
    if not file.exists():
        return []
    with closing(sqlite3.connect(f"file:{file.absolute()}?mode=ro", uri=True)) as con:
        tables = con.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'")
        if not tables.fetchall():
            return []
        return [row[0] for row in con.execute("SELECT version_num FROM alembic_version ORDER BY 1")]


def made_twice(folder: Path) -> list[Path]:
    """Files of Dagster's home ``folder`` that bear two versions. Raises as ``versions``."""
    return [folder / name for name in FILES if len(versions(folder / name)) > 1]


def damaged(folder: Path) -> list[Path]:
    """Files of Dagster's home that SQLite does not read."""
    return [folder / name for name in FILES if _is_damaged(folder / name)]


def _is_damaged(file: Path) -> bool:
    try:
        versions(file)
    except sqlite3.DatabaseError:
        return True
    return False


def is_made(folder: Path) -> bool:
    """Whether all of them are there and whole. Raises as ``versions``."""
    return all(len(versions(folder / name)) == 1 for name in FILES)
