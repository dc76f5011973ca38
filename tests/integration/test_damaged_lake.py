"""Nights after a part of the lake was damaged: what can be derived again is, by itself."""

import shutil
from pathlib import Path

import pytest
from ferries import write_ferries
from night_setup import NEXT_NIGHT, NIGHT, make_settings, materialise, published, rows

from assets.cli.summary import print_status
from etl.lake.damage import find_damage
from etl.lake.store import Lake
from etl.warehouse.digest import digest


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    write_ferries(tmp_path / "raw", 3)
    return tmp_path / "raw"


@pytest.fixture
def home(tmp_path: Path, raw: Path) -> Path:
    """A published night; another file waits for the next."""
    assert materialise(tmp_path / "home", raw=raw).is_published
    write_ferries(raw, 4)
    return tmp_path / "home"


def derived_files(lake: Lake) -> list[Path]:
    """A file of each kind of each stage, each stage's in its own kind of damage."""
    parts = (path for path in lake.root.glob("*/ingested_on=*/*.part-*") if path.is_dir())
    return sorted(file for part in parts for file in part.iterdir())


@pytest.mark.slow
def test_the_next_night_derives_damaged_parts_again(
    home: Path, raw: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lake = Lake(home / "lake")
    undisturbed = home.with_name("undisturbed")
    shutil.copytree(home, undisturbed)
    files = derived_files(lake)
    assert len({file.parent.parent.parent.name for file in files}) == 4
    for number, file in enumerate(files):
        content = file.read_bytes()
        file.write_bytes((b"", content[: len(content) // 2], bytes(len(content)))[number % 3])
    print_status(make_settings(home, raw=raw))
    assert "the next night derives it again" in capsys.readouterr().out
    assert materialise(home, night=NEXT_NIGHT, raw=raw).is_published
    assert find_damage(lake) == []
    assert materialise(undisturbed, night=NEXT_NIGHT, raw=raw).is_published
    assert digest(published(home)) == digest(published(undisturbed))


@pytest.mark.slow
def test_other_nights_go_on_where_the_bytes_of_one_are_damaged(
    home: Path, raw: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (part,) = Lake(home / "lake").raw_parts(NIGHT)
    whole = part.path.read_bytes()
    part.path.write_bytes(whole[:-1])
    print_status(make_settings(home, raw=raw))
    told = capsys.readouterr().out
    assert f"it held 3 documents of {NIGHT}, from the 3 files of its batch: ferry-0.txt" in told
    assert materialise(home, night=NEXT_NIGHT, raw=raw).is_published
    counts = dict(rows(home, "SELECT ingested_on, delivered_count FROM v_nights"))
    assert counts == {NIGHT: 3, NEXT_NIGHT: 1}
    again = materialise(home, night=NIGHT, today=NEXT_NIGHT, raw=raw)
    assert not again.is_published
    assert "it held 3 documents" in " ".join(again.failures)
    part.path.write_bytes(whole)
    assert materialise(home, night=NIGHT, today=NEXT_NIGHT, raw=raw).is_published
