"""Copies: what is one text and what is not, who had it from whom, and versions at one address."""

import random

import polars as pl
import pytest
from linked_file import Piece, bring, empty_file

from etl.copies.verdict import have_one_title, kind_of
from etl.copies.versions import ADDRESS

_DICE = random.Random(5)
WORDS = ["".join(_DICE.choices("abcdefghijklmnopqrstuvwxyz", k=6)) for _ in range(150)]
TEXT = " ".join(WORDS)
OTHER = " ".join(reversed(WORDS))


def text_groups(*pieces: Piece) -> pl.DataFrame:
    con = empty_file()
    bring(con, pieces, {piece.night for piece in pieces})
    return con.sql("SELECT * FROM text_groups ORDER BY article_id").pl()


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (TEXT + " one more", "copy"),
        (" ".join(WORDS[:100]), "cut"),
        (TEXT + " " + " ".join(WORDS[60:0:-1]), "extended"),
        (" ".join(w if n % 20 else "another" for n, w in enumerate(WORDS)), "edited"),
    ],
)
def test_what_became_of_a_text(body: str, kind: str) -> None:
    groups = text_groups(Piece(article_id="a", body=TEXT), Piece(article_id="b", day=1, body=body))
    assert groups["kind"].to_list() == ["first", kind]
    assert groups["copy_of"].to_list() == [None, "a"]
    assert groups["group_id"].to_list() == ["a", "a"]


@pytest.mark.parametrize(
    ("body", "day"),
    [
        (OTHER, 1),
        (TEXT + " one more", 15),
        (" ".join(w if n % 5 else "another" for n, w in enumerate(WORDS)), 1),
    ],
    ids=["the same words in another order", "too late", "one word in five is another"],
)
def test_what_is_no_copy(body: str, day: int) -> None:
    pieces = Piece(article_id="a", body=TEXT), Piece(article_id="b", day=day, body=body)
    assert text_groups(*pieces).is_empty()


def test_other_figures_in_the_same_words_are_another_text() -> None:
    last, now = (f"{TEXT} rose {n}.1 to {n}.2 and {n}.3 at {n}.4" for n in (7, 8))
    assert text_groups(
        Piece(article_id="a", body=last), Piece(article_id="b", day=7, body=now)
    ).is_empty()


@pytest.mark.parametrize(("title", "found"), [("Harbour wall opens", 2), ("Rates fall again", 0)])
def test_a_teaser_is_one_text_only_under_one_title(title: str, found: int) -> None:
    teaser = " ".join(WORDS[:40])
    pieces = (
        Piece(article_id="a", title="The harbour wall opens", body=teaser),
        Piece(article_id="b", title=title, body=f"{teaser} now"),
    )
    assert text_groups(*pieces).height == found


@pytest.mark.parametrize(
    ("first", "second", "direction", "credit"),
    [
        ([("publisher", "post")], [("publisher", "news"), ("cited", "post")], "credited", "post"),
        ([("cited", "news")], [("publisher", "news")], "credits_back", "news"),
        ([("agency", "wire")], [("agency", "wire")], "agency", "wire"),
        ([("publisher", "post")], [("publisher", "news")], "time", None),
    ],
)
def test_who_has_a_text_from_whom(
    first: list[tuple[str, str]],
    second: list[tuple[str, str]],
    direction: str,
    credit: str | None,
) -> None:
    groups = text_groups(
        Piece(article_id="a", body=TEXT, sources=tuple(first)),
        Piece(article_id="b", day=1, body=TEXT + " more", sources=tuple(second)),
    )
    assert groups.row(1, named=True)["direction"] == direction
    assert groups.row(1, named=True)["credit"] == credit


def test_a_copy_of_a_copy_is_in_the_group_of_the_first() -> None:
    groups = text_groups(
        Piece(article_id="a", body=TEXT),
        Piece(article_id="b", day=10, body=TEXT + " more"),
        Piece(article_id="c", day=20, body=TEXT + " more now"),
    )
    assert groups["group_id"].to_list() == ["a", "a", "a"]
    assert groups["copy_of"].to_list() == [None, "a", "b"]


def versions(*pieces: Piece) -> list[tuple[object, ...]]:
    con = empty_file()
    for night in sorted({piece.night for piece in pieces}):
        bring(con, pieces, [night])
    rows = con.execute("SELECT article_id, version_of, is_latest FROM articles ORDER BY 1")
    return rows.fetchall()


def test_a_changed_text_at_one_address_is_a_version() -> None:
    first = Piece(article_id="a", url="https://www.post.example/wall?utm_source=feed", body=TEXT)
    second = Piece(
        article_id="b", night=1, url="http://post.example/wall#top", body=TEXT + " corrected"
    )
    assert versions(first, second) == [("a", None, False), ("b", "a", True)]


def test_another_text_at_one_address_is_another_article() -> None:
    words = [word[::-1] + "x" for word in WORDS]
    pieces = (
        Piece(article_id="a", url="https://post.example/live", body=TEXT),
        Piece(article_id="b", night=1, url="https://post.example/live", body=" ".join(words)),
    )
    assert versions(*pieces) == [("a", None, True), ("b", None, True)]


def test_a_version_counts_once_in_its_story() -> None:
    con = empty_file()
    pieces = [
        Piece(article_id="b", url="https://post.example/wall", body=TEXT),
        Piece(article_id="a", night=1, url="https://post.example/wall", body=TEXT + " corrected"),
    ]
    bring(con, pieces, [0])
    bring(con, pieces, [1])
    assert con.execute("SELECT story_id, article_count FROM stories").fetchall() == [("a", 1)]
    assert con.execute("SELECT method FROM story_links").fetchall() == [("version",)]
    changed = con.execute("SELECT words_added, words_removed FROM article_versions ORDER BY number")
    assert changed.fetchall() == [(None, None), (1, 0)]


def test_addresses_keep_what_names_the_page() -> None:
    urls = pl.Series(["https://a.example/p?id=3", "https://a.example/p?id=4&utm_medium=x"])
    assert urls.str.replace_all(ADDRESS, "").to_list() == ["a.example/p?id=3", "a.example/p?id=4"]


def test_titles_and_kinds_at_their_thresholds() -> None:
    assert have_one_title("One two", "two three") and not have_one_title(
        "One two three", "three x y"
    )
    assert not have_one_title(None, "two")
    assert kind_of(1.0, 0.9, TEXT, TEXT) == "copy" and kind_of(1.0, 0.89, TEXT, TEXT) == "edited"
