"""Staging: a night's rows replaced, articles owned once, nothing else touched."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import duckdb
import polars as pl
import pytest
from night_lake import REFERENCES, RUN, Doc, logged_runs, write_night

from etl import schema
from etl.errors import StageError, WarehouseError
from etl.lake.store import Lake
from etl.warehouse.digest import digest, sha256
from etl.warehouse.layout import STORAGE_VERSION, storage_version
from etl.warehouse.staging import Staged, night_counts, row_counts, stage

N1, N2, N3 = (date(2026, 3, day) for day in (1, 2, 3))


class House:
    """A lake and a published file; ``build`` stages nights and publishes them unchecked."""

    def __init__(self, root: Path) -> None:
        self.lake = Lake(root / "lake")
        self.published = root / "published.duckdb"
        self.staging = root / "staging" / "staging.duckdb"

    def build(
        self,
        *nights: date,
        logged: Sequence[date] = (),
        forgotten: Sequence[str] = (),
    ) -> Staged:
        staged = stage(
            self.lake,
            self.staging,
            published=self.published,
            nights=nights,
            logged=logged_runs(logged),
            known={sha256(self.published)} if self.published.exists() else set(),
            run=RUN,
            references=REFERENCES,
            raw_text=lambda raw: raw.decode(),
            forgotten=forgotten,
        )
        self.staging.replace(self.published)
        return staged

    def rows(self, query: str) -> list[tuple[object, ...]]:
        with duckdb.connect(str(self.published), read_only=True) as con:
            return con.execute(query).fetchall()

    def owners(self) -> dict[object, object]:
        return dict(self.rows("SELECT article_id, delivery_id FROM articles"))  # type: ignore[arg-type]


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def test_the_first_delivery_owns_and_the_others_are_duplicates(house: House) -> None:
    write_night(house.lake, N1, [Doc("d2", "x"), Doc("d1", "x"), Doc("d3", "y")])
    house.build(N1)
    assert house.owners() == {"article of x": "d1", "article of y": "d3"}
    assert house.rows("SELECT delivery_id, article_id FROM duplicates") == [("d2", "article of x")]


def test_an_earlier_night_owns_whatever_the_order_of_the_runs(house: House) -> None:
    write_night(house.lake, N1, [Doc("d9", "x")])
    write_night(house.lake, N2, [Doc("d1", "x")])
    house.build(N2)
    assert house.owners() == {"article of x": "d1"}
    staged = house.build(N1)
    assert staged.moved == (N2,)
    assert house.owners() == {"article of x": "d9"}
    assert house.rows("SELECT delivery_id, ingested_on FROM duplicates") == [("d1", N2)]


def test_a_night_that_loses_an_article_gives_it_to_the_next(house: House) -> None:
    for night, name in ((N1, "d1"), (N2, "d2"), (N3, "d3")):
        write_night(house.lake, night, [Doc(name, "x")])
    house.build(N1, N2, N3)
    write_night(house.lake, N1, [Doc("d1", "x", is_rejected=True)])
    assert house.build(N1).moved == (N2, N3)
    assert house.owners() == {"article of x": "d2"}
    assert house.rows("SELECT delivery_id FROM duplicates") == [("d3",)]
    assert house.rows("SELECT delivery_id, raw_text FROM quarantine") == [("d1", "x")]


def test_a_copy_of_a_quarantined_document_is_judged_for_itself(house: House) -> None:
    write_night(house.lake, N1, [Doc("d1", "x", is_rejected=True), Doc("d2", "x")])
    house.build(N1)
    assert house.owners() == {"article of x": "d2"}
    assert house.rows("SELECT count(*) FROM duplicates") == [(0,)]


def test_any_order_of_nights_gives_the_same_file(house: House, tmp_path: Path) -> None:
    other = House(tmp_path / "other")
    for lake in (house.lake, other.lake):
        write_night(lake, N1, [Doc("d1", "x"), Doc("d2", "y")])
        write_night(lake, N2, [Doc("d3", "x"), Doc("d4", "z")])
        write_night(lake, N3, [Doc("d5", "z"), Doc("d6", "w", is_rejected=True)])
    house.build(N1, N2, N3)
    for night in (N3, N1, N2, N1):
        other.build(night)
    assert digest(house.published) == digest(other.published)


def test_a_rerun_changes_no_other_night(house: House) -> None:
    write_night(house.lake, N1, [Doc("d1", "x")])
    write_night(house.lake, N2, [Doc("d2", "y")])
    house.build(N1, N2)
    before = digest(house.published)
    assert house.build(N2).moved == ()
    assert digest(house.published) == before


def test_entities_follow_the_mentions(house: House) -> None:
    write_night(house.lake, N1, [Doc("d1", "x"), Doc("d2", "y")])
    house.build(N1)
    assert house.rows("SELECT name, country_code, article_count FROM entities") == [
        ("Nairobi", "KE", 2)
    ]
    write_night(house.lake, N1, [Doc("d1", "x", is_rejected=True)])
    house.build(N1)
    assert house.rows("SELECT * FROM entities") == []


def test_the_country_of_the_dateline_is_its_first_place(house: House) -> None:
    write_night(house.lake, N1, [Doc("d1", "x")])
    house.build(N1)
    assert house.rows("SELECT dateline_country_code FROM articles") == [("KE",)]


def test_a_document_that_the_sources_stage_fails_on_is_quarantined_once(house: House) -> None:
    failing = Doc("d1", "x", is_unattributed=True)
    both = Doc("d2", "y", is_rejected=True, is_unattributed=True)
    write_night(house.lake, N1, [failing, both, Doc("d3", "z")])
    house.build(N1)
    assert house.owners() == {"article of z": "d3"}
    assert house.rows("SELECT delivery_id, stage FROM quarantine ORDER BY 1") == [
        ("d1", "sources"),
        ("d2", "extract"),
    ]


def test_unmapped_names_are_listed_with_their_nights(house: House) -> None:
    write_night(house.lake, N1, [Doc("d1", "x"), Doc("d2", "y")])
    write_night(house.lake, N2, [Doc("d3", "z")])
    house.build(N1, N2)
    query = "SELECT name, origin, article_count, nights FROM v_unmapped_sources"
    assert house.rows(query) == [("Lakeside Post", "credit", 3, [N1, N2])]


def test_a_document_without_an_address_is_a_citation_in_gdelts_columns(house: House) -> None:
    write_night(house.lake, N1, [Doc("d1", "one")])
    house.build(N1)
    columns = '"V2SOURCECOLLECTIONIDENTIFIER", "V2DOCUMENTIDENTIFIER"'
    assert house.rows(f"SELECT {columns} FROM v_gkg") == [(2, "d1.txt")]
    with duckdb.connect(str(house.published)) as con:
        con.execute("UPDATE articles SET url = 'https://post.example/quay'")
    assert house.rows(f"SELECT {columns} FROM v_gkg") == [(1, "https://post.example/quay")]


def test_queries_written_for_gdelts_table_run(house: House) -> None:
    write_night(house.lake, N1, [Doc("d1", "one")])
    house.build(N1)
    with duckdb.connect(str(house.published)) as con:
        con.execute("UPDATE articles SET title = 'Quay closed', language_code = 'fr'")
    ((date, locations, offsets, language, extras),) = house.rows(
        "SELECT DATE, Locations, V2Locations, TranslationInfo, Extras FROM v_gkg "
        "WHERE SourceCollectionIdentifier = 2 AND V2Persons IS NULL"
    )
    assert date == 20260201000000
    assert locations == "4#Nairobi#KE##-1.28#36.82#184745"
    assert offsets == f"{locations}#0"
    assert language == "srclc:fr;"
    assert extras == "<PAGE_TITLE>Quay closed</PAGE_TITLE>"


def test_a_lost_document_stops_staging(house: House) -> None:
    write_night(house.lake, N1, [Doc("d1", "x"), Doc("d2", "y")])
    countries = house.lake.table_files("extraction", N1, "article_countries")[0]
    schema.lake_table(schema.ARTICLE_COUNTRIES).frame().write_parquet(countries)
    with pytest.raises(WarehouseError, match="2 documents do not end exactly once"):
        house.build(N1)


def test_an_unfinished_night_stops_staging(house: House) -> None:
    write_night(house.lake, N1, [Doc("d1", "x")])
    house.lake.table_files("extraction", N1, "mentions")[0].unlink()
    with pytest.raises(StageError, match="extraction of 2026-03-01 is not finished"):
        house.build(N1)


def test_a_lost_file_is_built_again_from_the_nights_in_the_log(house: House) -> None:
    write_night(house.lake, N1, [Doc("d1", "x")])
    write_night(house.lake, N2, [Doc("d2", "y")])
    house.build(N1, N2)
    before = digest(house.published)
    house.published.unlink()
    house.build(N2, logged=[N1, N2])
    assert digest(house.published) == before


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE articles DROP COLUMN title",
        pytest.param(
            "ALTER TABLE articles ALTER COLUMN title SET NOT NULL", marks=pytest.mark.slow
        ),
        pytest.param(
            "CREATE OR REPLACE TABLE duplicates AS SELECT file_name, "
            "COLUMNS(* EXCLUDE (file_name)) FROM duplicates",
            marks=pytest.mark.slow,
        ),
    ],
)
def test_a_file_of_another_structure_is_built_again(house: House, change: str) -> None:
    house.build(N1)
    columns = "SELECT * EXCLUDE (database_name, database_oid, schema_oid, table_oid) "
    columns += "FROM duckdb_columns() WHERE NOT internal ORDER BY table_name, column_index"
    before = house.rows(columns)
    write_night(house.lake, N1, [Doc("d1", "x")])
    with duckdb.connect(str(house.published)) as con:
        con.execute(change)
    house.build(N2, logged=[N1])
    assert house.rows(columns) == before
    assert house.owners() == {"article of x": "d1"}


def change(file: Path, change: pl.Expr | str) -> None:
    """Have a file of the lake lack a column, or hold another one."""
    rows = pl.read_parquet(file, hive_partitioning=False)
    changed = rows.drop(change) if isinstance(change, str) else rows.with_columns(change)
    changed.write_parquet(file)


def test_rows_of_another_structure_are_loaded_as_they_are_declared(house: House) -> None:
    write_night(house.lake, N1, [Doc("d1", "x"), Doc("d2", "y", is_rejected=True)])
    write_night(house.lake, N2, [Doc("d3", "z")])
    house.build(N1, N2)
    before = digest(house.published)
    (articles,) = house.lake.table_files("articles", N1, "articles")
    change(articles, "byline")
    change(articles, pl.lit(12).alias("pages"))
    (part,) = house.lake.raw_parts(N1)
    change(part.path, "member")
    change(part.path, pl.col("size").cast(pl.Int32))
    house.published.unlink()
    house.build(N1, N2)
    assert digest(house.published) == before


def test_rows_that_lack_what_may_not_be_null_stop_staging(house: House) -> None:
    write_night(house.lake, N1, [Doc("d1", "x")])
    change(house.lake.table_files("extraction", N1, "mentions")[0], "score")
    with pytest.raises(StageError, match=r"before mentions\.score was as it is"):
        house.build(N1)


def test_leftovers_of_a_crashed_staging_do_no_harm(house: House) -> None:
    write_night(house.lake, N1, [Doc("d1", "x")])
    house.staging.parent.mkdir(parents=True)
    house.staging.write_bytes(b"half a file")
    house.staging.with_name(house.staging.name + ".wal").write_bytes(b"half a log")
    house.build(N1)
    assert row_counts(house.published)["articles"] == 1


def test_a_night_that_brings_nothing_leaves_links_and_stories(house: House) -> None:
    """Nor does one whose only article is rejected when it is derived again."""
    write_night(house.lake, N1, [Doc("d1", "x")])
    write_night(house.lake, N2, [])
    write_night(house.lake, N3, [Doc("d3", "y")])
    for night in (N1, N2, N3):
        house.build(night)
    assert house.rows("SELECT sum(article_count) FROM stories") == [(2,)]
    write_night(house.lake, N3, [Doc("d3", "y", is_rejected=True)])
    house.build(N3)
    assert house.rows("SELECT story_id, article_count FROM stories") == [("article of x", 1)]


def test_an_empty_night_is_a_night_without_rows(house: House) -> None:
    house.build(N1)
    assert row_counts(house.published)["deliveries"] == 0
    assert night_counts(house.published, [N1]) == []


def storage(path: Path) -> str:
    with duckdb.connect(str(path), read_only=True) as con:
        return storage_version(con)


def test_a_file_of_another_storage_version_becomes_one_of_ours(house: House) -> None:
    """A later one is what clients of before can't open."""
    house.build(N1)
    assert storage(house.published).startswith(STORAGE_VERSION)
    newer = house.published.with_name("newer.duckdb")
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{newer}' AS newer (STORAGE_VERSION 'v1.4.0')")
        con.execute(f"ATTACH '{house.published}' AS ours (READ_ONLY)")
        con.execute("COPY FROM DATABASE ours TO newer")
    newer.replace(house.published)
    assert storage(house.published).startswith("v1.4.0")
    house.build(N2)
    assert storage(house.published).startswith(STORAGE_VERSION)


