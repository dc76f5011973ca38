"""The analysts' notebook: its cells run, one after the other, over a file as it is published."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
import sound_warehouse

from etl.schema import TABLES
from etl.schema.views import VIEWS
from etl.warehouse.digest import sha256

NOTEBOOK = Path(__file__).parents[2] / "docs" / "notebook.ipynb"
CELLS = json.loads(NOTEBOOK.read_text())["cells"]
CODE = [cell for cell in CELLS if cell["cell_type"] == "code"]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("notebook") / "home" / "warehouse" / "dateline.duckdb"
    path.parent.mkdir(parents=True)
    sound_warehouse.build(path)
    with duckdb.connect(str(path)) as con:
        for view in VIEWS:
            con.execute(f"CREATE VIEW {view.name} AS {view.query}")
    return path


@pytest.fixture(scope="module")
def names(file: Path) -> Iterator[dict[str, Any]]:
    """What the cells leave behind, by name; ``shown`` has what each shows, by the cell's id."""
    before = sha256(file)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("DATELINE_HOME", str(file.parents[1]))
        patched.delenv("DATELINE_FILE", raising=False)
        patched.chdir(file.parents[2])
        names: dict[str, Any] = {"shown": {}}
        for cell in CODE:
            names["shown"][cell["id"]] = run(cell, names)
        yield names
    assert sha256(file) == before


def run(cell: dict[str, Any], names: dict[str, Any]) -> Any:
    """Run a cell as Jupyter does: its last line, where that is an expression, is what it shows."""
    tree = ast.parse("".join(cell["source"]), filename=cell["id"])
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, cell["id"], "exec"), names)
    if last is None:
        return None
    return eval(compile(ast.Expression(last.value), cell["id"], "eval"), names)


def test_it_is_a_notebook_of_version_4_without_output() -> None:
    """What is shown belongs to a file, so that none of it can be stale, nor anybody's text."""
    notebook = json.loads(NOTEBOOK.read_text())
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    assert set(notebook) == {"cells", "metadata", "nbformat", "nbformat_minor"}
    assert {cell["cell_type"] for cell in CELLS} == {"code", "markdown"}
    ids = [cell["id"] for cell in CELLS]
    assert len({*ids}) == len(ids)
    assert all(re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", name) for name in ids)
    needed = {"cell_type", "id", "metadata", "source"}
    for cell in CELLS:
        assert all(isinstance(line, str) for line in cell["source"])
        assert set(cell) == needed | (
            {"execution_count", "outputs"} if cell["cell_type"] == "code" else set()
        )
        assert (cell["metadata"], cell.get("execution_count"), cell.get("outputs", [])) == (
            {},
            None,
            [],
        )


def test_each_table_and_view_that_it_names_exists() -> None:
    text = "\n".join("".join(cell["source"]) for cell in CELLS)
    named = {*re.findall(r"\b(?:FROM|JOIN) ([a-z_]+)", text), *re.findall(r"\bv_[a-z_]+", text)}
    assert {"about", "guide", "places", "entity_links", "v_entity_timeline"} <= named
    assert named <= {table.name for table in TABLES} | {view.name for view in VIEWS}


def test_each_cell_shows_something(names: dict[str, Any]) -> None:
    for name, shown in names["shown"].items():
        if name != "close":
            assert rows(shown), name


def rows(shown: Any) -> int:
    """Of a frame or list, or those that a chart draws."""
    if hasattr(shown, "to_dict") and hasattr(shown, "mark"):
        return sum(map(len, shown.to_dict()["datasets"].values()))
    return len(shown)


def test_coverage_counts_each_article_once(names: dict[str, Any]) -> None:
    """All articles of the file are about Portugal; of each night's 20 one has a later version."""
    assert names["code"] == "PT"
    nights = len(sound_warehouse.EARLIER) + 1
    assert names["coverage"]["focus_article_count"].sum() == 19 * nights
    assert names["coverage"]["share"].to_list() == [1.0] * len(names["coverage"])


def test_a_person_is_counted_under_both_names(names: dict[str, Any]) -> None:
    assert names["person"].select("name", "article_count").rows() == [("Marta Voss", 133)]
    assert names["bare_names"]["bare_name"].unique().to_list() == ["Voss"]


def test_pandas_says_what_polars_says(names: dict[str, Any]) -> None:
    coverage = names["coverage"].select("published_on", "focus_article_count", "share")
    weekly = names["weekly"].reset_index()
    assert coverage.rows() == [
        (day.date(), count, share)
        for day, count, share in weekly[coverage.columns].itertuples(index=False)
    ]
    assert names["rises"]["country"].to_list() == names["moved"]["country"].to_list()


def test_what_is_exported_can_be_read_again(names: dict[str, Any], file: Path) -> None:
    folder = file.parents[2] / "exported"
    assert pl.read_parquet(folder / "coverage.parquet").equals(names["coverage"])
    assert pl.read_parquet(folder / "article_countries.parquet").height > 0
