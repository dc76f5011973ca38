"""What lies in the landing folder.

What belongs here: the scan. What does not: claiming (etl/landing/claims.py), the file formats
(etl/landing/drops.py) and any judgement of a document's content.
"""

import logging
import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import polars as pl

from etl.errors import LandingError
from etl.landing import drops

logger = logging.getLogger(__name__)

UNFINISHED_SUFFIXES = (".tmp", ".part", ".partial", ".crdownload", ".filepart")


class LandedFile(NamedTuple):
    """What tells one state of a landed file from another, its sidecar included."""

    path: str
    size: int
    mtime_ns: int
    ctime_ns: int
    sidecar_size: int | None
    sidecar_mtime_ns: int | None


FILES_SCHEMA = pl.Schema(
    [("path", pl.String()), *((name, pl.Int64()) for name in LandedFile._fields[1:])]
)


@dataclass(frozen=True, kw_only=True)
class Scan:
    """What lies in the landing folder.

    ``files`` has a row per file that may hold documents (``LandedFile``); ``waiting`` are
    still being written; ``ignored`` are of no kind that holds documents; ``odd_paths`` finds
    the files whose names are no UTF-8.
    """

    folder: Path
    files: pl.DataFrame
    odd_paths: Mapping[str, Path]
    waiting: tuple[str, ...]
    ignored: tuple[str, ...]

    def path_of(self, path: str) -> Path:
        """Where a file of the scan lies."""
        return self.odd_paths.get(path, self.folder / path)


def scan(folder: Path, *, now: datetime, settle_seconds: float) -> Scan:
    """Walk ``folder``; files changed within ``settle_seconds`` before ``now`` wait.

    Hidden files and links are passed over, and what is taken away while the scan is at work.
    Raises LandingError where there is no folder.
    """
    if not folder.is_dir():
        raise LandingError(f"landing folder {folder} does not exist or is not a folder")
    newest_ns = int((now.timestamp() - settle_seconds) * 1e9)
    rows: list[LandedFile] = []
    waiting: list[str] = []
    ignored: list[str] = []
    odd_paths: dict[str, Path] = {}
    for siblings in _walk(folder):
        sidecars = {drops.sidecar_of(name) for name in siblings}
        for name, entry in siblings.items():
            path = _text_path(Path(entry.path).relative_to(folder))
            if path != os.fspath(Path(entry.path).relative_to(folder)):
                odd_paths[path] = Path(entry.path)
            kind = _kind(name, sidecars)
            if kind == "document":
                file = _landed(path, entry, siblings.get(drops.sidecar_of(name) or ""))
                if file is None:
                    continue
                is_settled = max(file.mtime_ns, file.sidecar_mtime_ns or 0) <= newest_ns
                rows.append(file) if is_settled else waiting.append(path)
            elif kind == "unfinished":
                waiting.append(path)
            elif kind == "other":
                ignored.append(path)
    files = pl.DataFrame(rows, schema=FILES_SCHEMA, orient="row").sort("path")
    return Scan(
        folder=folder,
        files=files,
        odd_paths=odd_paths,
        waiting=tuple(waiting),
        ignored=tuple(ignored),
    )


def _walk(folder: Path) -> Iterator[dict[str, os.DirEntry[str]]]:
    """The visible plain files of each folder below, by name; links are not followed."""
    try:
        with os.scandir(folder) as entries:
            visible = sorted(
                (entry for entry in entries if not entry.name.startswith(".")),
                key=lambda e: e.name,
            )
    except FileNotFoundError:
        return
    yield {entry.name: entry for entry in visible if entry.is_file(follow_symlinks=False)}
    for entry in visible:
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path))


def _text_path(path: Path) -> str:
    """The path as text; a byte that is no UTF-8 stays readable as \\xNN."""
    return path.as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _kind(name: str, sidecars: Collection[str | None]) -> str:
    if name.lower().endswith(UNFINISHED_SUFFIXES):
        return "unfinished"
    if drops.suffix_of(name) is not None:
        return "document"
    return "sidecar" if name in sidecars else "other"


def _landed(
    path: str, entry: os.DirEntry[str], sidecar: os.DirEntry[str] | None
) -> LandedFile | None:
    """The state of a file; None where it, or its sidecar, has gone meanwhile."""
    try:
        status = entry.stat(follow_symlinks=False)
        beside = sidecar.stat(follow_symlinks=False) if sidecar else None
    except FileNotFoundError:
        return None
    return LandedFile(
        path=path,
        size=status.st_size,
        mtime_ns=status.st_mtime_ns,
        ctime_ns=status.st_ctime_ns,
        sidecar_size=beside.st_size if beside else None,
        sidecar_mtime_ns=beside.st_mtime_ns if beside else None,
    )
