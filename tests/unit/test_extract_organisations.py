"""Organisations by table and by wording, and what is no name at all; people are invented."""

from collections.abc import Callable

import pytest
from article_states import mentions_after

from etl.extract import Extractor
from etl.extract.gazetteer.known_organisations import known_name, load_known
from etl.extract.mentions import Mention
from etl.extract.passes.bare_organisation_heads import name_bare_heads
from etl.extract.passes.canonical_names import name_by_tables
from etl.extract.passes.known_organisations import add_known_organisations
from etl.extract.passes.organisation_descriptions import cut_descriptions
from etl.extract.passes.organisation_first_words import name_first_words
from etl.extract.passes.organisation_wording import relabel_by_wording
from etl.extract.text.company_suffixes import suffix_end
from etl.extract.text.tokens import fold_name
from etl.reference import read_table

Read = Callable[[str], list[Mention]]


@pytest.fixture(scope="module")
def read(extractor: Extractor) -> Read:
    def find(body: str) -> list[Mention]:
        row = {"title": None, "dateline": None, "body": body, "language_code": "en"}
        return next(iter(extractor.find_mentions([row])))

    return find


def guess(text: str, word: str, label: str, method: str = "statistical") -> Mention:
    start = text.index(word)
    return Mention("body", start, start + len(word), word, label, word, None, method, 0.8)


def told(found: list[Mention], body: str) -> list[Mention]:
    """The mentions after their descriptions are cut and their wording has been read."""
    cut = mentions_after(cut_descriptions, found, body=body)
    return mentions_after(relabel_by_wording, cut, body=body)


def with_known(found: list[Mention], body: str) -> list[Mention]:
    """The mentions after the known organisations are put in their place."""
    return mentions_after(add_known_organisations, found, body=body)


def labels(found: list[Mention]) -> list[tuple[str, str]]:
    return [(m.text, m.label) for m in found]


@pytest.mark.parametrize(
    ("body", "word", "guessed", "name"),
    [
        ("It was cut by Moody's on Monday.", "Moody", "PERSON", "Moody's"),
        ("A clerk of Médecins Sans Frontières died.", "Sans", "PLACE", "Médecins Sans Frontières"),
        ("She told Montsame nothing.", "Montsame", "PERSON", "Montsame"),
        ("Then Ford cut jobs.", "Ford", "PERSON", "Ford"),
        ("Shares of Apple rose.", "Apple", "PLACE", "Apple"),
        ("Drivers of Exxon Mobil Corp. met.", "Exxon Mobil", "PERSON", "Exxon Mobil"),
    ],
)
def test_known_organisations_take_the_place_of_a_guess(
    body: str, word: str, guessed: str, name: str
) -> None:
    found = with_known([guess(body, word, guessed)], body)
    assert [(m.label, m.name) for m in found] == [("ORG", name)]


@pytest.mark.parametrize(
    ("body", "word", "label", "method"),
    [
        ("Fires in the Amazon burned.", "Amazon", "PLACE", "statistical"),
        ("Farmers in Orange met.", "Orange", "PLACE", "statistical"),
        ("Mr. Ford cut wood.", "Ford", "PERSON", "title_rule"),
    ],
)
def test_weak_names_stay_what_they_are_beside_other_signs(
    body: str, word: str, label: str, method: str
) -> None:
    mention = guess(body, word, label, method)
    assert with_known([mention], body) == [mention]


def test_weak_names_need_the_model_and_no_person_of_that_name() -> None:
    assert (
        mentions_after(
            add_known_organisations, [], body="A target was missed. Target stores open. Apple pie."
        )
        == []
    )
    body = "Apple pickers struck."
    assert with_known([guess(body, "Apple", "ORG")], body)[0].method == "statistical"
    body = "Leda Ford came late. Then Ford left."
    persons = [guess(body, "Leda Ford", "PERSON", "title_rule")]
    again = Mention("body", 26, 30, "Ford", "PERSON", "Ford", None, "statistical", 0.8)
    assert with_known([*persons, again], body) == [*persons, again]


