"""What a place's surroundings add and take, and from where on: the table of docs/countries.md.

What belongs here: figures and their thresholds, on invented places whose own score is known.
What does not: which words are cues, and real names (test_extract_countries.py).
"""

from dataclasses import replace
from math import log

import pytest
from article_states import mentions_after, read_by_rules

from etl.extract.countries import Country, features, rank_countries
from etl.extract.gazetteer.candidates import Candidate, city_score
from etl.extract.gazetteer.dictionary import Gazetteer
from etl.extract.mentions import Mention
from etl.extract.passes.repeated_mentions import add_repetitions
from etl.extract.passes.surname_mentions import add_surnames

TOWN = Candidate("Velmar", "PLACE", "city", "FR", 0.6, population=200_000)


def place(name: str, **changes: object) -> tuple[str, Candidate]:
    return name.lower(), TOWN._replace(name=name, **changes)  # type: ignore[arg-type]


PLACES = (
    place("Velmar"),
    place("Ostrel", population=100_000),
    place("Oskrel", population=99_999),
    place("Minbel", population=15_000),
    place("Minkel", population=14_999),
    place("Nizel", is_word=True),
    place("Gradel", is_word=True, population=2_000_000),
    place("Gradek", is_word=True, population=1_999_999),
    place("Jaxel", is_person=True),
    place("Jaxek", is_person=True, population=2_000_000),
    place("Kapel", is_person=True, method="capital", score=0.85),
    place("Kapek", is_person=True, method="capital", score=0.84),
    place("Borvel", population=500_000),
    place("Borvek", population=499_999),
    place("Stavel", subdivision="A1", score=0.5),
    place("Stavek", subdivision="A1", method="subdivision", score=0.9),
    place("Stavem", subdivision="A1", method="subdivision", score=0.9),
    place("Firvel", method="subdivision", score=0.85),
    place("Firvek", method="subdivision", score=0.84),
    place("Lowvel", score=0.45),
)
RIVALS = {
    "close": (TOWN, TOWN._replace(country_code="ES", score=0.51)),
    "apart": (TOWN, TOWN._replace(country_code="ES", score=0.49)),
    "firm": (TOWN._replace(score=0.85), TOWN._replace(country_code="ES", score=0.84)),
    "same": (TOWN._replace(subdivision="A1"), TOWN._replace(subdivision="A2", score=0.59)),
}


@pytest.fixture(scope="module")
def invented(gazetteer: Gazetteer) -> Gazetteer:
    """The shipped tables with the invented places; Belgium's only neighbour is France."""
    known = {key: (candidate,) for key, candidate in PLACES}
    known |= {f"riv{name}": candidates for name, candidates in RIVALS.items()}
    return replace(
        gazetteer,
        candidates={**gazetteer.candidates, **known},
        longest={**gazetteer.longest, **dict.fromkeys(known, 1)},
        neighbours={"BE": frozenset({"FR"})},
        cues={"gendel": ("FR",), "zuxel": ("FR",), "mirel": ("FR",), "pelar": ("FR",),
              "lakhel": ("IN",), "crorel": ("IN",)},
        cues_by_word={w: frozenset({w})
                      for w in ("gendel", "zuxel", "mirel", "pelar", "lakhel", "crorel")},
    )  # fmt: skip


def score_of(gazetteer: Gazetteer, name: str, body: str, **fields: str) -> float | None:
    texts = {**fields, "body": body}
    found = read_by_rules(gazetteer, **texts)
    return next((m.score for m in found if m.text == name), None)


ALONE = [
    # What a place has by itself: less for a small one that nothing speaks for.
    ("Velmar", "They left Velmar.", 0.6),
    ("Ostrel", "They left Ostrel.", 0.6),
    ("Oskrel", "They left Oskrel.", 0.5),
    ("Minbel", "They left Minbel.", 0.5),
    ("Minkel", "They left Minkel.", 0.4),
    # A preposition, a direction.
    ("Velmar", "They met in Velmar.", 0.7),
    ("Oskrel", "They met in Oskrel.", 0.7),
    ("Minkel", "They met in Minkel.", 0.5),
    ("Velmar", "They left central Velmar.", 0.7),
    # A word, but for a metropolis; less of one behind "to".
    ("Nizel", "They met in Nizel.", 0.7),
    ("Nizel", "They went to Nizel.", 0.425),
    ("Nizel", "They left Nizel.", None),  # 0.25 is below the floor of 0.35
    ("Gradel", "They left Gradel.", 0.6),
    ("Gradek", "They went to Gradek.", 0.425),
    # A person's name, but for a metropolis or a firm capital.
    ("Jaxel", "They left Jaxel.", None),
    ("Jaxel", "They met in Jaxel.", 0.7),
    ("Jaxek", "They left Jaxek.", 0.6),
    ("Kapel", "They left Kapel.", 0.85),
    ("Kapek", "They left Kapek.", 0.54),
    # Things named after a place.
    ("Firvel", "They left Firvel Road.", 0.4),
    ("Firvel", "They left Firvel road.", 0.85),
    ("Velmar", "They left Velmar Park.", 0.45),
    ("Firvel", "They left Lake Firvel.", 0.5),
    # A word in capitals in running text, but for a big city.
    ("BORVEL", "They left the old town of the north and BORVEL.", 0.6),
    ("BORVEK", "They left the old town of the north and BORVEK.", None),
    ("BORVEK", "They left the old town of the no BORVEK.", 0.6),  # within the first forty letters
    # Beside another capital, as persons are, but for a big or firm place.
    ("Borvel", "They left Sorgan Borvel there.", 0.6),
    ("Borvek", "They left Sorgan Borvek there.", None),
    ("Firvel", "They left Sorgan Firvel there.", 0.85),
    ("Firvek", "They left Sorgan Firvek there.", 0.54),
]


