"""Scores of names without a country: what is known of them, and what is too doubtful.

The articles are invented, and so are the weights of the tests of the arithmetic.
"""

from collections import Counter
from dataclasses import replace
from math import exp

import pytest
from article_states import state

from bench.calibration import FEATURES, fit, score_unseen
from bench.calibration_page import reliability
from bench.judged_mentions import Judged
from etl.extract import Extractor
from etl.extract.calibration import CHANCES, UNTOLD, calibrated_score, features, read_known
from etl.extract.mentions import Mention
from etl.extract.passes.calibrated_scores import LEAST_SCORE, score_names
from etl.schema import LABELS
from etl.tables import read_table


def named(
    text: str, words: str, label: str, *, method: str = "statistical", code: str | None = None
) -> Mention:
    start = text.index(words)
    return Mention("body", start, start + len(words), words, label, words, code, method, 0.8)


def told(text: str, *found: Mention, modelled: tuple[Mention, ...] = ()) -> set[str]:
    """The features of the first mention."""
    article = state({"body": text}, found)
    article.modelled = list(modelled)
    return set(features(found[0], article, read_known(article)))


def scored(text: str, *found: Mention, modelled: tuple[Mention, ...]) -> list[Mention]:
    article = state({"body": text}, found)
    article.modelled = list(modelled)
    score_names(article)
    return list(article.mentions)


TEXT = (
    "The envoy Omari Velkan met Velkan Trading in Port Osk Bay, "
    "and Velkan said nothing came of that."
)


def test_what_found_a_name_tells() -> None:
    person = named(TEXT, "Omari Velkan", "PERSON")
    assert "model_alone" in told(TEXT, person)
    by_rule = named(TEXT, "Omari Velkan", "PERSON", method="title_rule")
    assert {"model_alone", "model_and_rule"} & told(TEXT, by_rule) == set()
    assert "model_and_rule" in told(TEXT, by_rule, modelled=(person,))
    other = named(TEXT, "Omari Velkan", "ORG")
    assert "model_and_rule" not in told(TEXT, by_rule, modelled=(other,))


def test_how_sure_the_model_is_tells() -> None:
    person = named(TEXT, "Omari Velkan", "PERSON")
    assert UNTOLD in told(TEXT, person)
    sure, unsure = (replace(person, chance=chance) for chance in (0.96, 0.3))
    assert {"chance_50", "chance_70", "chance_85", "chance_95"} <= told(TEXT, sure)
    assert {"chance_99", UNTOLD} & told(TEXT, sure) == set()
    assert {*CHANCES, UNTOLD} & told(TEXT, unsure) == set()
    by_rule = named(TEXT, "Omari Velkan", "PERSON", method="title_rule")
    assert "chance_95" in told(TEXT, by_rule, modelled=(sure,))
    assert UNTOLD in told(TEXT, by_rule, modelled=(person,))
    assert {*CHANCES, UNTOLD} & told(TEXT, by_rule) == set()


def test_longer_names_and_a_second_mention_tell() -> None:
    bare = Mention("body", 63, 69, "Velkan", "PERSON", "Omari Velkan", None, "title_rule", 0.8)
    full, firm = named(TEXT, "Omari Velkan", "PERSON"), named(TEXT, "Velkan Trading", "ORG")
    assert TEXT[63:69] == bare.text
    assert {"in_longer", "in_other", "twice", "one_word"} <= told(TEXT, bare, full, firm)
    assert {"in_longer", "in_other", "twice"} & told(TEXT, bare) == set()


def test_words_around_it_tell() -> None:
    assert {"located", "feature"} <= told(TEXT, named(TEXT, "Port Osk Bay", "PLACE"))
    assert {"located", "goes_on"} <= told(TEXT, named(TEXT, "Port", "PLACE"))
    assert "begins_late" in told(TEXT, named(TEXT, "Osk Bay", "PLACE"))
    assert "opens" not in told(TEXT, named(TEXT, "Omari Velkan", "PERSON"))


def test_in_a_headline_the_capitals_beside_a_name_tell_nothing() -> None:
    title = "Omari Velkan Meets Traders"
    found = Mention("title", 0, 5, "Omari", "PERSON", "Omari", None, "statistical", 0.8)
    article = state({"title": title}, [found])
    assert "goes_on" not in set(features(found, article, read_known(article)))


def test_the_score_is_the_logistic_of_the_weights() -> None:
    person = named(TEXT, "Omari Velkan", "PERSON")
    article = state({"body": TEXT}, [person])
    known = read_known(article)
    rows = read_table("mention_scores.csv").filter(label="PERSON")
    weights = {row["feature"]: float(row["weight"]) for row in rows.iter_rows(named=True)}
    total = sum(weights.get(name, 0.0) for name in ["", *features(person, article, known)])
    assert calibrated_score(person, article, known) == round(1 / (1 + exp(-total)), 3)


