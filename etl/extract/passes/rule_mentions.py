"""What the rules and the gazetteer found, as mentions: each name with the meaning it has here.

Adds: persons, organisations, places and peoples of English fields, and set phrases.
Changes: nothing.
Drops: nothing.

A place inside an organisation's name is no mention of its own; the best of them lends the
organisation its country. Of two findings that share a character the longer one is the name.
"""

from collections.abc import Iterable, Iterator

from etl.extract.article import ArticleState, Field
from etl.extract.evidence import INSIDE_ORGANISATION, lent_score
from etl.extract.gazetteer.candidates import min_scores
from etl.extract.mentions import Mention, tidy_name
from etl.extract.names.field_view import Name
from etl.extract.places.context import Context
from etl.extract.places.place_mentions import place_mention, resolve_named
from etl.extract.places.resolution import Place
from etl.extract.places.sites import Site
from etl.extract.spans import Spans


def mention_rule_findings(article: ArticleState) -> None:
    """Make mentions of the names and sites of every field."""
    context = article.context or Context()
    article.mentions = Spans(
        mention
        for field in article.fields.values()
        for mention in _longest((*_persons(field), *_places_and_organisations(field, context)))
    )


def _longest(mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions of a field in order; of two that share a character the longer one."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if not kept or kept[-1].end <= mention.start:
            kept.append(mention)
        elif mention.end - mention.start > kept[-1].end - kept[-1].start:
            kept[-1] = mention
    return kept


def _persons(field: Field) -> Iterator[Mention]:
    return (_named(field, name, None, name.score) for name in field.names if name.label == "PERSON")


def _places_and_organisations(field: Field, context: Context) -> Iterator[Mention]:
    organisations = [name for name in field.names if name.label == "ORG"]
    around = {i: name for name in organisations for i in range(name.first, name.last + 1)}
    evidence: dict[Name, Place] = {}
    blocked: set[int] = set()
    for site in field.sites:
        place = resolve_named(site, context)
        organisation = _organisation_of(site, around)
        if organisation is not None:
            _keep_surest(evidence, organisation, place)
            continue
        blocked.update(range(site.match.first, site.match.last + 1))
        if place is not None:
            yield place_mention(place, field.words)
    for name in organisations:
        if blocked.isdisjoint(range(name.first, name.last + 1)):
            yield _organisation(field, name, evidence.get(name))


def _keep_surest(evidence: dict[Name, Place], organisation: Name, place: Place | None) -> None:
    """Of the places inside an organisation's name keep the first of the surest."""
    if place is None or not place.candidate.country_code:
        return
    held = evidence.get(organisation)
    if held is None or place.score > held.score:
        evidence[organisation] = place


def _organisation_of(site: Site, around: dict[int, Name]) -> Name | None:
    """The organisation whose name holds the whole site, if any."""
    name = around.get(site.match.first)
    return None if name is None or name.last < site.match.last else name


def _organisation(field: Field, name: Name, place: Place | None) -> Mention:
    if place is None or place.score * INSIDE_ORGANISATION < min_scores()["organisation"]:
        return _named(field, name, None, name.score)
    return _named(field, name, place.candidate.country_code, lent_score(place.score))


def _named(field: Field, name: Name, code: str | None, score: float) -> Mention:
    start, end = field.words.starts[name.first], field.words.ends[name.last]
    text = field.words.text[start:end]
    shown = text.title() if name.label == "PERSON" and text.isupper() and " " in text else text
    return Mention(
        field.name, start, end, text, name.label, tidy_name(shown), code, name.method, score
    )
