"""CSV: a document per row, under a first row that names the columns.

What belongs here: rows, and what becomes of those at fault. What does not: lines and quotes
(csv_lines.py), and what of a record is taken (documents.py).

A row whose quotes are broken must not swallow those behind it: it ends with its first line,
and the rows go on with the first one that has as many fields as there are columns, and its quotes
in pairs.
"""

from collections.abc import Iterator
from contextlib import closing

from etl.errors import Rejection
from etl.landing.drops.budget import OverLimit
from etl.landing.drops.csv_lines import Broken, Found, Row, Rows, TooLong
from etl.landing.drops.documents import Document, document_of_record, invalid_record
from etl.landing.drops.opened import Opened
from etl.landing.formats import content_keys, possible_formats


def read_csv(opened: Opened) -> Iterator[Document]:
    """A document per row; its member is the number of the row, blank ones left out."""
    with closing(Rows(opened.stream, opened.limits.record_bytes)) as rows:
        yield from _documents(opened, rows)


def _documents(opened: Opened, rows: Rows) -> Iterator[Document]:
    names = _names(opened, rows.next())
    for number, found in enumerate(_found(rows, len(names), opened.limits.record_bytes), start=1):
        member = f"{number}"
        if isinstance(found, TooLong):
            why = Rejection("too_large", f"the row: {found.reason(opened.limits)}")
            yield Document(raw=found.raw(), member=member, rejection=why)
        elif isinstance(found, Broken):
            yield invalid_record(found.raw(), member, found.reason)
        else:
            yield _document(found, names, member)


def _names(opened: Opened, first: Found | None) -> list[str]:
    """The columns. Raises ValueError or OverLimit where the first row does not name them."""
    if isinstance(first, TooLong):
        raise OverLimit(opened.budget, "record_bytes", "the first row")
    if isinstance(first, Broken):
        raise ValueError(f"not CSV: the first row: {first.reason}")
    names = first.fields if first else None
    if not possible_formats(names or ()):
        keys = ", ".join(content_keys())
        raise ValueError(f"expected a column of texts, one of {keys}; found {names}")
    return names or []


def _found(rows: Rows, width: int, most_bytes: int) -> Iterator[Found]:
    """The rows; what stands between a broken one and the next whole one belongs to it."""
    broken: Broken | None = None
    while found := rows.next():
        if broken and isinstance(found, Row) and not _is_whole(found, width):
            broken.extend(found.lines, most_bytes)
            continue
        if broken:
            yield broken
        broken = found if isinstance(found, Broken) else None
        if broken is None:
            yield found
    if broken:
        yield broken


def _is_whole(row: Row, width: int) -> bool:
    """Whether it is no piece of a broken row: 'the last paragraph.",Daily' ends one."""
    return len(row.fields) == width and sum(line.count('"') for line in row.lines) % 2 == 0


def _document(row: Row, names: list[str], member: str) -> Document:
    if len(row.fields) > len(names):
        detail = f"{len(row.fields)} fields under {len(names)} columns: is a text not in quotes?"
        return invalid_record(row.raw(), member, detail)
    record: dict[str, object] = dict(zip(names, row.fields, strict=False))
    return document_of_record(record, member, row.raw, errors="surrogateescape")
