"""Claiming what is new for a night: the documents' bytes, cut into parts.

What belongs here: the manifest of claimed files and the writing of a claim. What does not:
the scan (scan.py), the file formats (drops.py) and any judgement of content.

A claim is one batch folder, put in place by a single rename: a killed claim leaves nothing.
A file is known by path, size, mtime and ctime; one that merely looks new (touched, copied
back) is read again, but its documents keep their delivery ids and are not delivered twice.
"""

import hashlib
import logging
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from typing import BinaryIO

import polars as pl

from etl import schema
from etl.fingerprint import fingerprint
from etl.lake.store import Lake, replacing
from etl.landing import drops
from etl.landing.scan import FILES_SCHEMA, LandedFile, Scan

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Bounds of a part, in documents and bytes, and of one document, in bytes."""

    part_documents: int = 2_000
    part_bytes: int = 64 * 2**20
    document_bytes: int = 32 * 2**20


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What one claim took: counts of documents and files, and what it left alone."""

    document_count: int
    file_count: int
    part_count: int
    waiting: tuple[str, ...]
    ignored: tuple[str, ...]
    unreadable: tuple[str, ...]


Manifest = Sequence[pl.DataFrame]
"""Every state of a file that any night has claimed (``LandedFile``), a frame by structure.

Versions of Dateline may note more or less of a file.
"""


def claimed_files(lake: Lake) -> Manifest:
    """The manifest of all nights."""
    files = sorted((lake.root / "raw_documents").glob("ingested_on=*/batch-*/files.parquet"))
    by_columns: dict[tuple[str, ...], list[Path]] = defaultdict(list)
    for file in files:
        found = pl.read_parquet_schema(file)
        by_columns[tuple(name for name in FILES_SCHEMA if name in found)].append(file)
    return [
        pl.read_parquet(group, columns=list(names), hive_partitioning=False)
        for names, group in by_columns.items()
    ]


def unclaimed(files: pl.DataFrame, manifest: Manifest) -> pl.DataFrame:
    """The files of a scan that stand in no claim in just this state, as far as it was noted."""
    for claimed in manifest:
        files = files.join(
            claimed, on=claimed.columns, how="anti", nulls_equal=True, maintain_order="left"
        )
    return files


def claim(found: Scan, lake: Lake, *, night: date, limits: Limits) -> Claim:
    """Take what no night has claimed, as one batch of ``night``; keep the bytes.

    Returns counts. A file that cannot be opened is left for a later night and named.
    """
    manifest = claimed_files(lake)
    files = unclaimed(found.files, manifest)
    unreadable: list[str] = []
    part_count = document_count = 0
    if files.height:
        known = _known_deliveries(lake, files, manifest)
        with replacing(_next_batch(lake, night)) as batch:
            documents = _new_documents(found, files, known, unreadable, night, limits)
            part_count, document_count = _write_parts(batch, documents, files, limits)
            claimed = files.filter(~pl.col("path").is_in(unreadable))
            claimed.write_parquet(batch / "files.parquet")
    logger.info("claimed %d documents of %d files for %s", document_count, files.height, night)
    return Claim(
        document_count=document_count,
        file_count=files.height - len(unreadable),
        part_count=part_count,
        waiting=found.waiting,
        ignored=found.ignored,
        unreadable=tuple(unreadable),
    )


def _next_batch(lake: Lake, night: date) -> Path:
    folder = lake.night_folder("raw_documents", night)
    return next(path for n in count(1) if not (path := folder / f"batch-{n:04d}").exists())


def _known_deliveries(lake: Lake, files: pl.DataFrame, manifest: Manifest) -> set[str]:
    """Delivery ids already claimed; only files whose path is known can repeat one."""
    claimed = pl.concat([files.select("path").clear(), *(f.select("path") for f in manifest)])
    seen_before = claimed.join(files, on="path", how="semi")
    if seen_before.is_empty():
        return set()
    parts = sorted((lake.root / "raw_documents").glob("ingested_on=*/batch-*/part-*.parquet"))
    paths = seen_before.lazy()
    ids = pl.concat(
        pl.scan_parquet(part, hive_partitioning=False)
        .join(paths, on="path", how="semi")
        .select("delivery_id")
        for part in parts
    )
    return set(ids.collect()["delivery_id"])


