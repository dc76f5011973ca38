"""What each written date can mean."""

from datetime import time

import pytest

from etl.dates.delivered import read_given, read_header
from etl.dates.readings import Reading, read_dates
from etl.dates.zones import is_zone


def only(text: str):
    (candidate,) = read_dates(text, origin="stamp")
    return candidate


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("2024-01-19", Reading(2024, 1, 19)),
        ("2023-04", Reading(2023, 4, None)),
        ("1987-3-2", Reading(1987, 3, 2)),
    ],
)
def test_header_is_a_day_or_a_month(text, reading):
    assert read_header(text).readings == (reading,)


@pytest.mark.parametrize(
    "text",
    [
        *("2024-13-45", "2023-02-29", "2024", "08/07/2017", "soon", "", "31 June 2023"),
        *("2024-W54-1", "2023-366", "19 January 2567", "Fri Jan 32 10:05:07 2024"),
    ],
)
def test_header_that_is_no_date_has_no_reading(text):
    assert read_header(text).readings == ()


@pytest.mark.parametrize(
    ("text", "clock", "zone"),
    [
        ("2024-01-19", None, None),
        (" 2024-01-19 ", None, None),
        ("20240119", None, None),
        ("2024-01-19T10:05", time(10, 5), None),
        ("2024-01-19T10:05:07Z", time(10, 5, 7), "Z"),
        ("2024-01-19 10:05:07.123456+05:30", time(10, 5, 7), "+05:30"),
        ("20240119T100507Z", time(10, 5, 7), "Z"),
        ("Fri, 19 Jan 2024 10:05:07 GMT", time(10, 5, 7), "GMT"),
        ("Fri, 19 Jan 2024 10:05:07 -0500", time(10, 5, 7), "-0500"),
        ("1705658707", time(10, 5, 7), "UTC"),
        ("1705658707000", time(10, 5, 7), "UTC"),
        ("1705658707.0", time(10, 5, 7), "UTC"),
        ("1705658707000.25", time(10, 5, 7), "UTC"),
        ("January 19, 2024", None, None),
        ("Fri, 19 Jan 24 10:05:07 +0300", time(10, 5, 7), "+0300"),
        ("19 Jan 24 10:05 EST", time(10, 5), "-0500"),
        ("Fri Jan 19 10:05:07 +0000 2024", time(10, 5, 7), "+0000"),
        ("Fri Jan 19 10:05:07 UTC 2024", time(10, 5, 7), "+0000"),
        ("Fri Jan 19 10:05:07 2024", time(10, 5, 7), None),
        ("2024-W03-5", None, None),
        ("2024W035", None, None),
        ("2024-019", None, None),
        ("2024-01-18T24:00:00Z", time(0), "Z"),
        ("19 มกราคม 2567", None, None),
    ],
)
def test_sidecar_formats(text, clock, zone):
    given = read_given(text)

    assert given.readings == (Reading(2024, 1, 19),)
    assert (given.clock, given.zone) == (clock, zone)


@pytest.mark.parametrize(
    "text", ["yesterday", "2024-19-01", "08/07/2017", "January 19", "1 May 2024 to 2 May 2024"]
)
def test_sidecar_that_means_no_single_day_has_no_reading(text):
    assert read_given(text).readings == ()


