"""Which countries a text is evidence of: the traps, one by one."""

from dataclasses import replace

import polars as pl
import pytest
from article_states import read_by_rules

from etl.extract.countries import DOUBTFUL_SALIENCE, group_mentions, rank_countries
from etl.extract.gazetteer.candidates import MATCH_FORMS
from etl.extract.mentions import Mention
from etl.reference import read_table


def codes(body: str, **fields: str) -> set[str]:
    texts = {**fields, "body": body}
    return set(group_mentions(read_by_rules(**texts)))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Talks with Turkiye went on.", {"TR"}),
        ("Talks with Türkiye went on.", {"TR"}),
        ("Farmers in Côte d'Ivoire and the Ivory Coast agree.", {"CI"}),
        ("Farmers in Cote d’Ivoire agree.", {"CI"}),
        ("The U.S. and the U.K. signed.", {"US", "GB"}),
        ("The US and the UK signed.", {"US", "GB"}),
        ("Troops left Burma for Holland.", {"MM", "NL"}),
        ("Scotland and Wales voted with Northern Ireland.", {"GB"}),
        ("The Democratic Republic of Congo closed its border.", {"CD"}),
        ("Congo-Brazzaville closed its border.", {"CG"}),
        ("Rebels in Congo took Bukavu near Goma.", {"CD"}),
        ("North Korea fired a missile.", {"KP"}),
        ("South Korea protested.", {"KR"}),
        ("Guinea-Bissau, Equatorial Guinea and Papua New Guinea met.", {"GW", "GQ", "PG"}),
        ("Guinea held a vote.", {"GN"}),
        ("Niger and Nigeria share a border.", {"NE", "NG"}),
        ("The Soviet Union fell.", {"RU"}),
        ("West Germany won.", {"DE"}),
        ("Czechoslovakia split.", {"CZ"}),
        ("Kosovo, Taiwan and Hong Kong took part.", {"XK", "TW", "HK"}),
        ("Aid reached Gaza and the West Bank.", {"PS"}),
        ("Namibia exports fish.", {"NA"}),
        ("The United Arab Emirates and the UAE are one.", {"AE"}),
        ("New\nZealand was first.", {"NZ"}),
    ],
)
def test_names_of_countries(body: str, expected: set[str]) -> None:
    assert codes(body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("A Briton, a Dane and two Turks were held.", {"GB", "DK", "TR"}),
        ("Filipino and Swiss nurses met Dutch doctors.", {"PH", "CH", "NL"}),
        ("South Sudanese and Sudanese envoys spoke.", {"SS", "SD"}),
        ("The Nigerien army and the Nigerian army trained.", {"NE", "NG"}),
        ("Frenchwomen marched with Spaniards.", {"FR", "ES"}),
    ],
)
def test_demonyms(body: str, expected: set[str]) -> None:
    assert codes(body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Officials in Nairobi and in Lusaka agreed.", {"KE", "ZM"}),
        ("The Kremlin answered Downing Street.", {"RU", "GB"}),
        ("The White House and the Pentagon were silent.", {"US"}),
        ("The Bundesbank and the Bank of Japan acted.", {"DE", "JP"}),
        ("The Lok Sabha met while the Knesset rested.", {"IN", "IL"}),
        ("A flood hit Lahore and Karachi.", {"PK"}),
        ("Voters in Bavaria and Tuscany stayed at home.", {"DE", "IT"}),
        ("Mills closed in Oregon and Ohio.", {"US"}),
    ],
)
def test_places_and_institutions(body: str, expected: set[str]) -> None:
    assert codes(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        "Nice weather is coming, and reading is fun. Split the bill.",
        "Mobile phones sell well in March. Police are looking.",
        "Orange juice and a bath, then bed.",
        "They told us that it is best to be of good cheer.",
        "He has china on the table and a turkey in the oven.",
        "Latin American and European leaders met Arab envoys.",
        "The Indian Ocean and the Gulf of Mexico are warm.",
        "Guinea pigs and Brazil nuts are popular.",
    ],
)
def test_no_country_is_invented(body: str) -> None:
    assert codes(body) == set()


