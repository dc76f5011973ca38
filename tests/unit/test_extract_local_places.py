"""Regions and cities under their names in the languages of their countries; words are none."""

import pytest
from article_states import shipped_extractor

from etl.extract.article import ArticleState
from etl.extract.passes import run_passes
from etl.tables import read_table

FOUND = [
    (
        "de",
        "In München ist am Montag eine Straßenbahn entgleist, sagte die Polizei.",
        "DE",
    ),
    (
        "de",
        "Der Landtag von Niederösterreich hat am Donnerstag ein neues Jagdgesetz beschlossen.",
        "AT",
    ),
    ("de", "In Bayern steigen die Preise für Milch, sagte der Bauernverband am Dienstag.", "DE"),
    ("de", "Die Feuerwehr in Köln musste am Wochenende zu vierzig Einsätzen ausrücken.", "DE"),
    ("de", "Der Kanton Graubünden will die Straße über den Pass im Winter sperren.", "CH"),
    ("it", "A Torino gli operai della fabbrica hanno scioperato per due ore lunedì mattina.", "IT"),
    ("it", "La regione Lombardia ha approvato il nuovo piano per i treni dei pendolari.", "IT"),
    ("it", "A Napoli una nave è rimasta bloccata nel porto per tutta la notte.", "IT"),
    ("es", "La Junta de Andalucía aprobó el martes un nuevo plan contra la sequía.", "ES"),
    ("es", "En Sevilla se registraron ayer las temperaturas más altas del año.", "ES"),
    ("es", "El gobernador de Jalisco anunció obras en la carretera del norte.", "MX"),
    ("fr", "Le conseil régional de Bretagne a voté lundi une aide aux pêcheurs.", "FR"),
    ("fr", "À Marseille, les éboueurs ont repris le travail mardi matin.", "FR"),
    ("fr", "La province du Nord-Kivu a connu de nouveaux combats ce week-end.", "CD"),
    ("pt", "O governo de São Paulo anunciou nesta terça um novo programa de moradia.", "BR"),
    ("nl", "In Noord-Brabant zijn dinsdag drie boerderijen geruimd vanwege vogelgriep.", "NL"),
    ("nl", "De brandweer van Rotterdam rukte zondag uit voor een brand in de haven.", "NL"),
    ("sv", "I Göteborg stängdes hamnen på tisdagen efter en oljeläcka.", "SE"),
    ("sv", "Länsstyrelsen i Västra Götaland varnar för torka i sommar.", "SE"),
    ("cs", "Jihomoravský kraj vyhlásil kvůli suchu zákaz rozdělávání ohňů.", "CZ"),
    ("tr", "İzmir'de salı günü feribot seferleri fırtına nedeniyle iptal edildi.", "TR"),
    ("fi", "Tampereella avattiin maanantaina uusi raitiotielinja.", "FI"),
    ("da", "I Aarhus blev en ny bro åbnet tirsdag eftermiddag.", "DK"),
    ("no", "I Trøndelag er det ventet storm natt til onsdag, melder meteorologene.", "NO"),
    ("ro", "La Cluj-Napoca a fost deschis marți un nou spital pentru copii.", "RO"),
    ("hu", "Debrecenben kedden új gyárat avattak, közölte az önkormányzat.", "HU"),
    ("id", "Gubernur Jawa Barat meresmikan jalan tol baru pada hari Selasa.", "ID"),
    ("vi", "Thành phố Hồ Chí Minh mở thêm ba tuyến xe buýt mới từ thứ Hai.", "VN"),
    ("ru", "В Екатеринбурге во вторник открыли новую станцию метро.", "RU"),
    ("ru", "Власти Свердловской области объявили режим повышенной готовности.", "RU"),
    ("uk", "У Харкові у вівторок відновили рух трамваїв.", "UA"),
    ("el", "Στη Θεσσαλονίκη άνοιξε την Τρίτη νέα γραμμή λεωφορείων.", "GR"),
    ("ar", "افتتح محافظ الإسكندرية يوم الثلاثاء مستشفى جديدا للأطفال.", "EG"),
    ("hi", "उत्तर प्रदेश सरकार ने मंगलवार को नई योजना की घोषणा की।", "IN"),
    ("ja", "大阪府は火曜日、新しい防災計画を発表した。", "JP"),
    ("ko", "부산시는 화요일 새로운 버스 노선을 발표했다.", "KR"),
    ("zh", "广东省政府周二公布了新的交通计划。", "CN"),
]

NONE = [
    ("de", "In der Mitte stand ein Tisch, an den sich niemand setzte."),
    ("de", "Die Favoriten und die Löwen warten, und die Marken steigen im Preis."),
    ("ru", "Марина сказала, что дождь прошёл во вторник."),
    ("hu", "Heves esőzés várható kedden, közölte a szolgálat."),
    ("pt", "O Natal será chuvoso, e a gaza ficou no hospital."),
    ("es", "La paz es posible, dijo el central, y la florida orilla espera."),
    ("fr", "Le centre et le plateau attendent la pluie, a dit le maire."),
    ("ar", "نشرت الصحيفة صور الحفل في المدينة يوم الثلاثاء."),
    ("he", "הרחובות היו ריקים ביום שלישי."),
    ("ru", "Слова о мире и туле услышали во вторник."),
    ("zh", "和平与民主是大同社会的目标。"),
    ("tr", "Ordu salı günü açıklama yaptı."),
    ("sl", "Tabor za otroke se je končal v torek."),
    ("it", "Le marche da bollo costano di più da lunedì."),
]


def places(language: str, text: str) -> set[str | None]:
    article = ArticleState({"body": text}, language, shipped_extractor().gazetteer)
    run_passes(article)
    return {mention.country_code for mention in article.mentions}


@pytest.mark.parametrize(("language", "text", "code"), FOUND)
def test_a_place_alone_tells_the_country(language: str, text: str, code: str) -> None:
    assert places(language, text) == {code}


@pytest.mark.parametrize(("language", "text"), NONE)
def test_words_are_no_places(language: str, text: str) -> None:
    assert places(language, text) == set()


def test_a_place_is_the_one_of_the_gazetteer() -> None:
    text = "In München ist am Montag eine Straßenbahn entgleist, in Bayern die zweite."
    article = ArticleState({"body": text}, "de", shipped_extractor().gazetteer)
    run_passes(article)
    munich, bavaria = article.mentions

    assert (munich.text, munich.name, munich.method) == ("München", "Munich", "city")
    assert munich.place_id
    assert (bavaria.text, bavaria.method) == ("Bayern", "subdivision")
    assert all(text[m.start : m.end] == m.text for m in article.mentions)


def test_a_name_means_one_country_in_a_language() -> None:
    rows = read_table("local_places.csv").select("language_code", "word", "country_code").unique()

    assert rows.select("language_code", "word").is_duplicated().sum() == 0
