"""From a landed file to the documents in it: text, gzip, JSON Lines, CSV, Parquet, ZIP.

What belongs here: the file formats in which documents are dropped. What does not: which
files are new (etl/landing/scan.py) and what the text means (etl/decode.py and later stages).

Whatever is wrong with a file ends as a document with a ``Rejection``, never as an exception
and never as silence: the documents read before the fault are kept, and the rest of the file
is one rejected document.
"""

import csv
import gzip
import io
import json
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import BinaryIO

from etl.errors import PASSING_ERRORS, Rejection

GIVEN_FIELDS = ("url", "title", "publisher", "published_at", "language")
TEXT_SUFFIXES = (".txt", ".txt.gz")
TABLE_SUFFIXES = (".jsonl", ".jsonl.gz", ".csv", ".parquet")
SUFFIXES = (*TEXT_SUFFIXES, *TABLE_SUFFIXES, ".zip")

# What a damaged or hostile file raises while it is read.
_READ_ERRORS = (
    OSError,
    EOFError,
    zlib.error,
    lzma.LZMAError,
    zipfile.BadZipFile,
    RuntimeError,
    ValueError,
    OverflowError,  # a day of Parquet beyond the year 9999
    KeyError,  # a time zone that nobody knows
)


@dataclass(frozen=True, kw_only=True)
class Document:
    """One delivered document: its bytes, its place in the file and what came with it.

    ``given`` holds the values of ``GIVEN_FIELDS`` that were delivered, as text.
    """

    raw: bytes
    member: str | None = None
    given: tuple[tuple[str, str], ...] = ()
    rejection: Rejection | None = None


def suffix_of(name: str) -> str | None:
    """The supported suffix of a file name, or None: 'a.txt.gz' gives '.txt.gz'."""
    lower = name.lower()
    return next((s for s in sorted(SUFFIXES, key=len, reverse=True) if lower.endswith(s)), None)


def read_documents(
    name: str, stream: BinaryIO, sidecar: bytes | None, *, max_bytes: int
) -> Iterator[Document]:
    """The documents of one file, in file order.

    ``name`` decides the format; ``sidecar`` is the content of the .json beside a text file;
    a document longer than ``max_bytes`` is rejected with its first ``max_bytes`` kept.

    Raises:
        OSError: the disk failed in a way that passes; nothing is said of the file.
    """
    reader = _READERS[suffix_of(name) or ".txt"]
    position = "at its beginning"
    documents = reader(stream, max_bytes)
    while True:
        try:
            document = next(documents, None)
        except _READ_ERRORS as error:
            if isinstance(error, OSError) and error.errno in PASSING_ERRORS:
                raise  # the disk's fault, not the file's: the step is tried again
            yield _unreadable(stream, f"{position}: {type(error).__name__}: {error}", max_bytes)
            return
        if document is None:
            return
        position = f"after {document.member}" if document.member else "at its end"
        document = _limited(document, max_bytes)
        yield _with_sidecar(document, sidecar) if sidecar is not None else document


def _with_sidecar(document: Document, sidecar: bytes) -> Document:
    try:
        record = _parse_json(sidecar)
    except ValueError as error:
        return replace(document, rejection=Rejection("invalid_sidecar", f"not JSON: {error}"))
    given = _given(record) if isinstance(record, dict) else None
    if given is None:
        detail = f"expected an object of texts, found {str(record)[:200]!r}"
        return replace(document, rejection=Rejection("invalid_sidecar", detail))
    return replace(document, given=given)


def _parse_json(raw: bytes) -> object:
    """The value that the bytes stand for. Raises ValueError, also for too deep a nesting."""
    try:
        return json.loads(raw.decode("utf-8-sig"))
    except RecursionError as error:
        raise ValueError(str(error)) from error


