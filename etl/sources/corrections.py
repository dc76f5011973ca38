"""Which articles a corrected registry touches.

What belongs here: comparing two registries, and telling soundly which articles could come out
otherwise under the new one. What does not: attributing them (attribution.py, worklist.py) and
the parts they lie in (etl/lake/corrections.py).

An article depends on the registry by what it looks up, and every name that is looked up is a
run of whole words of a field that the rules read, save that a mark as "©2024" may be glued to
its front in a trailer. So an article in which no changed name, spelling or domain stands looks up
nothing that has changed. Names are compared as ``name_key`` does, without the marks.
Too many articles may be found, never too few: tests/property/test_sources_properties.py
compares with a full run.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import polars as pl

from etl.sources.cues import (
    LAST_CHARS,
    LONGEST_FIELD_CHARS,
    LONGEST_OPENING_CHARS,
    LONGEST_TRAILER_CHARS,
    house_styles,
)
from etl.sources.names import (
    MOST_INITIALS,
    NameIndex,
    build_index,
    domains_of,
    name_key,
)

_FIELDS = (
    *("given_publisher", "given_url", "marked_publisher"),
    *("title", "byline", "dateline", "trailer", "body"),
)
_ASCII_WORD = re.compile("[a-z0-9]+")


@dataclass(frozen=True)
class Changes:
    """What two registries answer differently.

    ``names`` are folded (``_words``), ``spoken`` spelled as in running text; ``styles`` are
    sources whose kind has changed. ``is_unbounded``: a name without letters changed, which
    could stand in any text.
    """

    names: frozenset[str]
    spoken: tuple[str, ...]
    domains: frozenset[str]
    styles: frozenset[str]
    is_unbounded: bool


def find_touched(
    articles: pl.DataFrame, earlier: pl.DataFrame, registry: pl.DataFrame
) -> list[str]:
    """The ``delivery_id`` of each article that the new registry may attribute otherwise.

    Input: articles as for ``attribute_sources``, and both registries. All articles that are
    not found have the same attribution, evidence and unmapped name under either.
    """
    changes = find_changes(build_index(earlier), build_index(registry))
    ids = articles["delivery_id"].to_list()
    if changes.is_unbounded:
        return ids
    is_cited = _has_spoken(articles["body"], changes.spoken)
    rows = articles.select(_FIELDS).iter_rows()
    touches = _toucher(changes)
    return [
        delivery_id
        for delivery_id, cites, row in zip(ids, is_cited, rows, strict=True)
        if cites or touches(dict(zip(_FIELDS, row, strict=True)))
    ]


def find_changes(earlier: NameIndex, now: NameIndex) -> Changes:
    """Compare the answers of two registries, name by name."""
    flipped = earlier.agencies ^ now.agencies  # whose kind, and so whose role, has changed
    first, second = _answers(earlier), _answers(now)
    keys = {
        key
        for key in first.keys() | second.keys()
        if first.get(key) != second.get(key) or {earlier.ids.get(key), now.ids.get(key)} & flipped
    }
    keys |= _changed(earlier.given_only, now.given_only, flipped)
    spoken = _changed(earlier.spoken, now.spoken, flipped)
    names = frozenset("".join(_words(name)) for name in keys | spoken)
    return Changes(
        names=names,
        spoken=tuple(sorted(spoken)),
        domains=frozenset(_changed(earlier.domains, now.domains, frozenset())),
        styles=flipped,
        is_unbounded="" in names,
    )


def _answers(index: NameIndex) -> dict[str, tuple[str | None, bool, frozenset[str]]]:
    """By key: whose it is, whether it is weak, and its spellings where these count."""
    spellings: dict[str, set[str]] = defaultdict(set)
    for spelling in index.spellings:
        spellings[name_key(spelling)].add(spelling)
    return {
        key: (
            index.ids.get(key),
            key in index.weak_keys,
            frozenset(found if len(key) <= MOST_INITIALS or key in index.weak_keys else ()),
        )
        for key, found in spellings.items()
    }


def _changed(earlier: dict[str, str], now: dict[str, str], flipped: frozenset[str]) -> set[str]:
    return {
        name
        for name in earlier.keys() | now.keys()
        if earlier.get(name) != now.get(name) or {earlier.get(name), now.get(name)} & flipped
    }


def _has_spoken(bodies: pl.Series, names: tuple[str, ...]) -> list[bool]:
    if not names:
        return [False] * len(bodies)
    plain = bodies.str.replace_all(r"[\n\t\u00a0]", " ")
    return plain.str.contains_any(list(names)).fill_null(value=False).to_list()


def _toucher(changes: Changes) -> Callable[[dict[str, str | None]], bool]:
    lengths = sorted({len(name) for name in changes.names})
    styles = [style for source_id, style in house_styles() if source_id in changes.styles]

    def touches(row: dict[str, str | None]) -> bool:
        given = ("given_publisher", "given_url", "marked_publisher")
        addresses = [row[name] or "" for name in given]
        return (
            any(not changes.domains.isdisjoint(domains_of(address)) for address in addresses)
            or any(style.match(row["dateline"] or "") for style in styles)
            or any(
                _names_stand_in(text, changes.names, lengths, is_glued=is_glued)
                for text, is_glued in _read_fields(row)
            )
        )

    return touches


def _read_fields(row: dict[str, str | None]) -> Iterator[tuple[str, bool]]:
    """What the rules read of each field, and whether a name may be glued to a word before it."""
    body = row["body"] or ""
    yield row["given_publisher"] or "", False
    yield row["marked_publisher"] or "", False
    yield (row["title"] or "")[-LONGEST_FIELD_CHARS:], False
    yield (row["byline"] or "")[:LONGEST_FIELD_CHARS], False
    yield (row["dateline"] or "")[:LONGEST_FIELD_CHARS], False
    yield (row["trailer"] or "")[:LONGEST_TRAILER_CHARS], True
    yield body[:LONGEST_OPENING_CHARS], False
    yield body[max(0, len(body) - LAST_CHARS) :], False


def _names_stand_in(
    text: str, names: frozenset[str], lengths: list[int], *, is_glued: bool
) -> bool:
    if not names or not text:
        return False
    words = _words(text)
    joined = "".join(words)
    bounds, end = {0}, 0
    for word in words:
        end += len(word)
        bounds.add(end)
    return any(
        joined[end - length : end] in names
        for end in bounds
        for length in lengths
        if length <= end and (is_glued or end - length in bounds)
    )


def _words(text: str) -> list[str]:
    """The words of a text as ``name_key`` folds them, without marks; all else parts them."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    if folded.isascii():
        return _ASCII_WORD.findall(folded)
    kept = {"L": True, "N": True, "M": False}
    chars = ((c, kept.get(unicodedata.category(c)[0])) for c in folded)
    return "".join(" " if keep is None else c if keep else "" for c, keep in chars).split()
