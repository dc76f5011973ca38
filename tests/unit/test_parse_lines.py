"""Blocks of a page: paragraphs, hard-wrapped lines, tables; words."""

import pytest

from etl.parse.header import split_header
from etl.parse.lines import (
    count_words,
    ends_sentence,
    opens_list,
    reads_as_prose,
    split_blocks,
)

WIRE = """LIMA, March 3 - The northern quay will stay closed until the
end of the month, the harbour master of this city said today and
pointed to its cranes.
    He said that two of them had been repaired, but that another
would be sent to Callao.
 REUTER
"""


def _texts(text: str) -> list[str]:
    return [block.text for block in split_blocks(text)]


def test_wrapped_lines_become_paragraphs() -> None:
    blocks = _texts(WIRE)
    assert len(blocks) == 3
    assert blocks[0].endswith("said today and pointed to its cranes.")
    assert blocks[1].startswith(
        "He said that two of them had been repaired, but that another would"
    )
    assert blocks[2] == "REUTER"


def test_a_single_wrapped_paragraph_is_joined() -> None:
    text = "LIMA, March 3 - The bank of this city set its rate for the coming\nweek at two pct.\n"
    assert len(_texts(text)) == 1


def test_lines_of_a_page_are_paragraphs() -> None:
    assert _texts("The quay is closed.\nIt will open in May.") == [
        "The quay is closed.",
        "It will open in May.",
    ]


def test_a_list_of_headlines_is_not_joined() -> None:
    lines = [f"Mayor number {n} of Port Lyre wins a second term in June" for n in range(4)]
    assert _texts("\n".join(lines)) == lines


def test_rows_of_a_table_stay_rows_of_one_block() -> None:
    text = "LIMA, March 3 -\n    Shr nine cts vs seven\n    Net two vs one\n Reuter\n"
    table = "    Shr nine cts vs seven\n    Net two vs one"
    assert _texts(text) == ["LIMA, March 3 -", table, "Reuter"]


def test_a_table_keeps_its_columns() -> None:
    table = "    Goods       -7.1  (-8.7)\n      Services +10.1  (+9.8)"
    assert _texts(f"Trade in brackets\n{table}") == ["Trade in brackets", table]


@pytest.mark.parametrize(
    "text",
    [
        WIRE,
        "LIMA, March 3 -\n\tShr nine\u00a0cts  vs seven\n    Net \u00adtwo vs one\n Reuter\n",
        "Trade\n    date 2024-01-19 was\n    a day\n   \u200b  of trade\n\n    one row",
        "    Ends so.\u200b\n    Goods  1\n    \u00ad\n    Services  2\n",
    ],
)
def test_blocks_come_out_as_they_went_in(text: str) -> None:
    assert _texts("\n\n".join(_texts(text))) == _texts(text)


def test_offsets_lead_back_to_the_page() -> None:
    text = "  The  quay.\n\n\tIt is   closed. "
    assert [text[block.start : block.end] for block in split_blocks(text)] == [
        "The  quay.",
        "It is   closed.",
    ]


def test_white_space_is_made_single() -> None:
    assert _texts("The\u00a0quay \t is clo\u00adsed.") == ["The quay is closed."]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("The quay — closed!", 3),
        ("--- *** ...", 0),
        ("Port-Lyre's 2nd quay", 3),
        ("港口关闭", 2),
        ("बंदरगाह बंद है", 3),
    ],
)
def test_words_are_counted(text: str, words: int) -> None:
    assert count_words(text) == words


@pytest.mark.parametrize(
    "text", ["He left.", "“He left.”", "Why?", "वह गया।", "他走了。", "He left.)"]
)
def test_sentence_ends(text: str) -> None:
    assert ends_sentence(text)


@pytest.mark.parametrize("text", ["Mayor wins", "World", "“Quay”", ""])
def test_headline_ends_no_sentence(text: str) -> None:
    assert not ends_sentence(text)


def test_prose_is_long_or_a_full_sentence() -> None:
    assert reads_as_prose("The mayor of Port Lyre said on Friday that it would rain until May.")
    assert not reads_as_prose("The mayor of Port Lyre on why it will rain until May")


@pytest.mark.parametrize(
    ("text", "date", "rest"),
    [
        (" date 2024-01-19 The quay", "2024-01-19", "The quay"),
        (" date 2023-04 The quay", "2023-04", "The quay"),
        ("date 2024-13-45 The quay", "2024-13-45", "The quay"),
        (" date 2420-01-01\nThe quay", "2420-01-01", "The quay"),
        ("The quay", None, "The quay"),
        ("date palms grow", None, "date palms grow"),
        ("date 2024 was fixed", None, "date 2024 was fixed"),
        ("On date 2024-01-19 it", None, "On date 2024-01-19 it"),
    ],
)
def test_header_is_split_off(text: str, date: str | None, rest: str) -> None:
    found, start = split_header(text)
    assert (found, text[start:].strip()) == (date, rest)


@pytest.mark.parametrize(
    ("text", "is_lead"),
    [
        ("The board gave three reasons for the rise:", True),
        ("The board gave three reasons for the rise.", False),
        ("Ships in port today:", False),
        ("In The News Of Port Lyre Today We Have:", False),
    ],
)
def test_a_lead_before_a_list_has_words_enough_in_small_letters(text: str, is_lead: bool) -> None:
    assert opens_list(text) is is_lead
