"""The documents agree with the code: generated tables, links, commands and queries."""

import io
import re
import subprocess
from pathlib import Path

import duckdb
import pytest
import sound_warehouse

from assets.settings import with_settings_table
from etl.errors import RULES
from etl.landing.drops import GIVEN_FIELDS, SUFFIXES, read_documents
from etl.landing.limits import Limits
from etl.landing.scan import UNFINISHED_SUFFIXES
from etl.schema.dictionary import data_dictionary
from etl.schema.views import VIEWS, View

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
INPUT = (ROOT / "docs" / "input.md").read_text()
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


def first_column(document: str, heading: str) -> list[str]:
    """The cells of the first column of the table whose first heading this is."""
    _, table = document.split(f"\n| {heading} |", 1)
    rows = table.split("\n\n", 1)[0].splitlines()[2:]
    return [row.split("|")[1].strip().strip("`") for row in rows]


def test_the_input_page_names_the_keys_endings_and_rules_of_the_code() -> None:
    early = {name for name, rule in RULES.items() if rule.stage in ("landing", "decode")}
    assert sorted(first_column(INPUT, "key")) == sorted(GIVEN_FIELDS)
    assert sorted(first_column(INPUT, "ending")) == sorted(SUFFIXES)
    assert sorted(first_column(INPUT, "rule")) == sorted(early)
    unfinished = next(cell for cell in first_column(INPUT, "what") if ".tmp" in cell)
    assert tuple(re.findall(r"\.\w+", unfinished)) == UNFINISHED_SUFFIXES


def test_the_examples_of_the_input_page_are_read() -> None:
    (sidecar,) = re.findall(r"```json\n(.*?)```", INPUT, flags=re.DOTALL)
    (line,) = re.findall(r"```jsonl\n(.*?)```", INPUT, flags=re.DOTALL)
    (beside,) = read_documents("a.txt", io.BytesIO(b"One."), sidecar.encode(), limits=Limits())
    (of_line,) = read_documents("a.jsonl", io.BytesIO(line.encode()), limits=Limits())
    assert (beside.rejection, of_line.rejection) == (None, None)
    assert [name for name, _ in beside.given] == list(GIVEN_FIELDS)
    assert [name for name, _ in of_line.given] == ["url", "published_at"]
    assert of_line.raw.startswith(b"The harbour master")
