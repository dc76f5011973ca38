"""The night's stages as values: what they name, what makes them stale, what the sources yield."""

import ast
import importlib.util
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from etl import night, reference, schema
from etl.errors import StageError
from etl.fingerprint import content_version, source_files
from etl.sources.stage import build_sources
from etl.stage import RAW, Stage
from etl.tables import ROOMS, forget_tables

NIGHT = date(2026, 3, 1)
LINE = "lakeside-post,Lakeside Post,newspaper,KE,lakeside.example,,,,,,\n"


@pytest.fixture
def tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the reference tables that a test may edit."""
    folder = tmp_path / "reference"
    shutil.copytree(ROOMS["reference"], folder)
    monkeypatch.setitem(ROOMS, "reference", folder)
    _forget()
    yield folder
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    forget_tables()


def _versions() -> dict[str, str]:
    _forget()
    return {stage.name: stage.version for stage in night.stages(None)}


def _changed(before: dict[str, str]) -> set[str]:
    after = _versions()
    return {name for name in before if before[name] != after[name]}


def test_a_corrected_registry_makes_the_sources_stale_alone(tables: Path) -> None:
    before = _versions()
    with (tables / reference.REGISTRY).open("a") as file:
        file.write(LINE)
    assert _changed(before) == {"sources"}


def test_a_corrected_table_of_places_leaves_dates_and_sources(tables: Path) -> None:
    before = _versions()
    with (tables / "cues.csv").open("a") as file:
        file.write("\n")
    assert _changed(before) == {"parsed_articles", "extraction"}


@pytest.mark.parametrize("stage", night.NIGHT, ids=night.STAGE_NAMES)
def test_all_code_that_a_stage_imports_is_in_its_version(stage: Stage) -> None:
    """But for the names of errors and rules, and hashing, which say nothing of what is derived."""
    known = set(stage.basis.modules)
    imported = {name for module in known for name in _imported(module)}
    covered = tuple(f"{module}." for module in (*known, "etl.errors", "etl.fingerprint"))
    assert [name for name in sorted(imported) if not f"{name}.".startswith(covered)] == []


@pytest.mark.parametrize("stage", night.NIGHT, ids=night.STAGE_NAMES)
def test_a_stage_is_declared_by_names_that_there_are(stage: Stage) -> None:
    tables = {table.name: table for table in (*stage.yields, *stage.keeps)}
    assert stage.main in tables
    assert stage.rejects_as in schema.STAGES
    read = {RAW: schema.RAW_DOCUMENTS} | {
        table.name: table for other in night.NIGHT for table in (*other.yields, *other.keeps)
    }
    assert set(stage.reads.columns) <= set(read[stage.reads.table].column_names)
    earlier = night.STAGE_NAMES[: night.STAGE_NAMES.index(stage.name)]
    assert stage.reads.stage in (RAW, *earlier)


def test_every_table_of_the_lake_is_written_by_one_stage() -> None:
    written = [table.name for stage in night.NIGHT for table in (*stage.yields, *stage.keeps)]
    assert len(written) == len(set(written))
    assert {table.name for table in schema.LAKE_TABLES} <= {RAW, *written}


def _imported(module: str) -> set[str]:
    """The modules of etl that a module's or package's files import."""
    found = set()
    for file in source_files(module):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("etl"):
                inner = (f"{node.module}.{alias.name}" for alias in node.names)
                found |= {name for name in inner if _is_module(name)} or {str(node.module)}
    return found


def _is_module(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:  # what stands before the last dot is no package
        return False


def test_sources_are_found_in_what_the_article_stage_leaves(tables: Path) -> None:
    with (tables / reference.REGISTRY).open("a") as file:
        file.write(LINE)
    articles = schema.LAKE_ARTICLES.frame(
        {
            "delivery_id": name,
            "article_id": f"article of {name}",
            "body": "A ferry crossed the lake.",
            "given_publisher": given,
            "url": url,
            "ingested_on": NIGHT,
        }
        for name, given, url in (
            ("d0", "Lakeside Post", None),
            ("d1", "Hillside Post", None),
            ("d2", None, "https://www.lakeside.example/ferry"),
            ("d3", None, None),
        )
    )
    version = content_version((tables / reference.REGISTRY).read_bytes())
    tables_found = build_sources(derived_by="v1", table_version=version)(articles)
    assert tables_found["attributions"].rows() == [
        ("d0", "lakeside-post", "sidecar", None, None, NIGHT),
        ("d1", None, None, "Hillside Post", "sidecar", NIGHT),
        ("d2", "lakeside-post", "sidecar", None, None, NIGHT),
        ("d3", None, None, None, None, NIGHT),
    ]
    assert tables_found["article_sources"]["delivery_id"].to_list() == ["d0", "d2"]
    assert tables_found["quarantine"].is_empty()


def test_a_registry_edited_while_a_run_is_at_work_stops_it(tables: Path) -> None:
    version = content_version((tables / reference.REGISTRY).read_bytes())
    with (tables / reference.REGISTRY).open("a") as file:
        file.write(LINE)
    with pytest.raises(StageError, match=r"sources\.csv was edited while a run was at work"):
        build_sources(derived_by="v1", table_version=version)


def test_each_stage_tells_what_its_rows_were_derived_by() -> None:
    stage = night.versioned(night.stage_of("attributions"), None)
    articles = schema.LAKE_ARTICLES.frame(
        [{"delivery_id": "d0", "article_id": "a0", "body": "A ferry.", "ingested_on": NIGHT}]
    )
    options = dict(stage.options)
    found = build_sources(**options)(articles)["derivations"]  # type: ignore[arg-type]
    assert found.to_dicts() == [
        {
            "delivery_id": "d0",
            "derived_by": options["derived_by"],
            "stage": "sources",
            "code_version": options["code_version"],
            "model_version": None,
            "reference_version": options["reference_version"],
            "ingested_on": NIGHT,
        }
    ]
    extraction = dict(night.versioned(night.stage_of("mentions"), None).options)
    assert str(extraction["model_version"]).startswith("news_ner ")
    assert options["derived_by"] != options["code_version"]
