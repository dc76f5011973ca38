"""The published file as a folder: Parquet or CSV with a Data Package, ninjs, NewsArticle."""

import csv
import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
import sound_warehouse
from jsonschema import Draft4Validator, Draft202012Validator, FormatChecker

from assets.cli import export_folder as module
from assets.cli.export_folder import FolderExport, export_folder, exported_tables
from assets.settings import Settings
from etl import schema
from etl.errors import WarehouseError
from etl.warehouse.export_records import ExportRecord, exports_holding, read_exports, record_export

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
PROFILES = Path(__file__).parent / "profiles"
PROFILE = json.loads((PROFILES / "tabular-data-package.json").read_text("utf-8"))
RESOURCE = PROFILE["properties"]["resources"]["items"]
WORDS_OF_BODIES = ("festival", "owners")
FORMULA = "=HYPERLINK(1)"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A home whose file has seven nights, an article known by its month and one by its instant."""
    folder = tmp_path_factory.mktemp("home")
    settings = Settings(home=folder / "home", raw=folder / "raw")
    path = settings.warehouse.published
    path.parent.mkdir(parents=True)
    sound_warehouse.build(path)
    with duckdb.connect(str(path)) as con:
        con.execute(f"UPDATE articles SET title = '{FORMULA}', url = 'https://a.test/1' {of(4)}")
        con.execute(f"UPDATE articles SET date_precision = 'month', published_at = NULL {of(4)}")
        con.execute(f"UPDATE articles SET byline = 'By Ada Lund' {of(5)}")
        con.execute("UPDATE runs SET version = '2024.03.10', sequence = 1")
    return settings


def of(number: int) -> str:
    """One article of the last night."""
    return f"WHERE article_id = 'a0310-{number:02}'"


def rows(settings: Settings, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(settings.warehouse.published), read_only=True) as con:
        return con.execute(query).fetchall()


def package_of(folder: Path) -> dict[str, Any]:
    package: dict[str, Any] = json.loads((folder / "datapackage.json").read_text("utf-8"))
    return package


def errors(validator: Draft4Validator, told: object) -> list[str]:
    return [f"{list(error.path)}: {error.message[:200]}" for error in validator.iter_errors(told)]


def records(folder: Path, name: str) -> dict[str, dict[str, Any]]:
    """By article."""
    lines = (folder / f"{name}.jsonl").read_text("utf-8").splitlines()
    told = [json.loads(line) for line in lines]
    return {re.split("[:/]", one.get("uri") or one["@id"])[-1]: one for one in told}


def test_parquet_has_all_rows_and_the_package_describes_them(
    published: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assets.cli.export.BATCH_ROWS", 100)  # so that there are several
    folder = tmp_path / "out"
    report = export_folder(published, FolderExport(to=folder), now=NOW)
    package = package_of(folder)
    assert (report.version, package["version"]) == ("2024.03.10", "2024.03.10")
    assert package["created"] == "2026-03-02T08:00:00Z"
    described = {resource["name"]: resource for resource in package["resources"]}
    assert {*described} == {table.name for table in exported_tables(has_bodies=True)}
    for table in exported_tables(has_bodies=True):
        file = folder / described[table.name]["path"]
        names = ", ".join(table.column_names)
        assert pl.read_parquet(file).rows() == rows(published, f"SELECT {names} FROM {table.name}")
        assert described[table.name]["bytes"] == file.stat().st_size
        digest = sha256(file.read_bytes()).hexdigest()
        assert described[table.name]["hash"] == f"sha256:{digest}"
    as_tabular = {**package, "profile": "tabular-data-package"}
    as_tabular["resources"] = [
        {**resource, "profile": "tabular-data-resource"} for resource in package["resources"]
    ]
    assert errors(Draft4Validator(PROFILE), as_tabular) == []


def test_the_profile_finds_faults() -> None:
    """Else the tests here would say nothing."""
    field = {"name": "day", "type": "day"}
    resource = {"name": "a", "path": "a.csv", "profile": "tabular-data-resource"}
    whole = {"profile": "tabular-data-package", "resources": [resource]}
    assert errors(Draft4Validator(PROFILE), whole)
    assert errors(Draft4Validator(RESOURCE), {**resource, "schema": {"fields": [field]}})
    sound = {**resource, "schema": {"fields": [{**field, "type": "date"}]}}
    assert errors(Draft4Validator(RESOURCE), sound) == []


PARSED = {
    "string": str,
    "array": json.loads,
    "date": date.fromisoformat,
    "datetime": lambda cell: datetime.strptime(cell, "%Y-%m-%dT%H:%M:%SZ"),
    "boolean": {"true": True, "false": False}.__getitem__,
    "integer": int,
    "number": float,
}


def test_csv_is_a_tabular_data_package_whose_cells_are_of_their_types(
    published: Settings, tmp_path: Path
) -> None:
    export_folder(published, FolderExport(to=tmp_path / "out", is_csv=True), now=NOW)
    package = package_of(tmp_path / "out")
    assert errors(Draft4Validator(PROFILE), package) == []
    for resource in package["resources"]:
        fields = {field["name"]: field for field in resource["schema"]["fields"]}
        with (tmp_path / "out" / resource["path"]).open(encoding="utf-8", newline="") as stream:
            told = list(csv.DictReader(stream))
        counted = rows(published, f"SELECT count(*) FROM {resource['name']}")
        assert [(len(told),)] == counted
        for row in told:
            assert row.keys() == fields.keys()
            for name, cell in row.items():
                field = fields[name]
                if cell:
                    PARSED[field["type"]](cell)
                assert cell or not field.get("constraints", {}).get("required")
                assert not cell or cell in field.get("constraints", {}).get("enum", [cell])


def test_references_name_what_is_in_the_package(published: Settings, tmp_path: Path) -> None:
    export_folder(published, FolderExport(to=tmp_path / "out"), now=NOW)
    package = package_of(tmp_path / "out")
    keys = {resource["name"]: resource["schema"] for resource in package["resources"]}
    referred = {
        (name, key["fields"], key["reference"]["resource"] or name, key["reference"]["fields"])
        for name, table in keys.items()
        for key in table.get("foreignKeys", ())
    }
    assert ("mentions", "article_id", "articles", "article_id") in referred
    assert ("mentions", "entity_id", "entities", "entity_id") in referred
    for _, _, table, column in referred:
        assert column in [field["name"] for field in keys[table]["fields"]]


@pytest.mark.parametrize("as_is", [True, False])
def test_formulas_are_defused_in_csv_unless_unwanted(
    published: Settings, tmp_path: Path, as_is: bool
) -> None:
    wanted = FolderExport(to=tmp_path / "out", is_csv=True, as_is=as_is)
    export_folder(published, wanted, now=NOW)
    text = (tmp_path / "out" / "articles.csv").read_text("utf-8")
    assert (f",'{FORMULA}," in text) != as_is
    assert (f",{FORMULA}," in text) == as_is


@pytest.mark.parametrize("is_csv", [True, False])
def test_without_bodies_no_file_has_a_text(
    published: Settings, tmp_path: Path, is_csv: bool
) -> None:
    common = {"is_csv": is_csv, "has_ninjs": True, "has_news_articles": True}
    for has_bodies in (True, False):
        folder = tmp_path / f"out-{has_bodies}"
        wanted = FolderExport(to=folder, has_bodies=has_bodies, **common)
        export_folder(published, wanted, now=NOW)
        found = {word for word in WORDS_OF_BODIES for text in texts(folder) if word in text}
        assert found == ({*WORDS_OF_BODIES} if has_bodies else set())
    fields = package_of(folder)["resources"][0]["schema"]["fields"]
    assert not {"body", "trailer"} & {field["name"] for field in fields}
    assert all(one["representationType"] == "partial" for one in records(folder, "ninjs").values())


def texts(folder: Path) -> Iterator[str]:
    for file in folder.iterdir():
        is_parquet = file.suffix == ".parquet"
        yield str(pl.read_parquet(file).to_dicts()) if is_parquet else file.read_text("utf-8")


def test_what_was_delivered_and_rejected_stays_here() -> None:
    names = {table.name for table in exported_tables(has_bodies=True)}
    assert not names & {"deliveries", "duplicates", "quarantine", "runs", "quality_results"}
    assert {"articles", "mentions", "entities", "stories", "countries", "sources"} <= names


def test_articles_as_ninjs(published: Settings, tmp_path: Path) -> None:
    export_folder(published, FolderExport(to=tmp_path / "out", has_ninjs=True), now=NOW)
    told = records(tmp_path / "out", "ninjs")
    assert len(told) == 140
    one = told["a0310-05"]
    assert one["uri"] == "urn:dateline:article:a0310-05"
    assert one["firstCreated"] == "2024-03-10T20:00:00Z"
    assert one["descriptions"] == [{"role": "publishedOn", "value": "2024-03-10"}]
    assert one["by"] == "By Ada Lund"
    assert one["located"] == "Lisbon"
    assert one["headlines"] == [
        {"role": "main", "contentType": "text/plain", "value": "Marta Voss"}
    ]
    assert one["bodies"][0]["charCount"] == len(one["bodies"][0]["value"])
    assert one["people"] == [{"name": "Marta Voss", "rel": "mentions", "literal": "marta voss"}]
    assert one["subjects"] == [{"name": "PT", "rel": "about", "literal": "PT", "relevance": 100}]
    assert one["infoSources"] == [{"name": "Nova Agency"}]
    by_month = told["a0310-04"]
    assert by_month["descriptions"] == [{"role": "publishedOn", "value": "2024-03"}]
    assert "firstCreated" not in by_month
    assert by_month["altIds"] == [{"role": "url", "value": "https://a.test/1"}]
    resource = package_of(tmp_path / "out")["resources"][-1]
    assert (resource["path"], "schema" in resource) == ("ninjs.jsonl", False)


@pytest.mark.parametrize("no_bodies", [False, True])
def test_every_article_is_valid_ninjs(published: Settings, tmp_path: Path, no_bodies: bool) -> None:
    wanted = FolderExport(to=tmp_path / "out", has_ninjs=True, has_bodies=not no_bodies)
    export_folder(published, wanted, now=NOW)
    text = (PROFILES / "ninjs_3.0.json").read_text("utf-8")
    validator = Draft202012Validator(json.loads(text), format_checker=FormatChecker())
    told = records(tmp_path / "out", "ninjs")
    faults = {key: [e.message for e in validator.iter_errors(one)] for key, one in told.items()}
    assert len(told) == 140 and not any(faults.values()), faults
    assert list(validator.iter_errors({**told["a0310-05"], "byline": "Ada"}))


def test_articles_as_news_articles(published: Settings, tmp_path: Path) -> None:
    export_folder(published, FolderExport(to=tmp_path / "out", has_news_articles=True), now=NOW)
    told = records(tmp_path / "out", "newsarticle")
    assert len(told) == 140
    one = told["a0310-05"]
    assert (one["@context"], one["@type"]) == ("https://schema.org", "NewsArticle")
    assert one["datePublished"] == "2024-03-10T20:00:00Z"
    assert told["a0310-04"]["datePublished"] == "2024-03"
    assert one["publisher"] == {"@type": "NewsMediaOrganization", "name": "Nova Agency"}
    assert one["about"] == [{"@type": "Country", "name": "PT", "identifier": "PT"}]
    assert {"@type": "Person", "name": "Marta Voss", "identifier": "marta voss"} in one["mentions"]
    assert one["articleBody"].endswith("near Lisbon, Portugal.")


def test_an_export_is_noted_before_it_is_there(
    published: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = len(read_exports(published.lake))
    seen: list[bool] = []
    folder = tmp_path / "out"

    def note(lake: Any, record: ExportRecord) -> Path:
        seen.append(folder.exists())
        return record_export(lake, record)

    monkeypatch.setattr(module, "record_export", note)
    export_folder(published, FolderExport(to=folder, has_bodies=False, is_csv=True), now=NOW)
    assert seen == [False]
    records = read_exports(published.lake)
    assert len(records) >= before
    assert records[-1] == ExportRecord(
        folder=str(folder),
        version="2024.03.10",
        exported_at=NOW,
        forms=("csv",),
        has_bodies=False,
        nights=(*sound_warehouse.EARLIER, sound_warehouse.NIGHT),
    )


def test_an_export_holds_what_its_nights_brought(tmp_path: Path) -> None:
    from etl.lake.store import Lake

    lake = Lake(tmp_path)
    first, second = date(2026, 3, 1), date(2026, 3, 2)
    common = {"version": "v", "forms": ("parquet",), "has_bodies": True}
    for day, nights in ((1, (first,)), (2, (first, second)), (3, (first, second))):
        at = datetime(2026, 3, day, 9, tzinfo=UTC)
        record_export(lake, ExportRecord(folder=f"f{day}", exported_at=at, nights=nights, **common))

    def holding(*nights: date, until: date | None = None) -> list[str]:
        return [record.folder for record in exports_holding(lake, nights, until=until)]

    assert holding(first) == ["f1", "f2", "f3"]
    assert holding(second) == ["f2", "f3"]
    assert holding(second, until=second) == ["f2"]
    assert holding(date(2026, 3, 9)) == []


def test_nothing_is_left_of_an_export_that_fails(
    published: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = tmp_path / "full"
    full.mkdir()
    (full / "a.txt").write_text("of somebody")
    with pytest.raises(WarehouseError, match="it is there already"):
        export_folder(published, FolderExport(to=full), now=NOW)
    with pytest.raises(WarehouseError, match="Dateline's own; choose another folder"):
        export_folder(published, FolderExport(to=published.home / "out"), now=NOW)
    with pytest.raises(WarehouseError, match="No such file"):
        export_folder(published, FolderExport(to=tmp_path / "none" / "out"), now=NOW)
    monkeypatch.setattr(
        module, "exported_tables", lambda **_: (schema.ARTICLES, schema.RAW_DOCUMENTS)
    )
    with pytest.raises(WarehouseError, match="can't be exported"):
        export_folder(published, FolderExport(to=tmp_path / "out"), now=NOW)
    assert [path.name for path in tmp_path.iterdir()] == ["full"]


def test_an_empty_folder_may_be_named(published: Settings, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    export_folder(published, FolderExport(to=tmp_path / "out"), now=NOW)
    assert (tmp_path / "out" / "datapackage.json").exists()
