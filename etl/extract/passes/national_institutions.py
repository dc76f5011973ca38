"""National institutions told apart by their country: the Supreme Courts of Kenya and of India.

Adds: nothing.
Changes: the name of an institution that every country has, into that with its country: the one
written with it ("Kenya's Supreme Court", "Kenyan Supreme Court"), else that of the nearest mention
of the same institution, else the one country that the article is about.
Drops: nothing.

What does not belong here: the letters of a name that make one entity (entity_ids).
"""

from collections import defaultdict
from dataclasses import dataclass, replace

from etl.extract.article import ArticleState
from etl.extract.countries import rank_countries
from etl.extract.entity_ids import entity_key
from etl.extract.mentions import Mention
from etl.extract.names.national_institutions import (
    Institution,
    is_country,
    may_mean,
    national_name,
    read_institution,
)

# Between a country and its institution: "Kenyan ", "Kenya's ".
_LINKS = (" ", "'s ", "’s ")
_LONGEST_LINK = 3


@dataclass(frozen=True, slots=True)
class Read:
    """A mention and the institution it names."""

    mention: Mention
    institution: Institution


@dataclass(frozen=True, slots=True)
class About:
    """The country that an article is about; ``is_part`` where it names a state or province."""

    country_code: str
    is_part: bool


def name_national_institutions(article: ArticleState) -> None:
    """Put every national institution under its name with the country, where that is told."""
    groups, others = _read(article)
    about = _told_by_article(article) if groups else None
    named: dict[int, str] = {}
    for group in groups.values():
        for read in group:
            code = _country(read, group) or _assumed(read.institution.generic, about, others)
            if code is not None:
                named[id(read.mention)] = national_name(read.institution.generic, code)
    if named:
        article.mentions.change(lambda m: replace(m, name=named[id(m)]) if id(m) in named else m)


def _read(article: ArticleState) -> tuple[dict[str, list[Read]], list[str]]:
    """The mentions of each institution, and the names of all other organisations."""
    groups: dict[str, list[Read]] = defaultdict(list)
    others: list[str] = []
    for mention in article.mentions:
        if mention.label != "ORG":
            continue
        found = read_institution(mention.name)
        owner = _owner(article, mention) if found is not None else None
        code = owner.country_code if owner is not None else None
        if found is None or (owner and code and not is_country(owner.name, code)):
            others.append(f"{owner.name} {mention.name}" if owner else mention.name)
            continue
        read = Read(mention, Institution(found.generic, found.country_code or code))
        groups[entity_key("ORG", found.generic)].append(read)
    return groups, others


def _owner(article: ArticleState, mention: Mention) -> Mention | None:
    """The place or people right before the name: "Kenya's Supreme Court", "Ohio's"."""
    text, start = article.texts[mention.field], mention.start
    first = max(0, start - _LONGEST_LINK - 1)
    for beside in article.mentions.touching(mention.field, first, start):
        is_linked = text[beside.end : start].replace("\n", " ") in _LINKS
        if is_linked and beside.label in ("PLACE", "NORP"):
            return beside
    return None


def _country(read: Read, group: list[Read]) -> str | None:
    """The country written with the mention, or with the nearest one of the same institution."""
    if read.institution.country_code is not None:
        return read.institution.country_code
    told = [other for other in group if other.institution.country_code is not None]
    return _nearest(read.mention, told).institution.country_code if told else None


def _nearest(mention: Mention, told: list[Read]) -> Read:
    """The last one before the mention in its field, else the first behind it."""
    before = [
        r for r in told if r.mention.field == mention.field and r.mention.start < mention.start
    ]
    if before:
        return before[-1]
    return min(told, key=lambda r: (r.mention.field != mention.field, r.mention.start))


def _told_by_article(article: ArticleState) -> About | None:
    """The one country that the article is about, if there is one."""
    mentions = list(article.mentions)
    ranked = rank_countries(mentions, chars=len(article.texts.get("body", "")))
    focus = [country.country_code for country in ranked if country.is_focus]
    if len(focus) != 1:
        return None
    (code,) = focus
    is_part = any(m.method == "subdivision" and m.country_code == code for m in mentions)
    return About(code, is_part)


def _assumed(generic: str, about: About | None, others: list[str]) -> str | None:
    """The country that the bare name means in an article about it; none where the article names
    such an institution of somebody else ("Ohio Supreme Court", "European Parliament")."""
    if about is None or any(f" {generic} " in f" {other} " for other in others):
        return None
    is_meant = may_mean(generic, about.country_code, is_about_part=about.is_part)
    return about.country_code if is_meant else None
