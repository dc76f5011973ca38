"""The decision table, row by row."""

from datetime import date, datetime

import pytest

from etl.dates import Decision, decide, read_dates, read_given, read_header
from etl.errors import Rejection

NIGHT = date(2024, 1, 20)


def judge(*, given=None, header=None, stamps=(), dateline=None, night=NIGHT):
    candidates = []
    if given:
        candidates.append(read_given(given))
    if header:
        candidates.append(read_header(header))
    for stamp in stamps:
        candidates.extend(read_dates(stamp, origin="stamp"))
    if dateline:
        candidates.extend(read_dates(dateline, origin="dateline"))
    return decide(candidates, night=night)


@pytest.mark.parametrize(
    ("evidence", "day", "origin"),
    [
        ({"given": "2024-01-10", "header": "2024-01-11"}, date(2024, 1, 10), "sidecar"),
        ({"header": "2024-01-11", "stamps": ["2024-01-12"]}, date(2024, 1, 11), "header"),
        ({"stamps": ["2024-01-12"], "dateline": "Jan 13, 2024"}, date(2024, 1, 12), "stamp"),
        (
            {"stamps": ["12 Jan 2024", "Published: 11 Jan 2024"]},
            date(2024, 1, 11),
            "stamp",
        ),
        (
            {"stamps": ["Updated: 14 Jan 2024"], "dateline": "13 January 2024"},
            date(2024, 1, 13),
            "dateline",
        ),
        ({"stamps": ["Updated: 14 Jan 2024"]}, date(2024, 1, 14), "stamp"),
    ],
)
def test_most_trusted_date_wins(evidence, day, origin):
    decision = judge(**evidence)

    assert (decision.published_on, decision.date_origin) == (day, origin)
    assert decision.date_precision == "day"


@pytest.mark.parametrize(
    ("evidence", "rule"),
    [
        ({}, "no_date"),
        ({"dateline": "January 19"}, "no_date"),
        ({"stamps": ["08/07/2017"]}, "no_date"),
        ({"header": "2024-13-45"}, "invalid_date"),
        ({"header": "2024-13-45", "stamps": ["19 January 2024"]}, "invalid_date"),
        ({"given": "soon", "header": "2024-01-19"}, "invalid_date"),
        ({"header": "2420-01-01"}, "future_date"),
        ({"header": "2024-01-22"}, "future_date"),
        ({"header": "9999-12"}, "future_date"),
        ({"given": "2024-02-01", "header": "2024-01-19"}, "future_date"),
        ({"stamps": ["5 May 2031"]}, "future_date"),
        ({"header": "1899-12-31"}, "date_too_early"),
        ({"stamps": ["3 May 1850"]}, "date_too_early"),
    ],
)
def test_rejections(evidence, rule):
    rejection = judge(**evidence)

    assert isinstance(rejection, Rejection)
    assert rejection.rule == rule


def test_rejection_names_the_value_found():
    assert "'2024-13-45'" in judge(header="2024-13-45").detail


@pytest.mark.parametrize("header", ["2024-13-45", "2420-01-01"])
def test_good_sidecar_overrules_a_bad_header(header):
    decision = judge(given="2024-01-19", header=header)

    assert decision.published_on == date(2024, 1, 19)


@pytest.mark.parametrize("header", ["2024-01-21", "1900-01-01"])
def test_bounds_are_included(header):
    assert isinstance(judge(header=header), Decision)


def test_impossible_stamp_does_not_count():
    decision = judge(stamps=["5 May 2031", "19 January 2024"])

    assert (decision.published_on, decision.date_conflict) == (date(2024, 1, 19), False)


def test_month_stays_a_month_where_nothing_is_more_exact():
    decision = judge(header="2023-04")

    assert (decision.published_on, decision.date_precision) == (date(2023, 4, 1), "month")
    assert decision.date_origin == "header"


@pytest.mark.parametrize(
    ("evidence", "origin"),
    [
        ({"stamps": ["12 April 2023"]}, "stamp"),
        ({"dateline": "April 12"}, "dateline"),
        ({"stamps": ["12/04/2023"]}, "stamp"),
    ],
)
def test_month_is_refined_by_a_day_within_it(evidence, origin):
    decision = judge(header="2023-04", **evidence)

    assert (decision.published_on, decision.date_precision) == (date(2023, 4, 12), "day")
    assert decision.date_origin == origin
    assert not decision.date_conflict


@pytest.mark.parametrize("stamp", ["12 June 2023", "Updated: 12 April 2023"])
def test_month_is_not_refined_by_another_month_or_an_update(stamp):
    assert judge(header="2023-04", stamps=[stamp]).date_precision == "month"


