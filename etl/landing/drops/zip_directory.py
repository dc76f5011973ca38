"""The directory of a ZIP archive, mended where one entry would make all of it unreadable.

What belongs here: where the directory lies, and what of its entries the standard library refuses
the whole archive for. What does not: the members (zip_archives.py).

A name that says it is UTF-8 and is not is read byte by byte, and known by the text that a file of
such a name has in the landing folder (etl/landing/paths.py). The file itself stays as it is:
what is read of it is changed on the way.

Source: PKWARE, APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12, 4.3.14 to 4.3.16, 4.5.
"""

import io
import struct
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO, cast

from etl.landing.paths import text_of_path

_ENTRY = struct.Struct("<4s2xBxH18xHHH8xL")  # to the offset of the member
_UTF8 = 0x800
_HIGHEST_VERSION = 63
LONGEST_FIELD = 2**16
_FLAGS_OF_ENTRY, _VERSION_OF_ENTRY, _FLAGS_OF_MEMBER = 8, 6, 6


@dataclass(frozen=True)
class Directory:
    """Where it starts, its length in bytes, and by how many the archive has been moved."""

    start: int
    length: int
    moved: int


def find_directory(stream: BinaryIO) -> Directory:
    """As the end of an archive tells; of length 0 where it tells nothing."""
    size = stream.seek(0, 2)
    tail_start = max(0, size - 2**16 - 22)
    stream.seek(tail_start)
    tail = stream.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        return Directory(0, 0, 0)
    length, offset = struct.unpack_from("<II", tail, at + 12)
    end = tail_start + at
    if at >= 20 and tail[at - 20 : at - 16] == b"PK\x06\x07":
        (place,) = struct.unpack_from("<Q", tail, at - 12)
        stream.seek(min(place, size))
        record = stream.read(56)
        if len(record) == 56:
            length, offset = struct.unpack_from("<QQ", record, 40)
            end -= 56 + 20
    length = min(length, size)
    return Directory(end - length, length, end - length - offset)


def mended(stream: BinaryIO, directory: Directory) -> tuple[BinaryIO, dict[int, str]]:
    """The archive with a directory that can be read, and the odd names by their members' place.

    The stream is the one given where nothing is to be mended.
    """
    if directory.start < 0:
        return stream, {}
    stream.seek(directory.start)
    raw = stream.read(directory.length)
    changes: dict[int, bytes] = {}
    names: dict[int, str] = {}
    for at, version, flags, name, extra, place in _entries(raw):
        entry = directory.start + at
        if version > _HIGHEST_VERSION:
            changes[entry + _VERSION_OF_ENTRY] = bytes([_HIGHEST_VERSION])
        if flags & _UTF8 and not _is_utf8(name):
            plain = struct.pack("<H", flags & ~_UTF8)
            changes[entry + _FLAGS_OF_ENTRY] = plain
            changes[place + directory.moved + _FLAGS_OF_MEMBER] = plain
            names[place + directory.moved] = text_of_path(name)
        if not _is_sound(extra):
            changes[entry + 46 + len(name)] = bytes(len(extra))
    return (cast("BinaryIO", _Changed(stream, changes)), names) if changes else (stream, {})


def _entries(raw: bytes) -> Iterator[tuple[int, int, int, bytes, bytes, int]]:
    """Of each entry: where it starts, its version and flags, name and extra field, and where
    its member lies."""
    at = 0
    while at + 46 <= len(raw) and raw.startswith(b"PK\x01\x02", at):
        _, version, flags, name_bytes, extra_bytes, comment_bytes, place = _ENTRY.unpack_from(
            raw, at
        )
        name_end = at + 46 + name_bytes
        extra = raw[name_end : name_end + extra_bytes]
        yield at, version, flags, raw[at + 46 : name_end], extra, place
        at = name_end + extra_bytes + comment_bytes


def _is_utf8(name: bytes) -> bool:
    try:
        name.decode()
    except UnicodeDecodeError:
        return False
    return True


def _is_sound(extra: bytes) -> bool:
    """Whether the lengths of its pieces fit into it."""
    at = 0
    while at + 4 <= len(extra):
        at += 4 + int.from_bytes(extra[at + 2 : at + 4], "little")
    return at <= len(extra)


class _Changed(io.RawIOBase):
    """A file that reads otherwise at some places."""

    def __init__(self, file: BinaryIO, changes: dict[int, bytes]) -> None:
        self._file = file
        self._places = sorted(changes)
        self._changes = changes

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        start = self._file.tell()
        piece = self._file.read(len(buffer))
        buffer[: len(piece)] = piece
        nearest = bisect(self._places, start - LONGEST_FIELD)
        for place in islice(self._places, nearest, bisect(self._places, start + len(piece))):
            new = self._changes[place]
            first, last = max(place, start), min(place + len(new), start + len(piece))
            if first < last:
                buffer[first - start : last - start] = new[first - place : last - place]
        return len(piece)
