"""Where the published file lies, who may write it, and the releases that are kept.

What belongs here: paths, the writer's lock, the one way into the published file's place, kept
releases and rollback. What does not: what is in the file.

    dateline.duckdb           what analysts read   releases/<name>.duckdb  the last ones, with
                                                   their records (release_records.py)
    staging/dateline.duckdb   the candidate        staging/staged.json  what it holds
    staging/audit.json        its audit, bound to its SHA-256
    made_of.json              of what the published file was made (up_to_date.py)
    foreign/                  write-ahead logs that others left, kept out of the way

A release is named after the instant of its publication, for people, and its number, which orders
them: 2026-03-01T020713.104200Z-0012. A clock may be wrong, and be set. People call it by its
version (release_versions.py).
"""

import logging
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from filelock import FileLock, Timeout

from etl import cloning, durability
from etl.errors import PublishError, WarehouseError
from etl.warehouse.digest import sha256
from etl.warehouse.foreign_logs import set_aside
from etl.warehouse.release_records import (
    is_changed,
    published_digests,
    record_of,
    recorded_version,
)

logger = logging.getLogger(__name__)

WRITE_BITS = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
CLOCK_TOLERANCE = timedelta(minutes=5)
RELEASE_FORMAT = "%Y-%m-%dT%H%M%S.%fZ"


@dataclass(frozen=True)
class Warehouse:
    """The paths of the published file and all that surrounds it, below one folder."""

    root: Path

    @property
    def published(self) -> Path:
        return self.root / "dateline.duckdb"

    @property
    def staging(self) -> Path:
        return self.root / "staging" / "dateline.duckdb"

    @property
    def staged_record(self) -> Path:
        return self.root / "staging" / "staged.json"

    @property
    def audit_record(self) -> Path:
        return self.root / "staging" / "audit.json"

    @property
    def releases(self) -> Path:
        return self.root / "releases"

    @property
    def made_of_record(self) -> Path:
        return self.root / "made_of.json"

    @property
    def foreign(self) -> Path:
        return self.root / "foreign"


@contextmanager
def writing(warehouse: Warehouse, *, wait_seconds: float) -> Iterator[None]:
    """Hold the warehouse for writing; the lock dies with its process.

    Logs that others have left beside the published file or a release are set aside first.
    Raises WarehouseError where another process holds it longer than ``wait_seconds``.
    """
    warehouse.root.mkdir(parents=True, exist_ok=True)
    lock = FileLock(warehouse.root / ".lock", timeout=wait_seconds)
    try:
        lock.acquire()
    except Timeout as error:
        raise WarehouseError(
            f"another run has been writing {warehouse.root} for over {wait_seconds:.0f} s"
        ) from error
    try:
        set_aside_foreign_logs(warehouse)
        yield
    finally:
        lock.release()


def set_aside_foreign_logs(warehouse: Warehouse) -> list[Path]:
    """Move logs that are not ours into ``warehouse.foreign``; return where they lie now."""
    files = (warehouse.published, *releases(warehouse))
    return [log for file in files for log in set_aside(file, warehouse.foreign)]


def put_in_place(warehouse: Warehouse, candidate: Path) -> None:
    """Make a finished file the published one, by one rename, read-only and without a log.

    Nobody may write to it, so that a client which opens files for writing by default is refused.
    That does not bind root, nor the log of a process that had the file before this one open:
    so logs are looked for on either side of the rename.
    """
    candidate.chmod(candidate.stat().st_mode & ~WRITE_BITS)
    set_aside_foreign_logs(warehouse)
    durability.put_in_place(candidate, warehouse.published)
    set_aside_foreign_logs(warehouse)


def releases(warehouse: Warehouse) -> list[Path]:
    """Kept releases in the order in which they were published."""
    kept = warehouse.releases.glob("*.duckdb")
    return sorted(kept, key=lambda release: (sequence_of(release), release.stem))


def sequence_of(release: Path) -> int:
    """Its number among all publications; 0 for one of before they were numbered."""
    _, _, number = release.stem.partition("Z-")
    return int(number) if number.isdecimal() else 0


def current_release(warehouse: Warehouse) -> Path | None:
    """The kept release that is published now; None where nothing is, or no release holds it."""
    published = warehouse.published
    if not published.exists():
        return None
    kept = releases(warehouse)
    linked = [release for release in kept if release.samefile(published)]
    # Without hard links a release is a copy, to be known by its bytes.
    copies = (r for r in reversed(kept) if r.stat().st_size == published.stat().st_size)
    return linked[-1] if linked else next((r for r in copies if _same_bytes(r, published)), None)


