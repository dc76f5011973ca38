"""Organisations known without the article: tables of names, and what they mend in it.

What belongs here: known_organisations.csv and outlets.csv, found in a text and put over what
the rules and the model made of it. What does not: which organisation is evidence of a country
(organisations.csv, through candidates), and organisations told by their wording (wording).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from etl.extract.beside import LOCATIVES
from etl.extract.candidates import Candidate
from etl.extract.canonical import family_names, load_aliases
from etl.extract.entities import Mention
from etl.extract.fusion import INSIDE_ORGANISATION, SpanIndex
from etl.extract.matching import Match, find_matches
from etl.extract.tokens import Words, fold, fold_name, split_words
from etl.extract.wording import suffix_end
from etl.reference import read_table

SCORE = 0.9
# What companies carry behind their names; left out of the tables.
SUFFIXES_AT_END = re.compile(
    r"(?:,? (?:Inc|Corp|Corporation|Co|Cos|Company|Ltd|Limited|Plc|PLC|plc|AG|SA|NV|N\.V|AB|SE|SpA|"
    r"ASA|Oyj|GmbH|Bhd|Berhad|LLC|LLP|Holdings?|Group|& Co)\.?)+$"
)
# "in the Amazon", "at Ford": a place or a person rather than the company.
NO_COMPANY_AFTER = LOCATIVES | {"the"}
SHORTEST_ACRONYM = 2
# What follows a company's name that opens a sentence, if the name is a word too.
DOING = frozenset(
    "said says will would has had have is was plans planned reported reports posted unveiled "
    "launched cut cuts raised rose fell sold bought agreed denied declined opened opens closed "
    "hired fired paid won lost sued announced expects expected wants also and may could must "
    "did does shares".split()
)


@dataclass(frozen=True, slots=True)
class KnownOrganisations:
    """Names by folded form, as ``find_matches`` reads them; ``is_word`` marks the weak ones."""

    candidates: dict[str, tuple[Candidate, ...]]
    longest: dict[str, int]


@cache
def load_known() -> KnownOrganisations:
    """Read known_organisations.csv and outlets.csv; the first table to give a name wins."""
    return _read("known_organisations.csv", "outlets.csv")


@cache
def load_outlets() -> KnownOrganisations:
    """The outlets alone (outlets.csv)."""
    return _read("outlets.csv")


def _read(*tables: str) -> KnownOrganisations:
    found: dict[str, tuple[Candidate, ...]] = {}
    for candidate, name in _read_names(tables):
        held = found.setdefault(fold_name(name), (candidate,))
        if held[0].name == candidate.name and all(c.form != candidate.form for c in held):
            found[fold_name(name)] = (*held, candidate)  # "NAMPA", "Nampa"
    longest: dict[str, int] = {}
    for key in found:
        words = key.split(" ")
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    return KnownOrganisations(found, longest)


def _read_names(tables: Iterable[str]) -> Iterator[tuple[Candidate, str]]:
    aliases = load_aliases()
    for table in tables:
        for row in read_table(table).iter_rows(named=True):
            weak = frozenset(row["weak_names"].split(";"))
            canonical = aliases.get(("ORG", row["name"]), row["name"])
            names = [row["name"], *row["aliases"].split(";"), *weak]
            for name in filter(None, dict.fromkeys(names)):
                yield _candidate(canonical, name, row["country_code"], name in weak), name


def _candidate(canonical: str, name: str, code: str, is_weak: bool) -> Candidate:
    form = "upper" if name.isupper() and len(name) >= SHORTEST_ACRONYM else "any"
    return Candidate(canonical, "ORG", "organisation", code, SCORE, form=form, is_word=is_weak)


def known_name(name: str) -> str | None:
    """The canonical name of a known organisation under one of its firm names, else None."""
    candidates = load_known().candidates.get(fold_name(name), ())
    return next((c.name for c in candidates if _may_stand_for(c, name)), None)


def _may_stand_for(candidate: Candidate, name: str) -> bool:
    return not candidate.is_word and (candidate.form != "upper" or name.isupper())


def name_organisations(found: list[Mention]) -> list[Mention]:
    """Organisations under the name that the tables have for an alias of theirs, also behind a
    company's suffix: "Ford Motor Co" and "Ford Motor" are one entity."""
    return [replace(m, name=_table_name(m.name)) if m.label == "ORG" else m for m in found]


