"""Addresses of places in object storage: s3://bucket/prefix.

What belongs here: their form. What does not: credentials, which never stand in one (access.py).
"""

import re
from dataclasses import dataclass

WANTED = "expected a folder, or an address as s3://bucket/prefix"
_PROTOCOL = re.compile(r"[a-z][a-z0-9+.-]*")
_MEANT = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/")
_BUCKET = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_OF_FOLDERS = ("file", "local")


@dataclass(frozen=True)
class ObjectAddress:
    """A bucket, and what the keys of all objects that are meant begin with.

    ``prefix`` is "" for the whole bucket, else it neither begins nor ends with a slash.
    """

    protocol: str
    bucket: str
    prefix: str = ""

    def __str__(self) -> str:
        below = f"/{self.prefix}" if self.prefix else ""
        return f"{self.protocol}://{self.bucket}{below}"

    def of(self, key: str) -> str:
        """The address of an object, by its key below the prefix."""
        return f"{self}/{key}"


def is_address(text: str) -> bool:
    """Whether it is meant as an address, however badly written, not as the path of a folder."""
    return bool(_MEANT.match(text))


def read_address(text: str) -> ObjectAddress:
    """The address that is written so.

    Raises ValueError, in words that hold nothing of it: what is wrong with it may be a secret.
    """
    protocol, slashes, rest = text.partition("://")
    if not slashes or not _PROTOCOL.fullmatch(protocol):
        raise ValueError(f"{WANTED}, the protocol in small letters")
    if protocol in _OF_FOLDERS:
        raise ValueError("expected a folder by its path alone, without a protocol")
    bucket, _, prefix = rest.partition("/")
    if "@" in bucket or ":" in bucket:
        raise ValueError(
            f"{WANTED}, without credentials or port: these stand in AWS_ACCESS_KEY_ID, "
            "AWS_SECRET_ACCESS_KEY and AWS_ENDPOINT_URL"
        )
    if not _BUCKET.fullmatch(bucket):
        raise ValueError(f"{WANTED}, the bucket of letters, digits and .-_")
    prefix = prefix.removesuffix("/")
    if "?" in prefix or "#" in prefix:
        raise ValueError(f"{WANTED}, without ? and #")
    if prefix and not is_plain_key(prefix):
        raise ValueError(f"{WANTED}, without empty parts, '.' and '..'")
    return ObjectAddress(protocol, bucket, prefix)


def is_plain_key(key: str) -> bool:
    """Whether a key is also the path of a file: no part of it is empty, '.' or '..'."""
    return not any(part in ("", ".", "..") for part in key.split("/"))
