"""Names of countries, peoples and places in other languages, as one pattern per language.

What belongs here: what local_names.csv, local_aliases.csv, local_words.csv, local_peoples.csv,
local_places.csv and country_name_forms.csv make of a language, and the country of what the
pattern finds. What does not: the mentions of an article (passes), and English names (dictionary).
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

import polars as pl

from etl.lexicon import pattern
from etl.tables import made_of_tables, read_table, split_list

SHORTEST_STEM = 4
# Letters that a language may put behind the stem of a name, and behind the stem of a people's.
_ENDING, _LONG_ENDING = 4, 7
# Greek -ος and -ας go as a whole.
_VOWELS = "aeiouyąęěáéíóúýаеиоуыэюяіїйьăâîõäöüαεηιουωάέήίόύώ"
_GREEK_END = "ς"
# The vowel before a last consonant becomes another one where an ending follows: "Lwów", "Lwowa".
_ALTERNATING = {"pl": ("ó", "o"), "uk": ("і", "о")}
# The last consonants before another vowel: "Polska", "w Polsce"; "Amerika", "u Americi".
_SOFTENED = {
    "bs": (("ka", "ci"), ("ga", "zi")),
    "cs": (("ka", "ce"), ("ga", "ze")),
    "hr": (("ka", "ci"), ("ga", "zi")),
    "pl": (("ka", "ce"), ("ga", "dze")),
    "sr": (("ka", "ci"), ("ga", "zi"), ("ка", "ци"), ("га", "зи")),
    "uk": (("ка", "ці"), ("га", "зі")),
}
# Languages that share most of their words, of which a short text is often taken for the other.
_KIN = {
    "bs": ("hr", "sr"),
    "hr": ("bs", "sr"),
    "id": ("ms",),
    "ms": ("id",),
    "sr": ("hr", "bs"),
}
_MARKS = ("Mc", "Mn")
# Names that do not change: "Палау", "Никарагуа".
_UNCHANGED = ("ау", "оа", "уа")
# Languages that write peoples with a capital only: "kazak" is a jumper in Turkish.
_CAPITALISED = ("tr",)
# The scripts of India write vowels as marks, which \w leaves out.
_INDIC = re.compile("[\u0900-\u0dff]")
# Arabic "to the" takes a letter of the article: "للعراق", to Iraq.
_ARTICLE, _TO_THE = "ال", "لل"


@dataclass(frozen=True, slots=True)
class LocalName:
    """What a local name means: its country, its kind (country, people, capital, division, city)
    and, of a place, the English name. ``needs`` are words of which one has to stand in the article
    too."""

    country_code: str
    kind: str
    name: str = ""
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Forms:
    """How a language writes names of countries: whether their last letters change ("Rusija",
    "Rusiji"), whether words stand without spaces, and what stands in one word with the name, right
    ``before`` ("ومصر", and Egypt) names of ``least`` letters, or ``behind`` it ("미국은").
    ``adjective``: what follows the stem of a country in its adjective ("украин-ск-ий")."""

    declines: bool = False
    is_unspaced: bool = False
    before: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    adjective: tuple[str, ...] = ()
    least: int = 0


@dataclass(frozen=True, slots=True)
class LocalNames:
    """The names of one language: ``pattern`` has them in its group ``name``."""

    pattern: re.Pattern[str]
    exact: dict[str, LocalName]
    stems: dict[str, LocalName]
    roots: dict[str, LocalName]
    phrases: tuple[tuple[re.Pattern[str], LocalName], ...]

    def meaning(self, text: str) -> LocalName:
        """What a name that the pattern has found means."""
        if text in self.exact:
            return self.exact[text]
        begun = _longest_start(text, self.stems) or _longest_start(text.lower(), self.roots)
        return begun or next(name for phrase, name in self.phrases if phrase.fullmatch(text))


def _longest_start(text: str, known: dict[str, LocalName]) -> LocalName | None:
    cuts = range(len(text), 0, -1)
    return next((known[text[:cut]] for cut in cuts if text[:cut] in known), None)


@made_of_tables
def load_local(language: str) -> LocalNames | None:
    """The names of a language (first part of a BCP 47 tag); None where the tables have none."""
    spoken = (*_KIN.get(language, ()), language)
    exact = dict(chain.from_iterable(map(_names, spoken)))
    if not exact:
        return None
    forms = _forms().get(language, Forms())
    stems = dict(chain.from_iterable(_stems(each, exact, forms) for each in spoken))
    roots = dict(_roots(exact)) if forms.adjective else {}
    phrases = dict(_phrases(exact)) if forms.declines else {}
    made = _pattern(language, (exact, stems, roots), list(phrases), forms)
    compiled = tuple((re.compile(phrase), name) for phrase, name in phrases.items())
    return LocalNames(re.compile(made), exact, stems, roots, compiled)


@made_of_tables
def _forms() -> dict[str, Forms]:
    lists = (split_list(column) for column in ("before", "behind", "adjective"))
    table = read_table("country_name_forms.csv").with_columns(lists)
    return {
        language: Forms(
            declines == "1",
            unspaced == "1",
            tuple(before),
            tuple(behind),
            tuple(adjective),
            int(least or 0),
        )
        for language, declines, unspaced, before, behind, adjective, least in table.iter_rows()
    }


def _names(language: str) -> Iterator[tuple[str, LocalName]]:
    """The names as they stand, the more telling table later: it goes before the others."""
    spoken = pl.col("language_code") == language
    for _, code, word, kind, name in read_table("local_places.csv").filter(spoken).iter_rows():
        yield word, LocalName(code, kind, name)
    for _, code, word, kind, name in read_table("local_words.csv").filter(spoken).iter_rows():
        if not word.endswith("*"):
            yield from (
                (each, LocalName(code, kind, name)) for each in _cased(word, kind, language)
            )
    for _, code, forms in read_table("local_peoples.csv").filter(spoken).iter_rows():
        for form in forms.split(";"):
            if not form.endswith("*"):
                yield from ((each, LocalName(code, "people")) for each in _cased(form, "people"))
    for _, code, name in read_table("local_names.csv").filter(spoken).iter_rows():
        yield from ((each, LocalName(code, "country")) for each in _articled(name))
    for _, code, name, needs in read_table("local_aliases.csv").filter(spoken).iter_rows():
        needed = tuple(filter(None, needs.split(";")))
        yield from ((each, LocalName(code, "country", "", needed)) for each in _articled(name))


def _articled(name: str) -> tuple[str, ...]:
    with_to_the = name.startswith(_ARTICLE)
    return (name, _TO_THE + name.removeprefix(_ARTICLE)) if with_to_the else (name,)


def _cased(word: str, kind: str, language: str = "") -> tuple[str, ...]:
    """A people's name with either case of its first letter: "français", "Français"."""
    if kind != "people" or language in _CAPITALISED:
        return (word,)
    return (word[0].lower() + word[1:], word[0].upper() + word[1:])


