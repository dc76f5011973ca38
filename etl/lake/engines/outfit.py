"""What a process brings that shapes rows, told apart so that a difference can be named.

What belongs here: the outfit of one process, and how two differ. What does not: the version of a
stage (etl/night.py), which says that something differs, not what.
"""

import hashlib
import platform
from collections.abc import Iterator
from dataclasses import dataclass, fields
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from etl.errors import DatelineError
from etl.fingerprint import fingerprint
from etl.night import ACROSS, NIGHT, night_code_version, night_model_version
from etl.tables import ROOMS, site_version

_BASES = (ACROSS, *(stage.basis for stage in NIGHT))
LIBRARIES = tuple(sorted({name for basis in _BASES for name in basis.libraries}))
"""Libraries whose release may change rows."""


@dataclass(frozen=True, kw_only=True)
class Outfit:
    """What one process brings: releases by name, and hashes of all else.

    ``code`` is that of the whole domain, not of the stages alone: a part is also written, sealed
    and put in place by it. ``python`` is without its last number, in which nothing of a row's
    making differs. Why something could not be told stands in its place.
    """

    python: str
    libraries: tuple[tuple[str, str], ...]
    code: str
    tables: str
    site_tables: str
    model: str


def outfit(spacy_model: str | None, site_tables: Path | None) -> Outfit:
    """That of this process; the arguments as in ``etl.night.stages``.

    Reads files alone: tables and models that are in use here stay in use.
    """
    return Outfit(
        python=".".join(platform.python_version_tuple()[:2]),
        libraries=tuple((name, _release(name)) for name in LIBRARIES),
        code=night_code_version(),
        tables=_shipped_tables(),
        site_tables=_site_tables(site_tables),
        model=_model(spacy_model),
    )


def differences(found: Outfit, wanted: Outfit) -> list[str]:
    """Where one outfit is not as wanted: "polars 2.0.0, expected 2.1.0"."""
    return [
        f"{name} {have}, expected {want}"
        for (name, have), (_, want) in zip(_items(found), _items(wanted), strict=True)
        if have != want
    ]


def _items(told: Outfit) -> Iterator[tuple[str, str]]:
    for field in fields(told):
        value = getattr(told, field.name)
        if field.name == "libraries":
            yield from value
        else:
            yield field.name.replace("_", " "), value or "none"


def _release(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "none"


def _shipped_tables() -> str:
    files = (file for room in ROOMS.values() for file in sorted(room.glob("*.csv*")))
    return fingerprint(*(hashlib.sha256(file.read_bytes()).hexdigest() for file in files))[:16]


def _site_tables(folder: Path | None) -> str:
    try:
        return site_version(folder)
    except DatelineError as error:
        return str(error)


def _model(spacy_model: str | None) -> str:
    try:
        return night_model_version(spacy_model)
    except DatelineError as error:
        return str(error)
