"""Where things lie in the lake: one folder per stage and night, cut into parts.

What belongs here: paths, atomic and durable writing of a folder, and the seal that says a part
is finished. What does not: what a stage does (its own module), how parts are mapped (parts.py)
and what is said of files that are damaged (damage.py).

Whatever is written here is on disk before it has its name: a file that is claimed may be deleted
from the landing folder the moment that the claim is told, and the power may fail the next.

    lake/raw_documents/ingested_on=2026-11-22/batch-0001/part-0000.parquet
    lake/articles/ingested_on=2026-11-22/batch-0001.part-0000/articles.parquet
                                                              quarantine.parquet
                                                              ledger.parquet
                                                              seal.json
"""

import errno
import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

import polars as pl

from etl.durability import (
    make_folder,
    move,
    own_temporary,
    put_in_place,
    sync_tree,
    write_durably,
)
from etl.errors import StageError
from etl.fingerprint import fingerprint
from etl.lake.wholeness import check_whole, is_whole, read_json

SEAL = "seal.json"
COUNTS = "counts.json"
TAKEN = (errno.EEXIST, errno.ENOTEMPTY)
"""What a system says of a rename onto a folder that holds something."""
FIRST_STAGES = ("parsed_articles", "articles", "sources", "extraction")
"""The stages of nights whose record of publication does not name them yet."""


@dataclass(frozen=True)
class Lake:
    """The lake below one folder."""

    root: Path

    def night_folder(self, stage: str, night: date) -> Path:
        return self.root / stage / f"ingested_on={night.isoformat()}"

    def nights(self, stage: str) -> list[date]:
        """Nights for which a stage has a folder, ascending."""
        folders = (self.root / stage).glob("ingested_on=*")
        return sorted(date.fromisoformat(folder.name.partition("=")[2]) for folder in folders)

    def raw_parts(self, night: date) -> list["RawPart"]:
        """The claimed parts of a night, in the order of their names."""
        folder = self.night_folder("raw_documents", night)
        return [
            RawPart(night=night, name=f"{path.parent.name}.{path.stem}", path=path)
            for path in sorted(folder.glob("batch-*/part-*.parquet"))
        ]

    def part_folder(self, stage: str, night: date, part_name: str) -> Path:
        return self.night_folder(stage, night) / part_name

    def table_files(self, stage: str, night: date, table: str) -> list[Path]:
        """The files of one table that a stage wrote for the night's claimed parts.

        A part that was done before there was such a stage or table has none. Raises StageError
        for one that is not done, and for a damaged file.
        """
        parts = [part for part in self.raw_parts(night) if not self.is_older_than(stage, part)]
        folders = [self.part_folder(stage, night, part.name) for part in parts]
        files = [f / f"{table}.parquet" for f in folders if not is_done_without(f, table)]
        missing = [file for file in files if not file.exists()]
        if missing:
            raise StageError(
                f"{stage} of {night} is not finished: {missing[0]} is missing; "
                f"materialise {stage} for that night first"
            )
        return [check_whole(file) for file in files]

    def published_record(self, night: date) -> Path:
        """What is noted of a night when it is published (staleness.py)."""
        return self.root / "published_states" / f"{night.isoformat()}.json"

    def is_older_than(self, stage: str, part: "RawPart") -> bool:
        """Whether a part was last published before there was such a stage, and lacks it still."""
        record = self.published_record(part.night)
        if self.part_folder(stage, part.night, part.name).exists() or not record.exists():
            return False
        return stage not in (read_json(record) or {}).get("stages", FIRST_STAGES)


@dataclass(frozen=True)
class RawPart:
    """One claimed part: some thousand documents at the most."""

    night: date
    name: str
    path: Path

    @property
    def is_whole(self) -> bool:
        """Whether its file is neither empty nor cut short."""
        return is_whole(self.path)

    def whole(self) -> "RawPart":
        """The part itself. Raises StageError where its file is damaged."""
        check_whole(self.path)
        return self

    def document_count(self) -> int:
        """Documents in the part. Raises StageError as ``whole``."""
        self.whole()
        return int(
            pl.scan_parquet(self.path, hive_partitioning=False).select(pl.len()).collect().item()
        )

    @property
    def removal_record(self) -> Path:
        """Written before retention removes the documents' bytes (retention.py)."""
        return self.path.with_suffix(".removed.json")

    @property
    def is_emptied(self) -> bool:
        """Whether the bytes are gone, so that the part can't be parsed again."""
        return self.removal_record.exists()

    def fingerprint(self) -> str:
        """Hash of the delivery ids, which are hashes of path and content themselves.

        Raises StageError as ``whole``.
        """
        self.whole()
        ids = pl.read_parquet(self.path, columns=["delivery_id"], hive_partitioning=False)[
            "delivery_id"
        ]
        return fingerprint(*ids.sort())


def read_seal(folder: Path) -> str | None:
    """The fingerprint under which a part was finished, or None where it was not.

    A part of which a file is missing, empty or cut short counts as not finished.
    """
    record = read_record(folder)
    return str(record["fingerprint"]) if record and is_whole_part(folder) else None


