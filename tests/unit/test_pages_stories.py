"""The stories of a night: which come first, who tells them, how they grew."""

from collections.abc import Iterator
from datetime import date, timedelta

import duckdb
import pytest
from linked_file import FIRST_DAY, Piece, bring, empty_file

from assets.pages.stories import (
    LEAST_OPENING,
    OPENING_CHARS,
    SHOWN_OUTLETS,
    Headline,
    Story,
    read_stories,
)

NIGHTS = [FIRST_DAY + timedelta(days=night) for night in range(3)]
FERRY = "The ferry left the quay of Mombasa with ninety people on board and came back at noon."
DAM = "Engineers opened two of the gates of the dam above Lokoja after a week of rain, it was said."


def pieces() -> list[Piece]:
    """A ferry told on three nights, six times; a dam on the last, twice; and a lone article."""
    ferry = [
        Piece(
            article_id=f"f{number}",
            day=night,
            night=night,
            title=f"Ferry {number} returns" if number else "",
            body=FERRY,
        )
        for number, night in enumerate((0, 1, 1, 2, 2, 2))
    ]
    dam = [
        Piece(article_id=f"g{number}", day=2, night=2, title="", body=DAM) for number in range(2)
    ]
    lone = Piece(article_id="l0", day=2, night=2, title="A lone market", body="Prices rose a bit.")
    return [*ferry, *dam, lone]


SET = """
UPDATE articles SET title = NULL WHERE title = '';
UPDATE articles SET source_id = CASE WHEN article_id < 'f4' THEN 'one' ELSE 'other' END
WHERE article_id LIKE 'f%' AND article_id <> 'f1';
UPDATE articles SET unmapped_source_name = 'Coast Weekly', unmapped_source_origin = 'sidecar'
WHERE article_id = 'f1';
UPDATE articles SET unmapped_source_name = 'Photo: A. Li', unmapped_source_origin = 'credit'
WHERE article_id = 'g0';
UPDATE articles SET story_id = article_id[:1] || '0';
DELETE FROM stories;
INSERT INTO stories BY NAME SELECT story_id, min(title) AS headline, count(*) AS article_count,
    0 AS source_count, min(published_on) AS first_published_on, [] AS entity_ids, [] AS countries,
    [] AS entities, [] AS sources, [] AS headlines,
    max(published_on) AS last_published_on, 'test' AS linked_by,
    CASE story_id WHEN 'f0' THEN ['TZ', 'KE'] ELSE [] END AS country_codes
FROM articles GROUP BY story_id;
INSERT INTO sources BY NAME SELECT id AS source_id, 'The ' || id AS name, 'newspaper' AS kind,
    [] AS aliases, [] AS domains, [] AS verified_by
FROM (VALUES ('one'), ('other')) AS t(id);
INSERT INTO countries BY NAME SELECT code AS country_code, name, code || 'X' AS alpha_3,
    '1' AS numeric_code, name AS official_name, 'Africa' AS region, 'Eastern Africa' AS subregion,
    []::VARCHAR[] AS demonyms, []::VARCHAR[] AS languages
FROM (VALUES ('KE', 'Kenya'), ('TZ', 'Tanzania')) AS t(code, name)
"""


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    con = empty_file()
    bring(con, pieces(), [0, 1, 2])
    for statement in SET.split(";\n"):
        con.execute(statement)
    yield con


def test_the_story_with_most_articles_of_the_night_comes_first(
    con: duckdb.DuckDBPyConnection,
) -> None:
    ferry, dam = read_stories(con, NIGHTS[2:], NIGHTS)
    assert (ferry.tonight, ferry.article_count, dam.tonight, dam.article_count) == (3, 6, 2, 2)
    assert ferry.first_published_on == FIRST_DAY
    assert ferry.countries == ("Tanzania", "Kenya")
    assert [count for _, count in ferry.nights] == [1, 2, 3]
    assert [night for night, _ in ferry.nights] == NIGHTS


def test_outlets_are_told_with_their_articles(con: duckdb.DuckDBPyConnection) -> None:
    ferry, dam = read_stories(con, NIGHTS[2:], NIGHTS)
    assert ferry.outlets == (("The one", 3), ("The other", 2), ("Coast Weekly", 1))
    assert dam.outlets == (), "a line of credit is no outlet"


def test_the_first_title_heads_a_story_else_its_first_words(
    con: duckdb.DuckDBPyConnection,
) -> None:
    ferry, dam = read_stories(con, NIGHTS[2:])
    assert (ferry.headline.article_id, ferry.headline.words) == ("f1", "Ferry 1 returns")
    assert [each.article_id for each in ferry.headlines] == ["f1", "f2", "f3", "f4", "f5"]
    assert (dam.headline.article_id, dam.headlines) == ("g0", ())
    assert dam.headline.words == DAM


def test_a_night_of_lone_articles_has_no_story(con: duckdb.DuckDBPyConnection) -> None:
    assert read_stories(con, [date(2030, 1, 1)]) == ()
    con.execute("BEGIN; DELETE FROM articles WHERE article_id NOT LIKE 'l%'")
    assert read_stories(con, NIGHTS[2:]) == ()
    con.execute("ROLLBACK")


def test_replaced_versions_do_not_count(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("BEGIN; UPDATE articles SET is_latest = false WHERE article_id IN ('f3', 'f4')")
    dam, ferry = read_stories(con, NIGHTS[2:], NIGHTS)
    con.execute("ROLLBACK")
    assert (dam.tonight, ferry.tonight) == (2, 1)
    assert [count for _, count in ferry.nights] == [1, 2, 1]


@pytest.mark.parametrize(
    ("opening", "words"),
    [
        ("Rain.\n  More rain.", "Rain. More rain."),
        ("word " * 24, "word " * 23 + "word"),  # 119 characters
        ("word " * 30, "word " * 23 + "word …"),
        ("雨" * 200, "雨" * OPENING_CHARS + " …"),
        ("a" * LEAST_OPENING + " " + "b" * 200, "a" * LEAST_OPENING + " …"),
        ("short " + "b" * 200, "short " + "b" * (OPENING_CHARS - 6) + " …"),
    ],
)
def test_an_opening_ends_with_a_word(opening: str, words: str) -> None:
    at = {"article_id": "a", "title": None, "outlet": None, "published_on": FIRST_DAY}
    assert Headline(opening=opening, **at).words == words  # type: ignore[arg-type]


def test_of_many_outlets_some_are_shown() -> None:
    headline = Headline(article_id="a", title="t", outlet=None, published_on=FIRST_DAY)
    story = Story(
        headline=headline,
        tonight=9,
        article_count=9,
        first_published_on=FIRST_DAY,
        countries=(),
        outlets=tuple((f"outlet {number}", 1) for number in range(SHOWN_OUTLETS + 3)),
        nights=(),
        headlines=(headline,),
    )
    assert len(story.shown_outlets) == SHOWN_OUTLETS
    assert story.other_outlets == 3
