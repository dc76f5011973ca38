"""Fields at the head of a text: "Title: ..." and "Date: ..." lines, or front matter between fences.

What belongs here: finding such a block, what its labels mean, and a text without it. What does not:
what the values say: they stand for what markup says of a page of HTML (web_pages.py), and a date is
left in the text as the stamp that it is.

A block is known by its title: labels alone ("Date:", "Author:") are what any page has above its
text. Labels are the keys of records (etl/landing/formats.csv). Nothing is parsed as YAML or TOML:
a field is a line, and what is nested is passed over.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from etl.decode import is_page
from etl.parse.header import split_header
from etl.tables import LIST_SEPARATOR, made_of_tables, read_table

REACH = 8_000
MOST_TITLE_CHARS = 400
MOST_VALUE_CHARS = 1_000
# The names that exports of all makes have for a field; of one key with two meanings theirs counts.
GENERAL_FORMAT = "export"
MARKS = ("title", "byline", "publisher", "url", "language")
DAY, TEXT = "published_at", "text"
# Fields of which any tool's name for them is a label; a "name:" is no title at the head of a text.
OFTEN_NAMED = ("byline", "publisher", "url", "language", DAY)

_FENCE = re.compile(r"(---|\+\+\+)[ \t]*\n")
_FIELD = re.compile(r"(\w[\w \-]{0,30})[ \t]*[:=][ \t]*(.*)")
_ITEM = re.compile(r"[ \t]+(?:-[ \t]+)?(?=\S)|-[ \t]+")
_ADDRESS = re.compile(r"https?://\S+$", re.IGNORECASE)
_QUOTED = re.compile(r"""(["'])(.*)\1$""")
_PARTS_OF_KEY = re.compile(r"[ \-]+")


@dataclass(frozen=True)
class FrontMatter:
    """The fields at the head of a text, and the text without them.

    ``fields`` is by field of a record (``title``, ``byline``, ``url`` ...). ``text`` keeps a header
    before the block, and a date of it in a line of its own.
    """

    fields: dict[str, str]
    text: str


def read_front_matter(documents: pl.DataFrame) -> pl.DataFrame:
    """Take front matter out of texts that have some.

    Args:
        documents: as ``etl.parse.web_pages.read_web_pages`` returns them.

    Returns:
        The same rows; of a text with front matter ``text`` is without it, and ``marked_title``,
        ``_byline``, ``_publisher``, ``_url`` and ``_language`` are what it says.
    """
    texts = documents.select("text", "media_type").iter_rows()
    found = [None if is_page(kind) else find_front_matter(text) for text, kind in texts]
    if not any(found):  # of most parts no text has any
        return documents
    rows = zip(documents.iter_rows(named=True), found, strict=True)
    return pl.DataFrame(
        [{**row, **_replaced(front)} for row, front in rows], schema=documents.schema, orient="row"
    )


def _replaced(front: FrontMatter | None) -> dict[str, str | None]:
    if front is None:
        return {}
    return {"text": front.text} | {f"marked_{name}": front.fields.get(name) for name in MARKS}


def find_front_matter(text: str) -> FrontMatter | None:
    """The block of fields that a text begins with, a header before it aside; None without one."""
    header, start = split_header(text)
    start += len(text[start : start + REACH]) - len(text[start : start + REACH].lstrip())
    fence = _FENCE.match(text, start)
    least = 1 if header else 2
    block = _fenced(text, fence) if fence else _labelled(text, start, least=least)
    if block is None or not 0 < len(block.fields.get("title", "")) <= MOST_TITLE_CHARS:
        return None
    day = block.fields.get(DAY)
    stamp = f"Published: {day}\n\n" if day else ""
    return FrontMatter(block.fields, f"{text[:start]}{stamp}{text[block.end :].lstrip()}")


@dataclass(frozen=True)
class _Block:
    fields: dict[str, str]
    end: int


def _fenced(text: str, fence: re.Match[str]) -> _Block | None:
    """The fields between two fences: a line each; items of a list below their key."""
    head = text[fence.end() : fence.end() + REACH]
    closing = re.search(rf"^{re.escape(fence[1])}[ \t]*$", head, re.MULTILINE)
    if closing is None:
        return None
    found: dict[str, str] = {}
    field: str | None = None
    for line in head[: closing.start()].splitlines():
        if _ITEM.match(line):
            if field in found:
                item = _plain(_ITEM.sub("", line, count=1))
                found[field] = ", ".join(filter(None, (found[field], item)))
            continue
        pair = _FIELD.fullmatch(line)
        field = _field(pair[1], pair[2]) if pair else None
        if pair and field and field not in found:
            found[field] = _plain(pair[2])
    return _Block({f: v for f, v in found.items() if v}, fence.end() + closing.end())


def _labelled(text: str, start: int, *, least: int) -> _Block | None:
    """Lines with a label each, ``least`` of them known, up to one without or the text's own."""
    found: dict[str, str] = {}
    end = start
    for at, line in _lines(text, start):
        pair = _FIELD.fullmatch(line.strip())
        field = _field(pair[1], pair[2]) if pair else None
        if not line.strip():
            continue
        if pair is None or (field is None and not _goes_on(text, end, at)):
            break
        if field == TEXT:
            end = at + line.index(pair[2]) if pair[2] else at + len(line)
            break
        if field is not None and pair[2] and field not in found:
            found[field] = _plain(pair[2])
        if not found:
            return None
        end = at + len(line)
    return _Block(found, end) if len(found) >= least else None


def _lines(text: str, start: int) -> Iterator[tuple[int, str]]:
    """The lines within reach, each with where it starts; not the last if it is cut there."""
    head = text[start : start + REACH]
    at = start
    for line in head.split("\n"):
        if at + len(line) == start + REACH < len(text):
            return
        yield at, line
        at += len(line) + 1


def _goes_on(text: str, end: int, at: int) -> bool:
    """Whether no empty line stands between a field and the next: "Tags: port" is one of them."""
    return "\n\n" not in text[end:at]


def _field(label: str, value: str) -> str | None:
    """The field that a label means; a "source" may be an address or a name."""
    field = _fields().get(_plain_label(label))
    if field is None or (len(value) > MOST_VALUE_CHARS and field != TEXT):
        return None
    is_address = _ADDRESS.match(_plain(value)) is not None
    if field == "publisher" and is_address:
        return "url"
    return None if field == "url" and not is_address else field


def _plain(value: str) -> str:
    """A value without quotes and brackets: ``["Ana Li", "Bo Ek"]`` is "Ana Li, Bo Ek"."""
    value = value.strip()
    if value.startswith("[") and value.endswith("]"):
        return ", ".join(filter(None, map(_unquoted, value[1:-1].split(","))))
    return _unquoted(value)


def _unquoted(value: str) -> str:
    value = value.strip()
    quoted = _QUOTED.match(value)
    return quoted[2].strip() if quoted else value


@made_of_tables
def _fields() -> dict[str, str]:
    """The field of each key that is no path; title and text only under their general names."""
    rows = sorted(
        read_table("formats.csv").iter_rows(named=True),
        key=lambda row: str(row["format"]) != GENERAL_FORMAT,
    )
    found: dict[str, str] = {}
    for row in rows:
        is_general = row["format"] == GENERAL_FORMAT and row["field"] in ("title", TEXT)
        if is_general or row["field"] in OFTEN_NAMED:
            keys = (_plain_label(key) for key in row["keys"].split(LIST_SEPARATOR))
            found |= {key: row["field"] for key in keys if key.isidentifier() and key not in found}
    return found


def _plain_label(label: str) -> str:
    return _PARTS_OF_KEY.sub("_", label.strip().casefold())
