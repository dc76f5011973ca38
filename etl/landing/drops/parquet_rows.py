"""Parquet: a document per row, with a column of texts.

What belongs here: row groups, and the documents of their rows. What does not: the values of a
batch (parquet_values.py), how many may be read at a time (parquet_sizes.py) and what of a
record is taken (documents.py).

A row group that is damaged or too large is one rejected document, and so is a row; the others
live.
"""

import shutil
import struct
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, BinaryIO

from etl.landing.drops.budget import PIECE_BYTES, OverLimit
from etl.landing.drops.documents import RECORD_FIELDS, Document
from etl.landing.drops.opened import Opened
from etl.landing.drops.parquet_pages import pages
from etl.landing.drops.parquet_sizes import ColumnSizes, batch_rows, check_sizes, most_bytes
from etl.landing.drops.parquet_values import documents_of_batch, text_bytes
from etl.landing.drops.reading import guarded, readable_beginning

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow import parquet

# Longer values of a fixed length are no numbers and no instants.
LONGEST_FIXED_BYTES = 64


@dataclass(frozen=True)
class _Column:
    """A column that is read: its name, its place in a row group, and whether it comes coded."""

    name: str
    place: int
    is_coded: bool


@dataclass(frozen=True)
class _File:
    """A Parquet file: what is read of it, and of what type are columns that are not."""

    parquet: "parquet.ParquetFile"
    columns: Sequence[_Column]
    unread: dict[str, str]


@dataclass(frozen=True)
class _Group:
    """A row group: its number, the rows before it, and where its columns lie: from, to."""

    number: int
    rows_before: int
    chunks: Sequence[tuple[int, int]]

    @property
    def packed_bytes(self) -> int:
        return sum(end - start for start, end in self.chunks)


def read_parquet(opened: Opened) -> Iterator[Document]:
    """A document per row; its member is the number of the row."""
    with _sought(opened) as stream:
        _check_footer(opened, stream)
        with _faults_of_arrow():
            file = _open(stream)
        metadata = file.parquet.metadata
        rows_before = 0
        for number in range(metadata.num_row_groups):
            group = metadata.row_group(number)
            chunks = [_extent(group.column(column.place)) for column in file.columns]
            yield from _read_group(
                replace(opened, stream=stream), file, _Group(number, rows_before, chunks)
            )
            rows_before += group.num_rows


@contextmanager
def _sought(opened: Opened) -> Iterator[BinaryIO]:
    """The stream, or a copy on disk where to go back in it would be to unpack it again."""
    if not opened.is_unpacked_on_the_way:
        yield opened.stream
        return
    with tempfile.TemporaryFile(dir=opened.scratch) as copy:
        shutil.copyfileobj(opened.stream, copy, PIECE_BYTES)
        yield copy


def _check_footer(opened: Opened, stream: BinaryIO) -> None:
    """All of the footer is held in memory."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - 8))
    tail = stream.read(8)
    if len(tail) < 8:
        raise ValueError("not Parquet: too short")
    (length,) = struct.unpack("<I4x", tail)
    if min(length, size) > opened.limits.record_bytes:
        raise OverLimit(opened.budget, "record_bytes", "its footer")


@contextmanager
def _faults_of_arrow() -> Iterator[None]:
    """What Arrow raises of a damaged file, as a ValueError; the disk's own errors go on."""
    import pyarrow as pa

    try:
        yield
    except (pa.ArrowException, KeyError, TypeError, IndexError, OverflowError) as error:
        raise ValueError(f"not Parquet: {error}") from error


def _open(stream: BinaryIO) -> _File:
    """Raises ValueError where there is no column of texts by the name ``text``."""
    import pyarrow as pa
    from pyarrow import parquet

    stream.seek(0)
    file = parquet.ParquetFile(stream, buffer_size=PIECE_BYTES, page_checksum_verification=True)
    columns, unread = [], {}
    for name in RECORD_FIELDS:
        index = file.schema_arrow.get_field_index(name)  # -1: none, or more than one
        if index < 0:
            continue
        kind = file.schema_arrow.field(index).type
        place = _place(file.schema, name)
        if place is None:
            unread[name] = str(kind)
        else:
            columns.append(_Column(name, place, pa.types.is_dictionary(kind)))
    if "text" not in [column.name for column in columns]:
        found = unread.get("text") or file.schema_arrow.names
        raise ValueError(f"expected one column 'text', of texts; found {found}")
    return _File(file, columns, unread)


def _place(schema: "parquet.ParquetSchema", name: str) -> int | None:
    """Where a column of single values is; None for one of lists, of structs or of long blobs."""
    places = [i for i in range(len(schema)) if schema.column(i).path == name]
    if len(places) != 1:
        return None
    leaf = schema.column(places[0])
    is_single = leaf.max_repetition_level == 0 and leaf.length <= LONGEST_FIXED_BYTES
    return places[0] if is_single else None


def _extent(chunk: "parquet.ColumnChunkMetaData") -> tuple[int, int]:
    """Where a column of a row group lies in the file: from, to."""
    start = max(0, chunk.data_page_offset)
    if chunk.has_dictionary_page and 0 < chunk.dictionary_page_offset < start:
        start = chunk.dictionary_page_offset
    return start, start + max(0, chunk.total_compressed_size)


def _read_group(opened: Opened, file: _File, group: _Group) -> Iterator[Document]:
    def keep() -> bytes:
        opened.stream.seek(min(start for start, _ in group.chunks))
        return readable_beginning(
            opened.stream, min(group.packed_bytes, opened.limits.document_bytes)
        )

    inner = replace(opened, budget=opened.budget.of_member(group.packed_bytes), keep=keep)
    rest = f"(row group {group.number + 1})"
    yield from guarded(inner, _documents(inner, file, group), rest=rest)


def _documents(opened: Opened, file: _File, group: _Group) -> Iterator[Document]:
    sizes = []
    for column, (start, end) in zip(file.columns, group.chunks, strict=True):
        found = ColumnSizes.of(pages(opened.stream, start, end))
        check_sizes(opened.budget, column.name, found, is_coded=column.is_coded)
        sizes.append(found)

    def batches() -> Iterator["pa.RecordBatch"]:
        return _batches(file, group.number, batch_rows(sizes, opened.limits))

    is_measured = most_bytes(sizes) > opened.budget.free_bytes
    if is_measured:
        for batch in batches():
            opened.budget.spend(text_bytes(batch))
    row = group.rows_before
    for batch in batches():
        if not is_measured:
            opened.budget.spend(text_bytes(batch))
        yield from documents_of_batch(batch, file.unread, row, opened.limits)
        row += batch.num_rows


def _batches(file: _File, group: int, rows: int) -> Iterator["pa.RecordBatch"]:
    names = [column.name for column in file.columns]
    with _faults_of_arrow():
        batches = file.parquet.iter_batches(
            rows, row_groups=[group], columns=names, use_threads=False
        )
    while True:
        with _faults_of_arrow():
            batch = next(batches, None)
        if batch is None:
            return
        yield batch
