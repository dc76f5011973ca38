"""Copies of large files, on file systems that share blocks and on others."""

import fcntl
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from etl.cloning import FICLONE, copy

CONTENT = bytes(range(256)) * 16


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "source"
    path.write_bytes(CONTENT)
    return path


def test_a_copy_is_whole_whatever_the_file_system_can(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_bytes(b"older, and longer than nothing")
    copy(source, target)
    assert target.read_bytes() == CONTENT


def test_a_file_system_that_cannot_share_is_no_error(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(fcntl, "ioctl", refuse)
    assert not copy(source, tmp_path / "target")
    assert (tmp_path / "target").read_bytes() == CONTENT


def test_where_blocks_are_shared_no_byte_is_written(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    monkeypatch.setattr(fcntl, "ioctl", lambda _, request, __: asked.append(request))
    monkeypatch.delattr(shutil, "copyfile")
    assert copy(source, tmp_path / "target")
    assert asked == [FICLONE]


@pytest.fixture
def btrfs(tmp_path: Path) -> Iterator[Path]:
    """A file system that shares blocks, in a file; skipped without its tools or the right to."""
    if not shutil.which("mkfs.btrfs"):
        pytest.skip("no mkfs.btrfs here (Debian: btrfs-progs): sharing blocks is not tried")
    disk, place = tmp_path / "disk", tmp_path / "btrfs"
    place.mkdir()
    with disk.open("wb") as file:
        file.truncate(128 * 2**20)
    subprocess.run(["mkfs.btrfs", "--quiet", str(disk)], check=True)
    mounted = subprocess.run(["mount", "-o", "loop", str(disk), str(place)], capture_output=True)
    if mounted.returncode:
        pytest.skip(f"no right to mount here: {mounted.stderr.decode().strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def test_a_copy_on_btrfs_takes_no_room_and_is_a_file_of_its_own(btrfs: Path) -> None:
    source, target = btrfs / "source", btrfs / "target"
    source.write_bytes(CONTENT * 4096)  # 16 MiB
    subprocess.run(["sync", "-f", str(btrfs)], check=True)
    before = shutil.disk_usage(btrfs).used
    assert copy(source, target)
    subprocess.run(["sync", "-f", str(btrfs)], check=True)
    assert shutil.disk_usage(btrfs).used - before < 2**20
    target.write_bytes(b"another")
    assert source.read_bytes() == CONTENT * 4096
