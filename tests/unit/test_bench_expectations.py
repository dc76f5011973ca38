"""The file that the cost of the audit is measured on."""

from pathlib import Path

import duckdb

from bench.expectations import build


def test_it_has_the_tables_of_today(tmp_path: Path) -> None:
    path = tmp_path / "large.duckdb"
    assert len(build(path, articles=20, nights=2)) == 2
    with duckdb.connect(str(path), read_only=True) as con:
        assert con.execute("SELECT count(*) FROM articles").fetchall() == [(20,)]
