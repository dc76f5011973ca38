"""What becomes of a name, told by the words in and around it: pairs that differ in little.

What belongs here: whole sentences through the whole extraction, with what a model might have
found marked in them: ``[Velatec|PERSON]``. What does not: places' scores (test_extract_scores.py)
and single functions. People and firms are invented.
"""

from collections.abc import Callable

import pytest
from marked_texts import read_marked

from etl.extract import Extractor
from etl.extract.mentions import Mention

Read = Callable[..., str]


@pytest.fixture(scope="module")
def read(extractor: Extractor) -> Read:
    """Reads marked fields; gives "Velatec ORG; Kenya PLACE KE", a name where it is another."""
    return lambda *fields: "; ".join(map(_told, read_marked(extractor, *fields)))


def _told(mention: Mention) -> str:
    name = "" if mention.name == mention.text else f"={mention.name}"
    return f"{mention.text}{name} {mention.label} {mention.country_code or ''}".strip()


CUT = [
    ("The [Velatec-led|ORG] group paid.", "Velatec ORG"),
    ("The [Velatec-lit|ORG] group paid.", "Velatec ORG"),
    ("A [pro-Zanuri|NORP] rally.", "Zanuri NORP"),
    ("A [bro-Zanuri|NORP] rally.", "bro-Zanuri NORP"),
    ("He joined [Velatec and|ORG] left.", "Velatec ORG"),
    ("He joined [Velatec pumps|ORG] early.", "Velatec ORG"),
    ("He joined [the Velatec|ORG] early.", "Velatec ORG"),
    ("He joined [firm Velatec|ORG] early.", "Velatec ORG"),
    ("The [New York Attorney General|ORG] sued.", "New York PLACE US"),
    ("The [Velatec Vice Chairman|ORG] sued.", "Velatec ORG"),
    ("The [Director General Velatec Mining|ORG] sued.", "Velatec Mining ORG"),
    ("The [Chairman|ORG] sued.", ""),
    ("[Could Harlan|PERSON] win?", "Harlan PERSON"),
    ("[WHO Velmar|ORG] won.", "WHO Velmar ORG"),
    ("Then [Ji-woo Kang-Lee|PERSON] won.", "Ji-woo Kang-Lee PERSON"),
    ("Then [Ana woo Kang|PERSON] won.", "Kang PERSON"),
    ("The [Office of the Attorney General|ORG] sued.", "Office of the Attorney General ORG"),
    ("The [Attorney|ORG] sued.", ""),
]


@pytest.mark.parametrize(("marked", "expected"), CUT)
def test_the_names_own_words_are_kept(
    read: Read, marked: str | tuple[str, ...], expected: str
) -> None:
    assert read(*(marked if isinstance(marked, tuple) else (marked,))) == expected


NO_NAMES = [
    ("The [IPO|ORG] came.", ""),
    ("A [Q|ORG] came.", ""),
    ("On [Mondays|PERSON] they came.", ""),
    ("The [Nepali New Year|ORG] came.", "Nepali=Nepalese NORP NP"),
    ("[Market|ORG] rises. They came.", ""),
    ("[Market|ORG] rises. The big Market came.", "Market ORG"),
    ("Velmar [MARKET|ORG] rises.", "MARKET ORG"),
]


@pytest.mark.parametrize(("marked", "expected"), NO_NAMES)
def test_a_word_is_a_name_only_where_the_text_has_it_as_one(
    read: Read, marked: str | tuple[str, ...], expected: str
) -> None:
    assert read(*(marked if isinstance(marked, tuple) else (marked,))) == expected