def find_release(warehouse: Warehouse, name: str) -> Path:
    """The kept release of that version, else the one whose name begins so.

    'previous' is the one before the current.

    Raises PublishError where there is none, or several.
    """
    kept = releases(warehouse)
    if name == "previous":
        current = current_release(warehouse)
        found = kept[: kept.index(current)][-1:] if current else []
    else:
        found = [release for release in kept if name and recorded_version(release) == name]
        found = found or [release for release in kept if name and release.stem.startswith(name)]
    if len(found) == 1:
        return found[0]
    known = ", ".join(label_of(path) for path in found or kept) or "none"
    if found:
        raise PublishError(f"{len(found)} releases begin with {name!r}; name one of: {known}")
    if name == "previous":
        raise PublishError(f"there is no earlier release; kept are: {known}")
    raise PublishError(f"no release begins with {name!r}; kept are: {known}")


def label_of(release: Path) -> str:
    """What people call it: its version, else its name."""
    return recorded_version(release) or release.stem


def published_at(release: Path) -> datetime:
    """The UTC instant that a release is named after: what the clock said."""
    instant, zulu, _ = release.stem.partition("Z")
    return datetime.strptime(instant + zulu, RELEASE_FORMAT).replace(tzinfo=UTC)


def clock_fault(warehouse: Warehouse, now: datetime) -> str:
    """What tells that the clock is wrong, or was at the last publication; '' for nothing."""
    kept = releases(warehouse)
    if not kept or now >= published_at(kept[-1]) - CLOCK_TOLERANCE:
        return ""
    return (
        f"the last release, {kept[-1].stem}, is later than now, {now:%Y-%m-%dT%H%M%SZ}: "
        "the clock was wrong then, or is now"
    )


def rollback(warehouse: Warehouse, release: Path) -> None:
    """Put a kept release back in place, by the same atomic rename.

    Raises PublishError where it is none, or is no longer what was published.
    """
    if release not in releases(warehouse):
        known = ", ".join(path.stem for path in releases(warehouse)) or "none"
        raise PublishError(f"no release {release.stem}; kept are: {known}")
    if is_changed(release):
        raise PublishError(
            f"release {release.stem} is damaged or was changed since it was published: choose "
            "another one, or have the file built from the lake: dateline rebuild"
        )
    adopt_published(warehouse)
    temporary = warehouse.root / ".rollback.duckdb"
    temporary.unlink(missing_ok=True)
    _link(release, temporary)
    put_in_place(warehouse, temporary)
    temporary.unlink(missing_ok=True)  # two names of one file: a rename leaves both


def adopt_published(warehouse: Warehouse) -> None:
    """A run killed right after its rename left a published file that no release holds."""
    published = warehouse.published
    if not published.exists() or current_release(warehouse) is not None:
        return
    if release := published_digests(warehouse.releases).get(sha256(published)):
        keep_release(warehouse, release)


def release_at(warehouse: Warehouse, finished_at: datetime, sequence: int) -> Path:
    """The name of the release that is published at an instant, under its number."""
    return warehouse.releases / f"{finished_at.strftime(RELEASE_FORMAT)}-{sequence:04d}.duckdb"


def keep_release(warehouse: Warehouse, release: Path) -> None:
    """The published file is only ever replaced, never changed: a link keeps it for nothing."""
    warehouse.releases.mkdir(exist_ok=True)
    if not release.exists():
        _link(warehouse.published, release)
        durability.sync(warehouse.releases)


def _same_bytes(one: Path, other: Path) -> bool:
    return sha256(one) == sha256(other)


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:  # a file system without hard links
        cloning.copy(source, target)
        shutil.copymode(source, target)
        durability.sync(target)


def old_releases(warehouse: Warehouse, keep: int) -> list[Path]:
    """Releases to drop so that ``keep`` stay, oldest first.

    Those go first that a later one of the same UTC day has replaced, so that a night run again
    and again leaves something older to go back to. The newest two always go last: the current
    one and, most often, the one that a rollback wants.
    """
    kept = releases(warehouse)
    last_of_day = {_day(release): release for release in kept}
    replaced = [release for release in kept[:-2] if last_of_day[_day(release)] != release]
    in_turn = [*replaced, *(release for release in kept if release not in replaced)]
    dropped = in_turn[: max(len(kept) - max(keep, 1), 0)]
    return [release for release in kept if release in dropped]


def _day(release: Path) -> str:
    """As the name has it: a file of another name must not stop a publication."""
    return release.stem[: len("YYYY-MM-DD")]


def drop_old_releases(warehouse: Warehouse, keep: int) -> None:
    """Drop what is beyond ``keep``, and records whose file was never put in place."""
    for release in old_releases(warehouse, keep):
        drop_release(release)
        logger.info("dropped release %s", release.stem)
    for release in published_digests(warehouse.releases).values():
        if not release.exists():
            drop_release(release)


def drop_release(release: Path) -> None:
    """Remove a kept release and its record."""
    release.unlink(missing_ok=True)
    record_of(release).unlink(missing_ok=True)
