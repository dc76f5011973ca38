"""The mentions of an article stay in order and never overlap."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.extract.mentions import Mention
from etl.extract.spans import Spans


def span(start: int, end: int, *, field: str = "body", label: str = "PLACE") -> Mention:
    return Mention(field, start, end, "x", label, "x", None, "city", 0.9)


def places(spans: Spans) -> list[tuple[str, int, int]]:
    return [(m.field, m.start, m.end) for m in spans]


def test_mentions_come_by_field_and_place() -> None:
    found = Spans([span(4, 6), span(9, 12, field="title"), span(0, 2), span(0, 1, field="title")])
    assert places(found) == [("body", 0, 2), ("body", 4, 6), ("title", 0, 1), ("title", 9, 12)]
    assert len(found) == 4


@pytest.mark.parametrize(
    ("start", "end", "touched"),
    [
        (0, 4, []),
        (0, 5, [(4, 8)]),
        (4, 8, [(4, 8)]),
        (7, 9, [(4, 8), (8, 12)]),
        (8, 9, [(8, 12)]),  # (4, 8) ends where it starts
        (7, 8, [(4, 8)]),  # (8, 12) starts where it ends
        (12, 20, []),
        (12, 21, [(20, 24)]),
        (0, 99, [(4, 8), (8, 12), (20, 24)]),
    ],
)
def test_a_span_touches_what_it_shares_a_character_with(
    start: int, end: int, touched: list[tuple[int, int]]
) -> None:
    found = Spans([span(20, 24), span(4, 8), span(8, 12), span(0, 50, field="title")])
    assert [(m.start, m.end) for m in found.touching("body", start, end)] == touched
    assert found.is_free("body", start, end) == (not touched)
    assert found.touching("dateline", start, end) == []


def test_what_is_put_takes_the_place_of_all_it_touches() -> None:
    found = Spans([span(0, 4), span(6, 8), span(9, 12)])
    found.put([span(3, 7), span(0, 5, field="title")])
    assert places(found) == [("body", 3, 7), ("body", 9, 12), ("title", 0, 5)]
    assert [m.start for m in found.touching("body", 0, 10)] == [3, 9]


def test_a_first_mention_can_be_put_into_an_empty_field() -> None:
    found = Spans()
    found.put([span(6, 8), span(0, 4)])
    found.put([span(4, 6)])
    assert places(found) == [("body", 0, 4), ("body", 4, 6), ("body", 6, 8)]


def test_changed_mentions_are_found_where_they_are_now() -> None:
    found = Spans([span(0, 8), span(9, 12)])
    assert not found.is_free("body", 1, 3)
    found.change(lambda m: replace(m, start=5) if m.start == 0 else m)
    assert found.is_free("body", 1, 3)
    found.drop(lambda m: m.start == 5)
    assert found.is_free("body", 5, 8)
    assert places(found) == [("body", 9, 12)]


EDGES = st.tuples(st.integers(0, 30), st.integers(1, 6))


@given(st.lists(EDGES, max_size=12), EDGES)
def test_puts_leave_no_overlap_and_an_exact_index(
    edges: list[tuple[int, int]], asked: tuple[int, int]
) -> None:
    found = Spans()
    for start, length in edges:
        found.put([span(start, start + length)])
    held = list(found)
    assert all(left.end <= right.start for left, right in itertools.pairwise(held))
    start, end = asked[0], asked[0] + asked[1]
    assert found.touching("body", start, end) == [
        m for m in held if m.start < end and start < m.end
    ]


def test_full_names_of_persons_have_more_than_one_word() -> None:
    named = [replace(span(0, 2, label="PERSON"), name=n) for n in ("Amina Okafor", "Okafor")]
    found = Spans([named[0], replace(named[1], start=4, end=6), span(8, 9)])
    assert found.full_person_names() == {"Amina Okafor"}


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9)), max_size=12),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9)), max_size=12),
)
def test_many_mentions_put_at_once_are_as_if_put_one_by_one(
    first: list[tuple[int, int]], then: list[tuple[int, int]]
) -> None:
    at_once, in_turn = Spans(), Spans()
    for pairs in (first, then):
        added = [span(start, start + length, label=f"{start}") for start, length in sorted(pairs)]
        at_once.put(added)
        for mention in added:
            in_turn.put([mention])
    assert list(at_once) == list(in_turn)