@pytest.mark.parametrize(
    ("body", "absent"),
    [
        ("Michael Jordan scored again. Jordan was tired.", "JO"),
        ("Chad Smith plays the drums.", "TD"),
        ("Paris Hilton smiled.", "FR"),
        ("Mr. London was late.", "GB"),
        ("Jack London wrote novels.", "GB"),
        ("The shop on Dublin Road closed.", "IE"),
        ("Sgt. Adam Lusaka swam. Lusaka was cold.", "ZM"),
        ("Chad Ekbrook won. Chad, 45, repairs lifts.", "TD"),
        ("The gardener, Valencia Oduyale, complained.", "ES"),
        ("A skipper, Teodulo Caldas, made it. Nobody else did.", "CO"),
        ("The Central Bank kept its rate.", "IN"),
        ("The drought hit its Southern Province.", "LK"),
        ("A witness told PTI by telephone.", "PK"),
    ],
)
def test_a_name_inside_a_longer_name_is_no_place(body: str, absent: str) -> None:
    assert absent not in codes(body)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("A fire broke out in London, Ky., on Friday.", {"US"}),
        ("A fire broke out in London, Ontario, on Friday.", {"CA"}),
        ("A fire broke out in London on Friday.", {"GB"}),
        ("A fire broke out in Paris, Texas.", {"US"}),
        ("He lives in Decatur, Ga., with his dog.", {"US"}),
        ("He lives in Alexandria, VA 22301.", {"US"}),
        ("He lives in Alexandria, Egypt.", {"EG"}),
        ("Tbilisi said that Georgia would join. Russia objected.", {"GE", "RU"}),
        ("Atlanta is in Georgia, near Alabama.", {"US"}),
        ("A bus fell into a canal in Punjab, Lahore police said.", {"PK"}),
        ("A bus fell into a canal in Punjab, Amritsar police said.", {"IN"}),
        ("Seoul said Korea would trade more.", {"KR"}),
        ("TBILISI, Georgia, was quiet.", {"GE"}),
        ("Atlanta, Georgia, was quiet.", {"US"}),
        ("Zambia dug wells in its Southern Province.", {"ZM"}),
        ("Sri Lanka dug wells in its Southern Province.", {"LK"}),
        ("The PTI will contest every seat, Pakistan was told.", {"PK"}),
        ("Schools around Antigua will close. Guatemala is dry.", {"GT"}),
        ("Schools of Antigua will close.", {"AG"}),
        ("Harps are built in Luque. Paraguay wants more.", {"PY"}),
        ("Bakers in Tripoli struck. Lebanon waited.", {"LB"}),
        ("Bakers in Tripoli struck.", {"LY"}),
        ("Trams in Manchester stood still.", {"GB"}),
        ("Trams in Manchester stood still. Jamaica has none.", {"JM"}),
        ("Boats near Toledo stood still. Belize has few.", {"BZ"}),
        ("Fairs in Hanover and Granada opened.", {"DE", "ES"}),
        ("Delhi, N.Y., was quiet.", {"US"}),
        ("A pilot from Cuba, Missouri, left.", {"US"}),
        ("A barn burned in Norway, Maine.", {"US"}),
        ("Trade with Canada, Ohio, and Texas grew.", {"CA", "US"}),
        ("Trade with Chile, Mexico, Texas, as a rule, grew.", {"CL", "MX", "US"}),
        ("Trade with Mexico, Texas and Ohio grew.", {"MX", "US"}),
        ("The Strait of Malacca and the Tasman Sea were calm.", set()),
        ("Paris and Louisville, Kentucky, beat Lexington, Kentucky.", {"US"}),
        ("Paris beat Kentucky.", {"FR", "US"}),
        ("A pool shut in Centerville.", {"US"}),
        ("French said the dog was his.", set()),
        ("The French said the dog was theirs.", {"FR"}),
        ("He ate German sausage with Italian dressing.", set()),
        ("He ate with a German.", {"DE"}),
        ("Fog hid Lake Victoria.", set()),
        ("Fog hid Victoria, Australia.", {"AU"}),
        ("Trains ran to Guangdong and Kherson.", {"CN", "UA"}),
        ("Ferries left Split, a Croatian pilot said.", {"HR"}),
        ("Jordan Ekbrook left for Amman, and Jordan let him in.", {"JO"}),
        ("Chad Ekbrook works in Chad.", {"TD"}),
        ("Sgt. Adam Lusaka swam in Zambia. Lusaka was cold.", {"ZM"}),
        ("Sgt. Adam Lusaka swam in Lusaka.", {"ZM"}),
        ("Pyongyang said Korea would arm.", {"KP"}),
    ],
)
def test_context_settles_what_is_ambiguous(body: str, expected: set[str]) -> None:
    assert codes(body) == expected


