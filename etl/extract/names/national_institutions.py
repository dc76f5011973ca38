"""Institutions that every country has under one name: "Supreme Court", "Ministry of Health".

What belongs here: telling such a name, with the country that may be written in it ("Kenyan
Supreme Court", "Supreme Court of Kenya"), and the name under which all of these are one. What does
not: which country an article means by the bare name (passes.national_institutions).
"""

from dataclasses import dataclass

from etl.extract.entity_ids import entity_key
from etl.extract.gazetteer.country_tables import adjectives, country_names
from etl.extract.gazetteer.dictionary import load_gazetteer
from etl.extract.names.organisation_cues import load_cues
from etl.extract.text.casing import is_plain
from etl.extract.text.tokens import fold_name
from etl.lexicon import words as words_of
from etl.tables import looked_up_in_tables, made_of_tables, read_table, split_list

MINISTRY = "ministry"
_OF = " of "
# Words of a country's name before the institution: "Papua New Guinea Supreme Court".
LONGEST_COUNTRY = 4
_SMALL = ("of", "and", "the", "for")


@dataclass(frozen=True, slots=True)
class Institution:
    """The name without a country, and the code of the country written in it, if any."""

    generic: str
    country_code: str | None


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of national_institutions.csv: the name as written, the countries of which parts have
    one too, and those in which another organisation bears the name with the country's."""

    name: str
    parts_too: frozenset[str]
    another_in: frozenset[str]


@made_of_tables
def _listed() -> dict[str, Listed]:
    """The table by folded name."""
    table = read_table("national_institutions.csv").with_columns(
        split_list("parts_too"), split_list("another_in")
    )
    return {
        fold_name(name): Listed(name, frozenset(parts), frozenset(another))
        for name, parts, another in table.iter_rows()
    }


@looked_up_in_tables(50_000)
def read_institution(name: str) -> Institution | None:
    """What national institution a name of an organisation is, if any."""
    if (generic := _generic(name)) is not None:
        return Institution(generic, None)
    return _with_country_behind(name) or _with_country_before(name)


def may_mean(generic: str, code: str, *, is_about_part: bool) -> bool:
    """Whether the bare name may mean that of the country: not the "Supreme Court" where an article
    is about Ohio, nor the "Central Bank" of India, which is no Central Bank of India."""
    listed = _listed().get(fold_name(generic))
    if listed is None:
        return True
    return code not in listed.another_in and not (is_about_part and code in listed.parts_too)


def national_name(generic: str, code: str) -> str:
    """The name that known_organisations.csv has for it ("Zimbabwe Electoral Commission"), else
    one made of both: "Supreme Court of Kenya", "Senate of the United States"."""
    known = _known_names().get((entity_key("ORG", generic), code))
    if known is not None:
        return known
    country = country_names()[code]
    words = fold_name(country).split(" ")
    article = "the " if words_of("place_words", "with_article") & {words[0], words[-1]} else ""
    return f"{generic} of {article}{country}"


@made_of_tables
def _known_names() -> dict[tuple[str, str], str]:
    """The known organisations that are a country's institution under its name and code."""
    found: dict[tuple[str, str], str] = {}
    for name in read_table("known_organisations.csv")["name"]:
        institution = read_institution(name)
        if institution is not None and institution.country_code is not None:
            key = entity_key("ORG", institution.generic), institution.country_code
            found.setdefault(key, name)
    return found


def _generic(name: str) -> str | None:
    """The name as the table writes it, or that of a ministry of plain words."""
    listed = _listed().get(fold_name(name))
    if listed is not None:
        return listed.name
    words = name.replace(",", "").split(" ")
    folded = [fold_name(word) for word in words]
    is_ministry = len(words) > 1 and MINISTRY in (folded[0], folded[-1])
    if is_ministry and all(map(_is_field, words, folded)):
        return name.title() if name.isupper() else name
    return None


def _is_field(word: str, key: str) -> bool:
    """ "Health", "Labour": what a ministry may be for; no name of a place or person."""
    return key == MINISTRY or word in _SMALL or key in load_cues().field or is_plain(word)


def _with_country_behind(name: str) -> Institution | None:
    """ "Supreme Court of Kenya", "Ministry of Health of the Gambia"."""
    head, of, country = name.rpartition(_OF)
    generic = _generic(head) if of else None
    code = _country(country.removeprefix("the ")) if generic else None
    return Institution(generic, code) if generic and code else None


def _with_country_before(name: str) -> Institution | None:
    """ "Kenyan Supreme Court", "U.S. Senate", "India's Ministry of Health"."""
    words = name.split(" ")
    for count in range(1, min(LONGEST_COUNTRY, len(words) - 1) + 1):
        generic = _generic(" ".join(words[count:]))
        code = _country(" ".join(words[:count])) if generic else None
        if generic and code:
            return Institution(generic, code)
    return None


def _country(text: str) -> str | None:
    """The country that a name or adjective means before anything else; none for a part of one."""
    name = fold_name(text.removesuffix("'s").removesuffix("’s"))
    candidates = load_gazetteer().candidates.get(name, ())
    best = max(candidates, key=lambda c: c.score, default=None)
    is_whole = best is not None and is_country(best.name, best.country_code)
    return best.country_code if best is not None and is_whole else None


def is_country(name: str, code: str) -> bool:
    """Whether a canonical name or adjective is a whole country's: "Kenyan", not "Scottish"."""
    return bool(code) and name in (country_names()[code], adjectives().get(code))
