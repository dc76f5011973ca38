"""ZIP archives: members of any other kind, and sidecars beside texts.

What belongs here: the members of an archive, each read for itself. What does not: what is in a
member (the reader of its kind).

A member that is damaged, encrypted or packed by an unknown method is one rejected document;
those around it are read. Sizes in the directory are not believed.
"""

import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import BinaryIO

from etl.errors import Rejection
from etl.landing.drops.budget import Budget, OverLimit, counted, read_up_to
from etl.landing.drops.documents import Document
from etl.landing.drops.opened import FAULTS, Opened, Sidecar
from etl.landing.drops.reading import (
    is_machine_fault,
    read,
    readable_beginning,
    rest_at_fault,
    sought,
)
from etl.landing.drops.zip_directory import find_directory, mended
from etl.landing.drops.zip_members import extent, open_member, unchecked


def read_zip(opened: Opened) -> Iterator[Document]:
    """The documents of the members, by their names; equal names in the order of the archive."""
    with sought(opened) as stream:
        yield from _read_archive(replace(opened, stream=stream))


def _read_archive(opened: Opened) -> Iterator[Document]:
    directory = find_directory(opened.stream)
    if directory.length > opened.limits.record_bytes:
        raise OverLimit(opened.budget, "record_bytes", "its directory")
    stream, odd_names = mended(opened.stream, directory)
    opened = replace(opened, stream=stream)
    with zipfile.ZipFile(stream) as archive:
        for member in archive.infolist():
            member.filename = odd_names.get(member.header_offset, member.filename)
        members = sorted(archive.infolist(), key=lambda m: (m.filename, m.header_offset))
        sidecars: defaultdict[str, list[zipfile.ZipInfo]] = defaultdict(list)
        for member in members:
            if member.filename.endswith(".json"):
                sidecars[member.filename].append(member)
        beside_texts = {opened.kinds.sidecar_of(member.filename) for member in members}
        seen: Counter[str] = Counter()
        for member in members:
            name = member.filename
            if member.is_dir() or _is_hidden(name) or name in beside_texts:
                continue
            beside = sidecars.get(opened.kinds.sidecar_of(name) or "", [])
            nth = beside[min(seen[name], len(beside) - 1)] if beside else None
            seen[name] += 1
            yield from _read_member(opened, archive, member, nth)


def _is_hidden(name: str) -> bool:
    """As in the landing folder; macOS puts "__MACOSX/._quay.txt" beside each "quay.txt"."""
    return any(part.startswith(".") and part != ".." for part in PurePosixPath(name).parts)


def _read_member(
    opened: Opened,
    archive: zipfile.ZipFile,
    member: zipfile.ZipInfo,
    sidecar: zipfile.ZipInfo | None,
) -> Iterator[Document]:
    suffix = opened.kinds.suffix_of(member.filename)
    if suffix is None:
        return
    name = member.filename
    inner = replace(
        opened,
        name=name,
        budget=_budget(opened, member),
        keep=lambda: _kept(opened, archive, member),
        sidecar=_sidecar(opened, archive, sidecar) if sidecar else None,
        is_slow_to_seek=True,
    )
    if suffix == ".zip":
        why = Rejection("unreadable_file", "an archive inside an archive is not opened")
        yield Document(raw=inner.keep(), member=name, rejection=why)
        return
    try:
        stream = _open(archive, member, opened.stream, inner.budget)
    except FAULTS as error:
        yield replace(rest_at_fault(inner, "at its beginning", error), member=name)
        return
    with stream:
        for document in read(replace(inner, stream=stream)):
            place = name if document.member is None else f"{name}#{document.member}"
            yield replace(document, member=place)


def _open(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, packed: BinaryIO, budget: Budget
) -> BinaryIO:
    """The unpacked bytes of a member, counted."""
    return counted(open_member(archive, member, packed), budget)


def _kept(opened: Opened, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """What can be unpacked of a member at fault; else its bytes as they lie in the archive."""
    limit = opened.limits.document_bytes
    budget = _budget(opened, member)
    try:
        with _open(archive, unchecked(member), opened.stream, budget) as stream:
            text = readable_beginning(stream, limit)
    except FAULTS:
        text = b""
    if text:
        return text
    try:
        start, end = extent(opened.stream, member)
    except FAULTS:
        return b""
    opened.stream.seek(start)
    return readable_beginning(opened.stream, min(limit, end - start))


def _sidecar(opened: Opened, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Sidecar:
    try:
        with _open(archive, member, opened.stream, _budget(opened, member)) as stream:
            return read_up_to(stream, opened.limits.record_bytes + 1)
    except OverLimit as error:
        if error.budget is opened.budget:
            raise
        return Rejection("too_large", f"its sidecar: {error}")
    except FAULTS as error:
        if is_machine_fault(error):
            raise
        return Rejection("invalid_sidecar", f"unreadable: {type(error).__name__}: {error}")


def _budget(opened: Opened, member: zipfile.ZipInfo) -> Budget:
    return opened.budget.of_member(min(member.compress_size, opened.budget.packed_bytes))
