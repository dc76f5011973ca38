"""What holds for every header, stamp and dateline."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from processor_time import takes_at_most

from etl.dates import Decision, decide, read_dates, read_given, read_header
from etl.errors import RULES, Rejection

NIGHT = date(2024, 1, 20)
TEXTS = st.one_of(
    st.text(max_size=80),
    st.text(alphabet="0123456789-/.: ,TZJanFebMarAugPMGMT+", max_size=60),
    st.dates().map(str),
)


@given(st.none() | TEXTS, st.none() | TEXTS, st.lists(TEXTS, max_size=4), TEXTS)
def test_any_text_gives_a_decision_or_a_rejection(given_date, header, stamps, dateline):
    candidates = [c for s in stamps for c in read_dates(s, origin="stamp")]
    candidates += read_dates(dateline, origin="dateline")
    if header is not None:
        candidates.append(read_header(header))
    if given_date is not None:
        candidates.append(read_given(given_date))

    verdict = decide(candidates, night=NIGHT)

    if isinstance(verdict, Decision):
        assert date(1900, 1, 1) <= verdict.published_on <= date(2024, 1, 21)
        assert verdict.date_precision == "day" or verdict.published_on.day == 1
        assert verdict.date_precision == "day" or verdict.published_at is None
    else:
        assert isinstance(verdict, Rejection)
        assert RULES[verdict.rule].stage == "dates"


@given(st.dates(date(1900, 1, 1), NIGHT), st.lists(TEXTS, max_size=3))
def test_a_good_header_is_never_overruled_by_the_page(day, stamps):
    stamped = [c for s in stamps for c in read_dates(s, origin="stamp")]

    decision = decide([*stamped, read_header(day.isoformat())], night=NIGHT)

    assert isinstance(decision, Decision)
    assert decision.published_on == day


@pytest.mark.parametrize(
    "piece", ["1", " ", "1/", "Jan ", "1 Jan ", "10:10 ", "(", "Updated ", "2021-"]
)
def test_time_is_bounded(piece):
    text = piece * (1_000_000 // len(piece))

    def read():
        read_dates(text, origin="stamp")
        read_header(text)
        read_given(text)

    assert takes_at_most(2, read)
