"""File formats of drops: every document comes out, every fault is a rejected document."""

import errno
import gzip
import io
import json
import tracemalloc
import zipfile
from dataclasses import replace

import pytest
from landed import SMALL, json_lines, read, rules, table, zipped

from etl.landing.drops import read_documents, sidecar_of, suffix_of

MAX_BYTES = SMALL.document_bytes


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", b"One."),
        ("A.TXT", b"One."),
        ("a.txt.gz", gzip.compress(b"One.")),
        ("a.jsonl", json_lines({"text": "One."})),
        ("a.jsonl.gz", gzip.compress(json_lines({"text": "One."}))),
        ("a.csv", b"title,text\nT,One.\n"),
        ("a.parquet", table({"text": ["One."]})),
        ("a.zip", zipped({"in.txt": b"One."})),
        ("a.zip", zipped({"in.jsonl": json_lines({"text": "One."})})),
    ],
)
def test_each_format_gives_its_document(name: str, content: bytes) -> None:
    documents = read(name, content)
    assert [document.raw for document in documents] == [b"One."]
    assert rules(documents) == [None]


def test_members_are_named_by_line_row_or_path() -> None:
    assert [
        d.member
        for d in read("a.jsonl", json_lines({"text": "1"}) + b"\n\n" + json_lines({"text": "3"}))
    ] == [
        "1",
        "3",
    ]
    archive = zipped({"x.jsonl": json_lines({"text": "1"}, {"text": "2"}), "y.txt": b"3"})
    assert [d.member for d in read("a.zip", archive)] == ["x.jsonl#1", "x.jsonl#2", "y.txt"]


def test_given_fields_come_with_the_document() -> None:
    record = {"text": "One.", "publisher": "Daily", "published_at": "2024-01-02", "views": 3}
    assert read("a.jsonl", json_lines(record))[0].given == (
        ("publisher", "Daily"),
        ("published_at", "2024-01-02"),
    )


def test_namibia_is_not_nothing() -> None:
    assert read("a.csv", b"text,publisher\nOne.,NA\n")[0].given == (("publisher", "NA"),)


def test_a_sidecar_stands_beside_a_text_and_in_archives() -> None:
    assert sidecar_of("a.txt.gz") == "a.json"
    assert sidecar_of("a.jsonl") is None
    given = (("title", "T"),)
    assert read("a.txt", b"One.", b'{"title": "T"}')[0].given == given
    archive = zipped({"a.txt": b"One.", "a.json": b'{"title": "T"}'})
    assert [document.given for document in read("a.zip", archive)] == [given]


def test_hidden_members_are_passed_over() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in ("quay.txt", "__MACOSX/._quay.txt", ".git/x.txt", "in/.y.jsonl", "../up.txt"):
            archive.writestr(name, b"One.")
    assert [d.member for d in read("a.zip", buffer.getvalue())] == ["../up.txt", "quay.txt"]


@pytest.mark.parametrize("sidecar", [b"{", b"[1]", b'{"title": ["T"]}', b"\xff\xfe", b"[" * 5000])
def test_a_broken_sidecar_rejects_its_text_and_keeps_it(sidecar: bytes) -> None:
    documents = read("a.txt", b"One.", sidecar)
    assert rules(documents) == ["invalid_sidecar"]
    assert documents[0].raw == b"One."


@pytest.mark.parametrize(
    "line",
    [
        b"{",
        b"[]",
        b'"text"',
        b"{}",
        b'{"text": null}',
        b'{"text": 7}',
        b'{"text": "a", "url": {}}',
        b'{"text": "\xff"}',
        b"[" * 5000,
    ],
)
def test_a_broken_line_is_one_rejected_document(line: bytes) -> None:
    documents = read(
        "a.jsonl", json_lines({"text": "1"}) + b"\n" + line + b"\n" + json_lines({"text": "3"})
    )
    assert rules(documents) == [None, "invalid_record", None]
    assert documents[1].raw.strip() == line


def test_the_key_that_is_no_text_is_named() -> None:
    (document,) = read(
        "a.jsonl", json_lines({"text": "a", "url": "x", "publisher": {"name": "Daily"}})
    )
    assert document.rejection is not None
    assert document.rejection.detail == "expected a text in 'publisher', found dict"


def test_half_a_surrogate_pair_does_not_stop_a_drop() -> None:
    assert read("a.jsonl", b'{"text": "a\\ud800b"}')[0].raw == b"a?b"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt.gz", b"no gzip"),
        ("a.txt.gz", gzip.compress(b"One." * 100)[:-20]),
        ("a.zip", b"PK no zip"),
        ("a.parquet", b"PAR1 no parquet"),
        ("a.parquet", table({"remark": ["no text column"]})),
        ("a.csv", b"remark\nno text column\n"),
        ("a.csv", b""),
        ("a.zip", zipped({"inner.zip": b"PK"})),
        ("a.zip", zipped({"in.txt.gz": b"no gzip"})),
    ],
)
def test_an_unreadable_file_is_one_rejected_document(name: str, content: bytes) -> None:
    assert rules(read(name, content)) == ["unreadable_file"]


