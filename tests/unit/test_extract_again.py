"""One name, one label; and names that are found again."""

from etl.extract.again import agree, find_again, find_uses
from etl.extract.entities import Mention


def mention(text: str, words: str, label: str, *, method: str = "statistical") -> Mention:
    start = text.index(words)
    return Mention("body", start, start + len(words), words, label, words, None, method, 0.8)


def test_a_part_of_a_full_name_is_that_person() -> None:
    text = "Zorana Madani spoke. Later Madani left."
    found = [mention(text, "Zorana Madani", "PERSON"), mention(text[21:], "Madani", "NORP")]
    assert [m.label for m in agree(found)] == ["PERSON", "PERSON"]


def test_a_firm_that_bears_a_persons_name_stays_one() -> None:
    text = "Piet Brouwer of Brouwer Motors said Brouwer would close."
    found = [
        mention(text, "Piet Brouwer", "PERSON"),
        mention(text, "Brouwer Motors", "ORG"),
        Mention("body", 36, 43, "Brouwer", "ORG", "Brouwer", None, "statistical", 0.8),
    ]
    assert [m.label for m in agree(found)] == ["PERSON", "ORG", "ORG"]


def test_most_of_the_mentions_decide_and_rules_before_all() -> None:
    text = "Velatec"
    three = [mention(text, "Velatec", label) for label in ("PERSON", "ORG", "ORG")]
    assert {m.label for m in agree(three)} == {"ORG"}
    ruled = [*three, mention(text, "Velatec", "PERSON", method="title_rule")]
    assert {m.label for m in agree(ruled)} == {"PERSON"}


def test_names_found_once_are_found_again_where_nothing_stands() -> None:
    text = "Velatec grew. Shares of Velatec rose, not of Velatecs."
    again = find_again([mention(text, "Velatec", "ORG")], {"body": text, "title": "Velatec Up"})
    assert sorted((m.field, m.start, m.label) for m in again) == [
        ("body", 24, "ORG"),
        ("title", 0, "ORG"),
    ]


def test_the_longest_name_wins_and_words_stay_whole() -> None:
    text = "New Velatec-Sud met Velatec Sud and Velatec."
    spans = [text[a:b] for a, b in find_uses(text, ["Velatec", "Velatec Sud"])]
    assert spans == ["Velatec Sud", "Velatec"]
