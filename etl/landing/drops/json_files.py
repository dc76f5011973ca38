"""A file of JSON: one record, a list of them, an envelope around a list, or a record a line.

What belongs here: which of these a file is, and its records one by one. What does not: lines
(json_lines.py), and what of a record is taken (documents.py).

A list is taken apart as it is read, so it may be of any length; one record, or one envelope, is
read whole and may be as long as a record.
"""

import json
import re
from collections.abc import Iterator

from etl.errors import Rejection
from etl.landing.drops.budget import PIECE_BYTES, read_up_to
from etl.landing.drops.documents import Document, invalid_record, parse_json
from etl.landing.drops.json_lines import document_of_value, read_json_lines
from etl.landing.drops.opened import Opened
from etl.landing.formats import GIVEN_FIELDS, plain_key, records_in
from etl.landing.limits import Limits

_SPACE = b" \t\r\n"
_MARK = b"\xef\xbb\xbf"
# What matters for where a value ends. A backslash goes with what it escapes, if that is read yet.
_SIGNS = re.compile(rb'\\.?|["\[\]{},]', re.DOTALL)


def read_json(opened: Opened) -> Iterator[Document]:
    """The documents of a file; members are their numbers, none where it is one record."""
    start = opened.stream.read(PIECE_BYTES)
    opened.stream.seek(0)
    head = start.removeprefix(_MARK).lstrip(_SPACE)
    if head.startswith(b"["):
        yield from _documents_of_list(opened)
    elif _is_a_record_a_line(head):
        yield from read_json_lines(opened)
    else:
        yield from _documents_of_value(opened)


def _is_a_record_a_line(head: bytes) -> bool:
    """A first line that is a record by itself, and more behind it."""
    line, end, rest = head.partition(b"\n")
    if not end or not rest.strip().startswith(b"{"):
        return False
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _documents_of_value(opened: Opened) -> Iterator[Document]:
    limits = opened.limits
    raw = read_up_to(opened.stream, limits.record_bytes + 1)
    if len(raw) > limits.record_bytes:
        why = Rejection("too_large", f"the record: {limits.exceeded('record_bytes')}")
        yield Document(raw=raw, rejection=why)
        return
    try:
        value = parse_json(raw)
    except ValueError as error:
        yield Document(raw=raw, rejection=Rejection("invalid_record", f"not JSON: {error}"))
        return
    records = records_in(value)
    if records is not None:
        for number, record in enumerate(records, start=1):
            yield document_of_value(record, f"{number}", b"")
    elif not _is_sidecar(value):
        yield document_of_value(value, None, raw)


def _is_sidecar(value: object) -> bool:
    """What is to stand beside a text that has not come yet: nothing but what goes with one."""
    return isinstance(value, dict) and bool(value) and set(map(plain_key, value)) <= {*GIVEN_FIELDS}


def _documents_of_list(opened: Opened) -> Iterator[Document]:
    splitter = _Splitter(opened.limits.record_bytes + 1)
    number = 0
    while not splitter.is_done:
        piece = opened.stream.read(PIECE_BYTES)
        if not piece:
            raise ValueError("the list of records has no end")
        for item in splitter.items_ended_by(piece):
            number += 1
            yield _document_of_item(item, f"{number}", opened.limits)


def _document_of_item(item: bytes, member: str, limits: Limits) -> Document:
    if len(item) > limits.record_bytes:
        why = Rejection("too_large", f"the record: {limits.exceeded('record_bytes')}")
        return Document(raw=item, member=member, rejection=why)
    try:
        value = parse_json(item)
    except ValueError as error:
        return invalid_record(item, member, f"not JSON: {error}")
    return document_of_value(value, member, item)


class _Splitter:
    """Takes a list of JSON apart, piece by piece; keeps ``most_bytes`` of an item at the most."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._item = bytearray()
        self._depth = 0
        self._is_text = self._is_escaped = False
        self.is_done = False

    def items_ended_by(self, piece: bytes) -> Iterator[bytes]:
        """The items whose last byte is in ``piece``, as they are written."""
        kept, last = 0, b""
        for sign in _SIGNS.finditer(piece, int(self._is_escaped)):
            last = sign[0]
            if not self._parts(last):
                continue
            if self._depth == 0 or last == b",":
                self._keep(piece[kept : sign.start()])
                if item := bytes(self._item.strip()):
                    yield item
                self._item.clear()
            if self._depth == 0:
                self.is_done = True
                return
            kept = sign.end()
        self._keep(piece[kept:])
        self._is_escaped = last == b"\\"

    def _parts(self, mark: bytes) -> bool:
        """Whether a sign stands between two items, or at an end of the list."""
        if mark.startswith(b"\\"):
            return False
        if mark == b'"':
            self._is_text = not self._is_text
        elif not self._is_text and mark in b"[{":
            self._depth += 1
            return self._depth == 1
        elif not self._is_text and mark in b"]}":
            self._depth -= 1
            return self._depth == 0
        return not self._is_text and mark == b"," and self._depth == 1

    def _keep(self, more: bytes) -> None:
        more = more if self._item else more.lstrip(_SPACE)
        self._item += more[: max(0, self._most_bytes - len(self._item))]