@pytest.mark.parametrize(("name", "body", "score"), ALONE)
def test_what_stands_beside_a_place(
    invented: Gazetteer, name: str, body: str, score: float | None
) -> None:
    assert score_of(invented, name, body) == score


TOGETHER = [
    # Another name of the country, and half of that for a doubtful one.
    ("Velmar", "They left Velmar. France paid.", 0.8),
    ("Velmar", "They left Velmar. They left Ostrel.", 0.7),
    ("Velmar", "They left Velmar. They left Velmar.", 0.6),  # never itself
    ("Firvek", "They left Firvek. France paid.", 0.95),  # at most
    # Other names of the same state: up to two.
    ("Stavel", "They left Stavel. They left Stavek.", 0.85),
    ("Stavel", "They left Stavel. They left Stavek. They left Stavem.", 0.95),
    # Words that the press of one country uses: up to three.
    ("Velmar", "They left Velmar by gendel.", 0.7),
    ("Velmar", "They left Velmar by gendel, zuxel.", 0.8),
    ("Lowvel", "They left Lowvel by gendel, zuxel, mirel.", 0.75),
    ("Lowvel", "They left Lowvel by gendel, zuxel, mirel, pelar.", 0.75),
    # Two such words of another country.
    ("Firvel", "They left Firvel by lakhel.", 0.85),
    ("Firvel", "They left Firvel by lakhel, crorel.", 0.55),
    # A neighbour, where the place is not sure anyhow.
    ("Velmar", "They left Velmar. Belgium paid.", 0.64),
    ("Velmar", "They left Velmar. Japan paid.", 0.6),
    ("Firvek", "They left Firvek. Belgium paid.", 0.88),
    ("Firvel", "They left Firvel. Belgium paid.", 0.85),
    # A meaning elsewhere that is nearly as good.
    ("Rivclose", "They left Rivclose.", 0.51),
    ("Rivapart", "They left Rivapart.", 0.6),
    ("Rivfirm", "They left Rivfirm.", 0.85),
    ("Rivsame", "They left Rivsame.", 0.6),
    # Money, wares, speakers.
    ("French", "They paid in French francs.", 0.55),
    ("French", "They ate French sausage.", 0.45),
    ("French", "French said so.", 0.45),
    ("French", "The French said so.", 0.95),
]


@pytest.mark.parametrize(("name", "body", "score"), TOGETHER)
def test_what_the_article_says_of_a_place(
    invented: Gazetteer, name: str, body: str, score: float
) -> None:
    assert score_of(invented, name, body) == score


def test_a_dateline_makes_a_place_surer(invented: Gazetteer) -> None:
    assert score_of(invented, "VELMAR", "It fell.", dateline="VELMAR") == 0.85


@pytest.mark.parametrize(
    ("score", "code"),
    [(0.55, "FR"), (0.549, None), (0.35, None)],
)
def test_from_which_score_a_place_is_evidence(
    invented: Gazetteer, score: float, code: str | None
) -> None:
    named = {**invented.candidates, "velmar": (TOWN._replace(score=score),)}
    (mention,) = read_by_rules(replace(invented, candidates=named), body="They left Velmar.")
    assert (mention.score, mention.country_code) == (score, code)


def test_below_the_floor_a_place_is_none(invented: Gazetteer) -> None:
    named = {**invented.candidates, "velmar": (TOWN._replace(score=0.349),)}
    assert read_by_rules(replace(invented, candidates=named), body="They left Velmar.") == []


