"""The walk of the landing folder: nothing in it stops a night, and what is not read is named."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from landed import LATER, NIGHT, claimed, take, two_texts

from etl.errors import LandingError
from etl.lake.store import Lake
from etl.landing import drops
from etl.landing import scan as scanning
from etl.landing.access import unreadable
from etl.landing.claims import claim
from etl.landing.limits import Limits
from etl.landing.scan import LandedFile, Scan, kind_of, scan
from etl.landing.tree import State, SwappedError, Tree, bounded


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return two_texts(tmp_path / "landing")


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake")


def look(folder: Path) -> Scan:
    return scan(folder, now=LATER, settle_seconds=0)


def paths(found: Scan) -> list[str]:
    return found.files["path"].to_list()


@pytest.fixture
def deep_tree(tmp_path: Path) -> Iterator[Path]:
    """1,100 folders one in another, a file in the last: its path is longer than 4,096 bytes."""
    folder = tmp_path / "deep-tree"
    folder.mkdir()
    here = os.open(folder, os.O_RDONLY)
    for _ in range(1_100):
        os.mkdir("folder", dir_fd=here)
        below = os.open("folder", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    file = os.open("z.txt", os.O_WRONLY | os.O_CREAT, 0o644, dir_fd=here)
    os.write(file, b"Omega.")
    os.close(file)
    os.close(here)
    yield folder
    _remove_from_below(folder)


def _remove_from_below(folder: Path) -> None:
    """The standard library's own removal goes no deeper than its recursion may."""
    while (folder / "folder").exists():
        inner = folder / "folder" / "folder"
        moved = folder / "next"
        if inner.exists():
            inner.rename(moved)
        shutil.rmtree(folder / "folder")
        if moved.exists():
            moved.rename(folder / "folder")


def test_a_file_1100_folders_down_is_claimed(deep_tree: Path, lake: Lake) -> None:
    (path,) = paths(look(deep_tree))
    assert len(path) > 4096
    assert take(deep_tree, lake).unreadable == ()
    assert claimed(lake)["raw"].to_list() == [b"Omega."]


def test_names_that_differ_by_an_encoded_byte_are_two_documents(folder: Path, lake: Lake) -> None:
    for name in (b"col\xff.txt", b"col\\xff.txt", b"col\\\\xff.txt", b"col\\x5cxff.txt"):
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text("The same.")
    assert take(folder, lake).document_count == 6
    rows = claimed(lake)
    assert rows["delivery_id"].n_unique() == rows["path"].n_unique() == 6
    assert take(folder, lake).file_count == 0


def test_the_longest_name_is_read_though_its_sidecars_would_be_longer(
    folder: Path, lake: Lake
) -> None:
    (folder / ("x" * 251 + ".txt")).write_text("Gamma.")
    assert take(folder, lake).unreadable == ()
    assert b"Gamma." in claimed(lake)["raw"].to_list()


