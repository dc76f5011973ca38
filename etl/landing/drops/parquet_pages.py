"""How large the pages of a Parquet file are, unpacked: read before anything is unpacked.

What belongs here: page headers. What does not: the values (parquet_rows.py).

The footer's own sums are not believed: a reader allocates what each page's header says.

Source: Apache Parquet format 2.10, parquet.thrift (PageHeader); Thrift compact protocol.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

_LONGEST_HEADER = 2**20
_SHORT_HEADER = 2**10
_DEEPEST = 16
_LONGEST_INTEGER = 63

# Fields of PageHeader, and in the headers of pages of data within it that of the encoding.
_UNPACKED, _PACKED, _DICTIONARY = 2, 3, 7
_ENCODINGS = {5: 2, 8: 4}
_VALUES = 1
# Values named by a number, or by how much of the one before they repeat.
_PLAIN_DICTIONARY, _DELTA_BYTE_ARRAY, _RLE_DICTIONARY = 2, 7, 8
_TRUE, _FALSE, _BYTE, _BINARY, _STRUCT = 1, 2, 3, 8, 12
_INTEGERS = (4, 5, 6)


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of a column: its bytes, packed and not, and the values in it.

    ``names_values``: those of a dictionary. ``repeats_values``: each may be as long as the page.
    """

    is_dictionary: bool
    names_values: bool
    repeats_values: bool
    unpacked_bytes: int
    packed_bytes: int
    value_count: int


def pages(stream: BinaryIO, start: int, end: int) -> Iterator[Page]:
    """The pages of one column of one row group, which lies from ``start`` to ``end``.

    Raises ValueError where a header makes no sense.
    """
    while start < end:
        stream.seek(start)
        header, length = _header(stream)
        page = _page(header)
        yield page
        start += length + page.packed_bytes


def _header(stream: BinaryIO) -> tuple[dict[int, object], int]:
    """The fields of the header at which ``stream`` stands, and the header's length."""
    raw = stream.read(_SHORT_HEADER)
    while True:
        fields = _Fields(raw)
        try:
            return fields.struct(), fields.position
        except IndexError:
            more = stream.read(len(raw))
            if not more or len(raw) > _LONGEST_HEADER:
                raise ValueError("the header of a page has no end") from None
            raw += more


def _page(header: dict[int, object]) -> Page:
    unpacked, packed = header.get(_UNPACKED), header.get(_PACKED)
    if not isinstance(unpacked, int) or not isinstance(packed, int) or min(unpacked, packed) < 0:
        raise ValueError(f"a page of {unpacked} bytes, packed {packed}")
    kind = next((k for k in (*_ENCODINGS, _DICTIONARY) if k in header), _DICTIONARY)
    within = header.get(kind)
    fields = within if isinstance(within, dict) else {}
    encoding = fields.get(_ENCODINGS.get(kind))
    values = fields.get(_VALUES)
    return Page(
        is_dictionary=kind == _DICTIONARY,
        names_values=encoding in (_PLAIN_DICTIONARY, _RLE_DICTIONARY),
        repeats_values=encoding == _DELTA_BYTE_ARRAY,
        unpacked_bytes=unpacked,
        packed_bytes=packed,
        value_count=values if isinstance(values, int) and values > 0 else 1,
    )


class _Fields:
    """A reader of Thrift's compact protocol. Raises IndexError where the bytes end too soon."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self.position = 0

    def struct(self, depth: int = 0) -> dict[int, object]:
        """The fields by their numbers: integers and structs; all others are passed over."""
        if depth > _DEEPEST:
            raise ValueError("the header of a page is nested too deeply")
        fields: dict[int, object] = {}
        number = 0
        while head := self._byte():
            delta, kind = head >> 4, head & 15
            number = number + delta if delta else self._integer()
            fields[number] = self._value(kind, depth)
        return fields

    def _value(self, kind: int, depth: int) -> object:
        if kind in (_TRUE, _FALSE):
            return None
        if kind == _BYTE:
            return self._byte()
        if kind in _INTEGERS:
            return self._integer()
        if kind == _STRUCT:
            return self.struct(depth + 1)
        if kind == _BINARY:
            length = self._varint()
            self.position += length
            return None
        raise ValueError(f"the header of a page has a field of kind {kind}")

    def _integer(self) -> int:
        """Zigzag: the lowest bit is the sign."""
        value = self._varint()
        return (value >> 1) ^ -(value & 1)

    def _varint(self) -> int:
        value = shift = 0
        while (byte := self._byte()) & 0x80:
            value |= (byte & 0x7F) << shift
            shift += 7
            if shift > _LONGEST_INTEGER:
                raise ValueError("the header of a page has a number without an end")
        return value | byte << shift

    def _byte(self) -> int:
        byte = self._raw[self.position]
        self.position += 1
        return byte
