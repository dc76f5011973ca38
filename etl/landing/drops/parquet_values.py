"""The values in a batch of Parquet, and the documents that they are.

What belongs here: what Arrow's values are in Python. What does not: which are read, and how
(parquet_rows.py).
"""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import repeat
from typing import TYPE_CHECKING

from etl.errors import Rejection
from etl.landing.drops.documents import Document, document_of_record
from etl.landing.limits import Limits

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class _Unreadable:
    """A value that no text can be made of: why, and its bytes."""

    reason: str
    raw: bytes = b""
    rule: str = "invalid_record"


def documents_of_batch(
    batch: "pa.RecordBatch",
    contents: Collection[str],
    unread: Mapping[str, str],
    rows_before: int,
    limits: Limits,
) -> Iterator[Document]:
    """A document per row; ``contents`` names the columns of texts and pages, ``unread`` those
    that were left out, and their types."""
    names = [*batch.schema.names, *unread]
    columns = [
        *(_values(batch.column(name), limits, name in contents) for name in batch.schema.names),
        *(repeat(_Unreadable(f"expected a text, found {kind}")) for kind in unread.values()),
    ]
    for number, values in zip(range(batch.num_rows), zip(*columns, strict=False), strict=True):
        record = dict(zip(names, values, strict=True))
        yield _document(record, contents, f"{rows_before + number + 1}")


def _document(record: dict[str, object], contents: Collection[str], member: str) -> Document:
    def kept() -> bytes:
        return _text_or_record(record, contents)

    for name, value in record.items():
        if isinstance(value, _Unreadable):
            why = Rejection(value.rule, f"{name!r}: {value.reason}")
            raw = value.raw if name in contents else kept()
            return Document(raw=raw, member=member, rejection=why)
    return document_of_record(record, member, kept)


def _text_or_record(record: Mapping[str, object], contents: Collection[str]) -> bytes:
    """What is kept of a rejected row: its text, or all of it where it has none."""
    texts = (record.get(name) for name in contents)
    text = next((text for text in texts if isinstance(text, bytes)), None)
    return text if text is not None else json.dumps(record, default=str).encode()


def text_bytes(batch: "pa.RecordBatch") -> int:
    """What the texts of a batch come to, those within lists and records too."""
    import pyarrow as pa
    from pyarrow import compute

    single = (column for column in map(_as_bytes, batch.columns) if column is not None)
    nested = (column for column in batch.columns if pa.types.is_nested(column.type))
    return sum(compute.sum(compute.binary_length(text)).as_py() or 0 for text in single) + sum(
        int(column.nbytes) for column in nested
    )


def _as_bytes(column: "pa.Array") -> "pa.Array | None":
    """The bytes of texts, whether they are UTF-8 or not; None for other columns."""
    import pyarrow as pa

    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    return (
        column.cast(pa.large_binary()) if _is_text(column.type) or _is_bytes(column.type) else None
    )


def _is_text(kind: "pa.DataType") -> bool:
    import pyarrow as pa

    return kind in (pa.string(), pa.large_string(), pa.string_view())


def _is_bytes(kind: "pa.DataType") -> bool:
    import pyarrow as pa

    return kind in (pa.binary(), pa.large_binary(), pa.binary_view())


# A day beyond the year 9999, an instant in a zone that nobody knows.
_NO_PYTHON_VALUE = (ValueError, OverflowError, KeyError)


def _values(column: "pa.Array", limits: Limits, is_content: bool) -> list[object]:
    """The values of a column: bytes of texts and pages, texts of others, else as Python has
    them."""
    raw = _as_bytes(column)
    if raw is None:
        return _python_values(column)
    if not is_content:
        return [_given(value, limits) for value in raw.to_pylist()]
    is_bytes = _is_bytes(getattr(column.type, "value_type", column.type))
    return [value if is_bytes else _checked(value) for value in raw.to_pylist()]


def _python_values(column: "pa.Array") -> list[object]:
    try:
        return list(column.to_pylist())
    except _NO_PYTHON_VALUE:
        return [_python_value(scalar) for scalar in column]


def _python_value(scalar: "pa.Scalar") -> object:
    try:
        return scalar.as_py()
    except _NO_PYTHON_VALUE as error:
        return _Unreadable(f"{type(error).__name__}: {error}")


def _checked(raw: bytes | None) -> bytes | _Unreadable | None:
    try:
        if raw is not None:
            raw.decode()
    except UnicodeDecodeError as error:
        return _Unreadable(f"not UTF-8: {error}", raw or b"")
    return raw


def _given(raw: bytes | None, limits: Limits) -> str | _Unreadable | None:
    if raw is not None and len(raw) > limits.record_bytes:
        return _Unreadable(limits.exceeded("record_bytes"), rule="too_large")
    checked = _checked(raw)
    return checked.decode() if isinstance(checked, bytes) else checked
