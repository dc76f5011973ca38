"""Files that come to much more than there is memory for, most of them small while packed.

What belongs here: one function per shape, which writes it into a landing folder. What does not:
what a claim makes of it (claim_memory.py).

Sizes are in MiB, unpacked. Where a kind of file allows it, sound documents ("One.", "Two.") lie
before and behind the bomb: they must come out.
"""

import gzip
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from etl.landing.limits import Limits

MIB = 2**20


def _sparse(path: Path, before: bytes, mebibytes: int, behind: bytes = b"") -> None:
    """NULs that take no room on disk, between two texts."""
    with path.open("wb") as file:
        file.write(before)
        file.seek(mebibytes * MIB)
        file.write(behind or b"\0")


def csv_line(folder: Path, mebibytes: int) -> None:
    _sparse(folder / "a.csv", b"text,url\nOne.,u\n", mebibytes, b"\nTwo.,u\n")


def csv_header(folder: Path, mebibytes: int) -> None:
    _sparse(folder / "a.csv", b"text,", mebibytes)


def csv_quoted_line(folder: Path, mebibytes: int) -> None:
    _sparse(folder / "a.csv", b'text,url\nOne.,u\n"', mebibytes, b'",u\nTwo.,u\n')


def csv_open_quote(folder: Path, mebibytes: int) -> None:
    """Behind it short rows without a quote, each of them sound."""
    rows = (b"Two of many. " * 300 + b",u\n") * 256
    with (folder / "a.csv").open("wb") as file:
        file.write(b'text,url\nOne.,u\n"Broken,u\n')
        for _ in range(mebibytes):
            file.write(rows)


