"""One name, one label; and names that are found again."""

from article_states import mentions_after

from etl.extract.mentions import Mention
from etl.extract.passes.label_agreement import agree_on_labels
from etl.extract.passes.repeated_mentions import add_repetitions
from etl.extract.text.occurrences import find_occurrences


def mentions(text: str, *spans: tuple[str, str, str]) -> list[Mention]:
    """One mention per (words, label, method), each behind the one before it."""
    found, behind = [], 0
    for words, label, method in spans:
        start = text.index(words, behind)
        behind = start + len(words)
        found.append(Mention("body", start, behind, words, label, words, None, method, 0.8))
    return found


def agreed(text: str, *spans: tuple[str, str, str]) -> list[str]:
    """The labels of the mentions after they agree."""
    return [m.label for m in mentions_after(agree_on_labels, mentions(text, *spans), body=text)]


def test_a_part_of_a_full_name_is_that_person() -> None:
    text = "Zorana Madani spoke. Later Madani left."
    spans = ("Zorana Madani", "PERSON", "statistical"), ("Madani", "NORP", "statistical")
    assert agreed(text, *spans) == ["PERSON", "PERSON"]


def test_a_firm_that_bears_a_persons_name_stays_one() -> None:
    text = "Piet Brouwer of Brouwer Motors said Brouwer would close."
    spans = (
        ("Piet Brouwer", "PERSON", "statistical"),
        ("Brouwer Motors", "ORG", "statistical"),
        ("Brouwer", "ORG", "statistical"),
    )
    assert agreed(text, *spans) == ["PERSON", "ORG", "ORG"]


def test_most_of_the_mentions_decide_and_rules_before_all() -> None:
    text = "Velatec grew. Velatec rose. Velatec fell. Velatec left."
    spans = [("Velatec", label, "statistical") for label in ("PERSON", "ORG", "ORG")]
    assert agreed(text, *spans) == ["ORG"] * 3
    assert agreed(text, *spans, ("Velatec", "PERSON", "title_rule")) == ["PERSON"] * 4


def test_names_found_once_are_found_again_where_nothing_stands() -> None:
    body, title = "Velatec grew. Shares of Velatec rose, not of Velatecs.", "Velatec Up"
    found = mentions(body, ("Velatec", "ORG", "statistical"))
    again = mentions_after(add_repetitions, found, title=title, body=body)
    assert [(m.field, m.start, m.label) for m in again] == [
        ("body", 0, "ORG"),
        ("body", 24, "ORG"),
        ("title", 0, "ORG"),
    ]


def test_a_name_is_not_found_again_inside_another() -> None:
    text = "Velatec grew. Velatec Sud fell."
    found = mentions(text, ("Velatec", "ORG", "statistical"), ("Velatec Sud", "PLACE", "city"))
    assert mentions_after(add_repetitions, found, body=text) == found


def test_the_longest_name_wins_and_words_stay_whole() -> None:
    text = "New Velatec-Sud met Velatec Sud and Velatec."
    spans = [text[a:b] for a, b in find_occurrences(text, ["Velatec", "Velatec Sud"])]
    assert spans == ["Velatec Sud", "Velatec"]


def test_a_name_that_the_end_cuts_is_the_shorter_one() -> None:
    text = "Velatec Sud met Velatec"
    spans = [text[a:b] for a, b in find_occurrences(text, ["Velatec", "Velatec Sud", "Velatec, S"])]
    assert spans == ["Velatec Sud", "Velatec"]
    assert list(find_occurrences("Velatec S", ["Velatec S", "Velatec Sud"])) == [(0, 9)]
    assert list(find_occurrences("New Velatec", ["Velatec", "Velatec Sud"])) == [(4, 11)]
    assert list(find_occurrences("Velatec S", ["Velatec", "Velatec S", "Velatec Sud"])) == [(0, 9)]
    assert list(find_occurrences("Ana Kow", ["Ana Kow", "Ana Kowalski"])) == [(0, 7)]
