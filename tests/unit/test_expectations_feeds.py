"""Feeds against their own earlier nights: who is missed and when, who is ill, what is too new.

What belongs here: nights with a history, as rows of one table. What does not: that an expectation
fails at all (test_expectations_fail.py).
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import duckdb
import pytest

from expectations.model import Thresholds
from expectations.queries import readable_query
from expectations.suites import make_expectations

MONDAY = date(2024, 1, 1)
SILENCE = "no_feed_that_used_to_deliver_is_silent"
REJECTED = "quarantine_of_each_feed_is_as_usual"
VOLUME = "each_feed_brings_as_many_as_on_this_weekday"
Row = dict[str, object]


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        con.execute("CREATE TABLE deliveries (feed VARCHAR, ingested_on DATE, outcome VARCHAR)")
        yield con


def night(number: int) -> date:
    return MONDAY + timedelta(days=number)


def deliver(
    con: duckdb.DuckDBPyConnection,
    feed: str | None,
    nights: Iterable[int],
    count: int = 1,
    outcome: str = "published",
) -> None:
    rows = "SELECT ?, ? + n::INTEGER, ? FROM (SELECT unnest(?) AS n), range(?)"
    con.execute(f"INSERT INTO deliveries {rows}", [feed, MONDAY, outcome, list(nights), count])


def judge(con: duckdb.DuckDBPyConnection, name: str, *nights: int, **bounds: float) -> list[Row]:
    """The rows that break an expectation."""
    suite = make_expectations(Thresholds(**bounds))  # type: ignore[arg-type]
    (expectation,) = (each for each in suite if each.name == name)
    query = readable_query(expectation, [night(number) for number in nights])
    assert query is not None
    answer = con.execute(query)
    names = [name for name, *_ in answer.description or ()]
    rows = [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
    return [row for row in rows if not row["_inside"]]


def missed(con: duckdb.DuckDBPyConnection, number: int, **bounds: float) -> list[object]:
    return [row["feed"] for row in judge(con, SILENCE, number, **bounds)]


WEEKDAYS = [number for number in range(56) if number % 7 < 5]


@pytest.mark.parametrize(
    ("came", "silent_on", "missed_on"),
    [
        (range(20), [20], 20),  # daily: at once
        (WEEKDAYS, range(54, 58), 56),  # over the weekend nobody expects it
        (range(0, 50, 7), range(50, 60), 58),  # weekly: two nights after its day
        ([n for n in range(40) if n % 3 < 2], range(40, 43), 41),  # a pause of one night is usual
    ],
    ids=["daily", "weekdays", "weekly", "with gaps"],
)
def test_a_feed_is_missed_once_its_pause_is_longer_than_any(
    con: duckdb.DuckDBPyConnection, came: Iterable[int], silent_on: Iterable[int], missed_on: int
) -> None:
    deliver(con, "ever", range(70))
    deliver(con, "feed", came)
    told = [number for number in silent_on if missed(con, number)]
    assert told[0] == missed_on
    assert told == [number for number in silent_on if number >= missed_on]


def test_what_is_told_of_a_silent_feed(con: duckdb.DuckDBPyConnection) -> None:
    deliver(con, "ever", range(70))
    deliver(con, "feed", WEEKDAYS)
    (row,) = judge(con, SILENCE, 57)
    assert row["feed"] == "feed"
    assert row["last_delivered_on"] == night(53)
    assert (row["silent_nights"], row["longest_silence"], row["delivered_nights"]) == (4, 2, 40)


def test_a_feed_is_missed_only_once_it_has_a_history(con: duckdb.DuckDBPyConnection) -> None:
    deliver(con, "ever", range(20))
    deliver(con, "six", range(4, 10))
    assert missed(con, 10) == []
    assert missed(con, 10, feed_from_nights=6) == ["six"]
    deliver(con, "six", [3])
    assert missed(con, 10) == ["six"]
    assert missed(con, 10, feed_nights=6) == []
    assert missed(con, 10, feed_nights=7) == ["six"]


def test_a_feed_that_has_ended_is_told_for_two_weeks(con: duckdb.DuckDBPyConnection) -> None:
    deliver(con, "ever", range(70))
    deliver(con, "feed", range(20))
    assert [n for n in range(20, 40) if missed(con, n)] == list(range(20, 34))
    assert missed(con, 23, feed_ended_nights=3) == []


def test_a_feed_that_is_back_is_not_missed(con: duckdb.DuckDBPyConnection) -> None:
    deliver(con, "ever", range(70))
    deliver(con, "feed", [*range(20), 25])
    assert [n for n in range(20, 30) if missed(con, n)] == [20, 21, 22, 23, 24]


def test_a_night_that_received_nothing_counts_as_no_silence(
    con: duckdb.DuckDBPyConnection,
) -> None:
    """The machine was off for three nights; the feed came before and after."""
    deliver(con, "ever", [*range(20), *range(23, 30)])
    deliver(con, "feed", [*range(20), *range(23, 30)])
    assert [n for n in range(20, 31) if missed(con, n)] == []
    assert judge(con, SILENCE, *range(30)) == []


def test_several_nights_are_judged_each_by_its_own_history(
    con: duckdb.DuckDBPyConnection,
) -> None:
    deliver(con, "ever", range(70))
    deliver(con, "feed", [*range(20), *range(22, 40), *range(41, 50)])
    told = judge(con, SILENCE, *range(50))
    # On the 40th a pause of two nights is known.
    assert [row["night"] for row in told] == [night(20), night(21)]


def test_documents_without_a_feed_are_left_out(con: duckdb.DuckDBPyConnection) -> None:
    deliver(con, "ever", range(40), 20)
    deliver(con, None, range(30), 20)
    deliver(con, None, [31], 20, "quarantined")
    for name in (SILENCE, REJECTED, VOLUME):
        assert judge(con, name, 30, 31) == []


# -- rejected share ---------------------------------------------------------------------------


def test_a_feed_is_ill_where_more_of_it_is_rejected_than_is_its_way(
    con: duckdb.DuckDBPyConnection,
) -> None:
    """One that always brings half in vain is well, and hides nothing of the other."""
    for feed, well, ill in (("index pages", 10, 10), ("wires", 20, 0)):
        deliver(con, feed, range(10), well)
        deliver(con, feed, range(10), ill, "quarantined")
    deliver(con, "index pages", [10], 10)
    deliver(con, "index pages", [10], 10, "quarantined")
    deliver(con, "wires", [10], 13)
    deliver(con, "wires", [10], 7, "quarantined")
    (row,) = judge(con, REJECTED, 10)
    assert (row["feed"], row["documents"], row["share"], row["value"]) == ("wires", 20, 0.35, 0.35)
    assert judge(con, REJECTED, 10, highest_feed_share_rise=0.35) == []


@pytest.mark.parametrize(
    ("count", "nights", "is_told"), [(10, 5, True), (9, 5, False), (10, 4, False)]
)
def test_a_share_needs_ten_documents_and_five_nights(
    con: duckdb.DuckDBPyConnection, count: int, nights: int, is_told: bool
) -> None:
    deliver(con, "wires", range(nights), count)
    deliver(con, "wires", [nights], count, "quarantined")
    assert bool(judge(con, REJECTED, nights)) is is_told


def test_what_was_delivered_again_since_is_in_no_share(con: duckdb.DuckDBPyConnection) -> None:
    deliver(con, "wires", range(6), 12)
    deliver(con, "wires", [5], 40, "superseded")
    assert judge(con, REJECTED, 5) == []


# -- volume -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "is_told"), [(30, False), (29, True), (300, False), (301, True)])
def test_a_feed_is_measured_by_its_own_weekday(
    con: duckdb.DuckDBPyConnection, count: int, is_told: bool
) -> None:
    """100 on Mondays, 1,000 on the other days."""
    for number in range(28):
        deliver(con, "wires", [number], 1000 if number % 7 else 100)
    deliver(con, "wires", [28], count)
    assert bool(judge(con, VOLUME, 28)) is is_told
    assert judge(con, VOLUME, 28, weekday_from_nights=5) == []


@pytest.mark.parametrize(
    ("usual", "now", "is_told"), [(10, 2, True), (9, 2, False), (3, 10, True), (2, 9, False)]
)
def test_small_feeds_are_not_measured(
    con: duckdb.DuckDBPyConnection, usual: int, now: int, is_told: bool
) -> None:
    deliver(con, "wires", range(28), usual)
    deliver(con, "wires", [28], now)
    assert bool(judge(con, VOLUME, 28)) is is_told


@pytest.mark.parametrize("name", [SILENCE, REJECTED, VOLUME])
def test_a_first_night_and_a_new_feed_are_not_judged(
    con: duckdb.DuckDBPyConnection, name: str
) -> None:
    deliver(con, "wires", [0], 50, "quarantined")
    assert judge(con, name, 0) == []
    deliver(con, "wires", range(1, 40), 50, "quarantined")
    deliver(con, "new", [39], 500, "quarantined")
    assert judge(con, name, 39) == []
