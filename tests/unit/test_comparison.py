"""Which rows of two files differ: also in nights that nothing replaced."""

from pathlib import Path

import duckdb
import pytest
import sound_warehouse

from etl.warehouse.comparison import OF_LINKS, comparing, digests_after, note_changes
from etl.warehouse.digest import RowsDigest, table_digests

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
