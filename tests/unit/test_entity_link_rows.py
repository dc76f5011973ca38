"""Links of bare names in the file: what a night writes, and what follows from them."""

from datetime import timedelta

import duckdb
import pytest
from linked_file import FIRST_DAY, Piece, bring, empty_file

from etl.warehouse.counts import count_days

KE = ("KE",)


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    return empty_file()


def links(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str]]:
    return con.execute(
        "SELECT article_id, linked_entity_id, linked_by FROM entity_links ORDER BY ALL"
    ).fetchall()


def days_of(con: duckdb.DuckDBPyConnection) -> dict[tuple[str, int], int]:
    rows = con.execute(
        "SELECT entity_id, published_on - ?, article_count FROM entity_days ORDER BY ALL",
        [FIRST_DAY],
    )
    return {(entity, day): count for entity, day, count in rows.fetchall()}


BARE = Piece(article_id="bare", persons=("Brankov",), countries=KE)
FULL = [
    Piece(article_id=f"full{n}", day=14, night=1, persons=("Ivo Brankov",), countries=KE)
    for n in range(2)
]


def test_a_later_night_gives_a_name_its_person(con: duckdb.DuckDBPyConnection) -> None:
    pieces = [BARE, *FULL]
    bring(con, pieces, [0])
    count_days(con, [FIRST_DAY])
    assert links(con) == [] and days_of(con) == {("PERSON:Brankov", 0): 1}
    bring(con, pieces, [1])
    assert links(con) == [("bare", "PERSON:Ivo Brankov", "1")]
    count_days(con, [FIRST_DAY + timedelta(days=1)])
    assert days_of(con) == {("PERSON:Ivo Brankov", 0): 1, ("PERSON:Ivo Brankov", 14): 2}


def test_what_takes_the_person_away_takes_the_link(con: duckdb.DuckDBPyConnection) -> None:
    bring(con, [BARE, *FULL], [0, 1])
    bring(con, [BARE], [1])
    assert links(con) == []


def test_an_article_that_goes_takes_its_links(con: duckdb.DuckDBPyConnection) -> None:
    bring(con, [BARE, *FULL], [0, 1])
    bring(con, FULL, [0])
    assert links(con) == []


def test_an_article_with_both_counts_once(con: duckdb.DuckDBPyConnection) -> None:
    """Two bare names of one article that mean one person."""
    both = Piece(article_id="both", persons=("Al-Brankov", "Brankov"), countries=KE)
    full = [
        Piece(article_id=f"f{n}", night=1, persons=("Ivo al-Brankov",), countries=KE)
        for n in range(2)
    ]
    bring(con, [both, *full], [0, 1])
    assert len(links(con)) == 2
    count_days(con, [])
    assert days_of(con) == {("PERSON:Ivo al-Brankov", 0): 3}


def test_days_far_apart_are_linked_each(con: duckdb.DuckDBPyConnection) -> None:
    far = [
        Piece(article_id=f"{name}{day}", day=day, persons=(name,), countries=KE)
        for day in (0, 40, 75, 200)
        for name in ("Brankov",)
    ]
    full = [
        Piece(article_id=f"f{n}-{day}", day=day, persons=("Ivo Brankov",), countries=KE)
        for day in (10, 50, 65, 199)
        for n in range(2)
    ]
    bring(con, [*far, *full], [0])
    assert [link[0] for link in links(con)] == [
        "Brankov0",
        "Brankov200",
        "Brankov40",
        "Brankov75",
    ]


def test_heads_of_state_are_entities_as_long_as_a_name_means_them(
    con: duckdb.DuckDBPyConnection,
) -> None:
    entities = "SELECT name, article_count, first_published_on, country_code FROM entities"
    bare = Piece(article_id="bare", day=3, persons=("Tokayev",), countries=("KZ",))
    bring(con, [bare], [0])
    day = FIRST_DAY + timedelta(days=3)
    assert con.execute(entities).fetchall() == [("Kassym-Jomart Tokayev", 0, day, "KZ")]
    earlier = Piece(article_id="b", night=1, persons=("Tokayev",), countries=("KZ",))
    bring(con, [earlier], [1])
    assert con.execute(entities).fetchall() == [("Kassym-Jomart Tokayev", 0, FIRST_DAY, "KZ")]
    bring(con, [], [0, 1])
    assert con.execute(entities).fetchall() == [] and links(con) == []


def test_other_code_links_all_names_anew(con: duckdb.DuckDBPyConnection) -> None:
    pieces = [BARE, *FULL, Piece(article_id="far", day=300, night=2)]
    bring(con, pieces, [0, 1, 2])
    bring(con, pieces, [2], version="2")
    assert links(con) == [("bare", "PERSON:Ivo Brankov", "2")]
