"""A corrected registry of sources, applied to a night that is published already."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from night_setup import make_settings, materialise, published

from assets.operations.refresh import find_stale
from assets.resources import make_home, make_part_engine
from etl.tables import ROOMS, forget_tables

pytestmark = pytest.mark.slow  # nights of their own, one after the other

TEXT = (
    " date 2024-05-06 NAIROBI, Kenya: Ferries will cross the lake again, the port of Kisumu said."
)
LINE = "lakeside-post,Lakeside Post,newspaper,KE,lakeside.example,,,,,,\n"


def query(home: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(published(home)), read_only=True) as con:
        return con.execute(sql).fetchall()


def stale(home: Path) -> list[tuple[str, int]]:
    """From which stage on nights are stale, and how many documents are to be done again."""
    settings = make_settings(home)
    report = find_stale(make_home(settings), make_part_engine(settings))
    return [(night.stage, night.documents) for night in report.stale]


def seals(home: Path) -> dict[str, int]:
    """When each stage finished its part."""
    found = (home / "lake").glob("*/ingested_on=*/*/seal.json")
    return {seal.parts[-4]: seal.stat().st_mtime_ns for seal in found}


@pytest.fixture
def editable_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the reference tables, in use."""
    folder = tmp_path / "reference"
    shutil.copytree(ROOMS["reference"], folder)
    monkeypatch.setitem(ROOMS, "reference", folder)
    yield folder
    monkeypatch.undo()
    forget_tables()


def test_only_the_sources_are_done_again(tmp_path: Path, editable_tables: Path) -> None:
    home, raw = tmp_path / "home", tmp_path / "raw"
    raw.mkdir()
    (raw / "ferry.txt").write_text(TEXT)
    (raw / "ferry.json").write_text('{"publisher": "Lakeside Post"}')
    (raw / "rain.txt").write_text(TEXT.replace("Ferries", "Rains"))
    assert materialise(home, raw=raw).is_published
    assert query(home, "SELECT name, article_count FROM v_unmapped_sources") == [
        ("Lakeside Post", 1)
    ]
    assert query(home, "SELECT source FROM v_articles ORDER BY ALL") == [
        ("Lakeside Post",),
        (None,),
    ]

    before = seals(home)
    with (editable_tables / "sources.csv").open("a") as file:
        file.write(LINE)
    forget_tables()
    assert stale(home) == [("sources", 1)]
    assert materialise(home, raw=raw).is_published
    assert stale(home) == []
    after = seals(home)
    assert {stage for stage in after if after[stage] != before[stage]} == {"sources"}
    assert query(home, "SELECT source_id, source_origin FROM articles ORDER BY ALL") == [
        ("lakeside-post", "sidecar"),
        (None, None),
    ]
    assert query(home, "FROM v_unmapped_sources") == []

    with (editable_tables / "sources.csv").open("a") as file:
        file.write("hillside-post,Hillside Post,newspaper,KE,hillside.example,,,,,,\n")
    forget_tables()
    assert stale(home) == []
