"""What the keys of a record mean: records as crawlers and services write them.

What belongs here: the table of formats (formats.csv), finding the format of a record and the
values of its fields. What does not: files (drops/), and what the values say (the stages).
"""

import ast
import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from etl.tables import LIST_SEPARATOR, looked_up_in_tables, made_of_tables, read_table

GIVEN_FIELDS = (
    *("url", "title", "publisher", "published_at", "language"),
    *("byline", "fetched_at"),
)
"""What may come with a text."""
CONTENT_FIELDS = ("text", "html")
RECORDS = "records"
JOINED = {"text": "\n\n", "html": "\n", "byline": ", "}
"""Fields that may be lists of texts, and what their items are joined by."""

_STEP = re.compile(r"([^.\[\]]+)(?:\[(\d+)\])?")
_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//\S+|(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?", re.I)
# A list or a record as a cell of a CSV: longer ones are left as they are.
_LONGEST_CELL = 20_000
_DEEPEST = 12


@dataclass(frozen=True)
class Key:
    """Where in a record a value stands: the key as written, and the steps that lead there."""

    written: str
    steps: tuple[tuple[str, int | None], ...]

    @property
    def head(self) -> str:
        return self.steps[0][0]


@dataclass(frozen=True)
class Format:
    """One tool's records: the keys of each field, the best first."""

    name: str
    keys: Mapping[str, tuple[Key, ...]]

    @cached_property
    def content_heads(self) -> set[str]:
        """The outermost keys under which a text or a page may stand."""
        return {key.head for field in CONTENT_FIELDS for key in self.keys.get(field, ())}

    @cached_property
    def heads(self) -> set[str]:
        """The outermost keys of all fields."""
        return {key.head for field, keys in self.keys.items() if field != RECORDS for key in keys}


@dataclass(frozen=True)
class Fault:
    """A field whose value cannot be a text: under which key, and what it is."""

    key: str
    found: str


Values = dict[str, str | bytes | Fault]
"""The values of a record by field; a fault where a list or a record stands in a text's place."""


@made_of_tables
def formats() -> tuple[Format, ...]:
    """All formats, in the order of the table."""
    found: dict[str, dict[str, tuple[Key, ...]]] = {}
    for row in read_table("formats.csv").iter_rows(named=True):
        keys = tuple(_key(key) for key in row["keys"].split(LIST_SEPARATOR) if key.strip())
        found.setdefault(row["format"], {})[row["field"]] = keys
    return tuple(Format(name, keys) for name, keys in found.items())


def _key(written: str) -> Key:
    steps = (
        (plain_key(name), int(place) if place else None)
        for name, place in _STEP.findall(written.strip())
    )
    return Key(written.strip(), tuple(steps))


def plain_key(key: str) -> str:
    """A key as it is compared: "Published At", "published-at" and "published_at" are one."""
    return key.strip().casefold().replace("-", "_").replace(" ", "_")


def content_keys() -> list[str]:
    """The keys under which a text or a page may stand, as written, each once."""
    keys = (key for one in formats() for f in CONTENT_FIELDS for key in one.keys.get(f, ()))
    return list(dict.fromkeys(key.written for key in keys))


def possible_formats(names: Collection[str]) -> list[Format]:
    """The formats of which records with these outermost keys may be."""
    plain = set(map(_head, names))
    return [one for one in formats() if one.content_heads & plain]


def _head(name: str) -> str:
    """A column "source.name" is what stands in ``source``."""
    return plain_key(name).partition(".")[0]


def values_of(record: Mapping[str, object]) -> Values:
    """The values of a record's fields, under the format that finds most of them.

    Without a text or a page in it, the result has neither; fields that came with it may be
    there all the same.
    """
    best: Values = {}
    plain = _plain(record)
    for keys in _present_keys(frozenset(plain), only_with_content=True):
        found = dict(_found(plain, keys))
        if _rank(found) > _rank(best):
            best = found
    return best


def _rank(values: Values) -> tuple[bool, int]:
    """A format under which there is a text comes before one that only finds its title."""
    contents = (values.get(field) for field in CONTENT_FIELDS)
    has_content = any(isinstance(v, str | bytes) and len(v) > 0 for v in contents)
    return has_content, sum(not isinstance(v, Fault) and v != "" for v in values.values())


def given_values(record: Mapping[str, object]) -> Values:
    """What stands in a sidecar: the fields of a record whose text lies elsewhere."""
    best: Values = {}
    plain = _plain(record)
    for keys in _present_keys(frozenset(plain), only_with_content=False):
        found = {f: v for f, v in _found(plain, keys) if f in GIVEN_FIELDS}
        if len(found) > len(best):
            best = found
    return best


def records_in(value: object) -> list[dict[str, object]] | None:
    """The records in an envelope, as {"status": "ok", "articles": [...]}; None if it is none."""
    if not isinstance(value, dict):
        return None
    for one in formats():
        for key in one.keys.get(RECORDS, ()):
            inner = _at(value, key.steps)
            items = inner if isinstance(inner, list) else None
            if items and all(isinstance(item, dict) for item in items):
                return _resolved(items) if key.written == "@graph" else items
    return None


