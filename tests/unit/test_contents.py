"""What a file holds, and which nights it lacks."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import zip_longest
from pathlib import Path

import duckdb
import polars as pl
import pytest
import sound_warehouse

from etl import schema
from etl.errors import WarehouseError
from etl.lake.store import Lake
from etl.warehouse.contents import last_publications, nights_behind, read_contents, read_outcomes
from etl.warehouse.releases import Warehouse
from etl.warehouse.run_log import next_sequence, read_runs, write_runs

N1, N2, N3 = (date(2026, 3, day) for day in (1, 2, 3))


def run_rows(*runs: tuple[str, date, int], numbers: Sequence[int] = ()) -> pl.DataFrame:
    """Logged publications: run, night and hour; their ``numbers``, if they have any."""
    zero = dict.fromkeys([c for c in schema.RUNS.column_names if c.endswith("_count")], 0)
    versions = dict.fromkeys([c for c in schema.RUNS.column_names if c.endswith("_version")], "v")
    return schema.RUNS.frame(
        {
            "run_id": run,
            "ingested_on": night,
            "started_at": datetime(2026, 3, 4, hour),
            "finished_at": datetime(2026, 3, 4, hour),
            "sequence": number,
            **zero,
            **versions,
        }
        for (run, night, hour), number in zip_longest(runs, numbers)
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file whose runs r1 and r2 wrote two nights."""
    path = tmp_path / "file.duckdb"
    sound_warehouse.build(path)
    with duckdb.connect(str(path)) as con:
        con.execute("DELETE FROM runs")
        con.register("log", run_rows(("r1", N1, 1), ("r2", N2, 2)))
        con.execute("INSERT INTO runs BY NAME SELECT * FROM log")
    return path


def test_a_file_tells_its_nights_and_its_last_run(path: Path) -> None:
    contents = read_contents(path)
    assert {N1, N2} <= set(contents.nights)
    assert contents.last_nights == (N2,)
    assert contents.article_count > 0


@pytest.mark.parametrize(
    ("log", "behind"),
    [
        ([], []),
        ([("r1", N1, 1), ("r2", N2, 2)], []),
        ([("r1", N1, 1), ("r2", N2, 2), ("r3", N3, 3)], [N3]),
        ([("r1", N1, 1), ("r2", N2, 2), ("r3", N1, 3)], [N1]),
        ([("r0", N1, 0), ("r1", N1, 1), ("r2", N2, 2)], []),
    ],
    ids=["no log", "all there", "a night is missing", "a night is older", "older runs are no loss"],
)
def test_nights_are_behind_whose_last_publication_the_file_lacks(
    path: Path, log: list[tuple[str, date, int]], behind: list[date]
) -> None:
    assert nights_behind(path, run_rows(*log)) == behind


def test_publications_are_in_the_order_of_their_numbers_not_of_the_clock(path: Path) -> None:
    """r2 published by a clock that was ahead, r3 after it had been set right."""
    runs = (("r1", N1, 1), ("r2", N2, 9), ("r3", N2, 2))
    assert nights_behind(path, run_rows(*runs, numbers=(1, 2, 3))) == [N2]
    assert nights_behind(path, run_rows(*runs)) == []
    with duckdb.connect(str(path)) as con:
        con.register("log", run_rows(*runs, numbers=(1, 2, 3)))
        con.execute("DELETE FROM runs")
        con.execute("INSERT INTO runs BY NAME SELECT * FROM log")
    contents = read_contents(path)
    assert contents.last_nights == (N2,)
    assert contents.last_finished_at == datetime(2026, 3, 4, 2)


def test_a_release_of_before_runs_were_numbered_tells_its_nights(path: Path) -> None:
    with duckdb.connect(str(path)) as con:
        con.execute("ALTER TABLE runs DROP COLUMN sequence")
    assert read_contents(path).last_nights == (N2,)
    assert nights_behind(path, run_rows(("r1", N1, 1), ("r3", N3, 3))) == [N3]


def test_a_log_of_before_runs_were_numbered_is_read(tmp_path: Path) -> None:
    lake, warehouse = Lake(tmp_path / "lake"), Warehouse(tmp_path / "warehouse")
    assert next_sequence(lake, warehouse) == 1
    for number, run in enumerate(("r1", "r2"), start=1):
        write_runs(lake, run, run_rows((run, N1, number)))
    for file in (lake.root / "runs").glob("*.parquet"):
        pl.read_parquet(file).drop("sequence").write_parquet(file)
    assert read_runs(lake)["sequence"].to_list() == [None, None]
    assert next_sequence(lake, warehouse) == 1
    write_runs(lake, "r0", run_rows(("r0", N1, 0), numbers=(7,)))
    assert sorted(read_runs(lake)["run_id"]) == ["r0", "r1", "r2"]
    assert last_publications(read_runs(lake))["run_id"].to_list() == ["r0"]
    assert next_sequence(lake, warehouse) == 8
    warehouse.releases.mkdir(parents=True)
    (warehouse.releases / "2026-03-01T020000.000000Z-0012.duckdb").touch()
    assert next_sequence(lake, warehouse) == 13


def test_a_file_tells_what_became_of_deliveries(path: Path) -> None:
    with duckdb.connect(str(path), read_only=True) as con:
        outcomes = dict(con.execute("SELECT delivery_id, outcome FROM deliveries").fetchall())
    told = read_outcomes(path, [*outcomes, "unknown"])
    assert dict(told.select("delivery_id", "outcome").iter_rows()) == outcomes
    for row in told.iter_rows(named=True):
        assert (row["article_id"] is None) == (row["outcome"] == "quarantined")
        assert (row["rule"] is None) == (row["outcome"] != "quarantined")


def test_what_is_no_file_of_ours_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(WarehouseError, match="no such file"):
        read_contents(tmp_path / "nothing")
    (tmp_path / "text").write_text("text")
    with pytest.raises(WarehouseError, match="cannot be opened"):
        read_contents(tmp_path / "text")