def read_state(folder: Path) -> str:
    """The fingerprint under which a part's rows were written; "" where it is not finished.

    A part that was found to be up to date is sealed anew and keeps its rows and their state.
    """
    record = read_record(folder)
    return str(record.get("state") or record.get("fingerprint") or "")


def read_record(folder: Path) -> dict[str, object]:
    """All that a part's seal says; nothing where it is not finished, or the seal is damaged."""
    return read_json(folder / SEAL) or {}


def is_whole_part(folder: Path) -> bool:
    """Whether the tables that a finished part wrote are there and whole.

    But for those that retention has removed.
    """
    names = {file.name for file in folder.iterdir()}
    counts = read_json(folder / COUNTS)
    if counts is None and COUNTS in names:
        return False
    removed = removed_tables(folder)
    named = {f"{name}.parquet" for name in counts or {} if name not in removed}
    there = {name for name in names if name.endswith(".parquet")}
    return named <= there and all(is_whole(folder / name) for name in there)


def write_seal(
    folder: Path, part_fingerprint: str, notes: Mapping[str, str] = MappingProxyType({})
) -> None:
    record = {"fingerprint": part_fingerprint, **notes}
    (folder / SEAL).write_text(json.dumps(record) + "\n")


def reseal(folder: Path, part_fingerprint: str, notes: Mapping[str, str]) -> None:
    """Say that a finished part's rows hold under another fingerprint too."""
    sealed = {"fingerprint": part_fingerprint, "state": read_state(folder), **notes}
    _overwrite_seal(folder, {**read_record(folder), **sealed})


def is_done_without(folder: Path, table: str) -> bool:
    """Whether a part was finished by a stage that did not write such a table yet."""
    counts = read_json(folder / COUNTS)
    return not (counts is None or table in counts or (folder / f"{table}.parquet").exists())


def removed_tables(folder: Path) -> tuple[str, ...]:
    """Tables of a finished part that retention has removed, or all but a few rows of them."""
    removed = read_record(folder).get("removed", ())
    return tuple(map(str, removed)) if isinstance(removed, list) else ()


def note_removal(folder: Path, tables: Sequence[str]) -> None:
    """Say in a part's seal that some of its tables are no longer whole; the part stays finished."""
    _overwrite_seal(folder, {**read_record(folder), "removed": list(tables)})


def _overwrite_seal(folder: Path, record: Mapping[str, object]) -> None:
    write_durably(folder / SEAL, json.dumps(record) + "\n")


def break_seal(folder: Path) -> None:
    """Have the part done again, whatever its fingerprint."""
    (folder / SEAL).unlink(missing_ok=True)


def overwrite(file: Path, frame: pl.DataFrame) -> None:
    """Put a Parquet file in another's place, in one piece."""
    temporary = file.with_name(f".{file.name}.tmp")
    frame.write_parquet(temporary)
    put_in_place(temporary, file)


@contextmanager
def replacing(folder: Path, *, permit: Callable[[], None] | None = None) -> Iterator[Path]:
    """A fresh folder to write in, which takes the place of ``folder`` when all went well.

    Its files are on disk before it has the name, and the name is before this returns. A killed
    process leaves at the most a ``.tmp`` folder, removed by the next that is alone.

    With ``permit`` others may be writing the same folder, as where a worker was taken for dead:
    what they have begun is left alone, the last to finish has the name, and at no instant is
    there a mixture. It is called when all is on disk, right before the name is taken, and raises
    where this writer may no longer take it.
    """
    temporary = own_temporary(folder)
    if permit is None:
        recover(folder)
        remove_leftovers(folder)
    make_folder(folder.parent)
    temporary.mkdir()
    try:
        yield temporary
        sync_tree(temporary)
        if permit is not None:
            permit()
    except BaseException:
        if permit is not None:  # nobody else knows that it is nobody's now
            shutil.rmtree(temporary, ignore_errors=True)
        raise
    _take_the_place(temporary, folder)


def _take_the_place(temporary: Path, folder: Path) -> None:
    """Give a finished folder the name, again and again where another writer was quicker."""
    replaced = []
    while True:
        # Out of the way by a rename: what a part holds may be all that retention has left.
        old = own_temporary(folder, "old.tmp")
        with suppress(FileNotFoundError):
            folder.rename(old)
            replaced.append(old)
        try:
            move(temporary, folder)
            break
        except OSError as error:
            if error.errno not in TAKEN:
                raise
    for old in replaced:
        shutil.rmtree(old, ignore_errors=True)


def recover(folder: Path) -> None:
    """Put back what a process moved out of the way and did not live to replace."""
    if not folder.exists():
        for old in sorted(folder.parent.glob(f".{folder.name}.*.old.tmp")):
            try:
                move(old, folder)
            except OSError as error:
                if error.errno not in (errno.ENOENT, *TAKEN):  # its owner lives, and went on
                    raise
            return


def remove_leftovers(folder: Path) -> None:
    """Remove what killed processes left of a folder; the caller is alone at work on it."""
    for leftover in folder.parent.glob(f".{folder.name}.*.tmp"):
        shutil.rmtree(leftover, ignore_errors=True)
