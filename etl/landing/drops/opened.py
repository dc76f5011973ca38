"""What a reader is handed: an opened file, or a member of one, under its budget.

What belongs here: the one protocol that every kind of file keeps to. What does not: which
reader reads which kind (kinds.py), and what becomes of faults (reading.py).

A reader takes an ``Opened`` and yields documents in their order. It may yield a document with a
``Rejection`` and go on; whatever it raises of ``FAULTS``, or ``OverLimit``, ends its file or
member there, and the rest becomes one rejected document.
"""

import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, repeat
from pathlib import Path
from typing import BinaryIO

from etl.errors import Rejection
from etl.landing.drops.budget import Budget
from etl.landing.drops.documents import Document
from etl.landing.limits import Limits

FAULTS = (
    OSError,
    EOFError,
    zlib.error,
    lzma.LZMAError,
    zipfile.BadZipFile,
    struct.error,
    RuntimeError,
    ValueError,
)
"""What a damaged or hostile file raises while it is read."""

Sidecar = bytes | Rejection | None
"""The content of the .json beside a text, a byte more than a record may have at the most; or
why it could not be read; or nothing, where there is none."""


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A file, or a member of one, that is about to be read.

    ``name`` decides the kind. ``keep`` gives the bytes that are kept of it where it cannot be
    read to its end. ``is_slow_to_seek``: it is unpacked on the way, or each piece is a request.
    ``scratch`` is a folder for files that live as long as the reading; by default that of the
    system.
    """

    name: str
    stream: BinaryIO
    budget: Budget
    keep: Callable[[], bytes]
    kinds: "Kinds"
    sidecar: Sidecar = None
    is_slow_to_seek: bool = False
    scratch: Path | None = None

    @property
    def limits(self) -> Limits:
        return self.budget.limits


Reader = Callable[[Opened], Iterator[Document]]


@dataclass(frozen=True)
class Kind:
    """How the files of one suffix are read, and whether a sidecar may stand beside them."""

    reader: Reader
    has_sidecar: bool = False


@dataclass(frozen=True)
class Kinds:
    """The kinds of files by their suffixes, each of one dot or two."""

    by_suffix: Mapping[str, Kind]

    def suffix_of(self, name: str) -> str | None:
        """The supported suffix of a file name, or None: 'a.txt.gz' gives '.txt.gz'."""
        lower = name.lower()
        last = lower.rfind(".")
        longer = lower[lower.rfind(".", 0, max(last, 0)) :]
        if longer in self.by_suffix:
            return longer
        return lower[last:] if lower[last:] in self.by_suffix else None

    def are_documents(self, names: Collection[str]) -> bool:
        """Whether all are of supported kinds and none can stand beside another: the usual folder.

        Told by their last suffixes; False where that needs a closer look.
        """
        suffixes = {name[name.rfind(".") :] for name in islice(names, 1)}
        if sum(map(str.endswith, names, repeat(min(suffixes, default="")))) < len(names):
            suffixes = {name[name.rfind(".") :] for name in names}
        return suffixes <= self._plain_suffixes and (".json" not in suffixes or len(suffixes) == 1)

    @cached_property
    def _plain_suffixes(self) -> frozenset[str]:
        """Those of one dot that are the end of no longer one."""
        longer = [suffix for suffix in self.by_suffix if suffix.count(".") > 1]
        ends = {suffix[suffix.rfind(".") :] for suffix in longer}
        return frozenset(self.by_suffix) - ends - frozenset(longer)

    def sidecar_of(self, name: str) -> str | None:
        """Name of the .json that may stand beside a text file; None for other kinds."""
        suffix = self.suffix_of(name)
        if suffix is None or not self.by_suffix[suffix].has_sidecar:
            return None
        return f"{name[: -len(suffix)]}.json"