def deny(monkeypatch: pytest.MonkeyPatch, *names: bytes) -> None:
    """Opening these names fails, as for a user who may not: a superuser may."""
    opened = os.open

    def open_(path: object, *args: object, **options: object) -> int:
        if path in names:
            raise PermissionError(13, "Permission denied", path)
        return opened(path, *args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", open_)


def test_a_folder_that_cannot_be_listed_is_named_and_the_others_are_read(
    folder: Path, lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "lost+found").mkdir()
    deny(monkeypatch, b"lost+found")
    taken = take(folder, lake)
    assert taken.unreadable == ("lost+found/ (Permission denied)",)
    assert claimed(lake)["path"].to_list() == ["a.txt", "deep/b.txt"]


def test_a_file_that_cannot_be_opened_is_left_and_named(
    folder: Path, lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        deny(patch, b"a.txt")
        found = look(folder)
        assert unreadable(found, found.files) == ("a.txt (Permission denied)",)
        assert take(folder, lake).unreadable == ("a.txt (Permission denied)",)
    assert claimed(lake)["path"].to_list() == ["deep/b.txt"]
    assert take(folder, lake).document_count == 1


def test_a_landing_folder_that_cannot_be_listed_is_an_error_that_names_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deny(monkeypatch, folder)
    with pytest.raises(LandingError, match="landing"):
        look(folder)


def test_what_is_taken_away_during_the_scan_is_passed_over(
    folder: Path, lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "gone").mkdir()
    (folder / "gone" / "c.txt").write_text("Gamma.")
    listed = scanning._list

    def slow(descriptor: int) -> tuple[dict[str, os.DirEntry[str]], list[str]]:
        listing = listed(descriptor)
        (folder / "a.txt").unlink(missing_ok=True)
        shutil.rmtree(folder / "gone", ignore_errors=True)
        return listing

    monkeypatch.setattr(scanning, "_list", slow)
    assert take(folder, lake).file_count == 1
    assert claimed(lake)["path"].to_list() == ["deep/b.txt"]


def test_an_age_beyond_64_bits_of_nanoseconds_is_bounded() -> None:
    assert bounded(10**19) == 2**63 - 1
    assert bounded(-(10**19)) == -(2**63)
    assert bounded(5) == 5


# -- links and what is swapped between the listing and the reading ------------------------------


def test_a_sidecar_that_is_a_link_is_not_followed(folder: Path, lake: Lake, tmp_path: Path) -> None:
    (tmp_path / "outside.json").write_text('{"title": "Secret", "url": "https://in.example"}')
    (folder / "a.json").symlink_to(tmp_path / "outside.json")
    take(folder, lake)
    assert claimed(lake)["given_title"].to_list() == [None, None]


def swap_for(kind: str, path: Path, outside: Path) -> None:
    """Put something else in the place of a file or folder of the landing folder."""
    moved = path.with_name(f".{path.name}.was")
    path.rename(moved)
    if kind == "link":
        path.symlink_to(outside)
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "other file":
        path.write_bytes(outside.read_bytes() if outside.is_file() else b"Other.")
        os.utime(path, ns=(moved.stat().st_atime_ns, moved.stat().st_mtime_ns))
    else:
        path.mkdir()


@pytest.mark.parametrize("kind", ["link", "pipe", "other file", "folder"])
@pytest.mark.parametrize("name", ["a.txt", "a.json"])
def test_what_was_swapped_after_the_scan_is_left_for_the_next_run(
    kind: str, name: str, folder: Path, lake: Lake, tmp_path: Path
) -> None:
    (folder / "a.json").write_text('{"title": "Own"}')
    outside = tmp_path / "outside.txt"
    outside.write_bytes(b'{"title": "Other", "url": "https://in.example"}')
    found = look(folder)
    swap_for(kind, folder / name, outside)
    taken = claim(found, lake, night=NIGHT, limits=Limits())
    assert [entry.split(" (")[0] for entry in taken.unreadable] == ["a.txt"]
    assert claimed(lake)["path"].to_list() == ["deep/b.txt"]


def test_a_folder_swapped_for_a_link_does_not_lead_outside(
    folder: Path, lake: Lake, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    found = look(folder)
    os.link(folder / "deep" / "b.txt", outside / "b.txt")
    swap_for("link", folder / "deep", outside)
    assert len(claim(found, lake, night=NIGHT, limits=Limits()).unreadable) == 1
    assert claimed(lake)["path"].to_list() == ["a.txt"]


def test_a_file_that_changes_while_it_is_read_leaves_nothing(
    folder: Path, lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = Tree.check_unchanged

    def late(tree: Tree, path: bytes, stream: BinaryIO, listed: State) -> None:
        if path == b"a.txt":
            raise SwappedError("it has changed since the folder was listed")
        checked(tree, path, stream, listed)

    with monkeypatch.context() as patch:
        patch.setattr(Tree, "check_unchanged", late)
        assert len(take(folder, lake).unreadable) == 1
    assert claimed(lake)["path"].to_list() == ["deep/b.txt"]
    assert take(folder, lake).document_count == 1


def test_folders_are_opened_wherever_the_last_one_lay(folder: Path) -> None:
    (folder / "deep" / "er").mkdir()
    (folder / "deep" / "er" / "c.txt").write_text("C.")
    files = {row[0]: LandedFile(*row) for row in look(folder).files.iter_rows()}
    with Tree(folder) as tree:
        for path in ("deep/er/c.txt", "a.txt", "deep/b.txt", "deep/er/c.txt", "a.txt"):
            with tree.open_file(path.encode(), files[path].state) as stream:
                assert stream.read() == (folder / path).read_bytes()
        with pytest.raises(FileNotFoundError):
            tree.open_folder(b"deep/none")
        assert os.fstat(tree.open_folder(b"deep")).st_ino == (folder / "deep").stat().st_ino


def dated(path: Path, changed_at: datetime) -> None:
    os.utime(path, (changed_at.timestamp(), changed_at.timestamp()))


@pytest.mark.parametrize(
    ("seconds_later", "are_waiting"),
    [
        (1, True),  # the file was written a second ago, whatever it is dated
        (60, False),
        (-1800, True),  # two clocks that differ: it passes
        (-7200, False),  # a clock that was set back: nothing tells
    ],
)
def test_a_file_dated_in_the_future_does_not_wait_until_then(
    folder: Path, seconds_later: int, are_waiting: bool
) -> None:
    written = datetime.now(tz=UTC)
    dated(folder / "a.txt", written + timedelta(days=400))
    now = written + timedelta(seconds=seconds_later)
    found = scan(folder, now=now, settle_seconds=30)
    assert ("a.txt" in found.waiting) is are_waiting
    assert ("a.txt" in paths(found)) is not are_waiting
    assert "a.txt" in found.ahead


def test_a_sidecar_dated_in_the_future_does_not_hold_its_file(folder: Path) -> None:
    (folder / "a.json").write_text("{}")
    dated(folder / "a.json", datetime.now(tz=UTC) + timedelta(days=400))
    found = scan(folder, now=datetime.now(tz=UTC) + timedelta(minutes=1), settle_seconds=5)
    assert paths(found) == ["a.txt", "deep/b.txt"]
    assert found.ahead == ("a.txt",)


def test_a_file_dated_in_the_future_is_claimed_once_and_named(folder: Path, lake: Lake) -> None:
    dated(folder / "a.txt", datetime.now(tz=UTC) + timedelta(days=400))
    later = datetime.now(tz=UTC) + timedelta(minutes=1)
    taken = take(folder, lake, now=later)
    assert (taken.document_count, taken.ahead) == (2, ("a.txt",))
    again = take(folder, lake, now=later)
    assert (again.document_count, again.ahead) == (0, ())


@given(
    st.lists(
        st.builds(
            "{}{}{}".format,
            st.sampled_from(["a", "b", "a.b", "csv", ""]),
            st.sampled_from(["", ".txt", ".TXT", ".json", ".csv", ".gz", ".tmp", ".pdf"]),
            st.sampled_from(["", ".gz", ".json", ".", ".rss"]),
        ),
        unique=True,
    )
)
def test_a_folder_of_documents_alone_is_told_by_its_suffixes(names: list[str]) -> None:
    sidecars = {drops.sidecar_of(name) for name in names}
    if drops.are_documents(names):
        assert {kind_of(name, sidecars) for name in names} <= {"document"}
        assert sidecars.isdisjoint(names)


def test_the_usual_folders_need_no_closer_look() -> None:
    assert drops.are_documents(["a.txt", "b.html", "2026.03.01.txt"])
    assert drops.are_documents(["a.json", "b.json"])
    assert not drops.are_documents(["a.txt", "a.json"])
    assert not drops.are_documents(["a.txt.gz"])
    assert not drops.are_documents(["txt"])
