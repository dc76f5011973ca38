"""Language tags: given, detected, or honestly unknown."""

import re

import pytest

from etl.parse.language import choose_language, detect_language, normalise_tag
from expectations.rows import LANGUAGE_TAG

SENTENCES = {
    "en": "The harbour authority said on Tuesday that two cranes would be closed for repairs.",
    "de": "Die Hafenbehörde teilte am Dienstag mit, dass zwei Kräne geschlossen bleiben.",
    "fr": "L'autorité portuaire a annoncé mardi que deux grues resteraient fermées.",
    "es": "La autoridad portuaria informó el martes de que dos grúas permanecerán cerradas.",
    "pt": "A autoridade portuária informou na terça-feira que dois guindastes ficarão fechados.",
    "it": "L'autorità portuale ha comunicato martedì che due gru resteranno chiuse.",
    "ro": "Autoritatea portuară a anunțat marți că două macarale vor fi închise.",
    "sl": "Pristaniška uprava je v torek sporočila, da bosta dva žerjava zaprta.",
    "tr": "Liman idaresi salı günü yaptığı açıklamada iki vincin kapalı kalacağını bildirdi.",
    "ru": "Администрация порта сообщила во вторник, что два крана будут закрыты.",
    "ar": "قالت هيئة الميناء يوم الثلاثاء إن رافعتين ستغلقان للإصلاح حتى نهاية الشهر.",
    "ur": "بندرگاہ کے حکام نے منگل کو کہا کہ دو کرینیں مرمت کے لیے بند رہیں گی۔",
    "hi": "बंदरगाह प्राधिकरण ने मंगलवार को कहा कि दो क्रेनें बंद रहेंगी।",
    "zh": "港务局周二表示，两台起重机将因维修关闭至本月底。",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_a_sentence_is_enough(language: str) -> None:
    assert detect_language(SENTENCES[language]) == language


@pytest.mark.parametrize(
    "text", ["", "12 34", "Lima", "Jakarta Stocks Gain", "Santos Palmeiras Vila Belmiro"]
)
def test_names_alone_are_undetermined(text: str) -> None:
    assert detect_language(text) == "und"


def test_english_function_words_settle_a_doubt() -> None:
    assert detect_language("Shr nine cts vs seven cts Net 1,356 vs 1,041 Revs 9.7 mln") == "en"


@pytest.mark.parametrize(
    ("given", "tag"),
    [
        ("en", "en"),
        ("EN_gb", "en-GB"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("EN-gb-OXENDICT", "en-GB-oxendict"),
        ("de-1996", "de-1996"),
        ("sl-rozaj-1A9B", "sl-rozaj-1a9b"),
        ("English", None),
        ("e", None),
        ("", None),
        (None, None),
    ],
)
def test_given_tags_are_checked(given: str | None, tag: str | None) -> None:
    assert normalise_tag(given) == tag
    assert tag is None or re.search(LANGUAGE_TAG, tag)  # else it would stop its night


def test_a_given_tag_wins() -> None:
    assert choose_language(given="sl", title=None, body=SENTENCES["en"]) == "sl"


def test_a_bad_tag_does_not_win() -> None:
    assert choose_language(given="English", title=None, body=SENTENCES["de"]) == "de"
