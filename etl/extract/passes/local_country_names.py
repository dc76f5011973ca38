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

from etl.extract.article import ArticleState
from etl.extract.gazetteer.candidates import Candidate, base_scores
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
        _mention(field, found, meaning, gazetteer, text)
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


def _mention(
    field: str, found: re.Match[str], meaning: LocalName, gazetteer: Gazetteer, text: str
) -> Mention:
    code, (start, end) = meaning.country_code, found.span("name")
    label, name, method, score = "PLACE", gazetteer.country_names[code], "country_name", NAME_SCORE
    place_id = None
    if meaning.kind == "people":
        label, name, method = "NORP", adjectives().get(code, name), "demonym"
    elif meaning.kind == "capital":
        name, method, score = meaning.name or found["name"], "capital", CAPITAL_SCORE
    elif method_of_place := PLACE_METHODS.get(meaning.kind):
        known = _known_place(meaning, gazetteer, method_of_place)
        name, method, score = meaning.name, method_of_place, base_scores()["subdivision"]
        if known is not None:
            name, score, place_id = known.name, known.score, known.place_id or None
    return Mention(
        field, start, end, text[start:end], label, name, code, method, score, place_id=place_id
    )


def _known_place(meaning: LocalName, gazetteer: Gazetteer, method: str) -> Candidate | None:
    """The place that the gazetteer has under a local name's English one."""
    candidates = gazetteer.candidates.get(fold_name(meaning.name), ())
    of_country = (c for c in candidates if c.country_code == meaning.country_code)
    return next((c for c in of_country if c.method == method), None)
