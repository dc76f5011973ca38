"""A file of another kind, packed by gzip.

What belongs here: unpacking under the budget. What does not: what is packed.
"""

import gzip
from collections.abc import Iterator
from dataclasses import replace

from etl.landing.drops.budget import counted
from etl.landing.drops.documents import Document
from etl.landing.drops.opened import Opened, Reader


def gunzipped(reader: Reader) -> Reader:
    """A reader of files that ``reader`` could read, were they not packed."""

    def read(opened: Opened) -> Iterator[Document]:
        budget = opened.budget.of_member(opened.budget.packed_bytes)
        with gzip.open(opened.stream) as unpacked, counted(unpacked, budget) as stream:
            yield from reader(replace(opened, stream=stream, budget=budget))

    return read
