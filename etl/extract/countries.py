"""The countries of an article: evidence, score, salience, rank, focus and role.

What belongs here: from mentions to one row per country. What does not: how mentions are
found and what each means. docs/countries.md explains the figures; the weights of salience
stand in etl/reference/salience.csv and are fitted by bench/fit_salience.py.
"""

from collections import defaultdict
from dataclasses import dataclass
from math import exp, log

from etl.extract.mentions import Mention
from etl.tables import made_of_tables, read_table

LEAD_CHARS = 300
# Weaker evidence ("Canadian dlrs") makes a row, but says little of what the piece is about.
WEIGHTY = 0.6
FOCUS_THRESHOLD = 0.4
# One mention of a town or region, in the headline alone, makes no focus below these scores:
# "Buffett Leaves Berkshire" (0.60) as the only country, where "New York" has 0.70; beside other
# countries "Tariffs Stoke Fears" (0.70), where a city of 1.5 million has 0.75.
SURE_ALONE = 0.65
SURE_BESIDE = 0.75
DOUBTFUL_SALIENCE = 0.35
_TOWNS = ("city", "subdivision")
# Where two pieces of evidence are equally good, the one that a reader checks first.
_FIELD_ORDER = {"title": 0, "body": 1, "dateline": 2}


@dataclass(frozen=True, slots=True)
class Country:
    """One row of ``article_countries`` in the making; ``best`` is the evidence shown, ``score``
    that of the strongest."""

    country_code: str
    score: float
    salience: float
    mention_count: int
    is_focus: bool
    role: str
    best: Mention


@made_of_tables
def load_weights() -> dict[str, float]:
    """Weights of the salience model, by feature."""
    return {row[0]: float(row[1]) for row in read_table("salience.csv").iter_rows()}


def features(code: str, grouped: dict[str, list[Mention]], chars: int) -> dict[str, float]:
    """What the salience model looks at, for the mentions of one country among all.

    ``chars`` is the length of the body. Every value lies between 0 and about 4.
    """
    mentions = [m for m in grouped[code] if m.score >= WEIGHTY] or grouped[code][:1]
    body = [m.start for m in mentions if m.field == "body"]
    first = min(body, default=chars)
    dateline = any(m.field == "dateline" for m in mentions)
    total = sum(len(group) for group in grouped.values())
    return {
        "bias": 1.0,
        "count": log(1 + len(mentions)),
        "share": len(mentions) / total,
        "leads": len(mentions) / max(len(group) for group in grouped.values()),
        "dateline": float(dateline),
        "dateline_only": float(dateline and not body),
        "title": float(any(m.field == "title" for m in mentions)),
        "title_other": float(
            _in_field("title", grouped) and not _in_field("title", {code: mentions})
        ),
        "lead": float(first < min(LEAD_CHARS, chars)),
        "early": 1 - first / chars if chars else 0.0,
        "alone": float(len(grouped) == 1),
        "crowd": log(len(grouped)),
        "firm": max(m.score for m in mentions),
    }


def _in_field(field: str, grouped: dict[str, list[Mention]]) -> bool:
    return any(m.field == field for group in grouped.values() for m in group)


def salience(values: dict[str, float], weights: dict[str, float]) -> float:
    """Logistic regression: the chance that the piece is about the country."""
    return 1 / (1 + exp(-sum(weights.get(name, 0.0) * value for name, value in values.items())))


def group_mentions(mentions: list[Mention]) -> dict[str, list[Mention]]:
    """The mentions that are evidence, by country."""
    grouped: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        for code in (mention.country_code, *mention.shared_codes):
            if code is not None:
                grouped[code].append(mention)
    return dict(grouped)


def rank_countries(mentions: list[Mention], *, chars: int) -> list[Country]:
    """The article's countries, the most salient first; ties by score, then code."""
    grouped = group_mentions(mentions)
    weights = load_weights()
    rows = []
    for code, group in grouped.items():
        value = salience(features(code, grouped, chars), weights)
        if is_doubtful(group, is_alone=len(grouped) == 1):
            value = min(value, DOUBTFUL_SALIENCE)
        rows.append(_country(code, group, value))
    return sorted(rows, key=lambda c: (-c.salience, -c.score, c.country_code))


def is_doubtful(mentions: list[Mention], *, is_alone: bool) -> bool:
    """Whether one weak town or region in the headline is all that speaks for a country: capitals
    tell nothing there, and the body doesn't come back to it.

    ``is_alone``: no other country has evidence.
    """
    (first, *further) = mentions
    if further or first.field != "title" or first.method not in _TOWNS:
        return False
    return first.score < (SURE_ALONE if is_alone else SURE_BESIDE)


def _shown_first(mention: Mention) -> tuple[bool, float, int, int]:
    """The country's own name before any place in it ("Georgia"), but for its money's."""
    named = mention.method == "country_name" and mention.score >= WEIGHTY
    return not named, -mention.score, _FIELD_ORDER[mention.field], mention.start


def _country(code: str, mentions: list[Mention], value: float) -> Country:
    best = min(mentions, key=_shown_first)
    score = max(m.score for m in mentions)
    is_focus = value >= FOCUS_THRESHOLD
    in_dateline = any(m.field == "dateline" for m in mentions)
    role = "subject" if is_focus else "dateline" if in_dateline else "mentioned"
    return Country(code, score, round(value, 4), len(mentions), is_focus, role, best)
