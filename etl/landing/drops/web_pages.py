"""A file that is one page of HTML.

What belongs here: taking the whole file as a page. What does not: its encoding (etl/decode.py)
and what stands in it (etl/parse/web_page.py).
"""

from collections.abc import Iterator
from dataclasses import replace

from etl.landing.drops.documents import HTML, Document
from etl.landing.drops.opened import Opened
from etl.landing.drops.plain_text import read_text


def read_html(opened: Opened) -> Iterator[Document]:
    """The one page, a byte longer than allowed where the file is."""
    for document in read_text(opened):
        yield replace(document, media_type=HTML)
