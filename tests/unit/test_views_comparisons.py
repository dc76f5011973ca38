"""Views that set counts against each other, over articles that are written here."""

from collections.abc import Iterator
from datetime import date, timedelta

import duckdb
import pytest

from etl import schema
from etl.schema.views import VIEWS
from etl.warehouse.counts import count_days
from etl.warehouse.windows import make_room

FIRST = date(2026, 3, 1)
NAMING = ("d", "c", "b", "g")
"""Articles that name a person."""
# (id, days after the first, precision, outlet, countries, those in focus)
ARTICLES = [
    ("a", 0, "day", "ke-post", "KE CN", "KE"),
    ("b", 0, "day", "cn-post", "CN", "CN"),
    ("c", 1, "day", "ke-post", "KE", "KE"),
    ("d", 20, "day", "cn-post", "KE CN", "KE"),
    ("e", 31, "day", None, "KE", ""),
    ("f", 60, "day", "ke-post", "PE", "PE"),
    ("g", 0, "month", "ke-post", "KE PE", "KE"),
]


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """The columns that these views need, and the views on them."""
    with duckdb.connect() as con:
        con.execute(
            """
            CREATE TABLE articles (article_id TEXT, published_on DATE, date_precision TEXT,
                source_id TEXT, story_id TEXT, title TEXT, url TEXT, language_code TEXT,
                word_count INT, ingested_on DATE, is_latest BOOL, focus_countries TEXT[],
                countries TEXT[], saliences DOUBLE[], entity_ids TEXT[]);
            CREATE TABLE article_countries (article_id TEXT, country_code TEXT, rank INT,
                salience DOUBLE, is_focus BOOL);
            CREATE TABLE countries AS SELECT * FROM (VALUES
                ('KE', 'Kenya', 'Africa', 'Eastern Africa'),
                ('CN', 'China', 'Asia', 'Eastern Asia'),
                ('PE', 'Peru', 'Americas', 'South America'),
                ('NO', 'Norway', 'Europe', 'Northern Europe')
            ) t(country_code, name, region, subregion);
            CREATE TABLE sources AS SELECT * FROM (VALUES
                ('ke-post', 'Kenya Post', 'KE'), ('cn-post', 'China Post', 'CN')
            ) t(source_id, name, country_code);
            CREATE TABLE entities AS SELECT 'p' AS entity_id, 'PERSON' AS label, 'Ana Li' AS name;
            CREATE TABLE article_versions (article_id TEXT, first_id TEXT, number INT,
                is_title_changed BOOL, words_added INT, words_removed INT);
            """
        )
        for key, days, precision, outlet, named, focus in ARTICLES:
            day = FIRST + timedelta(days=days)
            row = [key, day, precision, outlet, f"s{days}", key, None, "en", 9, day, True]
            row += [focus.split(), named.split(), [0.5] * len(named.split())]
            row.append(["p"] if key in NAMING else [])
            con.execute(f"INSERT INTO articles VALUES ({', '.join('?' * len(row))})", row)
            for rank, code in enumerate(named.split(), 1):
                con.execute(
                    "INSERT INTO article_countries VALUES (?, ?, ?, 0.5, ?)",
                    [key, code, rank, code in focus.split()],
                )
        # An earlier text of "b", of the same day; "b" came two nights later.
        con.execute(
            """
            INSERT INTO articles SELECT * REPLACE ('b0' AS article_id, false AS is_latest)
            FROM articles WHERE article_id = 'b';
            UPDATE articles SET ingested_on = ingested_on + 2 WHERE article_id = 'b';
            INSERT INTO article_countries SELECT * REPLACE ('b0' AS article_id)
            FROM article_countries WHERE article_id = 'b';
            INSERT INTO article_versions VALUES ('b0', 'b0', 1, NULL, NULL, NULL),
                ('b', 'b0', 2, true, 4, 1);
            """
        )
        for table in (schema.ENTITY_LINKS, *schema.COUNT_TABLES):
            con.execute(schema.create_statement(table))
        make_room(con)
        count_days(con, [])
        needed = ("v_country_days", "v_country_pairs", "v_article_countries")
        for view in sorted(VIEWS, key=lambda view: view.name not in needed):
            if view.name in needed or view.name in NAMES:
                con.execute(f"CREATE VIEW {view.name} AS {view.query}")
        yield con