def test_the_pronoun_in_capitals_is_no_country() -> None:
    assert codes("Nothing more.", title="GIVE US A CHANCE, SAY VOTERS") == set()
    assert codes("Nothing more.", title="US SENDS SHIPS TO THE GULF") == {"US"}


def test_lower_case_words_are_no_places() -> None:
    assert codes("a man from chad saw a chile and a jordan in the usa") == set()


def test_an_organisation_takes_the_country_of_its_name() -> None:
    mentions = read_by_rules(body="He joined the Bank of Kenya last year.")
    found = [(m.text, m.label, m.country_code, m.method) for m in mentions]
    assert found == [("Bank of Kenya", "ORG", "KE", "organisation")]


def test_money_of_a_country_is_weaker_evidence() -> None:
    money = read_by_rules(body="It cost 20 Canadian dollars.")
    person = read_by_rules(body="It cost a Canadian dear.")
    assert money[0].score < person[0].score


def test_dateline_and_lead_make_the_focus() -> None:
    texts = {
        "dateline": "NAIROBI, Kenya -",
        "body": "Kenya raised its fuel tax on Monday, and Kenyans took to the streets. "
        + "Traders said that they had seen this before. " * 12
        + "A similar tax had failed in Ghana.",
    }
    ranked = rank_countries(read_by_rules(**texts), chars=len(texts["body"]))
    assert [(c.country_code, c.is_focus, c.role) for c in ranked] == [
        ("KE", True, "subject"),
        ("GH", False, "mentioned"),
    ]
    assert 0 <= ranked[1].salience < ranked[0].salience <= 1


@pytest.mark.parametrize("sign", ["'", "’", "‘", "ʻ", "`"])
def test_an_apostrophe_in_a_name_may_be_any(sign: str) -> None:
    body = f"A school in Nuku{sign}alofa opened."
    (place,) = read_by_rules(body=body)
    assert (place.country_code, place.method) == ("TO", "capital")
    assert body[place.start : place.end] == f"Nuku{sign}alofa"


@pytest.mark.parametrize(
    ("body", "name", "code"),
    [
        ("Snow fell in Scotland.", "Scotland", "GB"),
        ("A Scotsman won.", "Scottish", "GB"),
        ("Welsh slate is dear.", "Welsh", "GB"),
        ("A Briton won.", "British", "GB"),
        ("Ships left Great Britain.", "United Kingdom", "GB"),
        ("Ships left the Bosphorus.", "Bosphorus", "TR"),
        ("Snow fell in Hawai‘i.", "Hawaii", "US"),
    ],
)
def test_what_is_an_entity_of_its_own(body: str, name: str, code: str) -> None:
    (mention,) = read_by_rules(body=body)
    assert (mention.name, mention.country_code) == (name, code)