LABELS = [
    ("The energy firm [Velmara|PERSON] paid.", "Velmara ORG"),
    ("The tall man [Velmara|PERSON] paid.", "Velmara PERSON"),
    ("[Velmara|PERSON] chairman Ana left.", "Velmara ORG; Ana PERSON"),
    ("[Velmara|PERSON] rower Ana left.", "Velmara PERSON"),
    ("They joined [Velmara Labs|PERSON] there.", "Velmara Labs ORG"),
    ("They joined [Banque Velmara|PERSON] there.", "Banque Velmara ORG"),
    ("They joined [Banque|PERSON] there.", "Banque PERSON"),
    ("They joined [Amina Labs|PERSON] there.", "Amina Labs ORG"),
    ("They went on to meet [Amina Okafor|PLACE] there.", "Amina Okafor PERSON"),
    ("They saw [Great Slave Lake|ORG] there.", "Great Slave Lake PLACE"),
    ("They met [Holland Taylor|ORG] there.", "Holland Taylor ORG NL"),
    ("They met [Holland Market|ORG] there.", "Holland Market ORG NL"),
    ("They met [Holland TAYLOR|ORG] there.", "Holland TAYLOR ORG NL"),
    ("They met [Zuvo Gooding Jr.|ORG] there.", "Zuvo Gooding Jr. PERSON"),
    ("They met [Zuvo Gooding|ORG] there.", "Zuvo Gooding ORG"),
    ("The forecaster [Zuvo Velmara|ORG] left.", "Zuvo Velmara PERSON"),
    ("The forecaster [Velmara|ORG] left.", "Velmara ORG"),
    ("The forecaster [Zuvo Velmara Xilo Teka|ORG] left.", "Zuvo Velmara Xilo Teka PERSON"),
    ("The forecaster [Zuvo Velmara Xilo Teka Moru|ORG] left.", "Zuvo Velmara Xilo Teka Moru ORG"),
    ("The forecaster [Zuvo Market|ORG] left.", "Zuvo Market ORG"),
    ("The forecaster [Zuvo Union|ORG] left.", "Zuvo Union ORG"),
    ("The forecaster [Zuvo VELMARA|ORG] left.", "Zuvo VELMARA ORG"),
    ("They say so and again and again that it is here [NEVA|PERSON] came.", "NEVA PERSON"),
    ("They say so and again and again that it is here [NEVALOX|PERSON] came.", "NEVALOX PERSON"),
    ("They say so and again and again that it is here [NEVALO|PERSON] came.", "NEVALO ORG"),
    ("They say so and again and again that it is here [NE|PERSON] came.", "NE PERSON"),
    ("They say so and again and again that it is here [NEV|PERSON] came.", "NEV ORG"),
    ("They say so and again and again that it is here [Neva|PERSON] came.", "Neva PERSON"),
    (("They left.", "Talks with [NEVA|PERSON] fail on farms and on food aid"), "NEVA PERSON"),
    (("They left.", "TALKS WITH [NEVA|PERSON] FAIL"), ""),
    (("They left.", "Talks fail", "[NEVA|PERSON], May 3 (EXW)"), "NEVA PERSON"),
    ("They went on to meet [Ana Okafor|PLACE] there.", "Ana Okafor PERSON"),
    ("They went on to meet [Ana Velmara|PLACE] there.", "Ana Velmara PERSON"),
    ("They went on to meet [Zuvo Velmara|PLACE] there.", "Zuvo Velmara PLACE"),
    ("The [Great Slave Lake|PERSON] rose.", "Great Slave Lake PERSON"),
    ("The [Great Slave Mine|ORG] rose.", "Great Slave Mine ORG"),
    ("The [Velmara Sand Plateau|ORG] rose.", "Velmara Sand Plateau PLACE"),
    ("They met in [Zuvokana County|PERSON] there.", "Zuvokana County PLACE"),
    ("They met [Ana County|PERSON] there.", "Ana County PERSON"),
    ("They saw [Zuvo Velmara|PERSON] village there.", "Zuvo Velmara PLACE"),
    ("They saw [Zuvo Velmara|PERSON] state there.", "Zuvo Velmara PERSON"),
    ("The town of [Zuvo|PERSON] fell.", "Zuvo PLACE"),
    ("The son of [Zuvo|PERSON] fell.", "Zuvo PERSON"),
    ("Their twins [Zuvo|NORP] and [Velmara|PLACE] fell.", "Zuvo PERSON; Velmara PERSON"),
    ("He met his son, [Zuvo|NORP] said.", "Zuvo NORP"),
    ("The children Israel held left.", "Israel PLACE IL"),
    ("Their ferries [Zuvo|NORP] and [Velmara|PLACE] fell.", "Zuvo NORP; Velmara PLACE"),
    ("Now Tan [Kok Wei|PERSON] left.", "Tan Kok Wei PERSON"),
    ("Now Pan [Kok Weimara|PERSON] left.", "Kok Weimara PERSON"),
    ("Now Red [Kok Wei|PERSON] left.", "Kok Wei PERSON"),
    ("They met [Ana Taylor|ORG] there.", "Ana Taylor PERSON"),
    ("They met [Ana Velmara|ORG] there.", "Ana Velmara PERSON"),
    ("They met [Zuvo Taylor|ORG] there.", "Zuvo Taylor ORG"),
    ("He joined [Velatec of|ORG] early.", "Velatec ORG"),
    ("The [Velatec chief|ORG] left.", "Velatec ORG"),
]


@pytest.mark.parametrize(("marked", "expected"), LABELS)
def test_a_label_is_put_right_by_the_words_beside(
    read: Read, marked: str | tuple[str, ...], expected: str
) -> None:
    assert read(*(marked if isinstance(marked, tuple) else (marked,))) == expected


