"""Countries, pairs and people of a night beside the month before."""

from collections.abc import Iterator
from datetime import date, timedelta

import duckdb
import pytest
from linked_file import FIRST_DAY, Piece, bring, empty_file

from assets.pages.attention import LISTED_IDS, Attention, Named, read_attention
from etl.warehouse.counts import count_days

DAYS, A_DAY, TONIGHT = 25, 4, 10
NEWS_DAY = FIRST_DAY + timedelta(days=30)


def pieces() -> list[Piece]:
    """A hundred articles of 25 days, delivered in one night; then ten of one day, in the next."""
    before = [
        Piece(article_id=f"b{day:02d}-{number}", day=day, title=f"Word{day} number{number}")
        for day in range(DAYS)
        for number in range(A_DAY)
    ]
    tonight = [
        Piece(
            article_id=f"t{number}",
            day=30,
            night=1,
            title=f"Tonight{number} text{number}",
            persons=("Ana Li",)
            if number < 2
            else ("Ivo Brankov",)
            if number < 8
            else ("Una Moss",),
        )
        for number in range(TONIGHT - 1)
    ]
    month = Piece(article_id="t9", day=0, night=1, title="Of the month", persons=())
    return [*before, *tonight, month]


# In a quarter of the articles before; six of ten tonight, three of them with the other.
NAMED = """
CREATE OR REPLACE TABLE article_countries AS SELECT article_id, code AS country_code,
    1.0 AS salience, code = 'KE' AS is_focus, ingested_on
FROM articles, (VALUES ('KE'), ('TZ')) AS t(code)
WHERE code = 'KE' AND (article_id LIKE 'b%-0' OR article_id BETWEEN 't0' AND 't5')
    OR code = 'TZ' AND (article_id IN ('b00-0', 't0', 't1', 't2'));
UPDATE articles SET countries = coalesce((
    SELECT list(country_code) FROM article_countries c WHERE c.article_id = articles.article_id
), []);
UPDATE articles SET date_precision = 'month' WHERE article_id = 't9';
INSERT INTO countries BY NAME SELECT code AS country_code, name, code || 'X' AS alpha_3,
    '1' AS numeric_code, name AS official_name, 'Africa' AS region, 'Eastern Africa' AS subregion,
    []::VARCHAR[] AS demonyms, []::VARCHAR[] AS languages
FROM (VALUES ('KE', 'Kenya'), ('TZ', 'Tanzania')) AS t(code, name);
INSERT INTO entities BY NAME SELECT DISTINCT entity_id, label, name, [name] AS aliases,
    1 AS article_count, DATE '2026-03-01' AS first_published_on,
    DATE '2026-03-01' AS last_published_on
FROM mentions
"""


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    con = empty_file()
    bring(con, pieces(), [0, 1])
    for statement in NAMED.split(";\n"):
        con.execute(statement)
    count_days(con, [])
    yield con


def tonight(con: duckdb.DuckDBPyConnection) -> Attention:
    return read_attention(con, [FIRST_DAY + timedelta(days=1)])


def test_a_country_is_held_against_the_month_before(con: duckdb.DuckDBPyConnection) -> None:
    found = tonight(con)
    assert (found.article_count, found.news_day, found.month_article_count) == (10, NEWS_DAY, 100)
    kenya, tanzania = found.countries
    assert (kenya.name, kenya.count, kenya.focus_count, kenya.share) == ("Kenya", 6, 6, 0.6)
    assert kenya.month_share == pytest.approx(0.25)
    assert kenya.change == pytest.approx(0.35)
    assert (tanzania.count, tanzania.focus_count, tanzania.month_share) == (3, 0, 0.01)
    assert len(kenya.days) == len(found.days) == 31
    assert kenya.days[0] == 0.25
    assert kenya.days[-2] is None, "a day without articles has no share"
    assert kenya.days[-1] == pytest.approx(6 / 9), "the article of the month has no day"


def test_a_pair_is_of_articles_that_name_both(con: duckdb.DuckDBPyConnection) -> None:
    (pair,) = tonight(con).pairs
    assert (pair.name, pair.codes, pair.count) == ("Kenya and Tanzania", ("KE", "TZ"), 3)
    assert pair.month_share == 0.01
    assert [share for share in pair.days if share] == [0.25, pytest.approx(3 / 9)]


def test_people_are_told_with_their_few_articles_and_not_if_one_names_them(
    con: duckdb.DuckDBPyConnection,
) -> None:
    ivo, ana = tonight(con).people
    assert (ivo.name, ivo.count, ivo.article_ids) == ("Ivo Brankov", 6, ())
    assert ivo.count > LISTED_IDS
    assert (ana.name, ana.count, ana.article_ids) == ("Ana Li", 2, ("t0", "t1"))
    assert (ana.month_share, ana.days[0], ana.days[-1]) == (0, 0, pytest.approx(2 / 9))


def test_a_month_of_fewer_than_a_hundred_articles_tells_no_change(
    con: duckdb.DuckDBPyConnection,
) -> None:
    con.execute(
        "BEGIN; UPDATE daily_totals SET article_count = 3 WHERE published_on = ?", [FIRST_DAY]
    )
    found = tonight(con)
    con.execute("ROLLBACK")
    assert (found.month_article_count, found.has_month) == (99, False)
    assert {(named.change, named.days) for named in found.countries} == {(None, ())}
    assert tonight(con).has_month


def test_a_night_that_published_nothing_names_nobody(con: duckdb.DuckDBPyConnection) -> None:
    assert read_attention(con, [date(2030, 1, 1)]) == Attention()


def test_a_change_is_above_or_below() -> None:
    def change(share: float, month_share: float | None) -> float | None:
        return Named(name="x", count=1, share=share, month_share=month_share).change

    assert change(0.25, 0.5) == -0.25
    assert change(0.25, None) is None