@pytest.mark.parametrize(
    ("text", "reading", "clock", "zone"),
    [
        (
            "Published: Feb. 23, 2022 at 5:51 PM HST|Updated: 1 hour ago",
            Reading(2022, 2, 23),
            time(17, 51),
            "HST",
        ),
        ("Published on Tuesday, 10 August 2021 04:15", Reading(2021, 8, 10), time(4, 15), None),
        ("UPDATED: October 18, 2020, 9:48 AM", Reading(2020, 10, 18), time(9, 48), None),
        ("47 seconds ago Sun 15th August 2021 | 10:00 PM", Reading(2021, 8, 15), time(22), None),
        ("15. avgust 2021 ob 10.30", Reading(2021, 8, 15), time(10, 30), None),
        ("15. 8. 2021 10:30 CEST", Reading(2021, 8, 15), time(10, 30), "CEST"),
        ("2021-08-15T10:30:00+05:30", Reading(2021, 8, 15), time(10, 30), "+05:30"),
        ("1005 GMT, 5 May 2014", Reading(2014, 5, 5), time(10, 5), "GMT"),
        ("10:00 PM, 15 August 2021", Reading(2021, 8, 15), time(22), None),
        ("Jan 5, 2024 6:05 a.m. EST", Reading(2024, 1, 5), time(6, 5), "EST"),
        ("March 9, 2026 10.15am GMT+5:30 — 3 min read", Reading(2026, 3, 9), time(10, 15), "+5:30"),
        ("20-Jan-24 12:05 AM", Reading(2024, 1, 20), time(0, 5), None),
        ("२० जनवरी २०२४", Reading(2024, 1, 20), None, None),
        ("15 اگست 2021", Reading(2021, 8, 15), None, None),
        ("2021年8月15日 10:00 JST", Reading(2021, 8, 15), time(10), "JST"),
        ("August 2021", Reading(2021, 8, None), None, None),
        ("Aug. 12", Reading(None, 8, 12), None, None),
        ("15th August", Reading(None, 8, 15), None, None),
        ("1er août 2021 à 18h05", Reading(2021, 8, 1), time(18, 5), None),
        ("6:40pm, 14 Mar 2023 HKT", Reading(2023, 3, 14), time(18, 40), "HKT"),
        ("14 مارس 2023", Reading(2023, 3, 14), None, None),
        ("2023ko martxoaren 14a", Reading(2023, 3, 14), None, None),
        ("14 მარტი, 2023", Reading(2023, 3, 14), None, None),
        ("14 Մարտի 2023", Reading(2023, 3, 14), None, None),
        ("2023 ж. 14 наурыз", Reading(2023, 3, 14), None, None),
        ("Septiembre de 2022", Reading(2022, 9, None), None, None),
        ("2022年9月", Reading(2022, 9, None), None, None),
        ("12 Mar 2024 | 25:10 PM", Reading(2024, 3, 12), None, None),
        ("12 Mar 2024, 10:10 local time", Reading(2024, 3, 12), time(10, 10), None),
    ],
)
def test_stamp_formats(text, reading, clock, zone):
    stamp = only(text)

    assert stamp.readings == (reading,)
    assert (stamp.clock, stamp.zone) == (clock, zone)


@pytest.mark.parametrize(
    "text",
    [
        "47 seconds ago",
        "Updated: 1 hour ago",
        "3 min read",
        "3 out of 5",
        "Sept 31, 2021",
        "Published: 31 April 2023",
        "32 March 2023",
        "version 10.2",
        "10:30",
        "",
    ],
)
def test_no_date_is_read_where_none_is_written(text):
    assert read_dates(text, origin="stamp") == []


@pytest.mark.parametrize(
    ("text", "language", "readings"),
    [
        ("Publicado em 06/02/2024 15:10", "en", [Reading(2024, 2, 6)]),
        ("06/02/2024", "pl", [Reading(2024, 2, 6)]),
        ("06/02/2024", "en", [Reading(2024, 2, 6), Reading(2024, 6, 2)]),
        ("06/02/2024", None, [Reading(2024, 2, 6), Reading(2024, 6, 2)]),
        ("Published 06/02/2024", "pl", [Reading(2024, 2, 6), Reading(2024, 6, 2)]),
        ("02/16/2024", "pl", [Reading(2024, 2, 16)]),
    ],
)
def test_language_says_which_figure_is_the_day(text, language, readings):
    (stamp,) = read_dates(text, origin="stamp", language=language)

    assert list(stamp.readings) == readings


@pytest.mark.parametrize(
    "text",
    [
        *("19/01/2567", "19 มกราคม พ.ศ. 2567", "Published: 2024-W03-5", "19 Jan '24"),
        *("Jan. 19, ’24", "19-Jan-’24", "19th of January '24"),
    ],
)
def test_years_of_other_calendars_and_short_ones(text):
    assert only(text).readings == (Reading(2024, 1, 19),)


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("سه‌شنبه ۲۳ اسفند ۱۴۰۱", Reading(2023, 3, 14)),
        ("۱۵ فروردین ۱۴۰۲", Reading(2023, 4, 4)),
        ("1402/01/15", Reading(2023, 4, 4)),
        ("30 اسفند 1403", Reading(2025, 3, 20)),
        ("1 فروردین 1404", Reading(2025, 3, 21)),
        ("1300/01/01", Reading(1921, 3, 21)),
        ("令和5年3月14日", Reading(2023, 3, 14)),
        ("令和元年5月1日", Reading(2019, 5, 1)),
        ("中華民國112年3月14日", Reading(2023, 3, 14)),
        ("二〇二三年三月十四日", Reading(2023, 3, 14)),
        ("二〇二三年十月二十日", Reading(2023, 10, 20)),
        ("二〇二三年十二月三十一日", Reading(2023, 12, 31)),
    ],
)
def test_dates_of_other_calendars(text, reading):
    assert only(text).readings == (reading,)


