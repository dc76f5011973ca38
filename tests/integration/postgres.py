"""A PostgreSQL server of the distribution's packages, on this machine's loopback alone.

Debian's package postgresql is what CI uses. Nothing is ever downloaded. The server refuses to run
as root, so root starts it as the user whom the package has made.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import mkdtemp

import pytest
from person import free_port

REQUIRED = "POSTGRES_TESTS"
"""Environment variable: ``required`` makes the want of a server a failure. CI sets it."""
USER, PASSWORD = "dagster", "s3/t@x"
WRITTEN = "s3%2Ft%40x"
"""As it is written in an address."""


@dataclass(frozen=True)
class Server:
    """``address`` names its only database; ``folder`` is where it lies."""

    address: str
    folder: Path

    def stop(self) -> None:
        _call("pg_ctl", "stop", "--pgdata", str(self.folder / "data"), "--mode", "fast")


@contextmanager
def serving() -> Iterator[Server]:
    """A server with an empty database, ended with the block."""
    _look_for_all()
    folder = Path(mkdtemp(prefix="dateline-postgres-"))  # below no folder of root's alone
    port = free_port()
    try:
        _make(folder)
        log, data = str(folder / "log"), str(folder / "data")
        listening = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
        _call("pg_ctl", "start", "--wait", "--pgdata", data, "--log", log, "--options", listening)
        address = f"postgresql://{USER}:{WRITTEN}@127.0.0.1:{port}/postgres"
        server = Server(address=address, folder=folder)
        try:
            yield server
        finally:
            if (folder / "data" / "postmaster.pid").exists():
                server.stop()
    finally:
        shutil.rmtree(folder)


def _make(folder: Path) -> None:
    password = folder / "password"
    password.write_text(PASSWORD)
    if _owner():
        for path in (folder, password):
            shutil.chown(path, user=_owner())
    asked = ("--auth", "scram-sha-256", "--pwfile", str(password), "--no-sync")
    _call("initdb", "--pgdata", str(folder / "data"), "--username", USER, *asked)


def _call(program: str, *arguments: str) -> None:
    # To a file, not a pipe: the server keeps the handles that it was started with.
    with (Path("/dev/null")).open("w") as nowhere:
        subprocess.run(
            [_program(program), *arguments],
            check=True,
            user=_owner(),
            cwd="/",
            stdout=nowhere,
            stderr=nowhere,
            env=_environment(),
        )


def _environment() -> Mapping[str, str]:
    return {"PATH": os.environ["PATH"], "LC_ALL": "C"}


def _owner() -> str | None:
    return "postgres" if os.geteuid() == 0 else None


def _program(name: str) -> str:
    """Debian keeps them off the PATH, since several versions may be there."""
    kept = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return shutil.which(name) or (str(kept[-1]) if kept else "")


def _look_for_all() -> None:
    lacking = []
    if not all(map(_program, ("initdb", "pg_ctl"))):
        lacking.append("no PostgreSQL here: apt-get install postgresql")
    if find_spec("dagster_postgres") is None:
        lacking.append("no dagster-postgres here: make postgres")
    if lacking and os.environ.get(REQUIRED) == "required":
        pytest.fail(f"{'; '.join(lacking)} ({REQUIRED}=required)")
    if lacking:
        pytest.skip("; ".join(lacking))
