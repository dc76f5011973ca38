"""Parquet: a document per row, with a column of texts or pages.

What belongs here: row groups, and the documents of their rows. What does not: the values of a
batch (parquet_values.py), how many may be read at a time (parquet_sizes.py) and what of a
record is taken (documents.py).

A row group that is damaged or too large is one rejected document, and so is a row; the others
live.
"""

import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, BinaryIO

from etl.landing.drops.budget import PIECE_BYTES, OverLimit
from etl.landing.drops.documents import Document
from etl.landing.drops.opened import Opened
from etl.landing.drops.parquet_pages import pages
from etl.landing.drops.parquet_sizes import ColumnSizes, batch_rows, check_sizes, most_bytes
from etl.landing.drops.parquet_values import documents_of_batch, text_bytes
from etl.landing.drops.reading import guarded, readable_beginning, sought
from etl.landing.formats import content_keys, plain_key, possible_formats

if TYPE_CHECKING:
    import pyarrow as pa
    from pyarrow import parquet

# Longer values of a fixed length are no numbers and no instants.
LONGEST_FIXED_BYTES = 64


@dataclass(frozen=True)
class _Column:
    """A column that is read, or one of those within it: its name, its place in a row group,
    whether it comes coded and whether a row may have several values of it."""

    name: str
    place: int
    is_coded: bool
    is_repeated: bool = False


@dataclass(frozen=True)
class _File:
    """A Parquet file: what is read of it, the columns of texts and of pages in it, and of what
    type are columns that are not read."""

    parquet: "parquet.ParquetFile"
    columns: Sequence[_Column]
    contents: frozenset[str]
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
    with sought(opened) as stream:
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
    """Raises ValueError where there is no column of texts by any name that is known for one."""
    from pyarrow import parquet

    stream.seek(0)
    file = parquet.ParquetFile(stream, buffer_size=PIECE_BYTES, page_checksum_verification=True)
    names = file.schema_arrow.names
    possible = possible_formats(names)
    heads = {head for one in possible for head in one.heads}
    contents = {head for one in possible for head in one.content_heads}
    columns, unread = [], {}
    for name in names:
        if plain_key(name).partition(".")[0] not in heads or names.count(name) > 1:
            continue
        found = list(_leaves(file, name))
        columns += found
        if not found:
            unread[name] = str(file.schema_arrow.field(name).type)
    readable = frozenset(c.name for c in columns if plain_key(c.name).partition(".")[0] in contents)
    if not readable:
        expected = ", ".join(content_keys())
        raise ValueError(f"expected one column of texts, named as one of {expected}; found {names}")
    return _File(file, columns, readable, unread)


def _leaves(file: "parquet.ParquetFile", name: str) -> Iterator[_Column]:
    """A column of single values, or what is text in one of lists or records; no long blobs."""
    import pyarrow as pa

    schema, kind = file.schema, file.schema_arrow.field(name).type
    is_nested = pa.types.is_nested(kind)
    for place in range(len(schema)):
        leaf = schema.column(place)
        is_within = leaf.path.startswith(f"{name}.") if is_nested else leaf.path == name
        if not is_within or leaf.length > LONGEST_FIXED_BYTES:
            continue
        if not is_nested:
            yield _Column(name, place, pa.types.is_dictionary(kind))
        elif leaf.physical_type == "BYTE_ARRAY":
            is_repeated = leaf.max_repetition_level > 0
            yield _Column(leaf.path, place, is_coded=False, is_repeated=is_repeated)


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
        found = ColumnSizes.of(pages(opened.stream, start, end), is_repeated=column.is_repeated)
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
        yield from documents_of_batch(batch, file.contents, file.unread, row, opened.limits)
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