def test_a_known_organisation_is_evidence_only_through_its_own_country(read: Read) -> None:
    codes = {m.text: m.country_code for m in read("He left the African Development Bank.")}
    assert codes == {"African Development Bank": None}
    codes = {m.text: m.country_code for m in read("The Bank of Zambia and Ecobank met.")}
    assert codes == {"Bank of Zambia": "ZM", "Ecobank": None}


def test_aliases_of_the_table_are_one_entity(read: Read) -> None:
    body = "The World Food Programme asked for rice. WFP lorries left. World Food Program aid came."
    assert {m.name for m in read(body) if m.label == "ORG"} == {"World Food Programme"}
    mention = guess("Ford Motor Co", "Ford Motor Co", "ORG")
    assert mentions_after(name_by_tables, [mention], body=mention.text)[0].name == "Ford Motor"


def test_table_is_large_sound_and_of_all_the_world() -> None:
    table = read_table("known_organisations.csv")
    countries = frozenset(read_table("countries.csv")["country_code"])
    assert len(table) >= 2000
    assert table["name"].n_unique() == len(table)
    assert set(table["country_code"]) - {""} <= countries
    assert len(set(table["country_code"])) > 150
    for name, _, aliases, weak in table.iter_rows():
        names = [name, *filter(None, aliases.split(";"))]
        assert set(filter(None, weak.split(";"))) <= set(names), name
        assert fold_name(name), name


def test_words_and_surnames_are_weak() -> None:
    known = load_known().candidates
    assert all(known[word][0].is_word for word in ("target", "shell", "apple", "orange", "vox"))
    assert known_name("Target") is None
    assert known_name("World Health Organisation") == "World Health Organization"


@pytest.mark.parametrize(
    ("body", "word", "guessed", "expected"),
    [
        ("Then Ruhrtal AG shut.", "Ruhrtal", "PERSON", ("Ruhrtal AG", "ORG")),
        ("Then Osei Foods shut.", "Osei Foods", "PERSON", ("Osei Foods", "ORG")),
        ("Later Velatec, its boss said, grew.", "Velatec", "PLACE", ("Velatec", "ORG")),
        ("Later Riva Norte drew 1-1 with us.", "Riva Norte", "PERSON", ("Riva Norte", "ORG")),
        ("Energy group Nilovolt grew.", "Energy group Nilovolt", "ORG", ("Nilovolt", "ORG")),
        ("Opposition Reed Party left.", "Opposition Reed Party", "ORG", ("Reed Party", "ORG")),
        ("Comrade Sipho Dube spoke.", "Comrade Sipho Dube", "ORG", ("Sipho Dube", "PERSON")),
        ("U Thein Maung spoke.", "U Thein Maung", "ORG", ("Thein Maung", "PERSON")),
        ("Then General Mills paid.", "General Mills", "ORG", ("General Mills", "ORG")),
        ("Texas AG Leda Pool sued.", "Texas", "PLACE", ("Texas", "PLACE")),
        ("Then Ana Group of Lima left.", "Lima", "PLACE", ("Lima", "PLACE")),
    ],
)
def test_organisations_are_told_by_their_wording(
    body: str, word: str, guessed: str, expected: tuple[str, str]
) -> None:
    found = told([guess(body, word, guessed)], body)
    assert labels(found) == [expected]


def test_titles_before_an_organisation_are_cut() -> None:
    body = "Director General Inter-Services Intelligence met him."
    mention = guess(body, "Director General Inter-Services Intelligence", "ORG")
    assert labels(told([mention], body)) == [("Inter-Services Intelligence", "ORG")]


def test_a_suffix_ends_before_the_stop_of_its_sentence() -> None:
    assert "Velatec AG. Then"[7 : suffix_end("Velatec AG. Then", 7)] == " AG"
    assert "Velatec Inc. said"[7 : suffix_end("Velatec Inc. said", 7)] == " Inc."
    assert suffix_end("Velatec said", 7) == 7


