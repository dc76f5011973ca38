"""Reading a file or a member of one, whatever is wrong with it.

What belongs here: turning faults into rejected documents, and the bound of a document. What
does not: any one kind of file.

A fault is never an exception and never silence: the documents read before it are kept, and the
rest of the file, or of the one member that is at fault, is one rejected document.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import BinaryIO

from etl.errors import MACHINE_ERRORS, PASSING_ERRORS, Rejection
from etl.landing.drops.budget import PIECE_BYTES, OverLimit
from etl.landing.drops.documents import Document
from etl.landing.drops.opened import FAULTS, Opened
from etl.landing.drops.sidecars import with_sidecar
from etl.landing.limits import Limits
from etl.objects.faults import UnansweredError, UnreadableObjectError

REST = "(file)"
"""The member by which the rest of a file is named that could not be read."""


def read(opened: Opened) -> Iterator[Document]:
    """The documents of a file or member; the last one rejected, where it fails on the way.

    Raises:
        OverLimit: it is the budget of the whole file that is used up, not that of the member.
        OSError: the machine failed, or the disk in a way that passes.
    """
    suffix = opened.kinds.suffix_of(opened.name) or ".txt"
    for document in guarded(opened, opened.kinds.by_suffix[suffix].reader(opened)):
        yield _bounded(with_sidecar(document, opened.sidecar, opened.limits), opened.limits)


def guarded(
    opened: Opened, documents: Iterator[Document], *, rest: str = REST
) -> Iterator[Document]:
    """The documents that a reader finds, and where it fails a rejected one, named ``rest``.

    Raises as ``read`` does.
    """
    position = "at its beginning"
    while True:
        try:
            document = next(documents, None)
        except OverLimit as error:
            if opened.budget.is_within(error.budget):
                raise
            why = Rejection("too_large", f"{position}: {error}")
            yield Document(raw=opened.keep(), member=rest, rejection=why)
            return
        except FAULTS as error:
            yield replace(rest_at_fault(opened, position, error), member=rest)
            return
        if document is None:
            return
        position = f"after {document.member}" if document.member else "at its end"
        yield document


def rest_at_fault(opened: Opened, position: str, error: Exception) -> Document:
    """The rest of what cannot be read. Raises ``error`` where it is not the file's."""
    if is_machine_fault(error):
        raise error
    why = Rejection("unreadable_file", f"{position}: {type(error).__name__}: {error}")
    return Document(raw=opened.keep(), member=REST, rejection=why)


def is_machine_fault(error: Exception) -> bool:
    """Whether it is the machine's fault or the disk's, not the file's: then nothing is said."""
    return isinstance(error, OSError) and error.errno in PASSING_ERRORS | MACHINE_ERRORS


@contextmanager
def sought(opened: Opened) -> Iterator[BinaryIO]:
    """The stream, for a reader that goes to and fro; a copy on disk where that would be slow."""
    if not opened.is_slow_to_seek:
        yield opened.stream
        return
    with tempfile.TemporaryFile(dir=opened.scratch) as copy:
        shutil.copyfileobj(opened.stream, copy, PIECE_BYTES)
        yield copy


def readable_beginning(stream: BinaryIO, count: int, *, piece_bytes: int = PIECE_BYTES) -> bytes:
    """The first ``count`` bytes that ``stream`` still gives, before it fails or ends."""
    pieces = []
    while count > 0:
        try:
            piece = stream.read(min(count, piece_bytes))
        except (UnansweredError, UnreadableObjectError):
            raise  # it is not at fault, and lacks nothing
        except FAULTS:
            break
        if not piece:
            break
        pieces.append(piece)
        count -= len(piece)
    return b"".join(pieces)


def _bounded(document: Document, limits: Limits) -> Document:
    """The document within its limit, or its beginning: what comes with a text counts as well."""
    given_bytes = sum(len(value.encode()) for _, value in document.given)
    if len(document.raw) + given_bytes <= limits.document_bytes:
        return document
    detail = f"{limits.exceeded('document_bytes')}; the first {limits.document_bytes} are kept"
    why = document.rejection or Rejection("too_long", detail)
    return replace(document, raw=document.raw[: limits.document_bytes], given=(), rejection=why)
