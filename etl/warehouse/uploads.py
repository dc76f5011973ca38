"""The published file in object storage: which objects there are, and in which order they come.

What belongs here: bringing a place up to date with the warehouse. What does not: requests
(etl/objects/store.py), and what publishes (publish.py).

    <prefix>/dateline-2026.03.02.duckdb   a release, under its version
    <prefix>/dateline-2026.03.02.json     what it is: its record, with name and bytes
    <prefix>/latest.json                  which of them is published

They come in this order, each whole or not at all, and what goes does so in the reverse order. So
whoever reads latest.json first finds a file that is whole and never changes, whenever an upload
was killed; the next one takes up what is missing. A release that has its manifest is never written
again: where it is another file than ours, two homes upload to one place, and that is an error.
"""

import json
import logging
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl.errors import UploadError
from etl.objects.store import ObjectStore
from etl.warehouse.digest import sha256
from etl.warehouse.release_records import recorded, recorded_digest
from etl.warehouse.releases import Warehouse, current_release, label_of, releases

logger = logging.getLogger(__name__)

POINTER = "latest.json"
_RELEASE = re.compile(r"dateline-(?P<label>[^/]+)\.(?:duckdb|json)")


@dataclass(frozen=True, kw_only=True)
class Upload:
    """What a place has now: ``address`` is that of the published file, ``size`` its bytes.

    ``sent_bytes`` of it were sent this time, all or none; ``dropped`` are the labels of releases
    that were removed, ``kept`` of those that are there.
    """

    address: str
    label: str
    size: int
    sent_bytes: int
    dropped: tuple[str, ...]
    kept: tuple[str, ...]


def upload_published(
    store: ObjectStore, warehouse: Warehouse, *, known: Collection[str]
) -> Upload | None:
    """Have the place hold the published file, and its pointer name it; None where nothing is.

    Of the other releases there, those of the versions ``known`` to this home go that it does not
    keep itself any more. The caller holds the writer's lock, so that the pointer never goes back.

    Raises UploadError where that can't be done; the pointer then names what it did before.
    """
    release = current_release(warehouse)
    if release is None:
        return None
    try:
        return _brought_up_to_date(store, warehouse, release, known)
    except OSError as error:
        raise UploadError(store.told(error)) from error


def _brought_up_to_date(
    store: ObjectStore, warehouse: Warehouse, release: Path, known: Collection[str]
) -> Upload:
    there = {one.key: one.size for one in store.list()}
    label, size = label_of(release), release.stat().st_size
    manifest = _manifest(release, label, size)
    sent = _send(store, release, manifest, there)
    pointer = _pointer(manifest, label)
    if _json(store.read(POINTER)) != pointer:
        store.write(POINTER, _bytes(pointer), kept_by_caches=False)
    labels = {found["label"] for key in there if (found := _RELEASE.fullmatch(key))} | {label}
    kept = {label, *map(label_of, releases(warehouse))}
    gone = {one for one in labels if one in known and one not in kept}
    for one in sorted(gone):
        store.delete(manifest_key(one))
        store.delete(file_key(one))
        logger.info("removed %s", store.address.of(file_key(one)))
    return Upload(
        address=store.address.of(file_key(label)),
        label=label,
        size=size,
        sent_bytes=sent,
        dropped=tuple(sorted(gone)),
        kept=tuple(sorted(labels - gone)),
    )


def file_key(label: str) -> str:
    """Where a release lies, by its version, or its name if it is of before there were any."""
    return f"dateline-{label}.duckdb"


def manifest_key(label: str) -> str:
    """Where it says what it is."""
    return f"dateline-{label}.json"


def _send(
    store: ObjectStore, release: Path, manifest: Mapping[str, Any], there: Mapping[str, int]
) -> int:
    """Send the release and its manifest, unless both are there; the bytes of the file sent."""
    name, label = str(manifest["name"]), label_of(release)
    if manifest_key(label) in there:
        found = _json(store.read(manifest_key(label)))
        if found.get("sha256") != manifest["sha256"]:
            raise UploadError(
                f"{store.setting}={store}: {name} there is another file than this home's: does "
                "another home publish to it? Give each a prefix of its own, or remove that file "
                "and its manifest"
            )
        if there.get(name) == manifest["bytes"]:
            return 0
    if sha256(release) != manifest["sha256"]:
        raise UploadError(f"release {label} is damaged here, and not uploaded: dateline rebuild")
    store.upload(name, release)
    store.write(manifest_key(label), _bytes(manifest))
    return int(manifest["bytes"])


def _manifest(release: Path, label: str, size: int) -> dict[str, Any]:
    """The record of a release, with the name that it has there, and its bytes."""
    digest = recorded_digest(release) or sha256(release)
    return {"name": file_key(label), "bytes": size, **recorded(release), "sha256": digest}


def _pointer(manifest: Mapping[str, Any], label: str) -> dict[str, Any]:
    """What a reader needs to fetch a file and to see whether it is whole."""
    told = ("version", "name", "bytes", "sha256", "digest", "published_at")
    return {**{name: manifest.get(name) for name in told}, "manifest": manifest_key(label)}


def _bytes(value: Mapping[str, Any]) -> bytes:
    return (json.dumps(value, indent=1, ensure_ascii=False) + "\n").encode()


def _json(content: bytes | None) -> dict[str, Any]:
    """What an object says; nothing where it is missing, or not one of ours."""
    try:
        value = json.loads(content or b"{}")
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
