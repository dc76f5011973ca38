"""Places where raw files land: a folder, or a bucket of object storage.

What belongs here: what a claim asks of either. What does not: how a folder (tree.py) and a bucket
(bucket.py) do it.
"""

from contextlib import AbstractContextManager
from typing import BinaryIO, Protocol

import polars as pl

from etl.landing.tree import State


class OpenPlace(Protocol):
    """A place while its files are read, by their paths.

    ``is_slow_to_seek``: a reader that goes to and fro in a file takes a copy of it first.
    """

    @property
    def is_slow_to_seek(self) -> bool: ...

    def open_file(self, path: bytes, listed: State) -> BinaryIO:
        """The file, to be read and sought; it is the one that was listed.

        Raises:
            SwappedError: it is another by now.
            OSError: it cannot be opened.
        """
        ...

    def check_unchanged(self, path: bytes, stream: BinaryIO, listed: State) -> None:
        """Raise SwappedError or OSError where it became another one while it was read."""
        ...


class Place(Protocol):
    """Where files were listed; what is opened is closed by whoever asked for it."""

    def opened(self, files: pl.DataFrame) -> AbstractContextManager[OpenPlace]:
        """For reading ``files`` of a scan, in their order, each before its sidecar.

        Raises:
            OSError: a folder that cannot be opened.
            LandingError: nobody answers any more, at the end of whatever is done within.
        """
        ...
