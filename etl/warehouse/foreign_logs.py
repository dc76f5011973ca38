"""Write-ahead logs beside files that have none: whoever opened one to write has left them.

What belongs here: finding such logs and moving them out of the way. What does not: which files
are put in place, and when (etl/warehouse/releases.py).

A file of ours is checkpointed before it is published and only ever replaced, so it has no log.
One that lies beside it was left by a process that opened the file for writing, which is DuckDB's
default, and died. DuckDB replays it for every reader that opens the file, also once another file
has been put in its place: with our storage version it does not tell whose log it is.
"""

import logging
from itertools import count
from pathlib import Path

from etl.durability import sync

logger = logging.getLogger(__name__)

SUFFIXES = (".wal", ".wal.checkpoint", ".wal.recovery")
"""Of the logs that DuckDB keeps beside a file while it writes."""


def foreign_logs(file: Path) -> list[Path]:
    """The write-ahead logs that lie beside a finished file."""
    logs = (file.with_name(file.name + suffix) for suffix in SUFFIXES)
    return [log for log in logs if log.exists()]


def set_aside(file: Path, folder: Path) -> list[Path]:
    """Move the logs beside ``file`` into ``folder``; they are kept, never replayed."""
    moved = [place for log in foreign_logs(file) if (place := _move(log, folder))]
    if moved:
        sync(file.parent)
        logger.warning(
            "%s was opened for writing by a process that is not ours: its log is kept as %s",
            file,
            ", ".join(map(str, moved)),
        )
    return moved


def _move(log: Path, folder: Path) -> Path | None:
    folder.mkdir(exist_ok=True)
    place = next(path for n in count(1) if not (path := folder / f"{log.name}.{n}").exists())
    try:
        log.rename(place)
    except FileNotFoundError:  # its process has come to its end and removed it
        return None
    return place
