"""The reader of tables: each found, known by its key, and in the fingerprint."""

from pathlib import Path

import pytest

from etl.errors import ReferenceDataError
from etl.tables import KEYS, ROOMS, forget_tables, read_table, reference_version, table_path

FILES = sorted(path for room in ROOMS.values() for path in room.glob("*.csv*"))
NAMES = [path.name for path in FILES]
# Villages of a division that share their name.
WITHOUT_UNIQUE_KEY = {"places.csv.gz"}


def test_every_table_has_its_key_declared_and_one_home() -> None:
    assert sorted(NAMES) == sorted(KEYS)


@pytest.mark.parametrize("name", KEYS)
def test_a_key_names_one_row(name: str) -> None:
    table = read_table(name)
    key = table.select(KEYS[name])
    assert not (key.to_series(0) == "").any()
    if name not in WITHOUT_UNIQUE_KEY:
        assert table.filter(key.is_duplicated()).is_empty()


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_every_table_has_its_provenance(path: Path) -> None:
    assert f"`{path.name}`" in (path.parent / "README.md").read_text(encoding="utf-8")


def test_missing_table_is_named() -> None:
    with pytest.raises(ReferenceDataError, match=r"absent\.csv"):
        read_table("absent.csv")


def test_version_is_a_fingerprint() -> None:
    assert len(reference_version()) == 16
    assert reference_version() == reference_version()


@pytest.fixture
def rooms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Path]:
    """Two rooms with a table each."""
    found = {room: tmp_path / room for room in ROOMS}
    for room, folder in found.items():
        folder.mkdir()
        (folder / f"of_{room}.csv").write_text("word\nsuva\n")
        monkeypatch.setitem(ROOMS, room, folder)
    return found


def version(*asked: str, without: tuple[str, ...] = ()) -> str:
    """Taken anew, as a new process would."""
    forget_tables()
    return reference_version(*asked, without=without)


def test_a_table_is_found_in_whichever_room_has_it(rooms: dict[str, Path]) -> None:
    for room, folder in rooms.items():
        assert table_path(f"of_{room}.csv") == folder / f"of_{room}.csv"
        assert read_table(f"of_{room}.csv")["word"].to_list() == ["suva"]


@pytest.mark.parametrize("edited", ["reference", "lexicon"])
def test_the_version_knows_the_tables_of_every_room(edited: str, rooms: dict[str, Path]) -> None:
    other = next(room for room in rooms if room != edited)
    table = f"of_{edited}.csv"
    before = version(), version(edited), version(other), version(without=(table,))
    with (rooms[edited] / table).open("a") as file:
        file.write("apia\n")
    after = version(), version(edited), version(other), version(without=(table,))
    assert [one != two for one, two in zip(before, after, strict=True)] == [
        True, True, False, False,
    ]  # fmt: skip
