"""Copies of a home from which it can be had again: made whole, told apart, proven by hashes.

What belongs here: what is copied, how, and putting it back. What does not: commands and locks
(assets/cli/home.py); a copy is made while nothing else writes to the home.

A backup is a folder named after its instant, complete in itself. A file that is as it was in the
backup before is a hard link to that one, which is safe: neither is ever written to, and the lake
replaces its files, too. So a backup costs what is new. It has its name only once it is on disk.

    BACKUPS/2026-03-02T030000Z/
        lake/…  tables/…  expectations/…  warehouse/dateline.duckdb  backup.json
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from etl.durability import make_folder, move, sync_tree
from etl.errors import WarehouseError
from etl.lake.wholeness import read_json
from etl.warehouse.release_records import record_of
from etl.warehouse.releases import Warehouse, current_release

RECORD = "backup.json"
NAME_FORMAT = "%Y-%m-%dT%H%M%SZ"
FOLDERS = ("expectations", "tables", "warehouse", "lake")
"""Of a home, in the order in which they are put back: the lake, all else's source, comes last."""
BLOCK_BYTES = 2**20


class Noted(NamedTuple):
    """What a backup notes of a file."""

    size: int
    mtime_ns: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Backup:
    """A backup that was made: its files, those copied now, and the bytes of these."""

    path: Path
    files: int
    copied: int
    size: int


def back_up(home: Path, folder: Path, *, now: datetime) -> Backup:
    """Copy a home to a new folder below ``folder``, while no run is at work there.

    Raises WarehouseError where there is nothing to copy, or ``folder`` lies in the home.
    """
    if not (home / "lake").is_dir():
        raise WarehouseError(f"{home} has no lake: nothing to back up")
    if folder.resolve().is_relative_to(home.resolve()):
        raise WarehouseError(f"{folder} lies within {home}, and would be lost with it")
    earlier = backups(folder)
    last = earlier[-1] if earlier else None
    known = _noted(last) if last else {}
    target = _free_name(folder, now)
    temporary = folder / f".{target.name}.{os.getpid()}.tmp"
    make_folder(folder)
    _remove_unfinished(folder)
    noted, copied = _copy_all(home, temporary, known, last)
    (temporary / RECORD).write_text(json.dumps({"files": noted}) + "\n", encoding="utf-8")
    sync_tree(temporary)
    move(temporary, target)
    size = sum(noted[name].size for name in copied)
    return Backup(path=target, files=len(noted), copied=len(copied), size=size)


def _free_name(folder: Path, now: datetime) -> Path:
    """A backup is named by its second; where another has it, by the next that is free."""
    while (named := folder / now.strftime(NAME_FORMAT)).exists():
        now += timedelta(seconds=1)
    return named


def backups(folder: Path) -> list[Path]:
    """The finished backups below a folder, the oldest first."""
    return sorted(record.parent for record in folder.glob(f"[!.]*/{RECORD}"))


def drop_backups(folder: Path, *, keep: int) -> list[Path]:
    """Remove all but the newest ``keep``; return those removed."""
    dropped = backups(folder)[:-keep]
    for backup in dropped:
        (backup / RECORD).unlink()  # first: what is half removed is no backup
        shutil.rmtree(backup)
    return dropped


def restore(backup: Path, home: Path) -> int:
    """Put a backup in the place of a home that is lost; return the number of its files.

    Raises WarehouseError where the home has any of it, and for a backup of which a file is
    missing or not as it was noted; the home is then as it was.
    """
    if there := [name for name in FOLDERS if (home / name).exists()]:
        raise WarehouseError(f"{home} has {', '.join(there)}: move that away, or set DATELINE_HOME")
    noted = _noted(backup)
    temporary = home / ".restore.tmp"
    make_folder(home)
    shutil.rmtree(temporary, ignore_errors=True)
    for name, expected in noted.items():
        if not (backup / name).is_file() or _copy(backup / name, temporary / name) != expected:
            raise WarehouseError(f"{backup / name} is damaged: restore another backup")
    sync_tree(temporary)
    for name in FOLDERS:
        if (temporary / name).exists():
            move(temporary / name, home / name)
    temporary.rmdir()
    return len(noted)


def _noted(backup: Path) -> dict[str, Noted]:
    record = read_json(backup / RECORD)
    if record is None:
        raise WarehouseError(f"{backup} is no finished backup: it has no whole {RECORD}")
    return {name: Noted(*values) for name, values in record["files"].items()}


def _copy_all(
    home: Path, target: Path, known: Mapping[str, Noted], last: Path | None
) -> tuple[dict[str, Noted], list[str]]:
    """Link what is as it was in the ``last`` backup, copy the rest; notes, and names copied."""
    noted, copied = {}, []
    for source in _files(home):
        name = source.relative_to(home).as_posix()
        before = known.get(name)
        status = source.stat()
        is_same = before is not None and before[:2] == (status.st_size, status.st_mtime_ns)
        if before and last and is_same and _link(last / name, target / name):
            noted[name] = before
        else:
            noted[name] = _copy(source, target / name)
            copied.append(name)
    return noted, copied


def _files(home: Path) -> Iterator[Path]:
    """What a home can't do without, and the published file, which takes long to build."""
    for name in ("lake", "tables", "expectations"):
        yield from sorted(path for path in (home / name).rglob("*") if _is_kept(path, home))
    warehouse = Warehouse(home / "warehouse")
    release = current_release(warehouse)
    if release and record_of(release).exists():
        yield from (warehouse.published, record_of(release))


def _is_kept(path: Path, home: Path) -> bool:
    """Hidden ones are at work, or left by a killed process."""
    parts = path.relative_to(home).parts
    return path.is_file() and not any(part.startswith(".") for part in parts)


def _link(source: Path, target: Path) -> bool:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:  # gone, or the disk of the backups has no hard links
        return False
    return True


def _copy(source: Path, target: Path) -> Noted:
    """Copy a file with its times and mode; what was copied, by what was read."""
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with source.open("rb") as read, target.open("wb") as written:
        while block := read.read(BLOCK_BYTES):
            digest.update(block)
            written.write(block)
    shutil.copystat(source, target)
    status = target.stat()
    return Noted(status.st_size, status.st_mtime_ns, digest.hexdigest())


def _remove_unfinished(folder: Path) -> None:
    for leftover in folder.glob(".*.tmp"):
        shutil.rmtree(leftover, ignore_errors=True)
