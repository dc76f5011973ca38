"""Persons and organisations by rule, acronyms and surnames."""

import pytest
from article_states import mentions_after, read_by_rules

from etl.extract.acronyms import is_acronym_of
from etl.extract.entity_ids import entity_id
from etl.extract.gazetteer.person_names import family_names
from etl.extract.mentions import Mention, tidy_name
from etl.extract.passes.canonical_names import name_by_tables
from etl.extract.passes.person_full_names import full_names
from etl.reference import read_table


def named(body: str, label: str) -> list[tuple[str, str]]:
    return [(m.text, m.name) for m in read_by_rules(body=body) if m.label == label]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Foreign Minister Amina Okafor left.", ["Amina Okafor"]),
        ("The spokesperson Zahra Umarova said no.", ["Zahra Umarova"]),
        ("Mr. Tembo and Mrs Phiri met.", ["Tembo", "Phiri"]),
        ("Gen. Abdel Rahman al Sayed spoke.", ["Abdel Rahman al Sayed"]),
        ("It was Maria Kowalczyk who won.", ["Maria Kowalczyk"]),
        ("Will Parliament vote?", []),
        ("President Ekene Obi of Ghana spoke.", ["Ekene Obi"]),
    ],
)
def test_persons(body: str, expected: list[str]) -> None:
    assert [text for text, _ in named(body, "PERSON")] == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("The Lakeside Mining Corp paid.", ["Lakeside Mining Corp"]),
        ("Clerks of the Ministry of Water Affairs met.", ["Ministry of Water Affairs"]),
        ("The Kenyan Navy sailed.", ["Kenyan Navy"]),
        ("She reads the Lusaka Post.", ["Lusaka Post"]),
        ("The bank paid the company.", []),
    ],
)
def test_organisations(body: str, expected: list[str]) -> None:
    assert [text for text, _ in named(body, "ORG")] == expected


def test_an_acronym_stands_for_the_name_that_defines_it() -> None:
    body = "The Sahel Grain Growers Union (SGGU) met. The SGGU wants rain."
    assert named(body, "ORG") == [
        ("Sahel Grain Growers Union", "Sahel Grain Growers Union"),
        ("SGGU", "Sahel Grain Growers Union"),
        ("SGGU", "Sahel Grain Growers Union"),
    ]


@pytest.mark.parametrize(
    "name",
    [
        "Convention on Wetland Birds (CWB)",
        "Rural Harvest Plan (RHP)",
        "First Incident Report (FIR)",
        "Code for Fair Trade (CFT)",
        "Prevention of Hunger (PH)",
    ],
)
def test_a_law_or_a_plan_with_an_acronym_is_no_organisation(name: str) -> None:
    acronym = name.rpartition("(")[2][:-1]
    assert named(f"They signed the {name} there. The {acronym} is good.", "ORG") == []


def test_letters_of_a_plan_and_a_body_are_the_bodys() -> None:
    body = "They signed the Rural Harvest Plan (RHP). The Rural Harvest Party (RHP) left. RHP won."
    assert [text for text, _ in named(body, "ORG")] == ["RHP", "Rural Harvest Party", "RHP", "RHP"]


def test_a_body_for_a_plan_is_an_organisation() -> None:
    body = "The Office for the Rural Plan (ORP) met. The Plan International Union (PIU) met."
    assert [text for text, _ in named(body, "ORG")] == [
        "Office for the Rural Plan",
        "ORP",
        "Plan International Union",
        "PIU",
    ]


def test_a_country_in_the_name_of_a_law_is_named() -> None:
    body = "They signed the Wildlife Code of Kenya (WCK) there."
    assert named(body, "ORG") == [] and named(body, "PLACE") == [("Kenya", "Kenya")]


def test_an_acronym_that_does_not_fit_defines_nothing() -> None:
    assert ("XYZ", "Lakeside Mining Corp") not in named(
        "The Lakeside Mining Corp (XYZ) met.", "ORG"
    )


