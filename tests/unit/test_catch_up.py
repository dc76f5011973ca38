"""Which older nights the next one derives again, and the line that says so."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from assets.night.upgrade import choose, line_of
from etl.lake.store import RawPart
from etl.lake.structure import Lack, OlderNight

FIRST = date(2026, 3, 1)


def night(number: int, *names: str, documents: int = 10) -> OlderNight:
    """A night that lacks the names: '!' can't be read as it is, '-' can't be derived."""
    part = RawPart(night=FIRST + timedelta(days=number), name="part", path=Path("part.parquet"))
    lacks = tuple(
        Lack(
            part=part,
            stage="articles",
            name=name.strip("!-"),
            is_bridged="!" not in name,
            can_be_derived="-" not in name,
        )
        for name in names
    )
    return OlderNight(night=part.night, lacks=lacks, documents=documents)


def numbers(nights: Sequence[OlderNight]) -> list[int]:
    return [(night.night - FIRST).days for night in nights]


@pytest.mark.parametrize(
    ("documents", "chosen"),
    [(100, [0, 1, 2]), (30, [0, 1, 2]), (29, [1, 2]), (20, [1, 2]), (1, [2]), (0, [])],
)
def test_the_latest_nights_come_first_and_one_at_the_least(
    documents: int, chosen: list[int]
) -> None:
    older = [night(number, "articles.url") for number in range(3)]
    assert numbers(choose(older, documents=documents)) == chosen


def test_a_night_that_can_not_be_read_as_it_is_never_waits() -> None:
    older = [night(0, "mentions.score!"), night(1, "articles.url"), night(2, "articles.url")]
    assert numbers(choose(older, documents=0)) == [0]
    assert numbers(choose(older, documents=15)) == [0]
    assert numbers(choose(older, documents=20)) == [0, 2]


def test_what_can_not_be_derived_is_not_chosen() -> None:
    older = [night(0, "raw_documents.given_language-"), night(1, "articles.url-", "mentions.name")]
    assert numbers(choose(older, documents=100)) == [1]


def test_the_line_says_that_all_were_derived_again() -> None:
    older = [night(0, "articles.url", "date_mentions"), night(1, "articles.url")]
    assert line_of(older, older) == (
        "the tables have changed since 2 nights were derived (articles.url, date_mentions): "
        "derived again"
    )


def test_the_line_names_what_waits_and_what_stays() -> None:
    older = [
        night(0, "articles.url", "raw_documents.given_language-"),
        night(1, "articles.url"),
        night(2, "mentions.score", "articles.url-"),
    ]
    assert line_of(older, older[2:]) == (
        "the tables have changed since 3 nights were derived: 1 night derived again; 2 nights left "
        "to the next nights (all now: dateline refresh), until then without articles.url, "
        "raw_documents.given_language; 2 nights for good without articles.url, "
        "raw_documents.given_language, which can't be derived any more"
    )


def test_the_line_stays_one_line_where_much_has_changed() -> None:
    older = [night(0, *(f"articles.c{number}" for number in range(9)))]
    assert "articles.c4 and 4 more)" in line_of(older, older)
