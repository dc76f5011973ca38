"""Parquet: one row or row group at fault is rejected by itself; sizes are known beforehand."""

import io
import random
from dataclasses import replace
from datetime import UTC, datetime

import polars as pl
import pyarrow as pa
import pytest
from landed import SMALL, read, rules, table, texts
from pyarrow import parquet

from etl.landing.drops.parquet_pages import pages
from etl.landing.limits import Limits

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def not_utf8(*values: bytes) -> pa.Array:
    return pa.array(values, pa.binary()).view(pa.string())


@pytest.mark.parametrize("coded", [True, False])
def test_a_text_that_is_no_utf8_is_rejected_alone(coded: bool) -> None:
    column = not_utf8(*[b"ok %d" % number for number in range(1_500)], b"caf\xe9", b"last")
    documents = read("a.parquet", table({"text": column}, use_dictionary=coded))
    assert rules(documents) == [None] * 1_500 + ["invalid_record", None]
    assert documents[1_500].raw == b"caf\xe9"


def test_bytes_that_are_no_utf8_reach_the_decoder() -> None:
    documents = read("a.parquet", table({"text": pa.array([b"caf\xe9"], pa.binary())}))
    assert texts(documents) == [b"caf\xe9"]


@pytest.mark.parametrize(
    "column",
    [
        pa.array([0, 10**9], pa.int32()).view(pa.date32()),
        pa.array([None, EPOCH], pa.timestamp("us", tz="Mars/Olympus")),
        not_utf8(b"2024-01-02", b"\xff"),
        pa.array([None, "x" * (SMALL.record_bytes + 1)]),
    ],
    ids=["a day beyond 9999", "an unknown zone", "no UTF-8", "a record too long"],
)
def test_a_value_that_is_no_text_rejects_its_row_alone(column: pa.Array) -> None:
    documents = read("a.parquet", table({"text": ["One.", "Two."], "published_at": column}))
    assert texts(documents) == [b"One."]
    assert documents[1].raw == b"Two."


@pytest.mark.parametrize(
    "column",
    [pa.array([[7]]), pa.array([{"code": 7}]), pa.array([b"x" * 100], pa.binary(100))],
)
def test_columns_of_other_types_are_not_unpacked(column: pa.Array) -> None:
    (document,) = read("a.parquet", table({"text": ["One."], "publisher": column}))
    assert rules([document]) == ["invalid_record"]
    (document,) = read("a.parquet", table({"text": column}))
    assert rules([document]) == ["unreadable_file"]


@pytest.mark.parametrize(
    "kind",
    [pa.string(), pa.large_string(), pa.string_view(), pa.binary(), pa.large_binary()],
    ids=str,
)
def test_each_type_of_texts_is_read(kind: pa.DataType) -> None:
    column = pa.array(["One.", None, "Three."]).cast(kind)
    assert texts(read("a.parquet", table({"text": column}))) == [b"One.", b"Three."]


def test_values_keep_their_form() -> None:
    columns = {
        "text": pa.array(["One."]).dictionary_encode(),
        "title": pa.array(["caf\u00e9"]),
        "published_at": pa.array([EPOCH], pa.timestamp("us", tz="UTC")),
        "url": pa.array([7]),
    }
    (document,) = read("a.parquet", table(columns))
    assert document.given == (
        ("url", "7"),
        ("title", "caf\u00e9"),
        ("published_at", "1970-01-01 00:00:00+00:00"),
    )


def groups(*bodies: list[str], **options: object) -> bytes:
    """A row group of each list."""
    buffer = io.BytesIO()
    schema = pa.schema([("text", pa.string())])
    with parquet.ParquetWriter(buffer, schema, **options) as file:
        for body in bodies:
            file.write_table(pa.table({"text": body}, schema=schema))
    return buffer.getvalue()


@pytest.mark.parametrize("compression", ["snappy", "zstd", "gzip", "none"])
@pytest.mark.parametrize("stretch", [(0, 30), (40, 400)])
def test_a_damaged_row_group_takes_no_other_with_it(
    compression: str, stretch: tuple[int, int]
) -> None:
    bodies = [[f"{group} {number} " * 20 for number in range(50)] for group in range(3)]
    content = bytearray(
        groups(*bodies, compression=compression, use_dictionary=False, write_page_checksum=True)
    )
    start = (
        parquet.ParquetFile(io.BytesIO(content)).metadata.row_group(1).column(0).data_page_offset
    )
    start, end = start + stretch[0], start + stretch[1]
    content[start:end] = bytes(byte ^ 0x5A for byte in content[start:end])
    documents = read("a.parquet", bytes(content))
    alive = set(texts(documents))
    assert alive >= {body.encode() for body in (*bodies[0], *bodies[2])}
    assert [rule for rule in rules(documents) if rule] == ["unreadable_file"]
    rejected = next(d for d in documents if d.rejection)
    assert rejected.member == "(row group 2)"
    assert rejected.raw