def test_tables_views_and_columns_carry_their_descriptions(house: House) -> None:
    house.build(N1)
    columns = "SELECT table_name, column_name FROM duckdb_columns() WHERE comment IS NULL"
    assert house.rows(f"{columns} AND NOT internal") == []
    views = "SELECT view_name FROM duckdb_views() WHERE comment IS NULL AND NOT internal"
    assert house.rows(views) == []
    assert house.rows("SELECT table_name FROM duckdb_tables() WHERE comment IS NULL") == []


def test_a_description_that_changed_reaches_the_file_that_is_copied(house: House) -> None:
    house.build(N1)
    comments = "SELECT table_name, column_name, comment FROM duckdb_columns() ORDER BY ALL"
    before = house.rows(comments)
    with duckdb.connect(str(house.published)) as con:
        con.execute("COMMENT ON COLUMN articles.title IS 'what an earlier release said'")
        con.execute("COMMENT ON VIEW about IS 'Described by an earlier release.'")
    house.build(N2)
    assert house.rows(comments) == before


def test_what_is_staged_can_be_told_later(house: House, tmp_path: Path) -> None:
    write_night(house.lake, N1, [Doc("d1", "x")])
    staged = house.build(N1)
    staged.write(tmp_path / "staged.json")
    assert Staged.read(tmp_path / "staged.json") == staged
    with pytest.raises(WarehouseError, match="nothing is staged"):
        Staged.read(tmp_path / "missing.json")


