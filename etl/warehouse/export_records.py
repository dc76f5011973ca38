"""Which exports were made: where, of which version, with texts or without.

What belongs here: the record of an export in the lake, and which exports hold an article. What does
not: making one (assets/cli/export_folder.py).

An export is out of Dateline's hands: it may be copied and passed on. So what it held is judged by
its record alone, and a withdrawal names it even where its folder is gone.
"""

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

from etl.durability import make_folder, write_durably
from etl.lake.store import Lake
from etl.lake.wholeness import read_json


@dataclass(frozen=True, kw_only=True)
class ExportRecord:
    """One export: ``nights`` whose articles it has, ``exported_at`` in UTC."""

    folder: str
    version: str
    exported_at: datetime
    forms: tuple[str, ...]
    has_bodies: bool
    nights: tuple[date, ...]


def record_export(lake: Lake, record: ExportRecord) -> Path:
    """Note an export, before it is put in place; return where it is noted."""
    folder = _folder(lake)
    make_folder(folder)
    file = folder / f"{record.exported_at:%Y-%m-%dT%H%M%S.%fZ}.json"
    write_durably(file, json.dumps(asdict(record), default=str, ensure_ascii=False) + "\n")
    return file


def read_exports(lake: Lake) -> list[ExportRecord]:
    """All that were noted, the oldest first; a damaged record is passed over (the doctor tells)."""
    files = sorted(_folder(lake).glob("*.json"))
    return [_read(record) for file in files if (record := read_json(file))]


def exports_holding(
    lake: Lake, nights: Collection[date], *, until: date | None = None
) -> list[ExportRecord]:
    """Those with articles of any of the nights, made on ``until`` at the latest, where given.

    An article that was rejected when the export was made is not told apart.
    """
    return [
        record
        for record in read_exports(lake)
        if not {*nights}.isdisjoint(record.nights)
        and (until is None or record.exported_at.date() <= until)
    ]


def line_of(record: ExportRecord) -> str:
    """What people are told of it."""
    texts = "with texts" if record.has_bodies else "without texts"
    return f"{record.folder} ({record.version}, {record.exported_at:%Y-%m-%d}, {texts})"


def _folder(lake: Lake) -> Path:
    return lake.root / "exports"


def _read(record: dict[str, object]) -> ExportRecord:
    nights, forms = record["nights"], record["forms"]
    assert isinstance(nights, list)
    assert isinstance(forms, list)
    return ExportRecord(
        folder=str(record["folder"]),
        version=str(record["version"]),
        exported_at=datetime.fromisoformat(str(record["exported_at"])),
        forms=tuple(forms),
        has_bodies=bool(record["has_bodies"]),
        nights=tuple(map(date.fromisoformat, nights)),
    )
