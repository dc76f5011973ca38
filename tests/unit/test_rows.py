"""Files of another structure read as the tables are declared now."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest

from etl.errors import StageError
from etl.lake.rows import Difference, differences, read_rows
from etl.schema import Column, Table

NIGHT = date(2026, 3, 1)


def column(name: str, kind: str = "VARCHAR", *, null: bool = False, default: str = "") -> Column:
    return Column(name=name, type=kind, description=name, nullable=null, default=default or None)


def table(*columns: Column) -> Table:
    return Table(
        name="ships", kind="night", grain="ship", description="", columns=columns, key=("name",)
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Two ships, below a folder whose name looks like a column of Hive."""
    path = tmp_path / "ingested_on=2026-03-01" / "ships.parquet"
    path.parent.mkdir()
    frame = pl.DataFrame(
        {
            "name": ["Uhuru", "Umoja"],
            "decks": [2, 3],
            "built_on": [date(1961, 1, 1), None],
            "home": ["Kisumu", None],
        },
        schema_overrides={"decks": pl.Int32()},
    )
    frame.write_parquet(path)
    return path


def read(file: Path, *columns: Column) -> Mapping[str, list[object]]:
    return read_rows([file], table(*columns)).to_dict(as_series=False)


def test_a_file_of_the_declared_structure_is_read_as_it_is(file: Path) -> None:
    declared = (column("name"), column("decks", "INTEGER"))
    assert read(file, *declared) == {"name": ["Uhuru", "Umoja"], "decks": [2, 3]}
    assert differences(file, table(*declared)) == []


@pytest.mark.parametrize(
    ("lacking", "values"),
    [
        (column("flag", null=True), [None, None]),
        (column("flag", default="'KE'"), ["KE", "KE"]),
        (column("flag", "BIGINT", default="decks * 10"), [20, 30]),
        (column("flag", null=True, default="lower(home)"), ["kisumu", None]),
    ],
)
def test_a_column_that_the_file_lacks_is_its_default_else_null(
    file: Path, lacking: Column, values: list[object]
) -> None:
    rows = read_rows([file], table(lacking))
    assert rows["flag"].to_list() == values
    assert rows.schema == table(lacking).polars_schema
    assert differences(file, table(lacking)) == [Difference(column="flag", is_bridged=True)]


@pytest.mark.parametrize(
    ("retyped", "values"),
    [
        (column("decks", "BIGINT"), [2, 3]),
        (column("decks", "DOUBLE"), [2.0, 3.0]),
        (column("decks"), ["2", "3"]),
        (column("built_on", "TIMESTAMP", null=True), [datetime(1961, 1, 1), None]),
        (column("built_on", "INTEGER", null=True), [None, None]),
        (
            column("name", "VARCHAR[]", default="string_to_array(name, 'h')"),
            [["U", "uru"], ["Umoja"]],
        ),
    ],
)
def test_a_value_of_another_type_is_kept_where_nothing_of_it_is_lost(
    file: Path, retyped: Column, values: list[object]
) -> None:
    assert read(file, retyped) == {retyped.name: values}
    assert differences(file, table(retyped)) == [Difference(column=retyped.name, is_bridged=True)]


@pytest.mark.parametrize(
    "broken", [column("flag"), column("decks", "DATE"), column("decks", "BOOLEAN")]
)
def test_no_value_is_made_up_for_a_column_that_wants_one(file: Path, broken: Column) -> None:
    assert differences(file, table(broken)) == [Difference(column=broken.name, is_bridged=False)]
    with pytest.raises(StageError, match=rf"before ships\.{broken.name} was as it is"):
        read(file, broken)


def test_a_null_that_was_once_allowed_becomes_the_default(file: Path) -> None:
    strict = column("home", default="'Mombasa'")
    assert read(file, strict) == {"home": ["Kisumu", "Mombasa"]}
    assert differences(file, table(strict)) == [Difference(column="home", is_bridged=True)]
    assert differences(file, table(column("home"))) == [Difference(column="home", is_bridged=False)]


def test_a_removed_column_is_no_difference(file: Path) -> None:
    assert differences(file, table(column("name"))) == []
    assert read(file, column("name")) == {"name": ["Uhuru", "Umoja"]}


def test_files_of_several_structures_are_read_together(file: Path) -> None:
    later = file.with_name("later.parquet")
    declared = table(column("name"), column("flag", null=True))
    declared.frame([{"name": "Mv Mbita", "flag": "KE"}]).write_parquet(later)
    rows = read_rows([file, later], declared)
    assert rows.rows() == [("Mv Mbita", "KE"), ("Uhuru", None), ("Umoja", None)]


def test_some_columns_of_a_file_can_be_asked_for(file: Path) -> None:
    declared = table(column("name"), column("decks", "INTEGER"), column("flag"))
    assert read_rows([file], declared, ["decks"]).to_dict(as_series=False) == {"decks": [2, 3]}


def test_no_file_is_no_rows() -> None:
    assert read_rows([], table(column("name"))).schema == {"name": pl.String()}
