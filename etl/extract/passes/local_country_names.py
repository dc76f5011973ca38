"""Countries named in another language: "Nemčija", "Polens", "للعراق".

Adds: the countries of an article that is not in English, under their CLDR names in its language
as they stand, with other endings where the language declines them, and behind what Arabic writes
in one word with them.
Changes: nothing.
Drops: nothing.

What does not belong here: English rules for persons and organisations, which would invent
entities in a foreign text.
"""

import re
from dataclasses import dataclass

from etl.extract.article import ArticleState
from etl.extract.gazetteer.dictionary import Gazetteer
from etl.extract.mentions import Mention
from etl.lexicon import pattern
from etl.tables import looked_up_in_tables, made_of_tables, read_table, split_list

# Arabic "to the" takes a letter of the article: "للعراق", to Iraq.
_ARTICLE, _TO_THE = "ال", "لل"
SHORTEST_STEM = 4
_ENDING = 3
NAME_SCORE = 0.95
_VOWELS = "aeiouyąęěáéíóúýаеиоуыэюяіїйьăâîõäöü"


def add_local_countries(article: ArticleState) -> None:
    """Add the countries named in the article's own language."""
    found = find_local_names(article.texts, article.gazetteer, language=article.language)
    article.mentions.put(found)


@dataclass(frozen=True, slots=True)
class Forms:
    """How a language writes names of countries: whether their last letters change ("Rusija",
    "Rusiji"), whether words stand without spaces, and what stands in one word with the name, right
    ``before`` ("ومصر", and Egypt) or ``behind`` it ("미국은"; "Polens Regierung")."""

    declines: bool = False
    is_unspaced: bool = False
    before: frozenset[str] = frozenset()
    behind: frozenset[str] = frozenset()


@made_of_tables
def load_forms() -> dict[str, Forms]:
    """The forms by language (country_name_forms.csv)."""
    table = read_table("country_name_forms.csv").with_columns(
        split_list("before"), split_list("behind")
    )
    return {
        language: Forms(declines == "1", unspaced == "1", frozenset(before), frozenset(behind))
        for language, declines, unspaced, before, behind in table.iter_rows()
    }


def _forms(language: str) -> Forms:
    return load_forms().get(language, Forms())


@looked_up_in_tables(64)
def _pattern(names: tuple[str, ...], language: str) -> re.Pattern[str]:
    """One alternation over all names, the longest first."""
    parts = [_expression(name, language) for name in sorted(names, key=lambda n: (-len(n), n))]
    body = f"(?P<name>{'|'.join(parts)})"
    forms = _forms(language)
    if forms.is_unspaced:
        return re.compile(f"(?<![ァ-ヺー]){body}(?![ァ-ヺー])")
    before, behind = (f"{pattern(group)}?" for group in (forms.before, forms.behind))
    return re.compile(f"(?<!\\w){before}{body}(?={behind}(?!\\w))")


def _expression(name: str, language: str) -> str:
    if not _forms(language).declines or " " in name:
        return re.escape(name)
    stem = name
    while stem[-1].lower() in _VOWELS and len(name) - len(stem) < 2 and len(stem) > SHORTEST_STEM:
        stem = stem[:-1]
    if len(stem) < SHORTEST_STEM:
        return re.escape(name)
    return re.escape(stem) + rf"\w{{0,{_ENDING}}}"


def find_local_names(
    texts: dict[str, str], gazetteer: Gazetteer, *, language: str
) -> list[Mention]:
    """Countries named in ``language`` (a BCP 47 tag; its first part counts)."""
    base = language.split("-")[0].lower()
    base = {"nb": "no", "nn": "no", "fil": "tl"}.get(base, base)
    names = _spoken(gazetteer.local_names.get(base, {}), gazetteer.local_words.get(base, {}), texts)
    if not names:
        return []
    if base == "ar":
        names |= _with_to_the(names)
    pattern = _pattern(tuple(names), base)
    stems = _stems(tuple(names.items()), base)
    return [
        _mention(field, found, _code(found["name"], names, stems), gazetteer)
        for field, text in texts.items()
        for found in pattern.finditer(text)
    ]


def _spoken(
    names: dict[str, str], words: dict[str, tuple[str, ...]], texts: dict[str, str]
) -> dict[str, str]:
    """The names without those that are words of the language too ("شام", evening or Syria)
    and that nothing else in the texts speaks for."""
    doubtful = {
        name
        for name, others in words.items()
        if not any(other in text for text in texts.values() for other in others)
    }
    return {name: code for name, code in names.items() if name not in doubtful}


def _with_to_the(names: dict[str, str]) -> dict[str, str]:
    return {
        _TO_THE + name.removeprefix(_ARTICLE): code
        for name, code in names.items()
        if name.startswith(_ARTICLE)
    }


@looked_up_in_tables(64)
def _stems(names: tuple[tuple[str, str], ...], language: str) -> tuple[tuple[str, str], ...]:
    """(stem, country) of declinable names, the longest stem first."""
    stems = {
        _expression(name, language).split(r"\w")[0].replace("\\", ""): code for name, code in names
    }
    return tuple(sorted(stems.items(), key=lambda pair: (-len(pair[0]), pair[0])))


def _code(text: str, names: dict[str, str], stems: tuple[tuple[str, str], ...]) -> str:
    return names.get(text) or next(code for stem, code in stems if text.startswith(stem))


def _mention(field: str, found: re.Match[str], code: str, gazetteer: Gazetteer) -> Mention:
    return Mention(
        field,
        found.start("name"),
        found.end("name"),
        found["name"],
        "PLACE",
        gazetteer.country_names[code],
        code,
        "country_name",
        NAME_SCORE,
    )
