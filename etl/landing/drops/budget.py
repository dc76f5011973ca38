"""What has come out of a landed file so far, and the streams that count it.

What belongs here: counting unpacked bytes against the limits, and reading no more of a stream
than is allowed. What does not: the limits (etl/landing/limits.py) and the kinds of files.

Sizes that a file states of itself are not believed: what is read is counted.
"""

import io
from dataclasses import dataclass
from typing import BinaryIO

from etl.landing.limits import Limits

FREE_MEMBER_BYTES = 64 * 2**20
FREE_FILE_BYTES = 2**30
"""Up to these sizes no packing is too tight: many short equal lines pack a thousandfold."""
PIECE_BYTES = 64 * 2**10


@dataclass
class Budget:
    """What a file, or one member of it, may yet come to; ``file`` is that of a member's file."""

    limits: Limits
    packed_bytes: int
    file: "Budget | None" = None
    spent_bytes: int = 0

    def of_member(self, packed_bytes: int) -> "Budget":
        """The budget of a part of the file that can be rejected without the others."""
        return Budget(limits=self.limits, packed_bytes=packed_bytes, file=self)

    def is_within(self, other: "Budget") -> bool:
        """Whether ``other`` is that of the file, or of a file around it."""
        return self.file is not None and (self.file is other or self.file.is_within(other))

    @property
    def free_bytes(self) -> int:
        """What may come out before the packing counts as too tight."""
        free = FREE_FILE_BYTES if self.file is None else FREE_MEMBER_BYTES
        return max(free, self.limits.packing_ratio * self.packed_bytes)

    def spend(self, count: int) -> None:
        """Count bytes that came out. Raises OverLimit where they are too many."""
        self.spent_bytes += count
        name = "file_bytes" if self.file is None else "member_bytes"
        if self.spent_bytes > getattr(self.limits, name):
            raise OverLimit(self, name)
        if self.spent_bytes > self.free_bytes:
            raise OverLimit(self, "packing_ratio")
        if self.file is not None:
            self.file.spend(count)


class OverLimit(Exception):
    """More came out than a limit allows: what ``budget`` stands for is read no further."""

    def __init__(self, budget: Budget, name: str, what: str = "") -> None:
        said = budget.limits.exceeded(name)
        super().__init__(f"{what}: {said}" if what else said)
        self.budget = budget


class _Counted(io.RawIOBase):
    """Bytes as another stream unpacks them, each counted the first time it is read."""

    def __init__(self, unpacked: io.BufferedIOBase, budget: Budget, most_bytes: int) -> None:
        self._unpacked = unpacked
        self._budget = budget
        self._most_bytes = most_bytes
        self._position = self._counted = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._position = self._unpacked.seek(offset, whence)
        return self._position

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        piece = self._unpacked.read1(min(len(buffer), self._most_bytes))
        self._position += len(piece)
        if self._position > self._counted:
            self._budget.spend(self._position - self._counted)
            self._counted = self._position
        buffer[: len(piece)] = piece
        return len(piece)


def counted(
    unpacked: io.BufferedIOBase, budget: Budget, *, piece_bytes: int = PIECE_BYTES
) -> BinaryIO:
    """A stream whose bytes are counted; ``unpacked`` is asked for ``piece_bytes`` at a time."""
    return io.BufferedReader(_Counted(unpacked, budget, piece_bytes), PIECE_BYTES)


def read_up_to(stream: BinaryIO, count: int) -> bytes:
    """The next ``count`` bytes, or those that there are: memory grows with what is read."""
    pieces = []
    while count > 0 and (piece := stream.read(min(count, PIECE_BYTES))):
        pieces.append(piece)
        count -= len(piece)
    return b"".join(pieces)
