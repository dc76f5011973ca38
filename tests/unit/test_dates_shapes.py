"""Every shape of a date in running text, and what it means beside Friday, 19 January 2024.

What belongs here: one sentence for each way of writing, pairs that differ in little. What does
not: tense, thresholds and frames (test_dates_mentions.py).
"""

import pytest
from test_dates_mentions import found

WEEKDAY_SHAPES = [
    ("It sank this past Friday.", "this past Friday 2024-01-12"),
    ("It sank last Friday.", "last Friday 2024-01-12"),
    ("It sank last Saturday.", "last Saturday 2024-01-13"),
    ("It sails this coming Friday.", "this coming Friday 2024-01-26"),
    ("It sails this coming Saturday.", "this coming Saturday 2024-01-20"),
    ("It sails coming Saturday.", "coming Saturday 2024-01-20"),
    ("It sails next Friday.", "next Friday 2024-01-26"),
    ("It sails next Monday.", "next Monday 2024-01-22"),
    ("It sails next Sunday.", "next Sunday 2024-01-28"),
    ("It sails this Friday.", "this Friday 2024-01-19"),
    ("It sails this Thursday.", "this Thursday 2024-01-25"),
    ("It sank on Friday last week.", "Friday last week 2024-01-12"),
    ("It sails on Sunday this week.", "Sunday this week 2024-01-21"),
    ("It sails on Monday next week.", "Monday next week 2024-01-22"),
    ("It sank on Monday this week.", "Monday this week 2024-01-15"),
    ("It sank past Friday.", "past Friday 2024-01-12"),
    ("It sank on Friday.", "Friday 2024-01-19"),
    ("It will sail on Friday.", "Friday 2024-01-19"),
    ("It will sail on Saturday.", "Saturday 2024-01-20"),
    ("It will sail on Thursday.", "Thursday 2024-01-25"),
    ("It sank on Saturday.", "Saturday 2024-01-13"),
]

UNIT_SHAPES = [
    ("It sank early last week.", "early last week 2024-01-08/2024-01-09"),
    ("It sank at the end of last month.", "the end of last month 2023-12-21/2023-12-31"),
    (
        "It sank at the beginning of last month.",
        "the beginning of last month 2023-12-01/2023-12-10",
    ),
    ("It sank at the start of this year.", "the start of this year 2024-01-01/2024-05-01"),
    ("It sails at the end of next year.", "the end of next year 2025-09-01/2025-12-31"),
    ("It sank earlier this week.", "earlier this week 2024-01-15/2024-01-19"),
    ("It sails later this week.", "later this week 2024-01-19/2024-01-21"),
    ("It sank earlier this year.", "earlier this year 2024-01-01/2024-01-19"),
    ("It sails later this month.", "later this month 2024-01-19/2024-01-31"),
    ("It sank mid last year.", "mid last year 2023-05-02/2023-08-31"),
    ("It sank late last year.", "late last year 2023-09-01/2023-12-31"),
    ("It sank early this month.", "early this month 2024-01-01/2024-01-10"),
    ("It sank last weekend.", "last weekend 2024-01-13/2024-01-14"),
    ("It sails next weekend.", "next weekend 2024-01-27/2024-01-28"),
    ("It sails next month.", "next month 2024-02-01/2024-02-29"),
    ("It sank this morning.", "this morning 2024-01-19"),
    ("It sank this evening.", "this evening 2024-01-19"),
    ("It sails tomorrow.", "tomorrow 2024-01-20"),
    ("It sails the day after tomorrow.", "the day after tomorrow 2024-01-21"),
    ("It sails tonight.", "tonight 2024-01-19"),
]

AGO_SHAPES = [
    ("It sank a day ago.", "a day ago 2024-01-18"),
    ("It sank three weeks ago.", "three weeks ago 2023-12-25/2023-12-31"),
    ("It sank a couple of months ago.", "a couple of months ago 2023-11-01/2023-11-30"),
    ("It sank a year ago.", "a year ago 2023-01-01/2023-12-31"),
    ("It sank a decade ago.", "a decade ago 2010-01-01/2019-12-31"),
    ("It sank ten years ago.", "ten years ago 2014-01-01/2014-12-31"),
    ("It sails three days from now.", "three days from now 2024-01-22"),
    ("It sails two weeks from now.", "two weeks from now 2024-01-29/2024-02-04"),
    ("It sank 400 years ago.", "400 years ago 1624-01-01/1624-12-31"),
]