@pytest.mark.parametrize("text", ["30 اسفند 1402", "1402/12/30", "1402/13/01", "1445/07/08"])
def test_no_day_of_the_persian_calendar(text):
    assert not any(
        r.year and r.year > 1900 for c in read_dates(text, origin="stamp") for r in c.readings
    )


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("05/06/2023 | Updated: 13/06/2023", Reading(2023, 6, 5)),
        ("Monday 05/06/2023", Reading(2023, 6, 5)),
        ("Saturday, 05/06/2023", Reading(2023, 5, 6)),
    ],
)
def test_order_of_figures_is_told_by_the_line(line, day):
    assert read_dates(line, origin="stamp")[0].readings == (day,)


def test_a_weekday_that_fits_neither_order_settles_nothing():
    assert len(only("Friday 05/06/2023").readings) == 2


@pytest.mark.parametrize("text", ["2024-W54-1", "the '24 harvest", "a 2024-W03-58 engine"])
def test_what_only_looks_like_such_a_date(text):
    assert read_dates(text, origin="stamp") == []


def test_slashes_leave_the_order_open():
    stamp = only("08/07/2017 11:39pm")

    assert set(stamp.readings) == {Reading(2017, 7, 8), Reading(2017, 8, 7)}
    assert stamp.clock == time(23, 39)


@pytest.mark.parametrize("text", ["28/07/2017", "07/28/2017", "28-07-17"])
def test_a_number_over_twelve_is_the_day(text):
    assert only(text).readings == (Reading(2017, 7, 28),)


def test_each_date_of_a_line_keeps_its_own_label_and_clock():
    line = "Wire | Suva | Updated: 11-10-2020 06:18 IST | Created: 10-10-2020 05:00 IST"

    update, creation = read_dates(line, origin="stamp")

    assert (update.is_update, update.clock) == (True, time(6, 18))
    assert (creation.is_update, creation.is_labelled, creation.clock) == (False, True, time(5))


@pytest.mark.parametrize(
    ("line", "is_update"),
    [
        ("Updated often, published early, updated 2 May 2021", True),
        ("Published early, updated often, published 2 May 2021", False),
    ],
)
def test_the_label_nearest_to_a_date_is_its_own(line, is_update):
    (found,) = read_dates(line, origin="stamp")
    assert (found.is_update, found.is_labelled) == (is_update, not is_update)


def test_text_is_the_date_as_written():
    assert only("Published: Feb. 23, 2022 at 5:51 PM").text == "Feb. 23, 2022"


@pytest.mark.parametrize(("text", "year"), [("20-Jan-68", 2068), ("20-Jan-69", 1969)])
def test_two_digits_of_a_year_turn_at_69(text, year):
    assert only(text).readings == (Reading(year, 1, 20),)


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        # Up to 40 characters behind its date, 30 before it; what the limit cuts is no clock.
        ("5 May 2014 " + "x" * 33 + " 10:05", time(10, 5)),
        ("5 May 2014 " + "x" * 33 + " 10:05 GMT", None),
        ("5 May 2014 " + "x" * 34 + " 10:05", None),
        ("10:05 " + "x" * 23 + " 5 May 2014", time(10, 5)),
        ("10:05 " + "x" * 24 + " 5 May 2014", None),
        ("10:05 " + "x" * 28 + " 5 May 2014", None),
        ("5 May 2014, 12:00 AM", time(0, 0)),
        ("5 May 2014, 12:00 PM", time(12, 0)),
        ("5 May 2014, 13:05 PM", time(13, 5)),
        ("5 May 2014, 23:59", time(23, 59)),
        ("5 May 2014, 24:00", None),
        ("5 May 2014, 23:60", None),
        ("5 May 2014, 23:59:59", time(23, 59, 59)),
        ("5 May 2014, 23:59:60", None),
    ],
)
def test_clocks_and_what_is_none(text, clock):
    assert only(text).clock == clock


@pytest.mark.parametrize(
    ("zone", "is_one"),
    [("+14:00", True), ("+14:01", False), ("-14:00", True), ("+05:59", True), ("+05:60", False)],
)
def test_offsets_and_what_is_none(zone, is_one):
    assert is_zone(zone) is is_one


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("3 ene", 0),  # short names of other languages are words in English, "out" and "set"
        ("3 enero", 1),
        ("3 jan", 1),
        ("3 ene 2024", 1),
    ],
)
def test_short_foreign_months_need_a_year(text, count):
    assert len(read_dates(text, origin="stamp")) == count
