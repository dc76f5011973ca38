"""Readers of the open corpora: their files as sentences of words with spans, labels untouched.

What belongs here: the file formats. What does not: the meaning of their labels (repairs) and the
mapping to ours (convert). docs/entity-model.md has sources and licences.
"""

import csv
import io
import lzma
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words, and spans over them: (first, past the last, label of the corpus)."""

    words: tuple[str, ...]
    spans: tuple[tuple[int, int, str], ...]


def spans_of_tags(tags: Iterable[str]) -> tuple[tuple[int, int, str], ...]:
    """Spans of IOB tags; a lone ``I-`` opens a span as well (CoNLL 2003's older scheme)."""
    spans: list[tuple[int, int, str]] = []
    for index, tag in enumerate(tags):
        prefix, _, label = tag.partition("-")
        if prefix == "I" and spans and spans[-1][1] == index and spans[-1][2] == label:
            spans[-1] = (spans[-1][0], index + 1, label)
        elif prefix in ("B", "I"):
            spans.append((index, index + 1, label))
    return tuple(spans)


def make_sentence(tokens: list[tuple[str, str]]) -> Sentence:
    return Sentence(tuple(word for word, _ in tokens), spans_of_tags(tag for _, tag in tokens))


def read_columns(path: Path, *, word: int = 0, tag: int = -1) -> Iterator[Sentence]:
    """CoNLL-like files: a token a line, an empty line between sentences, ``#`` comments."""
    tokens: list[tuple[str, str]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = line.split()
        if line.startswith("# ") or len(fields) > 1:
            if not line.startswith("# "):
                tokens.append((fields[word], fields[tag]))
        elif tokens:
            yield make_sentence(tokens)
            tokens = []
    if tokens:
        yield make_sentence(tokens)


def read_gmb(path: Path) -> Iterator[Sentence]:
    """The Groningen Meaning Bank's CSV: bytes are Latin-1, the first column opens a sentence."""
    with lzma.open(path) as packed:
        rows = csv.reader(io.TextIOWrapper(packed, encoding="latin-1", newline=""))
        next(rows)
        tokens: list[tuple[str, str]] = []
        for opening, word, _, tag in rows:
            if opening and tokens:
                yield make_sentence(tokens)
                tokens = []
            if word.strip():
                tokens.append((word.strip(), tag))
    if tokens:
        yield make_sentence(tokens)
