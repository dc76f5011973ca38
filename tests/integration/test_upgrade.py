"""Homes that an earlier version made: the next night does what is needed, and says so."""

import json
import shutil
import tarfile
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import duckdb
import polars as pl
import pytest
from night_setup import (
    NEXT_NIGHT,
    NIGHT,
    Undisturbed,
    make_settings,
    materialise,
    operate,
    published,
    rows,
)

from assets.cli.summary import print_status
from assets.operations.refresh import RefreshConfig, RefreshReport, refresh_job
from assets.operations.retention import RetentionConfig, RetentionReport, retention_job
from assets.operations.withdraw import WithdrawConfig, WithdrawReport, withdraw_job
from etl import schema
from etl.lake.store import Lake
from etl.lake.structure import Lack, older_nights
from etl.night import stages
from etl.schema.views.self_description import VERSION
from etl.warehouse.layout import has_declared_structure

HOMES = Path(__file__).parents[1] / "homes"
KEPT = sorted(HOMES.glob("*.tar.xz"))
TONIGHT = NEXT_NIGHT + timedelta(days=1)
CHANGED = "the tables have changed since"

Rows = dict[str, list[tuple[object, ...]]]


def all_rows(home: Path) -> Rows:
    """Rows by table; not what tells of runs and code, and not when and by what a night was run."""
    tables = [t for t in schema.TABLES if t.kind != "log" and t.name != "derivations"]
    return {
        table.name: rows(home, f"SELECT {', '.join(names)} FROM {table.name} ORDER BY ALL")
        for table in tables
        if (names := [n for n in table.column_names if n not in ("run_id", "derived_by")])
    }


def land(night: str, raw: Path) -> None:
    """Have the documents of a night of tests/homes lie in the landing folder."""
    raw.mkdir(exist_ok=True)
    for document in (HOMES / "documents" / night).iterdir():
        shutil.copyfile(document, raw / document.name)


def lacks_of(home: Path) -> list[Lack]:
    """What the nights of a home lack of the declared tables."""
    lake = Lake(home / "lake")
    older = older_nights(lake, stages(None), lake.nights("raw_documents"))
    return [lack for night in older for lack in night.lacks]


def names_of_lacks(home: Path) -> set[str]:
    return {lack.name for lack in lacks_of(home)}


def unpack(name: str, home: Path) -> None:
    """A home of an earlier version, with two nights."""
    with tarfile.open(HOMES / f"{name}.tar.xz") as archive:
        archive.extractall(home, filter="data")


# -- homes that earlier versions made ---------------------------------------------------------


@dataclass(frozen=True)
class Present:
    """A home of this version after two nights over the documents, and its rows after a third."""

    home: Path
    rows: Rows


@pytest.fixture(scope="module")
def present(tmp_path_factory: pytest.TempPathFactory) -> Present:
    folder = tmp_path_factory.mktemp("present")
    home, raw = folder / "home", folder / "raw"
    for night in (NIGHT, NEXT_NIGHT):
        land(night.isoformat(), raw)
        assert materialise(home, night=night, raw=raw).is_published
    shutil.copytree(home, folder / "before")
    land(TONIGHT.isoformat(), raw)
    assert materialise(home, night=TONIGHT, raw=raw).is_published
    return Present(folder / "before", without_mtime(all_rows(home)))


def without_mtime(tables: Rows) -> Rows:
    """When a document was written is another thing in every checkout."""
    at = schema.DELIVERIES.column_names.index("mtime")
    return {**tables, "deliveries": [(*row[:at], *row[at + 1 :]) for row in tables["deliveries"]]}