WORDING = [
    ("They said [Velmara|PERSON] AG paid.", "Velmara AG ORG"),
    ("They said [Velmara|PERSON] AG Ken Paxton paid.", "Velmara AG ORG; Ken Paxton PERSON"),
    ("They said [Velmara|PERSON] Ltd. paid.", "Velmara Ltd ORG"),
    ("They said [Velmara|PERSON] Holdings. They left.", "Velmara Holdings ORG"),
    ("They said [VELMARA XILO|PERSON] AG paid.", "VELMARA XILO AG ORG"),
    ("They said [VELMARA|PERSON] AG paid.", "VELMARA AG ORG"),
    ("They said [Velmara Inc|PERSON] paid.", "Velmara Inc ORG"),
    ("They said [Velmara Foods|PERSON] paid.", "Velmara Foods ORG"),
    ("They said [Amina Foods|PERSON] paid.", "Amina Foods ORG"),
    ("They said [Foods|PERSON] paid.", "Foods PERSON"),
    ("They said [Velmara|PERSON], its chief, left.", "Velmara ORG"),
    ("They said [Velmara|PERSON], the chief, left.", "Velmara PERSON"),
    ("They said [Amina|PERSON], its chief, left.", "Amina PERSON"),
    ("They met the founder of [Velmara|PERSON] there.", "Velmara ORG"),
    ("They met the mother of [Velmara|PERSON] there.", "Velmara PERSON"),
    ("They met the founder of [Amina|PERSON] there.", "Amina PERSON"),
    ("They paid [Velmara|PERSON]'s employees there.", "Velmara ORG"),
    ("They paid [Velmara|PERSON]'s children there.", "Velmara PERSON"),
    ("They paid [Velmara|PERSON], which sells salt.", "Velmara ORG"),
    ("They paid [Velmara|PERSON], who sells salt.", "Velmara PERSON"),
    ("They paid [Velmara|PERSON], a new car maker.", "Velmara ORG"),
    ("They paid [Velmara|PERSON], a car maker in town.", "Velmara ORG"),
    ("They paid [Velmara|PERSON], a company director.", "Velmara PERSON"),
    ("They paid [Velmara|PERSON], the party's chief.", "Velmara PERSON"),
    ("So [Velmara|PERSON] is a new app.", "Velmara ORG"),
    ("They said [Zuvo Vance|PERSON]'s employees paid.", "Zuvo Vance PERSON"),
    ("[Velmara|PERSON] drew 1-1 with [Zuvotek|PERSON] there.", "Velmara ORG; Zuvotek ORG"),
    ("[Velmara|PLACE] drew 1-1 with them.", "Velmara PLACE"),
    ("They drew 2-2 with [Velmara|PERSON] there.", "Velmara ORG"),
    ("They drew up [Velmara|PERSON] there.", "Velmara PERSON"),
    ("[Comrade Sipho Dube|ORG] left.", "Sipho Dube PERSON"),
    ("[U Thein Maung|ORG] left.", "Thein Maung PERSON"),
    ("[U Thein|ORG] left.", "U Thein ORG"),
    ("[Comrade Sipho Dube Zulu Xolo|ORG] left.", "Sipho Dube Zulu Xolo PERSON"),
    ("[Comrade Sipho Bank|ORG] left.", "Comrade Sipho Bank ORG"),
    ("[Comrade Sipho dube|ORG] left.", "Comrade Sipho dube ORG"),
    ("The [Energy group Velmara|ORG] paid.", "Velmara ORG"),
    ("The [Energy crew Velmara|ORG] paid.", "Velmara ORG"),
    ("The [Opposition Velmara Party|ORG] paid.", "Velmara Party ORG"),
    ("The [Opposition Party|ORG] paid.", "Opposition Party ORG"),
    ("The [General Velmara Party|ORG] paid.", "General Velmara Party ORG"),
    ("The [Director General Inter-Services Velmara|ORG] paid.", "Inter-Services Velmara ORG"),
    ("The [Minister Velmara Party|ORG] paid.", "Velmara Party ORG"),
]


@pytest.mark.parametrize(("marked", "expected"), WORDING)
def test_an_organisation_is_told_by_its_wording(
    read: Read, marked: str | tuple[str, ...], expected: str
) -> None:
    assert read(*(marked if isinstance(marked, tuple) else (marked,))) == expected


BARE = [
    ("The Velmara Bank paid. The [Bank|ORG] left.", "Velmara Bank ORG; Bank=Velmara Bank ORG"),
    ("The Velmara Bank paid. The [bank|ORG] left.", "Velmara Bank ORG"),
    ("The [Bank|ORG] left. The Velmara Bank paid.", "Bank=Velmara Bank ORG; Velmara Bank ORG"),
    ("The [Bank|ORG] left. They paid.", ""),
    ("The [Parliament|ORG] left. They paid.", "Parliament ORG"),
    (
        "The Bank of Velmara paid. The [Bank|ORG] left.",
        "Bank of Velmara ORG; Bank=Bank of Velmara ORG",
    ),
    (
        "The Velmara Bank and the Zuvo Bank paid. The [Bank|ORG] left.",
        "Velmara Bank ORG; Zuvo Bank ORG; Bank=Zuvo Bank ORG",
    ),
    ("The [Cabinet|ORG] Secretary left.", ""),
    (
        "The [Velatec Mining|ORG] paid. The [Velatec|PERSON] left.",
        "Velatec Mining ORG; Velatec=Velatec Mining ORG",
    ),
    (
        "The [Velatec Mining|ORG] and [Velatec Foods|ORG] paid. The [Velatec|PERSON] left.",
        "Velatec Mining ORG; Velatec Foods ORG; Velatec PERSON",
    ),
    ("The [Trump Mining|ORG] paid. So [Trump|PERSON] left.", "Trump Mining ORG; Trump PERSON"),
    ("The [Zanuri Union|ORG] paid. The [Zanuri|NORP] left.", "Zanuri Union ORG; Zanuri NORP"),
]


@pytest.mark.parametrize(("marked", "expected"), BARE)
def test_a_part_of_a_name_stands_for_the_whole(
    read: Read, marked: str | tuple[str, ...], expected: str
) -> None:
    assert read(*(marked if isinstance(marked, tuple) else (marked,))) == expected


