"""What `dateline --version` tells: what a report of a fault should name."""

import tomllib
from pathlib import Path

import duckdb
import pytest
import sound_warehouse
from click.testing import CliRunner

from assets.cli.main import main
from etl.night import night_code_version
from etl.program import program_version
from etl.warehouse.layout import describe

ROOT = Path(__file__).parents[2]


def test_the_version_is_that_of_the_project_the_file_and_the_code(tmp_path: Path) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    path = tmp_path / "sound.duckdb"
    sound_warehouse.build(path)
    with duckdb.connect(str(path)) as con:
        describe(con)
        question = "SELECT value FROM about WHERE name = 'schema_version'"
        ((schema,),) = con.execute(question).fetchall()
    told = CliRunner().invoke(main, ["--version"])
    assert told.exit_code == 0
    assert told.output == f"dateline {project}, schema {schema}, code {night_code_version()}\n"


def test_what_changed_is_told_for_the_version_of_today() -> None:
    (schema,) = CliRunner().invoke(main, ["--version"]).output.split("schema ")[1].split(",")[:1]
    assert f"\n### {schema}\n" in (ROOT / "docs" / "changes.md").read_text()


def test_the_version_needs_no_sound_settings(tmp_path: Path) -> None:
    told = CliRunner().invoke(main, ["--version"], env={"DATELINE_FRESH_HOURS": "soon"})
    assert told.exit_code == 0
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("pyproject", "version"),
    [('[project]\nname = "dateline"\nversion = "7.8.9"\n', "7.8.9"), (None, "0+unknown")],
)
def test_a_checkout_with_its_libraries_alone_has_a_version(
    pyproject: str | None, version: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("etl.program.NAME", "dateline-that-is-not-installed")
    if pyproject is not None:
        (tmp_path / "pyproject.toml").write_text(pyproject)
    assert program_version(tmp_path) == version
