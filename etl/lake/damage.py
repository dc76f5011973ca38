"""Files of the lake that are empty or cut short, what they held, and what comes back by itself.

What belongs here: finding them, by looking at the ends of every file, and saying of a raw part
what its batch had claimed. What does not: mending. A derived part counts as not finished
(store.py), and the next night derives it again (assets/night/catch_up.py); the manifest of a batch
is made anew from its parts by the next claim (etl/landing/claims.py); a raw part is the only copy
of its bytes: it comes from a backup.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from etl.errors import StageError
from etl.lake.retention import can_be_done_again
from etl.lake.store import SEAL, Lake, RawPart, is_whole_part
from etl.lake.wholeness import is_whole, read_json
from etl.night import NIGHT, STAGE_NAMES
from etl.stage import RAW

MANIFEST = "files.parquet"
"""Beside the parts of a batch: the files that it claimed (etl/landing/claims.py)."""
LEDGER = "ledger.parquet"
SHOWN_FILES = 5


@dataclass(frozen=True, kw_only=True)
class Damage:
    """A file of the lake, or the folder of a derived part, that is not whole.

    ``lost`` says what it held where nothing in the lake can give it back, else ''. ``night`` is
    None for logs and records, which belong to no one night.
    """

    path: Path
    night: date | None
    lost: str = ""


def find_damage(lake: Lake) -> list[Damage]:
    """All of it: raw parts and manifests, derived parts, logs and records."""
    nights = lake.nights(RAW)
    derived = (found for night in nights for found in _derived(lake, night))
    return [*raw_damage(lake, nights), *derived, *_records(lake)]


def raw_damage(lake: Lake, nights: Iterable[date]) -> list[Damage]:
    """Raw parts and manifests that are not whole."""
    return [found for night in nights for found in _raw(lake, night)]


def check_raw(lake: Lake, nights: Sequence[date]) -> list[Damage]:
    """The damage that the nights can do without: raw parts of other nights.

    Raises StageError for a raw part of the nights themselves, and for the manifest of any night
    that can't be made anew: without it, files that were claimed would be claimed again.
    """
    nights_claimed = sorted({*nights, *lake.nights(RAW)})
    damage = [one for one in raw_damage(lake, nights_claimed) if one.lost]
    if found := [one for one in damage if one.night in nights or one.path.name == MANIFEST]:
        more = f"; {len(found) - 1} more: dateline doctor" if len(found) > 1 else ""
        raise StageError(
            f"{found[0].path} is damaged: {found[0].lost}; restore it from a backup{more}"
        )
    return damage


def damaged_manifests(lake: Lake) -> list[Path]:
    """Those of which the parts beside them still tell what they listed."""
    found = (damage for night in lake.nights(RAW) for damage in _manifests(lake, night))
    return [damage.path for damage in found if not damage.lost]


def nights_to_mend(lake: Lake, nights: Iterable[date]) -> list[date]:
    """Those of the nights of which a derived part is damaged, and all of it can be made again."""
    return [
        night
        for night in sorted(nights)
        if all(part.is_whole for part in lake.raw_parts(night))
        and (found := list(_derived(lake, night)))
        and not any(damage.lost for damage in found)
    ]


def delivery_ids(lake: Lake, part: RawPart) -> list[str]:
    """Those of a raw part that is damaged, as its first stage has noted them.

    Raises StageError where that is damaged, or was never done.
    """
    ledger = lake.part_folder(STAGE_NAMES[0], part.night, part.name) / LEDGER
    if not ledger.exists() or not is_whole(ledger):
        raise StageError(f"{part.path} is damaged: {_held(lake, part)}; restore it from a backup")
    noted = pl.read_parquet(ledger, columns=["delivery_id"], hive_partitioning=False)
    return noted["delivery_id"].to_list()


def _raw(lake: Lake, night: date) -> Iterator[Damage]:
    yield from _manifests(lake, night)
    for part in lake.raw_parts(night):
        if not part.is_whole:
            yield Damage(path=part.path, night=night, lost=_held(lake, part))


def _manifests(lake: Lake, night: date) -> Iterator[Damage]:
    """Those that are damaged or gone; nothing is lost where the parts beside them are whole."""
    for batch in sorted(lake.night_folder(RAW, night).glob("batch-*")):
        manifest = batch / MANIFEST
        if not (manifest.exists() and is_whole(manifest)):
            held = f"it listed the files that {batch.name} of {night} has claimed"
            can_be_told = all(map(is_whole, batch.glob("part-*.parquet")))
            yield Damage(path=manifest, night=night, lost="" if can_be_told else held)


def _held(lake: Lake, part: RawPart) -> str:
    """By the ledger how many, by the manifest of which files.

    Of a batch of several parts nobody can tell which file was in which.
    """
    ledger = lake.part_folder(STAGE_NAMES[0], part.night, part.name) / LEDGER
    count = f"{_height(ledger)} " if ledger.exists() and is_whole(ledger) else ""
    what = f"it held {count}documents of {part.night}"
    manifest = part.path.with_name(MANIFEST)
    if not manifest.exists() or not is_whole(manifest):
        return what
    paths = pl.read_parquet(manifest, columns=["path"], hive_partitioning=False)["path"].sort()
    more = ", ..." if len(paths) > SHOWN_FILES else ""
    shown = ", ".join(paths.head(SHOWN_FILES))
    return f"{what}, from the {len(paths)} files of its batch: {shown}{more}"


def _height(file: Path) -> int:
    return int(pl.scan_parquet(file, hive_partitioning=False).select(pl.len()).collect().item())


def _derived(lake: Lake, night: date) -> Iterator[Damage]:
    for part in lake.raw_parts(night):
        for stage in NIGHT:
            folder = lake.part_folder(stage.name, night, part.name)
            if (folder / SEAL).exists() and not (
                read_json(folder / SEAL) and is_whole_part(folder)
            ):
                can = part.is_whole and can_be_done_again(lake, part, stage)
                lost = "" if can else f"it held {stage.name} of {night}, whose bytes are gone"
                yield Damage(path=folder, night=night, lost=lost)


def _records(lake: Lake) -> Iterator[Damage]:
    """Logs of runs and audits, and notes: at the top of the lake, or a folder below it."""
    for file in sorted(lake.root.glob("*/*.parquet")):
        if not is_whole(file):
            yield Damage(path=file, night=None)
    for file in sorted([*lake.root.glob("*.json"), *lake.root.glob("*/*.json")]):
        if read_json(file) is None:
            yield Damage(path=file, night=None)