def test_the_table_explains_every_feature() -> None:
    rows = read_table("mention_scores.csv")
    assert set(rows["label"]) == set(LABELS)
    assert dict(rows.select("feature", "description").iter_rows()).items() <= FEATURES.items()
    assert Counter(rows["feature"])[""] == len(LABELS)


def test_what_is_too_doubtful_goes_and_all_else_is_scored() -> None:
    text = "WILL Harlan Down Sales, she asked. Omari Velkan met her."
    phantom = named(text, "WILL", "PLACE")
    person = named(text, "Omari Velkan", "PERSON")
    left = scored(text, phantom, person, modelled=(phantom, person))
    assert [m.text for m in left] == ["Omari Velkan"]
    assert LEAST_SCORE <= left[0].score != 0.8


def test_evidence_of_a_country_keeps_its_score() -> None:
    text = "They met in Norway."
    country = named(text, "Norway", "PLACE", method="country_name", code="NO")
    assert scored(text, country, modelled=(country,)) == [country]


def test_where_no_model_has_read_it_the_rules_keep_their_scores() -> None:
    person = named(TEXT, "Omari Velkan", "PERSON", method="title_rule")
    assert scored(TEXT, person, modelled=()) == [person]
    other = named(TEXT, "Velkan Trading", "ORG")
    assert scored(TEXT, person, modelled=(other,))[0].score != person.score


@pytest.mark.parametrize(
    ("title", "phantom"),
    [
        ("Could Harlan Budget Vote Sink Minister?", "Could Harlan"),
        ("Why Rising Prices Hurt", "Why Rising"),
    ],
)
def test_a_headline_yields_no_phantoms(extractor: Extractor, title: str, phantom: str) -> None:
    body = "The vote on the budget is on Monday, the minister said in Kenya."
    row = {"title": title, "dateline": None, "body": body, "language_code": "en"}
    (found,) = extractor.find_mentions([row])
    assert phantom not in {m.text for m in found}


# -- the fit ------------------------------------------------------------------------------------


def judged(fold: int, is_right: bool, *told: str) -> Judged:
    return Judged(fold, "PERSON", "statistical", frozenset(told), True, 0.8, is_right)


def sample() -> list[Judged]:
    """Of 1,000 plain ones 9 in 10 are right, of 1,000 shouted ones 3 in 10."""
    plain = [judged(n % 10, n % 10 != (n // 10) % 10) for n in range(1000)]
    return plain + [judged(n % 10, (n + n // 10) % 10 < 3, "capitals") for n in range(1000)]


def test_the_fit_finds_the_shares() -> None:
    weights = fit(sample())
    assert 1 / (1 + exp(-weights[""])) == pytest.approx(0.9, abs=0.02)
    assert 1 / (1 + exp(-weights[""] - weights["capitals"])) == pytest.approx(0.3, abs=0.02)
    assert set(weights) == {"", "capitals"}


def test_a_model_that_tells_of_no_chance_keeps_the_mean() -> None:
    """Of 900 sure ones 9 in 10 are right, of 100 unsure ones 1 in 10: 82 in 100 of all."""
    sure = [judged(0, n % 10 > 0, "model_alone", "chance_50") for n in range(900)]
    weights = fit([*sure, *(judged(0, n % 10 == 0, "model_alone") for n in range(100))])
    assert weights["chance_50"] > 2
    total = sum(weights[name] for name in ("", "model_alone", UNTOLD))
    assert 1 / (1 + exp(-total)) == pytest.approx(0.82, abs=0.01)


def test_reliability_is_told_of_mentions_that_the_fit_has_not_seen() -> None:
    scored = score_unseen(sample())
    assert len(scored) == 2000
    (_, low, low_mean, low_right), (_, high, high_mean, high_right) = reliability(scored)
    assert (low, high) == (1000, 1000)
    assert (low_mean, high_mean) == (pytest.approx(0.3, abs=0.05), pytest.approx(0.9, abs=0.05))
    assert (low_right, high_right) == (pytest.approx(0.3), pytest.approx(0.9))


@pytest.mark.parametrize(("count", "rows"), [(150, 2), (149, 1)])
def test_a_range_of_few_mentions_is_joined(count: int, rows: int) -> None:
    few = [(judged(0, is_right=True), 0.35)] * count
    assert len(reliability([*few, *[(judged(0, is_right=True), 0.95)] * 150])) == rows
