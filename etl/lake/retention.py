"""What a published night no longer needs, and what stays right without it.

What belongs here: which bytes and texts of the lake may go after how many nights, removing
them, and what can't be derived any more. What does not: releases (etl/warehouse/releases.py),
and the settings that say how long things are kept (assets/settings.py).

Two things go, and nothing else, each part by part:

- the **raw bytes** of documents that became articles or duplicates. The rows stay, with ids,
  hashes, paths and sizes, and so do the bytes of rejected documents: they are
  ``quarantine.raw_text``, and what a replay reads. A note takes the place of the bytes.
- the **parsed text** (parsed_articles, furniture): what stood on a page before it was dated.
  The rows of rejected documents stay, so that a withdrawal finds undated copies.

All that a published file is made of stays for ever, so that it can be built anew. A stage that
would read what is gone leaves its parts as they are; their seals stand, and later stages read
what it once wrote. Every step can be repeated: one that was killed is finished by the next.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

import polars as pl

from etl.durability import write_durably
from etl.errors import StageError
from etl.lake.parts import PartTask
from etl.lake.store import (
    Lake,
    RawPart,
    break_seal,
    note_removal,
    overwrite,
    read_seal,
    removed_tables,
)
from etl.lake.wholeness import read_json
from etl.night import NIGHT, STAGE_NAMES, stage_named
from etl.stage import RAW, Stage

Kind = Literal["raw bytes", "parsed text"]

NOTE = b"The bytes of this document were removed by retention; its text stays in the lake."
# The one stage whose rows only the next stage reads, and of which a removal leaves the rejected.
(PARSING,) = (stage for stage in NIGHT if not stage.is_retained)
PARSED = PARSING.main
OTHERS = tuple(t.name for t in (*PARSING.yields, *PARSING.keeps) if t.name != PARSED)


@dataclass(frozen=True, kw_only=True)
class Keep:
    """For how many nights bytes and texts are kept; 0: for ever."""

    raw_days: int
    lake_days: int


@dataclass(frozen=True, kw_only=True)
class Removal:
    """What may go from one part: documents that lose it, those that keep it, bytes on disk.

    ``size`` is what the removal will free, about.
    """

    kind: Kind
    part: RawPart
    documents: int
    kept_documents: int
    size: int


def find_removals(lake: Lake, nights: Iterable[date], *, today: date, keep: Keep) -> list[Removal]:
    """What of the nights is older than it is kept, ascending; nothing is done.

    ``nights`` are published as the lake has them. A part that is not finished is passed over.
    """
    found = []
    for night in sorted(nights):
        age = (today - night).days
        for part in lake.raw_parts(night):
            if part.is_whole and _is_finished(lake, part):
                wanted = (
                    _raw_bytes(lake, part) if 0 < keep.raw_days < age else None,
                    _parsed_text(lake, part) if 0 < keep.lake_days < age else None,
                )
                found += [removal for removal in wanted if removal]
    return found


def remove(lake: Lake, removal: Removal) -> int:
    """Remove it; return the bytes that became free. The caller holds the writer's lock."""
    work = _remove_raw_bytes if removal.kind == "raw bytes" else _remove_parsed_text
    return work(lake, removal.part)


def can_be_done_again(lake: Lake, part: RawPart, stage: Stage) -> bool:
    """Whether what the stage reads of the part is there, or can be made of what is."""
    if not part.is_emptied:
        return True
    if stage.reads.stage == RAW:
        return False
    folder = lake.part_folder(stage.reads.stage, part.night, part.name)
    is_whole = read_seal(folder) is not None and stage.reads.table not in removed_tables(folder)
    return is_whole or can_be_done_again(lake, part, stage_named(stage.reads.stage))


def parts_within_reach(lake: Lake, stage: Stage, night: date) -> list[RawPart]:
    """The parts of a night, without those that a stage younger than they can't be done for.

    What retention has removed was not kept for it.
    """
    return [
        part
        for part in lake.raw_parts(night)
        if not lake.is_older_than(stage.name, part) or can_be_done_again(lake, part, stage)
    ]


def _removed_from_input(lake: Lake, part: RawPart, stage: Stage) -> tuple[str, ...]:
    return removed_tables(lake.part_folder(stage.reads.stage, part.night, part.name))


def spare_what_is_gone(lake: Lake, stage: Stage, tasks: Sequence[PartTask]) -> list[PartTask]:
    """The tasks of a stage, so that parts which can't be done again are left as they are.

    Such a task takes the seal that its part has: it counts as done. Parsed text that was
    removed, and whose bytes are there, is made again. Raises StageError for a part that was
    never finished and can't be, and where parsed text must be made again first.
    """
    nights = {task.night for task in tasks}
    parts = {(part.night, part.name): part for n in nights for part in lake.raw_parts(n)}
    return [_spared(lake, stage, task, parts[task.night, task.name]) for task in tasks]