def _new_documents(
    found: Scan,
    files: pl.DataFrame,
    known: set[str],
    unreadable: list[str],
    night: date,
    limits: Limits,
) -> Iterator[dict[str, object]]:
    for row in files.iter_rows(named=True):
        file = LandedFile(**row)
        try:
            documents = _open_documents(found.path_of(file.path), limits.document_bytes)
        except OSError as error:
            logger.warning("cannot open %s, left for a later night: %s", file.path, error)
            unreadable.append(file.path)
            continue
        for record in _records(file, documents, night):
            if record["delivery_id"] not in known:
                yield record


def _open_documents(path: Path, max_bytes: int) -> Iterator[drops.Document]:
    sidecar_name = drops.sidecar_of(path.name)
    sidecar_path = path.with_name(sidecar_name) if sidecar_name else None
    sidecar = sidecar_path.read_bytes() if sidecar_path and sidecar_path.is_file() else None
    stream = path.open("rb")
    return _closing(stream, drops.read_documents(path.name, stream, sidecar, max_bytes=max_bytes))


def _closing(stream: BinaryIO, documents: Iterator[drops.Document]) -> Iterator[drops.Document]:
    with stream:
        yield from documents


def _records(
    file: LandedFile, documents: Iterable[drops.Document], night: date
) -> Iterator[dict[str, object]]:
    """Rows of ``raw_documents``; equal documents of one file are told apart by their order."""
    seen: Counter[str] = Counter()
    for document in documents:
        sha256 = hashlib.sha256(document.raw).hexdigest()
        given = [text for pair in document.given for text in pair]
        content = fingerprint(file.path, drops.member_path(document.member), sha256, *given)
        seen[content] += 1
        name = Path(file.path).name
        yield {
            "delivery_id": fingerprint(content, str(seen[content])),
            "path": file.path,
            "member": document.member,
            "size": len(document.raw),
            "mtime": datetime.fromtimestamp(file.mtime_ns / 1e9, tz=UTC).replace(tzinfo=None),
            "sha256": sha256,
            "file_name": f"{name}#{document.member}" if document.member else name,
            "raw": document.raw,
            "rule": document.rejection.rule if document.rejection else None,
            "detail": document.rejection.detail if document.rejection else None,
            "ingested_on": night,
            **{f"given_{field}": text for field, text in document.given},
        }


def _write_parts(
    batch: Path, records: Iterator[dict[str, object]], files: pl.DataFrame, limits: Limits
) -> tuple[int, int]:
    """Write documents as parts cut by content hash; return the counts of parts and documents.

    Documents go to one of ``part_count`` ranges of the hash as they come, in runs of at most
    ``part_bytes``, so that memory stays bounded; then each range is sorted into its part.
    """
    part_count = _part_count(files, limits)
    runs = batch / "runs"
    document_count = 0
    for number, rows in enumerate(_chunks(records, limits)):
        document_count += len(rows)
        frame = schema.RAW_DOCUMENTS.frame(rows).with_columns(part=_hash_range(part_count))
        for (part,), run in frame.partition_by("part", as_dict=True, include_key=False).items():
            target = runs / f"{part:04d}"
            target.mkdir(parents=True, exist_ok=True)
            run.write_parquet(target / f"{number:06d}.parquet")
    written = sorted(runs.iterdir()) if runs.exists() else []
    for number, folder in enumerate(written):
        part = pl.read_parquet(sorted(folder.iterdir())).sort("sha256", "delivery_id")
        part.write_parquet(batch / f"part-{number:04d}.parquet")
    if written:
        shutil.rmtree(runs)
    return len(written), document_count


def _part_count(files: pl.DataFrame, limits: Limits) -> int:
    total_bytes = int(files["size"].sum())
    return max(1, -(-files.height // limits.part_documents), -(-total_bytes // limits.part_bytes))


def _hash_range(part_count: int) -> pl.Expr:
    """The range 0..part_count-1 in which a document's content hash lies."""
    leading = pl.col("sha256").str.slice(0, 8).str.to_integer(base=16, dtype=pl.Int64)
    return leading * part_count // 2**32


def _chunks(
    records: Iterator[dict[str, object]], limits: Limits
) -> Iterator[list[dict[str, object]]]:
    rows: list[dict[str, object]] = []
    size = 0
    for record in records:
        rows.append(record)
        size += int(str(record["size"]))
        if len(rows) >= limits.part_documents or size >= limits.part_bytes:
            yield rows
            rows, size = [], 0
    if rows:
        yield rows
