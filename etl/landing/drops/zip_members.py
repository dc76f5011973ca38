"""The bytes of one member of a ZIP archive, unpacked piece by piece.

What belongs here: where a member lies, and the methods by which it can be packed. What does
not: which members there are (zip_archives.py).

The standard library unpacks members of bzip2 and LZMA as they come in, and 40 bytes of bzip2 can
hold 45 MB. So these two are read by the readers of their own files, which stop in between.

Source: PKWARE, APPNOTE.TXT 6.3.10, sections 4.3.7, 4.4.5 and 5.8.
"""

import bz2
import io
import lzma
import struct
import zipfile
import zlib
from copy import copy
from typing import BinaryIO, cast

# A window of LZMA that is larger than any packer's highest level asks for.
MOST_WINDOW_BYTES = 128 * 2**20
_ENCRYPTED = 0x1
_LOCAL_HEADER = b"PK\x03\x04"


def open_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, packed: BinaryIO
) -> io.BufferedIOBase:
    """The unpacked bytes of a member of the archive that ``packed`` is.

    Raises what ``FAULTS`` holds where it is encrypted, or packed by an unknown method.
    """
    if member.compress_type not in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        return cast("io.BufferedIOBase", archive.open(member))
    if member.flag_bits & _ENCRYPTED:
        raise zipfile.BadZipFile(f"{member.filename!r} is encrypted")
    start, end = extent(packed, member)
    if member.compress_type == zipfile.ZIP_BZIP2:
        return _Checked(bz2.BZ2File(_Section(packed, start, end)), member)
    packed.seek(start)
    filters, length = _lzma_filters(packed)
    section = cast("BinaryIO", _Section(packed, start + length, end))
    return _Checked(lzma.LZMAFile(section, format=lzma.FORMAT_RAW, filters=filters), member)


def unchecked(member: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """The same member, to be unpacked as far as it goes: without a checksum none is held."""
    without = copy(member)
    del without.CRC
    return without


def extent(packed: BinaryIO, member: zipfile.ZipInfo) -> tuple[int, int]:
    """Where the packed bytes of a member lie: from, to. Raises what ``FAULTS`` holds."""
    packed.seek(member.header_offset)
    signature, name_bytes, extra_bytes = struct.unpack("<4s22xHH", packed.read(30))
    if signature != _LOCAL_HEADER:
        raise zipfile.BadZipFile(f"{member.filename!r} does not lie where the directory says")
    start = member.header_offset + 30 + name_bytes + extra_bytes
    return start, start + member.compress_size


def _lzma_filters(packed: BinaryIO) -> tuple[list[dict[str, int]], int]:
    """How a member was packed, and the length of what says so, at which ``packed`` stands."""
    length, properties, window = struct.unpack("<2xHBI", packed.read(9))
    if window > MOST_WINDOW_BYTES:
        raise ValueError(f"a window of {window} bytes, more than {MOST_WINDOW_BYTES}")
    rest, literal_context = divmod(properties, 9)
    position, literal_position = divmod(rest, 5)
    made_of = {"dict_size": window, "lc": literal_context, "lp": literal_position, "pb": position}
    return [{"id": lzma.FILTER_LZMA1, **made_of}], 4 + length


class _Section(io.RawIOBase):
    """A stretch of a file. Others may move in the file between two reads."""

    def __init__(self, file: BinaryIO, start: int, end: int) -> None:
        self._file = file
        self._start, self._end = start, end
        self._position = start

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: self._start, io.SEEK_CUR: self._position, io.SEEK_END: self._end}
        self._position = base[whence] + offset
        return self._position - self._start

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        self._file.seek(self._position)
        piece = self._file.read(min(len(buffer), max(0, self._end - self._position)))
        buffer[: len(piece)] = piece
        self._position += len(piece)
        return len(piece)


class _Checked(io.BufferedIOBase):
    """The unpacked bytes of a member, as many as it says, and its checksum held at their end."""

    def __init__(self, unpacked: bz2.BZ2File | lzma.LZMAFile, member: zipfile.ZipInfo) -> None:
        self._unpacked = unpacked
        self._member = member
        self._position = 0
        self._expected = getattr(member, "CRC", None)
        self._checksum = 0

    def readable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """What was read twice, or not at all, is not checked."""
        position = self._unpacked.seek(offset, whence)
        if position != self._position:
            self._position, self._expected = position, None
        return position

    def read1(self, size: int = -1) -> bytes:
        piece = self._unpacked.read1(min(size, self._member.file_size - self._position))
        self._position += len(piece)
        self._checksum = zlib.crc32(piece, self._checksum)
        is_end = self._position == self._member.file_size
        if is_end and self._expected not in (None, self._checksum):
            raise zipfile.BadZipFile(f"Bad CRC-32 for file {self._member.filename!r}")
        return piece

    def close(self) -> None:
        self._unpacked.close()
        super().close()
