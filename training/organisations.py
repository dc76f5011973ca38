"""Invented organisations in the shapes that the news of the world has.

What belongs here: words and patterns of names of ministries, parties, armed groups, agencies,
companies, clubs, courts, universities and media. What does not: real organisations' names, which
come with the corpora.
"""

import random
from dataclasses import dataclass
from functools import lru_cache

from training import gazetteer
from training.names import Split, draw_person, strip_diacritics
from training.words import read_words

_WORDS = read_words("organisations")
FIELDS = _WORDS["fields"]
TOPICS = _WORDS["topics"]
BODIES = _WORDS["bodies"]
PARTY_WORDS = _WORDS["party_words"]
PARTY_HEADS = _WORDS["party_heads"]
ARMED = _WORDS["armed"]
COMPANY = _WORDS["company"]
CLUBS = _WORDS["clubs"]
MEDIA = _WORDS["media"]
SUBJECTS = _WORDS["subjects"]
UNIONS = _WORDS["unions"]
GLOBAL = _WORDS["global"]
RANKS = _WORDS["ranks"]
COURTS = _WORDS["courts"]
FOREIGN = _WORDS["foreign"]
COINED_STARTS = _WORDS["coined_starts"]
COINED_MIDDLES = _WORDS["coined_middles"]
COINED_ENDS = _WORDS["coined_ends"]
OFFICES = ("Foreign", "Defence", "Interior", "Finance", "Health", "Oil")
CAUSES = ("Democracy", "Justice", "Change", "Progress", "Unity", "Peace")
EPITHETS = ("First", "Royal", "Eastern", "Golden", "Pacific", "Atlas", "Delta")
FORMS = ("Ltd", "Inc", "Plc", "Group", "Corp")


@dataclass(frozen=True, slots=True)
class Organisation:
    """A full name and its initials, which may be empty."""

    full: str
    initials: str


def draw_organisation(rng: random.Random, *, split: Split = "train") -> Organisation:
    """An invented organisation; both its name and its initials can stand in a text."""
    full = rng.choice(_PATTERNS)(rng, split)
    return Organisation(full, initials_of(full))


def initials_of(name: str) -> str:
    """ "National Ports Authority" → "NPA"; empty where fewer than two words count."""
    letters = [word[0] for word in name.replace("-", " ").split() if word[0].isupper()]
    return "".join(letters)[:6] if len(letters) >= 2 else ""


def coin(rng: random.Random) -> str:
    """A brand that nobody has: "Velatec", "Orimex"."""
    middle = "".join(rng.choice(COINED_MIDDLES) for _ in range(rng.choice((1, 1, 2))))
    return rng.choice(COINED_STARTS) + middle + rng.choice(COINED_ENDS)


def _place(rng: random.Random) -> str:
    kind = rng.random()
    if kind < 0.45:
        return draw_country(rng)
    return draw_city(rng) if kind < 0.8 else draw_region(rng)


def _adjective(rng: random.Random) -> str:
    names = gazetteer.adjectives()[rng.choice(list(gazetteer.adjectives()))]
    return rng.choice(names) if names else "African"


def draw_city(rng: random.Random) -> str:
    """A city, large ones more often; few that are also a word or a person's name."""
    places = gazetteer.cities()
    while True:
        place = places[int(len(places) * rng.random() ** 2.5)]
        if not place.is_odd or (place.population > 50_000 and rng.random() < 0.5):
            return _plain_half(rng, place.name)


def draw_country(rng: random.Random) -> str:
    """A country by its usual name, now and then by another ("UAE", "U.S.")."""
    if rng.random() < 0.2:
        return rng.choice(_spellings())
    return rng.choice(_country_names())


def draw_region(rng: random.Random) -> str:
    return _plain_half(rng, rng.choice(gazetteer.subdivisions())[1])


def _plain_half(rng: random.Random, name: str) -> str:
    """Newsrooms drop the accents of half of the places."""
    return strip_diacritics(name) if not name.isascii() and rng.random() < 0.6 else name


@lru_cache(maxsize=1)
def _spellings() -> tuple[str, ...]:
    return tuple(sorted(gazetteer.country_spellings()))


@lru_cache(maxsize=1)
def _country_names() -> tuple[str, ...]:
    return tuple(gazetteer.country_names().values())


def _ministry(rng: random.Random, _: Split) -> str:
    field = rng.choice(FIELDS)
    other = rng.choice(FIELDS)
    return rng.choice(
        (
            f"Ministry of {field}",
            f"Ministry of {field}",
            f"Ministry of {field} and {other}",
            f"{field} Ministry",
            f"{rng.choice(OFFICES)} Ministry",
            f"Department of {field}",
            f"{_adjective(rng)} Ministry of {field}",
            f"{_adjective(rng)} {field} Ministry",
        )
    )


