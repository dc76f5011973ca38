"""What lies in the landing folder.

What belongs here: the scan, and its result, which that of a bucket shares (bucket.py). What does
not: opening (tree.py), claiming (claims.py), the kinds
of files (drops/) and any judgement of a document's content.
"""

import os
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import polars as pl

from etl.errors import LandingError
from etl.landing import drops
from etl.landing.paths import text_of_path
from etl.landing.places import Place
from etl.landing.tree import Folder, State, Tree, bounded

SKEW_NS = 3600 * 10**9
"""By how much two clocks may differ: what is dated further in the future tells nothing."""
UNFINISHED_SUFFIXES = (".tmp", ".part", ".partial", ".crdownload", ".filepart")


class LandedFile(NamedTuple):
    """What tells one state of a landed file from another, its sidecar included.

    A file on disk has no ``etag``; an object has no time of change, and is told by its etag and
    size alone (``OBJECT_STATE``).
    """

    path: str
    size: int
    mtime_ns: int
    ctime_ns: int | None
    sidecar_size: int | None
    sidecar_mtime_ns: int | None
    etag: str | None = None
    sidecar_etag: str | None = None

    @property
    def state(self) -> State:
        return State(self.size, self.mtime_ns, self.ctime_ns, self.etag)

    @property
    def sidecar_state(self) -> State | None:
        """That of its sidecar; None where there is none."""
        if self.sidecar_size is None or self.sidecar_mtime_ns is None:
            return None
        return State(self.sidecar_size, self.sidecar_mtime_ns, None, self.sidecar_etag)


OBJECT_STATE = ("path", "size", "sidecar_size", "etag", "sidecar_etag")
FILES_SCHEMA = pl.Schema(
    {
        name: pl.String() if name in ("path", "etag", "sidecar_etag") else pl.Int64()
        for name in LandedFile._fields
    }
)


@dataclass(frozen=True, kw_only=True)
class Scan:
    """What lies in a landing place; ``place`` opens it.

    ``files`` has a row per file that may hold documents (``LandedFile``); ``waiting`` are
    still being written; ``ignored`` are of no kind that holds documents; ``unreadable`` could
    not be listed, each with the reason; ``ahead`` are dated in the future, and stand in ``files``
    or ``waiting`` as well. Paths are those of ``text_of_path``, sorted.
    """

    place: Place
    files: pl.DataFrame
    waiting: tuple[str, ...]
    ignored: tuple[str, ...]
    unreadable: tuple[str, ...]
    ahead: tuple[str, ...] = ()


@dataclass
class _Found:
    """What the walk has come upon so far; nothing changed after ``newest_ns`` is finished.

    ``present_ns`` is now, both in ns since 1970.
    """

    present_ns: int
    newest_ns: int

    files: list[LandedFile] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    ahead: list[str] = field(default_factory=list)


def scan(folder: Path, *, now: datetime, settle_seconds: float) -> Scan:
    """Walk ``folder``; files changed within ``settle_seconds`` before ``now`` wait.

    A file dated in the future would wait until then. So its change time decides, which the file
    system sets by its own clock. Where that lies in the future too, and by more than an hour, the
    clock was set back since, and nothing tells how old the file is: it is finished, and the claim
    leaves it where it changes while it is read.
    Hidden files and links are passed over, and what is taken away while the scan is at work.
    A folder that cannot be listed is named, and the walk goes on.
    Raises LandingError where there is no folder, or it cannot be listed itself.
    """
    if not folder.is_dir():
        raise LandingError(f"landing folder {folder} does not exist or is not a folder")
    present_ns = int(now.timestamp() * 1e9)
    found = _Found(present_ns, newest_ns=present_ns - int(settle_seconds * 1e9))
    try:
        with Tree(folder) as tree:
            _walk(tree, found)
    except OSError as error:
        raise LandingError(f"landing folder {folder} cannot be listed: {error}") from error
    return Scan(
        place=Folder(folder),
        files=files_frame(found.files),
        waiting=tuple(sorted(found.waiting)),
        ignored=tuple(sorted(found.ignored)),
        unreadable=tuple(sorted(found.unreadable)),
        ahead=tuple(sorted(found.ahead)),
    )


