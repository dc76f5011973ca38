"""JSON Lines: a document per line.

What belongs here: lines and the records on them. What does not: what of a record is taken
(documents.py).
"""

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


def read_json_lines(opened: Opened) -> Iterator[Document]:
    """A document per line that is not blank; its member is the number of the line."""
    limits = opened.limits
    number = 0
    while line := opened.stream.readline(limits.record_bytes + 1):
        number += 1
        if len(line) > limits.record_bytes and not line.endswith(b"\n"):
            _skip_line(opened.stream)
            why = Rejection("too_large", f"the line: {limits.exceeded('record_bytes')}")
            yield Document(raw=line, member=f"{number}", rejection=why)
        elif line.strip():
            yield _document_of_line(line, f"{number}")


def _skip_line(stream: BinaryIO) -> None:
    while (rest := stream.readline(PIECE_BYTES)) and not rest.endswith(b"\n"):
        pass


def _document_of_line(line: bytes, member: str) -> Document:
    try:
        record = parse_json(line)
    except ValueError as error:
        return invalid_record(line, member, f"not JSON: {error}")
    if not isinstance(record, dict):
        return invalid_record(line, member, f"expected an object, found {type(record).__name__}")
    return document_of_record(record, member, line)
