"""Names that mean something else by what stands beside them: lists, prefixes, airports, towns.

What belongs here: short texts through the rules alone, a trap each, beside its counterpart that
is none. What does not: the plain cases (test_extract_countries.py) and the entity model.
"""

import pytest
from article_states import read_by_rules

from etl.extract.countries import group_mentions
from etl.extract.passes.person_full_names import full_names

COUNTRIES = [
    # Countries in a list, and a state behind a town that bears a country's name.
    ("Envoys of Peru, Brazil and Fiji met.", {"PE", "BR", "FJ"}),
    ("Envoys of the U.K., U.S. and Chad met.", {"GB", "US", "TD"}),
    ("The seed came from Cuba, Mexico and Spain.", {"CU", "MX", "ES"}),
    ("He lives in Peru, Indiana, with two dogs.", {"US"}),
    ("He moved to Georgia, United States.", {"US"}),
    # A town named with its state once is meant at its bare name, too.
    ("A barn burned in Lima, Ohio, on Monday. Lima lost two barns this year.", {"US"}),
    ("A barn burned in Lima, Ohio, on Monday. Peruvian envoys left Lima.", {"US", "PE"}),
    ("Nine goats were found in Niger state on Monday.", {"NG"}),
    ("Nine goats were found in Niger on Monday.", {"NE"}),
    # Peoples of one name, told apart by what else is named.
    ("Congolese nurses in Brazzaville went home.", {"CG"}),
    ("Congolese nurses in Kinshasa went home.", {"CD"}),
    ("Dominican nurses went home.", {"DO"}),
    ("Guinean nurses in Malabo went home.", {"GQ"}),
    # What stands before a hyphen.
    ("Sino-Kenyan trade grew.", {"CN", "KE"}),
    ("A Franco-Belgian firm grew.", {"FR", "BE"}),
    ("Anglo-Danish fog came in.", {"GB", "DK"}),
    ("Anglo-Saxon coins were found in Kent.", {"GB"}),
    ("Franco Belgi grew roses.", set()),
    ("The Indo-Pacific is large.", set()),
    # Airports, seats of power, territories, former names.
    ("A jet left Jomo Kenyatta airport.", {"KE"}),
    ("A jet left Haneda.", {"JP"}),
    ("No 10 declined to say why.", {"GB"}),
    ("He won with No 10 of the list.", set()),
    ("Malacañang was silent.", {"PH"}),
    ("Sheep were counted in Mata-Utu.", {"WF"}),
    ("A map of Nyasaland and of Northern Rhodesia was sold.", {"MW", "ZM"}),
    # Things named after a place, in singular and plural.
    ("An Indian summer is warm.", set()),
    ("Jerusalem artichokes are cheap.", set()),
    ("The Shanghai Cooperation Organization met.", set()),
]


@pytest.mark.parametrize(("body", "expected"), COUNTRIES)
def test_what_stands_beside_a_name_settles_its_country(body: str, expected: set[str]) -> None:
    assert set(group_mentions(read_by_rules(body=body))) == expected


PERSONS = [
    ("Hans-Georg Brenner left.", ["Hans-Georg Brenner"]),
    ("The prime minister Sheikh Omar Al-Harbi Al-Otaibi left.", ["Omar Al-Harbi Al-Otaibi"]),
    ("Sheikh Omar al-Harbi left.", ["Omar al-Harbi"]),
    ("Hassan Ali Mohamed Duale left.", ["Hassan Ali Mohamed Duale"]),
    ("DR Congo voted.", []),
    ("A Franco-German plan came.", []),
]


@pytest.mark.parametrize(("body", "expected"), PERSONS)
def test_a_person_has_the_whole_name(body: str, expected: list[str]) -> None:
    assert [m.text for m in read_by_rules(body=body) if m.label == "PERSON"] == expected


def test_the_body_tells_the_person_of_a_headline_in_capitals() -> None:
    body = "The cup is full. Brentano smiled."
    found = read_by_rules(title="SOFIA BRENTANO WINS CUP", body=body)
    assert {(m.text, m.name) for m in found} == {
        ("Brentano", "Sofia Brentano"),
        ("SOFIA BRENTANO", "Sofia Brentano"),
    }
    other = read_by_rules(title="SOFIA WINS CUP", body="It is full.")
    assert [m.country_code for m in other] == ["BG"]


SECOND = [
    ("Ofori-Mensah", "Kwame Ofori-Mensah", True),
    ("D'Amato", "Rita D’Amato", True),
    ("Al-Harbi", "Omar al-Harbi", True),
    ("Harbi", "Omar al-Harbi", True),
    ("Da Costa", "Rui da Costa", True),
    ("Tesfaye", "Tesfaye Worku", True),
    ("Ahmad Fauzi", "Ahmad Fauzi bin Salleh", True),
    ("Petrov Ivan", "Ivan Sergeyevich Petrov", True),
    ("Mensah", "Kwame Ofori-Mensah", False),
]


@pytest.mark.parametrize(("bare", "full", "is_linked"), SECOND)
def test_a_second_mention_goes_under_the_full_name(bare: str, full: str, is_linked: bool) -> None:
    assert full_names([bare, full])[bare] == (full if is_linked else bare)


def test_two_persons_of_a_given_name_leave_it_alone() -> None:
    names = ["Tesfaye Worku", "Tesfaye Girma", "Tesfaye"]
    assert full_names(names)["Tesfaye"] == "Tesfaye"
