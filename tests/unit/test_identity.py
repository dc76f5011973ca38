"""What makes two deliveries the same article."""

import polars as pl
import pytest

from etl.identity import article_ids

LONG = "Ferries between the islands ran again after three days of storm. " * 16
TEASER = "Ferries between the islands ran again."


def ids(*rows):
    columns = ("title", "dateline", "body")
    frame = pl.DataFrame(
        [dict(zip(columns, row, strict=True)) for row in rows],
        schema=dict.fromkeys(columns, pl.String),
    )
    return article_ids(frame).to_list()


def is_same(one, other):
    first, second = ids(one, other)
    return first == second


def test_id_is_32_hexadecimal_digits():
    (found,) = ids((None, None, LONG))

    assert len(found) == 32
    assert int(found, 16) >= 0


@pytest.mark.parametrize("title", [None, "Ferries run again", "Another headline"])
def test_title_of_a_full_text_makes_no_difference(title):
    assert is_same(("Ferries run", None, LONG), (title, None, LONG))


def test_same_teaser_under_two_headlines_is_two_articles():
    assert not is_same(("Storm over", None, TEASER), ("Harbour open", None, TEASER))


@pytest.mark.parametrize("text", [LONG, TEASER])
def test_headline_that_stayed_in_the_body_makes_no_difference(text):
    own, given = "Ferries run again", "Islands breathe up"

    assert is_same((own, None, text), (given, None, f"{own}\n\n{text}"))


@pytest.mark.parametrize("text", [LONG, TEASER])
def test_headline_that_a_sidecar_beats_makes_no_difference(text):
    own, given = "Ferries run again", "Islands breathe up"
    page = pl.DataFrame({"title": own, "headline": None, "dateline": None, "body": text})
    beaten = page.with_columns(title=pl.lit(given), headline=pl.lit(own))

    assert article_ids(page).to_list() == article_ids(beaten).to_list() == ids((own, None, text))


def test_first_sentence_is_no_headline():
    assert not is_same((None, None, f"The storm is over.\n\n{LONG}"), (None, None, LONG))


def test_same_teaser_under_one_headline_is_one_article():
    assert is_same(("Storm over", None, TEASER), ("STORM OVER", None, TEASER))


def test_same_words_from_two_days_are_two_articles():
    assert not is_same((None, "SUVA, March 3 –", TEASER), (None, "SUVA, March 4 –", TEASER))


def test_it_makes_no_difference_who_told_the_dateline_from_the_body():
    assert is_same((None, "SUVA –", LONG), (None, None, "SUVA – " + LONG))


@pytest.mark.parametrize(
    "variant",
    [
        LONG.replace(" ", "\n"),
        LONG.upper(),
        LONG.replace(".", " —  ’"),
        LONG.replace("i", "\u200bi"),
        LONG.replace("F", "Ｆ"),
    ],
)
def test_typography_makes_no_difference(variant):
    assert is_same((None, None, LONG), (None, None, variant))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("कल", "किल"),
        ("مدرسة", "مدارس"),
        ("渡輪恢復", "渡輪停航"),
        ("Shr 12 cts", "Shr 13 cts"),
    ],
)
def test_letters_marks_and_digits_make_a_difference(one, other):
    assert not is_same((None, None, one), (None, None, other))


@pytest.mark.parametrize(("one", "other"), [("Straße", "STRASSE"), ("café", "cafe\u0301")])
def test_spellings_of_the_same_letters_are_equal(one, other):
    assert is_same((None, None, one), (None, None, other))


def test_no_rows_give_no_ids():
    assert ids() == []


@pytest.mark.parametrize(("letters", "is_same_article"), [(599, False), (600, True)])
def test_a_teaser_has_less_than_600_letters(letters, is_same_article):
    """Spaces and points count for nothing."""
    text = "a. " * letters
    assert is_same(("Storm over", None, text), ("Harbour open", None, text)) is is_same_article


@pytest.mark.parametrize(("chars", "is_headline"), [(221, True), (222, False)])
def test_a_headline_in_the_body_has_up_to_221_characters(chars, is_headline):
    headline = "Ferries run again ".ljust(chars, "x")
    assert is_same((None, None, f"{headline}\n\n{LONG}"), (None, None, LONG)) is is_headline