@pytest.mark.parametrize(
    ("first", "second", "body", "code"),
    [
        # The article names the country of the second one, which has 100,000 people or more.
        ({}, {"population": 100_000}, "They left Velmar. Spain paid.", "ES"),
        ({}, {"population": 99_999}, "They left Velmar. Spain paid.", "FR"),
        ({"population": 1_999_999}, {}, "They left Velmar. Spain paid.", "ES"),
        ({"population": 2_000_000}, {}, "They left Velmar. Spain paid.", "FR"),
        ({}, {}, "They left Velmar. Spain and France paid.", "FR"),
        ({"method": "subdivision"}, {}, "They left Velmar. Spain paid.", "FR"),
        ({}, {}, "They left Velmar. They left Madral.", "FR"),  # a doubtful name speaks by half
        # Two names of its state.
        ({}, {"subdivision": "B1"}, "They left Velmar. They left Madral. They left Madrel.", "ES"),
    ],
)
def test_a_meaning_that_the_article_speaks_for_goes_first(
    invented: Gazetteer,
    first: dict[str, object],
    second: dict[str, object],
    body: str,
    code: str,
) -> None:
    best = TOWN._replace(score=0.9, **first)  # type: ignore[arg-type]
    other = TOWN._replace(country_code="ES", score=0.5, **second)  # type: ignore[arg-type]
    near = TOWN._replace(country_code="ES", subdivision="B1", population=20_000)
    named = {
        **invented.candidates,
        "velmar": (best, other),
        "madral": (near,),
        "madrel": (near._replace(score=0.9),),
    }
    longest = {**invented.longest, "madral": 1, "madrel": 1}
    gazetteer = replace(invented, candidates=named, longest=longest)
    found = read_by_rules(gazetteer, body=body)
    assert next(m.country_code for m in found if m.text == "Velmar") == code


@pytest.mark.parametrize(
    ("population", "score"),
    [(0, 0.3), (5_000, 0.44), (15_000, 0.5), (200_000, 0.64), (9_000_000, 0.847), (10**8, 0.85)],
)
def test_a_city_by_its_people(population: int, score: float) -> None:
    assert city_score(population) == score


# -- from mentions to countries ------------------------------------------------------------------


def mention(code: str, start: int, *, field: str = "body", score: float = 0.9) -> Mention:
    method = "country_name" if field == "body" else "capital"
    return Mention(field, start, start + 4, "Name", "PLACE", "Name", code, method, score)


def ranked(*mentions: Mention, chars: int = 1_000) -> dict[str, Country]:
    return {
        country.country_code: country for country in rank_countries(list(mentions), chars=chars)
    }


def test_what_the_model_of_salience_looks_at() -> None:
    of_chile = [mention("CL", 0, field="dateline"), mention("CL", 100), mention("CL", 500)]
    of_peru = [mention("PE", 0, field="title"), mention("PE", 700, score=0.5)]
    grouped = {"CL": of_chile, "PE": of_peru}
    crowd = {"bias": 1, "alone": 0, "crowd": log(2), "firm": 0.9, "dateline_only": 0}
    assert features("CL", grouped, 1_000) == pytest.approx(
        {**crowd, "count": log(4), "share": 0.6, "leads": 1, "dateline": 1, "title": 0}
        | {"title_other": 1, "lead": 1, "early": 0.9}
    )
    assert features("PE", grouped, 1_000) == pytest.approx(
        {**crowd, "count": log(2), "share": 0.2, "leads": 1 / 3, "dateline": 0, "title": 1}
        | {"title_other": 0, "lead": 0, "early": 0}
    )
    found = features("CL", {"CL": of_chile[:1]}, 0)
    assert (found["dateline_only"], found["alone"], found["early"], found["lead"]) == (1, 1, 0, 0)


def test_the_lead_are_the_first_300_characters() -> None:
    others = [mention("PE", 500), mention("PE", 600)]
    lead, below = (ranked(mention("CL", start), *others)["CL"].salience for start in (299, 300))
    step = below - ranked(mention("CL", 301), *others)["CL"].salience
    assert lead - below > 5 * step > 0


def test_weak_evidence_counts_for_a_row_but_not_for_salience() -> None:
    def salience(score: float) -> float:
        return ranked(mention("CL", 0), mention("CL", 9, score=score), mention("PE", 500))[
            "CL"
        ].salience

    assert salience(0.6) > salience(0.59) == salience(0.5)


def test_a_name_comes_again_only_if_it_is_long_enough() -> None:
    """A surname of three letters, a bare organisation of four."""
    for surname, count in (("Lin", 2), ("Li", 1)):
        text = f"Amina {surname} met them. {surname} left."
        whole = Mention("body", 0, 6 + len(surname), f"Amina {surname}", "PERSON",
                        f"Amina {surname}", None, "statistical", 0.8)  # fmt: skip
        assert len(mentions_after(add_surnames, [whole], body=text)) == count
    for name, count in (("Vexa", 2), ("Vex", 1)):
        text = f"{name} paid. So {name} left."
        bare = Mention("body", 0, len(name), name, "ORG", name, None, "statistical", 0.8)
        assert len(mentions_after(add_repetitions, [bare], body=text)) == count
