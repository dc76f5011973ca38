"""Nights whose parts are done side by side: what each is told to have cost."""

from datetime import date

import pytest

from assets.night.derive import _shares, _Tally
from etl.lake.parts import PartReport

FIRST, SECOND = date(2026, 3, 1), date(2026, 3, 2)


def report(night: date, name: str, *, was_reused: bool = False, carried: int = 0) -> PartReport:
    return PartReport(
        night=night, name=name, row_counts={"articles": 7}, was_reused=was_reused, carried=carried
    )


def test_a_tally_tells_what_was_done_from_what_was_taken_over() -> None:
    tally = _Tally()
    tally.add(report(FIRST, "a"), 10)
    tally.add(report(FIRST, "b", was_reused=True), 20)
    tally.add(report(FIRST, "c", carried=28), 30)
    assert (tally.parts, tally.documents, tally.rows["articles"]) == (3, 40, 21)
    assert (tally.done, tally.whole) == ({"a", "c"}, {"a"})
    assert tally.corrected["carried"] == 28


@pytest.mark.parametrize(
    ("documents", "shares"),
    [((30, 10), (6.0, 2.0)), ((0, 5), (0.0, 8.0)), ((0, 0), (4.0, 4.0))],
)
def test_nights_share_the_time_by_the_documents_that_were_done(
    documents: tuple[int, int], shares: tuple[float, float]
) -> None:
    nights = (FIRST, SECOND)
    tallies = {n: _Tally(documents=count) for n, count in zip(nights, documents, strict=True)}
    assert _shares(8.0, tallies) == dict(zip(nights, shares, strict=True))