def _body(rng: random.Random, _: Split) -> str:
    topic, body = rng.choice(TOPICS), rng.choice(BODIES)
    return rng.choice(
        (
            f"National {topic} {body}",
            f"{_place(rng)} {topic} {body}",
            f"Independent {topic} {body}",
            f"{topic} {body}",
            f"{body} for {rng.choice(FIELDS)}",
            f"Federal {topic} {body}",
            f"{topic} {body} of {_place(rng)}",
            f"{_adjective(rng)} {topic} {body}",
            f"State {topic} {body}",
        )
    )


def _party(rng: random.Random, _: Split) -> str:
    first, second = rng.sample(PARTY_WORDS, 2)
    head = rng.choice(PARTY_HEADS)
    return rng.choice(
        (
            f"{first} {head}",
            f"{first} {second} {head}",
            f"{first} {head} of {_place(rng)}",
            f"{_adjective(rng)} {first} {head}",
            f"{head} for {rng.choice(CAUSES)}",
            f"{head} for {rng.choice(CAUSES[:3])} and {rng.choice(PARTY_WORDS)}",
            f"{first} and {second} {head}",
        )
    )


def _armed(rng: random.Random, _: Split) -> str:
    return f"{rng.choice((_place(rng), _place(rng), _adjective(rng)))} {rng.choice(ARMED)}"


def _company(rng: random.Random, split: Split) -> str:
    head = rng.choice(COMPANY)
    family = draw_person(rng, split=split).again
    return rng.choice(
        (
            f"{_place(rng)} {head}",
            f"{coin(rng)} {head}",
            f"{coin(rng)} {head}",
            coin(rng),
            f"Bank of {_place(rng)}",
            f"{family} {head}",
            f"{family} & {draw_person(rng, split=split).again}",
            f"{_adjective(rng)} {head}",
            f"{rng.choice(EPITHETS)} {head}",
            f"{coin(rng)} {rng.choice(COMPANY)} {rng.choice(FORMS)}",
        )
    )


def _club(rng: random.Random, _: Split) -> str:
    city, club = draw_city(rng), rng.choice(CLUBS)
    return rng.choice(
        (f"{city} {club}", f"{club} {city}", f"{city} {club}", f"AC {city}", f"Al {coin(rng)}")
    )


def _school(rng: random.Random, split: Split) -> str:
    place, person = _place(rng), draw_person(rng, split=split).full
    return rng.choice(
        (
            f"University of {place}",
            f"{place} University",
            f"{place} State University",
            f"{person} University",
            f"{place} Institute of Technology",
            f"{place} General Hospital",
            f"{person} Hospital",
            f"{person} Foundation",
            f"National University of {place}",
            f"{place} Medical College",
            f"{place} Polytechnic",
        )
    )


def _media(rng: random.Random, _: Split) -> str:
    head = rng.choice(MEDIA)
    return rng.choice(
        (f"{_place(rng)} {head}", f"{coin(rng)} {head}", f"Daily {coin(rng)}", f"Radio {coin(rng)}")
    )


def _union(rng: random.Random, _: Split) -> str:
    subject, union = rng.choice(SUBJECTS), rng.choice(UNIONS)
    return rng.choice(
        (
            f"{subject} {union} of {_place(rng)}",
            f"{_place(rng)} {subject} {union}",
            f"National {subject} {union}",
            f"{rng.choice(GLOBAL)} {subject} {union}",
            f"{_adjective(rng)} {subject} {union}",
            f"{rng.choice(GLOBAL)} {rng.choice(TOPICS)} {rng.choice(BODIES)}",
            f"{rng.choice(GLOBAL)} Development Bank",
            f"{rng.choice(SUBJECTS)} Without Borders",
        )
    )


def _force(rng: random.Random, _: Split) -> str:
    rank = rng.choice(RANKS)
    return rng.choice(
        (f"{_place(rng)} {rank}", f"{_adjective(rng)} {rank}", f"Royal {_place(rng)} {rank}")
    )


def _court(rng: random.Random, _: Split) -> str:
    court = rng.choice(COURTS)
    return rng.choice(
        (court, f"{court} of {_place(rng)}", f"{_place(rng)} {court}", f"{_adjective(rng)} {court}")
    )


def _foreign(rng: random.Random, _: Split) -> str:
    return rng.choice(FOREIGN).replace("{w}", coin(rng))


def _initials(rng: random.Random, _: Split) -> str:
    return "".join(rng.choices("ABCDEFGHIKLMNOPRSTUWZ", k=rng.choice((3, 3, 3, 4, 4, 2, 5))))


_PATTERNS = (
    *(_ministry,) * 3,
    *(_body,) * 4,
    *(_party,) * 3,
    *(_armed,) * 2,
    *(_company,) * 4,
    *(_club,) * 2,
    *(_school,) * 2,
    *(_media,) * 2,
    *(_union,) * 2,
    *(_force,) * 1,
    *(_court,) * 2,
    *(_foreign,) * 2,
    *(_initials,) * 2,
)
