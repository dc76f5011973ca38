"""Landed files for tests: a folder's claim, and the bytes of drops of each kind."""

import csv
import gzip
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pyarrow as pa
from pyarrow import parquet

from etl.lake.store import Lake
from etl.landing.claims import Claim, claim
from etl.landing.drops import Document, read_documents
from etl.landing.limits import Limits
from etl.landing.scan import scan

NIGHT = date(2026, 3, 1)
LATER = datetime(2100, 1, 1, tzinfo=UTC)
FEW = Limits(part_documents=100)
SMALL = Limits(document_bytes=10_000, record_bytes=10_000)


def two_texts(folder: Path) -> Path:
    """The folder, made, with a text in it and one below."""
    (folder / "deep").mkdir(parents=True)
    (folder / "a.txt").write_text("Alpha.")
    (folder / "deep" / "b.txt").write_text("Beta.")
    return folder


def take(
    folder: Path,
    lake: Lake,
    night: date = NIGHT,
    *,
    now: datetime = LATER,
    limits: Limits = FEW,
) -> Claim:
    """Scan a folder and claim what is new."""
    return claim(scan(folder, now=now, settle_seconds=5), lake, night=night, limits=limits)


def claimed(lake: Lake, night: date = NIGHT) -> pl.DataFrame:
    """All rows that a night has claimed, by path."""
    frames = [pl.read_parquet(p.path, hive_partitioning=False) for p in lake.raw_parts(night)]
    return pl.concat(frames).sort("path")


def read(
    name: str, content: bytes, sidecar: bytes | None = None, *, limits: Limits = SMALL
) -> list[Document]:
    """The documents of a file of these bytes."""
    return list(read_documents(name, io.BytesIO(content), sidecar, limits=limits))


def rules(documents: Sequence[Document]) -> list[str | None]:
    """The rule by which each document is rejected; None for those that are not."""
    return [document.rejection.rule if document.rejection else None for document in documents]


def texts(documents: Sequence[Document]) -> list[bytes]:
    """The bytes of the documents that are not rejected."""
    return [document.raw for document in documents if document.rejection is None]


def json_lines(*records: object) -> bytes:
    return "\n".join(json.dumps(record) for record in records).encode()


def zipped(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def table(columns: Mapping[str, object], **options: object) -> bytes:
    """Columns as Parquet."""
    buffer = io.BytesIO()
    parquet.write_table(pa.table(dict(columns)), buffer, **options)
    return buffer.getvalue()


def drop(kind: str, bodies: Sequence[str]) -> bytes:
    """One file of a kind that holds a document of each text."""
    if kind == ".csv":
        buffer = io.StringIO(newline="")
        csv.writer(buffer).writerows([["text"], *([body] for body in bodies)])
        return buffer.getvalue().encode()
    if kind == ".parquet":
        return table({"text": list(bodies)})
    if kind == ".zip":
        return zipped({f"{number:06d}.txt": body.encode() for number, body in enumerate(bodies)})
    lines = json_lines(*({"text": body} for body in bodies))
    return gzip.compress(lines) if kind == ".jsonl.gz" else lines