JUNK = [
    ("An [MD-11|PERSON] landed.", ""),
    ("An [MD-11|ORG] landed.", "MD-11 ORG"),
    ("A [3rd Harbour|PLACE] landed.", ""),
    ("A [Harbour 3|PLACE] landed.", "Harbour 3 PLACE"),
    ("The [zloty|ORG] fell.", ""),
    ("The [Zloty|PLACE] fell.", ""),
    ("The [Zloty|ORG] fell.", "Zloty ORG"),
    ("The [Harbor|PLACE] fell.", ""),
    ("So [Ven|PERSON]. Sok left.", "Sok PERSON"),
    ("So [Ven|PERSON] Sok left.", "Ven PERSON; Sok PERSON"),
    ("Shares of [Akzo|ORG] <AKZO.AS> fell; <[BRIT|ORG].L> rose.", "Akzo ORG"),
    ("[NOTE|ORG]: They left.", ""),
    ("[Note|ORG] - They left.", ""),
    ("So [Note|ORG]: They left.", "Note ORG"),
    ("[Velmara|ORG]: They left.", "Velmara ORG"),
    ("[Qtly div|ORG] fell.", ""),
    ("[Wood|PERSON], he said, burns.", ""),
    ("So [Wood|PERSON], he said, burns.", "Wood PERSON"),
    ("[Beekeepers|NORP] left.", ""),
    ("So [Beekeepers|NORP] left.", "Beekeepers NORP"),
    ("[Zuvokeepers|NORP] left.", ""),
    ("[They've|PERSON] left.", ""),
    ("The [Portfolio|ORG] Manager left.", ""),
    ("The [Portfolio|ORG] manager left.", "Portfolio ORG"),
    ("The [Velmara|ORG] Manager left.", "Velmara ORG"),
    ("[Hello|PERSON] they left.", ""),
    ("So [Hello|PERSON] they left.", "Hello PERSON"),
    ("[Velmara|PERSON] left. The velmara left.", ""),
    ("So [Velmara|PERSON] left. The velmara left.", "Velmara PERSON"),
    ("[Velmara|NORP] left. The velmara left.", "Velmara NORP"),
    ("[Market|PERSON] left. A market fell.", ""),
    ("So [MARKET|PERSON] left.", ""),
    ("[Typhoon Malta|PERSON] hit. Later [Malta|PERSON] fell.", ""),
    ("[HMS Velmara|PERSON] sank.", ""),
    ("[Hms Velmara|PERSON] sank.", "Hms Velmara PERSON"),
    ("The [ATMs|PERSON] broke.", ""),
    ("The [ATMs|ORG] broke.", "ATMs ORG"),
    ("The [ZuvoUp+|PERSON] broke.", ""),
]


@pytest.mark.parametrize(("marked", "expected"), JUNK)
def test_what_is_no_name_is_dropped(
    read: Read, marked: str | tuple[str, ...], expected: str
) -> None:
    assert read(*(marked if isinstance(marked, tuple) else (marked,))) == expected


AGAIN = [
    (
        "Minister [Amina Okafor|PERSON] left. Okafor said so.",
        "Amina Okafor PERSON; Okafor=Amina Okafor PERSON",
    ),
    ("Minister [Amina Okafor|PERSON] left. Okaforson said so.", "Amina Okafor PERSON"),
    (
        "Minister [Amina Okafor|PERSON] left. OKAFOR said so.",
        "Amina Okafor PERSON; OKAFOR=Amina Okafor PERSON",
    ),
    ("[Velatec Mining|ORG] paid. Velatec Mining left.", "Velatec Mining ORG; Velatec Mining ORG"),
    ("[Velatec|ORG] paid. Velatec left.", "Velatec ORG; Velatec ORG"),
    ("[Velatec|PERSON] paid. Velatec left.", "Velatec PERSON"),
    ("[Velatec|PLACE] paid. Velatec left.", "Velatec PLACE"),
    (
        "[Old Velatec Rock|PLACE] fell. Old Velatec Rock fell.",
        "Old Velatec Rock PLACE; Old Velatec Rock PLACE",
    ),
    ("Mr. Fidel Caldas left. Caldas said so.", "Fidel Caldas PERSON; Caldas=Fidel Caldas PERSON"),
    ("Mr. Fidel Caldas left. They met in Caldas there.", "Fidel Caldas PERSON; Caldas PLACE CO"),
    (
        "Mr. Michael Jordan left. Jordan said so.",
        "Michael Jordan PERSON; Jordan=Michael Jordan PERSON",
    ),
    (
        "Mr. Michael Jordan left. Jordan and Amman said so.",
        "Michael Jordan PERSON; Jordan PLACE JO; Amman PLACE JO",
    ),
    ("[Paris Zuvotek|PERSON] left. They flew to Paris.", "Paris Zuvotek PERSON; Paris PLACE FR"),
    ("[Zuvo Wallet|PERSON] left. The Trade Wallet fell.", "Zuvo Wallet PERSON"),
    ("[Zuvo Wallet|PERSON] left. The Wallet South fell.", "Zuvo Wallet PERSON"),
    (
        "[Zuvo Wallet|PERSON] left. So Wallet fell.",
        "Zuvo Wallet PERSON; Wallet=Zuvo Wallet PERSON",
    ),
    (
        "[Zuvo Wallet|PERSON] left. Now Wallet and Ms Wallet fell.",
        "Zuvo Wallet PERSON; Wallet=Zuvo Wallet PERSON; Wallet=Zuvo Wallet PERSON",
    ),
    (
        "[Paris Zuvotek|PERSON] left. So Paris fell.",
        "Paris Zuvotek PERSON; Paris=Paris Zuvotek PERSON",
    ),
]


@pytest.mark.parametrize(("marked", "expected"), AGAIN)
def test_a_name_comes_again(read: Read, marked: str | tuple[str, ...], expected: str) -> None:
    assert read(*(marked if isinstance(marked, tuple) else (marked,))) == expected


