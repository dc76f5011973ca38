"""Claiming what is new for a night: the documents' bytes, cut into parts.

What belongs here: the manifest of claimed files and the making of a claim. What does not: the
scan (scan.py), the kinds of files (drops/), the cut (spool.py) and any judgement of content.

A claim is one batch folder, put in place by a single rename: a killed claim leaves nothing.
A file is known by path, size, mtime and ctime, an object by key, size and ETag; one that merely
looks new (touched, copied back) is read again, but its documents keep their delivery ids and are
not delivered twice.
"""

import errno
import hashlib
import logging
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

import polars as pl

from etl.durability import put_in_place
from etl.errors import MACHINE_ERRORS, PASSING_ERRORS
from etl.fingerprint import fingerprint
from etl.lake.damage import MANIFEST, damaged_manifests
from etl.lake.store import Lake, replacing
from etl.landing import drops
from etl.landing.drops.budget import read_up_to
from etl.landing.feeds import feed_of
from etl.landing.limits import Limits
from etl.landing.paths import path_of_text
from etl.landing.places import OpenPlace, Place
from etl.landing.rereading import Rereading
from etl.landing.scan import FILES_SCHEMA, OBJECT_STATE, LandedFile, Scan, with_reason
from etl.landing.spool import Spool
from etl.landing.tree import SwappedError
from etl.objects.faults import UnansweredError, UnreadableObjectError

logger = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What one claim took: counts of documents and files, and what it left alone.

    ``unreadable`` are files and folders left for a later night, each with the reason; ``ahead``
    are dated in the future, claimed or not.
    """

    document_count: int
    file_count: int
    part_count: int
    waiting: tuple[str, ...]
    ignored: tuple[str, ...]
    unreadable: tuple[str, ...]
    ahead: tuple[str, ...] = ()


Manifest = Sequence[pl.DataFrame]
"""Every state of a file that any night has claimed (``LandedFile``), a frame by structure.