def _given(record: dict[str, object]) -> tuple[tuple[str, str], ...] | None:
    """The optional fields of a record as texts; None where one is neither text nor number."""
    values = [(name, record[name]) for name in GIVEN_FIELDS if record.get(name) not in (None, "")]
    if any(isinstance(value, dict | list) for _, value in values):
        return None
    return tuple((name, _encodable(str(value))) for name, value in values)


def _encodable(text: str) -> str:
    """JSON can carry half a surrogate pair, which no table can store."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _unreadable(stream: BinaryIO, detail: str, max_bytes: int) -> Document:
    stream.seek(0)
    raw = stream.read(max_bytes)
    return Document(raw=raw, member="(file)", rejection=Rejection("unreadable_file", detail))


def _limited(document: Document, max_bytes: int) -> Document:
    if len(document.raw) <= max_bytes:
        return document
    detail = f"more than {max_bytes} bytes; the first {max_bytes} are kept"
    why = document.rejection or Rejection("too_large", detail)
    return replace(document, raw=document.raw[:max_bytes], rejection=why)


# The readers take a byte more than is allowed, so that ``_limited`` sees it.


def _read_text(stream: BinaryIO, max_bytes: int) -> Iterator[Document]:
    yield Document(raw=stream.read(max_bytes + 1))


def _read_text_gz(stream: BinaryIO, max_bytes: int) -> Iterator[Document]:
    with gzip.open(stream) as unpacked:
        yield Document(raw=unpacked.read(max_bytes + 1))


def _read_jsonl(stream: BinaryIO, max_bytes: int) -> Iterator[Document]:
    number = 0
    while line := stream.readline(max_bytes + 1):
        number += 1
        member = f"{number}"
        if len(line) > max_bytes and not line.endswith(b"\n"):
            yield Document(raw=line, member=member)
            _skip_line(stream, max_bytes)
        elif line.strip():
            yield _record_of_line(line, member)


def _skip_line(stream: BinaryIO, max_bytes: int) -> None:
    while (rest := stream.readline(max_bytes)) and not rest.endswith(b"\n"):
        pass


def _record_of_line(line: bytes, member: str) -> Document:
    try:
        record = _parse_json(line)
    except ValueError as error:
        return _invalid_record(line, member, f"not JSON: {error}")
    if not isinstance(record, dict):
        return _invalid_record(line, member, f"expected an object, found {type(record).__name__}")
    return _document_of_record(record, member, line)


def _document_of_record(record: dict[str, object], member: str, raw: bytes) -> Document:
    """``raw`` is what is kept where the record has no text to keep."""
    text = record.get("text")
    given = _given(record)
    if not isinstance(text, str | bytes):
        found = "nothing" if text is None else type(text).__name__
        return _invalid_record(raw, member, f"expected a text in 'text', found {found}")
    if given is None:
        name = next(name for name in GIVEN_FIELDS if isinstance(record.get(name), dict | list))
        found = type(record[name]).__name__
        return _invalid_record(raw, member, f"expected a text in {name!r}, found {found}")
    content = text if isinstance(text, bytes) else text.encode("utf-8", "replace")
    return Document(raw=content, member=member, given=given)


def _invalid_record(raw: bytes, member: str, detail: str) -> Document:
    return Document(raw=raw, member=member, rejection=Rejection("invalid_record", detail))


def _read_jsonl_gz(stream: BinaryIO, max_bytes: int) -> Iterator[Document]:
    with gzip.open(stream) as unpacked:
        yield from _read_jsonl(io.BufferedReader(unpacked), max_bytes)


def _read_csv(stream: BinaryIO, max_bytes: int) -> Iterator[Document]:
    csv.field_size_limit(max_bytes)
    # surrogateescape keeps bytes that are not UTF-8, for the decode stage to judge.
    lines = io.TextIOWrapper(
        stream, encoding="utf-8-sig", errors="surrogateescape", newline="", write_through=True
    )
    rows = csv.DictReader(lines)
    try:
        if "text" not in (rows.fieldnames or ()):
            raise ValueError(f"expected a column 'text', found {rows.fieldnames}")
        for number, row in enumerate(rows, start=1):
            record: dict[str, object] = {
                key: value.encode("utf-8", "surrogateescape") if key == "text" else value
                for key, value in row.items()
                if isinstance(value, str)
            }
            yield _document_of_record(record, f"{number}", json.dumps(row).encode())
    except csv.Error as error:
        raise ValueError(f"not CSV: {error}") from error
    finally:
        lines.detach()


def _read_parquet(stream: BinaryIO, max_bytes: int) -> Iterator[Document]:
    import pyarrow as pa
    from pyarrow import parquet

    try:
        table = parquet.ParquetFile(stream)
    except pa.ArrowException as error:
        raise ValueError(f"not Parquet: {error}") from error
    names = [name for name in ("text", *GIVEN_FIELDS) if name in table.schema_arrow.names]
    if "text" not in names:
        raise ValueError(f"expected a column 'text', found {table.schema_arrow.names}")
    number = 0
    batches = table.iter_batches(batch_size=1000, columns=names)
    while True:
        try:
            batch = next(batches, None)
        except pa.ArrowException as error:
            raise ValueError(f"not Parquet: {error}") from error
        if batch is None:
            return
        for record in batch.to_pylist():
            number += 1
            raw = json.dumps(record, default=str).encode()
            yield _document_of_record(record, f"{number}", raw)


def _read_zip(stream: BinaryIO, max_bytes: int) -> Iterator[Document]:
    with zipfile.ZipFile(stream) as archive:
        names = sorted(
            info.filename
            for info in archive.infolist()
            if not info.is_dir() and not _is_hidden(info.filename)
        )
        for name in names:
            suffix = suffix_of(name)
            if suffix == ".zip":
                with archive.open(name) as member:
                    raw = member.read(max_bytes)
                detail = "an archive inside an archive is not opened"
                yield Document(raw=raw, member=name, rejection=Rejection("unreadable_file", detail))
            elif suffix is not None:
                yield from _read_member(archive, name, set(names), max_bytes)


def _is_hidden(name: str) -> bool:
    """As in the landing folder; macOS puts "__MACOSX/._quay.txt" beside each "quay.txt"."""
    return any(part.startswith(".") and part != ".." for part in PurePosixPath(name).parts)


def _read_member(
    archive: zipfile.ZipFile, name: str, names: set[str], max_bytes: int
) -> Iterator[Document]:
    sidecar_name = sidecar_of(name)
    sidecar = archive.read(sidecar_name) if sidecar_name in names else None
    # A plain text is read no further than it is kept: a small archive can hold a vast one.
    is_text = suffix_of(name) == ".txt"
    with archive.open(name) as member:
        content = io.BytesIO(member.read(max_bytes + 1 if is_text else -1))
    for document in read_documents(name, content, sidecar, max_bytes=max_bytes):
        inner = name if document.member is None else f"{name}#{document.member}"
        yield replace(document, member=inner)


def sidecar_of(name: str) -> str | None:
    """Name of the .json that may stand beside a text file; None for other kinds."""
    suffix = suffix_of(name)
    return f"{name[: -len(suffix)]}.json" if suffix in TEXT_SUFFIXES and suffix else None


def member_path(member: str | None) -> str:
    """The archive member without the row number: rows may move, members may not."""
    if member is None or member.isdigit():
        return ""
    head, separator, tail = member.rpartition("#")
    return head if separator and tail.isdigit() else str(PurePosixPath(member))


_READERS: dict[str, Callable[[BinaryIO, int], Iterator[Document]]] = {
    ".txt": _read_text,
    ".txt.gz": _read_text_gz,
    ".jsonl": _read_jsonl,
    ".jsonl.gz": _read_jsonl_gz,
    ".csv": _read_csv,
    ".parquet": _read_parquet,
    ".zip": _read_zip,
}