def test_a_surname_resolves_to_the_full_name() -> None:
    body = "Minister Amina Okafor spoke. Okafor left. Mr. Okafor's aide stayed."
    assert {name for _, name in named(body, "PERSON")} == {"Amina Okafor"}
    assert len(named(body, "PERSON")) == 3


def test_two_persons_of_one_surname_leave_it_open() -> None:
    resolved = full_names(["Amina Okafor", "Ben Okafor", "Okafor"])
    assert resolved["Okafor"] == "Okafor"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Jun\nTanaka's", "Jun Tanaka"),
        ("Tanaka’s", "Tanaka"),
        ("the  Union", "the Union"),
    ],
)
def test_names_are_tidied(text: str, name: str) -> None:
    assert tidy_name(text) == name


@pytest.mark.parametrize(
    ("name", "acronym", "fits"),
    [
        ("Sahel Grain Union", "SGU", True),
        ("Bank of Lakes", "BoL", True),
        ("Inter-Village Council", "IVC", True),
        ("Sahel Grain Union", "SGA", False),
        ("Union", "U", False),
    ],
)
def test_acronyms_fit_their_initials(name: str, acronym: str, fits: bool) -> None:
    assert is_acronym_of(acronym, name) is fits


def test_entity_ids_are_stable_and_fold_case() -> None:
    assert entity_id("PERSON", "Jun Tanaka", None) == entity_id("PERSON", "JUN TANAKA", None)
    assert entity_id("PLACE", "London", "GB") != entity_id("PLACE", "London", "CA")
    assert entity_id("ORG", "Geo", "PK") == entity_id("ORG", "Geo", None)
    assert len(entity_id("PERSON", "Jun Tanaka", None)) == 32


@pytest.mark.parametrize(
    ("label", "one", "other"),
    [
        ("PERSON", "Abdul-Rahman Tembo", "Abdul Rahman Tembo"),
        ("PERSON", "José Okafor", "JOSE OKAFOR"),
        ("ORG", "U.N.", "UN"),
        ("ORG", "The Lakeside Trust", "Lakeside Trust"),
        ("NORP", "Lakelanders", "Lakelander"),
        ("PLACE", "N'Gor Bay", "Ngor Bay"),
    ],
)
def test_wordings_of_one_entity_have_one_id(label: str, one: str, other: str) -> None:
    assert entity_id(label, one, None) == entity_id(label, other, None)


@pytest.mark.parametrize(
    ("label", "one", "other"),
    [
        ("PERSON", "Amina Okafor", "Amina Okafo"),
        ("ORG", "Lakeside Swiss", "Lakeside Swis"),
        ("PERSON", "किरण", "करण"),
    ],
)
def test_other_entities_have_other_ids(label: str, one: str, other: str) -> None:
    assert entity_id(label, one, None) != entity_id(label, other, None)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Amina Okafor", ["Okafor"]),
        ("Okafor", []),
        ("Choi Min-seo", ["Min-seo", "Choi"]),
        ("Wilber Quispe Mamani", ["Mamani", "Quispe"]),
        ("Mary Jane Tembo", ["Tembo"]),
    ],
)
def test_names_by_which_a_person_is_called_alone(name: str, parts: list[str]) -> None:
    assert family_names(name) == parts


@pytest.mark.parametrize(
    "body",
    [
        "Minister Amina Okafor spoke. Mr Okafor’s aide left. OKAFOR shouted. Okafor's car went.",
        "Ms. Okafor spoke. Minister Amina Okafor had left.",
        "Minister Amina Ngozi Okafor spoke. Amina Okafor left, and so did Okafor.",
    ],
)
def test_all_forms_of_one_name_are_one_person(body: str) -> None:
    found = named(body, "PERSON")
    assert len(found) > 1
    assert len({name for _, name in found}) == 1


def test_the_family_name_may_come_first() -> None:
    body = "President Choi Min-seo spoke, and Choi sat down."
    assert {name for _, name in named(body, "PERSON")} == {"Choi Min-seo"}