SPAN_SHAPES = [
    ("It fell over the past week.", "the past week 2024-01-12/2024-01-19"),
    ("It fell over the past month.", "the past month 2023-12-19/2024-01-19"),
    ("It fell over the last quarter.", "the last quarter 2023-10-01/2023-12-31"),
    ("It fell over the past year.", "the past year 2023-01-19/2024-01-19"),
    ("It rises over the next year.", "the next year 2024-01-19/2025-01-19"),
    ("It rises over the next week.", "the next week 2024-01-19/2024-01-26"),
    ("It rises over the coming three weeks.", "the coming three weeks 2024-01-19/2024-02-09"),
    ("It fell in the past two decades.", "the past two decades 2004-01-19/2024-01-19"),
    ("It fell in the past two quarters.", "the past two quarters 2023-07-19/2024-01-19"),
]

FULL_SHAPES = [
    ("It sank on 3-5 March 2019.", "3-5 March 2019 2019-03-03/2019-03-05"),
    ("It sank on March 5-3, 2019.", ""),
    ("It sank on March 3 to 5, 2019.", "March 3 to 5, 2019 2019-03-03/2019-03-05"),
    ("It sank on the 3rd of March, 2019.", "the 3rd of March, 2019 2019-03-03"),
    ("It sank on Friday, March 3, 2019.", "Friday, March 3, 2019 2019-03-03"),
    ("It sank on February 29, 2023.", ""),
    ("It sank on February 29, 2024.", "February 29, 2024 2024-02-29"),
    ("It sank in early March 2019.", "early March 2019 2019-03-01/2019-03-10"),
    ("It sank in mid-March 2019.", "mid-March 2019 2019-03-11/2019-03-20"),
    ("It sank in late February 2020.", "late February 2020 2020-02-20/2020-02-29"),
    ("It sank at the end of March last year.", "the end of March last year 2023-03-21/2023-03-31"),
    ("It sank in March this year.", "March this year 2024-03-01/2024-03-31"),
    ("It sails in March next year.", "March next year 2025-03-01/2025-03-31"),
    ("It sank on March 3 last year.", "March 3 last year 2023-03-03"),
    (
        "It sank in the first quarter of last year.",
        "the first quarter of last year 2023-01-01/2023-03-31",
    ),
    ("It sank in Q3 2019.", "Q3 2019 2019-07-01/2019-09-30"),
    ("It sank in the fourth quarter of 2019.", "the fourth quarter of 2019 2019-10-01/2019-12-31"),
    (
        "It sank in the second half of last year.",
        "the second half of last year 2023-07-01/2023-12-31",
    ),
    ("It sank in the first half of 2020.", "the first half of 2020 2020-01-01/2020-06-30"),
    ("It sank in the late 1980s.", "the late 1980s 1986-09-01/1989-12-31"),
    ("It sank in the mid-1980s.", "the mid-1980s 1983-05-02/1986-08-31"),
    ("It sank in mid-2019.", "mid-2019 2019-05-02/2019-08-31"),
    ("It sank at the end of 2019.", "the end of 2019 2019-09-01/2019-12-31"),
    ("It sank from 2010 to 2015.", "2010 2010-01-01/2010-12-31; 2015 2015-01-01/2015-12-31"),
    ("It sank from 2015 to 2010.", "2015 2015-01-01/2015-12-31; 2010 2010-01-01/2010-12-31"),
    ("It sank in 1985/86.", "1985/86 1985-01-01/1986-12-31"),
    ("It sank in 1999/00.", "1999/00 1999-01-01/2000-12-31"),
    ("It sank in the 2000s.", "the 2000s 2000-01-01/2009-12-31"),
    ("It sank in the 1490s.", ""),
]

