"""What holds for the dates of every text."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from processor_time import processor_seconds, takes_at_most

from etl.dates.mentions.anchors import find_mentions
from etl.dates.mentions.expressions import lower_case
from etl.dates.mentions.page import Page

WORDS = """
    on Thursday, Friday Monday's last next this the day two days after before later earlier since
    in of March February 8 3-5 31 2019 1985/86 the 1980s early late week weekend month year ago
    yesterday today will was said due to meet following same . \n\n “ İ Sept. 30th 999 decades
    2024-02-30 29 February first quarter of half over past
""".split(" ")
PHRASES = st.lists(st.sampled_from([w for w in WORDS if w]), max_size=40).map(" ".join)


def page(
    text: str,
    published_on: date = date(2024, 2, 29),
    *,
    has_day: bool = True,
    is_title: bool = False,
) -> Page:
    return Page(
        text=text,
        lower=lower_case(text),
        published_on=published_on,
        has_day=has_day,
        is_title=is_title,
    )


@given(
    st.one_of(st.text(max_size=200), PHRASES),
    st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    st.booleans(),
    st.booleans(),
)
def test_mentions_stand_in_the_text_in_order_and_end_after_they_start(text, day, has_day, is_title):
    behind = 0
    for mention in find_mentions(page(text, day, has_day=has_day, is_title=is_title)):
        assert behind <= mention.start < mention.end <= len(text)
        assert mention.period.first <= mention.period.last
        assert mention.period.precision != "day" or mention.period.first == mention.period.last
        behind = mention.end


@given(st.text(max_size=200))
def test_lower_case_keeps_every_character_at_its_place(text):
    assert len(lower_case(text)) == len(text)


HARD = [
    " ", "\n", "the ", "in ", "1", "a ", "on Thursday ", "two days later ", "since March ",
    "March ", "3-", "said ", "2019-", "the day after ", "a year earlier ", '"', "of 2019 a b c ",
    "the same month last year, in March ",
]  # fmt: skip


@pytest.mark.parametrize("piece", HARD)
def test_time_is_linear_in_the_length(piece):
    short, long = (page(piece * (size // len(piece))) for size in (100_000, 400_000))
    bound = 0.5 + 8 * processor_seconds(lambda: find_mentions(short))
    assert takes_at_most(min(bound, 20), lambda: find_mentions(long))
