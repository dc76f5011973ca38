"""The views, and what the file tells of itself: ``about``, ``dictionary``, ``guide``."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
import sound_warehouse

from etl import schema
from etl.schema.views import VIEWS, View
from etl.schema.views.guide import Question, guide
from etl.warehouse.layout import describe
from etl.warehouse.search_index import index_articles

VIEW_OF_NIGHTS = next(view for view in VIEWS if view.name == "v_nights")
PAGE = (Path(__file__).parents[2] / "docs" / "queries.md").read_text()


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    path = tmp_path_factory.mktemp("views") / "sound.duckdb"
    sound_warehouse.build(path)
    with duckdb.connect(str(path)) as con:
        describe(con)
        index_articles(con, [])
        yield con


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_every_view_has_the_columns_that_it_declares(
    view: View, con: duckdb.DuckDBPyConnection
) -> None:
    answer = con.execute(f"FROM {view.name}")
    assert [name for name, *_ in answer.description or ()] == list(view.columns)
    answer.fetchall()


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_a_column_that_is_shown_as_it_is_has_the_words_of_its_table(view: View) -> None:
    """A reference to a table that has no such column would be its description."""
    tables = {table.name for table in schema.TABLES}
    for name, meaning in view.described_columns():
        assert meaning.partition(".")[0] not in tables, name
        assert meaning.endswith("."), name


def test_the_feeds_of_a_night_add_up_to_it_by_outcome_and_by_rule(
    con: duckdb.DuckDBPyConnection,
) -> None:
    counts = [name for name in VIEW_OF_NIGHTS.columns if name.endswith("_count")]
    sums = ", ".join(f"sum({name})" for name in counts)
    by_feed = con.execute(f"SELECT ingested_on, {sums} FROM v_feeds GROUP BY 1 ORDER BY 1")
    by_night = f"SELECT ingested_on, {', '.join(counts)} FROM v_nights ORDER BY 1"
    assert by_feed.fetchall() == con.execute(by_night).fetchall()
    told = con.execute(
        "SELECT feed, quarantined_count, quarantined_by_rule FROM v_feeds"
    ).fetchall()
    assert {feed for feed, *_ in told} == {"wires", "web", None}
    assert {(feed, count, *rules.items()) for feed, count, rules in told} == {
        ("wires", 0),
        ("web", 1, ("no_country", 1)),
        (None, 1, ("no_country", 1)),
    }


def test_the_dictionary_has_every_column_with_its_comment(con: duckdb.DuckDBPyConnection) -> None:
    told = con.execute("SELECT table_name, column_name, meaning FROM dictionary").fetchall()
    there = con.execute(
        "SELECT table_name, column_name, comment FROM duckdb_columns() "
        "WHERE NOT internal AND schema_name = 'main'"
    ).fetchall()
    assert sorted(told) == sorted(there)
    keys = con.execute("SELECT column_name FROM dictionary WHERE table_name = 'runs' AND is_key")
    assert tuple(name for (name,) in keys.fetchall()) == schema.RUNS.key


def test_the_file_tells_what_it_is(con: duckdb.DuckDBPyConnection) -> None:
    told = dict(con.execute("FROM about").fetchall())
    (newest,) = con.execute("SELECT max(ingested_on)::VARCHAR FROM deliveries").fetchall()
    assert (told["newest_night"],) == newest
    assert all(told[name] for name in ("description", "start", "schema_version", "nights"))
    assert "GeoNames" in told["attribution"]


def test_the_guide_has_forty_questions(con: duckdb.DuckDBPyConnection) -> None:
    asked = con.execute("SELECT question FROM guide").fetchall()
    assert asked == [(question.question,) for question in guide()]
    assert len({question.question for question in guide()}) == len(guide()) >= 40


@pytest.mark.parametrize("question", guide(), ids=lambda question: question.question)
def test_every_question_of_the_guide_runs(
    question: Question, con: duckdb.DuckDBPyConnection
) -> None:
    (sql,) = con.execute("SELECT sql FROM guide WHERE question = ?", [question.question]).fetchall()
    answer = con.execute(sql[0])
    heading = f"| {' | '.join(name for name, *_ in answer.description or ())} |"
    assert f"**{question.question}**" in PAGE
    assert f"```sql\n{question.sql}\n```\n\n{heading}\n" in PAGE
