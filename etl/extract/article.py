"""All rule-based mentions of one article.

What belongs here: the order in which names and meanings are combined over the fields of one
article. What does not: the rules themselves, frames, and the model.
"""

from dataclasses import replace

from etl.extract.candidates import min_scores
from etl.extract.context import Context, Site
from etl.extract.entities import Mention, tidy_name
from etl.extract.fields import Field, count_cues, read_field
from etl.extract.fusion import INSIDE_ORGANISATION
from etl.extract.gazetteer import Gazetteer
from etl.extract.homonyms import find_given_places, find_things
from etl.extract.name_rules import Name
from etl.extract.resolve import Place, gather_context, resolve

FIELDS = ("title", "dateline", "body")
# A score below this is no mention; between it and the method's least score (evidence.csv)
# the place is named, but too doubtfully to be evidence of its country.
FLOOR = 0.35
# A foreign text names a big city (about 200,000 people) as it is.
FIRM_CITY = 0.65


def find_mentions(texts: dict[str, str], gazetteer: Gazetteer) -> list[Mention]:
    """Every mention of an English article, by field and place; none overlap."""
    fields = [read_field(name, texts[name], gazetteer) for name in FIELDS if texts.get(name)]
    cues = count_cues(fields, gazetteer)
    sites = _sites_of(fields)
    context = gather_context(sites, gazetteer, cues)
    given = find_given_places(sites, context, gazetteer)
    named = {key for field in fields for key in field.things}
    things = find_things(sites, context, texts, named)
    if given or things:
        fields = [_without(field, given, things) for field in fields]
        context = gather_context(_sites_of(fields), gazetteer, cues)
    persons = [_person(f, name) for f in fields for name in f.names if name.label == "PERSON"]
    found = [*persons, *(m for field in fields for m in _mentions_of(field, context))]
    return sorted(found, key=lambda m: (m.field, m.start, m.end, m.label))


def _sites_of(fields: list[Field]) -> list[Site]:
    return [site for field in fields for site in field.sites]


def _without(field: Field, given: dict[str, list[tuple[Site, Name]]], things: set[str]) -> Field:
    """The field with the pairs as persons, and without the sites of these given names and
    things."""
    pairs = [n for group in given.values() for s, n in group if s.field == field.name]
    taken = {i for n in pairs for i in range(n.first, n.last + 1)}
    sites = [
        s
        for s in field.sites
        if s.key not in given
        and s.key not in things
        and taken.isdisjoint(range(s.match.first, s.match.last + 1))
    ]
    return replace(field, names=[*field.names, *pairs], sites=sites)


def find_firm_mentions(texts: dict[str, str], gazetteer: Gazetteer) -> list[Mention]:
    """Of an article in another language: countries, capitals and big cities whose English
    name stands in the text as it is; no persons, organisations or small places."""
    fields = [
        read_field(name, texts[name], gazetteer, rules=False) for name in FIELDS if texts.get(name)
    ]
    found = [m for field in fields for m in _mentions_of(field, Context())]
    return [m for m in found if m.country_code is not None and _is_firm(m)]


def _is_firm(mention: Mention) -> bool:
    if mention.method == "city":
        return mention.score >= FIRM_CITY
    return mention.method in ("country_name", "capital")


def _person(field: Field, name: Name) -> Mention:
    start, end = field.words.starts[name.first], field.words.ends[name.last]
    text = field.words.text[start:end]
    return Mention(
        field.name, start, end, text, "PERSON", tidy_name(text), None, name.method, name.score
    )


def _mentions_of(field: Field, context: Context) -> list[Mention]:
    """Places, groups and organisations of one field.

    A place inside an organisation's name is no mention of its own; the best of them lends
    the organisation its country.
    """
    organisations = [name for name in field.names if name.label == "ORG"]
    inside = {i: name for name in organisations for i in range(name.first, name.last + 1)}
    found: list[Mention] = []
    evidence: dict[Name, Place] = {}
    blocked: set[int] = set()
    for site in field.sites:
        name = inside.get(site.match.first)
        if name is None or name.last < site.match.last:
            blocked.update(range(site.match.first, site.match.last + 1))
        place = resolve(site, context)
        if place is None or place.score < FLOOR:
            continue
        if name is None or name.last < site.match.last:
            found += _place(field, place)
        elif place.candidate.country_code and (
            name not in evidence or place.score > evidence[name].score
        ):
            evidence[name] = place
    free = [n for n in organisations if blocked.isdisjoint(range(n.first, n.last + 1))]
    return [*found, *(_organisation(field, name, evidence.get(name)) for name in free)]


def _place(field: Field, place: Place) -> list[Mention]:
    candidate, match = place.candidate, place.match
    text = field.words.text[match.start : match.end]
    method, code = candidate.method, candidate.country_code or None
    if code is None:
        method = {"NORP": "demonym", "PLACE": "subdivision"}.get(candidate.label, "organisation")
    if code is not None and place.score < min_scores()[method]:
        code = None
    return [
        Mention(
            field.name,
            match.start,
            match.end,
            text,
            candidate.label,
            candidate.name,
            code,
            method,
            place.score,
        )
    ]


def _organisation(field: Field, name: Name, place: Place | None) -> Mention:
    start, end = field.words.starts[name.first], field.words.ends[name.last]
    text = field.words.text[start:end]
    code, score = None, name.score
    if place is not None and (place.score * INSIDE_ORGANISATION >= min_scores()["organisation"]):
        code = place.candidate.country_code
        score = round(place.score * INSIDE_ORGANISATION, 3)
    return Mention(
        field.name, start, end, text, "ORG", tidy_name(text), code, "organisation", score
    )