def files_frame(files: Iterable[LandedFile]) -> pl.DataFrame:
    """The files as ``Scan`` has them."""
    return pl.DataFrame(list(files), schema=FILES_SCHEMA, orient="row").sort("path")


def _walk(tree: Tree, found: _Found) -> None:
    """Folder by folder, however deep. Raises OSError where the root cannot be listed."""
    folders = [b""]
    while folders:
        folder = folders.pop()
        try:
            files, below = _list(tree.open_folder(folder))
        except FileNotFoundError:
            continue  # taken away meanwhile
        except OSError as error:
            if not folder:
                raise
            found.unreadable.append(with_reason(f"{text_of_path(folder)}/", error))
            continue
        prefix = folder + b"/" if folder else b""
        _sort_out(text_of_path(prefix), files, found)
        folders.extend(prefix + os.fsencode(name) for name in below)


def _list(folder: int) -> tuple[dict[str, os.DirEntry[str]], list[str]]:
    """The visible plain files by name, and the names of the folders; links are neither."""
    with os.scandir(folder) as listing:
        visible = [entry for entry in listing if not entry.name.startswith(".")]
    files = {entry.name: entry for entry in visible if entry.is_file(follow_symlinks=False)}
    return files, [entry.name for entry in visible if entry.is_dir(follow_symlinks=False)]


def _sort_out(prefix: str, files: dict[str, os.DirEntry[str]], found: _Found) -> None:
    """The files of one folder, while it is open; ``prefix`` is its path with a slash."""
    sidecars = {drops.sidecar_of(name) for name in files}
    for name, entry in files.items():
        path = prefix + _text_of_name(name)
        kind = kind_of(name, sidecars)
        if kind == "document":
            _look_at(path, entry, files.get(drops.sidecar_of(name) or ""), found)
        elif kind == "unfinished":
            found.waiting.append(path)
        elif kind == "other":
            found.ignored.append(path)


def _text_of_name(name: str) -> str:
    return name if name.isascii() and "\\" not in name else text_of_path(os.fsencode(name))


def kind_of(name: str, sidecars: Collection[str | None]) -> str:
    """What a file is by its name: "document", "sidecar", "unfinished" or "other"."""
    if name.lower().endswith(UNFINISHED_SUFFIXES):
        return "unfinished"
    if name in sidecars:
        return "sidecar"
    return "document" if drops.suffix_of(name) is not None else "other"


def _look_at(
    path: str,
    entry: os.DirEntry[str],
    sidecar: os.DirEntry[str] | None,
    found: _Found,
) -> None:
    try:
        file = _landed(path, entry, sidecar)
        changed = [_changed_ns(one, found.present_ns) for one in (entry, sidecar) if one]
    except FileNotFoundError:
        return  # it, or its sidecar, was taken away meanwhile
    except OSError as error:
        found.unreadable.append(with_reason(path, error))
        return
    if max(file.mtime_ns, file.sidecar_mtime_ns or 0) > found.present_ns:
        found.ahead.append(path)
    if max(changed) <= found.newest_ns:
        found.files.append(file)
    else:
        found.waiting.append(path)


def _changed_ns(entry: os.DirEntry[str], present_ns: int) -> int:
    """When it was changed last, as far as anything tells; 0 where nothing does."""
    status = entry.stat(follow_symlinks=False)
    if status.st_mtime_ns <= present_ns:
        return status.st_mtime_ns
    return status.st_ctime_ns if status.st_ctime_ns <= present_ns + SKEW_NS else 0


def _landed(path: str, entry: os.DirEntry[str], sidecar: os.DirEntry[str] | None) -> LandedFile:
    status = entry.stat(follow_symlinks=False)
    beside = sidecar.stat(follow_symlinks=False) if sidecar else None
    return LandedFile(
        path=path,
        size=status.st_size,
        mtime_ns=bounded(status.st_mtime_ns),
        ctime_ns=status.st_ctime_ns,
        sidecar_size=beside.st_size if beside else None,
        sidecar_mtime_ns=bounded(beside.st_mtime_ns) if beside else None,
    )


def with_reason(path: str, error: Exception) -> str:
    """A path that could not be read, as it is named to people."""
    reason = error.strerror if isinstance(error, OSError) else None
    return f"{path} ({reason or error})"
