"""Requests that run ahead of the reading: side by side, in order, and none left behind."""

import io
import threading
from collections.abc import Iterator

import pytest

from etl.landing.ahead import AHEAD, Ahead
from etl.objects.faults import UnansweredError
from etl.objects.store import ListedObject


class Store:
    """Counts what is open, and notes what was asked for; ``fails`` are keys that can't be read."""

    def __init__(self, *fails: str) -> None:
        self.fails = fails
        self.asked: list[str] = []
        self.streams: list[io.BufferedReader] = []
        self.meeting: threading.Barrier | None = None

    def open(self, listed: ListedObject) -> io.BufferedReader:
        self.asked.append(listed.key)
        if self.meeting:
            self.meeting.wait(timeout=10)
        if listed.key in self.fails:
            raise UnansweredError(110, "timed out")
        stream = io.BufferedReader(io.BytesIO(listed.key.encode()))  # type: ignore[arg-type]
        self.streams.append(stream)
        return stream


def objects(count: int) -> list[ListedObject]:
    return [ListedObject(f"{number:03}.txt", 7, "tag", 0) for number in range(count)]


def read(ahead: Ahead, wanted: list[ListedObject]) -> Iterator[str]:
    for one in wanted:
        with ahead.open(one) as stream:
            yield stream.read().decode()


def test_each_object_is_asked_for_once_and_read_in_order() -> None:
    store, wanted = Store(), objects(50)
    with Ahead(store, wanted) as ahead:  # type: ignore[arg-type]
        assert list(read(ahead, wanted)) == [one.key for one in wanted]
    assert sorted(store.asked) == [one.key for one in wanted]


def test_requests_run_side_by_side() -> None:
    """They all wait for one another: of fewer at a time the barrier would break."""
    store, wanted = Store(), objects(AHEAD)
    store.meeting = threading.Barrier(AHEAD)
    with Ahead(store, wanted) as ahead:  # type: ignore[arg-type]
        assert len(list(read(ahead, wanted))) == AHEAD


@pytest.mark.parametrize("wanted", [[7], [0, 40], [3, 2, 1], [], [49]])
def test_what_nobody_asks_for_is_closed(wanted: list[int]) -> None:
    store, coming = Store(), objects(50)
    with Ahead(store, coming) as ahead:  # type: ignore[arg-type]
        chosen = [coming[number] for number in wanted]
        assert list(read(ahead, chosen)) == [one.key for one in chosen]
    assert all(stream.closed for stream in store.streams)


def test_an_error_is_met_where_its_object_is_opened() -> None:
    store, wanted = Store("002.txt"), objects(5)
    with Ahead(store, wanted) as ahead:  # type: ignore[arg-type]
        assert list(read(ahead, wanted[:2])) == ["000.txt", "001.txt"]
        with pytest.raises(UnansweredError):
            ahead.open(wanted[2])
        assert list(read(ahead, wanted[3:])) == ["003.txt", "004.txt"]
    assert store.asked.count("002.txt") == 2