def csv_fields(folder: Path, mebibytes: int) -> None:
    """A row of a few bytes a field: each field takes twenty times as many in memory."""
    with (folder / "a.csv").open("wb") as file:
        file.write(b"text,url\nOne.,u\n")
        for _ in range(mebibytes):
            file.write(b"ab,c" * (MIB // 4))
        file.write(b"\nTwo.,u\n")


def jsonl_line(folder: Path, mebibytes: int) -> None:
    _sparse(folder / "a.jsonl", b'{"text": "One."}\n', mebibytes, b'\n{"text": "Two."}\n')


def jsonl_values(folder: Path, mebibytes: int) -> None:
    """Lines that are within the limit of a record, of millions of empty objects each."""
    line = b'{"text": "a", "more": [' + b"{}," * (10 * MIB) + b"{}]}\n"
    with (folder / "a.jsonl").open("wb") as file:
        file.write(b'{"text": "One."}\n')
        for _ in range(max(1, mebibytes // 30)):
            file.write(line)
        file.write(b'{"text": "Two."}\n')


def gzip_text(folder: Path, mebibytes: int) -> None:
    _gzip(folder / "a.txt.gz", bytes(MIB), mebibytes)


def gzip_line(folder: Path, mebibytes: int) -> None:
    _gzip(folder / "a.jsonl.gz", bytes(MIB), mebibytes)


def gzip_short_lines(folder: Path, mebibytes: int) -> None:
    line = b'{"text": "' + b"One of many. " * 300 + b'"}\n'
    _gzip(folder / "a.jsonl.gz", line * 256, mebibytes)


def _gzip(path: Path, piece: bytes, count: int) -> None:
    with gzip.open(path, "wb", compresslevel=6) as file:
        for _ in range(count):
            file.write(piece)


def zip_deflated(folder: Path, mebibytes: int) -> None:
    _zip(folder / "a.zip", zipfile.ZIP_DEFLATED, mebibytes, ("a.txt", "b.jsonl", "d.csv"))


def zip_sidecar(folder: Path, mebibytes: int) -> None:
    _zip(folder / "a.zip", zipfile.ZIP_DEFLATED, mebibytes, ("c.json",))


def zip_table(folder: Path, mebibytes: int) -> None:
    """No table at all, which shows when its end is looked for."""
    _zip(folder / "a.zip", zipfile.ZIP_DEFLATED, mebibytes, ("e.parquet",))


def zip_bzip2(folder: Path, mebibytes: int) -> None:
    _zip(folder / "a.zip", zipfile.ZIP_BZIP2, mebibytes, ("b.jsonl",))


def zip_lzma(folder: Path, mebibytes: int) -> None:
    _zip(folder / "a.zip", zipfile.ZIP_LZMA, mebibytes, ("b.jsonl",))


def _zip(path: Path, method: int, mebibytes: int, names: tuple[str, ...]) -> None:
    """Zeros in the members named; "c.json" is the sidecar of a text."""
    with zipfile.ZipFile(path, "w", method, compresslevel=6) as file:
        file.writestr("0.txt", "One.")
        for name in names:
            _add_zeros(file, name, mebibytes)
        file.writestr("c.txt", "A text.")
        file.writestr("z.txt", "Two.")


def zip_members(folder: Path, mebibytes: int) -> None:
    """Members of just the size that a document may have."""
    with zipfile.ZipFile(folder / "a.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=6) as file:
        file.writestr("0.txt", "One.")
        each = Limits().document_bytes // MIB
        for number in range(max(1, mebibytes // each)):
            _add_zeros(file, f"{number:04d}.txt", each)


def _add_zeros(file: zipfile.ZipFile, name: str, mebibytes: int) -> None:
    member = zipfile.ZipInfo(name)
    member.compress_type = file.compression
    with file.open(member, "w", force_zip64=True) as stream:
        for _ in range(mebibytes):
            stream.write(bytes(MIB))


def zip_names(folder: Path, mebibytes: int) -> None:
    """Empty members: all there is is their directory, a hundred bytes each."""
    with zipfile.ZipFile(folder / "a.zip", "w") as file:
        for number in range(mebibytes * 200):
            file.writestr(f"{number:09d}{'x' * 60}.md", b"")


def parquet_named_text(folder: Path, mebibytes: int) -> None:
    """One text of 16 MiB, to which each row refers by its number in a dictionary."""
    rows = max(1, mebibytes // 16)
    _parquet(folder, {"text": _named("x" * 16 * MIB, rows)})


def parquet_named_title(folder: Path, mebibytes: int) -> None:
    rows = max(1, mebibytes // 16)
    _parquet(folder, {"text": pa.array(["a"] * rows), "title": _named("x" * 16 * MIB, rows)})


def _named(text: str, rows: int) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array([0] * rows, pa.int32()), pa.array([text]))


def parquet_repeated_text(folder: Path, mebibytes: int) -> None:
    """Texts of 256 kiB, each of which is coded as the one before it and nothing more."""
    texts = pa.array(["x" * (MIB // 4)] * 4 * mebibytes, pa.large_string())
    _parquet(
        folder,
        {"text": texts},
        use_dictionary=False,
        column_encoding={"text": "DELTA_BYTE_ARRAY"},
    )


def parquet_page(folder: Path, mebibytes: int) -> None:
    """A single page, of texts of a megabyte each."""
    texts = pa.array(["x" * MIB] * mebibytes, pa.large_string())
    _parquet(folder, {"text": texts}, use_dictionary=False, data_page_size=2**31 - 1)


def _parquet(folder: Path, columns: dict[str, pa.Array], **options: object) -> None:
    parquet.write_table(
        pa.table(columns),
        folder / "a.parquet",
        compression="zstd",
        dictionary_pagesize_limit=2**30,
        write_batch_size=2**20,
        **options,
    )


BOMBS: dict[str, Callable[[Path, int], None]] = {
    bomb.__name__: bomb
    for bomb in (
        csv_line,
        csv_header,
        csv_quoted_line,
        csv_open_quote,
        csv_fields,
        jsonl_line,
        jsonl_values,
        gzip_text,
        gzip_line,
        gzip_short_lines,
        zip_deflated,
        zip_sidecar,
        zip_table,
        zip_bzip2,
        zip_lzma,
        zip_members,
        zip_names,
        parquet_named_text,
        parquet_named_title,
        parquet_repeated_text,
        parquet_page,
    )
}
