"""Published nights whose tables are not of the structure that is declared now.

What belongs here: finding such nights after an upgrade, and the note that there are none. What
does not: reading their rows all the same (rows.py), and deriving them again (etl/night.py).

Two things make the rows of a night whole: deriving them again, which takes time and what its
stages read, and what stands in for a column that they lack (its default, else null).
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from etl.durability import make_folder, write_durably
from etl.fingerprint import fingerprint
from etl.lake.retention import can_be_done_again
from etl.lake.rows import differences
from etl.lake.store import Lake, RawPart, break_seal, is_done_without
from etl.lake.wholeness import is_whole, read_json
from etl.schema import RAW_DOCUMENTS, Table
from etl.stage import RAW, REJECTED, Stage


@dataclass(frozen=True, kw_only=True)
class Lack:
    """What a part lacks of a stage's declared tables.

    ``name`` is 'table.column', the table that the stage did not write yet, or the stage itself.
    ``is_bridged``: it reads as a default or null, or as a table without rows.
    ``can_be_derived`` is false where what the stage reads is gone, and of raw documents.
    """

    part: RawPart
    stage: str
    name: str
    is_bridged: bool
    can_be_derived: bool


@dataclass(frozen=True, kw_only=True)
class OlderNight:
    """A night that lacks something; ``documents`` are those of the parts to derive again."""

    night: date
    lacks: tuple[Lack, ...]
    documents: int

    @property
    def can_be_derived(self) -> bool:
        """Whether deriving it again mends any part of it."""
        return any(lack.can_be_derived for lack in self.lacks)

    @property
    def can_wait(self) -> bool:
        """Whether it can be read as it is, until it is derived again."""
        return all(lack.is_bridged for lack in self.lacks if lack.can_be_derived)

    @property
    def is_whole_then(self) -> bool:
        """Whether nothing is lacking once it is derived again."""
        return all(lack.can_be_derived for lack in self.lacks)


def older_nights(lake: Lake, stages: Sequence[Stage], nights: Iterable[date]) -> list[OlderNight]:
    """Those of the nights that lack anything, ascending; reads metadata of all their files."""
    found = []
    for night in sorted(nights):
        lacks = [lack for part in lake.raw_parts(night) for lack in _lacks(lake, stages, part)]
        parts = {lack.part for lack in lacks if lack.can_be_derived}
        documents = sum(part.document_count() for part in parts)
        if lacks:
            found.append(OlderNight(night=night, lacks=tuple(lacks), documents=documents))
    return found


def have_derived_again(lake: Lake, night: OlderNight) -> None:
    """Break the seals of what lacks anything and can be derived again."""
    for lack in night.lacks:
        if lack.can_be_derived:
            break_seal(lake.part_folder(lack.stage, lack.part.night, lack.part.name))


def _lacks(lake: Lake, stages: Sequence[Stage], part: RawPart) -> Iterator[Lack]:
    if not part.is_whole:
        return  # it comes from a backup, or not at all (damage.py)
    for name, is_bridged in _columns(part.path, RAW_DOCUMENTS):
        yield Lack(part=part, stage=RAW, name=name, is_bridged=is_bridged, can_be_derived=False)
    for stage in stages:
        can = can_be_done_again(lake, part, stage)
        for name, is_bridged in _lacks_of(lake, stage, part):
            yield Lack(
                part=part, stage=stage.name, name=name, is_bridged=is_bridged, can_be_derived=can
            )


def _lacks_of(lake: Lake, stage: Stage, part: RawPart) -> Iterator[tuple[str, bool]]:
    folder = lake.part_folder(stage.name, part.night, part.name)
    if not folder.exists():
        yield stage.name, lake.is_older_than(stage.name, part)
        return
    for table in _loaded(stage):
        file = folder / f"{table.name}.parquet"
        if file.exists() and is_whole(file):
            yield from _columns(file, table)
        elif is_done_without(folder, table.name):
            yield table.name, True


def _loaded(stage: Stage) -> tuple[Table, ...]:
    """The tables of a stage that the analysts' file is made of."""
    return stage.tables if stage.is_retained else (REJECTED,)


def _columns(file: Path, table: Table) -> Iterator[tuple[str, bool]]:
    for difference in differences(file, table):
        yield f"{table.name}.{difference.column}", difference.is_bridged


# -- the note that no night is older ----------------------------------------------------------


def declared_structure(stages: Sequence[Stage]) -> str:
    """Fingerprint of the columns, by name, type and null, of all that a home is made of."""
    tables = [(RAW, RAW_DOCUMENTS), *((s.name, table) for s in stages for table in _loaded(s))]
    return fingerprint(
        *(
            f"{owner} {table.name} {column.name} {column.type} {column.nullable}"
            for owner, table in tables
            for column in table.columns
        )
    )


def note_structure(lake: Lake, declared: str | None) -> None:
    """Note that every published night is of the structure, as far as it can be; None: of none."""
    make_folder(lake.root)
    write_durably(_note(lake), json.dumps({"structure": declared}) + "\n")


def is_of_structure(lake: Lake, declared: str) -> bool:
    """Whether that was noted."""
    return (read_json(_note(lake)) or {}).get("structure") == declared


def _note(lake: Lake) -> Path:
    return lake.root / "structure.json"
