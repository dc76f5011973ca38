"""All rule-based mentions of one article.

What belongs here: the order in which matching, names and meanings are combined for the
fields of one article. What does not: the rules themselves, frames, and the model.
"""

from dataclasses import dataclass

from etl.extract.entities import Mention, tidy_name
from etl.extract.gazetteer import Gazetteer
from etl.extract.matching import Match, find_matches
from etl.extract.names import Name, find_names
from etl.extract.resolve import (
    Context,
    Place,
    Site,
    find_qualifiers,
    gather_context,
    resolve,
)
from etl.extract.tokens import Words, fold, split_words

FIELDS = ("title", "dateline", "body")
# A score below this is no mention; between it and EVIDENCE the place is named, but too
# doubtfully to be evidence of its country.
FLOOR = 0.35
EVIDENCE = 0.5
# A foreign text names a big city (about 200,000 people) as it is.
FIRM = 0.65
OPENING_CHARS = 40
LONGEST_ACRONYM = 5
INSIDE_ORGANISATION = 0.95


@dataclass(slots=True)
class Field:
    """One field with its words, matches and rule-based names."""

    name: str
    words: Words
    matches: list[Match]
    names: list[Name]
    all_caps: bool = False


def find_mentions(
    texts: dict[str, str], gazetteer: Gazetteer, *, firm_only: bool = False
) -> list[Mention]:
    """Every mention of an English article, by field and place; none overlap.

    ``firm_only`` is for other languages: countries, capitals and big cities whose English
    name stands in the text as it is; no persons, organisations or small places.
    """
    if firm_only:
        return _firm_mentions(texts, gazetteer)
    fields = [_read_field(name, texts[name], gazetteer) for name in FIELDS if texts.get(name)]
    persons = [
        _person(field, name) for field in fields for name in field.names if name.label == "PERSON"
    ]
    surnames = {fold(m.name.split(" ")[-1]) for m in persons if " " in m.name}
    sites = [site for field in fields for site in _sites(field)]
    context = gather_context(sites, gazetteer, _cues(fields, gazetteer))
    found: list[Mention] = list(persons)
    for field in fields:
        found += _mentions_of(field, context, surnames)
    return sorted(found, key=lambda m: (m.field, m.start, m.end, m.label))


def _firm_mentions(texts: dict[str, str], gazetteer: Gazetteer) -> list[Mention]:
    fields = [
        Field(name, words, find_matches(words, gazetteer), [])
        for name, words in ((n, split_words(texts[n])) for n in FIELDS if texts.get(n))
    ]
    found = [m for f in fields for m in _mentions_of(f, Context(), set())]
    return [
        m
        for m in found
        if m.country_code is not None
        and (m.method in ("country_name", "capital") or (m.method == "city" and m.score >= FIRM))
    ]


def _read_field(name: str, text: str, gazetteer: Gazetteer) -> Field:
    words = split_words(text)
    all_caps, headline = _capitals(words)
    headline = headline and name == "title"
    matches = find_matches(words, gazetteer, all_caps=all_caps)
    names = [] if all_caps else find_names(words, matches, gazetteer, headline=headline)
    return Field(name, words, matches, names, all_caps)


def _capitals(words: Words) -> tuple[bool, bool]:
    """Whether the field is all in capitals, and whether nearly every word starts with one."""
    long = [w for w in words.words if len(w) > 3 and not w[0].isdigit()]
    if not long:
        return False, False
    upper = sum(w.isupper() for w in long) / len(long)
    capital = sum(w[0].isupper() for w in long) / len(long)
    return upper > 0.8, capital > 0.7


def _sites(field: Field) -> list[Site]:
    """The matches that stand by themselves or inside an organisation, not in a person."""
    taken = {i for n in field.names if n.label == "PERSON" for i in range(n.first, n.last + 1)}
    free = [m for m in field.matches if m.first not in taken and m.last not in taken]
    qualifiers = find_qualifiers(field.words, free)
    return [
        Site(
            field.name,
            field.words,
            match,
            qualifiers.get(i),
            key=" ".join(fold(w) for w in field.words.words[match.first : match.last + 1]),
            is_acronym=not field.all_caps and _is_acronym(field.words, match),
        )
        for i, match in enumerate(free)
    ]


def _is_acronym(words: Words, match: Match) -> bool:
    """A short word in capitals in running text: "BLA" is no town of Mali.

    The opening words of a field may be a dateline ("LIMA, Peru, May 3 -").
    """
    word = words.words[match.first]
    if match.first != match.last or not word.isupper() or match.start < OPENING_CHARS:
        return False
    return len(word) <= LONGEST_ACRONYM


def _cues(fields: list[Field], gazetteer: Gazetteer) -> dict[str, float]:
    """How many different words stand there that one country's press uses."""
    found: set[str] = set()
    for field in fields:
        previous = ""
        for word in field.words.words:
            folded = fold(word)
            if folded in gazetteer.cues:
                found.add(folded)
            if f"{previous} {folded}" in gazetteer.cues:
                found.add(f"{previous} {folded}")
            previous = folded
    counts: dict[str, float] = {}
    for cue in found:
        for code in gazetteer.cues[cue]:
            counts[code] = counts.get(code, 0.0) + 1
    return counts


def _person(field: Field, name: Name) -> Mention:
    start, end = field.words.starts[name.first], field.words.ends[name.last]
    text = field.words.text[start:end]
    return Mention(
        field.name, start, end, text, "PERSON", tidy_name(text), None, name.method, name.score
    )


def _mentions_of(field: Field, context: Context, surnames: set[str]) -> list[Mention]:
    organisations = [n for n in field.names if n.label == "ORG"]
    inside = {i: n for n in organisations for i in range(n.first, n.last + 1)}
    found: list[Mention] = []
    evidence: dict[Name, Place] = {}
    for site in _sites(field):
        place = resolve(site, context)
        if place is None or place.score < FLOOR or _is_surname(site, place, context, surnames):
            continue
        name = inside.get(site.match.first)
        if name is None or name.last < site.match.last:
            found += _place(field, place)
        elif place.candidate.country_code:
            best = evidence.get(name)
            if best is None or place.score > best.score:
                evidence[name] = place
    covered = {i for m in field.matches for i in (m.first,) if i not in inside}
    for name in organisations:
        if not any(i in covered for i in range(name.first, name.last + 1)):
            found.append(_organisation(field, name, evidence.get(name)))
    return found


def _is_surname(site: Site, place: Place, context: Context, surnames: set[str]) -> bool:
    """A bare "Jordan" in an article on Michael Jordan that has no other sign of Jordan."""
    match = site.match
    if match.first != match.last or fold(site.words.words[match.first]) not in surnames:
        return False
    if place.candidate.method in ("city", "subdivision"):
        return True
    return place.candidate.method == "country_name" and (
        context.country(place.candidate.country_code, site.key) == 0
        and place.candidate.country_code in ("JO", "TD", "IL", "GE")
    )


def _place(field: Field, place: Place) -> list[Mention]:
    candidate, match = place.candidate, place.match
    if not candidate.label:
        return []
    text = field.words.text[match.start : match.end]
    method, code = candidate.method, candidate.country_code or None
    if code is None:
        method = {"NORP": "demonym", "PLACE": "subdivision"}.get(candidate.label, "organisation")
    if place.score < EVIDENCE:
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
    if place is not None and place.score * INSIDE_ORGANISATION >= EVIDENCE:
        code = place.candidate.country_code
        score = round(place.score * INSIDE_ORGANISATION, 3)
    return Mention(
        field.name, start, end, text, "ORG", tidy_name(text), code, "organisation", score
    )
