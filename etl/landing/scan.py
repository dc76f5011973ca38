"""What lies in the landing folder.

What belongs here: the scan, and its result, which that of a bucket shares (bucket.py). What does
not: opening (tree.py), claiming (claims.py), the kinds
of files (drops/) and any judgement of a document's content.
"""

import os
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter
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
    or ``waiting`` as well. Paths are those of ``text_of_path``; names are sorted, files are not.
    """

    place: Place
    files: pl.DataFrame
    waiting: tuple[str, ...]
    ignored: tuple[str, ...]
    unreadable: tuple[str, ...]
    ahead: tuple[str, ...] = ()


STATES = ("size", "mtime_ns", "ctime_ns")


@dataclass
class _States:
    """Of some files a column each of what is known of them."""

    columns: dict[str, "array[int]"] = field(
        default_factory=lambda: {name: array("q") for name in STATES}
    )

    def add(self, found: Collection[os.stat_result]) -> None:
        """Add some files. Some file systems know times beyond 64 bits."""
        for name, column in self.columns.items():
            told, count = map(attrgetter(f"st_{name}"), found), len(column)
            try:
                column.extend(told)
            except OverflowError:
                del column[count:]
                column.extend(bounded(getattr(one, f"st_{name}")) for one in found)

    def frame(self, prefix: str = "") -> pl.DataFrame:
        """A row a file, its columns under their names behind a prefix."""
        return pl.DataFrame(
            {
                f"{prefix}{name}": pl.Series(column, dtype=pl.Int64)
                for name, column in self.columns.items()
            }
        )


@dataclass
class _Found:
    """What the walk has come upon so far; ``with_sidecar`` are the places among ``paths`` of those
    that have one.
    """

    paths: list[str] = field(default_factory=list)
    own: _States = field(default_factory=_States)
    with_sidecar: "array[int]" = field(default_factory=lambda: array("q"))
    sidecars: _States = field(default_factory=_States)
    unfinished: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)


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
    found = _Found()
    try:
        with Tree(folder) as tree:
            _walk(tree, found)
    except OSError as error:
        raise LandingError(f"landing folder {folder} cannot be listed: {error}") from error
    present_ns = int(now.timestamp() * 1e9)
    files = _dated(found, present_ns)
    is_finished = pl.col("changed") <= present_ns - int(settle_seconds * 1e9)
    waiting = files.filter(~is_finished)["path"].to_list()
    return Scan(
        place=Folder(folder),
        files=files.filter(is_finished).select(
            pl.col(name) if name in files.columns else pl.lit(None, dtype).alias(name)
            for name, dtype in FILES_SCHEMA.items()
        ),
        waiting=tuple(sorted([*found.unfinished, *waiting])),
        ignored=tuple(sorted(found.ignored)),
        unreadable=tuple(sorted(found.unreadable)),
        ahead=tuple(files.filter(pl.col("written") > present_ns)["path"].sort()),
    )


def files_frame(files: Iterable[LandedFile]) -> pl.DataFrame:
    """The files as ``Scan`` has them."""
    return pl.DataFrame(list(files), schema=FILES_SCHEMA, orient="row")


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
    others = [one for one in visible if one.name not in files] if len(files) < len(visible) else []
    return files, [entry.name for entry in others if entry.is_dir(follow_symlinks=False)]


def _sort_out(prefix: str, files: Mapping[str, os.DirEntry[str]], found: _Found) -> None:
    """The files of one folder, while it is open; ``prefix`` is its path with a slash."""
    if drops.are_documents(files):
        _look_at(prefix, files, {}, found)
        return
    beside = {name: drops.sidecar_of(name) for name in files}
    sidecars = set(beside.values())
    by_kind: dict[str, list[str]] = defaultdict(list)
    for name in files:
        by_kind[kind_of(name, sidecars)].append(name)
    documents = {name: files[name] for name in by_kind["document"]}
    told = {
        name: files[sidecar]
        for name in documents
        if (sidecar := beside[name]) is not None and sidecar in files
    }
    _look_at(prefix, documents, told, found)
    found.unfinished += _paths(prefix, by_kind["unfinished"])
    found.ignored += _paths(prefix, by_kind["other"])


def _paths(prefix: str, names: Collection[str]) -> list[str]:
    joined = "".join(names)
    if joined.isascii() and "\\" not in joined:
        return [prefix + name for name in names]
    return [prefix + _text_of_name(name) for name in names]


def _text_of_name(name: str) -> str:
    return name if name.isascii() and "\\" not in name else text_of_path(os.fsencode(name))


def kind_of(name: str, sidecars: Collection[str | None]) -> str:
    """What a file is by its name: "document", "sidecar", "unfinished" or "other"."""
    if name in sidecars:
        return "sidecar"
    if drops.suffix_of(name) is not None:
        return "document"
    return "unfinished" if name.lower().endswith(UNFINISHED_SUFFIXES) else "other"


def _look_at(
    prefix: str,
    files: Mapping[str, os.DirEntry[str]],
    sidecars: Mapping[str, os.DirEntry[str]],
    found: _Found,
) -> None:
    """Ask for the states of some files and of the sidecars of those that have one."""
    try:
        own = {name: entry.stat(follow_symlinks=False) for name, entry in files.items()}
        beside = {name: entry.stat(follow_symlinks=False) for name, entry in sidecars.items()}
    except OSError:
        own, beside = _one_by_one(prefix, files, sidecars, found)
    if beside:
        first = len(found.paths)
        found.with_sidecar.extend(first + at for at, name in enumerate(own) if name in beside)
        found.sidecars.add([beside[name] for name in own if name in beside])
    found.paths += _paths(prefix, own)
    found.own.add(own.values())


def _one_by_one(
    prefix: str,
    files: Mapping[str, os.DirEntry[str]],
    sidecars: Mapping[str, os.DirEntry[str]],
    found: _Found,
) -> tuple[dict[str, os.stat_result], dict[str, os.stat_result]]:
    """Those whose states can be had, with these: their own, and those of their sidecars."""
    own: dict[str, os.stat_result] = {}
    beside: dict[str, os.stat_result] = {}
    for name, entry in files.items():
        try:
            if name in sidecars:
                beside[name] = sidecars[name].stat(follow_symlinks=False)
            own[name] = entry.stat(follow_symlinks=False)
        except FileNotFoundError:
            continue  # it, or its sidecar, was taken away meanwhile
        except OSError as error:
            found.unreadable.append(with_reason(prefix + _text_of_name(name), error))
    return own, beside


def _dated(found: _Found, present_ns: int) -> pl.DataFrame:
    """The files, with when they were written, and changed as far as anything tells.

    0 where nothing does. The later of a file and its sidecar counts.
    """
    paths = pl.Series("path", found.paths, dtype=pl.String)
    files = found.own.frame().insert_column(0, paths)
    files = files.hstack(_beside(found, files.height))

    def changed(mtime: str, ctime: str) -> pl.Expr:
        by_clock = pl.when(pl.col(ctime) <= present_ns + SKEW_NS).then(ctime).otherwise(0)
        return pl.when(pl.col(mtime) <= present_ns).then(mtime).otherwise(by_clock)

    return files.with_columns(
        written=pl.max_horizontal("mtime_ns", "sidecar_mtime_ns"),
        changed=pl.max_horizontal(
            changed("mtime_ns", "ctime_ns"),
            pl.when(pl.col("sidecar_mtime_ns").is_not_null()).then(
                changed("sidecar_mtime_ns", "sidecar_ctime_ns")
            ),
        ),
    )


def _beside(found: _Found, height: int) -> pl.DataFrame:
    """Of each file the state of its sidecar; null where it has none."""
    nothing = pl.repeat(None, height, dtype=pl.Int64, eager=True)
    places = pl.Series(found.with_sidecar, dtype=pl.Int64)
    told = found.sidecars.frame("sidecar_")
    return pl.DataFrame({one.name: nothing.clone().scatter(places, one) for one in told})


def with_reason(path: str, error: Exception) -> str:
    """A path that could not be read, as it is named to people."""
    reason = error.strerror if isinstance(error, OSError) else None
    return f"{path} ({reason or error})"
