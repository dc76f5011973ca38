"""The search of the file: what is found, in which order, and the index behind it."""

from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest
from linked_file import FIRST_DAY, Piece, bring, empty_file

from etl.warehouse import search_index
from etl.warehouse.layout import create, write_anew
from etl.warehouse.search_index import create_index, has_many_unmerged, index_articles

PIECES = (
    Piece(article_id="rail", title="Kenya signs a rail loan", body="The loan is for the railway."),
    Piece(
        article_id="port", day=1, title="Port opens", body="Kenya has a port; no loan was asked."
    ),
    Piece(article_id="bread", day=2, title="Bakeries", body="Bread, and countries that bake it."),
    Piece(article_id="café", day=3, title="Cafés in Orléans", body="Où l’on boit du café."),
    Piece(article_id="tōkyō", day=4, title="東京の港", body="港が開く。", language="ja"),
    Piece(article_id="bare", day=5, title="A title alone", body=""),
)


def night(number: int) -> date:
    return FIRST_DAY + timedelta(days=number)


@pytest.fixture(scope="module")
def asked() -> duckdb.DuckDBPyConnection:
    """For questions alone: nothing in it is changed."""
    con = _indexed()
    con.execute(
        "CREATE OR REPLACE TABLE article_countries AS "
        "SELECT 'port' AS article_id, 'KE' AS country_code"
    )
    return con


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    return _indexed()


def _indexed() -> duckdb.DuckDBPyConnection:
    con = empty_file()
    create_index(con)
    bring(con, PIECES, [0])
    index_articles(con, [night(0)])
    return con


def found(con: duckdb.DuckDBPyConnection, words: str, more: str = "") -> list[str]:
    rows = con.execute(f"SELECT article_id FROM search(?{more})", [words]).fetchall()
    return [article_id for (article_id,) in rows]


@pytest.mark.parametrize(
    ("words", "articles"),
    [
        pytest.param("rail loan Kenya", ["rail", "port"], id="more of the words before fewer"),
        pytest.param("LOAN", ["rail", "port"], id="a word of the title before one of the body"),
        pytest.param("country", ["bread"], id="a plural by its singular"),
        pytest.param("loans", ["rail", "port"], id="a singular by its plural"),
        pytest.param("cafe orleans", ["café"], id="without accents"),
        pytest.param("CAFÉ", ["café"], id="with accents, in capitals"),
        pytest.param("港", ["tōkyō"], id="one sign of a text without spaces"),
        pytest.param("東京", ["tōkyō"], id="two signs of it"),
        pytest.param("zeppelin", [], id="a word that none has"),
        pytest.param("", [], id="no word"),
        pytest.param("' OR 1=1; --", [], id="what is no word at all"),
        pytest.param("title", ["bare"], id="an article without a body"),
    ],
)
def test_what_is_found(asked: duckdb.DuckDBPyConnection, words: str, articles: list[str]) -> None:
    assert found(asked, words) == articles


@pytest.mark.parametrize(
    ("more", "articles"),
    [
        (", since := '2026-03-02'", ["port"]),
        (", since := DATE '2026-03-03'", []),
        (", until := '2026-03-01'", ["rail"]),
        (", since := '2026-03-01', until := '2026-03-02'", ["rail", "port"]),
        (", country := 'KE'", ["port"]),
        (", country := 'NO'", []),
    ],
)
def test_days_and_countries_leave_others_out(
    asked: duckdb.DuckDBPyConnection, more: str, articles: list[str]
) -> None:
    assert found(asked, "loan", more) == articles


def test_the_snippet_shows_where_the_word_stands(con: duckdb.DuckDBPyConnection) -> None:
    long = Piece(
        article_id="long", night=1, body="Word. " * 60 + "The zeppelin landed.\n\nIt flew."
    )
    bring(con, [*PIECES, long], [1])
    index_articles(con, [night(1)])
    ((snippet,),) = con.execute("SELECT snippet FROM search('zeppelins')").fetchall()
    assert snippet.startswith("… ")
    assert snippet.endswith("The zeppelin landed. It flew.")
    ((start,),) = con.execute("SELECT snippet FROM search('bakery')").fetchall()
    assert start == "Bread, and countries that bake it."


def test_the_index_follows_the_nights(con: duckdb.DuckDBPyConnection) -> None:
    """Whatever was replaced, came or went, in whatever order: the same is found."""
    later = Piece(article_id="late", night=1, title="A loan", body="Late.")
    changed = [*PIECES[1:], Piece(article_id="rail", title="Trams", body="None."), later]
    bring(con, changed, [0, 1])
    index_articles(con, [night(0), night(1)])
    assert found(con, "loan") == ["late", "port"]
    assert found(con, "tram") == ["rail"]
    assert found(con, "railway") == []
    bring(con, [piece for piece in changed if piece.article_id != "port"], [0])
    index_articles(con, [night(0)])
    assert found(con, "loan") == ["late"]
    assert words_of(con) == words_of(indexed_at_once(con))


def test_a_word_of_what_is_gone_is_nowhere_in_the_index(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("DELETE FROM articles WHERE article_id = 'bread'")
    assert index_articles(con, []) == 0
    rows = con.execute("SELECT count(*) FROM search_index.postings WHERE word = 'bakery'")
    assert rows.fetchall() == [(0,)]


def test_an_index_of_other_macros_is_made_anew(
    con: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    con.execute("UPDATE search_index.postings SET word = word || 'x'")
    assert index_articles(con, []) == 0
    assert found(con, "loan") == []
    monkeypatch.setattr(search_index, "_POSTINGS", "Made by other macros.")
    assert index_articles(con, []) == len(PIECES)
    assert found(con, "loan") == ["rail", "port"]


def test_a_file_that_is_written_anew_has_its_words_in_one_order(tmp_path: Path) -> None:
    path = tmp_path / "file.duckdb"
    create(path)
    with duckdb.connect(str(path)) as con:
        for number in range(3):
            bring(con, [Piece(article_id=f"{number}", night=number, body="b a c")], [number])
            index_articles(con, [night(number)])
        before = words_of(con)
    write_anew(path)
    with duckdb.connect(str(path)) as con:
        assert words_of(con) == before
        rows = con.execute("SELECT word, document_id FROM search_index.postings").fetchall()
        assert rows == sorted(rows)
        assert con.execute("SELECT bool_and(is_merged) FROM search_index.documents").fetchall() == [
            (True,)
        ]


@pytest.mark.parametrize(("behind", "many"), [(2, False), (3, True)])
def test_what_stands_behind_the_sorted_words_is_merged_when_it_is_much(
    con: duckdb.DuckDBPyConnection, behind: int, many: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_index, "FEW_UNMERGED", 2)
    con.execute("UPDATE search_index.documents SET is_merged = document_id > ?", [behind])
    assert has_many_unmerged(con) is many


def words_of(con: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    return con.execute(
        "SELECT article_id, word, weight, length, published_on FROM search_index.postings "
        "JOIN search_index.documents USING (document_id) ORDER BY ALL"
    ).fetchall()


def indexed_at_once(con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    con.execute("DROP SCHEMA search_index CASCADE")
    index_articles(con, [])
    return con
