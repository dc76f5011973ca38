"""One delivered document, and how a record of named values becomes one.

What belongs here: the value that every kind of file yields, what may come with a text, and
the rejections that any kind can give. What does not: any one kind of file.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from etl.errors import Rejection

GIVEN_FIELDS = ("url", "title", "publisher", "published_at", "language")
RECORD_FIELDS = ("text", *GIVEN_FIELDS)

MOST_VALUES = 1_000_000
"""Numbers, texts and nested values of one record. A list of a few million empty objects is
some megabytes long, but takes a gigabyte in memory."""

_STRINGS = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_FEWEST_BYTES_OF_A_VALUE = 2


@dataclass(frozen=True, kw_only=True)
class Document:
    """One delivered document: its bytes, its place in the file and what came with it.

    ``given`` holds the values of ``GIVEN_FIELDS`` that were delivered, as text.
    """

    raw: bytes
    member: str | None = None
    given: tuple[tuple[str, str], ...] = ()
    rejection: Rejection | None = None


def parse_json(raw: bytes) -> object:
    """The value that the bytes stand for.

    Raises:
        ValueError: no JSON, nested too deeply, or of more than ``MOST_VALUES`` values.
    """
    if len(raw) > MOST_VALUES * _FEWEST_BYTES_OF_A_VALUE:
        between_texts = _STRINGS.sub(b"", raw)
        if sum(map(between_texts.count, (b",", b"[", b"{"))) > MOST_VALUES:
            raise ValueError(f"more than {MOST_VALUES} values in one record")
    try:
        return json.loads(raw.decode("utf-8-sig"))
    except RecursionError as error:
        raise ValueError(str(error)) from error


def document_of_record(record: Mapping[str, object], member: str, raw: bytes) -> Document:
    """The document of a record with ``text`` (str or bytes) and ``GIVEN_FIELDS``.

    ``raw`` is what is kept where the record has no text to keep.
    """
    text = record.get("text")
    if not isinstance(text, str | bytes):
        found = "nothing" if text is None else type(text).__name__
        return invalid_record(raw, member, f"expected a text in 'text', found {found}")
    given = given_of(record)
    if given is None:
        name = next(name for name in GIVEN_FIELDS if isinstance(record.get(name), dict | list))
        found = type(record[name]).__name__
        return invalid_record(raw, member, f"expected a text in {name!r}, found {found}")
    content = text if isinstance(text, bytes) else text.encode("utf-8", "replace")
    return Document(raw=content, member=member, given=given)


def given_of(record: Mapping[str, object]) -> tuple[tuple[str, str], ...] | None:
    """The optional fields of a record as texts; None where one is neither text nor number."""
    values = [(name, record[name]) for name in GIVEN_FIELDS if record.get(name) not in (None, "")]
    if any(isinstance(value, dict | list) for _, value in values):
        return None
    return tuple((name, _encodable(str(value))) for name, value in values)


def _encodable(text: str) -> str:
    """JSON can carry half a surrogate pair, which no table can store."""
    return text.encode("utf-8", "replace").decode("utf-8")


def invalid_record(raw: bytes, member: str, detail: str) -> Document:
    """A line or row that is no document."""
    return Document(raw=raw, member=member, rejection=Rejection("invalid_record", detail))
