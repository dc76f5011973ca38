"""The country that a place inside an organisation's name lends it: "Bank of Kenya".

What belongs here: which place lends its country, and with what score. What does not: where an
organisation's name ends (names, passes).
"""

from collections.abc import Iterable

from etl.extract.mentions import Mention

INSIDE_ORGANISATION = 0.95


def best_evidence(mentions: Iterable[Mention]) -> Mention | None:
    """Of the mentions that are evidence of a country the surest, then the first."""
    evidence = (mention for mention in mentions if mention.country_code)
    return max(evidence, key=lambda m: (m.score, -m.start), default=None)


def lent_score(score: float) -> float:
    """The score of the organisation, from that of the place in its name."""
    return round(score * INSIDE_ORGANISATION, 3)
