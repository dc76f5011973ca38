"""Cutting a text into words: every list tells the same of the same text."""

import re

from hypothesis import given
from hypothesis import strategies as st

from etl.extract.text.tokens import WORD, fold, split_words

TEXTS = st.text(st.sampled_from("aÉßŁ1_ .\n-'‘ʻ中\u0301") | st.characters(), max_size=60)


@given(TEXTS)
def test_words_and_gaps_make_up_the_text(text: str) -> None:
    words = split_words(text)
    assert [text[a:b] for a, b in zip(words.starts, words.ends, strict=True)] == words.words
    between = [text[a:b] for a, b in zip(words.ends, [*words.starts[1:], None], strict=False)]
    assert [gap.replace("ʻ", "‘") for gap in between[:-1]] == words.gaps[:-1]
    assert words.gaps[-1:] in ([], [""])
    assert len(words.gaps) == len(words.keys) == len(words)
    head = text[: words.starts[0]] if words.words else text
    tail = text[words.ends[-1] :] if words.words else ""
    assert WORD.search(head) is None
    assert WORD.search(tail) is None


@given(TEXTS)
def test_a_word_is_a_run_of_letters_and_digits(text: str) -> None:
    words = split_words(text)
    assert words.words == WORD.findall(re.sub(r"(?<=[^\W_])ʻ(?=[^\W_])", "‘", text))
    assert words.keys == [fold(word) for word in words.words]
    assert words.capitals == [i for i, word in enumerate(words.words) if word[0].isupper()]


def test_an_okina_cuts_as_an_apostrophe() -> None:
    assert split_words("Nukuʻalofa, Tonga").words == ["Nuku", "alofa", "Tonga"]
    assert split_words("Nukuʻalofa, Tonga").gaps == ["‘", ", ", ""]
    assert split_words("...").gaps == split_words("").words == []
