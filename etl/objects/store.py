"""Listing, reading, writing and deleting the objects of one place, through fsspec.

What belongs here: the one use of fsspec. What does not: its errors (faults.py) and what is in an
object.

fsspec is an extra (``dateline[s3]``), and is imported where a place is opened. What S3 lists is
whole: an object appears by one PUT, or by the last step of an upload in parts. The ETag of every
piece that is read is compared with the one that was listed, so no reader mixes two of one name.
"""

import errno
import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from etl.errors import MACHINE_ERRORS, PASSING_ERRORS
from etl.objects.access import Access
from etl.objects.addresses import ObjectAddress
from etl.objects.faults import (
    CHANGED,
    UnansweredError,
    UnreadableObjectError,
    errors_of,
    translated,
    words_of,
)

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

S3 = ("s3", "s3a")
BLOCK_BYTES = 4 * 2**20
"""So much is fetched ahead of what is read; objects up to this size come at one request."""
BUFFER_BYTES = 2**17
PART_BYTES = 16 * 2**20
PARTS_AT_ONCE = 4
CONNECT_SECONDS = 5
READ_SECONDS = 60
TRIES = 2
"""Of botocore, for each of the five of s3fs, which waits in between."""
_TIMES = ("LastModified", "last_modified", "mtime", "modified", "created", "updated")
_TAGS = ("ETag", "etag", "md5Hash")


class ListedObject(NamedTuple):
    """An object as it was listed: its key below the prefix, its size in bytes, its ETag.

    ``modified_ns`` is when it was put there, in nanoseconds since 1970.
    """

    key: str
    size: int
    etag: str
    modified_ns: int


class ObjectStore:
    """The objects of one place. ``setting`` is the variable that names it, for messages."""

    def __init__(self, address: ObjectAddress, access: Access, *, setting: str) -> None:
        """Raises ImportError where the protocol's library is not installed. Connects nowhere."""
        self.address = address
        self.setting = setting
        self._access = access
        self._files = _file_system(address, access)
        self._root = f"{address.bucket}/{address.prefix}".rstrip("/")

    def __str__(self) -> str:
        return str(self.address)

    @property
    def _is_s3(self) -> bool:
        return self.address.protocol in S3

    def told(self, error: Exception) -> str:
        """What became of a request, in one line that names the setting and no secret."""
        return f"{self.setting}={self.address}: {self._reason(error)}"

    def _reason(self, error: Exception) -> str:
        said = self._access.without_secrets(" ".join(str(words_of(error)).split()))
        if isinstance(error, UnansweredError):
            place = self._access.endpoint or "AWS"
            return f"no answer from {place} (AWS_ENDPOINT_URL, AWS_REGION): {said}"
        if isinstance(error, PermissionError):
            return f"access denied (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY): {said}"
        return said

    def list(self) -> Iterator[ListedObject]:
        """All objects below the prefix, in no order that may be relied on. Raises OSError."""
        with self._errors():
            found = self._files.find(self._root, detail=True, withdirs=False)
        for name, info in found.items():
            key = name.removeprefix("/").removeprefix(f"{self._root}/")
            if info["type"] == "file" and name.removeprefix("/") != self._root:
                yield ListedObject(key, int(info["size"] or 0), _tag(info), _modified_ns(info))

    def open(self, listed: ListedObject) -> io.BufferedReader:
        """The object as it was listed, to be read and sought; each piece is a request.

        What fails while it is read is an ``UnansweredError`` or ``UnreadableObjectError``, or an
        OSError whose errno is of the machine or one that passes. Raises these as well.
        """
        path, details = self._path(listed.key), None
        if self._is_s3:
            details = {"name": path, "size": listed.size, "ETag": f'"{listed.etag}"'}
        else:
            self.check_unchanged(listed)
        with self._errors():
            file = self._files.open(
                path, "rb", block_size=BLOCK_BYTES, cache_type="readahead", size=listed.size
            )
        if details:
            file.details = details  # else it would ask for them

        def read(count: int) -> bytes:
            with self._errors():
                piece: bytes = file.read(count)
            return piece

        return io.BufferedReader(_Reading(file, read), BUFFER_BYTES)

    def check_unchanged(self, listed: ListedObject) -> None:
        """Raise UnreadableObjectError where an object has become another; OSError as ``list``.

        Of S3 each answer was compared by itself.
        """
        if self._is_s3:
            return
        with self._errors():
            try:
                info = self._files.info(self._path(listed.key))
            except FileNotFoundError as error:
                raise UnreadableObjectError(errno.ESTALE, "it is gone") from error
            if (info["size"], _tag(info)) != (listed.size, listed.etag):
                raise UnreadableObjectError(errno.ESTALE, CHANGED)

    def read(self, key: str) -> bytes | None:
        """A small object; None where there is none. Raises OSError."""
        with self._errors():
            try:
                content: bytes = self._files.cat_file(self._path(key))
            except FileNotFoundError:
                return None
        return content

    def write(self, key: str, content: bytes, *, kept_by_caches: bool = True) -> None:
        """Put a small object of JSON in place, whole. Raises OSError."""
        headers = {"ContentType": "application/json"} if self._is_s3 else {}
        if headers and not kept_by_caches:
            headers["CacheControl"] = "no-cache"
        with self._errors():
            self._files.pipe_file(self._path(key), content, **headers)

    def upload(self, key: str, path: Path) -> None:
        """Put a file in place, whole: it appears with its last byte. Raises OSError."""
        options: dict[str, Any] = {}
        if self._is_s3:
            options = {
                "chunksize": PART_BYTES,
                "max_concurrency": PARTS_AT_ONCE,
                "ContentType": "application/vnd.duckdb",
            }
        size = path.stat().st_size
        with self._errors():
            self._files.put_file(str(path), self._path(key), **options)
            there = self._files.info(self._path(key))["size"]
        if there != size:
            raise OSError(errno.EIO, f"{key} has {there} bytes there, {size} here")

    def delete(self, key: str) -> None:
        """Remove an object that may be there. Raises OSError."""
        with self._errors():
            try:
                self._files.rm_file(self._path(key))
            except FileNotFoundError:
                return

    def _path(self, key: str) -> str:
        return f"{self._root}/{key}"

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """Every error of fsspec and the libraries below it as an OSError, without their frames."""
        try:
            yield
        except UnreadableObjectError:
            raise
        except errors_of(is_s3=self._is_s3) as error:
            raise translated(error) from None