ACRONYMS = [
    (
        "The Sahel Grain Union (SGU) paid. SGU left.",
        "Sahel Grain Union ORG; SGU=Sahel Grain Union ORG; SGU=Sahel Grain Union ORG",
    ),
    ("SGU (Sahel Grain Union) paid.", "SGU=Sahel Grain Union ORG; Sahel Grain Union ORG"),
    (
        "The Sahel Grain Union (SGX) paid. SGX left.",
        "Sahel Grain Union ORG; SGX=Sahel Grain Union ORG; SGX=Sahel Grain Union ORG",
    ),
    (
        "The Sahel Grain Union (Unisagra) paid. He met [Unisagra|PERSON].",
        "Sahel Grain Union ORG; Unisagra=Sahel Grain Union ORG; Unisagra=Sahel Grain Union ORG",
    ),
    ("The Sahel Grain Union (Unisagra) paid.", "Sahel Grain Union ORG"),
    (
        "The Sahel Grain Union (Kenya) paid. Kenya left.",
        "Sahel Grain Union ORG; Kenya PLACE KE; Kenya PLACE KE",
    ),
    ("The Sahel Grain Union (Market) paid. Market left.", "Sahel Grain Union ORG"),
    ("The Sahel Grain Union (Amina) paid. Amina left.", "Sahel Grain Union ORG"),
    ("The Sahel Grain Union paid. SGU left.", "Sahel Grain Union ORG; SGU=Sahel Grain Union ORG"),
    ("The Sahel Union paid. SU left.", "Sahel Union ORG"),
    (
        "The Sahel Grain Union and Sun Glass Union paid. SGU left.",
        "Sahel Grain Union ORG; Sun Glass Union ORG",
    ),
    (
        "They left Kyiv (AP) there. AP said.",
        "Kyiv PLACE UA; AP=Associated Press ORG; AP=Associated Press ORG",
    ),
    (
        "The Bank of Kenya Union (BKU) paid.",
        "Bank of Kenya Union ORG KE; BKU=Bank of Kenya Union ORG KE",
    ),
    ("The Sahel Grain-Union (SGU) paid.", "Sahel Grain-Union ORG; SGU=Sahel Grain-Union ORG"),
    ("The Sahel Grain, Union (SGU) paid.", "Sahel PLACE"),
]


@pytest.mark.parametrize(("marked", "expected"), ACRONYMS)
def test_an_acronym_stands_for_its_name(
    read: Read, marked: str | tuple[str, ...], expected: str
) -> None:
    assert read(*(marked if isinstance(marked, tuple) else (marked,))) == expected


FUSION = [
    ("[Michael Jordan|PERSON] left.", "Michael Jordan PERSON"),
    ("The [Bank of Jordan|ORG] paid.", "Bank of Jordan ORG JO"),
    ("[US Arthur Vance|PERSON] left.", "US=United States PLACE US; Arthur Vance PERSON"),
    ("[US Zuvo Vance|PERSON] left.", "US Zuvo Vance PERSON"),
    ("[Muslim New York|ORG] paid.", "Muslim NORP; New York PLACE US"),
    ("[ROMAN COIN|ORG] fell.", "ROMAN COIN ORG"),
    ("[ROMAN UNION|ORG] fell.", "ROMAN UNION ORG"),
    ("[Congo River|PLACE] rose.", "Congo River PLACE CD"),
    ("[Congo Harbour Rock|PLACE] rose.", "Congo=Democratic Republic of the Congo PLACE CD"),
]


@pytest.mark.parametrize(("marked", "expected"), FUSION)
def test_a_longer_name_and_those_inside_it(
    read: Read, marked: str | tuple[str, ...], expected: str
) -> None:
    assert read(*(marked if isinstance(marked, tuple) else (marked,))) == expected


KNOWN = [
    ("They told Moody's so.", "Moody's ORG"),
    ("So [Ford|PERSON] cut jobs.", "Ford ORG"),
    ("They met at [Ford|PERSON] there.", "Ford PERSON"),
    ("[Apple|PERSON] pickers struck.", "Apple PERSON"),
    ("[Apple|PERSON] said so.", "Apple ORG"),
    ("They met [Target|ORG] there.", "Target ORG"),
]


@pytest.mark.parametrize(("marked", "expected"), KNOWN)
def test_known_organisations(read: Read, marked: str | tuple[str, ...], expected: str) -> None:
    assert read(*(marked if isinstance(marked, tuple) else (marked,))) == expected


