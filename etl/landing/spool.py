"""Cutting the documents of a claim into parts, in bounded memory.

What belongs here: keeping what comes until all has come, and the cut. What does not: what a
document is (drops/) and which are new (claims.py).

Documents come in any order and number; parts are cut by content hash. So they are written to
disk in sorted runs, each half as large as a part; then each part is gathered from a slice of
every run. In memory are one run, or one part, and some 40 bytes for each document.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from etl import schema
from etl.landing.limits import Limits

ROW_BYTES = 1500
"""What a row takes in memory beside its bytes."""

_SIZE = "size_with_given"
# The order of parts and within them. Eight bytes of each hash are enough to cut by.
_KEYS = ("sha256", "delivery_id")
_PREFIXES = [pl.col(key).str.slice(0, 16).str.to_integer(base=16, dtype=pl.UInt64) for key in _KEYS]


@dataclass(frozen=True)
class _Run:
    """Rows in the order of parts, on disk or not, and their keys and sizes."""

    rows: pl.DataFrame | Path
    index: pl.DataFrame

    def slice(self, start: int, count: int) -> pl.DataFrame:
        if isinstance(self.rows, pl.DataFrame):
            return self.rows.slice(start, count)
        return _read_slice(self.rows, start, count)


class Spool:
    """The rows of ``raw_documents`` of one claim, on their way into parts.

    ``folder`` is made, and removed once the parts are cut.
    """

    def __init__(self, folder: Path, limits: Limits) -> None:
        folder.mkdir(parents=True)
        self.folder = folder
        self._limits = limits
        self._rows: list[dict[str, object]] = []
        self._bytes = 0
        self._runs: list[_Run] = []

    def add(self, row: dict[str, object], *, size: int) -> None:
        """Take a row; ``size`` is that of its bytes and of the texts that came with them."""
        row[_SIZE] = size
        self._rows.append(row)
        self._bytes += size + ROW_BYTES
        if self._bytes >= self._limits.part_bytes // 2:
            self._runs.append(self._written(self._sorted_rows(), len(self._runs)))

    def forget(self, path: str) -> None:
        """Drop the rows of a file, as if they had never come."""
        self._rows = [row for row in self._rows if row["path"] != path]
        for number, run in enumerate(self._runs):
            frame = run.slice(0, run.index.height).with_columns(run.index[_SIZE])
            others = frame.filter(pl.col("path") != path)
            if others.height < frame.height:
                self._runs[number] = self._written(others, number)

    def parts(self) -> Iterator[pl.DataFrame]:
        """All that came, in parts of bounded size, sorted by content hash; then it is gone."""
        self._runs.append(_in_memory(self._sorted_rows()))
        starts = [0] * len(self._runs)
        for of_part in self._cut().partition_by("part", maintain_order=True):
            slices = []
            for run, count in of_part.select("run", "count").iter_rows():
                slices.append(self._runs[run].slice(starts[run], count))
                starts[run] += count
            yield pl.concat(slices).sort(_KEYS)
        shutil.rmtree(self.folder)

    def _sorted_rows(self) -> pl.DataFrame:
        """What was added since the last run, which is forgotten."""
        schema_with_size = {**schema.RAW_DOCUMENTS.polars_schema, _SIZE: pl.Int64()}
        frame = pl.DataFrame(self._rows, schema=schema_with_size, orient="row").sort(_KEYS)
        self._rows, self._bytes = [], 0
        return frame

    def _written(self, frame: pl.DataFrame, number: int) -> _Run:
        file = self.folder / f"{number:06d}.arrow"
        run = _in_memory(frame)
        # Polars' own form of texts cannot be copied in part.
        run.slice(0, frame.height).write_ipc(file, compat_level=pl.CompatLevel.oldest())
        return _Run(file, run.index)

    def _cut(self) -> pl.DataFrame:
        """How many rows (``count``) of each ``run`` go into each ``part``, in order."""
        index = pl.concat(
            run.index.with_columns(run=pl.lit(number, pl.UInt32))
            for number, run in enumerate(self._runs)
        ).sort(_KEYS)
        parts = pl.Series("part", list(_part_numbers(index[_SIZE], self._limits)), pl.UInt32)
        return (
            index.select("run", parts)
            .group_by("part", "run")
            .agg(count=pl.len())
            .sort("part", "run")
        )


def _in_memory(frame: pl.DataFrame) -> _Run:
    return _Run(frame.drop(_SIZE), frame.select(*_PREFIXES, _SIZE))


def _part_numbers(sizes: pl.Series, limits: Limits) -> Iterator[int]:
    """The part of each document, in order: about equal numbers, none beyond its limits."""
    by_number = -(-len(sizes) // limits.part_documents)
    by_size = -(-int(sizes.sum()) // limits.part_bytes)
    most_documents = -(-len(sizes) // max(1, by_number, by_size))
    part = documents = size = 0
    for more in sizes:
        if documents == most_documents or (documents and size + more > limits.part_bytes):
            part, documents, size = part + 1, 0, 0
        documents, size = documents + 1, size + more
        yield part


def _read_slice(file: Path, start: int, count: int) -> pl.DataFrame:
    """Some rows of a run, copied: the file is not held open, nor more of it in memory."""
    import pyarrow as pa

    with pa.memory_map(str(file)) as mapped:
        run = pa.ipc.open_file(mapped)
        slices = []
        for number in range(run.num_record_batches):
            batch = run.get_batch(number)
            rows = batch.slice(start, count)
            slices.append(rows.take(pa.array(range(len(rows)), pa.int32())))
            start, count = max(0, start - len(batch)), count - len(rows)
        frame = pl.DataFrame(pa.Table.from_batches(slices, run.schema))
    return schema.RAW_DOCUMENTS.conform(frame)
