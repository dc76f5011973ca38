"""Where a row of CSV ends that is too long to be held in memory.

What belongs here: following the quotes of a row piece by piece. What does not: rows that are
held (csv_lines.py).
"""

from enum import Enum, auto

_QUOTED_FIELD = ',"'
_OUTSIDE_QUOTES = (_QUOTED_FIELD, "\r", "\n")


class _State(Enum):
    FIELD_START = auto()
    PLAIN = auto()
    QUOTED = auto()
    QUOTE_IN_QUOTED = auto()  # the end of the field, or the first half of a doubled quote
    ROW_END = auto()
    BROKEN = auto()


class Quotes:
    """Whether a row is at its end, after pieces of its text that were read one by one."""

    def __init__(self) -> None:
        self._state = _State.FIELD_START
        self._next: dict[str, int] = {}

    @property
    def is_at_end(self) -> bool:
        return self._state in (_State.ROW_END, _State.BROKEN)

    @property
    def is_broken(self) -> bool:
        """Whether a quote stands where none may, or, at the end of the file, one is open."""
        return self._state in (_State.QUOTED, _State.BROKEN)

    def read(self, piece: str) -> int:
        """Go on by a piece of the file; how many characters of it belong to the row."""
        at = 0
        self._next = dict.fromkeys(_OUTSIDE_QUOTES, -1)
        while at < len(piece) and not self.is_at_end:
            if self._state is _State.QUOTED:
                at = self._to_quote(piece, at)
            elif self._state is _State.PLAIN:
                at = self._to_field(piece, at)
            else:
                at = self._step(piece, at)
        return at

    def _to_quote(self, piece: str, at: int) -> int:
        quote = piece.find('"', at)
        if quote < 0:
            return len(piece)
        self._state = _State.QUOTE_IN_QUOTED
        return quote + 1

    def _to_field(self, piece: str, at: int) -> int:
        """To the next quoted field, or to the end of the row: nothing else matters here."""
        for mark, position in self._next.items():
            if position < at:  # each stretch is looked through once for each mark
                found = piece.find(mark, at)
                self._next[mark] = len(piece) if found < 0 else found
        mark, position = min(self._next.items(), key=lambda item: item[1])
        if position == len(piece):
            self._state = _State.FIELD_START if piece.endswith(",") else _State.PLAIN
            return position
        self._state = _State.QUOTED if mark == _QUOTED_FIELD else _State.ROW_END
        return position + len(mark)

    def _step(self, piece: str, at: int) -> int:
        """One character, at the start of a field or behind a quote."""
        char = piece[at]
        if char == '"':
            self._state = _State.QUOTED
        elif char == ",":
            self._state = _State.FIELD_START
        elif char in "\r\n":
            self._state = _State.ROW_END
        elif self._state is _State.FIELD_START:
            self._state = _State.PLAIN
        else:
            self._state = _State.BROKEN
        return at + 1
