"""Stories, copies and versions follow from the set of articles, not from the order of nights."""

import random

import pytest
from linked_file import LINKED, Piece, bring, empty_file, linked_rows

EVENTS = 6
NIGHTS = 3
WORDS = [f"word{number}" for number in range(60)]
PEOPLE = ["Ada Moss", "Ben Orr", "Cleo Dunn", "Dan Pike", "Eva Lund", "Flo Reyes", "Gus Hart"]


def some_pieces(seed: int, count: int = 40) -> list[Piece]:
    """Articles on a few events with people and words in common, some copied, some corrected."""
    dice = random.Random(seed)
    made: list[Piece] = []
    for number in range(count):
        event = dice.randrange(EVENTS)
        start = event * 3
        body = " ".join(WORDS[(event * 9 + dice.randrange(14)) % 60] for _ in range(130))
        url = None
        if made and dice.random() < 0.35:
            model = dice.choice(made)
            body = f"{model.body} {dice.choice(WORDS)}"
            url = model.url if dice.random() < 0.5 else None
        made.append(
            Piece(
                article_id=f"{dice.randrange(16**6):06x}-{number}",
                day=start + dice.choice((0, 0, 1, 2, 5, 13, 20, 40)),
                night=dice.randrange(NIGHTS),
                title=" ".join(dice.sample(WORDS[event * 9 : event * 9 + 9], 4)),
                body=body,
                url=url or f"https://news.example/{dice.randrange(30)}",
                persons=tuple(dice.sample(PEOPLE[event : event + 2], dice.randrange(3))),
                places=(f"Town {event // 2}",) if dice.random() < 0.8 else (),
                organisations=("The Council",) if dice.random() < 0.3 else (),
            )
        )
    return made


def test_the_articles_of_these_tests_are_linked_in_every_way() -> None:
    con = empty_file()
    for seed in range(3):
        bring(con, some_pieces(seed), range(NIGHTS))
        tables = linked_rows(con)
        assert all(tables[name].height for name in LINKED), seed
        assert 1 < tables["stories"].height < tables["articles"].height


SEEDS = (0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 4)))


@pytest.mark.parametrize("seed", SEEDS)
def test_stories_are_the_same_in_whatever_order_nights_come(seed: int) -> None:
    pieces = some_pieces(seed)
    dice = random.Random(seed)
    at_once = empty_file()
    bring(at_once, pieces, range(NIGHTS))
    in_turn = empty_file()
    for night in dice.sample(range(NIGHTS), NIGHTS):
        bring(in_turn, pieces, [night])
    assert_same(at_once, in_turn)


@pytest.mark.parametrize("seed", SEEDS)
def test_stories_forget_an_article_that_is_taken_out(seed: int) -> None:
    pieces = some_pieces(seed)
    dice = random.Random(seed)
    left = [piece for piece in pieces if dice.random() < 0.85]
    at_once, after = empty_file(), empty_file()
    bring(at_once, left, range(NIGHTS))
    bring(after, pieces, range(NIGHTS))
    for night in dice.sample(range(NIGHTS), NIGHTS):
        bring(after, left, [night])
    assert_same(at_once, after)


def test_other_code_links_all_articles_anew() -> None:
    pieces = some_pieces(3)
    con = empty_file()
    bring(con, pieces, range(NIGHTS), version="old")
    con.execute("UPDATE articles SET story_id = (SELECT min(article_id) FROM articles)")
    bring(con, pieces, [0], version="new")
    fresh = empty_file()
    bring(fresh, pieces, range(NIGHTS), version="new")
    assert_same(fresh, con)


def assert_same(one: object, other: object) -> None:
    expected, found = linked_rows(one), linked_rows(other)  # type: ignore[arg-type]
    for name in LINKED:
        assert expected[name].equals(found[name]), name