def _resolved(graph: list[dict[str, object]]) -> list[dict[str, object]]:
    """The articles of a graph, with what they name by "@id" in its place.

    Source: JSON-LD 1.1, section 3.3 (node identifiers).
    """
    nodes = {str(node["@id"]): node for node in graph if "@id" in node}

    def named(value: object) -> object:
        if isinstance(value, list):
            return [named(item) for item in value]
        is_name = isinstance(value, dict) and set(value) == {"@id"}
        return nodes.get(str(value["@id"]), value) if is_name else value  # type: ignore[index]

    articles = [node for node in graph if any(k in node for k in ("articleBody", "headline"))]
    return [{key: named(value) for key, value in node.items()} for node in articles]


# -- values -----------------------------------------------------------------------------------


def _plain(record: Mapping[str, object]) -> dict[str, object]:
    return {plain_key(name): value for name, value in record.items()}


Keys = tuple[tuple[str, tuple[Key, ...]], ...]
"""Fields of a format, and of each the keys that a record may have."""


@looked_up_in_tables(256)
def _present_keys(names: frozenset[str], *, only_with_content: bool) -> tuple[Keys, ...]:
    """By format, the keys of each field that records of these names have; most of a drop are
    alike."""
    heads = {name.partition(".")[0] for name in names}
    asked = possible_formats(names) if only_with_content else formats()
    return tuple(
        tuple(
            (field, tuple(key for key in keys if key.head in heads))
            for field, keys in one.keys.items()
            if field != RECORDS
        )
        for one in asked
    )


def _found(plain: Mapping[str, object], fields: Keys) -> Iterator[tuple[str, str | bytes | Fault]]:
    """Fields of which the record has a value; "" is one only of a text."""
    for field, keys in fields:
        here = [(key, _outermost(plain, key)) for key in keys]
        values = [(key, _text(value, field)) for key, value in here if value is not None]
        good = [v for k, v in values if isinstance(v, str | bytes) and _may_be(field, k, v)]
        faults = [(key, v) for key, v in values if isinstance(v, Fault)]
        if good:
            yield field, good[0]
        elif field == "text" and any(value in ("", b"") for _, value in here):
            yield field, ""
        elif faults and field != "byline":
            yield field, Fault(faults[0][0].written, faults[0][1].found)


def _outermost(plain: Mapping[str, object], key: Key) -> object:
    """What stands under a key in a record whose outermost names are plain."""
    if len(key.steps) == 1 and key.steps[0][1] is None:
        return plain.get(key.head)
    flat = plain.get(".".join(name for name, _ in key.steps))
    if flat is not None or key.head not in plain:
        return flat
    return _at({key.head: plain[key.head]}, key.steps)


def _may_be(field: str, key: Key, value: str | bytes) -> bool:
    """A "source" may be an address or a name; only the one is a ``url``."""
    if field != "url" or key.head == "url" or isinstance(value, bytes):
        return True
    return bool(_ADDRESS.match(value.strip()))


def _at(value: object, steps: tuple[tuple[str, int | None], ...], depth: int = 0) -> object:
    """What stands in a record where the steps lead; None where nothing does."""
    if not steps or depth > _DEEPEST:
        return value
    (name, place), *rest = steps
    if isinstance(value, str):
        value = _unfolded(value)
    if name == "*":
        return list(_texts_in(value)) or None
    if isinstance(value, list):
        inner = [_at(item, steps, depth + 1) for item in value]
        return [item for item in inner if item is not None] or None
    if not isinstance(value, dict):
        return None
    below: object = None
    for key, item in value.items():
        if isinstance(key, str) and plain_key(key) == name:
            below = _item(item, place)
    return _at(below, tuple(rest), depth + 1)


def _item(value: object, place: int | None) -> object:
    if place is None:
        return value
    items = _unfolded(value) if isinstance(value, str) else value
    return items[place] if isinstance(items, list) and len(items) > place else None


def _texts_in(value: object, depth: int = 0) -> Iterator[str]:
    if isinstance(value, str):
        if value.strip():
            yield value
    elif isinstance(value, dict | list) and depth < _DEEPEST:
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts_in(item, depth + 1)


def _text(value: object, field: str) -> str | bytes | Fault | None:
    """A value as a text; None where it is missing."""
    if isinstance(value, dict) and set(value) == {"$date"}:  # MongoDB's extended JSON
        value = value["$date"]
    if value is None or value == "" or value == b"" or value != value:
        return None
    if field == "byline" and isinstance(value, str):
        value = _unfolded(value)
    if isinstance(value, list) and field in JOINED and all(isinstance(v, str) for v in value):
        return JOINED[field].join(v.strip() for v in value if v.strip()) or None
    if isinstance(value, dict | list):
        is_none = field in JOINED and not value
        return None if is_none else Fault(field, type(value).__name__)
    is_content = field in CONTENT_FIELDS
    if is_content and not isinstance(value, str | bytes):
        return Fault(field, type(value).__name__)
    return value if isinstance(value, bytes) and is_content else str(value)


def _unfolded(text: str) -> object:
    """A list or record that a table holds as text, as JSON or as Python writes it."""
    stripped = text.strip()
    if not stripped or stripped[0] not in "[{" or len(stripped) > _LONGEST_CELL:
        return text
    try:
        return json.loads(stripped)
    except (ValueError, RecursionError):
        pass
    try:
        return ast.literal_eval(stripped)
    except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
        return text
