"""Lay a home of an earlier version of Dateline beside this file, packed.

    git worktree add /tmp/earlier 203c58e
    cd /tmp/earlier && python .../tests/homes/make_home.py 203c58e

Run in a checkout of that version: its own code runs the two nights of ``documents`` and writes
``203c58e.tar.xz``. In it are the lake and the published file, whose reference tables are emptied
(every night writes them anew, and they would be most of the archive). Whoever raises the version of
the tables does so for the version that is left.
"""

import os
import shutil
import sys
import tarfile
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

HERE = Path(__file__).resolve().parent
NIGHTS = ("2026-03-01", "2026-03-02")
LAKE_LEFT_OUT = ("golden_scores", "corrected_tables")
REFERENCES = ("countries", "sources")


def land(night: str, landing: Path) -> None:
    """Have the documents of a night lie in the landing folder, of the same age wherever run."""
    landing.mkdir(exist_ok=True)
    for document in sorted((HERE / "documents" / night).iterdir()):
        target = landing / document.name
        shutil.copyfile(document, target)
        os.utime(target, (1_772_300_000, 1_772_300_000))


def make(home: Path, landing: Path) -> None:
    """Run the nights with the code of the checkout in the working folder."""
    sys.path[:0] = [str(Path.cwd()), str(Path.cwd() / "tests" / "integration")]
    os.environ["DATELINE_FIRST_NIGHT"] = NIGHTS[0]
    from night_setup import materialise

    for night in NIGHTS:
        land(night, landing)
        if not materialise(home, night=date.fromisoformat(night), raw=landing).is_published:
            raise SystemExit(f"the night of {night} was not published")


def slim(published: Path, target: Path) -> None:
    """Copy the published file without the rows of its reference tables."""
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{published}' AS whole (READ_ONLY)")
        con.execute(f"ATTACH '{target}' AS slim (STORAGE_VERSION 'v1.2.0')")
        con.execute("COPY FROM DATABASE whole TO slim (SCHEMA)")
        tables = con.sql("SELECT table_name FROM duckdb_tables() WHERE database_name = 'whole'")
        for (table,) in tables.fetchall():
            if table not in REFERENCES:
                con.execute(f"INSERT INTO slim.{table} FROM whole.{table}")


def pack(home: Path, archive: Path) -> None:
    """Pack lake and published file."""
    slim(home / "warehouse" / "dateline.duckdb", home / "dateline.duckdb")
    with tarfile.open(archive, "w:xz", preset=9) as tar:
        for folder in sorted((home / "lake").iterdir()):
            if folder.name not in LAKE_LEFT_OUT:
                tar.add(folder, f"lake/{folder.name}")
        tar.add(home / "dateline.duckdb", "warehouse/dateline.duckdb")


if __name__ == "__main__":
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        make(folder / "home", folder / "landing")
        pack(folder / "home", HERE / f"{sys.argv[1]}.tar.xz")