def test_a_countrys_own_name_is_shown_before_its_places() -> None:
    texts = {
        "title": "Georgia picks its grapes",
        "body": "The harvest in Kakheti has begun. Tbilisi is pleased.",
    }
    (georgia,) = rank_countries(read_by_rules(**texts), chars=len(texts["body"]))
    places = [m for m in read_by_rules(**texts) if m.text == "Kakheti"]
    assert places[0].score > georgia.best.score
    assert (georgia.best.text, georgia.best.field) == ("Georgia", "title")
    assert georgia.score == places[0].score


def test_a_countrys_money_is_not_shown_before_its_places() -> None:
    texts = {"body": "The mill in Ottawa cost nine million Canada dollars."}
    (canada,) = rank_countries(read_by_rules(**texts), chars=len(texts["body"]))
    assert canada.best.text == "Ottawa"


def test_evidence_is_the_best_mention() -> None:
    texts = {"dateline": "LAGOS -", "body": "Nigeria voted. Lagos was calm."}
    best = rank_countries(read_by_rules(**texts), chars=len(texts["body"]))[0].best
    assert (best.field, best.text, best.method) == ("body", "Nigeria", "country_name")


@pytest.mark.parametrize(
    "table", ["country_aliases.csv", "seats_of_power.csv", "organisations.csv"]
)
def test_tables_use_known_match_forms(table: str) -> None:
    assert set(read_table(table)["match"]) <= {"", *MATCH_FORMS}


def test_every_capital_and_nearly_every_metropolis_is_found_alone() -> None:
    """As GeoNames writes it ("Port-au-Prince"); some big cities share their name."""
    places = read_table("places.csv.gz").with_columns(pl.col("population").cast(pl.Int64))
    is_capital, is_large = pl.col("kind") == "capital", pl.col("population") >= 500_000
    known = places.filter(is_capital | is_large).select("name", "country_code", is_capital)
    missed = [
        (name, capital)
        for name, code, capital in known.iter_rows()
        if codes(f"A school in {name} shut on Monday.") != {code}
    ]
    assert known["kind"].sum() > 190
    assert [name for name, capital in missed if capital] == ["Victoria"]  # Hong Kong's
    assert len(missed) < 0.01 * len(known)


@pytest.mark.parametrize(
    ("form", "country"),
    [("Goyang", "KR"), ("Halle", "DE"), ("Marawi", "PH"), ("Taif", "SA"), ("Hanau", "DE")],
)
def test_a_place_is_found_under_its_usual_form(form: str, country: str) -> None:
    assert codes(f"A school in {form} shut on Monday.") == {country}


def town(score: float, *, field: str = "title", method: str = "city") -> Mention:
    return Mention(field, 10, 15, "Stoke", "PLACE", "Stoke", "GB", method, score)


KENYA = Mention("body", 40, 45, "Kenya", "PLACE", "Kenya", "KE", "country_name", 0.98)


@pytest.mark.parametrize(
    ("mentions", "is_focus"),
    [
        ([town(0.64)], False),
        ([town(0.65)], True),
        ([town(0.64, method="subdivision")], False),
        ([town(0.64, method="capital")], True),
        ([town(0.64, field="body")], True),
        ([town(0.64, field="dateline")], True),
        ([town(0.64), town(0.6, field="body")], True),
        ([town(0.74), KENYA], False),
        ([town(0.75), KENYA], True),
    ],
)
def test_one_weak_town_of_a_headline_makes_no_focus(
    mentions: list[Mention], is_focus: bool
) -> None:
    found = {c.country_code: c for c in rank_countries(mentions, chars=400)}["GB"]
    assert found.is_focus == is_focus
    assert is_focus or (found.salience == DOUBTFUL_SALIENCE and found.role == "mentioned")


def test_a_weak_town_of_a_headline_ranks_behind_what_the_article_is_about() -> None:
    kenya = [replace(KENYA, start=start, end=start + 5) for start in (20, 80, 150)]
    ranked = rank_countries([town(0.7), *kenya], chars=400)
    assert [(c.country_code, c.is_focus) for c in ranked] == [("KE", True), ("GB", False)]
    sure = rank_countries([town(0.9), *kenya], chars=400)
    assert [c.is_focus for c in sure] == [True, True]
