"""Countries, peoples and capitals named in other languages than English, in all their forms."""

import pytest
from article_states import shipped_extractor

from bench.labelled_sets import text_row
from etl.extract.passes.local_country_names import find_local_names

SENTENCES = [
    ("es", "Los pescadores chilenos y la marina japonesa esperan en Ginebra.", {"CL", "JP"}),
    ("es", "Hay indicios de que los fines de semana indican otra cosa.", set()),
    ("fr", "Un diplomate attend les pêcheurs islandais.", {"IS"}),
    ("de", "Die norwegische Küste und Kairo.", {"NO", "EG"}),
    ("nl", "De Franse en de Turkse minister spraken.", {"FR", "TR"}),
    ("ru", "Рыбаки из Норвегии и японские моряки ждали в Каире.", {"NO", "JP", "EG"}),
    ("ru", "Слова о поле и малине.", set()),
    ("uk", "Моряки та уряд Португалії.", {"PT"}),
    ("cs", "Ministr ze Spojených států.", {"US"}),
    ("el", "Ο πρόεδρος της Πορτογαλίας και η Νορβηγία.", {"PT", "NO"}),
    ("hu", "A norvég hajó Portugáliából jött.", {"PT"}),
    ("tr", "Japonya ve Norveç'te balıkçılar.", {"JP", "NO"}),
    ("ar", "قال الوزير الفرنسي إن اليابان", {"FR", "JP"}),
    ("am", "የጃፓን ሚኒስትር ወደ ኖርዌይ", {"JP", "NO"}),
    ("zh", "菲律賓和挪威", {"PH", "NO"}),
    ("sw", "Japani na Norwe", {"JP"}),
    ("so", "Soomaaliya iyo Itoobiya", {"SO", "ET"}),
    ("xx", "Norway", set()),
]


@pytest.mark.parametrize(("language", "text", "codes"), SENTENCES)
def test_a_country_is_found_in_the_forms_of_its_language(
    language: str, text: str, codes: set[str]
) -> None:
    gazetteer = shipped_extractor().gazetteer
    found = find_local_names({"body": text}, gazetteer, language=language)
    assert {mention.country_code for mention in found} == codes
    assert all(text[m.start : m.end] == m.text for m in found)


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("sl", "NOVI POMOL V SLOVENIJI BO ODPRT JESENI.", "SLOVENIJI"),
        ("ru", "РЫБАКИ ИЗ НОРВЕГИИ ЖДАЛИ.", "НОРВЕГИИ"),
        ("de", "DIE KÜSTE VON NORWEGEN, SEHR GROSS.", "NORWEGEN"),
    ],
)
def test_a_text_in_capitals_has_its_countries(language: str, text: str, name: str) -> None:
    (found,) = find_local_names({"title": text}, shipped_extractor().gazetteer, language=language)

    assert found.text == name
    assert text[found.start : found.end] == name


def test_peoples_are_groups_and_capitals_places() -> None:
    gazetteer = shipped_extractor().gazetteer
    text = "Der norwegische Botschafter in Kairo"
    found = find_local_names({"body": text}, gazetteer, language="de")
    assert [(m.text, m.label, m.name, m.method) for m in found] == [
        ("norwegische", "NORP", "Norwegian", "demonym"),
        ("Kairo", "PLACE", "Cairo", "capital"),
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Angela Merkel a parlé du port de Lyre."),
        ("de", "Der Hafen wartet auf Angela Merkel."),
        ("pt", "O porto espera por Angela Merkel desde domingo."),
    ],
)
def test_a_known_person_is_found_in_any_language(language: str, text: str) -> None:
    row = {**text_row(body=text), "language_code": language}
    (article,) = shipped_extractor().find_mentions([row])
    assert [m.text for m in article if m.label == "PERSON"] == ["Angela Merkel"]