def _stems(
    language: str, exact: dict[str, LocalName], forms: Forms
) -> Iterator[tuple[str, LocalName]]:
    """What names begin with whose ends change, later ones before earlier."""
    if forms.declines:
        for text, name in exact.items():
            is_place = name.kind in ("division", "city")
            if is_place and len(text) <= SHORTEST_STEM and text[-1] in _VOWELS:
                continue  # "Мари" would be found in "Марина"
            yield from ((f, name) for f in _place_forms(language, text) if is_place)
            yield from ((f, name) for f in _softened(language, text) if not is_place)
            if (stem := _stem(text)) is not None:
                yield stem, name
    spoken = pl.col("language_code") == language
    for _, code, word, kind, name in read_table("local_words.csv").filter(spoken).iter_rows():
        if word.endswith("*"):
            yield from ((s, LocalName(code, kind, name)) for s in _cased(word[:-1], kind, language))
    for _, code, forms_ in read_table("local_peoples.csv").filter(spoken).iter_rows():
        for form in forms_.split(";"):
            if form.endswith("*"):
                yield from ((s, LocalName(code, "people")) for s in _cased(form[:-1], "people"))


def _softened(language: str, text: str) -> Iterator[str]:
    """The case in which the last consonant of a country's name of one word is another."""
    for end, soft in _SOFTENED.get(language, ()) if " " not in text else ():
        if text.endswith(end) and len(text) > SHORTEST_STEM:
            yield f"{text.removesuffix(end)}{soft}"