def test_what_was_read_before_a_fault_is_kept() -> None:
    whole = gzip.compress(
        json_lines(*({"text": f"{n} " * 50} for n in range(400))), compresslevel=1
    )
    documents = read("a.jsonl.gz", whole[: len(whole) // 2])
    assert len(documents) > 2
    assert rules(documents)[-1] == "unreadable_file"
    assert rules(documents)[0] is None


def test_a_fault_of_the_disk_is_not_the_files() -> None:
    class Stale(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError(errno.ESTALE, "stale file handle")

        def readline(self, size: int | None = -1) -> bytes:
            return self.read(size)

    for name in ("a.txt", "a.jsonl", "a.txt.gz"):
        with pytest.raises(OSError, match="stale"):
            list(read_documents(name, Stale(), limits=SMALL))


def test_bytes_of_a_csv_that_are_no_utf8_reach_the_decoder() -> None:
    assert read("a.csv", b"text\ncaf\xe9\n")[0].raw == b"caf\xe9"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", b"x" * (MAX_BYTES + 1)),
        ("a.txt.gz", gzip.compress(b"x" * (MAX_BYTES * 50))),
        ("a.jsonl", b"x" * (MAX_BYTES * 3) + b"\n" + json_lines({"text": "2"})),  # its line
        ("a.parquet", table({"text": ["x" * (MAX_BYTES + 1), "2"]})),
        ("a.zip", zipped({"in.txt": b"x" * (MAX_BYTES * 50)})),
    ],
)
def test_a_document_over_the_limit_is_rejected_and_cut(name: str, content: bytes) -> None:
    documents = read(name, content)
    assert rules(documents)[0] == ("too_large" if name == "a.jsonl" else "too_long")
    assert len(documents[0].raw) == MAX_BYTES
    assert rules(documents)[1:] == [None] * (len(documents) - 1)


@pytest.mark.parametrize("chars", [MAX_BYTES - 1, MAX_BYTES, MAX_BYTES + 1])
def test_a_line_about_as_long_as_the_limit_takes_no_other_with_it(chars: int) -> None:
    long = json_lines({"text": "x" * (chars - len(json_lines({"text": ""})))})
    documents = read("a.jsonl", long + b"\n" + json_lines({"text": "2"}, {"text": "3"}))
    assert rules(documents) == ["too_large" if chars > MAX_BYTES else None, None, None]


def test_a_vast_text_in_a_small_archive_is_not_unpacked_whole() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("in.txt", bytes(2**24))
    tracemalloc.start()
    try:
        assert rules(read("a.zip", buffer.getvalue())) == ["too_long"]
        assert tracemalloc.get_traced_memory()[1] < 2**21
    finally:
        tracemalloc.stop()


def test_a_sidecar_over_the_limit_of_a_record_rejects_its_text_and_keeps_it() -> None:
    (document,) = read("a.txt", b"One.", b'{"title": "' + b"x" * SMALL.record_bytes + b'"}')
    assert document.raw == b"One."
    assert document.rejection is not None
    assert "DATELINE_RECORD_BYTES" in document.rejection.detail


@pytest.mark.parametrize("chars", [90, 96, 97])
def test_what_comes_with_a_text_counts_as_text(chars: int) -> None:
    sidecar = json.dumps({"title": "x" * chars}).encode()
    (document,) = read("a.txt", b"One.", sidecar, limits=replace(SMALL, document_bytes=100))
    is_too_long = chars > 96
    assert rules([document]) == ["too_long" if is_too_long else None]
    assert document.raw == b"One."
    assert bool(document.given) != is_too_long


def test_a_record_of_very_many_values_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.landing.drops.documents.MOST_VALUES", 50)
    many = b'{"text": "a", "more": [' + b"{}," * 60 + b"{}]}"
    prose = json_lines({"text": "one, two, [three], {four} " * 40})
    documents = read("a.jsonl", b"\n".join([many, prose, json_lines({"text": "z"})]))
    assert rules(documents) == ["invalid_record", None, None]


def test_the_longest_suffix_decides() -> None:
    assert suffix_of("a.jsonl.gz") == ".jsonl.gz"
    assert suffix_of("a.json") == ".json"
    assert suffix_of("a.json.txt") == ".txt"
    assert suffix_of("a.gz") is None
