"""Rejected documents that were delivered again since."""

from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest
from night_lake import REFERENCES, RUN, Doc, logged_runs, write_night

from etl.lake.store import Lake
from etl.landing.rereading import GONE
from etl.warehouse.digest import digest, sha256
from etl.warehouse.staging import Staged, stage

N1, N2, N3 = (date(2026, 3, day) for day in (1, 2, 3))
PIECE = "https://example.org/piece"


class House:
    """A lake and the file made of it."""

    def __init__(self, root: Path) -> None:
        self.lake = Lake(root / "lake")
        self.file = root / "published.duckdb"

    def claim(self, night: date, *docs: Doc, batch: int = 1, gone: tuple[str, ...] = ()) -> None:
        write_night(self.lake, night, docs, batch=batch)
        note = self.lake.night_folder("raw_documents", night) / f"batch-{batch:04d}" / GONE
        if gone:
            rows = {"delivery_id": gone, "path": [f"{name}.txt" for name in gone]}
            pl.DataFrame(rows).write_parquet(note)

    def build(self, *nights: date, file: Path | None = None) -> Staged:
        target = file or self.file
        staging = target.with_suffix(".staging")
        staged = stage(
            self.lake,
            staging,
            published=target,
            nights=nights,
            logged=logged_runs([]),
            known={sha256(target)} if target.exists() else set(),
            run=RUN,
            references=REFERENCES,
            raw_text=lambda raw: raw.decode(),
        )
        staging.replace(target)
        return staged

    def outcomes(self) -> dict[str, str]:
        return dict(self.rows("SELECT delivery_id, outcome FROM deliveries"))  # type: ignore[arg-type]

    def superseded(self) -> list[tuple[object, ...]]:
        return self.rows(
            "SELECT delivery_id, superseded_on, superseded_by FROM quarantine "
            "WHERE superseded_on IS NOT NULL ORDER BY 1"
        )

    def rows(self, query: str) -> list[tuple[object, ...]]:
        with duckdb.connect(str(self.file), read_only=True) as con:
            return con.execute(query).fetchall()


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def test_a_mended_file_supersedes_what_it_holds_no_more(house: House) -> None:
    """In the same night: of three rejected two are mended, the third is still there."""
    house.claim(N1, *(Doc(f"old{n}", f"text {n}", is_rejected=True) for n in range(3)))
    house.claim(
        N1, *(Doc(f"new{n}", f"mended {n}") for n in range(2)), batch=2, gone=("old0", "old1")
    )
    staged = house.build(N1)
    assert staged.all_nights == (N1,)
    assert house.superseded() == [("old0", N1, None), ("old1", N1, None)]
    assert house.outcomes() == {
        **{"old0": "superseded", "old1": "superseded", "old2": "quarantined"},
        **{"new0": "published", "new1": "published"},
    }
    assert house.rows("SELECT batch, count(*) FROM deliveries GROUP BY 1 ORDER BY 1") == [
        (1, 3),
        (2, 2),
    ]
    # The law, and what was rejected is kept with its reason and its text.
    assert house.rows("SELECT COLUMNS('.*_count') FROM v_nights") == [(5, 2, 0, 2, 1)]
    assert house.rows("SELECT rule, raw_text FROM quarantine WHERE delivery_id = 'old0'") == [
        ("no_country", "text 0")
    ]


def test_a_later_night_supersedes_by_the_address(house: House) -> None:
    house.claim(N1, Doc("old", "text", is_rejected=True, url=PIECE), Doc("other", "other"))
    house.build(N1)
    house.claim(N2, Doc("still", "mended badly", is_rejected=True, url=f" {PIECE} "))
    staged = house.build(N2)
    assert staged.moved == (N1,)  # its counts have changed, so it is audited and logged too
    assert house.superseded() == [("old", N2, "still")]
    house.claim(N3, Doc("new", "mended", url=PIECE))
    assert house.build(N3).moved == (N2,)
    assert house.superseded() == [("old", N2, "still"), ("still", N3, "new")]
    assert house.outcomes()["new"] == "published"


def test_an_address_that_several_bear_tells_none_of_them(house: House) -> None:
    home = "https://example.org/"
    house.claim(N1, *(Doc(f"old{n}", f"text {n}", is_rejected=True, url=home) for n in range(2)))
    house.claim(N2, Doc("new", "another piece", url=home))
    house.claim(N2, Doc("alone", "one more", is_rejected=True, url=PIECE), batch=2)
    house.claim(N3, Doc("a", "two", url=PIECE), Doc("b", "of one address", url=PIECE))
    house.build(N1, N2, N3)
    assert house.superseded() == []


def test_neither_an_earlier_delivery_nor_one_of_the_same_claim_supersedes(house: House) -> None:
    house.claim(N1, Doc("before", "text", url=PIECE))
    house.claim(N2, Doc("rejected", "other text", is_rejected=True, url=PIECE))
    house.build(N1, N2)
    assert house.superseded() == []


def test_what_was_published_is_superseded_by_nothing(house: House) -> None:
    house.claim(N1, Doc("old", "text", url=PIECE), Doc("same", "text"))
    house.claim(N2, Doc("new", "text, edited", url=PIECE), gone=("old", "same"))
    house.build(N1, N2)
    assert sorted(house.outcomes().values()) == ["duplicate", "published", "published"]


def test_a_withdrawn_document_stays_withdrawn(house: House) -> None:
    house.claim(N1, Doc("old", "text", is_rejected=True, url=PIECE))
    file = house.lake.part_folder("extraction", N1, "batch-0001.part-0000") / "quarantine.parquet"
    pl.read_parquet(file).with_columns(rule=pl.lit("withdrawn")).write_parquet(file)
    house.claim(N2, Doc("new", "other", url=PIECE), gone=("old",))
    house.build(N1, N2)
    assert house.superseded() == []


@pytest.mark.slow
def test_any_order_of_nights_and_a_file_made_anew_say_the_same(
    house: House, tmp_path: Path
) -> None:
    house.claim(N1, Doc("a1", "a", is_rejected=True, url=PIECE), Doc("b1", "b", is_rejected=True))
    house.claim(N2, Doc("a2", "a, mended", is_rejected=True, url=PIECE), gone=("b1",))
    house.claim(N3, Doc("a3", "a, mended again", url=PIECE))
    files = [tmp_path / f"{name}.duckdb" for name in ("forth", "back", "whole", "again")]
    orders = [[[N1], [N2], [N3]], [[N3], [N2], [N1]], [[N1, N2, N3]], [[N1, N2, N3], [N2], [N1]]]
    for file, order in zip(files, orders, strict=True):
        for nights in order:
            house.build(*nights, file=file)
    assert len({digest(file) for file in files}) == 1
    house.file = files[0]
    assert house.superseded() == [("a1", N2, "a2"), ("a2", N3, "a3"), ("b1", N2, None)]


def test_a_damaged_note_leaves_its_documents_in_quarantine(house: House) -> None:
    house.claim(N1, Doc("old", "text", is_rejected=True))
    house.claim(N2, Doc("new", "mended"), gone=("old",))
    note = house.lake.night_folder("raw_documents", N2) / "batch-0001" / GONE
    note.write_bytes(note.read_bytes()[:20])
    house.build(N1, N2)
    assert house.outcomes()["old"] == "quarantined"