PERSONS = [
    ("Foreign Minister Zuvo Velmara left.", "Zuvo Velmara PERSON"),
    ("The minister Zuvo Velmara left.", "Zuvo Velmara PERSON"),
    ("Mr. London left.", "London PERSON"),
    ("Prime Minister London left.", "London PLACE GB"),
    ("Major Chad left.", "Chad PERSON"),
    ("a major Chadian grower left.", "Chadian NORP TD"),
    ("J. Velmara left.", "J. Velmara PERSON"),
    ("J.P. Velmara left.", "J.P. Velmara PERSON"),
    ("U.S. Banks left.", "U.S.=United States PLACE US"),
    ("Chief Cabinet Secretary left.", ""),
    ("Gen. Abdel Rahman al Sayed spoke.", "Abdel Rahman al Sayed PERSON"),
    ("Gen. Abdel Rahman al spoke.", "Abdel Rahman PERSON"),
    ("Gen. Zuvo bin Velmara Al Xilo spoke.", "Zuvo bin Velmara Al Xilo PERSON"),
    ("So Ana de la Cruz Velmara spoke.", "Ana de la Cruz Velmara PERSON"),
    ("So Ana van der Velmara spoke.", "Ana van der Velmara PERSON"),
    ("So Ana of the Velmara spoke.", ""),
    ("Kenya Robles bought a mill.", "Kenya Robles PERSON"),
    ("Mr. Holland left. Holland came back.", "Holland PERSON; Holland PERSON"),
    ("Mr. Holland left. He lives in Holland.", "Holland PERSON; Holland=Netherlands PLACE NL"),
    ("Their sons Georgia and Max left. Georgia paints.", ""),
    ("President Zuvo Velmara Xilo Teka Moru spoke.", "Zuvo Velmara Xilo Teka PERSON"),
    ("President ZUVOT spoke.", ""),
    ("President ZUVO spoke.", "ZUVO PERSON"),
    ("President Zuvo of Velmara spoke.", "Zuvo PERSON"),
    ("President Zuvo Bank spoke.", "Zuvo Bank ORG"),
    ("President Zuvo Minister spoke.", ""),
    ("Will Velmara left.", ""),
    ("So Will Velmara left.", "Will Velmara PERSON"),
    ("Will Taylor left.", "Will Taylor PERSON"),
    ("So Ana Velmara left.", "Ana Velmara PERSON"),
    ("So Velmara Ana left.", ""),
    ("Grace Velmara left.", ""),
    ("Chad Smith left.", "Chad Smith PERSON"),
    ("Chad Velmara left.", "Chad Velmara PERSON"),
    ("Paris Hilton left.", "Paris Hilton PERSON"),
    ("London Smith left.", "London Smith PERSON"),
    ("London Smith sits here.", "London PLACE GB"),
    (("They left.", "Ana Velmara Wins the Long Race of the Year"), ""),
    (("They left.", "Minister Zuvo Wins the Long Race of the Year"), ""),
]


@pytest.mark.parametrize(("marked", "expected"), PERSONS)
def test_persons_by_rule(read: Read, marked: str | tuple[str, ...], expected: str) -> None:
    assert read(*(marked if isinstance(marked, tuple) else (marked,))) == expected


ORGANISATIONS = [
    ("The Velmara Mining Corp paid.", "Velmara Mining Corp ORG"),
    ("The Velmara Zuvo Xilo Teka Moru Corp paid.", "Velmara Zuvo Xilo Teka Moru Corp ORG"),
    ("The Ministry of Water Affairs met.", "Ministry of Water Affairs ORG"),
    ("The Ministry of the Interior met.", "Ministry of the Interior ORG"),
    ("The Ministry of Water Affairs Xilo Teka met.", "Ministry of Water Affairs Xilo ORG"),
    ("The Bank of the Republic met.", "Bank of the Republic ORG"),
    ("The Bank of the republic met.", ""),
    ("Bank of Ireland Governor Zuvo left.", "Bank of Ireland ORG IE; Zuvo PERSON"),
    ("The Soviet Union fell.", "Soviet Union=Russia PLACE RU"),
    ("The Minister Bank fell.", ""),
    ("The Corp paid.", ""),
    ("The Union of Velmara fell.", "Union of Velmara ORG"),
    ("So the Velmara Bank of Zuvo Minister left.", "Velmara Bank of Zuvo ORG"),
    (("They left.", "Velmara Mining Corp Wins the Long Race of the Year"), ""),
]


@pytest.mark.parametrize(("marked", "expected"), ORGANISATIONS)
def test_organisations_by_rule(read: Read, marked: str | tuple[str, ...], expected: str) -> None:
    assert read(*(marked if isinstance(marked, tuple) else (marked,))) == expected


LANGUAGES = [
    ("They spoke French.", "French NORP"),
    ("They spoke French wine.", "French NORP FR"),
    ("They spoke French and Thai.", "French NORP; Thai NORP"),
    ("They spoke Thai, French.", "Thai NORP; French NORP"),
    (
        "They spoke Thai, French and US banks fell.",
        "Thai NORP TH; French NORP FR; US=United States PLACE US",
    ),
    ("They saw a French lesson.", "French NORP"),
    ("They saw a French lorry.", "French NORP FR"),
    ("The book came in French on Monday.", "French NORP"),
    ("The book came in French homes.", "French NORP FR"),
    ("They spoke fluent French.", "French NORP"),
    ("They saw Typhoon Malta. Malta fell.", ""),
    ("They saw typhoon Malta. Malta fell.", "Malta PLACE MT; Malta PLACE MT"),
    ("HMS Malta sank. Malta fell.", ""),
    ("HMX Malta sank. Malta fell.", "Malta PLACE MT; Malta PLACE MT"),
    ("Many Zulus and an Inuk left.", "Zulus NORP; Inuk NORP"),
    ("Many ultra-Orthodox Jews left.", "ultra-Orthodox Jews NORP"),
    ("Ultra-Orthodox men left.", "Ultra-Orthodox=ultra-Orthodox NORP"),
    ("The ultra-modern men left.", ""),
]


@pytest.mark.parametrize(("marked", "expected"), LANGUAGES)
def test_languages_storms_and_ships(
    read: Read, marked: str | tuple[str, ...], expected: str
) -> None:
    assert read(*(marked if isinstance(marked, tuple) else (marked,))) == expected


