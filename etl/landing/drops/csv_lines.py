"""The lines of a CSV file and the rows that they make up, with none longer than is allowed.

What belongs here: where a row ends, in bounded memory, whatever its quotes. What does not:
what is in a row (csv_rows.py).

Source: RFC 4180, read strictly: a quote ends a field only before a comma or the line's end.
"""

import csv
import io
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from etl.landing.drops.budget import PIECE_BYTES
from etl.landing.drops.csv_quotes import Quotes
from etl.landing.drops.documents import MOST_VALUES
from etl.landing.limits import Limits

# Bytes that are no UTF-8 are kept as they are, for the decode stage to judge.
ENCODING, ERRORS = "utf-8", "surrogateescape"
_LINE_END = re.compile("\r\n?|\n")


@dataclass(frozen=True)
class Row:
    """A row: its fields, and the lines that it was read from."""

    fields: list[str]
    lines: list[str]

    def raw(self) -> bytes:
        return _bytes("".join(self.lines))


@dataclass
class Broken:
    """A row whose quotes are broken: its first line, and what stands before the next row."""

    reason: str
    lines: list[str]
    length: int = field(default=0)

    def extend(self, lines: list[str], most_chars: int) -> None:
        """Keep lines that belong to it, up to ``most_chars`` in all."""
        self.length += sum(map(len, lines))
        if self.length <= most_chars:
            self.lines.extend(lines)

    def raw(self) -> bytes:
        return _bytes("".join(self.lines))


@dataclass(frozen=True)
class TooLong:
    """A row that is longer than allowed, or has too many fields: its beginning."""

    beginning: str
    has_many_fields: bool

    def reason(self, limits: Limits) -> str:
        return (
            f"more than {MOST_VALUES} fields"
            if self.has_many_fields
            else limits.exceeded("record_bytes")
        )

    def raw(self) -> bytes:
        return _bytes(self.beginning)


Found = Row | Broken | TooLong


class _EndOfBounds(Exception):
    """The row that is being read goes beyond its bounds."""


class Rows:
    """The rows of a stream, one after another, none longer than ``most_bytes``.

    Lines that were read in vain, for a row that proved broken, are read again.
    """

    def __init__(self, stream: BinaryIO, most_bytes: int) -> None:
        self._stream = stream
        self._most_bytes = most_bytes
        self._again: deque[str] = deque()
        self._taken: list[str] = []
        self._lines = self._open()
        self._position = 0  # behind the lines that were read of the stream, in bytes
        csv.field_size_limit(max(csv.field_size_limit(), most_bytes + 1))

    def _open(self) -> io.TextIOWrapper:
        return io.TextIOWrapper(self._stream, ENCODING, ERRORS, newline="")

    def next(self) -> Found | None:
        """The next row that is not blank; None at the end."""
        fields: list[str] | None = []
        while fields == []:
            self._taken = []
            try:
                fields = next(csv.reader(self._feed(), strict=True), None)
            except csv.Error as error:
                return self._broken(str(error))
            except _EndOfBounds:
                return self._too_long()
        return None if fields is None else Row(fields, self._taken)

    def _feed(self) -> Iterator[str]:
        """The lines of one row, as the reader of CSV asks for them."""
        length = 0
        while line := self._line(self._most_bytes + 1):
            self._taken.append(line)
            length += len(line)
            if length > self._most_bytes or _has_many_fields(line):
                raise _EndOfBounds
            yield line

    def _line(self, most_chars: int) -> str:
        if self._again:
            return self._again.popleft()
        at_start = self._position == 0
        line = self._lines.readline(most_chars)
        self._position += len(line) if line.isascii() else len(_bytes(line))
        return line.removeprefix("\ufeff") if at_start else line

    def _broken(self, reason: str) -> Broken:
        first, *others = self._taken
        self._again.extendleft(reversed(others))
        return Broken(f"not CSV: {reason}", [first], len(first))

    def _too_long(self) -> Found:
        """Pass over a row without keeping it; if its quotes are broken, over its first line."""
        first, *others = self._taken
        quotes = Quotes()
        for line in self._taken:
            quotes.read(line)
        while self._again and not quotes.is_at_end:
            others.append(self._again.popleft())
            quotes.read(others[-1])
        behind_first, behind_row = self._pass_over(quotes, is_first_whole=_ends(first))
        self._go_to(behind_first if quotes.is_broken else behind_row)
        if quotes.is_broken:
            self._again.extendleft(reversed(others))
            if _ends(first) and len(first) <= self._most_bytes:
                return Broken("not CSV: a quote without its counterpart", [first], len(first))
        return TooLong(first, has_many_fields=_has_many_fields(first))

    def _pass_over(self, quotes: Quotes, *, is_first_whole: bool) -> tuple[int, int]:
        """The positions behind the lines that are held of a row, and behind the row."""
        position = self._position
        behind_first = position if is_first_whole else None
        self._lines.detach()
        self._stream.seek(position)
        while not quotes.is_at_end and (block := self._stream.read(PIECE_BYTES)):
            text = block.decode("latin-1")  # a character a byte: quotes and commas are ASCII
            end = _LINE_END.search(text) if behind_first is None else None
            behind_first = position + end.end() if end else behind_first
            position += quotes.read(text)
        return position if behind_first is None else behind_first, position

    def close(self) -> None:
        """Leave the stream open to others."""
        self._lines.detach()

    def _go_to(self, position: int) -> None:
        self._stream.seek(position)
        self._lines, self._position = self._open(), position


def _ends(line: str) -> bool:
    return line.endswith(("\n", "\r"))


def _has_many_fields(line: str) -> bool:
    return len(line) > MOST_VALUES and line.count(",") > MOST_VALUES


def _bytes(text: str) -> bytes:
    return text.encode(ENCODING, ERRORS)