@pytest.mark.parametrize(
    ("evidence", "is_conflict"),
    [
        ({"stamps": ["18 January 2024"]}, False),
        ({"stamps": ["17 January 2024"]}, True),
        ({"dateline": "Jan. 20"}, False),
        ({"dateline": "Jan. 3"}, True),
        ({"stamps": ["01/18/2024"]}, False),
        ({"stamps": ["02/01/2024"]}, True),
        ({"stamps": ["January 2024"]}, False),
        ({"stamps": ["March 2023"]}, True),
        ({"stamps": ["Updated: 20 January 2024"]}, False),
        ({"stamps": ["Updated: 3 January 2024"]}, True),
        ({"given": "2024-01-10"}, True),
    ],
)
def test_conflict_is_more_than_one_day(evidence, is_conflict):
    assert judge(header="2024-01-19", **evidence).date_conflict is is_conflict


@pytest.mark.parametrize(
    ("stamps", "is_conflict"),
    [(["3 Jan 2024", "4 Jan 2024"], False), (["3 Jan 2024", "5 Jan 2024"], True)],
)
def test_stamps_can_contradict_each_other(stamps, is_conflict):
    assert judge(stamps=stamps).date_conflict is is_conflict


def test_later_update_is_no_conflict():
    decision = judge(header="2024-01-02", stamps=["Updated: 19 January 2024"])

    assert not decision.date_conflict


def test_month_conflicts_with_a_stamp_outside_it():
    assert judge(header="2023-04", stamps=["12 June 2023"]).date_conflict


@pytest.mark.parametrize(
    ("header", "dateline"), [("2024-01-01", "Dec. 31"), ("2023-12-31", "January 1")]
)
def test_dateline_takes_the_nearest_year(header, dateline):
    assert not judge(header=header, dateline=dateline).date_conflict


def test_leap_day_without_year_never_fails():
    assert judge(header="2022-03-01", dateline="Feb. 29", night=NIGHT).date_conflict is False


@pytest.mark.parametrize(
    ("others", "day"),
    [
        ({"dateline": "July 8"}, date(2017, 7, 8)),
        ({"dateline": "August 7"}, date(2017, 8, 7)),
        ({"stamps": ["08/07/2017", "09/07/2017", "13/07/2017"], "dateline": "July 9"}, None),
        # A full date is asked before one that lacks the year, though it stands behind it.
        ({"stamps": ["08/07/2017", "8 July"], "dateline": "Aug 7, 2017"}, date(2017, 8, 7)),
    ],
)
def test_ambiguous_stamp_is_settled_by_the_others(others, day):
    decision = judge(**{"stamps": ["08/07/2017"], **others})

    assert decision.published_on == (day or date(2017, 7, 8))


def test_future_reading_settles_an_ambiguous_stamp():
    decision = judge(stamps=["08/12/2017"], night=date(2017, 8, 20))

    assert decision.published_on == date(2017, 8, 12)


@pytest.mark.parametrize(
    ("header", "stamp", "instant"),
    [
        ("2022-02-23", "Feb. 23, 2022 at 5:51 PM HST", datetime(2022, 2, 24, 3, 51)),
        ("2020-10-10", "Created: 10-10-2020 06:18 IST", datetime(2020, 10, 10, 0, 48)),
        ("2024-01-05", "Jan 5, 2024 6:05 a.m. EST", datetime(2024, 1, 5, 11, 5)),
        ("2024-01-05", "2024-01-05T23:30:00+05:00", datetime(2024, 1, 5, 18, 30)),
        ("2023-07-05", "5 July 2023 9:00 PM ET", datetime(2023, 7, 6, 1, 0)),
        ("2023-12-05", "5 December 2023 9:00 PM ET", datetime(2023, 12, 6, 2, 0)),
        ("2023-12-05", "5 December 2023 9:00 PKT", datetime(2023, 12, 5, 4, 0)),
        ("2017-07-08", "08/07/2017 11:39pm GMT", datetime(2017, 7, 8, 23, 39)),
        ("2022-02-24", "Feb. 23, 2022 at 5:51 PM HST", None),
        ("2022-02-23", "Feb. 23, 2022 at 5:51 PM", None),
        ("2022-02-23", "Feb. 23, 2022 HST", None),
        ("2022-02-23", "Feb. 23, 2022 at 5:51 PM XYZ", None),
        ("2022-02-23", "Updated: Feb. 23, 2022 at 5:51 PM HST", None),
    ],
)
def test_instant_needs_clock_zone_and_the_same_day(header, stamp, instant):
    assert judge(header=header, stamps=[stamp]).published_at == instant


def test_sidecar_keeps_its_local_day_and_gives_the_instant():
    decision = judge(given="2024-01-18T23:30:00-05:00")

    assert decision.published_on == date(2024, 1, 18)
    assert decision.published_at == datetime(2024, 1, 19, 4, 30)


def test_order_of_equal_candidates_is_the_page_s():
    assert judge(stamps=["3 Jan 2024", "1 Jan 2024"]).published_on == date(2024, 1, 3)


@pytest.mark.parametrize(
    ("stamp", "precision"),
    [
        ("31 March 2023", "month"),
        ("1 April 2023", "day"),
        ("30 April 2023", "day"),
        ("1 May 2023", "month"),
    ],
)
def test_a_day_refines_its_own_month_only(stamp, precision):
    assert judge(header="2023-04", stamps=[stamp]).date_precision == precision
