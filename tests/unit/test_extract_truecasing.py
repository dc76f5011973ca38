"""Headlines as the model sees them."""

import pytest
from article_states import state

from etl.extract.text.casing import is_plain
from etl.extract.truecasing import truecase


def shown_as(title: str, body: str) -> str:
    """The title as the model is shown it."""
    article = state({"title": title, "body": body})
    field = article.fields["title"]
    return truecase(field.words, field.casing, body, article.gazetteer)


@pytest.mark.parametrize(
    ("title", "body", "shown"),
    [
        ("Dollar Rises as Chad Votes", "", "Dollar rises as Chad votes"),
        ("EGYPT TEACHES TEACHERS TO SWIM", "", "Egypt teaches teachers to swim"),
        ("Velatec-Led Group Seeks Funds", "", "Velatec-led group seeks funds"),
        ("Bank of Kenya Sees Growth", "", "Bank of Kenya sees growth"),
        ("US Talks on AI Stall Again", "", "US talks on AI stall again"),
        # The body has it as a name, or small.
        ("Crowds Cheer Storm in Final", "Fans of Storm cheered.", "Crowds cheer Storm in final"),
        ("Quokkas Return to Farm", "Two quokkas sat there.", "Quokkas return to farm"),
        # A title in running text stays as it is.
        ("Chad votes while Market sleeps", "", "Chad votes while Market sleeps"),
    ],
)
def test_plain_words_of_a_headline_are_written_small(title: str, body: str, shown: str) -> None:
    assert shown_as(title, body) == shown


def test_the_length_never_changes() -> None:
    title = "STRAẞE İSTANBUL ŒUVRES MÜNCHEN RISES"
    assert len(shown_as(title, "")) == len(title)


def test_other_endings_of_a_plain_word_are_plain() -> None:
    assert is_plain("Farms") and is_plain("farm")
    assert not is_plain("Nairobi")