ANCHORED_SHAPES = [
    (
        "It left on January 3. Three days earlier it was lost.",
        "January 3 2024-01-03; Three days earlier 2023-12-31",
    ),
    (
        "It left on January 3. The day before it was lost.",
        "January 3 2024-01-03; The day before 2024-01-02",
    ),
    (
        "It left on January 3. The day after it was lost.",
        "January 3 2024-01-03; The day after 2024-01-04",
    ),
    (
        "It left on January 3. The previous day it was lost.",
        "January 3 2024-01-03; The previous day 2024-01-02",
    ),
    (
        "It left on January 3. The following week it was lost.",
        "January 3 2024-01-03; The following week 2024-01-08/2024-01-14",
    ),
    (
        "It left on January 3. The previous month it was lost.",
        "January 3 2024-01-03; The previous month 2023-12-01/2023-12-31",
    ),
    (
        "It left on January 3. The following year it was lost.",
        "January 3 2024-01-03; The following year 2025-01-01/2025-12-31",
    ),
    (
        "It left on January 3. That same day it was lost.",
        "January 3 2024-01-03; That same day 2024-01-03",
    ),
    (
        "It left on January 3. That week it was lost.",
        "January 3 2024-01-03; That week 2024-01-01/2024-01-07",
    ),
    (
        "It left on January 3. That month it was lost.",
        "January 3 2024-01-03; That month 2024-01-01/2024-01-31",
    ),
    (
        "It left on January 3. The previous Monday it was lost.",
        "January 3 2024-01-03; The previous Monday 2024-01-01",
    ),
    (
        "It left on January 3. The following Wednesday it was lost.",
        "January 3 2024-01-03; The following Wednesday 2024-01-10",
    ),
    (
        "It left on January 3. The previous Wednesday it was lost.",
        "January 3 2024-01-03; The previous Wednesday 2023-12-27",
    ),
    (
        "It left in March 2019. Two months later it was lost.",
        "March 2019 2019-03-01/2019-03-31; Two months later 2019-05-01/2019-05-31",
    ),
    ("It left in March 2019. Two days later it was lost.", "March 2019 2019-03-01/2019-03-31"),
    ("It left in March 2019. The following day it was lost.", "March 2019 2019-03-01/2019-03-31"),
    (
        "It left in March 2019. A year earlier it was lost.",
        "March 2019 2019-03-01/2019-03-31; A year earlier 2018-03-01/2018-03-31",
    ),
    (
        "It left in 2015. Two years later it was lost.",
        "2015 2015-01-01/2015-12-31; Two years later 2017-01-01/2017-12-31",
    ),
    ("It left in 2015. Two months later it was lost.", "2015 2015-01-01/2015-12-31"),
    ("It left in 2015. The following month it was lost.", "2015 2015-01-01/2015-12-31"),
    (
        "It rose in January against 1.7 in December and 1.6 a year earlier.",
        "January 2024-01-01/2024-01-31; December 2023-12-01/2023-12-31; "
        "a year earlier 2023-01-01/2023-01-31",
    ),
    (
        "It rose in December against the same month last year.",
        "December 2023-12-01/2023-12-31; the same month last year 2022-12-01/2022-12-31",
    ),
    (
        "It rose in December against the same month of 1986.",
        "December 2023-12-01/2023-12-31; the same month of 1986 1986-12-01/1986-12-31",
    ),
    ("It rose in December against the same quarter last year.", "December 2023-12-01/2023-12-31"),
    ("It rose in 2019 against the same month last year.", "2019 2019-01-01/2019-12-31"),
    (
        "He said on Monday it left on January 3. Two days later it was lost.",
        "Monday 2024-01-15; January 3 2024-01-03; Two days later 2024-01-05",
    ),
    (
        "The firm said on Monday that two days earlier it was lost.",
        "Monday 2024-01-15; two days earlier 2024-01-13",
    ),
    (
        "It ended three months before March 2019.",
        "three months before 2018-12-01/2018-12-31; March 2019 2019-03-01/2019-03-31",
    ),
]

SINCE_SHAPES = [
    (
        "It has been shut since at least January 3.",
        "since at least January 3 2024-01-03/2024-01-19",
    ),
    ("It has been shut since Friday.", "since Friday 2024-01-19"),
    ("It has been shut since last year.", "since last year 2023-01-01/2024-01-19"),
    ("It has been shut since 2030.", "2030 2030-01-01/2030-12-31"),
]

DOUBTFUL_SHAPES = [
    ("It rose in May and fell.", "May 2023-05-01/2023-05-31"),
    ("May Okafor left in June.", "June 2023-06-01/2023-06-30"),
    ("Since April Castle has led it.", "Since April 2023-04-01/2024-01-19"),
    ("The Friday Times left.", ""),
    ("USA Today left.", ""),
    ("Today it left.", "Today 2024-01-19"),
    ("In 2000 cases it fell.", ""),
    ("In 2000 it fell.", "2000 2000-01-01/2000-12-31"),
    ("Since 2000 it fell.", "Since 2000 2000-01-01/2024-01-19"),
    ("The 2000 workers left.", ""),
    ("At 1935 Harbour Street they left.", ""),
    ("Of 1985 votes ten fell.", ""),
    ("By 1985 it fell.", "1985 1985-01-01/1985-12-31"),
    ("For 1985 it fell.", "1985 1985-01-01/1985-12-31"),
    ("In 1985.5 it fell.", ""),
    ("In 1985% it fell.", ""),
    ("At $1985 it fell.", ""),
]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        *WEEKDAY_SHAPES,
        *UNIT_SHAPES,
        *AGO_SHAPES,
        *SPAN_SHAPES,
        *FULL_SHAPES,
        *ANCHORED_SHAPES,
        *SINCE_SHAPES,
        *DOUBTFUL_SHAPES,
    ],
)
def test_what_a_shape_means(sentence: str, expected: str) -> None:
    assert "; ".join(f"{text} {days}" for text, days in found(sentence)) == expected