def _place_forms(language: str, text: str) -> Iterator[str]:
    """What a place's name of one word begins with: "Tampereella", "Krakowie" of "Kraków"."""
    if text.isalpha():
        yield text
        closed, opened = _ALTERNATING.get(language, ("", ""))
        if closed and text[-2:-1] == closed and text[-1] not in _VOWELS:
            yield f"{text[:-2]}{opened}{text[-1]}"


def _stem(name: str) -> str | None:
    """The name without its last vowel or mark; None where too little would be left."""
    if " " in name or "-" in name:
        return None
    stem = name.removesuffix(_GREEK_END)
    if stem.endswith(_UNCHANGED):
        return stem
    if stem and (stem[-1].lower() in _VOWELS or unicodedata.category(stem[-1]) in _MARKS):
        stem = stem[:-1] if len(stem) > SHORTEST_STEM else stem
    return stem if len(stem) >= SHORTEST_STEM else None


def _roots(exact: dict[str, LocalName]) -> Iterator[tuple[str, LocalName]]:
    """What adjectives of countries begin with: "украин-" of "Украина", "rakousk-" without "-o"."""
    for text, name in exact.items():
        root = text.lower()
        for _ in range(2):
            root = root[:-1] if len(root) > SHORTEST_STEM and root[-1] in _VOWELS else root
        if name.kind == "country" and len(root) >= SHORTEST_STEM and root.isalpha():
            yield root, LocalName(name.country_code, "people")


def _phrases(exact: dict[str, LocalName]) -> Iterator[tuple[str, LocalName]]:
    """Names of several words, each of which changes: "Южной Корее", "Spojených států"."""
    for text in sorted(exact, key=lambda n: (-len(n), n)):
        if " " in text:
            yield r"\s".join(map(_declined_word, text.split(" "))), exact[text]


def _declined_word(word: str) -> str:
    stem = _stem(word)
    return re.escape(word) if stem is None else rf"{re.escape(stem)}\w{{0,{_ENDING}}}"


def _pattern(
    language: str,
    known: tuple[dict[str, LocalName], dict[str, LocalName], dict[str, LocalName]],
    phrases: list[str],
    forms: Forms,
) -> str:
    exact, stems, roots = known
    peoples = {stem for stem, name in stems.items() if name.kind == "people"}
    declined = stems.keys() - peoples
    if forms.is_unspaced:
        return f"(?<![ァ-ヺー])(?P<name>{pattern([*exact, *stems])})(?![ァ-ヺー])"
    letter = r"[^\s.,;:!?()'\"“”।]" if any(map(_INDIC.search, (*exact, *stems))) else r"\w"
    parts = [
        pattern(exact),
        *phrases,
        f"{pattern(declined)}{letter}{{0,{_ENDING}}}",
        f"{pattern(peoples)}{letter}{{0,{_LONG_ENDING}}}",
    ]
    if roots:
        cased = {each for root in roots for each in _cased(root, "people")}
        parts.append(rf"{pattern(cased)}\w{{0,3}}?{pattern(forms.adjective)}\w{{1,4}}")
    behind = f"{pattern(forms.behind)}?" if forms.behind else ""
    end = f"(?={behind}(?!{letter}))"
    body = f"(?P<name>{'|'.join(f'(?:{part})' for part in parts)}){end}"
    if not forms.before:
        return rf"(?<!\w){body}"
    least = f"(?=\\w{{{forms.least},}})" if forms.least else ""
    return rf"(?<!\w)(?:{pattern(forms.before)}{least})?{body}"
