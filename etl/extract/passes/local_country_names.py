"""Countries named in another language: "Nemčija", "Polens", "للعراق".

Adds: the countries of an article that is not in English, their peoples and capitals, and regions
and cities of countries that speak its language, under their names in it as they stand, with other
endings where the language declines them, and behind what Arabic, Hebrew or Amharic write in one
word with them.
Changes: nothing.
Drops: nothing.

What does not belong here: English rules for persons and organisations, which would invent
entities in a foreign text; the names themselves (gazetteer.local_names).
"""

import re
from dataclasses import replace

from etl.extract.article import ArticleState
from etl.extract.gazetteer.candidates import base_scores
from etl.extract.gazetteer.country_tables import adjectives
from etl.extract.gazetteer.dictionary import Gazetteer
from etl.extract.gazetteer.local_names import LocalName, load_local
from etl.extract.mentions import Mention
from etl.extract.text.tokens import fold_name

NAME_SCORE = 0.95
CAPITAL_SCORE = 0.9
PLACE_METHODS = {"division": "subdivision", "city": "city"}
# Tags under which the tables have a language otherwise.
_TABLED = {"nb": "no", "nn": "no", "fil": "tl"}


def add_local_countries(article: ArticleState) -> None:
    """Add the countries named in the article's own language."""
    found = find_local_names(article.texts, article.gazetteer, language=article.language)
    article.mentions.put(found)


def find_local_names(
    texts: dict[str, str], gazetteer: Gazetteer, *, language: str
) -> list[Mention]:
    """Countries named in ``language`` (a BCP 47 tag; its first part counts)."""
    base = language.split("-")[0].lower()
    local = load_local(_TABLED.get(base, base))
    if local is None:
        return []
    return [
        replace(_mention(field, found, meaning, gazetteer), text=text[slice(*found.span("name"))])
        for field, text in texts.items()
        for found in local.pattern.finditer(_cased_as_names(text))
        if _is_spoken(meaning := local.meaning(found["name"]), texts)
    ]


def _cased_as_names(text: str) -> str:
    """A text all in capitals as names are written: "V SLOVENIJI" is searched as "V Sloveniji"."""
    titled = text.title() if text.isupper() else text
    return titled if len(titled) == len(text) else text


def _is_spoken(meaning: LocalName, texts: dict[str, str]) -> bool:
    """Whether it is no word of the language too ("شام", evening or Syria), or something else in
    the texts speaks for it."""
    needs = meaning.needs
    return not needs or any(other in text for text in texts.values() for other in needs)


def _mention(field: str, found: re.Match[str], meaning: LocalName, gazetteer: Gazetteer) -> Mention:
    code, start, end = meaning.country_code, found.start("name"), found.end("name")
    label, name, method = "PLACE", gazetteer.country_names[code], "country_name"
    if meaning.kind == "people":
        label, name, method = "NORP", adjectives().get(code, name), "demonym"
    elif meaning.kind == "capital":
        name, method = meaning.name or found["name"], "capital"
    elif meaning.kind in PLACE_METHODS:
        return _place_mention(field, found, meaning, gazetteer)
    score = CAPITAL_SCORE if method == "capital" else NAME_SCORE
    return Mention(field, start, end, found["name"], label, name, code, method, score)


def _place_mention(
    field: str, found: re.Match[str], meaning: LocalName, gazetteer: Gazetteer
) -> Mention:
    """A region or city, with the score and the place that the gazetteer has for it."""
    method = PLACE_METHODS[meaning.kind]
    code, start, end = meaning.country_code, found.start("name"), found.end("name")
    known = next(
        (
            candidate
            for candidate in gazetteer.candidates.get(fold_name(meaning.name), ())
            if candidate.country_code == code and candidate.method == method
        ),
        None,
    )
    score = known.score if known else base_scores()["subdivision"]
    place_id = known.place_id or None if known else None
    name = known.name if known else meaning.name
    return Mention(
        field, start, end, found["name"], "PLACE", name, code, method, score, place_id=place_id
    )
