"""Which row of ``places`` a mention means."""

import pytest
from article_states import read_by_rules, shipped_extractor

from etl.reference import load_places


def place_ids(body: str) -> dict[str, str | None]:
    """By its words, the place of each mention of an English body, without a model."""
    return {m.text: m.place_id for m in read_by_rules(shipped_extractor().gazetteer, body=body)}


@pytest.mark.parametrize(
    ("body", "text", "place_id"),
    [
        pytest.param("A ferry left Kenya on Monday.", "Kenya", "KE", id="country"),
        pytest.param("A ferry left the Netherlands.", "Netherlands", "NL", id="with an article"),
        pytest.param("Fog lay over Nairobi.", "Nairobi", "184745", id="capital"),
        pytest.param("Fog lay over Lyon in France.", "Lyon", "2996944", id="town"),
        pytest.param("A mill in Paris, Texas, burnt.", "Paris", "4717560", id="by its qualifier"),
        pytest.param("A mill in Paris, Texas, burnt.", "Texas", "US-TX", id="state"),
        pytest.param("A mill in Austin, Tex., burnt.", "Tex.", "US-TX", id="its abbreviation"),
        pytest.param("Snow fell in Bavaria.", "Bavaria", "DE.02", id="division without ISO code"),
        pytest.param("Snow fell in Tyrol.", "Tyrol", "AT.07", id="division by GeoNames own code"),
        pytest.param("Fog lay over Peking.", "Peking", "1816670", id="alias of a capital"),
        pytest.param("Fog lay over Hawassa.", "Hawassa", "343137", id="as news write it"),
        pytest.param(
            "Fog lay over Nizhny Novgorod.", "Nizhny Novgorod", "520555", id="of two words"
        ),
    ],
)
def test_a_place_is_told(body: str, text: str, place_id: str) -> None:
    assert place_ids(body)[text] == place_id
    assert place_id in set(load_places()["place_id"])


@pytest.mark.parametrize(
    ("body", "text"),
    [
        pytest.param("The Kenyan minister spoke.", "Kenyan", id="people"),
        pytest.param("A farm near Nowhereville, Ohio, burnt.", "Nowhereville", id="no such town"),
        pytest.param("Heathrow was closed on Monday.", "Heathrow", id="airport"),
    ],
)
def test_what_the_tables_have_no_place_for_has_none(body: str, text: str) -> None:
    assert place_ids(body).get(text) is None


def test_every_place_of_the_gazetteer_has_its_row() -> None:
    known = set(load_places()["place_id"])
    meanings = shipped_extractor().gazetteer.candidates.values()
    assert {c.place_id for found in meanings for c in found if c.place_id} <= known
