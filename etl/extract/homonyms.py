"""Places that are none here: "Chad Brookes" and later just "Chad", "Turkey prices", a storm.

What belongs here: telling from the words beside a name, and from the article as a whole, that
a known place is part of a person's name, a thing's name or a plain word. What does not:
persons that the rules know without doubt (persons), whose names never become sites, and things
that are always named after a place (phrases.csv).
"""

import re
from collections.abc import Iterable, Mapping, Set

from etl.extract.beside import LOCATIVES, word_before
from etl.extract.context import Context, Site
from etl.extract.gazetteer import Gazetteer
from etl.extract.name_rules import Name
from etl.extract.scoring import BIG_CITY

FIRM_NAME = 0.65


def find_given_places(
    sites: Iterable[Site], context: Context, gazetteer: Gazetteer
) -> dict[str, list[tuple[Site, Name]]]:
    """Places named like a given name that the article uses as one, by folded name.

    Somewhere such a name stands before a surname, and nothing else speaks for the place: no
    "in Jordan", no Jordanian, no Amman. Each comes with its pairs of given name and surname.
    """
    uses: dict[str, list[Site]] = {}
    firm: set[tuple[str, int]] = set()
    for site in sites:
        if site.key in gazetteer.given_names and _may_be_given(site):
            uses.setdefault(site.key, []).append(site)
        elif any(c.score >= FIRM_NAME for c in site.match.candidates):
            firm.add((site.field, site.match.first))
    found: dict[str, list[tuple[Site, Name]]] = {}
    for key, group in uses.items():
        pairs = [
            (s, s.pair)
            for s in group
            if s.pair is not None
            and s.pair.first == s.match.first
            and (s.field, s.pair.last) not in firm
        ]
        if pairs and not any(_is_place(site, context) for site in group):
            found[key] = pairs
    return found


def find_things(
    sites: Iterable[Site], context: Context, texts: Mapping[str, str], named: Set[str]
) -> set[str]:
    """Places named like a thing that the article means, by folded name; nothing else speaks
    for the place.

    The thing is among ``named`` ("Typhoon Malta", and later just "Malta"), or it is a country's
    namesake that the article writes small ("turkeys") and whose capital comes from a headline
    or the start of a sentence wherever it has one.
    """
    uses: dict[str, list[Site]] = {}
    for site in sites:
        if site.key in named or any(c.method == "country_name" for c in site.match.candidates):
            uses.setdefault(site.key, []).append(site)
    return {
        key
        for key, group in uses.items()
        if (key in named or _is_word(key, group, texts.values()))
        and not any(_is_place(site, context) for site in group)
    }


def _is_word(key: str, group: Iterable[Site], texts: Iterable[str]) -> bool:
    opens = all(s.headline or s.words.starts_sentence(s.match.first) for s in group)
    return opens and _is_written_small(key, texts)


def _is_written_small(key: str, texts: Iterable[str]) -> bool:
    """As a thing is: "turkeys", "the china", "a frozen turkey"; not "from china"."""
    thing = rf"(?:\b(?:[Aa]n?|[Tt]he) (?:[a-z]+ )?{re.escape(key)}|\s{re.escape(key)}s)\b(?![.@]\w)"
    return any(key in text and re.search(thing, text) for text in texts)


def _may_be_given(site: Site) -> bool:
    """Neither a capital nor a state nor a people nor a big city."""
    return all(
        c.method == "country_name" or (c.method == "city" and c.population < BIG_CITY)
        for c in site.match.candidates
    )


def _is_place(site: Site, context: Context) -> bool:
    if site.field == "dateline" or site.qualifier is not None or site.qualified is not None:
        return True
    if word_before(site.words, site.match.first) in LOCATIVES:
        return True
    return any(context.country(c.country_code, site.key) for c in site.match.candidates)
