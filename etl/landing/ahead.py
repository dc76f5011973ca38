"""Objects that will be read next, begun while those before them are read.

What belongs here: the order, the number and the end of requests that run ahead. What does not: a
request (etl/objects/store.py).

A small object is one request, which takes far longer to be answered than the object to be read: one
after the other, ten thousand take minutes in which nothing is done.
"""

from collections import deque
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from io import BufferedReader
from types import TracebackType
from typing import BinaryIO, Self

from etl.objects.store import ListedObject, ObjectStore

AHEAD = 8
"""Objects begun at a time; of each no more is held than one piece (``BLOCK_BYTES``)."""


class Ahead:
    """The objects of ``coming``, which are opened in that order; some may be left out."""

    def __init__(self, store: ObjectStore, coming: Iterable[ListedObject]) -> None:
        self._store = store
        self._coming = deque(coming)
        self._begun: dict[ListedObject, Future[BufferedReader]] = {}
        self._pool = ThreadPoolExecutor(AHEAD, thread_name_prefix="objects")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pool.shutdown(cancel_futures=True)
        while self._begun:
            self._drop(next(iter(self._begun)))

    def open(self, listed: ListedObject) -> BinaryIO:
        """As ``ObjectStore.open``. An error that was met ahead is met again, or has passed."""
        self._begin_more()
        while listed in self._begun and next(iter(self._begun)) != listed:
            self._drop(next(iter(self._begun)))  # nobody asked for it
        begun = self._begun.pop(listed, None)
        self._begin_more()
        if begun is not None:
            try:
                return begun.result()
            except OSError:
                pass
        return self._store.open(listed)

    def _begin_more(self) -> None:
        while self._coming and len(self._begun) < AHEAD:
            one = self._coming.popleft()
            if one not in self._begun:
                self._begun[one] = self._pool.submit(_begin, self._store, one)

    def _drop(self, one: ListedObject) -> None:
        begun = self._begun.pop(one)
        if not begun.cancel() and begun.exception() is None:
            begun.result().close()


def _begin(store: ObjectStore, one: ListedObject) -> BufferedReader:
    stream = store.open(one)
    try:
        stream.peek(1)
    except OSError:
        stream.close()
        raise
    return stream
