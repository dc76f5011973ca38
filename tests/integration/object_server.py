"""An S3 server on this machine's loopback alone: that of moto, in a process of its own.

`make objects` installs it into a folder beside the packages of the environment, so that nothing of
Dateline meets it. Nothing is ever downloaded here.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest
from person import free_port

REQUIRED = "OBJECTS_TESTS"
"""Environment variable: ``required`` makes the want of a server a failure. CI sets it."""
FOLDER = Path(sys.prefix) / "moto"
KEY_ID, SECRET_KEY = "AKIAOFTHETESTS", "s3cr3t/of+the+tests"
BUCKET = "news"
START_SECONDS = 60
_PUBLIC = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": "*",
            "Action": "s3:GetObject",
            "Resource": f"arn:aws:s3:::{BUCKET}/*",
        }
    ],
}
"""Whoever knows an address may read it: a reader by plain HTTP signs nothing."""


@dataclass(frozen=True)
class Server:
    """One bucket, of which anybody may read and our key may do anything."""

    endpoint: str
    files: Any = field(repr=False)

    @property
    def environment(self) -> Mapping[str, str]:
        return access_to(self.endpoint)

    def put(self, key: str, content: bytes) -> None:
        self.files.pipe_file(f"{BUCKET}/{key}", content)

    def delete(self, key: str) -> None:
        self.files.rm_file(f"{BUCKET}/{key}")

    def keys(self, prefix: str) -> list[str]:
        found = self.files.find(f"{BUCKET}/{prefix}")
        return sorted(name.removeprefix(f"{BUCKET}/{prefix}/") for name in found)

    def get(self, key: str) -> bytes:
        """By plain HTTP, as any reader does."""
        with urlopen(f"{self.endpoint}/{BUCKET}/{key}") as answer:
            content: bytes = answer.read()
        return content


def access_to(endpoint: str) -> Mapping[str, str]:
    """The variables of the environment by which Dateline is let in."""
    return {
        "AWS_ACCESS_KEY_ID": KEY_ID,
        "AWS_SECRET_ACCESS_KEY": SECRET_KEY,
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_REGION": "eu-central-1",
    }


@contextmanager
def serving(*, refuses: bool = False) -> Iterator[Server]:
    """A server with an empty bucket, ended with the block; one that ``refuses`` knows no key."""
    _look_for_all()
    import s3fs

    port = free_port()
    endpoint = f"http://127.0.0.1:{port}"
    with _process(port, refuses=refuses) as process:
        _wait_for(endpoint, process)
        files = s3fs.S3FileSystem(
            key=KEY_ID,
            secret=SECRET_KEY,
            endpoint_url=endpoint,
            client_kwargs={"region_name": "us-east-1"},
            use_listings_cache=False,
            skip_instance_cache=True,
        )
        if not refuses:
            files.call_s3("create_bucket", Bucket=BUCKET)
            files.call_s3("put_bucket_policy", Bucket=BUCKET, Policy=json.dumps(_PUBLIC))
        yield Server(endpoint, files)


@contextmanager
def _process(port: int, *, refuses: bool) -> Iterator[subprocess.Popen[bytes]]:
    extra = {"INITIAL_NO_AUTH_ACTION_COUNT": "0"} if refuses else {}
    code = "from moto.server import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", code, "-H", "127.0.0.1", "-p", str(port)],
        env={**os.environ, "PYTHONPATH": str(FOLDER), **extra},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _wait_for(endpoint: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            urlopen(Request(f"{endpoint}/moto-api/", method="HEAD")).close()
        except URLError:
            assert process.poll() is None, "the server has ended"
            assert time.monotonic() < deadline, "the server does not come up"
            time.sleep(0.05)
        else:
            return


def _look_for_all() -> None:
    lacking = []
    if find_spec("s3fs") is None:
        lacking.append("no s3fs here: make objects")
    if not (FOLDER / "moto").is_dir():
        lacking.append("no moto here: make objects")
    if lacking and os.environ.get(REQUIRED) == "required":
        pytest.fail(f"{'; '.join(lacking)} ({REQUIRED}=required)")
    if lacking:
        pytest.skip("; ".join(lacking))