class _Reading(io.RawIOBase):
    """An opened object, whose errors are never taken for faults of its content."""

    def __init__(self, file: BinaryIO, read: Callable[[int], bytes]) -> None:
        self._file = file
        self._read = read

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            piece = self._read(len(buffer))
        except UnansweredError:
            raise
        except OSError as error:
            if error.errno in PASSING_ERRORS | MACHINE_ERRORS:
                raise
            raise UnreadableObjectError(errno.ESTALE, words_of(error)) from None
        buffer[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()


def _file_system(address: ObjectAddress, access: Access) -> "AbstractFileSystem":
    import fsspec

    options: dict[str, Any] = {"use_listings_cache": False, "skip_instance_cache": True}
    if address.protocol in S3:
        options |= {
            "key": access.key_id,
            "secret": access.secret_key,
            "token": access.session_token,
            "local_expiry_check": True,  # some servers know no If-Match
            "fixed_upload_size": True,  # so Cloudflare's wants it
            "client_kwargs": {
                name: value
                for name, value in (
                    ("endpoint_url", access.endpoint),
                    ("region_name", access.region),
                )
                if value
            },
            "config_kwargs": {
                "connect_timeout": CONNECT_SECONDS,
                "read_timeout": READ_SECONDS,
                "retries": {"mode": "standard", "total_max_attempts": TRIES},
            },
        }
    return fsspec.filesystem(address.protocol, **options)


def _tag(info: Mapping[str, Any]) -> str:
    """What tells one content from another; for protocols without such a tag, when it came."""
    for name in _TAGS:
        if info.get(name):
            return str(info[name]).strip('"')
    return str(_modified_ns(info))


def _modified_ns(info: Mapping[str, Any]) -> int:
    """When it was put there; 0 where nothing tells."""
    for name in _TIMES:
        value = info.get(name)
        if isinstance(value, datetime):
            return int(value.timestamp()) * 10**9 + value.microsecond * 1000
        if isinstance(value, int | float):
            return round(value * 1e6) * 1000
    return 0