def test_a_bare_head_is_the_fuller_name_of_the_article() -> None:
    body = "The Ministry of Rivers paid. The Ministry and the Bank wait, and Congress too."
    full = guess(body, "Ministry of Rivers", "ORG", "organisation")
    start = body.index("Ministry and")
    bare = Mention(
        "body", start, start + 8, "Ministry", "ORG", "Ministry", None, "statistical", 0.8
    )
    found = mentions_after(
        name_bare_heads,
        [full, bare, guess(body, "Bank", "ORG"), guess(body, "Congress", "PLACE")],
        body=body,
    )
    assert [(m.text, m.label, m.name) for m in found] == [
        ("Ministry of Rivers", "ORG", "Ministry of Rivers"),
        ("Ministry", "ORG", "Ministry of Rivers"),
        ("Congress", "ORG", "Congress"),
    ]


@pytest.mark.parametrize(("short", "label"), [("Velatec", "PLACE"), ("Nokemba", "PERSON")])
def test_a_first_word_alone_is_the_whole_organisation(short: str, label: str) -> None:
    body = f"{short} Mining grew. Then {short} fell."
    full = guess(body, f"{short} Mining", "ORG", "organisation")
    start = body.rindex(short)
    bare = Mention("body", start, start + 7, short, label, short, None, "statistical", 0.8)
    assert [
        (m.label, m.name) for m in mentions_after(name_first_words, [full, bare], body=body)
    ] == [("ORG", f"{short} Mining")] * 2


def test_a_surname_alone_is_no_company() -> None:
    body = "Trump Organization grew. Trump left."
    full = guess(body, "Trump Organization", "ORG", "organisation")
    bare = Mention("body", 25, 30, "Trump", "PERSON", "Trump", None, "statistical", 0.8)
    assert mentions_after(name_first_words, [full, bare], body=body) == [full, bare]


def test_a_head_inside_a_title_is_no_organisation() -> None:
    body = "The Senate met. Chief Cabinet Secretary Kenji Otsu spoke."
    assert mentions_after(name_bare_heads, [guess(body, "Cabinet", "ORG")], body=body) == []


@pytest.mark.parametrize(
    ("body", "persons"),
    [
        ("Chief Executive Officer Ana Lima left.", ["Ana Lima"]),
        ("Chief Cabinet Secretary Kenji Otsu left.", ["Kenji Otsu"]),
        ("Vice Chairman Piotr Zaleski left.", ["Piotr Zaleski"]),
        ("Managing Director Ama Boateng left.", ["Ama Boateng"]),
        ("Lead Portfolio Manager Ana Lima left.", ["Ana Lima"]),
        ("Datuk Azlan Rahim met Daw Khin Oo.", ["Azlan Rahim", "Khin Oo"]),
        ("Mawlawi Hamid Noori spoke.", ["Hamid Noori"]),
        ("It paid 30 mln N.Z. Dlrs to U.S. Banks.", []),
    ],
)
def test_titles_are_no_part_of_a_person(read: Read, body: str, persons: list[str]) -> None:
    assert [m.text for m in read(body) if m.label == "PERSON"] == persons


@pytest.mark.parametrize(
    ("body", "name", "label"),
    [
        ("Diplomats of the Soviet Union met.", "Soviet Union", "PLACE"),
        ("The Federal Republic of Germany signed.", "Federal Republic of Germany", "PLACE"),
        ("The European Union signed.", "European Union", "ORG"),
    ],
)
def test_a_union_may_be_a_country(read: Read, body: str, name: str, label: str) -> None:
    assert (name, label) in labels(read(body))


def test_a_given_name_is_the_place_where_somebody_goes(read: Read) -> None:
    found = labels(read("Paris Okafor flew to Paris after a week in Kampala."))
    assert ("Paris", "PLACE") in found


def test_a_state_is_not_the_capital_of_that_name(read: Read) -> None:
    names = [m.name for m in read("OLYMPIA, Wash. - Washington said no.") if "Wash" in m.text]
    assert names == ["Washington State", "Washington"]