@pytest.fixture
def earlier(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A home of an earlier version with two nights, unpacked; documents of tonight have landed."""
    unpack(request.param, tmp_path / "home")
    for night in (NIGHT, NEXT_NIGHT, TONIGHT):
        land(night.isoformat(), tmp_path / "raw")
    return tmp_path / "home"


def test_a_home_is_kept_of_every_version_of_the_tables(tmp_path: Path) -> None:
    """When the version is raised: make_home.py, in a checkout of the one that is left."""
    kept = set()
    for archive in KEPT:
        unpack(archive.name.removesuffix(".tar.xz"), tmp_path / archive.name)
        with duckdb.connect(str(published(tmp_path / archive.name)), read_only=True) as con:
            about = con.sql("SELECT view_name FROM duckdb_views() WHERE view_name = 'about'")
            question = "SELECT value FROM about WHERE name = 'schema_version'"
            kept |= {int(value) for (value,) in con.sql(question).fetchall()} if about else {0}
    assert kept >= set(range(int(VERSION)))


@pytest.mark.parametrize("earlier", [archive.name[:7] for archive in KEPT], indirect=True)
def test_status_foretells_what_the_next_night_will_do_again(
    earlier: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    print_status(make_settings(earlier))
    told = [x for x in capsys.readouterr().out.splitlines() if x.startswith("Upgrade")]
    again = [line for line in told if "the next night derives 2 nights (4 documents) again" in line]
    lacks = {lack.name for lack in lacks_of(earlier) if lack.can_be_derived}
    assert bool(again) == bool(lacks)
    assert all(sorted(lacks)[0] in line for line in again)
    gone = [line for line in told if "can't be derived any more" in line]
    assert bool(gone) == any(not lack.can_be_derived for lack in lacks_of(earlier))
    is_as_declared = has_declared_structure(published(earlier))
    assert any("builds the published file anew" in line for line in told) != is_as_declared


def test_status_of_a_home_of_today_foretells_nothing(
    undisturbed: Undisturbed, capsys: pytest.CaptureFixture[str]
) -> None:
    print_status(make_settings(undisturbed.home))
    assert "Upgrade" not in capsys.readouterr().out


def test_status_foretells_that_articles_are_linked_anew(
    undisturbed: Undisturbed, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assets.night.upgrade.linking_version", lambda: "of other code")
    print_status(make_settings(undisturbed.home))
    told = [x for x in capsys.readouterr().out.splitlines() if x.startswith("Upgrade")]
    assert told == [
        "Upgrade      the next night links all articles anew: names, copies, versions and stories"
    ]


@pytest.mark.slow
@pytest.mark.parametrize("earlier", ["12da96d"], indirect=True)
def test_the_night_after_an_upgrade_publishes_all_of_them(
    earlier: Path, present: Present, capsys: pytest.CaptureFixture[str]
) -> None:
    known = {"articles.date_confidence", "date_mentions", "derivations", "sources"}
    assert known <= names_of_lacks(earlier)
    (line,) = tonight(earlier, capsys)
    assert f"{CHANGED} 2 nights were derived: 2 nights derived again; " in line
    # What landing notes of a document is not told by its bytes.
    assert "for good without" in line
    assert line.endswith("raw_documents.media_type, which can't be derived any more")
    assert without_mtime(all_rows(earlier)) == present.rows


@pytest.mark.slow
@pytest.mark.parametrize("earlier", ["203c58e", "836e1b7", "6617670"], indirect=True)
def test_what_expectations_want_of_a_further_column_holds_of_rows_that_wait_for_it(
    earlier: Path,
    present: Present,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATELINE_CATCH_UP_DOCUMENTS", "0")
    lacks = names_of_lacks(earlier)
    assert len(tonight(earlier, capsys)) == bool(lacks)
    operate(earlier, refresh_job, RefreshConfig(), RefreshReport, today=TONIGHT)
    assert without_mtime(all_rows(earlier)) == present.rows


@pytest.mark.slow
@pytest.mark.parametrize("earlier", ["831714c"], indirect=True)
def test_a_withdrawal_right_after_an_upgrade_publishes_too(earlier: Path) -> None:
    with duckdb.connect(str(published(earlier)), read_only=True) as con:
        ((article_id,),) = con.execute(
            "SELECT article_id FROM articles WHERE file_name = 'harbour.txt'"
        ).fetchall()
    config = WithdrawConfig(article_id=article_id, reason="retracted by Example Times")
    report = operate(earlier, withdraw_job, config, WithdrawReport, today=TONIGHT)
    assert set(report.deliveries["file_name"]) == {"harbour.txt", "harbour-again.txt"}
    assert rows(earlier, "SELECT file_name FROM articles") == [("museum.txt",)]
    assert names_of_lacks(earlier) == set()


def test_a_further_column_of_the_lake_can_be_read_of_rows_that_are_beyond_derivation(
    tmp_path: Path,
) -> None:
    """So that the night after an upgrade publishes wherever retention has been at work."""
    unpack("203c58e", tmp_path)
    lake = Lake(tmp_path / "lake")
    older = older_nights(lake, stages(None), lake.nights("raw_documents"))
    broken = {lack.name for night in older for lack in night.lacks if not lack.is_bridged}
    assert broken == set(), "declare it nullable, or give it a default (etl/schema/table.py)"


# -- throw-away changes of the present version ------------------------------------------------


@pytest.fixture
def house(present: Present, tmp_path: Path) -> Path:
    """A copy of the home after two nights, which another structure was declared for.

    Documents of tonight have landed.
    """
    shutil.copytree(present.home, tmp_path / "home")
    (tmp_path / "home" / "lake" / "structure.json").write_text('{"structure": "another"}')
    for night in (NIGHT, NEXT_NIGHT, TONIGHT):
        land(night.isoformat(), tmp_path / "raw")
    return tmp_path / "home"


def tonight(home: Path, capsys: pytest.CaptureFixture[str], *, night: date = TONIGHT) -> list[str]:
    """Run tonight's night; the lines that it says of the tables."""
    outcome = materialise(home, night=night, raw=home.parent / "raw")
    assert outcome.is_published, outcome.failures
    return [line for line in capsys.readouterr().err.splitlines() if CHANGED in line]


def change(home: Path, pattern: str, *, drop: tuple[str, ...] = (), **more: pl.Expr) -> None:
    """Have files of the lake be as a version with other columns wrote them."""
    files = sorted((home / "lake").glob(pattern))
    assert files, pattern
    for file in files:
        rows = pl.read_parquet(file, hive_partitioning=False)
        rows.drop(drop).with_columns(**more).write_parquet(file)


def drop_table(home: Path, stage: str, table: str) -> None:
    for counts in (home / "lake" / stage).glob("*/*/counts.json"):
        (counts.parent / f"{table}.parquet").unlink()
        known = json.loads(counts.read_text())
        counts.write_text(json.dumps({n: c for n, c in known.items() if n != table}))


def drop_stage(home: Path, stage: str) -> None:
    shutil.rmtree(home / "lake" / stage)
    for file in (home / "lake" / "published_states").iterdir():
        record = json.loads(file.read_text())
        record["stages"].remove(stage)
        file.write_text(json.dumps(record))


def drop_published_column(home: Path) -> None:
    with duckdb.connect(str(published(home))) as con:
        con.execute("ALTER TABLE articles DROP COLUMN url")
    shutil.rmtree(home / "warehouse" / "releases")


@pytest.mark.slow
def test_every_kind_of_change_at_once(
    house: Path, present: Present, capsys: pytest.CaptureFixture[str]
) -> None:
    """Further columns, tables and stages; removed and retyped ones; logs and claims with others."""
    change(house, "extraction/*/*/mentions.parquet", drop=("score",))
    change(house, "articles/*/*/articles.parquet", drop=("url",), pages=pl.lit(1))
    rank = pl.col("rank").cast(pl.String)
    change(house, "extraction/*/*/article_countries.parquet", rank=rank)
    drop_table(house, "articles", "date_mentions")
    drop_stage(house, "sources")
    change(house, "raw_documents/*/*/part-*.parquet", drop=("given_language",))
    change(house, "raw_documents/*/*/files.parquet", drop=("sidecar_size",))
    change(house, "quality_results/*.parquet", drop=("sample",), pages=pl.lit(1))
    change(house, "runs/*.parquet", published_count=pl.col("published_count").cast(pl.Int32))
    drop_published_column(house)
    (line,) = tonight(house, capsys)
    assert line.endswith(
        f"{CHANGED} 2 nights were derived: 2 nights derived again; 2 nights for good without "
        "raw_documents.given_language, which can't be derived any more"
    )
    assert without_mtime(all_rows(house)) == present.rows
    assert rows(house, "SELECT count(DISTINCT run_id) FROM runs") == [(3,)]
    assert names_of_lacks(house) == {"raw_documents.given_language"}


@pytest.mark.slow
def test_a_night_derives_so_many_documents_again_and_leaves_the_others_to_the_next(
    house: Path,
    present: Present,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATELINE_CATCH_UP_DOCUMENTS", "1")
    change(house, "articles/*/*/articles.parquet", drop=("byline",), word_count=pl.lit(999))
    drop_published_column(house)
    (line,) = tonight(house, capsys)
    assert line.endswith(
        "1 night derived again; 1 night left to the next nights (all now: dateline refresh), "
        "until then without articles.byline"
    )
    counts = "SELECT ingested_on, min(word_count) < 999 FROM articles GROUP BY 1 ORDER BY 1"
    assert rows(house, counts) == [(NIGHT, False), (NEXT_NIGHT, True), (TONIGHT, True)]
    (line,) = tonight(house, capsys, night=TONIGHT + timedelta(days=1))
    assert line.endswith("1 night were derived (articles.byline): derived again")
    assert without_mtime(all_rows(house)) == present.rows


@pytest.mark.slow
def test_what_retention_has_removed_is_read_as_it_is(
    house: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = RetentionConfig(keep_raw_days=7, keep_lake_days=7)
    late = TONIGHT + timedelta(days=30)
    assert operate(house, retention_job, config, RetentionReport, today=late).rows
    change(house, "articles/*/*/articles.parquet", drop=("url",))
    change(house, "extraction/*/*/mentions.parquet", drop=("score",))
    (line,) = tonight(house, capsys)
    assert line.endswith(
        f"{CHANGED} 2 nights were derived: 2 nights derived again; 2 nights for good without "
        "articles.url, which can't be derived any more"
    )
    assert rows(house, "SELECT count(*), count(url) FROM articles") == [(3, 0)]
    assert rows(house, "SELECT count(*) FROM mentions WHERE score IS NULL") == [(0,)]
