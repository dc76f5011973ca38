"""Places that are persons here: "Chad Brookes", "Zeferino Caldas", and later just "Chad".

What belongs here: telling from the words beside a name, and from the article as a whole, that
a known place is part of a person's name. What does not: persons that the rules know without
doubt (persons), whose names never become sites.
"""

from collections.abc import Iterable

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
