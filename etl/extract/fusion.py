"""Two sets of mentions made one: rules with the model, local names with the gazetteer.

What belongs here: which of two overlapping spans stays. What does not: finding spans.
"""

from dataclasses import replace

from etl.extract.entities import Mention


def fuse(first: list[Mention], second: list[Mention]) -> list[Mention]:
    """All of ``first`` but where a longer PERSON or ORG of ``second`` holds it; then what of
    ``second`` overlaps nothing.

    "Jordan" (a country to the gazetteer) inside "Michael Jordan" (a person to the model)
    goes; inside "Bank of Jordan" it lends the organisation its country.
    """
    kept: list[Mention] = []
    taken: list[Mention] = []
    for mention in second:
        inside = [m for m in first if _overlaps(m, mention)]
        if not inside:
            taken.append(mention)
        elif all(_holds(mention, m) for m in inside) and _may_replace(mention, inside):
            taken.append(_with_country(mention, inside))
    for mention in first:
        if not any(_overlaps(mention, other) for other in taken):
            kept.append(mention)
    return sorted([*kept, *taken], key=lambda m: (m.field, m.start, m.end, m.label))


def _overlaps(one: Mention, other: Mention) -> bool:
    return one.field == other.field and one.start < other.end and other.start < one.end


def _holds(outer: Mention, inner: Mention) -> bool:
    return (
        outer.start <= inner.start
        and inner.end <= outer.end
        and (outer.end - outer.start > inner.end - inner.start)
    )


def _may_replace(mention: Mention, inside: list[Mention]) -> bool:
    """A longer place replaces only what is evidence of no country ("Old Harbour Rock")."""
    doubtful = all(m.country_code is None for m in inside)
    return mention.label in ("PERSON", "ORG") or (mention.label == "PLACE" and doubtful)


def _with_country(mention: Mention, inside: list[Mention]) -> Mention:
    evidence = [m for m in inside if m.country_code is not None]
    if mention.label != "ORG" or not evidence:
        return mention
    best = max(evidence, key=lambda m: (m.score, -m.start))
    score = round(best.score * 0.95, 3)
    return replace(mention, country_code=best.country_code, method="organisation", score=score)
