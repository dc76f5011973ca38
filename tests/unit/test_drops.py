"""File formats of drops: every document comes out, every fault is a rejected document."""

import errno
import gzip
import io
import json
import tracemalloc
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime

import polars as pl
import pyarrow as pa
import pytest
from pyarrow import parquet as pq

from etl.landing.drops import Document, read_documents, sidecar_of, suffix_of

MAX_BYTES = 10_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def read(name: str, content: bytes, sidecar: bytes | None = None) -> list[Document]:
    return list(read_documents(name, io.BytesIO(content), sidecar, max_bytes=MAX_BYTES))


def rules(documents: Sequence[Document]) -> list[str | None]:
    return [document.rejection.rule if document.rejection else None for document in documents]


def lines(*records: object) -> bytes:
    return "\n".join(json.dumps(record) for record in records).encode()


def zipped(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return buffer.getvalue()


def parquet(**columns: list[str]) -> bytes:
    buffer = io.BytesIO()
    pl.DataFrame(columns).write_parquet(buffer)
    return buffer.getvalue()


def dated_parquet(published_at: pa.Array) -> bytes:
    buffer = io.BytesIO()
    texts = pa.array(["One."] * len(published_at))
    pq.write_table(pa.table({"text": texts, "published_at": published_at}), buffer)
    return buffer.getvalue()


def damaged_lzma_zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("in.txt", b"One. " * 200)
    content = buffer.getvalue()
    return content[:45] + bytes(30) + content[75:]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", b"One."),
        ("A.TXT", b"One."),
        ("a.txt.gz", gzip.compress(b"One.")),
        ("a.jsonl", lines({"text": "One."})),
        ("a.jsonl.gz", gzip.compress(lines({"text": "One."}))),
        ("a.csv", b"title,text\nT,One.\n"),
        ("a.parquet", parquet(text=["One."])),
        ("a.zip", zipped(in__txt=b"One.")),
        ("a.zip", zipped(in__jsonl=lines({"text": "One."}))),
    ],
)
def test_each_format_gives_its_document(name: str, content: bytes) -> None:
    documents = read(name, content)
    assert [document.raw for document in documents] == [b"One."]
    assert rules(documents) == [None]


def test_members_are_named_by_line_row_or_path() -> None:
    assert [
        d.member for d in read("a.jsonl", lines({"text": "1"}) + b"\n\n" + lines({"text": "3"}))
    ] == [
        "1",
        "3",
    ]
    archive = zipped(x__jsonl=lines({"text": "1"}, {"text": "2"}), y__txt=b"3")
    assert [d.member for d in read("a.zip", archive)] == ["x.jsonl#1", "x.jsonl#2", "y.txt"]


def test_given_fields_come_with_the_document() -> None:
    record = {"text": "One.", "publisher": "Daily", "published_at": "2024-01-02", "views": 3}
    assert read("a.jsonl", lines(record))[0].given == (
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
    archive = zipped(a__txt=b"One.", a__json=b'{"title": "T"}')
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
    documents = read("a.jsonl", lines({"text": "1"}) + b"\n" + line + b"\n" + lines({"text": "3"}))
    assert rules(documents) == [None, "invalid_record", None]
    assert documents[1].raw.strip() == line


def test_the_key_that_is_no_text_is_named() -> None:
    (document,) = read("a.jsonl", lines({"text": "a", "url": "x", "publisher": {"name": "Daily"}}))
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
        ("a.parquet", parquet(body=["no text column"])),
        ("a.csv", b"body\nno text column\n"),
        ("a.csv", b""),
        ("a.csv", b"x" * (MAX_BYTES + 1) + b"\n1\n"),
        ("a.parquet", dated_parquet(pa.array([10**9], pa.int32()).view(pa.date32()))),
        ("a.parquet", dated_parquet(pa.array([EPOCH], pa.timestamp("us", tz="Mars/Olympus")))),
        ("a.zip", damaged_lzma_zip()),
        ("a.zip", zipped(inner__zip=b"PK")),
        ("a.zip", zipped(in__txt__gz=b"no gzip")),
    ],
)
def test_an_unreadable_file_is_one_rejected_document(name: str, content: bytes) -> None:
    assert rules(read(name, content)) == ["unreadable_file"]


def test_what_was_read_before_a_fault_is_kept() -> None:
    whole = gzip.compress(lines(*({"text": f"{n} " * 50} for n in range(400))), compresslevel=1)
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
            list(read_documents(name, Stale(), None, max_bytes=MAX_BYTES))


def test_bytes_of_a_csv_that_are_no_utf8_reach_the_decoder() -> None:
    assert read("a.csv", b"text\ncaf\xe9\n")[0].raw == b"caf\xe9"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", b"x" * (MAX_BYTES + 1)),
        ("a.txt.gz", gzip.compress(b"x" * (MAX_BYTES * 50))),
        ("a.jsonl", b"x" * (MAX_BYTES * 3) + b"\n" + lines({"text": "2"})),
        ("a.parquet", parquet(text=["x" * (MAX_BYTES + 1), "2"])),
        ("a.zip", zipped(in__txt=b"x" * (MAX_BYTES * 50))),
    ],
)
def test_a_document_over_the_limit_is_rejected_and_cut(name: str, content: bytes) -> None:
    documents = read(name, content)
    assert rules(documents)[0] == "too_large"
    assert len(documents[0].raw) == MAX_BYTES
    assert rules(documents)[1:] == [None] * (len(documents) - 1)


@pytest.mark.parametrize("chars", [MAX_BYTES - 1, MAX_BYTES, MAX_BYTES + 1])
def test_a_line_about_as_long_as_the_limit_takes_no_other_with_it(chars: int) -> None:
    long = lines({"text": "x" * (chars - len(lines({"text": ""})))})
    documents = read("a.jsonl", long + b"\n" + lines({"text": "2"}, {"text": "3"}))
    assert rules(documents) == ["too_large" if chars > MAX_BYTES else None, None, None]


def test_a_vast_text_in_a_small_archive_is_not_unpacked_whole() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("in.txt", bytes(2**24))
    tracemalloc.start()
    try:
        assert rules(read("a.zip", buffer.getvalue())) == ["too_large"]
        assert tracemalloc.get_traced_memory()[1] < 2**21
    finally:
        tracemalloc.stop()


def test_the_longest_suffix_decides() -> None:
    assert suffix_of("a.jsonl.gz") == ".jsonl.gz"
    assert suffix_of("a.json") is None
    assert suffix_of("a.gz") is None
