"""A corrected registry of sources, applied to a night that is published already."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from night_setup import materialise, published

from etl import reference

TEXT = (
    " date 2024-05-06 NAIROBI, Kenya: Ferries will cross the lake again, the port of Kisumu said."
)
LINE = "lakeside-post,Lakeside Post,newspaper,KE,lakeside.example,,\n"


def query(home: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(published(home)), read_only=True) as con:
        return con.execute(sql).fetchall()


def seals(home: Path) -> dict[str, int]:
    """When each stage finished its part."""
    found = (home / "lake").glob("*/ingested_on=*/*/seal.json")
    return {seal.parts[-4]: seal.stat().st_mtime_ns for seal in found}


@pytest.fixture
def editable_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the reference tables, in use."""
    folder = tmp_path / "reference"
    shutil.copytree(reference.FOLDER, folder)
    monkeypatch.setattr(reference, "FOLDER", folder)
    yield folder
    monkeypatch.undo()
    forget_tables()


def forget_tables() -> None:
    """As a new process would: fingerprints are taken once."""
    reference.reference_version.cache_clear()
    reference.table_version.cache_clear()


def test_only_the_sources_are_done_again(tmp_path: Path, editable_tables: Path) -> None:
    home, raw = tmp_path / "home", tmp_path / "raw"
    raw.mkdir()
    (raw / "ferry.txt").write_text(TEXT)
    (raw / "ferry.json").write_text('{"publisher": "Lakeside Post"}')
    assert materialise(home, raw=raw).is_published
    assert query(home, "SELECT name, article_count FROM v_unmapped_sources") == [
        ("Lakeside Post", 1)
    ]
    assert query(home, "SELECT source FROM v_articles") == [("Lakeside Post",)]

    before = seals(home)
    with (editable_tables / "sources.csv").open("a") as file:
        file.write(LINE)
    forget_tables()
    assert materialise(home, raw=raw).is_published
    after = seals(home)
    assert {stage for stage in after if after[stage] != before[stage]} == {"sources"}
    assert query(home, "SELECT source_id, source_origin FROM articles") == [
        ("lakeside-post", "sidecar")
    ]
    assert query(home, "FROM v_unmapped_sources") == []
