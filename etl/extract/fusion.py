"""Two sets of mentions made one: rules with the model, local names with the gazetteer.

What belongs here: which of two overlapping spans stays. What does not: finding spans.
"""

from collections.abc import Iterable
from dataclasses import replace

from etl.extract.evidence import best_evidence, lent_score
from etl.extract.gazetteer.person_names import given_names
from etl.extract.mentions import Mention, tidy_name
from etl.extract.names.titles_and_heads import load_rules
from etl.extract.spans import Spans
from etl.extract.text.tokens import fold
from etl.lexicon import words


def fuse(present: Spans, others: Iterable[Mention]) -> None:
    """Add to ``present`` what of the others overlaps nothing, and each longer PERSON or ORG in
    the place of what it holds.

    "Jordan" (a country to the gazetteer) inside "Michael Jordan" (a person to the model)
    goes; inside "Bank of Jordan" it lends the organisation its country.
    """
    taken: list[Mention] = []
    for mention in sorted(others, key=lambda m: (m.field, m.start, -m.end)):
        if taken and _overlaps(taken[-1], mention):
            continue
        inside = present.touching(mention.field, mention.start, mention.end)
        if not inside:
            taken.append(mention)
        elif all(_holds(mention, m) for m in inside):
            taken += _around(mention, inside)
    present.put(taken)


def _overlaps(one: Mention, other: Mention) -> bool:
    return one.field == other.field and one.start < other.end and other.start < one.end


def _holds(outer: Mention, inner: Mention) -> bool:
    longer = outer.end - outer.start > inner.end - inner.start
    return longer and outer.start <= inner.start and inner.end <= outer.end


def _around(mention: Mention, inside: list[Mention]) -> list[Mention]:
    """What takes the place of the names inside: the longer one, the person behind a country
    ("US Arthur Vance"), or nothing."""
    if _says_nothing_new(mention, inside):
        return []
    if len(inside) == 1 and _is_apart(mention, inside[0]):
        return [_rest(mention, inside[0].end)]
    if mention.label != "PLACE":
        return [_with_country(mention, inside)] if mention.label in ("PERSON", "ORG") else []
    if len(inside) == 1 and _is_natural(mention):
        held = inside[0]
        code, method, score = held.country_code, held.method, held.score
        return [replace(mention, country_code=code, method=method, score=score)]
    # A longer place replaces only what is evidence of no country ("Old Harbour Rock").
    return [mention] if all(m.country_code is None for m in inside) else []


def _says_nothing_new(mention: Mention, inside: list[Mention]) -> bool:
    """Names run together ("Muslim New York"), and a line of capitals ("ROMAN COIN")."""
    if len(inside) > 1 and not any(letter.isalnum() for letter in _gaps(mention, inside)):
        return True
    if _is_titled(mention, inside[-1]):
        return True
    return mention.text.isupper() and load_rules().heads.isdisjoint(fold(mention.text).split())


def _is_titled(mention: Mention, person: Mention) -> bool:
    """ "Mullah Noori" around the person Noori: only the title is new."""
    before = mention.text[: person.start - mention.start].split()
    is_end = person.label == "PERSON" and person.end == mention.end and mention.label != "PLACE"
    return is_end and bool(before) and load_rules().titles.issuperset(map(fold, before))


def _is_natural(mention: Mention) -> bool:
    """ "Congo River", whatever country lends it its name."""
    return fold(mention.text.split()[-1]) in words("place_words", "natural")


def _gaps(mention: Mention, inside: list[Mention]) -> str:
    letters = list(mention.text)
    for m in inside:
        letters[m.start - mention.start : m.end - mention.start] = " " * (m.end - m.start)
    return "".join(letters)


def _is_apart(mention: Mention, first: Mention) -> bool:
    """Whether the name starts with a country or people and goes on as a person's full name."""
    if first.start != mention.start or first.method not in ("country_name", "demonym"):
        return False
    if mention.label not in ("PERSON", "ORG") or fold(first.text) in given_names():
        return False
    rest = mention.text[first.end - first.start :].split()
    return (
        len(rest) in (2, 3)
        and fold(rest[0]) in given_names()
        and fold(rest[-1]) not in load_rules().heads
    )


def _rest(mention: Mention, start: int) -> Mention:
    text = mention.text[start - mention.start :]
    first = start + len(text) - len(text.lstrip())
    text = text.strip()
    return replace(mention, start=first, text=text, label="PERSON", name=tidy_name(text))


def _with_country(mention: Mention, inside: list[Mention]) -> Mention:
    best = best_evidence(inside) if mention.label == "ORG" else None
    if best is None:
        return mention
    score = lent_score(best.score)
    return replace(mention, country_code=best.country_code, method="organisation", score=score)
