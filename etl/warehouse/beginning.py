"""What a staging file begins with: a copy of the published file, or an empty one.

What belongs here: whether the published file can be the base of the next one, and whether the
lake has all that is to be loaded from it. What does not: the loading (etl/warehouse/staging.py).
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import polars as pl

from etl import cloning
from etl.errors import WarehouseError
from etl.lake.store import Lake
from etl.warehouse.contents import delivery_counts
from etl.warehouse.digest import sha256
from etl.warehouse.layout import create, discard, has_declared_structure


@dataclass(frozen=True, kw_only=True)
class Base:
    """What lies in staging's place: a copy of the published file, or an empty file.

    ``anew`` says why it is empty; '' for a copy. ``delivered`` are then the documents of each
    night that the published file holds, as far as it can be read: all of them must come back.
    """

    anew: str = ""
    delivered: Mapping[date, int] = field(default_factory=dict)


def begin(published: Path, staging: Path, *, known: Container[str], from_lake: bool) -> Base:
    """Lay the base of the next file at ``staging``.

    A published file is good for it where its SHA-256 is ``known`` (it is what was once
    published) and its tables are the declared ones. It is copied, never opened: a client that
    has opened it for writing holds a lock on it.
    """
    discard(staging)
    staging.parent.mkdir(parents=True, exist_ok=True)
    if not published.exists():
        create(staging)
        return Base(anew="there is no published file")
    cloning.copy(published, staging)
    anew = "it was asked for" if from_lake else _unfit(staging, known)
    if not anew:
        return Base()
    delivered = _delivered(staging)
    discard(staging)
    create(staging)
    return Base(anew=anew, delivered=delivered)


def _unfit(copy: Path, known: Container[str]) -> str:
    if sha256(copy) not in known:
        return "the published file is not as Dateline published it: damaged, changed or foreign"
    if not has_declared_structure(copy):
        return "the published file has the tables of another version"
    return ""


def _delivered(copy: Path) -> Mapping[date, int]:
    try:
        return delivery_counts(copy)
    except WarehouseError:  # too damaged to tell
        return {}


def check_lake(
    lake: Lake, nights: Iterable[date], *, logged: pl.DataFrame, held: Mapping[date, int]
) -> None:
    """Raise WarehouseError where the lake has fewer documents of a night than were published.

    ``logged`` are all publications (``schema.RUNS``), ``held`` the documents by night that the
    published file holds. Documents are never taken out of the lake, so some were lost, and a
    file without them must not be published.
    """
    counted = logged.group_by("ingested_on").agg(pl.col("delivered_count").max())
    once = dict(counted.iter_rows())
    for night in sorted(nights):
        expected = max(once.get(night, 0), held.get(night, 0))
        found = sum(part.document_count() for part in lake.raw_parts(night))
        if found < expected:
            raise WarehouseError(
                f"the lake has {found} of the {expected} documents that the night of {night} "
                f"once had: restore {lake.night_folder('raw_documents', night)} from a backup"
            )