QUALIFIERS = [
    ("They left London, Ky.", "London PLACE US; Ky.=Kentucky PLACE US"),
    ("They left London, Ky., there.", "London PLACE US; Ky.=Kentucky PLACE US"),
    ("They left London, Ontario, there.", "London PLACE CA; Ontario PLACE CA"),
    ("They left Poland, Ohio, there.", "Poland PLACE US; Ohio PLACE US"),
    ("They left London, Japan and Ohio, there.", "London PLACE GB; Japan PLACE JP; Ohio PLACE US"),
    ("They left Islamabad [Pakistan] there.", "Islamabad PLACE PK; Pakistan PLACE PK"),
    ("They left Baku (Azerbaijan) there.", "Baku PLACE AZ; Azerbaijan PLACE AZ"),
    ("They left Zuvotek, Ky., there.", "Ky.=Kentucky PLACE US"),
    ("They left Zuvotek, Ohio, there.", "Ohio PLACE US"),
    ("They left Tbilisi, Georgia, there.", "Tbilisi PLACE GE; Georgia PLACE GE"),
    ("They left Atlanta, Georgia, there.", "Atlanta PLACE US; Georgia PLACE US"),
    ("The senator (R-Ky.) left.", "Ky.=Kentucky PLACE US"),
    ("The senator (X-Ky.) left.", ""),
    ("They left Decatur, GA 30030.", "Decatur PLACE US; GA=Georgia PLACE US"),
    ("They left decatur, GA 30030.", ""),
    ("The US left.", "US=United States PLACE US"),
    ("us left.", ""),
    ("GIVE US A CHANCE", ""),
    ("GIVE US TROOPS A CHANCE", ""),
    ("THE US LEFT", "US=United States PLACE US"),
    ("The U.S. left.", "U.S.=United States PLACE US"),
    ("They paid US$5 million.", ""),
    ("They paid US $5 million.", "US=United States PLACE US"),
]


@pytest.mark.parametrize(("marked", "expected"), QUALIFIERS)
def test_qualifiers_and_abbreviations(
    read: Read, marked: str | tuple[str, ...], expected: str
) -> None:
    assert read(*(marked if isinstance(marked, tuple) else (marked,))) == expected


NAMESAKES = [
    ("Chad Brookes left. Later Chad said so.", "Chad Brookes PERSON"),
    ("Chad Brookes left. They met in Chad.", "Chad PLACE TD; Chad PLACE TD"),
    (
        "Chad Brookes left. Chadian troops left. Later Chad said so.",
        "Chad PLACE TD; Chadian NORP TD; Chad PLACE TD",
    ),
    ("Turkey prices rose. A frozen turkey is dear.", ""),
    ("Turkey prices rose. They said so.", "Turkey PLACE TR"),
    ("So Turkey prices rose. A frozen turkey is dear.", "Turkey PLACE TR"),
    (
        "Turkey prices rose. Ankara said so. A frozen turkey is dear.",
        "Turkey PLACE TR; Ankara PLACE TR",
    ),
    ("Turkey prices rose. They mailed from turkey.com.", "Turkey PLACE TR"),
]


@pytest.mark.parametrize(("marked", "expected"), NAMESAKES)
def test_given_names_and_things_named_like_a_place(
    read: Read, marked: str | tuple[str, ...], expected: str
) -> None:
    assert read(*(marked if isinstance(marked, tuple) else (marked,))) == expected


OWNED = [
    ("He was told at Belfast Magistrate's Court so.", "Belfast Magistrate's Court ORG GB"),
    ("She works at Kampala Children's Hospital there.", "Kampala Children's Hospital ORG UG"),
    ("They left Kenya's Court there.", "Kenya PLACE KE"),
    ("The fleet left Prince Edward Island there.", "Prince Edward Island PLACE CA"),
]


@pytest.mark.parametrize(("text", "expected"), OWNED)
def test_a_genitive_within_a_name_is_part_of_it(read: Read, text: str, expected: str) -> None:
    assert read(text) == expected


MINISTRIES = [
    (
        "The Ministry of Gender, Labour and Social Development paid.",
        "Ministry of Gender, Labour and Social Development ORG",
    ),
    ("The Ministry of Health, Zanuri and Velmara paid.", "Ministry of Health ORG"),
    (
        "The Ministry of Health paid. The Health Ministry left.",
        "Ministry of Health ORG; Health Ministry=Ministry of Health ORG",
    ),
    ("The Health Ministry left.", "Health Ministry ORG"),
]


@pytest.mark.parametrize(("text", "expected"), MINISTRIES)
def test_a_ministry_is_named_by_all_its_fields(read: Read, text: str, expected: str) -> None:
    assert read(text) == expected


PERSONS_AS_PLACES = [
    ("Then [Huseyin Oz|PLACE] told reporters.", "Huseyin Oz PERSON"),
    ("Then [Chuan Leekpan|PLACE] was sworn in.", "Chuan Leekpan PERSON"),
    ("Then [Velmar Lake|PLACE] told reporters.", "Velmar Lake PLACE"),
    ("The bank in [Velmar Zanuri|PLACE] told reporters.", "Velmar Zanuri PLACE"),
    ("Their son [Mateo|PLACE] sings.", "Mateo PERSON"),
    ("They live in [Mateo|PLACE] now.", "Mateo PLACE"),
]


@pytest.mark.parametrize(("text", "expected"), PERSONS_AS_PLACES)
def test_who_speaks_or_has_a_given_name_is_no_place(read: Read, text: str, expected: str) -> None:
    assert read(text) == expected


NO_ENTITIES = [
    ("A cure for [Ebola|PLACE] came.", ""),
    ("After [Brexit|ORG] they left.", ""),
    ("They thank [Allah|PERSON] for it.", ""),
    ("They met [Abu Allah Velmar|PERSON] there.", "Abu Allah Velmar PERSON"),
]


