"""A corrected table: only the documents that it touches are done again."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from etl.fingerprint import content_version
from etl.lake.engines import run_parts
from etl.lake.engines.inline import Inline
from etl.lake.parts import PartReport, task_of, tasks_of, touched_documents
from etl.lake.staleness import UNPUBLISHED, record_published, stale_nights
from etl.lake.store import Lake, read_seal, read_state
from etl.schema import RAW_DOCUMENTS
from etl.stage import RAW, Correctable, Input, Stage

NIGHT = date(2026, 3, 1)


class House:
    """A night of two parts with three documents each, d0 … d5, and a table that names them."""

    def __init__(self, root: Path) -> None:
        self.lake, self.table, self.log = Lake(root / "lake"), root / "names.csv", root / "log"
        batch = self.lake.night_folder("raw_documents", NIGHT) / "batch-0001"
        batch.mkdir(parents=True)
        for part in range(2):
            ids = [f"d{n}" for n in range(part * 3, part * 3 + 3)]
            RAW_DOCUMENTS.frame(
                {"delivery_id": i, "file_name": "a.txt", "ingested_on": NIGHT} for i in ids
            ).write_parquet(batch / f"part-{part:04d}.parquet")
        self.name(d0="Ana", d4="Ben")

    def name(self, **names: str) -> None:
        self.table.write_text("".join(f"{key},{value}\n" for key, value in names.items()))

    def stage(self, rules: str = "1") -> Stage:
        content = self.table.read_bytes()
        version = content_version(content)
        return Stage(
            name="naming",
            builder="part_stages:build_naming",
            reads=Input(RAW, RAW),
            main="named",
            rejects_as="parse",
            version=f"{rules} {version}",
            options=(("log", str(self.log)), ("table", str(self.table)), ("version", version)),
            correctable=Correctable(
                rules=rules, table=version, content=content, finder="part_stages:build_renamed"
            ),
        )

    def run(self, rules: str = "1") -> list[PartReport]:
        self.log.write_text("")
        stage = self.stage(rules)
        tasks = tasks_of(stage, self.lake, self.lake.raw_parts(NIGHT))
        return list(run_parts(stage, tasks, Inline()))

    def done(self) -> list[str]:
        """The documents that the last run gave to the stage."""
        return self.log.read_text().split()

    def rows(self) -> dict[str, list[tuple[object, ...]]]:
        """Every row of every table, in the order of the files."""
        return {
            table: [
                row
                for file in self.lake.table_files("naming", NIGHT, table)
                for row in pl.read_parquet(file, hive_partitioning=False).rows()
            ]
            for table in ("named", "letters", "quarantine")
        }

    def stale(self) -> list[tuple[str, int, int]]:
        found = stale_nights(self.lake, [self.stage()], [NIGHT])
        return [(night.stage, night.parts, night.documents) for night in found]

    def folders(self) -> list[Path]:
        parts = self.lake.raw_parts(NIGHT)
        return [self.lake.part_folder("naming", NIGHT, part.name) for part in parts]


@pytest.fixture
def house(tmp_path: Path) -> House:
    made = House(tmp_path)
    made.run()
    record_published(made.lake, [made.stage()], [NIGHT])
    return made


def test_only_what_a_correction_touches_is_done_again(house: House) -> None:
    assert house.done() == [f"d{n}" for n in range(6)]
    house.name(d0="Ana", d4="Eva", d5="Kai")
    reports = house.run()
    assert house.done() == ["d4", "d5"]
    assert [(r.redone, r.carried, r.was_reused) for r in reports] == [
        (0, 3, True),
        (2, 1, False),
    ]
    assert house.run()[1].was_reused


def test_the_rows_are_those_of_a_full_run(house: House, tmp_path: Path) -> None:
    names = {"d1": "Lu", "d4": "Eva", "d5": "Kai"}
    house.name(**names)
    house.run()
    whole = House(tmp_path / "other")
    whole.name(**names)
    whole.run()
    assert house.rows() == whole.rows()
    assert len(house.rows()["letters"]) > 6


def test_what_a_correction_breaks_is_quarantined_and_what_it_mends_returns(house: House) -> None:
    house.name(d0="Ana", d4="-")
    house.run()
    assert [row[0] for row in house.rows()["quarantine"]] == ["d4"]
    house.name(d0="Ana", d4="-", d5="Kai")
    house.run()
    assert house.done()[:2] == ["d4", "d5"]
    house.name(d0="Ana", d4="Ben")
    house.run()
    assert house.rows()["quarantine"] == []


def test_all_that_a_correction_touches_may_fail(house: House) -> None:
    """A stage that fails on every document of a part is at fault; on these alone it is not."""
    house.name(d0="Ana", d4="-", d5="-")
    house.run()
    assert [row[0] for row in house.rows()["quarantine"]] == ["d4", "d5"]


def test_a_part_that_a_correction_does_not_touch_keeps_its_rows_and_its_state(
    house: House,
) -> None:
    first, second = house.folders()
    seals, states = (
        [read_seal(f) for f in house.folders()],
        [read_state(f) for f in (first, second)],
    )
    times = [(folder / "named.parquet").stat().st_mtime_ns for folder in (first, second)]
    house.name(d0="Ana", d4="Eva")
    house.run()
    assert all(read_seal(f) != seal for f, seal in zip((first, second), seals, strict=True))
    assert read_state(first) == states[0]
    assert read_state(second) != states[1]
    assert (first / "named.parquet").stat().st_mtime_ns == times[0]
    assert (second / "named.parquet").stat().st_mtime_ns != times[1]


def test_stale_is_a_night_with_touched_documents_only(house: House) -> None:
    house.name(d0="Ana", d4="Ben", d9="Kai")
    assert house.stale() == []
    house.run()
    assert house.stale() == []
    house.name(d0="Ana", d4="Eva", d9="Kai")
    assert house.stale() == [("naming", 1, 1)]
    house.run()
    assert house.stale() == [(UNPUBLISHED, 2, 6)]


def test_other_rules_concern_all_documents(house: House) -> None:
    house.name(d0="Ana", d4="Eva")
    house.run(rules="2")
    assert len(house.done()) == 6


def test_corrections_that_were_never_applied_are_no_matter(house: House) -> None:
    """From the version of the rows to the present one, whatever lay between."""
    house.name(d1="Lu")
    house.name(d0="Ana", d4="Ben", d2="Kai")
    house.run()
    assert house.done() == ["d2"]


@pytest.mark.parametrize("what", ["kept table", "notes"])
def test_where_the_earlier_table_is_not_known_all_is_done_again(house: House, what: str) -> None:
    if what == "kept table":
        for file in (house.lake.root / "corrected_tables" / "naming").glob("*.csv"):
            file.unlink()
    else:
        for folder in house.folders():
            (folder / "seal.json").write_text('{"fingerprint": "before notes"}')
    house.name(d0="Ana", d4="Eva")
    house.run()
    assert len(house.done()) == 6


def test_a_table_is_kept_as_the_stage_is_versioned_for_it(house: House) -> None:
    house.name(d0="Ana", d4="Eva")
    stage = house.stage()
    house.name(d0="Ana", d4="Eva", d5="Kai")
    tasks = tasks_of(stage, house.lake, house.lake.raw_parts(NIGHT))
    list(run_parts(stage, tasks, Inline()))
    kept = list((house.lake.root / "corrected_tables" / "naming").iterdir())
    assert stage.correctable
    assert stage.correctable.table in {file.stem for file in kept}
    assert all(content_version(file.read_bytes()) == file.stem for file in kept)


def test_looking_changes_nothing(house: House) -> None:
    house.name(d0="Ana", d4="Eva")
    before = sorted(house.lake.root.rglob("*"))
    (first, second) = (
        touched_documents(house.stage(), task_of(house.stage(), house.lake, part))
        for part in house.lake.raw_parts(NIGHT)
    )
    assert (first, second) == (0, 1)
    assert sorted(house.lake.root.rglob("*")) == before