Versions of Dateline may note more or less of a file.
"""


OnTaken = Callable[[int, int], None]
"""Is told the bytes of the files that have been taken, and of all that will be."""


def claimed_files(lake: Lake) -> Manifest:
    """The manifest of all nights."""
    files = sorted((lake.root / "raw_documents").glob(f"ingested_on=*/batch-*/{MANIFEST}"))
    by_columns: dict[tuple[str, ...], list[Path]] = defaultdict(list)
    for file in files:
        found = pl.read_parquet_schema(file)
        by_columns[tuple(name for name in FILES_SCHEMA if name in found)].append(file)
    return [
        pl.read_parquet(group, columns=list(names), hive_partitioning=False)
        for names, group in by_columns.items()
    ]


def restore_manifests(lake: Lake) -> None:
    """Make damaged manifests anew, from the paths of the documents in the parts beside them.

    In what state the files were is lost: they look new, are read again, and deliver nothing twice.
    """
    for manifest in damaged_manifests(lake):
        logger.warning("%s is damaged: its files are read again", manifest)
        parts = sorted(manifest.parent.glob("part-*.parquet"))
        frames = [pl.read_parquet(p, columns=["path"], hive_partitioning=False) for p in parts]
        paths = pl.concat([FILES_SCHEMA.to_frame().select("path"), *frames]).unique().sort("path")
        unknown = [pl.lit(None, kind).alias(name) for name, kind in list(FILES_SCHEMA.items())[1:]]
        temporary = manifest.with_name(f".{manifest.name}.tmp")
        paths.with_columns(unknown).write_parquet(temporary)
        put_in_place(temporary, manifest)


def unclaimed(files: pl.DataFrame, manifest: Manifest) -> pl.DataFrame:
    """The files of a scan that stand in no claim in just this state, as far as it was noted.

    By path: of a million that lie there, a night orders those that it takes.
    """
    are_objects = bool(files["etag"].is_not_null().any())
    for claimed in manifest:
        told = _told_of_objects(claimed) if are_objects else _told_of_files(files, claimed)
        if told:
            files = files.join(claimed, on=told, how="anti", nulls_equal=True)
    return files.sort("path")


def _told_of_files(files: pl.DataFrame, claimed: pl.DataFrame) -> list[str]:
    """What tells the state of a file; without what none has in either, as are most sidecars."""
    return [
        name
        for name in claimed.columns
        if name == "path"
        or files[name].null_count() < files.height
        or claimed[name].null_count() < claimed.height
    ]


def _told_of_objects(claimed: pl.DataFrame) -> list[str]:
    """What tells the state of an object; nothing of a manifest of before there were any."""
    is_told = set(OBJECT_STATE) <= set(claimed.columns)
    return list(OBJECT_STATE) if is_told else []


def claim(
    found: Scan,
    lake: Lake,
    *,
    night: date,
    limits: Limits,
    feed_pattern: re.Pattern[str] | None = None,
    on_taken: OnTaken | None = None,
) -> Claim:
    """Take what no night has claimed, as one batch of ``night``; keep the bytes.

    ``feed_pattern`` finds in a path which feed it is of, as its group ``feed``. ``on_taken`` is
    called after each file.

    Returns counts. A file that cannot be opened, or has changed since the scan, is left for a
    later night and named.

    Raises:
        OSError: the machine's fault: its disk is full; or nothing could be read, for a reason
            that may pass.
        LandingError: nobody answers where the objects are.
    """
    restore_manifests(lake)
    manifest = claimed_files(lake)
    files = unclaimed(found.files, manifest)
    left: dict[str, Exception] = {}
    part_count = document_count = 0
    if files.height:
        again = Rereading(lake, _read_before(files, manifest))
        with replacing(_next_batch(lake, night)) as batch:
            spool = Spool(batch / "runs", limits)
            taking = _Taking(
                night=night, limits=limits, feed_pattern=feed_pattern, on_taken=on_taken
            )
            left = _take(found.place, files, again, spool, taking)
            for part in spool.parts():
                part.write_parquet(batch / f"part-{part_count:04d}.parquet")
                part_count += 1
                document_count += part.height
            claimed = files.filter(~pl.col("path").is_in(list(left)))
            claimed.write_parquet(batch / MANIFEST)
            again.write_gone(batch, left=left)
    logger.info("claimed %d documents of %d files for %s", document_count, files.height, night)
    return Claim(
        document_count=document_count,
        file_count=files.height - len(left),
        part_count=part_count,
        waiting=found.waiting,
        ignored=found.ignored,
        unreadable=(*found.unreadable, *(with_reason(*pair) for pair in left.items())),
        ahead=tuple(path for path in found.ahead if path in set(files["path"])),
    )


def _next_batch(lake: Lake, night: date) -> Path:
    folder = lake.night_folder("raw_documents", night)
    return next(path for n in count(1) if not (path := folder / f"batch-{n:04d}").exists())


def _read_before(files: pl.DataFrame, manifest: Manifest) -> pl.DataFrame:
    """The paths of files that were claimed in another state: only they can repeat a document."""
    claimed = pl.concat([files.select("path").clear(), *(f.select("path") for f in manifest)])
    return claimed.join(files, on="path", how="semi").unique()


@dataclass(frozen=True, kw_only=True)
class _Taking:
    """For which night documents are taken, within which limits, and what tells their feeds.

    ``on_taken`` is called after each file.
    """

    night: date
    limits: Limits
    feed_pattern: re.Pattern[str] | None
    on_taken: OnTaken | None


def _take(
    place: Place, files: pl.DataFrame, again: Rereading, spool: Spool, taking: _Taking
) -> dict[str, Exception]:
    """Put the new documents of the files into the spool; the files left, and why."""
    left: dict[str, Exception] = {}
    taken, total = 0, int(files["size"].sum())
    with place.opened(files) as opened:
        for row in files.iter_rows():
            file = LandedFile(*row)
            documents = _documents(opened, file, taking.limits, spool.folder)
            for record in _records(file, _until_fault(documents, file, left), taking):
                if not again.is_known(str(record["delivery_id"])):
                    spool.add(record, size=_size(record))
            if file.path in left:
                spool.forget(file.path)
            taken += file.size
            if taking.on_taken:
                taking.on_taken(taken, total)
    passing = [error for error in left.values() if _is_passing(error)]
    if len(passing) == files.height:
        raise passing[0]
    return left


def _documents(
    place: OpenPlace, file: LandedFile, limits: Limits, scratch: Path
) -> Iterator[drops.Document]:
    """Raises OSError or SwappedError where it cannot be read in the state it was listed in."""
    path = path_of_text(file.path)
    with place.open_file(path, file.state) as stream:
        sidecar = _sidecar(place, file, limits)
        name = file.path.rpartition("/")[2]
        yield from drops.read_documents(
            name,
            stream,
            sidecar,
            limits=limits,
            scratch=scratch,
            is_slow_to_seek=place.is_slow_to_seek,
        )
        place.check_unchanged(path, stream, file.state)


def _sidecar(place: OpenPlace, file: LandedFile, limits: Limits) -> bytes | None:
    """As the scan has seen it: one that came since is for the next night."""
    name = drops.sidecar_of(file.path)
    if name is None or file.sidecar_state is None:
        return None
    with place.open_file(path_of_text(name), file.sidecar_state) as stream:
        return read_up_to(stream, limits.record_bytes + 1)


def _until_fault(
    documents: Iterator[drops.Document], file: LandedFile, left: dict[str, Exception]
) -> Iterator[drops.Document]:
    """The documents of a file; where it cannot be read, it is noted in ``left``.

    Raises what no file is to blame for: OSErrors of the machine, UnansweredError.
    """
    while True:
        try:
            document = next(documents, None)
        except (OSError, SwappedError) as error:
            if isinstance(error, UnansweredError):
                raise
            if isinstance(error, OSError) and error.errno in MACHINE_ERRORS:
                raise
            logger.warning("left for a later night: %s", with_reason(file.path, error))
            left[file.path] = error
            return
        if document is None:
            return
        yield document


def _is_passing(error: Exception) -> bool:
    """Whether it may pass within the night.

    A worn-out disk gives EIO again and again; an object that is gone does not come back.
    """
    if isinstance(error, UnreadableObjectError):
        return False
    return isinstance(error, OSError) and error.errno in PASSING_ERRORS - {errno.EIO}


class _Ordinals:
    """How often each content has come up in a file; most come up once."""

    def __init__(self) -> None:
        self._once: set[int] = set()
        self._again: Counter[int] = Counter()

    def next(self, content: str) -> int:
        key = int(content[:16], 16)
        if key not in self._once:
            self._once.add(key)
            return 1
        self._again[key] += 1
        return self._again[key] + 1


def _records(
    file: LandedFile, documents: Iterable[drops.Document], taking: _Taking
) -> Iterator[dict[str, object]]:
    """Rows of ``raw_documents``; equal documents of one file are told apart by their order."""
    seen = _Ordinals()
    name = file.path.rpartition("/")[2]
    mtime = datetime.fromtimestamp(file.mtime_ns / 1e9, tz=UTC).replace(tzinfo=None)
    for document in documents:
        sha256 = hashlib.sha256(document.raw).hexdigest()
        given = [text for pair in document.given for text in pair]
        url = dict(document.given).get("url")
        content = fingerprint(file.path, drops.member_path(document.member), sha256, *given)
        yield {
            "delivery_id": fingerprint(content, str(seen.next(content))),
            "path": file.path,
            "member": document.member,
            "size": len(document.raw),
            "mtime": mtime,
            "sha256": sha256,
            "file_name": f"{name}#{document.member}" if document.member else name,
            "raw": document.raw,
            "given_by": document.given_by,
            "media_type": document.media_type,
            "rule": document.rejection.rule if document.rejection else None,
            "detail": document.rejection.detail if document.rejection else None,
            "ingested_on": taking.night,
            "feed": feed_of(file.path, url, taking.feed_pattern, drops.SUFFIXES_OF_DROPS),
            **{f"given_{field}": text for field, text in document.given},
        }


def _size(record: dict[str, object]) -> int:
    """What a row takes: its bytes and its texts."""
    return sum(len(value) for value in record.values() if isinstance(value, str | bytes))