@pytest.mark.parametrize(("text", "expected"), NO_ENTITIES)
def test_diseases_and_gods_are_no_entities(read: Read, text: str, expected: str) -> None:
    assert read(text) == expected


PAIRS = [
    ("They block [TikTok and WhatsApp|ORG] there.", "TikTok ORG; WhatsApp ORG"),
    ("They block [Velmar and WhatsApp|ORG] there.", "Velmar and WhatsApp ORG"),
]


@pytest.mark.parametrize(("text", "expected"), PAIRS)
def test_two_known_organisations_are_no_single_one(read: Read, text: str, expected: str) -> None:
    assert read(text) == expected


KINDS = [
    ("They met in Turkana County.", "Turkana County=Turkana PLACE KE"),
    ("They met in Turkana county.", "Turkana PLACE KE"),
    ("They met in Nairobi County, Kenya.", "Nairobi County=Nairobi PLACE KE; Kenya PLACE KE"),
    ("The Anhui Province Zuvo fell.", "Anhui PLACE CN"),
    ("The Anhui Province of Zuvo fell.", "Anhui PLACE CN"),
    ("The Anhui Province Governor Zuvo left.", "Anhui Province=Anhui PLACE CN; Zuvo PERSON"),
    ("They met in Kenya County.", "Kenya PLACE KE"),
    ("They met Western envoys there.", "Western NORP"),
    ("They met Hun Sen there.", "Hun Sen PERSON"),
    ("They met [Geert Wilders|ORG] there.", "Geert Wilders PERSON"),
    ("They met [Edgars|NORP] Rinkevics there.", "Edgars Rinkevics PERSON"),
    ("They met the Nelson Mandela Bay.", ""),
    ("They met the [Nelson Mandela University|ORG].", "Nelson Mandela University ORG"),
    ("They met Mr Kim Dae-on and left.", "Kim Dae-on PERSON"),
    ("They met [Kim Dae-on|PERSON] there.", "Kim Dae-on PERSON"),
    ("They met [Zuvo Velmara-in|PERSON] there.", "Zuvo Velmara PERSON"),
    (
        "They met Mr Abdul Rahman bin Mohammad bin Nasir Al Owaid.",
        "Abdul Rahman bin Mohammad bin Nasir Al Owaid PERSON",
    ),
    (
        "They met the Ministry of the Interior and Safety.",
        "Ministry of the Interior and Safety ORG",
    ),
    (
        "They met the Council for Scientific and Industrial Research.",
        "Council for Scientific and Industrial Research ORG",
    ),
    ("They met the Ministry of Safety and Parliament.", "Ministry of Safety ORG"),
    ("They paid Velmara Oil and Gas Corporation.", "Velmara Oil and Gas Corporation ORG"),
    ("They paid the City Civil and Sessions Court.", "City Civil and Sessions Court ORG"),
    ("They met the Army and Police Force.", "Police Force ORG"),
    ("They met Western Zuvo there.", ""),
]


@pytest.mark.parametrize(("text", "expected"), KINDS)
def test_the_kind_of_a_place_ends_its_name(read: Read, text: str, expected: str) -> None:
    assert read(text) == expected


LISTED = [
    ("Honda and Toyota paid. Honda left.", "Honda ORG; Toyota ORG JP; Honda ORG"),
    ("Total, Eni and Lidl paid.", "Total=TotalEnergies ORG; Eni ORG; Lidl ORG"),
    ("Total and Velmara paid.", ""),
]


@pytest.mark.parametrize(("text", "expected"), LISTED)
def test_a_list_with_a_firm_tells_what_a_weak_name_is(read: Read, text: str, expected: str) -> None:
    assert read(text) == expected


SEATS = [
    ("The dock of Cardiff Crown Court fell.", "Cardiff Crown Court ORG GB"),
    ("The dock of Cardiff Crown Hotel fell.", "Cardiff PLACE"),
    ("The beds of Mulago Hospital were full.", "Mulago Hospital ORG UG"),
]


@pytest.mark.parametrize(("text", "expected"), SEATS)
def test_courts_and_hospitals_are_in_their_country(read: Read, text: str, expected: str) -> None:
    assert read(text) == expected


STATES = [
    ("Floods hit Niger, Kwara and Kogi states.", "Kwara PLACE NG; Kogi PLACE NG"),
    ("Floods hit the states of Kwara and Niger.", "Kwara PLACE NG"),
    ("Floods hit the states of Mexico.", "Mexico PLACE MX"),
    ("Floods hit Niger, Chad and other states.", "Niger PLACE NE; Chad PLACE TD"),
]


@pytest.mark.parametrize(("text", "expected"), STATES)
def test_a_state_that_is_named_like_a_country(read: Read, text: str, expected: str) -> None:
    assert read(text) == expected


FORMER = [
    ("Stamps of the Gold Coast colony, now Ghana, fell.", "Ghana PLACE GH"),
    ("The Gold Coast, as Ghana was called, fell.", "Ghana PLACE GH"),
    ("He went to Geelong, now in Victoria.", "Geelong PLACE AU; Victoria PLACE AU"),
    ("Stamps of Afganistan fell.", "Afganistan=Afghanistan PLACE AF"),
]


@pytest.mark.parametrize(("text", "expected"), FORMER)
def test_old_and_misspelt_names_of_countries(read: Read, text: str, expected: str) -> None:
    assert read(text) == expected