NAMES = (
    "v_days",
    "v_country_shares",
    "v_country_ties",
    "v_home_and_abroad",
    "v_first_mentions",
    "v_changes",
)


def rows(con: duckdb.DuckDBPyConnection, query: str) -> list[tuple[object, ...]]:
    return con.execute(query).fetchall()


def test_a_day_has_its_latest_articles_of_a_known_day(con: duckdb.DuckDBPyConnection) -> None:
    days = rows(con, "FROM v_days ORDER BY published_on LIMIT 2")
    assert days == [(FIRST, 2, 1, 2), (FIRST + timedelta(days=1), 1, 1, 1)]


def test_every_country_has_every_day(con: duckdb.DuckDBPyConnection) -> None:
    found = rows(con, "SELECT country_code, count(*) FROM v_country_shares GROUP BY 1 ORDER BY 1")
    assert found == [("CN", 5), ("KE", 5), ("PE", 5)]  # Norway is in no article


@pytest.mark.parametrize(
    ("code", "days", "wanted"),
    [
        ("KE", 0, (1, 1, 2, 0.5, 0.5, 2, None, None)),  # no month before
        ("CN", 0, (2, 1, 2, 1.0, 0.5, 1, None, None)),
        ("PE", 1, (0, 0, 1, 0.0, 0.0, None, 0.0, 0.0)),
        ("KE", 20, (1, 1, 1, 1.0, 1.0, 1, 2 / 3, 1 / 3)),
        ("CN", 31, (0, 0, 1, 0.0, 0.0, None, 0.5, -0.5)),  # the first day is 31 days back
        ("KE", 60, (0, 0, 1, 0.0, 0.0, None, 1.0, -1.0)),
    ],
)
def test_shares_are_of_the_day_and_of_the_thirty_days_before(
    code: str, days: int, wanted: tuple[object, ...], con: duckdb.DuckDBPyConnection
) -> None:
    (found,) = rows(
        con,
        "SELECT * EXCLUDE (country_code, country, published_on) FROM v_country_shares "
        f"WHERE country_code = '{code}' AND published_on = DATE '{FIRST + timedelta(days=days)}'",
    )
    assert found == pytest.approx(wanted)


def test_pairs_stand_from_either_side_against_chance(con: duckdb.DuckDBPyConnection) -> None:
    found = rows(con, "FROM v_country_ties WHERE country_code = 'KE' ORDER BY 2, 3")
    # March has five articles: four name Kenya, three China, one Peru.
    assert found == [
        ("KE", "CN", FIRST, 2, 4, 3, 5, 0.5, pytest.approx(2 * 5 / (4 * 3))),
        ("KE", "PE", FIRST, 1, 4, 1, 5, 0.25, pytest.approx(5 / 4)),
    ]
    mirrored = "SELECT other_country_code, country_code, lift FROM v_country_ties ORDER BY ALL"
    assert rows(con, mirrored) == rows(
        con, "SELECT country_code, other_country_code, lift FROM v_country_ties ORDER BY ALL"
    )


def test_home_and_abroad(con: duckdb.DuckDBPyConnection) -> None:
    found = rows(con, "SELECT * EXCLUDE country FROM v_home_and_abroad ORDER BY 1, 2")
    assert found == [
        ("CN", FIRST, 1, 1, 0, 0.0),
        ("KE", FIRST, 4, 3, 1, 0.25),
        ("PE", date(2026, 4, 1), 1, 0, 1, 1.0),
    ]


def test_the_first_mention_is_of_the_earliest_known_day(con: duckdb.DuckDBPyConnection) -> None:
    (found,) = rows(con, "FROM v_first_mentions")
    assert found == ("p", "PERSON", "Ana Li", FIRST, "b", "cn-post", "b")


def test_changes_are_new_articles_and_new_texts(con: duckdb.DuckDBPyConnection) -> None:
    found = rows(
        con, "SELECT changed_on, change, article_id, earlier_id, words_added FROM v_changes"
    )
    assert len(found) == len(ARTICLES) + 1
    assert [row for row in found if row[1] == "text"] == [
        (FIRST + timedelta(days=2), "text", "b", "b0", 4)
    ]
    assert (FIRST, "new", "b0", None, None) in found