def named(text: str, rows: int, *, column: str = "text") -> dict[str, object]:
    """Rows that all name one text by its number."""
    coded = pa.DictionaryArray.from_arrays(pa.array([0] * rows, pa.int32()), pa.array([text]))
    return {"text": ["a"] * rows, column: coded}


WIDE = replace(SMALL, document_bytes=10**6, record_bytes=10**6)


@pytest.mark.parametrize("column", ["text", "title"])
@pytest.mark.parametrize("by_arrow", [True, False])
def test_a_text_named_too_often_rejects_its_row_group_and_names_the_limit(
    column: str, by_arrow: bool
) -> None:
    columns = named("x" * 10**6, 2_000, column=column)
    if not by_arrow:
        columns[column] = columns[column].dictionary_decode()  # type: ignore[attr-defined]
        columns[column] = columns[column].slice(0, 150)
        columns["text"] = columns["text"][:150]  # type: ignore[index]
    content = table(columns, compression="zstd", dictionary_pagesize_limit=2**26)
    assert len(content) < 100_000
    documents = read("a.parquet", content, limits=WIDE)
    assert rules(documents) == ["too_large"]
    assert "DATELINE_PACKING_RATIO" in str(documents[0].rejection)


def test_texts_coded_by_what_they_repeat_are_counted() -> None:
    content = table(
        {"text": ["x" * 10**6] * 150},
        compression="zstd",
        use_dictionary=False,
        column_encoding={"text": "DELTA_BYTE_ARRAY"},
    )
    documents = read("a.parquet", content, limits=WIDE)
    assert rules(documents) == ["too_large"]


def test_a_page_is_measured_before_it_is_unpacked() -> None:
    content = table({"text": ["x" * 5_000] * 40}, use_dictionary=False, write_batch_size=1_000)
    documents = read("a.parquet", content)
    assert rules(documents) == ["too_large"]
    assert "DATELINE_RECORD_BYTES" in str(documents[0].rejection)


@pytest.mark.parametrize("version", ["1.0", "2.0"])
@pytest.mark.parametrize("coded", [True, False])
def test_pages_are_found_whatever_their_version(version: str, coded: bool) -> None:
    content = table(
        {"text": [f"{number} " * 50 for number in range(3_000)]},
        use_dictionary=coded,
        data_page_version=version,
        write_statistics=True,
        data_page_size=10_000,
    )
    file = parquet.ParquetFile(io.BytesIO(content))
    chunk = file.metadata.row_group(0).column(0)
    start = chunk.dictionary_page_offset or chunk.data_page_offset
    found = list(pages(io.BytesIO(content), start, start + chunk.total_compressed_size))
    data = [page for page in found if not page.is_dictionary]
    assert sum(page.value_count for page in data) == 3_000
    assert any(page.names_values for page in data) == coded
    assert sum(p.unpacked_bytes for p in found) <= chunk.total_uncompressed_size


def test_a_file_by_polars_is_read() -> None:
    buffer = io.BytesIO()
    bodies = [f"{number} " * 50 for number in range(3_000)]
    pl.DataFrame({"text": bodies, "title": bodies}).write_parquet(buffer, row_group_size=1_000)
    documents = read("a.parquet", buffer.getvalue(), limits=Limits())
    assert texts(documents) == [body.encode() for body in bodies]
    assert documents[-1].member == "3000"


def test_a_footer_over_the_limit_of_a_record_is_not_held() -> None:
    content = table({f"column {number}": [1] for number in range(300)} | {"text": ["One."]})
    (document,) = read("a.parquet", content)
    assert rules([document]) == ["too_large"]


@pytest.mark.parametrize("seed", range(60))
def test_any_damage_ends_in_rejected_documents(seed: int) -> None:
    choose = random.Random(seed)
    content = bytearray(groups(["One."] * 30, ["Two."] * 30, compression="zstd"))
    for _ in range(choose.randint(1, 6)):
        content[choose.randrange(len(content))] = choose.randrange(256)
    assert read("a.parquet", bytes(content))
