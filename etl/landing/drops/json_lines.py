"""JSON Lines: a document per line, or several where a line is a list or an envelope of them.

What belongs here: lines and the records on them. What does not: what of a record is taken
(documents.py), and files that are one value of JSON (json_files.py).
"""

import json
from collections.abc import Iterator
from typing import BinaryIO

from etl.errors import Rejection
from etl.landing.drops.budget import PIECE_BYTES
from etl.landing.drops.documents import (
    Document,
    document_of_record,
    invalid_record,
    parse_json,
)
from etl.landing.drops.opened import Opened
from etl.landing.formats import records_in


def read_json_lines(opened: Opened) -> Iterator[Document]:
    """A document per line that is not blank; its member is the number of the line.

    Of a line that holds several, the members are ``3#1``, ``3#2``.
    """
    limits = opened.limits
    number = 0
    while line := opened.stream.readline(limits.record_bytes + 1):
        number += 1
        if len(line) > limits.record_bytes and not line.endswith(b"\n"):
            _skip_line(opened.stream)
            why = Rejection("too_large", f"the line: {limits.exceeded('record_bytes')}")
            yield Document(raw=line, member=f"{number}", rejection=why)
        elif line.strip():
            yield from _documents_of_line(line, f"{number}")


def _skip_line(stream: BinaryIO) -> None:
    while (rest := stream.readline(PIECE_BYTES)) and not rest.endswith(b"\n"):
        pass


def _documents_of_line(line: bytes, member: str) -> Iterator[Document]:
    try:
        value = parse_json(line)
    except ValueError as error:
        yield invalid_record(line, member, f"not JSON: {error}")
        return
    records = records_in(value)
    if records is None:
        yield document_of_value(value, member, line)
        return
    for number, record in enumerate(records, start=1):
        yield document_of_value(record, f"{member}#{number}", b"")


def document_of_value(value: object, member: str | None, raw: bytes) -> Document:
    """The document of a record; ``raw`` is kept of what is none, or else the value as JSON."""

    def kept() -> bytes:
        return raw or json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")

    if not isinstance(value, dict):
        return invalid_record(kept(), member, f"expected an object, found {type(value).__name__}")
    return document_of_record(value, member, kept)
