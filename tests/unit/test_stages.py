"""What makes a stage stale, and what the source stage yields."""

import ast
import importlib.util
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assets import stages
from etl import schema
from etl.corrections import version_of
from etl.tables import ROOMS, forget_tables

NIGHT = date(2026, 3, 1)
LINE = "lakeside-post,Lakeside Post,newspaper,KE,lakeside.example,,\n"


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
    made = (
        stages.parse_stage(),
        stages.article_stage(),
        stages.source_stage(),
        stages.extraction_stage(None),
    )
    return {stage.name: stage.version for stage in made}


def _changed(before: dict[str, str]) -> set[str]:
    after = _versions()
    return {name for name in before if before[name] != after[name]}


def test_a_corrected_registry_makes_the_sources_stale_alone(tables: Path) -> None:
    before = _versions()
    with (tables / stages.REGISTRY).open("a") as file:
        file.write(LINE)
    assert _changed(before) == {"sources"}


def test_a_corrected_table_of_places_leaves_dates_and_sources(tables: Path) -> None:
    before = _versions()
    with (tables / "cues.csv").open("a") as file:
        file.write("\n")
    assert _changed(before) == {"parsed_articles", "extraction"}


@pytest.mark.parametrize("stage", [stage.name for stage, _ in stages.way(None)])
def test_all_code_that_a_stage_imports_is_in_its_version(
    stage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """But for the names of errors and rules, which say nothing of what is derived."""
    taken: list[tuple[str, ...]] = []

    def version(modules: tuple[str, ...], libraries: tuple[str, ...] = ()) -> str:
        taken.append(modules)
        return "version"

    monkeypatch.setattr(stages, "_version", version)
    names = [made.name for made, _ in stages.way(None)]
    known = set(taken[names.index(stage)]) - {"assets.stages"}
    imported = {name for module in known for name in _imported(module)}
    covered = tuple(f"{module}." for module in (*known, "etl.errors"))
    assert [name for name in sorted(imported) if not f"{name}.".startswith(covered)] == []


def _imported(module: str) -> set[str]:
    """The modules of etl that a module's or package's files import."""
    found = set()
    for file in stages._source_files(module):
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
    with (tables / stages.REGISTRY).open("a") as file:
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
    version = version_of(tables / stages.REGISTRY)
    tables_found = stages.build_sources(derived_by="v1", registry_version=version)(articles)
    assert tables_found["attributions"].rows() == [
        ("d0", "lakeside-post", "sidecar", None, None, NIGHT),
        ("d1", None, None, "Hillside Post", "sidecar", NIGHT),
        ("d2", "lakeside-post", "sidecar", None, None, NIGHT),
        ("d3", None, None, None, None, NIGHT),
    ]
    assert tables_found["article_sources"]["delivery_id"].to_list() == ["d0", "d2"]
    assert tables_found["quarantine"].is_empty()


def test_each_stage_tells_what_its_rows_were_derived_by() -> None:
    stage = stages.source_stage()
    articles = schema.LAKE_ARTICLES.frame(
        [{"delivery_id": "d0", "article_id": "a0", "body": "A ferry.", "ingested_on": NIGHT}]
    )
    options = dict(stage.options)
    found = stages.build_sources(**options)(articles)["derivations"]  # type: ignore[arg-type]
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
    assert dict(stages.extraction_stage(None).options)["model_version"].startswith("news_ner ")  # type: ignore[union-attr]
    assert options["derived_by"] != options["code_version"]
