"""Whether staging would make the published file once more: then a run has nothing to stage.

What belongs here: the note of what a publication was made of, and comparing it with what is there
now. What does not: making anything (staging.py), and which nights the lake has that the file lacks
(etl/lake/staleness.py).

The note holds for the nights that the publication brought: only they were audited as they are. So
the first run of a night goes all its way though nothing came, and warns of the silence.
"""

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from etl.durability import write_durably
from etl.fingerprint import fingerprint
from etl.lake.store import Lake
from etl.lake.wholeness import read_json
from etl.warehouse.foreign_logs import foreign_logs
from etl.warehouse.releases import Warehouse

UNREAD = "golden_scores/"
"""Of the lake's folders, the one that no published file is made of."""


def note_publication(
    warehouse: Warehouse, lake: Lake, nights: Iterable[date], *, versions: Sequence[str]
) -> None:
    """Note of what the published file was made, once all that belongs to it is written.

    ``versions`` are those of whatever derives, stages and audits beside the lake's files.
    """
    noted = {
        "nights": [night.isoformat() for night in nights],
        "made_of": _made_of(lake, versions),
        "file": _state(warehouse.published),
    }
    write_durably(warehouse.made_of_record, json.dumps(noted, indent=1) + "\n")


def is_up_to_date(
    warehouse: Warehouse, lake: Lake, nights: Iterable[date], *, versions: Sequence[str]
) -> bool:
    """Whether the file is as it was published last, with these nights, and all it was made of too.

    Goes by sizes and times of files, not by their bytes.
    """
    noted = read_json(warehouse.made_of_record) or {}
    wanted = {night.isoformat() for night in nights}
    return (
        wanted <= set(noted.get("nights", []))
        and warehouse.published.exists()
        and noted.get("file") == _state(warehouse.published)
        and not foreign_logs(warehouse.published)
        and noted.get("made_of") == _made_of(lake, versions)
    )


def _made_of(lake: Lake, versions: Sequence[str]) -> str:
    files = (file for file in _files(lake.root, "") if not file.startswith(UNREAD))
    return fingerprint(*versions, *sorted(files))


def _files(folder: Path, below: str) -> Iterator[str]:
    """Path, size and time of every file; what begins with a dot is still being written."""
    with os.scandir(folder) as listing:
        for entry in listing:
            name = f"{below}{entry.name}"
            if entry.name.startswith("."):
                continue
            if entry.is_dir():
                yield from _files(folder / entry.name, f"{name}/")
            else:
                status = entry.stat()
                yield f"{name} {status.st_size} {status.st_mtime_ns}"


def _state(file: Path) -> list[int]:
    """What tells that a file is neither another one nor written to."""
    status = file.stat()
    return [status.st_ino, status.st_size, status.st_mtime_ns]
