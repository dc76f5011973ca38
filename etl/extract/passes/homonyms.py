"""Places that are none in this article: "Chad Brookes" and later just "Chad", "Turkey prices".

Adds: the pairs of given name and surname, as persons of their field.
Changes: the context, gathered anew without the dropped sites.
Drops: sites of names that the article uses for a person, a thing or a storm.

What does not belong here: persons that the rules know without doubt (rule_based_names), whose
names never become sites, and things that are always named after a place (phrases.csv).
"""

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import replace

from etl.extract.article import ArticleState, Field
from etl.extract.gazetteer.candidates import Candidate
from etl.extract.gazetteer.dictionary import Gazetteer
from etl.extract.names.field_view import Name
from etl.extract.places.context import Context
from etl.extract.places.kin import is_of_kin
from etl.extract.places.resolution import gather_context
from etl.extract.places.scoring import BIG_CITY
from etl.extract.places.sites import Site
from etl.extract.places.surroundings import place_words, word_before

FIRM_NAME = 0.65
# Behind the old name of a country; "York, now in Ontario" is where it was.
_NOW = re.compile(
    r"(?: [a-z]+| of the \d{4}s)?,? ?\(?(?:now|today|today's|present-day) (?!in\b)[A-Z]"
    r"|(?: of the \d{4}s)?, as [A-Z]\w+(?: [A-Z]\w+)? was (?:then )?(?:called|known)"
)
# What may stand between "states of" and the last name of the list.
LIST_CHARS = 80
_LISTED = r"[A-Z][\w-]*(?: [A-Z][\w-]*)?"
_AND_STATES = re.compile(rf"(?:, {_LISTED}){{0,5}},? and {_LISTED} [Ss]tates\b")
_STATES_OF = re.compile(rf"\b[Ss]tates of (?:{_LISTED}(?:,|,? and) ){{0,5}}$|\bgovernors of $")
_SOMEBODY = re.compile(r" (?:is|was) an? [a-z]+(?: [a-z]+)?,? (?:and|but|who) s?he\b")

Pairs = dict[str, list[tuple[Site, Name]]]


def drop_homonyms(article: ArticleState) -> None:
    """Drop the sites of given names and of things that the article means."""
    sites, context = article.sites(), article.context or Context()
    given = find_given_places(sites, context, article.gazetteer)
    named = {key for field in article.fields.values() for key in field.things}
    things = find_things(sites, context, article.texts, named)
    things |= {s.key for s in sites if _is_listed_state(s, article.gazetteer)}
    if not given and not things:
        return
    for field in article.fields.values():
        _clear(field, given, things)
    if article.context is not None:
        cues = article.context.cues
        article.context = gather_context(article.sites(), article.gazetteer, cues)


def _clear(field: Field, given: Pairs, things: set[str]) -> None:
    """Add the pairs of the field as persons; take out the sites of given names and things."""
    pairs = [n for group in given.values() for s, n in group if s.field == field.name]
    if pairs:
        persons = [name for name in field.names if name.label == "PERSON"]
        others = [name for name in field.names if name.label != "PERSON"]
        # "Gordon" is somebody's elsewhere, but "Gordon Capital Corp" is a firm.
        held = {i for name in others for i in _words_of(name)}
        free = (n for n in _joined([*persons, *pairs]) if held.isdisjoint(_words_of(n)))
        field.names = [*others, *free]
    persons = [name for name in field.names if name.label == "PERSON"]
    taken = {i for n in persons for i in _words_of(n)}
    field.sites = [
        s
        for s in field.sites
        if s.key not in given
        and s.key not in things
        and taken.isdisjoint(range(s.match.first, s.match.last + 1))
    ]


def _words_of(name: Name) -> range:
    return range(name.first, name.last + 1)


def _joined(pairs: Iterable[Name]) -> list[Name]:
    """The names in order; those that share a word are one name: "Hassan Ali", "Ali Mohamed"."""
    joined: list[Name] = []
    for pair in sorted(pairs, key=lambda name: name.first):
        if joined and pair.first <= joined[-1].last:
            joined[-1] = replace(joined[-1], last=max(joined[-1].last, pair.last))
        else:
            joined.append(pair)
    return joined


def find_given_places(sites: Iterable[Site], context: Context, gazetteer: Gazetteer) -> Pairs:
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
    found: Pairs = {}
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

    The thing is among ``named`` ("Typhoon Malta", and later just "Malta"), somebody is called so
    ("Paris is a nurse, and she"), or it is a place's namesake that the article writes small
    ("turkeys", "an asset sale") and whose capital comes from a headline or the start of a sentence
    wherever it has one.
    """
    uses: dict[str, list[Site]] = {}
    for site in sites:
        if site.key in named or any(map(_may_be_thing, site.match.candidates)):
            uses.setdefault(site.key, []).append(site)
    return {
        key
        for key, group in uses.items()
        if any(map(_is_former, group))
        or (
            (key in named or _is_word(key, group, texts.values()) or any(map(_is_somebody, group)))
            and not any(_is_place(site, context) for site in group)
        )
    }


def _may_be_thing(candidate: Candidate) -> bool:
    """A country ("Turkey"), a town that is a word ("Sale"), or any that may be somebody's name."""
    return candidate.method in ("country_name", "capital", "city", "subdivision", "demonym")


def _is_former(site: Site) -> bool:
    """ "the Gold Coast colony, now Ghana", "the Gold Coast, as Ghana was called"."""
    candidates = site.match.candidates
    is_town = all(c.method in ("city", "subdivision", "organisation") for c in candidates)
    return is_town and _NOW.match(site.words.text, site.match.end) is not None


def _is_listed_state(site: Site, gazetteer: Gazetteer) -> bool:
    """ "Niger, Kwara and Kogi states", "the states of Niger and Benue": a country's name, which is
    one of another country's states too."""
    text, match = site.words.text, site.match
    own = {c.country_code for c in match.candidates if c.method == "country_name"}
    states = gazetteer.candidates.get(f"{site.key} state", ()) if own else ()
    if own.issuperset(c.country_code for c in states):
        return False
    before = _STATES_OF.search(text, max(0, match.start - LIST_CHARS), match.start)
    return before is not None or _AND_STATES.match(text, match.end) is not None


def _is_somebody(site: Site) -> bool:
    """ "Paris is a nurse, and she has worked there", which opens a sentence; "their twins Georgia
    and Max"."""
    if site.words.starts_sentence(site.match.first):
        return _SOMEBODY.match(site.words.text, site.match.end) is not None
    return is_of_kin(site.words, site.match.first)


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
    if word_before(site.words, site.match.first) in place_words().locatives:
        return True
    return any(context.country(c.country_code, site.key) for c in site.match.candidates)