@lru_cache(maxsize=50_000)
def _table_name(name: str) -> str:
    known = known_name(name)
    if known is not None:
        return known
    bare = SUFFIXES_AT_END.sub("", name)
    candidates = load_known().candidates.get(fold_name(bare), ()) if bare != name else ()
    return candidates[0].name if candidates else name


def add_known(found: list[Mention], texts: dict[str, str]) -> list[Mention]:
    """``found`` with the known organisations of the article in it.

    A firm name takes the place of what the model made of it or of a part of it, never of a
    place that is evidence nor of a longer organisation. A weak one ("Target", "Ford") only
    turns into an organisation what the model too takes for a name. A known organisation is
    evidence of a country only as far as the place inside its name is.
    """
    present = SpanIndex(found)
    families = {fold(p) for m in found if m.label == "PERSON" for p in family_names(m.name)}
    taken = [
        mention
        for field, text in texts.items()
        for mention in _known_in(field, split_words(text), present, families)
    ]
    if not taken:
        return found
    added = SpanIndex(taken)
    return [*(m for m in found if not added.touching(m.field, m.start, m.end)), *taken]


def _known_in(
    field: str, words: Words, present: SpanIndex, families: set[str]
) -> Iterator[Mention]:
    for match in find_matches(words, load_known()):
        inside = present.touching(field, match.start, match.end)
        known = match.candidates[0]
        if known.is_word:
            free = _may_be_weak(match, words, inside, families)
        else:
            free = all(_gives_way(m, match) for m in inside)
        if free:
            yield _mention(field, words.text, match, inside)


def _may_be_weak(match: Match, words: Words, inside: list[Mention], families: set[str]) -> bool:
    """The model alone sees a name exactly there, and nothing says that it is no company."""
    before = words.keys[match.first - 1] if match.first else ""
    return (
        len(inside) == 1
        and (inside[0].start, inside[0].end) == (match.start, match.end)
        and inside[0].method == "statistical"
        and before not in NO_COMPANY_AFTER
        and not _opens_as_word(match, words)
        and words.key(match.first, match.last) not in families
    )


def _opens_as_word(match: Match, words: Words) -> bool:
    """ "Apple pickers struck": a word that opens a sentence and does nothing there."""
    after = words.words[match.last + 1] if words.spaced(match.last) else ""
    return words.starts_sentence(match.first) and after.islower() and after not in DOING


def _gives_way(mention: Mention, match: Match) -> bool:
    """Whether a mention that overlaps the known name is less than it."""
    same = (mention.start, mention.end) == (match.start, match.end)
    if same:
        return mention.country_code is None or _is_its_town(mention, match)
    if match.start <= mention.start and mention.end <= match.end:
        return True
    if mention.country_code is not None or match.last == match.first:
        return False
    return mention.label != "ORG" or match.start < mention.start < match.end


def _is_its_town(mention: Mention, match: Match) -> bool:
    """ "Nokia", "Toyota": a town of the company's own country, which it goes on to vouch for."""
    country = match.candidates[0].country_code
    return mention.method == "city" and mention.country_code == country and mention.field == "body"


def _mention(field: str, text: str, match: Match, inside: list[Mention]) -> Mention:
    known = match.candidates[0]
    end = suffix_end(text, match.end)
    words = text[match.start : end]
    plain = Mention(field, match.start, end, words, "ORG", known.name, None, "organisation", SCORE)
    best = max(
        (m for m in inside if m.country_code and m.country_code == known.country_code),
        key=lambda m: (m.score, -m.start),
        default=None,
    )
    if best is None:
        return plain
    score = best.score if best.label == "ORG" else round(best.score * INSIDE_ORGANISATION, 3)
    return replace(plain, country_code=best.country_code, score=score)
