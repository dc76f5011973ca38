"""Bodies against the hand-labelled own text of their pages (furniture_labels.csv).

What belongs here: reading the labels and comparing words. What does not: what else the parse
stage is scored on (bench/parse.py).

A label is an offset span ``[start_char, end_char)`` of the decoded document that is the
article's own running text: no header, title, byline, stamp, dateline, caption, promotion,
credit or sign-off. A page without any has one empty span. The file holds offsets only.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

LABELS = Path(__file__).with_name("furniture_labels.csv")

# A paragraph is found where nearly all of its words are: a page's lost space may join two.
FOUND_FROM = 0.95

_PARAGRAPH_END = re.compile(r"\n\s*\n|\n {2,}")
_WORD = re.compile(r"\w+")

Spans = list[tuple[int, int]]


@dataclass(frozen=True)
class Kept:
    """What became of the labelled pages.

    ``lost`` names documents with a paragraph that their body lacks; characters are those of
    words.
    """

    documents: int
    paragraphs: int
    found: int
    body_chars: int
    furniture_chars: int
    lost: tuple[str, ...]

    @property
    def recall(self) -> float:
        """Share of the own paragraphs that stand in their body."""
        return self.found / max(1, self.paragraphs)

    @property
    def furniture_share(self) -> float:
        """Share of the characters of bodies that are no own text."""
        return self.furniture_chars / max(1, self.body_chars)


def load_labels(path: Path = LABELS) -> dict[str, Spans]:
    """The spans of own text by document."""
    spans: dict[str, Spans] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            spans[row["doc"]].append((int(row["start_char"]), int(row["end_char"])))
    return dict(spans)


def compare(
    labels: Mapping[str, Spans], texts: Mapping[str, str], bodies: Mapping[str, str]
) -> Kept:
    """Score the bodies; a labelled document without one was rejected, and has lost all."""
    paragraphs = found = body_chars = furniture_chars = 0
    lost = []
    for doc, spans in labels.items():
        own = [_words(part) for part in _own_paragraphs(texts[doc], spans)]
        body = _words(bodies.get(doc, ""))
        shares, own_chars = _match(own, body)
        paragraphs += len(own)
        found += sum(share >= FOUND_FROM for share in shares)
        body_chars += sum(map(len, body))
        furniture_chars += sum(map(len, body)) - own_chars
        if any(share < FOUND_FROM for share in shares):
            lost.append(doc)
    return Kept(len(labels), paragraphs, found, body_chars, furniture_chars, tuple(lost))


def _own_paragraphs(text: str, spans: Spans) -> Iterator[str]:
    for start, end in spans:
        parts = _PARAGRAPH_END.split(text[start:end])
        yield from (part for part in parts if _WORD.search(part))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _match(own: list[list[str]], body: list[str]) -> tuple[list[float], int]:
    """Of each own paragraph the share of words that stand in the body in their order, and
    how many characters of the body's words these are.
    """
    words = [word for paragraph in own for word in paragraph]
    is_found = [False] * len(words)
    for block in SequenceMatcher(None, words, body, autojunk=False).get_matching_blocks():
        is_found[block.a : block.a + block.size] = [True] * block.size
    shares, first = [], 0
    for paragraph in own:
        shares.append(sum(is_found[first : first + len(paragraph)]) / len(paragraph))
        first += len(paragraph)
    chars = sum(len(word) for word, found in zip(words, is_found, strict=True) if found)
    return shares, chars
