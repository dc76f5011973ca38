"""Names of firms as business pages have them: bare, coined, often without any telling word.

What belongs here: the shapes of such names. What does not: bodies whose name says what they
are (organisations).
"""

import random

from training.names import Split, draw_person
from training.organisations import coin, draw_city
from training.words import read_words

_WORDS = read_words("organisations")
TAILS = _WORDS["brand_tails"]
LEADS = _WORDS["brand_leads"]
FORMS = _WORDS["brand_forms"]


def draw_brand(rng: random.Random, *, split: Split = "train") -> str:
    """ "Velatec", "VelaOrimex", "Orimex Labs", "Banque Velatec", "Orimex+ SpA"."""
    name = _stem(rng, split)
    kind = rng.random()
    if kind < 0.5:
        return name
    if kind < 0.75:
        return f"{name} {rng.choice(TAILS)}"
    if kind < 0.88:
        return f"{rng.choice(LEADS)} {name}"
    return f"{name} {rng.choice(FORMS)}"


def _stem(rng: random.Random, split: Split) -> str:
    kind = rng.random()
    if kind < 0.55:
        return coin(rng)
    if kind < 0.65:
        return coin(rng) + coin(rng)
    if kind < 0.72:
        return f"{coin(rng)} {coin(rng)}"
    if kind < 0.8:
        return f"{coin(rng)}-{coin(rng)}"
    if kind < 0.86:
        return "".join(rng.choices("ABCDEFGHIKLMNOPRSTUWZ", k=rng.choice((3, 3, 4, 5))))
    if kind < 0.9:
        return f"{rng.choice('ABCDEFGHKLMNQSTX')}{rng.randint(2, 99)}"
    if kind < 0.95:
        return draw_city(rng).split(" ")[0]
    return draw_person(rng, split=split).again
