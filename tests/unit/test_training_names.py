"""Invented people: the held-out split, particles, the word of the second mention."""

import random

import pytest

from training.cultures import CULTURES, Culture
from training.names import (
    PARTICLES,
    again_of,
    draw_person,
    evaluation_words,
    fold,
    pool,
    strip_diacritics,
)


@pytest.mark.parametrize("culture", CULTURES, ids=lambda culture: culture.name)
def test_every_culture_has_given_names_in_both_splits(culture: Culture) -> None:
    assert pool(culture.name, "given", "train")


@pytest.mark.parametrize("part", ["given", "family"])
def test_splits_share_no_name(part: str) -> None:
    for culture in ("arabic", "hindi", "nigerian"):
        train, held_out = pool(culture, part, "train"), pool(culture, part, "held_out")
        assert set(train).isdisjoint(held_out)


def test_names_of_the_evaluation_set_are_never_drawn_for_training() -> None:
    words = {
        word
        for culture in CULTURES
        for part in ("given", "family")
        for name in pool(culture.name, part, "train")
        for word in fold(name).replace("-", " ").replace("'", " ").split()
    }
    assert words & evaluation_words() - PARTICLES == set()


def test_same_seed_draws_the_same_people() -> None:
    one, other = random.Random(3), random.Random(3)
    assert [draw_person(one) for _ in range(50)] == [draw_person(other) for _ in range(50)]


@pytest.mark.parametrize(
    ("full", "again", "index"),
    [
        ("Ilse van der Brink", "van der Brink", -1),
        ("Ahmed al-Basri", "al-Basri", -1),
        ("Wang Xiaoming", "Wang", 0),
        ("Suparto", "Suparto", 0),
    ],
)
def test_second_mention(full: str, again: str, index: int) -> None:
    assert again_of(full, Culture("x", 1.0, ("g f",), index)) == again


def test_diacritics_can_go() -> None:
    assert strip_diacritics("Łukasz Şahin Đặng Øst") == "Lukasz Sahin Dang Ost"
