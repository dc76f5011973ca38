"""The documents agree with the code: generated tables, links, commands and queries."""

import re
import subprocess
from pathlib import Path

import duckdb
import pytest
import sound_warehouse

from assets.settings import with_settings_table
from etl.dictionary import data_dictionary
from etl.views import VIEWS, View

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
DOCUMENTS = sorted([ROOT / "README.md", ROOT / "data" / "README.md", *(ROOT / "docs").glob("*.md")])


def test_the_data_dictionary_is_up_to_date() -> None:
    assert (ROOT / "docs" / "data-dictionary.md").read_text() == data_dictionary(), "make docs"


def test_the_settings_in_the_readme_are_up_to_date() -> None:
    assert with_settings_table(README) == README, "make docs"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text())
    assert [t for t in targets if not (document.parent / t).exists()] == []


def test_every_target_named_in_the_readme_is_one() -> None:
    listed = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    targets = {line.split()[0] for line in listed.stdout.splitlines()}
    named = set(re.findall(r"^    make ([a-z]+)", README, flags=re.MULTILINE))
    assert named
    assert named <= targets


def test_ci_runs_the_commands_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text()
    assert "\nmake run\n" in script
    assert "\nmake test\n" in script


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    path = tmp_path_factory.mktemp("docs") / "sound.duckdb"
    sound_warehouse.build(path)
    con = duckdb.connect(str(path))
    for view in VIEWS:
        con.execute(f"CREATE OR REPLACE VIEW {view.name} AS {view.query}")
    return con


@pytest.mark.parametrize("query", re.findall(r"```sql\n(.*?)```", README, flags=re.DOTALL))
def test_queries_of_the_readme_run(query: str, con: duckdb.DuckDBPyConnection) -> None:
    con.execute(query)


@pytest.mark.parametrize("query", re.findall(r'make query SQL="([^"]+)"', README))
def test_make_queries_of_the_readme_run(query: str, con: duckdb.DuckDBPyConnection) -> None:
    con.execute(query)


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_every_view_can_be_read(view: View, con: duckdb.DuckDBPyConnection) -> None:
    con.execute(f"FROM {view.name}").fetchall()
