"""What the cases are measured on: documents, and files as they are after years."""

import json
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest
import sound_warehouse

from bench.expectations import one_query, query_each
from bench.performance.archive import IDS, _multiply
from bench.performance.documents import write_drop, write_files, write_mixed
from bench.performance.parts import PARTS
from etl.schema import TABLES
from expectations.suites import EXPECTATIONS


def test_half_of_the_documents_are_real_where_there_are_any(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = tmp_path / "corpus" / "dev" / "in"
    corpus.mkdir(parents=True)
    for number in range(9):
        (corpus / f"r{number}.txt").write_text("real")
    monkeypatch.setenv("DATELINE_CORPUS", str(tmp_path / "corpus"))
    assert write_mixed(tmp_path / "six", 6) == {"documents": 6, "real": 3, "made": 3}
    assert len([*(tmp_path / "six").iterdir()]) == 6
    assert write_mixed(tmp_path / "many", 40)["real"] == 9
    monkeypatch.setenv("DATELINE_CORPUS", str(tmp_path / "none"))
    assert write_mixed(tmp_path / "made", 6) == {"documents": 6, "real": 0, "made": 6}


def test_a_drop_goes_back_over_days(tmp_path: Path) -> None:
    write_drop(tmp_path, 1200)
    lines = (tmp_path / "drop.jsonl").read_text().splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    assert len(texts) == 1200
    assert "date 2026-02-26 " in texts[0]
    assert "date 2026-02-24 " in texts[1199]


def test_files_lie_in_folders_of_some(tmp_path: Path) -> None:
    write_files(tmp_path, 25, a_folder=10)
    assert [len([*folder.iterdir()]) for folder in sorted(tmp_path.iterdir())] == [10, 10, 5]


def test_known_files_are_found_known(tmp_path: Path) -> None:
    landing, home = str(tmp_path / "landing"), str(tmp_path / "home")
    assert PARTS["known-files"](landing, home, "30") == {"files": 30}
    found = PARTS["find-new"](landing, home)
    assert (found["files"], found["new"]) == (30, 0)
    assert PARTS["bare-scan"](landing)["files"] == 30
    (tmp_path / "landing" / "00000" / "00000003.txt").write_text("another")
    assert PARTS["find-new"](landing, home)["new"] == 1


def broken(path: Path, night: date) -> dict[str, int]:
    with duckdb.connect(str(path), read_only=True) as con:
        found = con.execute(one_query([night])).fetchall()
        assert found == [con.execute(sql).fetchone() for sql in query_each([night])]
        return dict(found)


def with_long_ids(path: Path) -> None:
    """Eight characters more at the end of every id, which is what a copy puts its number into."""
    with duckdb.connect(str(path)) as con:
        for table in TABLES:
            names = [name for name in table.column_names if name in IDS]
            if names:
                longer = ", ".join(f"{name} = {name} || '-0000000'" for name in names)
                con.execute(f"UPDATE {table.name} SET {longer}")


def test_an_archive_is_as_sound_as_the_night_that_it_repeats(tmp_path: Path) -> None:
    one, many = tmp_path / "one.duckdb", tmp_path / "many.duckdb"
    sound_warehouse.build(one)
    with_long_ids(one)
    articles = 20 * (1 + len(sound_warehouse.EARLIER))
    before = broken(one, sound_warehouse.NIGHT)
    _multiply(one, many, articles=5 * articles)
    assert set(before) == {each.name for each in EXPECTATIONS}
    assert broken(many, sound_warehouse.NIGHT) == before
    with duckdb.connect(str(many), read_only=True) as con:
        counted = con.execute("SELECT count(DISTINCT article_id), min(ingested_on) FROM articles")
        first = min(sound_warehouse.EARLIER) - timedelta(
            days=4 * (1 + len(sound_warehouse.EARLIER))
        )
        assert counted.fetchall() == [(5 * articles, first)]


def test_a_broken_rule_is_counted_by_the_statement(tmp_path: Path) -> None:
    path = tmp_path / "one.duckdb"
    sound_warehouse.build(path)
    night = sound_warehouse.NIGHT
    assert broken(path, night)["mention_score_is_a_share"] == 0
    with duckdb.connect(str(path)) as con:
        con.execute("UPDATE mentions SET score = 2")
        counted = con.execute("SELECT count(*) FROM mentions WHERE ingested_on = ?", [night])
        ((count,),) = counted.fetchall()
    assert broken(path, night)["mention_score_is_a_share"] == count > 0
