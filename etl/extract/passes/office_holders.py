"""The country of an office's holder: "President Uhuru Kenyatta", "the prime minister, Imran Khan,".

Adds: holders of an office as persons, where no person was found ("President Santos" is no town).
Changes: country, method and score of persons who hold an office of state on the day of the
article, or held it where it says so ("former President Barack Obama").
Drops: nothing.

Evidence is the office with the name, and "Mr Museveni" beside it, where no country is written with
them. What does not belong here: who held what when (etl.extract.gazetteer.office_holders).
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from etl.extract.article import ArticleState, Field
from etl.extract.gazetteer.candidates import base_scores
from etl.extract.gazetteer.office_holders import Holder, holder_names
from etl.extract.mentions import Mention, tidy_name
from etl.extract.names.offices import (
    Named,
    Office,
    find_offices,
    name_at,
    names_behind,
    office_behind,
    owner_of,
)
from etl.extract.names.organisation_cues import load_cues
from etl.extract.names.titles_and_heads import load_rules
from etl.extract.text.casing import is_plain

METHOD = "office_holder"
# "President Kim": less telling than the full name, and "Mr Kim" less than that.
LESS_SHORT = 0.1
LESS_HONOURED = 0.2


@dataclass(frozen=True, slots=True)
class Claim:
    """A name and its office or title from word ``first`` on; ``is_evidence`` where no country is
    written with them."""

    field: Field
    first: int
    named: Named
    score: float
    is_evidence: bool = True


def add_office_holders(article: ArticleState) -> None:
    """Give the holders of offices their countries."""
    day = article.published_on
    if day is None:
        return
    offices = {name: list(find_offices(f.words)) for name, f in article.fields.items()}
    if not any(offices.values()):
        return
    claims = [c for f in article.fields.values() for c in _claims(article, f, offices[f.name], day)]
    told = _told(article, claims)
    settled: set[Holder] = set()
    for claim in claims:
        settled |= _settle(article, claim, told)
    honoured = [c for field in article.fields.values() for c in _honoured(field, day)]
    settled |= set(_named_in_full(article, offices, day)) if honoured else set()
    for claim in honoured:
        holders = tuple(holder for holder in claim.named.holders if holder in settled)
        _settle(article, replace(claim, named=replace(claim.named, holders=holders)), told)


def _claims(
    article: ArticleState, field: Field, offices: Iterable[Office], day: dt.date
) -> Iterator[Claim]:
    """Offices with the names of their holders behind them, then those in apposition."""
    is_headline, base = field.casing.is_headline, base_scores()[METHOD]
    for office in offices:
        for named in names_behind(field.words, office, day, headline=is_headline):
            codes = _written_with(article, field, office, named)
            if codes is None or (codes and codes.isdisjoint(named.codes)):
                continue
            is_short = not named.is_full or office.is_past
            yield Claim(field, office.first, named, base - LESS_SHORT * is_short, not codes)
    firsts = {office.first: office for office in offices if not office.is_past}
    for named in _full_names(field, day) if firsts else ():
        behind = office_behind(field.words, named.last)
        if behind in firsts and (held := _held(named, firsts[behind])) is not None:
            yield Claim(field, held.first, held, base)


def _full_names(field: Field, day: dt.date) -> Iterator[Named]:
    words, known = field.words, holder_names()
    for index in [index for index in words.capitals if words.keys[index] in known]:
        named = name_at(words, index, day, headline=field.casing.is_headline)
        if named is not None and named.is_full:
            yield named


def _held(named: Named, office: Office) -> Named | None:
    """The name as that of those who hold the office."""
    meant = office.wording.offices | office.wording.in_full
    holders = tuple(holder for holder in named.holders if holder.office in meant)
    return replace(named, holders=holders) if holders else None


def _written_with(
    article: ArticleState, field: Field, office: Office, named: Named
) -> frozenset[str] | None:
    """The countries that are written with office and name ("Kenya's president", "President Ruto
    of Kenya"); None where the office is another's ("Boeing President", "the club's president")."""
    words, owner = field.words, owner_of(field.words, office)
    codes: set[str] = set()
    if owner is not None:
        beside = article.mentions.touching(field.name, words.starts[owner], words.ends[owner])
        codes = {m.country_code for m in beside if m.country_code and m.label in ("PLACE", "NORP")}
        if not codes and (beside or _is_another(field, owner, office)):
            return None
    return frozenset(codes | _codes_behind(article, field, named.last))


def _is_another(field: Field, owner: int, office: Office) -> bool:
    """Whether a word that is no known name is whose office it is: "the company's president",
    "Acme President", "university president"."""
    words = field.words
    word, key = words.words[owner], words.keys[owner]
    if owner < office.first - 1 or key in load_rules().heads or key in load_cues().before:
        return True
    if not word[0].isupper():
        return False
    is_told = field.casing.is_headline or words.starts_sentence(owner)
    return not (is_told and is_plain(word))


def _codes_behind(article: ArticleState, field: Field, last: int) -> set[str]:
    """The country in "President Ruto of Kenya"."""
    words = field.words
    of = last + 1
    if not words.spaced(last) or of + 1 >= len(words) or words.words[of] != "of":
        return set()
    index = of + 1 + (words.keys[of + 1] == "the" and of + 2 < len(words))
    found = article.mentions.touching(field.name, words.starts[index], words.ends[index])
    return {m.country_code for m in found if m.country_code}


def _told(article: ArticleState, claims: Iterable[Claim]) -> frozenset[str]:
    """The countries that something in the article speaks for, single holders among it."""
    single = (claim.named.codes for claim in claims if len(claim.named.codes) == 1)
    named = (mention.country_code for mention in article.mentions if mention.country_code)
    return frozenset(named).union(*single)


def _settle(article: ArticleState, claim: Claim, told: frozenset[str]) -> set[Holder]:
    """Mark the mention of a claim; the holders it means, none where holders of several countries
    have the name and the article speaks for none of these, or for several."""
    codes = claim.named.codes
    if len(codes) > 1:
        codes &= told
    if len(codes) != 1:
        return set()
    (code,) = codes
    if claim.is_evidence:
        _mark(article, claim, code)
    return {holder for holder in claim.named.holders if holder.country_code == code}


def _mark(article: ArticleState, claim: Claim, code: str) -> None:
    """Give the person the country; a person is put where no name stands but within what was
    claimed ("Supreme Leader Ali Khamenei" as a whole)."""
    words, named, field = claim.field.words, claim.named, claim.field.name
    start, end, score = words.starts[named.first], words.ends[named.last], round(claim.score, 3)
    touching = article.mentions.touching(field, start, end)
    whole = [m for m in touching if m.label == "PERSON" and m.start <= start and end <= m.end]
    if whole:
        if whole[0].method != METHOD or whole[0].score < score:
            marked = replace(whole[0], country_code=code, method=METHOD, score=score)
            article.mentions.put([marked])
    elif all(words.starts[claim.first] <= m.start and m.end <= end for m in touching):
        text = words.text[start:end]
        person = Mention(field, start, end, text, "PERSON", tidy_name(text), code, METHOD, score)
        article.mentions.put([person])


def _named_in_full(
    article: ArticleState, offices: dict[str, list[Office]], day: dt.date
) -> Iterator[Holder]:
    """Holders whose full name stands in the article, and their office by itself elsewhere."""
    held = {
        word
        for group in offices.values()
        for office in group
        if not office.is_past
        for word in office.wording.offices
    }
    for field in article.fields.values():
        for named in _full_names(field, day):
            if len(named.codes) == 1:
                yield from (holder for holder in named.holders if holder.office in held)


def _honoured(field: Field, day: dt.date) -> Iterator[Claim]:
    """ "Mr Museveni", which counts beside the office of the man."""
    words, honorifics = field.words, load_rules().honorifics
    score = base_scores()[METHOD] - LESS_HONOURED
    for index in words.capitals:
        is_near = index + 1 < len(words) and (words.spaced(index) or words.gaps[index] == ". ")
        if words.keys[index] not in honorifics or not is_near:
            continue
        named = name_at(words, index + 1, day, headline=field.casing.is_headline)
        if named is not None:
            yield Claim(field, index, named, score)
