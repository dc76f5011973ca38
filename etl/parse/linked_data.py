"""What a page says of its article in JSON-LD.

What belongs here: finding the node of the article among those of the page, and its values. What
does not: which of a page's statements is believed (web_page.py).

Source: schema.org, Article; JSON-LD 1.1, section 3.3 (node identifiers).
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# "NewsArticle", "ReportageNewsArticle", "BlogPosting", "LiveBlogPosting"; no "WebPage".
_ARTICLE = re.compile(r"(?:\w*Article|\w*BlogPosting|Report)$")
_LOOSE = {"strict": False}  # line ends stand in texts of real pages
_DEEPEST = 8
_MOST_NODES = 2_000
_LONGEST_BLOCK = 2_000_000
# Fences around a block, and a comma behind its last value.
_WRAPPED = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*<!\[CDATA\[\*/)|(?:-->|//\s*\]\]>|/\*\]\]>\*/)\s*$"
)
_LAST_COMMA = re.compile(r",(?=\s*[\]}])")

Node = dict[str, object]


@dataclass(frozen=True, kw_only=True)
class LinkedArticle:
    """What JSON-LD says of an article; empty where it does not.

    ``updates`` are the entries of a live page, heading and text of each on lines of their own.
    """

    headline: str | None = None
    published: str | None = None
    body: str | None = None
    updates: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    language: str | None = None


def read_linked_data(blocks: Sequence[str]) -> LinkedArticle:
    """The article of a page, of the contents of its ``application/ld+json`` scripts.

    Of several, the one of which most is said: a page may list others beside its own.
    """
    nodes = [node for block in blocks for node in _nodes(_parsed(block))][:_MOST_NODES]
    named = {str(node["@id"]): node for node in nodes if "@id" in node and len(node) > 1}
    articles = [_article(node, named) for node in nodes if _is_article(node)]
    return max(articles, key=_said, default=LinkedArticle())


def _said(article: LinkedArticle) -> int:
    return sum(bool(value) for value in vars(article).values())


def _parsed(block: str) -> object:
    text = _WRAPPED.sub("", block[:_LONGEST_BLOCK])
    for candidate in (text, _LAST_COMMA.sub("", text)):
        try:
            return json.loads(candidate, **_LOOSE)  # type: ignore[arg-type]
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(value: object, depth: int = 0) -> Iterator[Node]:
    """All objects, outer ones first; lists of other stories are passed over."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value:
            yield from _nodes(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key, inner in value.items():
            if key in ("@graph", "mainEntity", "mainEntityOfPage", "author", "publisher"):
                yield from _nodes(inner, depth + 1)


def _is_article(node: Node) -> bool:
    kinds = node.get("@type")
    return any(
        isinstance(kind, str) and _ARTICLE.match(kind.rpartition("/")[2])
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _article(node: Node, named: dict[str, Node]) -> LinkedArticle:
    authors = [name for name in _names(node.get("author") or node.get("creator"), named) if name]
    return LinkedArticle(
        headline=_text(node.get("headline") or node.get("name")),
        published=_text(node.get("datePublished") or node.get("dateCreated")),
        body=_text(node.get("articleBody")),
        updates="\n".join(_updates(node.get("liveBlogUpdate"))) or None,
        authors=tuple(dict.fromkeys(authors)),
        publisher=next(iter(_names(node.get("publisher"), named)), None),
        language=_text(node.get("inLanguage")),
    )


def _updates(value: object) -> Iterator[str]:
    """A live page lists its entries: in HTML a script may add them, which no reader runs."""
    entries = value if isinstance(value, list) else [value]
    for entry in entries[:_MOST_NODES]:
        if isinstance(entry, dict):
            yield from filter(None, (_text(entry.get(key)) for key in ("headline", "articleBody")))


def _names(value: object, named: dict[str, Node], depth: int = 0) -> Iterator[str]:
    if isinstance(value, list) and depth < _DEEPEST:
        for item in value:
            yield from _names(item, named, depth + 1)
    elif isinstance(value, dict):
        node = named.get(str(value.get("@id")), value) if set(value) <= {"@id", "@type"} else value
        name = node.get("name")
        if isinstance(name, list) and depth < _DEEPEST:
            yield from _names(name, named, depth + 1)
        elif text := _text(name):
            yield text
    elif text := _text(value):
        yield text


def _text(value: object) -> str | None:
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    return value.strip() or None if isinstance(value, str) else None
