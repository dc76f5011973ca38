"""A corrected table: of a finished part, only the documents that it touches are done again.

What belongs here: stages that read a table which people correct, the kept versions of such a
table, and putting rows that were carried over beside those done anew. What does not: which
documents a correction touches (the stage's own finder), and doing them (etl/lake/parts.py).

A part's seal notes the version of the table under which its rows hold. The table itself is
kept once in the lake, so that the versions can be compared however long ago that was:

    lake/corrected_tables/sources/5f0c….csv
"""

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from etl.durability import make_folder, own_temporary, put_in_place
from etl.lake.store import Lake, is_whole_part, read_record
from etl.stage import Correctable, Finder
from etl.tables import looked_up_in_tables


@dataclass(frozen=True)
class Correction:
    """A part's step from an ``earlier`` table, in a file, to the content of the present one."""

    finder: str
    earlier: Path
    present: bytes = field(repr=False)

    def touched(self, batch: pl.DataFrame) -> frozenset[str]:
        """Ids of the documents of a part to do again."""
        return frozenset(_build(self)(batch))


@looked_up_in_tables(8)
def _build(correction: Correction) -> Finder:
    module_name, _, function_name = correction.finder.partition(":")
    build: Callable[[bytes, bytes], Finder]
    build = getattr(importlib.import_module(module_name), function_name)
    return build(correction.earlier.read_bytes(), correction.present)


def kept_table(lake: Lake, stage: str, version: str) -> Path:
    """Where a version of the table that a stage reads is kept."""
    return lake.root / "corrected_tables" / stage / f"{version}.csv"


def keep_table(table: Correctable, kept: Path) -> None:
    """Keep the table under its version, if it is not kept yet."""
    if not kept.exists():
        make_folder(kept.parent)
        temporary = own_temporary(kept)
        temporary.write_bytes(table.content)
        put_in_place(temporary, kept)


def find_correction(
    lake: Lake, stage: str, table: Correctable, folder: Path, *, origin: str
) -> Correction | None:
    """How a finished part in ``folder`` is brought up to date; None where all is to be redone."""
    record, notes = read_record(folder), table.notes(origin)
    earlier = kept_table(lake, stage, str(record.get("table")))
    is_same = all(record.get(name) == notes[name] for name in ("rules", "origin"))
    if not is_same or not earlier.exists() or not is_whole_part(folder):
        return None
    return Correction(table.finder, earlier, table.content)


def to_redo(correction: Correction, folder: Path, batch: pl.DataFrame) -> pl.DataFrame:
    """The documents of a part that the correction touches, and those that failed before."""
    failed = pl.read_parquet(folder / "quarantine.parquet", hive_partitioning=False)
    ids = correction.touched(batch) | set(failed["delivery_id"])
    return batch.filter(pl.col("delivery_id").is_in(ids))


def carry_over(
    tables: Mapping[str, pl.DataFrame], folder: Path, batch: pl.DataFrame, redone: pl.DataFrame
) -> dict[str, pl.DataFrame]:
    """The tables of the whole part: rows done anew, and those in ``folder`` of all others.

    In the order in which a full run writes them, that of the documents.
    """
    place = batch.select("delivery_id").with_row_index("place")
    is_redone = pl.col("delivery_id").is_in(redone["delivery_id"].to_list())
    return {
        name: pl.concat([_rows(folder, name).filter(~is_redone), frame])
        .join(place, on="delivery_id", how="left", maintain_order="left")
        .sort("place", maintain_order=True)
        .drop("place")
        for name, frame in tables.items()
    }


def _rows(folder: Path, table: str) -> pl.DataFrame:
    return pl.read_parquet(folder / f"{table}.parquet", hive_partitioning=False)