def _spared(lake: Lake, stage: Stage, task: PartTask, part: RawPart) -> PartTask:
    if not can_be_done_again(lake, part, stage):
        return replace(task, fingerprint=_seal_that_stands(stage.name, task))
    if removed_tables(task.target):
        break_seal(task.target)
    if _removed_from_input(lake, part, stage) and read_seal(task.target) != task.fingerprint:
        raise StageError(
            f"what {stage.name} of {task.night} reads was removed by retention: "
            f"{stage.reads.stage} makes it again; run the whole night"
        )
    return task


def _seal_that_stands(stage: str, task: PartTask) -> str:
    seal = read_seal(task.target)
    if seal is None:
        raise StageError(
            f"{stage} of {task.night}, part {task.name}, is missing, and retention has removed "
            f"what it is made of: restore {task.target} from a backup"
        )
    return seal


def _is_finished(lake: Lake, part: RawPart) -> bool:
    folders = (lake.part_folder(stage, part.night, part.name) for stage in STAGE_NAMES)
    return all(read_seal(folder) for folder in folders)


def _rejected(lake: Lake, part: RawPart) -> set[str]:
    """Ids of documents that any stage, or the withdrawal of their article, has rejected."""
    raw = pl.read_parquet(part.path, columns=["delivery_id", "rule"], hive_partitioning=False)
    ids = set(raw.drop_nulls("rule")["delivery_id"])
    for stage in STAGE_NAMES:
        file = lake.part_folder(stage, part.night, part.name) / "quarantine.parquet"
        ids |= set(
            pl.read_parquet(file, columns=["delivery_id"], hive_partitioning=False)["delivery_id"]
        )
    return ids


# -- raw bytes --------------------------------------------------------------------------------


def _raw_bytes(lake: Lake, part: RawPart) -> Removal | None:
    if part.is_emptied and (read_json(part.removal_record) or {}).get("is_done"):
        return None
    documents = pl.read_parquet(part.path, columns=["delivery_id", "size"], hive_partitioning=False)
    gone = documents.filter(~_is_among(_rejected(lake, part)))
    if gone.is_empty():
        return None
    share = int(gone["size"].sum()) / max(int(documents["size"].sum()), 1)
    return Removal(
        kind="raw bytes",
        part=part,
        documents=gone.height,
        kept_documents=documents.height - gone.height,
        size=round(share * _column_bytes(part.path, "raw")),
    )


def _remove_raw_bytes(lake: Lake, part: RawPart) -> int:
    """The record goes first: a part of which some bytes are gone is never parsed again."""
    before = part.path.stat().st_size
    rejected = _rejected(lake, part)
    _write_record(part, is_done=False)
    documents = pl.read_parquet(part.path, hive_partitioning=False)
    note = pl.when(_is_among(rejected)).then("raw").otherwise(pl.lit(NOTE)).alias("raw")
    overwrite(part.path, documents.with_columns(note))
    _write_record(part, is_done=True)
    return before - part.path.stat().st_size


def _write_record(part: RawPart, *, is_done: bool) -> None:
    write_durably(part.removal_record, json.dumps({"is_done": is_done}) + "\n")


def _column_bytes(file: Path, name: str) -> int:
    """What a column takes on disk, compressed."""
    import pyarrow.parquet as pq  # here: the code location loads without it

    metadata = pq.read_metadata(file)
    index = metadata.schema.names.index(name)
    groups = (metadata.row_group(number) for number in range(metadata.num_row_groups))
    return sum(group.column(index).total_compressed_size for group in groups)


# -- parsed text ------------------------------------------------------------------------------


def _parsed_text(lake: Lake, part: RawPart) -> Removal | None:
    folder = lake.part_folder(PARSING.name, part.night, part.name)
    # What lies beside it goes last: where it is still there, a removal was killed halfway.
    if removed_tables(folder) and not any(_file(folder, name).exists() for name in OTHERS):
        return None
    parsed = pl.read_parquet(
        _file(folder, PARSED), columns=["delivery_id"], hive_partitioning=False
    )
    gone = parsed.filter(~_is_among(_rejected(lake, part)))
    if gone.is_empty() and not removed_tables(folder):
        return None
    files = (_file(folder, name) for name in (PARSED, *OTHERS))
    return Removal(
        kind="parsed text",
        part=part,
        documents=gone.height,
        kept_documents=parsed.height - gone.height,
        size=sum(file.stat().st_size for file in files if file.exists()),
    )


def _remove_parsed_text(lake: Lake, part: RawPart) -> int:
    """The seal tells of it first: what is no longer whole is never read as if it were."""
    folder = lake.part_folder(PARSING.name, part.night, part.name)
    before = _size(folder)
    rejected = _rejected(lake, part)
    note_removal(folder, (PARSED, *OTHERS))
    parsed = pl.read_parquet(_file(folder, PARSED), hive_partitioning=False)
    overwrite(_file(folder, PARSED), parsed.filter(_is_among(rejected)))
    for name in OTHERS:
        _file(folder, name).unlink(missing_ok=True)
    return before - _size(folder)


def _file(folder: Path, table: str) -> Path:
    return folder / f"{table}.parquet"


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.iterdir())


def _is_among(ids: Collection[str]) -> pl.Expr:
    return pl.col("delivery_id").is_in(list(ids))
