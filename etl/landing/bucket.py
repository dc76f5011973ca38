"""A landing place in object storage: which objects hold documents, and opening them.

What belongs here: what differs from a folder. What does not: requests and their errors
(etl/objects/store.py).

An object appears whole, so none waits to settle. It is known by its key below the address, its
size and its ETag; when it was put there is noted and tells nothing. A key that no file could be
called by is left, and named: what would be taken could not be named to anybody.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

import polars as pl

from etl.errors import LandingError
from etl.landing import drops
from etl.landing.ahead import Ahead
from etl.landing.paths import path_of_text, text_of_path
from etl.landing.scan import LandedFile, Scan, files_frame, kind_of
from etl.landing.tree import State, bounded
from etl.objects.addresses import is_plain_key
from etl.objects.faults import UnansweredError
from etl.objects.store import ListedObject, ObjectStore

ODD_KEY = "a key that no file can have: rename it"
# The library behind fsspec would take the rest for the version of another object.
VERSION = "?versionId="


@dataclass(frozen=True)
class Bucket:
    """The objects of a landing address, as one of the places where files land (places.py)."""

    store: ObjectStore

    @contextmanager
    def opened(self, files: pl.DataFrame) -> Iterator["OpenBucket"]:
        """As ``Place``. Raises LandingError where nobody answers: no object is to blame."""
        try:
            with Ahead(self.store, _in_turn(files)) as ahead:
                yield OpenBucket(self.store, ahead)
        except UnansweredError as error:
            raise LandingError(self.store.told(error)) from error


@dataclass(frozen=True)
class OpenBucket:
    """A bucket while its objects are read, each by a request of its own."""

    store: ObjectStore
    ahead: Ahead
    is_slow_to_seek = True

    def open_file(self, path: bytes, listed: State) -> BinaryIO:
        """As ``OpenPlace``; that an object is another by now may show only when it is read."""
        return self.ahead.open(_object(path, listed))

    def check_unchanged(self, path: bytes, stream: BinaryIO, listed: State) -> None:
        """As ``OpenPlace``."""
        self.store.check_unchanged(_object(path, listed))


def scan_bucket(store: ObjectStore) -> Scan:
    """List the objects; hidden ones and the marks of folders are passed over, as in a folder.

    Raises LandingError where they cannot be listed, from the OSError that tells why.
    """
    try:
        objects = {one.key: one for one in store.list() if not _is_passed_over(one.key)}
    except OSError as error:
        raise LandingError(store.told(error)) from error
    beside = {drops.sidecar_of(key) for key in objects}
    by_kind: dict[str, list[str]] = defaultdict(list)
    for key in sorted(objects):
        kind = kind_of(key, beside)
        is_odd = kind == "document" and (not is_plain_key(key) or VERSION in key)
        by_kind["odd" if is_odd else kind].append(key)
    return Scan(
        place=Bucket(store),
        files=files_frame(_landed(objects[key], objects) for key in by_kind["document"]),
        waiting=tuple(map(_text, by_kind["unfinished"])),
        ignored=tuple(map(_text, by_kind["other"])),
        unreadable=tuple(f"{_text(key)} ({ODD_KEY})" for key in by_kind["odd"]),
    )


def _is_passed_over(key: str) -> bool:
    is_hidden = any(part.startswith(".") and part not in (".", "..") for part in key.split("/"))
    return is_hidden or key == "" or key.endswith("/")


def _landed(one: ListedObject, objects: Mapping[str, ListedObject]) -> LandedFile:
    sidecar = objects.get(drops.sidecar_of(one.key) or "")
    return LandedFile(
        path=_text(one.key),
        size=one.size,
        mtime_ns=bounded(one.modified_ns),
        ctime_ns=None,
        sidecar_size=sidecar.size if sidecar else None,
        sidecar_mtime_ns=bounded(sidecar.modified_ns) if sidecar else None,
        etag=one.etag,
        sidecar_etag=sidecar.etag if sidecar else None,
    )


def _in_turn(files: pl.DataFrame) -> Iterator[ListedObject]:
    """The objects in the order in which a claim opens them: each text before its sidecar."""
    for row in files.iter_rows():
        file = LandedFile(*row)
        yield _object(path_of_text(file.path), file.state)
        sidecar = drops.sidecar_of(file.path)
        if sidecar is not None and file.sidecar_state is not None:
            yield _object(path_of_text(sidecar), file.sidecar_state)


def _text(key: str) -> str:
    return text_of_path(key.encode())


def _object(path: bytes, listed: State) -> ListedObject:
    return ListedObject(path.decode(), listed.size, listed.etag or "", listed.mtime_ns)
