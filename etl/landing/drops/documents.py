"""One delivered document, and how a record of named values becomes one.

What belongs here: the value that every kind of file yields, what may come with a text, and
the rejections that any kind can give. What does not: any one kind of file.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from etl.errors import Rejection
from etl.landing.formats import GIVEN_FIELDS, Fault, Values, content_keys, given_values, values_of

__all__ = ["GIVEN_FIELDS", "Document"]

HTML = "text/html"
SHOWN_KEYS = 30

MOST_VALUES = 1_000_000
"""Numbers, texts and nested values of one record. A list of a few million empty objects is
some megabytes long, but takes a gigabyte in memory."""

_STRINGS = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_FEWEST_BYTES_OF_A_VALUE = 2


@dataclass(frozen=True, kw_only=True)
class Document:
    """One delivered document: its bytes, its place in the file and what came with it.

    ``given`` holds the values of ``GIVEN_FIELDS`` that were delivered, as text; ``given_by``
    names what gave them where it was no record or sidecar. ``media_type`` is that of a page of
    HTML, with its charset where one was told; None for text.
    """

    raw: bytes
    member: str | None = None
    given: tuple[tuple[str, str], ...] = ()
    rejection: Rejection | None = None
    media_type: str | None = None
    given_by: str | None = None


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


def document_of_record(
    record: Mapping[str, object],
    member: str | None,
    raw: Callable[[], bytes],
    *,
    errors: str = "replace",
) -> Document:
    """The document of a record: its text, or its page, and what came with it.

    ``raw`` gives what is kept where the record has neither; ``errors`` is how characters that
    UTF-8 lacks are encoded.
    """
    values = values_of(record)
    fault = next((v for v in values.values() if isinstance(v, Fault)), None)
    if fault is not None:
        return invalid_record(
            raw(), member, f"expected a text in {fault.key!r}, found {fault.found}"
        )
    text, page = values.get("text"), values.get("html")
    content = text or page or text
    if content is None or isinstance(content, Fault):
        return invalid_record(raw(), member, _without_text(record))
    return Document(
        raw=content if isinstance(content, bytes) else content.encode("utf-8", errors),
        member=member,
        given=_given(values),
        media_type=None if text or not page else HTML,
    )


def _without_text(record: Mapping[str, object]) -> str:
    found = ", ".join(repr(str(key)[:SHOWN_KEYS]) for key in list(record)[:SHOWN_KEYS]) or "nothing"
    return f"expected a text under one of {', '.join(content_keys())}; found {found}"


def given_of(record: Mapping[str, object]) -> tuple[tuple[str, str], ...] | None:
    """What a sidecar says, as texts; None where a list or a record stands in a text's place."""
    values = given_values(record)
    return None if any(isinstance(v, Fault) for v in values.values()) else _given(values)


def _given(values: Values) -> tuple[tuple[str, str], ...]:
    given = ((name, values.get(name)) for name in GIVEN_FIELDS)
    return tuple((name, _encodable(v)) for name, v in given if isinstance(v, str) and v != "")


def _encodable(text: str) -> str:
    """JSON can carry half a surrogate pair, which no table can store."""
    return text.encode("utf-8", "replace").decode("utf-8")


def item_without_text(given: Iterable[tuple[str, str]], member: str, detail: str) -> Document:
    """An item of a feed that has nothing to read; what it said of itself is kept."""
    kept = json.dumps(dict(given), ensure_ascii=False).encode("utf-8", "replace")
    return invalid_record(kept, member, detail)


def invalid_record(raw: bytes, member: str | None, detail: str) -> Document:
    """A line or row that is no document."""
    return Document(raw=raw, member=member, rejection=Rejection("invalid_record", detail))
