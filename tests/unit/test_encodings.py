"""Encodings from before Unicode: which one some bytes are in, told only where it is sure."""

import csv
from pathlib import Path

import pytest

from etl.decode import decode
from etl.encodings import find_encoding
from etl.errors import Rejection
from etl.tables import read_table

MENU = b"Home\nNews\nSport\nContact us\n"
FOOTER = b"\nTerms and conditions apply. Follow us for more.\n"


def _texts() -> list[tuple[str, str, str]]:
    """language, encoding and text of each row of texts in older encodings."""
    path = Path(__file__).parents[1] / "golden" / "older_encodings.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        (row["language"], encoding, row["text"])
        for row in rows
        for encoding in row["encodings"].split(";")
    ]


@pytest.mark.parametrize(("language", "encoding", "text"), _texts())
def test_a_text_in_an_older_encoding_is_read(language: str, encoding: str, text: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(("language", "encoding", "text"), _texts())
def test_a_menu_in_english_misleads_nobody(language: str, encoding: str, text: str) -> None:
    found = decode(MENU + text.encode(encoding) + FOOTER)
    assert found == MENU.decode() + text + FOOTER.decode()


@pytest.mark.parametrize(
    "raw",
    [
        # Kazakh letters in an encoding that hardly anything else is in.
        "Ақтау порты басқармасы жаңа айлақ ашылатынын хабарлады. Төраға қуанды.".encode("ptcp154"),
        "სუვის პორტის საბჭო".encode().translate(bytes([*range(128), *range(255, 127, -1)])),
        "Zarząd ogłosił, że więcej się".encode("cp1250").translate(
            bytes([*range(128), *range(255, 127, -1)])
        ),
    ],
)
def test_what_is_unsure_is_no_text(raw: bytes) -> None:
    outcome = decode(raw)
    assert isinstance(outcome, Rejection)
    assert outcome.rule == "undecodable"


@pytest.mark.parametrize(
    "text",
    [
        "The harbour board of Suva said the “new” berth – Café Zoë’s – would open.",
        "José Muñoz and Zoë Brontë met Jürgen Groß at a café in São Tomé",
        "Temperatures of 31° and 5½ m of rain: £3, €4 or 10¢; © Lyre Post",
        "Ana Žižek",
        "The river Čadež",
    ],
)
def test_western_text_stays_western(text: str) -> None:
    """One letter that another encoding has too is no evidence against Windows-1252."""
    raw = text.encode("cp1252", errors="ignore")
    assert find_encoding(raw) == "cp1252"


def test_two_letters_of_its_own_tell_an_encoding_and_one_does_not() -> None:
    polish = "Zarzad portu oglosil, ze nowe nabrzeze zostanie dzis otwarte dla statkow, {}"
    assert find_encoding(polish.format("więcej się").encode("cp1250")) == "cp1250"
    assert find_encoding(polish.format("więcej sie").encode("cp1250")) == "cp1252"


def test_a_file_cut_in_the_middle_of_a_character_is_read() -> None:
    text = "부산 항만공사는 새 부두가 장마 전에 선박에 개방될 것이라고 발표했다"
    found = decode(text.encode("euc_kr")[:-1])
    assert found == text[:-1]


@pytest.mark.parametrize("before", [b"", b"<meta charset=utf-8>", b"# coding: utf-8\n"])
def test_bytes_that_are_no_text_are_of_no_encoding_or_of_one_that_is_known(before: bytes) -> None:
    """Whatever their number, also where they say that they are UTF-8."""
    known = {None, *read_table("encodings.csv")["encoding"].str.replace_all("-", "_")}
    for byte in range(128, 256):
        for count in (1, 2, 5):
            found = find_encoding(before + bytes([byte]) * count)
            assert found is None or found.replace("-", "_") in known
