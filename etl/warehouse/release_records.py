"""What each release was when it was published: its SHA-256, in a record beside it.

What belongs here: writing and reading these records. What does not: the releases themselves
(etl/warehouse/releases.py).

    releases/<name>.duckdb    releases/<name>.json    {"sha256": ...}

A record is written before its file is put in place. So whatever is published has one, and a file
without one, or with another content, is not what Dateline published: it was changed, damaged, or
comes from elsewhere.
"""

import json
from pathlib import Path

from etl.durability import write_durably
from etl.warehouse.digest import sha256


def record_of(release: Path) -> Path:
    """Where the record of a release lies."""
    return release.with_suffix(".json")


def write_record(release: Path, digest: str) -> None:
    """Note the SHA-256 of a release that is about to be published."""
    release.parent.mkdir(exist_ok=True)
    write_durably(record_of(release), json.dumps({"sha256": digest}) + "\n")


def recorded_digest(release: Path) -> str | None:
    """Its SHA-256 when it was published; None for one of before there were records."""
    record = record_of(release)
    return str(json.loads(record.read_text())["sha256"]) if record.exists() else None


def is_changed(release: Path) -> bool:
    """Whether it is no longer what was published, as far as a record tells."""
    recorded = recorded_digest(release)
    return recorded is not None and sha256(release) != recorded


def published_digests(folder: Path) -> dict[str, Path]:
    """By SHA-256: the release of that content, whether or not its file is there."""
    releases = (record.with_suffix(".duckdb") for record in sorted(folder.glob("*.json")))
    return {digest: release for release in releases if (digest := recorded_digest(release))}
