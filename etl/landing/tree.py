"""The landing folder, opened: files and folders below it, by paths of any length.

What belongs here: opening without following a link or waiting for a pipe, and checking that
what was opened is what was listed. What does not: what lies in the folder (scan.py).

A path of more than 4,096 bytes cannot be opened at once; a folder swapped for a link would
lead out of the tree. So each folder is opened from the one above it.
"""

import io
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, NamedTuple, Self

BUFFER_BYTES = 2**17
_NO_LINK = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW
_FOLDER = _NO_LINK | os.O_DIRECTORY
_FILE = _NO_LINK | os.O_NONBLOCK


class State(NamedTuple):
    """What tells whether a file is the same, unchanged: times in nanoseconds since 1970.

    The time of change is set by the system alone, also where a file takes another's name; it
    is not known of every file that was listed. An object is told by its ``etag`` and size
    (bucket.py); files have none.
    """

    size: int
    mtime_ns: int
    ctime_ns: int | None
    etag: str | None = None


class SwappedError(Exception):
    """What was opened is no plain file, or not the one that was listed."""


@dataclass(frozen=True)
class Folder:
    """A landing folder, as one of the places where files land (places.py)."""

    path: Path

    def opened(self, files: object = None) -> "Tree":
        """Its files and folders. Raises OSError where it can't be opened."""
        del files
        return Tree(self.path)


class Tree:
    """Folders and files below ``folder``, which may itself be a link."""

    is_slow_to_seek = False

    def __init__(self, folder: Path) -> None:
        self._root = os.open(folder, os.O_RDONLY | os.O_CLOEXEC | os.O_DIRECTORY)
        self._path = b""
        self._descriptor = self._root

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._go_to_root()
        os.close(self._root)

    def open_folder(self, path: bytes) -> int:
        """A descriptor of the folder ``path``, "" for the root; good until the next call.

        Raises OSError; NotADirectoryError or an ELOOP where it is a link by now.
        """
        above, _, name = path.rpartition(b"/")
        if path == self._path:
            return self._descriptor
        if above and above == self._path:
            self._step_down(name)
            return self._descriptor
        self._go_to_root()
        for part in path.split(b"/") if path else ():
            self._step_down(part)
        return self._descriptor

    def _step_down(self, name: bytes) -> None:
        below = os.open(name, _FOLDER, dir_fd=self._descriptor)
        if self._descriptor != self._root:
            os.close(self._descriptor)
        self._descriptor = below
        self._path = b"/".join((self._path, name)) if self._path else name

    def _go_to_root(self) -> None:
        if self._descriptor != self._root:
            os.close(self._descriptor)
        self._path, self._descriptor = b"", self._root

    def check_unchanged(self, path: bytes, stream: BinaryIO, listed: State) -> None:
        """Raise SwappedError where a file that was opened is not in that state any more."""
        del path
        check_unchanged(stream.fileno(), listed)

    def open_file(self, path: bytes, listed: State) -> BinaryIO:
        """The file ``path``, to be read.

        Raises:
            SwappedError: it is not the plain file that was ``listed``.
            OSError: it cannot be opened.
        """
        folder, _, name = path.rpartition(b"/")
        descriptor = os.open(name, _FILE, dir_fd=self.open_folder(folder))
        try:
            check_unchanged(descriptor, listed)
        except (OSError, SwappedError):
            os.close(descriptor)
            raise
        return io.BufferedReader(io.FileIO(descriptor, "rb"), BUFFER_BYTES)


def check_unchanged(descriptor: int, listed: State) -> None:
    """Raise SwappedError where an opened file is not in the state that was listed."""
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        raise SwappedError("it is no plain file any more")
    ctime_ns = status.st_ctime_ns if listed.ctime_ns is not None else None
    if State(status.st_size, bounded(status.st_mtime_ns), ctime_ns) != listed:
        raise SwappedError("it has changed since the folder was listed")


def bounded(time_ns: int) -> int:
    """A time of a file within 64 bits (1677 to 2262): some file systems know longer ages."""
    return max(-(2**63), min(time_ns, 2**63 - 1))
