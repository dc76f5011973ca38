"""Markup in what should be text: taken out, or the document rejected.

What belongs here: which documents are another format under the name of a text, and taking tags
out of texts, titles and publishers. What does not: reading such formats (etl/landing/), and
character references, which the decode stage undoes.

A whole page of HTML is rejected rather than stripped: its menus would be published as text. What
has a few tags left over is a text. News has words in such brackets too: "Sears, Roebuck <S>",
"<Data General Corp>"; so a tag must be an element of HTML, and look like one that is in use.

Source: WHATWG, HTML Living Standard, sections 13.1 (writing) and 15.3 (rendering).
"""

import re
from bisect import bisect
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import polars as pl

from etl.decode import clean
from etl.errors import RULES, Rejection
from etl.parse.header import split_header
from etl.schema import QUARANTINE, lake_table
from etl.tables import made_of_tables, read_table

CLEANED = tuple(
    f"{by}_{name}" for by in ("given", "marked") for name in ("title", "publisher", "byline")
)
MOST_ROUNDS = 6

HEAD_CHARS = 4096
FORMATS = {
    "RTF": re.compile(r"\{\\rtf"),
    "PDF": re.compile(r"%PDF-"),
    "PostScript": re.compile(r"%!PS"),
    "TeX": re.compile(r"\\documentclass\b"),
    "XML": re.compile(r"<\?xml\b"),
    "JSON": re.compile(r"\[?\s*\{\s*\""),
    "WARC": re.compile(r"WARC/\d"),
    "HTTP": re.compile(r"HTTP/\d(?:\.\d)? \d{3}\b"),
    "a mail": re.compile(r"(?:[A-Z][A-Za-z-]+: [^\n]*\n(?:[ \t][^\n]*\n)*)*?Content-Type: "),
}
"""How a document begins that is no text, behind the crawler's header."""
# What stands once in a page, and hardly in anything else.
WHOLE_PAGE = re.compile(r"<!doctype\s+html|<html(?:\s[^<>]*)?>|</(?:html|body|head)\s*>", re.I)

# An attribute may hold ">" within its quotes. No part can pass a "<", so time stays linear.
ATTRIBUTES = r"""\s(?:[^<>"']|"[^"<]*"|'[^'<]*')*"""
TAG = re.compile(rf"<(/?)([A-Za-z][A-Za-z0-9]{{0,15}})({ATTRIBUTES}|\s[^<>]*)?(/?)>")
CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
GAPS = {"block": "\n\n", "line": "\n", "cell": " "}


@dataclass(frozen=True)
class Element:
    """An element of HTML as etl/reference/html_elements.csv has it."""

    display: str
    is_plain: bool


@made_of_tables
def _elements() -> dict[str, Element]:
    rows = read_table("html_elements.csv").iter_rows(named=True)
    return {
        row["element"]: Element(display=row["display"], is_plain=row["is_plain"] == "1")
        for row in rows
    }


def take_out_markup(documents: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Take markup out of decoded documents, and reject those that are another format.

    Args:
        documents: as ``etl.decode.decode_documents`` returns them.

    Returns:
        The same columns without markup in ``text`` and in the titles, publishers and bylines given;
        and ``rejected``: delivery_id, file_name, stage, rule, detail, ingested_on. Each input
        row is in exactly one of them, in input order.
    """
    reasons = [not_text(text) for text in documents["text"]]
    is_text = pl.Series([why is None for why in reasons], dtype=pl.Boolean)
    kept = documents.filter(is_text)
    texts = [without_markup(text) for text in kept["text"]]
    named = [name for name in CLEANED if name in kept.columns]
    given = {name: [_cleaned(value) for value in kept[name]] for name in named}
    return (
        kept.with_columns(
            pl.Series("text", texts, dtype=pl.String),
            *(pl.Series(name, values, dtype=pl.String) for name, values in given.items()),
        ),
        lake_table(QUARANTINE).frame(_rejected_rows(documents, reasons)),
    )


def _rejected_rows(
    documents: pl.DataFrame, reasons: list[Rejection | None]
) -> Iterator[dict[str, object]]:
    columns = documents.select("delivery_id", "file_name", "ingested_on")
    for row, why in zip(columns.iter_rows(named=True), reasons, strict=True):
        if why is not None:
            rule = RULES[why.rule]
            yield {**row, "stage": rule.stage, "rule": rule.name, "detail": why.detail}


def not_text(text: str) -> Rejection | None:
    """Why a decoded document is no text but another format, or None."""
    _, start = split_header(text)
    head = text[start : start + HEAD_CHARS].lstrip()
    for name, sign in FORMATS.items():
        if sign.match(head):
            return Rejection("not_text", f"{name}, expected plain text")
    if WHOLE_PAGE.search(text):
        return Rejection("not_text", "a whole page of HTML, expected plain text")
    return None


def _cleaned(given: str | None) -> str | None:
    """A given title or publisher in one line, without references, controls and markup."""
    if given is None:
        return None
    return " ".join(without_markup(clean(given)).split()) or None


def without_markup(text: str) -> str:
    """The text without tags, comments and scripts; what tags parted stays parted.

    Doing it again changes nothing, but for tags nested in tags' names more than six deep.
    """
    for _ in range(MOST_ROUNDS):
        if "<" not in text:
            break
        stripped = CDATA.sub("", _without_tags(_without_comments(text)))
        if stripped == text:
            break
        text = stripped
    return text


def _without_comments(text: str) -> str:
    """A comment that is never closed is none: nothing behind it may be lost."""
    kept, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        kept.append(text[at:start])
        at = end + len("-->")
    return "".join([*kept, text[at:]])


def _without_tags(text: str) -> str:
    tags = [tag for tag in TAG.finditer(text) if tag[2].lower() in _elements()]
    closed = {tag[2] for tag in tags if tag[1]}
    tags = [tag for tag in tags if _is_in_use(tag, closed)]
    kept, at = [], 0
    for tag, end in _with_ends(tags):
        if tag.start() >= at:
            gap = GAPS.get(_elements()[tag[2].lower()].display, "")
            kept += [text[at : tag.start()], gap]
            at = end
    return "".join([*kept, text[at:]])


def _is_in_use(tag: re.Match[str], closed: Collection[str]) -> bool:
    """Whether it is a tag, not a word or a share's symbol in angle brackets.

    ``closed`` are the names of closing tags as written. "<S>" is Sears unless "</S>" follows
    or the text writes its other tags in capitals too.
    """
    is_closing, name = tag[1], tag[2]
    attributes = (tag[3] or "").strip()
    if is_closing or tag[4] or attributes.endswith("/") or "=" in attributes or name in closed:
        return True
    if attributes:
        return False
    in_capitals = any(other.isupper() for other in closed)
    return _elements()[name.lower()].is_plain and (name.islower() or in_capitals)


def _with_ends(tags: list[re.Match[str]]) -> Iterator[tuple[re.Match[str], int]]:
    """Each tag with where it ends; a script, with all that is in it, where its closing tag does."""
    ends: dict[str, list[int]] = {}
    for tag in tags:
        if tag[1]:
            ends.setdefault(tag[2].lower(), []).append(tag.end())
    for tag in tags:
        name = tag[2].lower()
        behind = ends.get(name, []) if not tag[1] else []
        place = bisect(behind, tag.end())
        is_hidden = _elements()[name].display == "hidden" and place < len(behind)
        yield tag, behind[place] if is_hidden else tag.end()
