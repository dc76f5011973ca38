"""Files of JSON: one record, lists of any length, a record a line."""

import gzip
import io
import json
import tracemalloc
from collections.abc import Iterator

import pytest
from landed import SMALL, json_lines, read, rules, texts, zipped

from etl.landing.drops import read_documents
from etl.landing.drops.budget import PIECE_BYTES
from etl.landing.limits import Limits

HARD = ["", 'quo"te', "back\\", 'both\\"', "[{,}]", "ü" * 40, "\\" * 7]


def test_one_record_has_no_member() -> None:
    (document,) = read("a.json", b'\xef\xbb\xbf {\n "text": "One."\n}\n')
    assert (document.raw, document.member) == (b"One.", None)


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("filler", range(12))
def test_a_list_is_taken_apart_wherever_a_piece_ends(indent: int | None, filler: int) -> None:
    """Bytes before the list shift what stands at the end of the first piece."""
    records = [{"text": "x" + value * 900, "n": [{"a": value}]} for value in HARD]
    content = b" " * filler + json.dumps(records, indent=indent, ensure_ascii=False).encode()
    content = b" " * (PIECE_BYTES - len(content) % PIECE_BYTES - filler * 7 % 500) + content
    limits = Limits()
    assert texts(read("a.json", content, limits=limits)) == [r["text"].encode() for r in records]


def test_a_record_a_line_is_read_under_the_ending_of_json_too() -> None:
    assert texts(read("a.json", json_lines({"text": "1"}, {"text": "2"}))) == [b"1", b"2"]


@pytest.mark.parametrize("name", ["a.json.gz", "a.ndjson.gz"])
def test_packed_files_are_read(name: str) -> None:
    assert texts(read(name, gzip.compress(json_lines({"text": "1"})))) == [b"1"]


def test_a_bad_item_is_rejected_alone() -> None:
    documents = read("a.json", b'[{"text": "1"}, {"text": }, 7, {"text": "4"}]')
    assert rules(documents) == [None, "invalid_record", "invalid_record", None]
    assert [document.member for document in documents] == ["1", "2", "3", "4"]


def test_an_item_that_is_too_long_is_rejected_alone() -> None:
    long = {"text": "x" * (SMALL.record_bytes + 1)}
    documents = read("a.json", json.dumps([{"text": "1"}, long, {"text": "3"}]).encode())
    assert rules(documents) == [None, "too_large", None]


def test_a_list_that_is_cut_off_keeps_what_came_before() -> None:
    documents = read("a.json", b'[{"text": "1"}, {"text": "2')
    assert rules(documents) == [None, "unreadable_file"]


@pytest.mark.parametrize("content", [b"", b"{", b"7", b'{"text": "a"} x', b"{" * 9_000])
def test_a_broken_file_is_one_rejected_document(content: bytes) -> None:
    assert rules(read("a.json", content)) == ["invalid_record"]


def test_an_empty_list_has_no_documents() -> None:
    assert read("a.json", b"[]") == []


def test_a_list_takes_memory_of_its_items_not_of_its_length() -> None:
    class Endless(io.RawIOBase):
        """A list of 4 MB."""

        def __init__(self) -> None:
            self._pieces = self._made()
            self._rest = b""

        def _made(self) -> Iterator[bytes]:
            yield b"["
            for _ in range(2_000):
                yield json.dumps({"text": "x" * 2_000}).encode() + b","
            yield b"{}]"

        def readable(self) -> bool:
            return True

        def seekable(self) -> bool:
            return True

        def seek(self, offset: int, whence: int = 0) -> int:
            if whence == 0 and offset == 0:
                self.__init__()  # type: ignore[misc]
            return 4_000_000 if whence == 2 else 0

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            while len(self._rest) < len(buffer) and (piece := next(self._pieces, b"")):
                self._rest += piece
            count = min(len(buffer), len(self._rest))
            buffer[:count], self._rest = self._rest[:count], self._rest[count:]
            return count

    tracemalloc.start()
    count = sum(1 for _ in read_documents("a.json", Endless(), limits=Limits()))  # type: ignore[arg-type]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 2_001
    assert peak < 2 * 2**20


def test_in_an_archive_a_record_is_a_document_and_a_sidecar_is_none() -> None:
    members = {"a.txt": b"One.", "a.json": b'{"title": "T"}', "b.json": b'{"text": "Two."}'}
    documents = read("a.zip", zipped(members))
    assert texts(documents) == [b"One.", b"Two."]
    assert documents[0].given == (("title", "T"),)
