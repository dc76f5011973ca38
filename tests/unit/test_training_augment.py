"""Changes to passages: each keeps the spans on the words they were on."""

import random

import pytest

from training import augment
from training.corpus import Rates, to_example, vary
from training.datelines import draw_dateline
from training.passages import LABELS, Passage, parse_marks
from training.templates import JOBS, draw_template, grammar, templates

STORY = parse_marks(
    "Mr. [Brun|PERSON] of [Velatec Group|ORG] met [Ada Serwaa|PERSON] in [Bern|PLACE]. "
    '"[Swiss|NORP] '
    "farmers need [Kenya|PLACE],\" [Serwaa|PERSON] said. It's late."
)


def labels(passage: Passage) -> list[str]:
    return [span.label for span in passage.spans]


def words(passage: Passage) -> list[str]:
    return [passage.words(span) for span in passage.spans]


def test_swapped_person_is_the_same_at_each_mention() -> None:
    swapped = words(augment.swap_people(STORY, random.Random(1)))
    assert swapped[2] != "Ada Serwaa"
    assert swapped[6] in swapped[2]


def test_swapping_people_leaves_the_rest() -> None:
    swapped = words(augment.swap_people(STORY, random.Random(1)))
    assert [swapped[1], *swapped[3:5]] == ["Velatec Group", "Bern", "Swiss"]


def test_honorific_goes_with_its_space() -> None:
    assert augment.drop_honorifics(STORY).text.startswith("Brun of Velatec")


def test_quotes_curl_both_ways() -> None:
    text = augment.curl_quotes(STORY).text
    assert "“Swiss farmers need Kenya,” Serwaa" in text
    assert "It’s late" in text


@pytest.mark.parametrize("change", [augment.curl_quotes, augment.to_capitals])
def test_same_words_stay_labelled(change: object) -> None:
    changed = change(STORY)  # type: ignore[operator]
    assert [w.casefold() for w in words(changed)] == [w.casefold() for w in words(STORY)]


def test_title_case_keeps_small_words_and_drops_the_stop() -> None:
    headline = augment.to_title_case(parse_marks("[Ada|PERSON] walks out of court."))
    assert headline.text == "Ada Walks Out of Court"


@pytest.mark.parametrize("seed", range(30))
def test_dateline_has_places_or_an_agency_and_no_slot_left(seed: int) -> None:
    dateline = draw_dateline(random.Random(seed))
    assert set(labels(dateline)) <= {"PLACE", "ORG"} and dateline.spans
    assert "{" not in dateline.text


@pytest.mark.parametrize("seed", range(40))
def test_varied_passage_has_sorted_disjoint_spans_of_words(seed: int) -> None:
    varied = vary(STORY, random.Random(seed), Rates())
    ends = 0
    for span in varied.spans:
        assert ends <= span.start < span.end <= len(varied.text)
        assert varied.words(span) == varied.words(span).strip()
        ends = span.end


@pytest.mark.parametrize("seed", range(60))
def test_template_is_filled(seed: int) -> None:
    passage = draw_template(random.Random(seed))
    assert not set("{}[]#") & set(passage.text)
    assert set(labels(passage)) <= {*LABELS, "?"}


def test_held_out_templates_are_not_trained_on() -> None:
    assert set(templates("train")).isdisjoint(templates("held_out"))


def test_nested_slots_and_jobs_are_read() -> None:
    assert {"who", "they", "where"} <= set(grammar())
    assert all(job == job.lower() for job in JOBS)


def test_span_that_no_tokens_match_is_missing_not_wrong() -> None:
    import spacy

    example = to_example(spacy.blank("en"), parse_marks("[U.S.|PLACE]-led [Velatec|ORG] [X|?] won"))
    assert [(ent.text, ent.label_) for ent in example.reference.ents] == [("Velatec", "ORG")]
    assert [token.ent_iob for token in example.reference] == [0, 3, 0, 2]
