"""Links of bare names follow from the set of articles, not from the order of nights."""

import random
from datetime import timedelta

import duckdb
import polars as pl
import pytest
from linked_file import FIRST_DAY, Piece, bring, empty_file

from etl.warehouse.counts import count_days

NIGHTS = 4
TABLES = ("entity_links", "entities", "entity_days", "daily_totals")
LISTS = "SELECT article_id, entity_ids FROM articles ORDER BY ALL"
FROM_LINKS = """
    SELECT article_id,
        list_sort(list(DISTINCT coalesce(linked_entity_id, m.entity_id))) AS entity_ids
    FROM mentions AS m LEFT JOIN entity_links USING (article_id, entity_id)
    GROUP BY article_id ORDER BY ALL
"""
FULL = ("Ivo Brankov", "Ana Brankov", "Ivo T. Brankov", "Adaeze Okwuosa", "Ada Moss", "Ben Moss")
BARE = ("Brankov", "Okwuosa", "Moss", "Tokayev")


def some_pieces(seed: int, count: int = 90) -> list[Piece]:
    """Articles of two months that name a few people, some in full and some not."""
    dice = random.Random(seed)
    return [
        Piece(
            article_id=f"{dice.randrange(16**6):06x}-{number}",
            day=dice.randrange(60),
            night=dice.randrange(NIGHTS),
            body=f"Text {number}.",
            persons=(dice.choice(FULL), dice.choice(BARE))
            if dice.random() < 0.3
            else (dice.choice(FULL + BARE),),
            organisations=tuple(dice.sample(("Harbour Board", "Tea Union", "Moss Ltd"), 1)),
            countries=tuple(dice.sample(("KE", "KZ"), dice.randrange(1, 3))),
        )
        for number in range(count)
    ]


def told(con: duckdb.DuckDBPyConnection) -> dict[str, pl.DataFrame]:
    tables = {name: con.sql(f"FROM {name} ORDER BY ALL").pl() for name in TABLES}
    return {**tables, "lists": con.sql(LISTS).pl(), "lists of links": con.sql(FROM_LINKS).pl()}


def bring_and_count(con: duckdb.DuckDBPyConnection, pieces: list[Piece], nights: list[int]) -> None:
    bring(con, pieces, nights)
    count_days(con, [FIRST_DAY + timedelta(days=night) for night in nights])


def assert_same(one: duckdb.DuckDBPyConnection, other: duckdb.DuckDBPyConnection) -> None:
    expected, found = told(one), told(other)
    assert expected["lists"].equals(expected["lists of links"])
    for name in expected:
        assert expected[name].equals(found[name]), name


SEEDS = (0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 4)))


@pytest.mark.parametrize("seed", SEEDS)
def test_links_are_the_same_in_whatever_order_nights_come(seed: int) -> None:
    pieces, dice = some_pieces(seed), random.Random(seed)
    at_once, in_turn = empty_file(), empty_file()
    bring_and_count(at_once, pieces, [*range(NIGHTS)])
    for night in dice.sample(range(NIGHTS), NIGHTS):
        bring_and_count(in_turn, pieces, [night])
    methods = set(told(at_once)["entity_links"]["method"])
    assert methods == {"family_name", "office_holder"}
    assert_same(at_once, in_turn)


@pytest.mark.parametrize("seed", SEEDS)
def test_links_forget_an_article_that_is_taken_out(seed: int) -> None:
    pieces, dice = some_pieces(seed), random.Random(seed)
    left = [piece for piece in pieces if dice.random() < 0.8]
    at_once, after = empty_file(), empty_file()
    bring_and_count(at_once, left, [*range(NIGHTS)])
    bring_and_count(after, pieces, [*range(NIGHTS)])
    for night in dice.sample(range(NIGHTS), NIGHTS):
        bring_and_count(after, left, [night])
    assert_same(at_once, after)


@pytest.mark.parametrize("seed", SEEDS[:2])
def test_a_rerun_writes_no_link_anew(seed: int) -> None:
    con = empty_file()
    pieces = some_pieces(seed)
    bring_and_count(con, pieces, [*range(NIGHTS)])
    before = con.sql("SELECT rowid, * FROM entity_links ORDER BY ALL").pl()
    bring_and_count(con, pieces, [0])
    assert before.equals(con.sql("SELECT rowid, * FROM entity_links ORDER BY ALL").pl())
