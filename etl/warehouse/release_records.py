"""What each release was when it was published: SHA-256 and manifest, in a record beside it.

What belongs here: writing and reading these records. What does not: the releases themselves
(etl/warehouse/releases.py).

    releases/<name>.duckdb    releases/<name>.json    {"sha256": ..., "version": ..., ...}

After the SHA-256 it has the manifest (manifest.py); records of before there were any have none.

A record is written before its file is put in place. So whatever is published has one, and a file
without one, or with another content, is not what Dateline published: it was changed, damaged, or
comes from elsewhere.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from etl.durability import write_durably
from etl.warehouse.digest import sha256
from etl.warehouse.manifest import Manifest


def record_of(release: Path) -> Path:
    """Where the record of a release lies."""
    return release.with_suffix(".json")


def write_record(
    release: Path, digest: str, manifest: Mapping[str, object] = MappingProxyType({})
) -> None:
    """Note the SHA-256 of a release that is about to be published, and what it is."""
    release.parent.mkdir(exist_ok=True)
    record = {"sha256": digest, **manifest}
    write_durably(record_of(release), json.dumps(record, indent=1, ensure_ascii=False) + "\n")


def recorded_manifest(release: Path) -> Manifest | None:
    """What it is; None where no record tells."""
    return Manifest.read(recorded(release))


def recorded_digest(release: Path) -> str | None:
    """Its SHA-256 when it was published; None for one of before there were records."""
    return _recorded(release, "sha256")


def recorded_version(release: Path) -> str | None:
    """The version under which it was published; None for one of before there were versions."""
    return _recorded(release, "version")


def recorded(release: Path) -> dict[str, Any]:
    """All of its record; nothing for one of before there were records."""
    path = record_of(release)
    record: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return record


def _recorded(release: Path, name: str) -> str | None:
    value = recorded(release).get(name)
    return None if value is None else str(value)


def is_changed(release: Path) -> bool:
    """Whether it is no longer what was published, as far as a record tells."""
    recorded = recorded_digest(release)
    return recorded is not None and sha256(release) != recorded


def published_digests(folder: Path) -> dict[str, Path]:
    """By SHA-256: the release of that content, whether or not its file is there."""
    releases = (record.with_suffix(".duckdb") for record in sorted(folder.glob("*.json")))
    return {digest: release for release in releases if (digest := recorded_digest(release))}
