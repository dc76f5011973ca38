"""Paths as text: any bytes come back, and no two paths have one text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.landing.paths import path_of_text, text_of_path

# Names that bring together what the encoding itself is made of.
PIECES = st.sampled_from([b"\\", b"x", b"f", b"5c", b"ff", b"\xff", b"\xc3\xa9", b"\xed\xa0\x80"])
NAMES = st.lists(PIECES, max_size=8).map(b"".join) | st.binary(max_size=20)


@pytest.mark.parametrize(
    "path", ["a.txt", "2024/01/caf\u00e9.txt", "a\\b.txt", "C:\\x.txt", "\\xg0"]
)
def test_an_ordinary_path_is_its_own_text(path: str) -> None:
    assert text_of_path(path.encode()) == path


def test_a_byte_and_the_letters_that_name_it_are_two_texts() -> None:
    assert text_of_path(b"col\xff.txt") == "col\\xff.txt"
    assert text_of_path(b"col\\xff.txt") == "col\\x5cxff.txt"


@given(NAMES)
def test_every_path_comes_back(path: bytes) -> None:
    assert path_of_text(text_of_path(path)) == path


@given(NAMES, NAMES)
def test_a_path_is_encoded_name_by_name(folder: bytes, name: bytes) -> None:
    assert text_of_path(folder + b"/" + name) == f"{text_of_path(folder)}/{text_of_path(name)}"
