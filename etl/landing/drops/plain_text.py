"""A file that is one document: the text of a page.

What belongs here: taking the whole file as a document. What does not: its encoding
(etl/decode.py).
"""

from collections.abc import Iterator

from etl.landing.drops.budget import read_up_to
from etl.landing.drops.documents import Document
from etl.landing.drops.opened import Opened


def read_text(opened: Opened) -> Iterator[Document]:
    """The one document, a byte longer than allowed where the file is."""
    yield Document(raw=read_up_to(opened.stream, opened.limits.document_bytes + 1))