def test_an_acronym_may_come_before_its_name() -> None:
    body = "The SGGU (Sahel Grain Growers Union) met. The SGGU wants rain."
    assert {name for _, name in named(body, "ORG")} == {"Sahel Grain Growers Union"}
    assert len(named(body, "ORG")) == 3


def test_initials_of_one_organisation_stand_for_it() -> None:
    body = "The Sahel Grain Growers Union met. The SGGU wants rain."
    assert [text for text, _ in named(body, "ORG")] == [
        "Sahel Grain Growers Union",
        "SGGU",
    ]


def test_initials_of_two_organisations_stand_for_neither() -> None:
    body = "Sahel Grain Growers Union met Savanna Goat Growers Union. The SGGU wants rain."
    assert "SGGU" not in [text for text, _ in named(body, "ORG")]


def test_an_alias_stands_for_its_name() -> None:
    mention = Mention("body", 0, 3, "IMF", "ORG", "IMF", None, "statistical", 0.8)
    (named,) = mentions_after(name_by_tables, [mention], body="IMF")
    assert named.name == "International Monetary Fund"


def test_what_the_article_defines_goes_before_the_alias() -> None:
    body = "The Inland Mussel Farm (IMF) closed. The IMF was empty."
    assert {name for _, name in named(body, "ORG")} == {"Inland Mussel Farm"}


def test_no_alias_is_the_name_of_another() -> None:
    table = read_table("entity_aliases.csv")
    assert table["alias"].is_duplicated().sum() == 0
    assert not set(table["alias"]) & set(table["name"])


@pytest.mark.parametrize(
    ("body", "countries"),
    [
        ("Turkey prices rose. A frozen turkey cost more, growers near Omaha said.", {"US"}),
        ("China goes on sale in Limoges. The china is old.", {"FR"}),
        ("Turkey prices rose. A turkey cost 90 lira, growers in Turkey said.", {"TR"}),
        ("Growers say that Turkey buys turkeys.", {"TR"}),
        ("Turkey buys turkeys, a Turkish grower said.", {"TR"}),
        ('China says no. "Love from china," one message read.', {"CN"}),
        ("Turkey is ready. The turkey.example page tells more.", {"TR"}),
        ("Typhoon Malta weakened. Malta had hit Guam.", {"GU"}),
        ("Typhoon Malta weakened. It had never been near Malta, in Rome they said.", {"MT", "IT"}),
        ("The USS Paris and HMS Edinburgh met off Guam.", {"GU"}),
        ("A storm of protest hit Malta.", {"MT"}),
        ("Marburg virus and Crimean-Congo haemorrhagic fever came to Uganda.", {"UG"}),
        ("Hungary left the talks on the Minsk agreements.", {"HU"}),
        ("A Great Dane and two Jersey cows live in Lyon.", {"FR"}),
    ],
)
def test_a_thing_that_is_named_like_a_country(body: str, countries: set[str]) -> None:
    found = read_by_rules(body=body)
    assert {m.country_code for m in found if m.country_code} == countries


@pytest.mark.parametrize(
    ("body", "countries"),
    [
        ("He answered in English, Joe said.", set()),
        ("It came out in English, French and Danish.", set()),
        ("She spoke Thai and Spanish.", set()),
        ("English-speaking pupils saw a Russian-language play.", set()),
        ("A Chinese translation was late.", set()),
        ("He told them in Italian that it rained.", set()),
        ("He invests in Norwegian, Canadian and Fijian bonds.", {"NO", "CA", "FJ"}),
        ("Savers put it in Thai and Greek banks.", {"TH", "GR"}),
        ("The rise in Chinese exports slowed.", {"CN"}),
        ("They met in French Guiana.", {"GF"}),
        ("He learned that French workers struck.", {"FR"}),
        ("It paid US$5 million to the U.S. Army.", {"US"}),
        ("It paid US$5 million.", set()),
    ],
)
def test_languages_and_money_are_no_countries(body: str, countries: set[str]) -> None:
    found = read_by_rules(body=body)
    assert {m.country_code for m in found if m.country_code} == countries
