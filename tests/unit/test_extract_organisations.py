"""Organisations by table and by wording, and what is no name at all; people are invented."""

from collections.abc import Callable

import pytest

from etl.extract import Extractor
from etl.extract.bare import resolve_bare, resolve_short
from etl.extract.entities import Mention
from etl.extract.junk import drop_junk
from etl.extract.known import add_known, known_name, load_known, name_organisations
from etl.extract.tokens import fold_name
from etl.extract.wording import suffix_end, tell_organisations
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
    found = add_known([guess(body, word, guessed)], {"body": body})
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
    assert add_known([mention], {"body": body}) == [mention]


def test_weak_names_need_the_model_and_no_person_of_that_name() -> None:
    assert add_known([], {"body": "A target was missed. Target stores open. Apple pie."}) == []
    body = "Apple pickers struck."
    assert add_known([guess(body, "Apple", "ORG")], {"body": body})[0].method == "statistical"
    body = "Leda Ford came late. Then Ford left."
    persons = [guess(body, "Leda Ford", "PERSON", "title_rule")]
    again = Mention("body", 26, 30, "Ford", "PERSON", "Ford", None, "statistical", 0.8)
    assert add_known([*persons, again], {"body": body}) == [*persons, again]


def test_a_known_organisation_is_evidence_only_through_its_own_country(read: Read) -> None:
    codes = {m.text: m.country_code for m in read("He left the African Development Bank.")}
    assert codes == {"African Development Bank": None}
    codes = {m.text: m.country_code for m in read("The Bank of Zambia and Ecobank met.")}
    assert codes == {"Bank of Zambia": "ZM", "Ecobank": None}


def test_aliases_of_the_table_are_one_entity(read: Read) -> None:
    body = "The World Food Programme asked for rice. WFP lorries left. World Food Program aid came."
    assert {m.name for m in read(body) if m.label == "ORG"} == {"World Food Programme"}
    mention = guess("Ford Motor Co", "Ford Motor Co", "ORG")
    assert name_organisations([mention])[0].name == "Ford Motor"


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
    found = tell_organisations([guess(body, word, guessed)], {"body": body})
    assert labels(found) == [expected]


def test_titles_before_an_organisation_are_cut() -> None:
    body = "Director General Inter-Services Intelligence met him."
    mention = guess(body, "Director General Inter-Services Intelligence", "ORG")
    assert labels(tell_organisations([mention], {"body": body})) == [
        ("Inter-Services Intelligence", "ORG")
    ]


def test_a_suffix_ends_before_the_stop_of_its_sentence() -> None:
    assert "Velatec AG. Then"[7 : suffix_end("Velatec AG. Then", 7)] == " AG"
    assert "Velatec Inc. said"[7 : suffix_end("Velatec Inc. said", 7)] == " Inc."
    assert suffix_end("Velatec said", 7) == 7


@pytest.mark.parametrize(
    ("body", "word", "label"),
    [
        ("NOTE: Company paid.", "NOTE", "PLACE"),
        ("Note - Company is full.", "Note - Company", "ORG"),
        ("It paid.\nQtly div 22 cts", "Qtly", "PERSON"),
        ("Markets Wrap: shares fall", "Markets Wrap", "PERSON"),
        ("He wrote on X that it rains.", "X", "PERSON"),
        ("Velatec <VLT.DE> rose.", "VLT.DE", "PLACE"),
        ("Then Co Inc paid.", "Co Inc", "ORG"),
        ("Furthermore it rains.", "Furthermore", "PERSON"),
        ("Silver fell, and silver will fall.", "Silver", "PERSON"),
        ("He sold at 413p today.", "413p", "PLACE"),
        ("An MD-11 landed.", "MD-11", "PERSON"),
        ("THEY’VE left.", "THEY’VE", "PLACE"),
        ("The Lead Portfolio Manager sold.", "Portfolio", "PERSON"),
        ("They paid in Zloty again.", "Zloty", "PLACE"),
        ("Boats left. Harbor traffic grew.", "Harbor", "PLACE"),
        ("Wood, he said, is dear.", "Wood", "PERSON"),
        ("Beekeepers lost hives.", "Beekeepers", "NORP"),
        ("Ven. Okafor prayed.", "Ven", "PLACE"),
    ],
)
def test_what_is_no_name_is_dropped(body: str, word: str, label: str) -> None:
    assert drop_junk([guess(body, word, label)], {"body": body}) == []


@pytest.mark.parametrize(
    ("body", "word", "label"),
    [
        ("Velatec rose.", "Velatec", "ORG"),
        ("Trump left.", "Trump", "PERSON"),
        ("The Fur fled.", "Fur", "NORP"),
        ("Okafor: we go on.", "Okafor", "PERSON"),
        ("Wood, who runs a mill, left.", "Wood", "PERSON"),
        ("Mark fell ill.", "Mark", "PERSON"),
        ("Highlanders met.", "Highlanders", "NORP"),
    ],
)
def test_names_are_kept(body: str, word: str, label: str) -> None:
    mention = guess(body, word, label)
    assert drop_junk([mention], {"body": body}) == [mention]


def test_a_ticker_is_no_evidence_of_a_country() -> None:
    body = "Velatec <BRIT.L> rose."
    mention = Mention("body", 9, 13, "BRIT", "NORP", "British", "GB", "demonym", 0.95)
    assert drop_junk([mention], {"body": body}) == []


def test_a_bare_head_is_the_fuller_name_of_the_article() -> None:
    body = "The Ministry of Rivers paid. The Ministry and the Bank wait, and Congress too."
    full = guess(body, "Ministry of Rivers", "ORG", "organisation")
    start = body.index("Ministry and")
    bare = Mention(
        "body", start, start + 8, "Ministry", "ORG", "Ministry", None, "statistical", 0.8
    )
    found = resolve_bare(
        [full, bare, guess(body, "Bank", "ORG"), guess(body, "Congress", "PLACE")], {"body": body}
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
    assert [(m.label, m.name) for m in resolve_short([full, bare])] == [
        ("ORG", f"{short} Mining")
    ] * 2


def test_a_surname_alone_is_no_company() -> None:
    body = "Trump Organization grew. Trump left."
    full = guess(body, "Trump Organization", "ORG", "organisation")
    bare = Mention("body", 25, 30, "Trump", "PERSON", "Trump", None, "statistical", 0.8)
    assert resolve_short([full, bare]) == [full, bare]


def test_a_head_inside_a_title_is_no_organisation() -> None:
    body = "The Senate met. Chief Cabinet Secretary Kenji Otsu spoke."
    assert resolve_bare([guess(body, "Cabinet", "ORG")], {"body": body}) == []


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
