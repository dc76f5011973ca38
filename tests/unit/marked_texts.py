"""Texts in which a model's guesses are marked: ``The [Velatec|PERSON] paid.``

What belongs here: reading such texts by the whole extraction. What does not: the tests.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from etl.extract import Extractor
from etl.extract.golden import read_marks
from etl.extract.mentions import Mention
from etl.extract.passes import PASSES
from tests.golden.readings import Document, Span, Vocabulary


@dataclass
class Marked:
    """A model that finds in each field what is marked there."""

    spans: dict[str, list[Span]]
    vocab: Vocabulary = field(default_factory=Vocabulary)

    def pipe(self, pairs: Iterable[tuple[str, Any]], **_: object) -> Iterator[tuple[Document, Any]]:
        for _text, piece in pairs:
            yield Document(self.spans[piece.field]), piece


def read_marked(
    extractor: Extractor, body: str, title: str | None = None, dateline: str | None = None
) -> list[Mention]:
    """The mentions of an English article, its marks in place of the extractor's model.

    Without the last pass: its scores are those of the shipped model, not of marks.
    """
    marked = {"title": title, "dateline": dateline, "body": body}
    plain = {name: read_marks(text or "") for name, text in marked.items()}
    spans = {
        name: [Span(start, end, label) for start, end, label, _ in found]
        for name, (_, found) in plain.items()
    }
    row = {name: text or None for name, (text, _) in plain.items()}
    reader = Extractor(extractor.gazetteer, Marked(spans), "", passes=PASSES[:-1])
    return next(iter(reader.find_mentions([{**row, "language_code": "en"}])))