def test_nights_behind_come_back_with_the_next_one(house: House) -> None:
    for night, name in ((N1, "x"), (N2, "y"), (N3, "z")):
        write_night(house.lake, night, [Doc(f"d-{name}", name)])
    house.build(N1)
    staged = house.build(N3, logged=[N2])
    assert staged.moved == (N2,)
    assert set(house.owners()) == {"article of x", "article of y", "article of z"}


def test_a_forgotten_row_leaves_no_byte_in_the_file(house: House, tmp_path: Path) -> None:
    word = "Mfangano" * 4
    write_night(house.lake, N1, [Doc("d1", word), Doc("d2", "y")])
    house.build(N1)
    assert word.encode() in house.published.read_bytes()
    write_night(house.lake, N1, [Doc("d2", "y")])
    with duckdb.connect(str(house.published)) as con:
        con.execute(QUALITY, [f"[{{'delivery_id': 'd1', 'text': '{word}'}}]"])
    before = house.rows("SELECT table_name, comment FROM duckdb_tables() ORDER BY ALL")
    house.build(N1, forgotten=["d1"])
    assert word.encode() not in house.published.read_bytes()
    assert house.rows("SELECT sample FROM quality_results") == [(None,)]
    assert house.rows("SELECT table_name, comment FROM duckdb_tables() ORDER BY ALL") == before
    assert house.rows("SELECT count(*) FROM v_articles") == [(1,)]


@pytest.mark.slow
def test_a_file_of_many_replaced_nights_is_hardly_larger_than_a_fresh_one(
    house: House, tmp_path: Path, most_free: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("etl.warehouse.staging.MOST_FREE", most_free)
    nights = [N1 + timedelta(days=number) for number in range(30)]
    freed = 0
    for number, night in enumerate(nights):
        write_night(house.lake, night, [Doc(f"d{number}-{n}", f"{number} {n}") for n in range(9)])
        freed += house.build(night).freed
    assert freed > 0
    fresh = House(tmp_path / "fresh")
    fresh.lake = house.lake
    fresh.build(*nights)
    assert digest(fresh.published) == digest(house.published)
    assert house.published.stat().st_size <= 1.15 * fresh.published.stat().st_size


QUALITY = """
INSERT INTO quality_results (run_id, ingested_on, suite, expectation, table_name, passed,
    severity, unexpected_count, sample)
VALUES ('r', DATE '2026-03-01', 'rows', 'e', 'articles', false, 'warning', 1, ?)
"""
