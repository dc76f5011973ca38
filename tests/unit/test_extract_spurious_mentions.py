"""What is no name at all is dropped, and names like it are kept."""

import pytest
from article_states import mentions_after

from etl.extract.mentions import Mention
from etl.extract.passes.spurious_mentions import drop_spurious_mentions


def guess(text: str, word: str, label: str) -> Mention:
    """A span of the model."""
    start = text.index(word)
    end = start + len(word)
    return Mention("body", start, end, word, label, word, None, "statistical", 0.8)


@pytest.mark.parametrize(
    ("body", "word", "label"),
    [
        ("NOTE: Company paid.", "NOTE", "PLACE"),
        ("Note - Company is full.", "Note - Company", "ORG"),
        ("It paid.\nQtly div 22 cts", "Qtly", "PERSON"),
        ("Markets Wrap: shares fall", "Markets Wrap", "PERSON"),
        ("He wrote on X that it rains.", "X", "PERSON"),
        ("Velatec <VLT.DE> rose.", "VLT.DE", "PLACE"),
        ("Then Co Inc paid.", "Co Inc", "ORG"),
        ("Furthermore it rains.", "Furthermore", "PERSON"),
        ("Silver fell, and silver will fall.", "Silver", "PERSON"),
        ("He sold at 413p today.", "413p", "PLACE"),
        ("An MD-11 landed.", "MD-11", "PERSON"),
        ("THEY’VE left.", "THEY’VE", "PLACE"),
        ("The Lead Portfolio Manager sold.", "Portfolio", "PERSON"),
        ("They paid in Zloty again.", "Zloty", "PLACE"),
        ("Boats left. Harbor traffic grew.", "Harbor", "PLACE"),
        ("Wood, he said, is dear.", "Wood", "PERSON"),
        ("Beekeepers lost hives.", "Beekeepers", "NORP"),
        ("Ven. Okafor prayed.", "Ven", "PLACE"),
    ],
)
def test_what_is_no_name_is_dropped(body: str, word: str, label: str) -> None:
    assert mentions_after(drop_spurious_mentions, [guess(body, word, label)], body=body) == []


@pytest.mark.parametrize(
    ("body", "word", "label"),
    [
        ("Velatec rose.", "Velatec", "ORG"),
        ("Trump left.", "Trump", "PERSON"),
        ("The Fur fled.", "Fur", "NORP"),
        ("Okafor: we go on.", "Okafor", "PERSON"),
        ("Wood, who runs a mill, left.", "Wood", "PERSON"),
        ("Mark fell ill.", "Mark", "PERSON"),
        ("Highlanders met.", "Highlanders", "NORP"),
    ],
)
def test_names_are_kept(body: str, word: str, label: str) -> None:
    mention = guess(body, word, label)
    assert mentions_after(drop_spurious_mentions, [mention], body=body) == [mention]


def test_a_ticker_is_no_evidence_of_a_country() -> None:
    body = "Velatec <BRIT.L> rose."
    mention = Mention("body", 9, 13, "BRIT", "NORP", "British", "GB", "demonym", 0.95)
    assert mentions_after(drop_spurious_mentions, [mention], body=body) == []
