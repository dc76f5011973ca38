"""Which rows of two files differ: also in nights that nothing replaced."""

import json
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest
import sound_warehouse

from etl.warehouse.comparison import (
    OF_LINKS,
    comparing,
    digests_after,
    moved_stories,
    note_changes,
)
from etl.warehouse.digest import RowsDigest, table_digests
from etl.warehouse.manifest import Manifest, MovedStory, release_rows

OTHER = {
    "story_id": "'a0305-00'",
    "version_of": "'a0305-00'",
    "is_latest": "NOT is_latest",
    "entity_ids": "['somebody else']",
}


@pytest.mark.parametrize("column", OF_LINKS)
def test_what_later_nights_say_of_an_article_counts_in_the_digest(
    column: str, tmp_path: Path
) -> None:
    old, new = tmp_path / "old.duckdb", tmp_path / "new.duckdb"
    for path in (old, new):
        sound_warehouse.build(path)
    with duckdb.connect(str(new)) as con:
        ((article_id,),) = con.execute(
            f"UPDATE articles SET {column} = {OTHER[column]} "
            "WHERE article_id = 'a0306-04' RETURNING article_id"
        ).fetchall()
    before = {name: RowsDigest.read(told) for name, told in table_digests(old).items()}
    after = {name: RowsDigest.read(told) for name, told in table_digests(new).items()}
    with comparing(old, new) as pair:
        note_changes(pair, [sound_warehouse.NIGHT])
        changed = pair.con.execute("SELECT article_id FROM changed_articles").fetchall()
        assert changed == [(article_id,)]
        assert digests_after(pair, before) == after


def test_stories_that_were_joined_or_parted_are_told(tmp_path: Path) -> None:
    old, new = tmp_path / "old.duckdb", tmp_path / "new.duckdb"
    for path in (old, new):
        sound_warehouse.build(path)
    join = "UPDATE articles SET story_id = 'a0305-04' WHERE story_id = 'a0306-00'"
    part = "UPDATE articles SET story_id = 'a0307-01' WHERE article_id = 'a0307-01'"
    with duckdb.connect(str(new)) as con:
        con.execute(f"{join}; {part}; DELETE FROM stories WHERE story_id = 'a0306-00'")
    with comparing(old, new) as pair:
        note_changes(pair, [sound_warehouse.NIGHT])
        assert moved_stories(pair) == [
            ("a0306-00", "a0305-04", 2, True),
            ("a0307-00", "a0307-01", 1, False),
        ]
    with duckdb.connect(str(new)) as con:
        con.execute("UPDATE stories SET linked_by = 'other code'")
    with comparing(old, new) as pair:
        note_changes(pair, None)
        assert moved_stories(pair) == []


def test_a_manifest_keeps_what_it_tells_of_stories() -> None:
    moved = MovedStory(former="b", now="a", articles=2, is_gone=True)
    manifest = Manifest(
        version="2026.03.02",
        version_before="2026.03.01",
        sequence=2,
        published_at=datetime(2026, 3, 2),
        nights=(date(2026, 3, 2),),
        tables={},
        passed_count=1,
        warnings=(),
        versions=dict.fromkeys(("program", "schema", "code", "model", "reference"), "1"),
        differences=(),
        stories=(moved,),
    )
    record = json.loads(json.dumps(manifest.record()))
    assert Manifest.read(record) == manifest
    (row,) = release_rows([manifest])["release_stories"].to_dicts()
    assert row == {
        "version": "2026.03.02",
        "former_story_id": "b",
        "story_id": "a",
        "article_count": 2,
        "is_gone": True,
    }
    del record["stories"]  # as manifests of before had none
    earlier = Manifest.read(record)
    assert earlier is not None and earlier.stories == ()
