"""Passages from the project's own sentences, with names drawn for their slots.

What belongs here: templates.txt, the nested slots of grammar.txt, and their filling. What does
not: the pools of names, places and organisations.
"""

import random
import re
from functools import lru_cache
from pathlib import Path

from training import gazetteer
from training.cultures import CULTURES
from training.datelines import AGENCIES
from training.names import Split, draw_person, pool
from training.organisations import draw_city, draw_country, draw_organisation, draw_region
from training.passages import Passage, parse_marks
from training.words import read_words

HERE = Path(__file__).resolve().parent
# Every eighth template is kept from training, to measure on.
HELD_OUT_EVERY = 8
_SLOT = re.compile(r"\{([A-Za-z]+)(\d*)\}")
# Who is P in full is A when named again, and so on; a number after the letter is kept.
_PEOPLE = {"P": "A", "Q": "B", "R": "C", "S": "D"}
_AGAIN = {again: full for full, again in _PEOPLE.items()}
_WORDS = read_words("people")
TITLES = _WORDS["titles"]
LOWER_TITLES = _WORDS["lower_titles"]
HONORIFICS = _WORDS["honorifics"]
DAYS = _WORDS["days"]
CURRENCIES = _WORDS["currencies"]
JOBS = _WORDS["jobs"]


def _lines(name: str) -> list[str]:
    text = (HERE / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@lru_cache(maxsize=2)
def templates(split: Split) -> tuple[str, ...]:
    lines = _lines("templates.txt")
    train = tuple(s for i, s in enumerate(lines) if i % HELD_OUT_EVERY != 3)
    return train if split == "train" else tuple(s for s in lines if s not in train)


@lru_cache(maxsize=1)
def grammar() -> dict[str, tuple[str, ...]]:
    """Alternatives of each nested slot."""
    rules = (line.partition(":") for line in _lines("grammar.txt"))
    return {name: tuple(one.strip() for one in rest.split(" | ")) for name, _, rest in rules}


def draw_template(rng: random.Random, *, split: Split = "train") -> Passage:
    """A filled template; the same slot has the same filling throughout."""
    template = expand(rng, rng.choice(templates(split)))
    fillings: dict[str, str] = {}
    for letter, number in _SLOT.findall(template):
        if letter + number not in fillings:
            fillings.update(_draw(rng, letter, number, split))
    filled = _SLOT.sub(lambda match: fillings[match.group(1) + match.group(2)], template)
    return parse_marks(_tidy(filled))


def expand(rng: random.Random, template: str) -> str:
    """Replace nested slots until only plain ones are left; each gets a number of its own."""
    rules = grammar()
    count = 100
    while (found := next((m for m in _SLOT.finditer(template) if m[1] in rules), None)) is not None:
        count += 1
        chosen = rng.choice(rules[found[1]]).replace("#", str(count))
        template = template[: found.start()] + chosen + template[found.end() :]
    return template


def _draw(rng: random.Random, letter: str, number: str, split: Split) -> dict[str, str]:
    if letter in _PEOPLE or letter in _AGAIN:
        full = _AGAIN.get(letter, letter)
        person = draw_person(rng, split=split)
        return {
            full + number: f"[{person.full}|PERSON]",
            _PEOPLE[full] + number: f"[{person.again}|PERSON]",
        }
    if letter in ("O", "I"):
        organisation = draw_organisation(rng, split=split)
        initials = organisation.initials or "NDC"
        return {"O" + number: f"[{organisation.full}|ORG]", "I" + number: f"[{initials}|ORG]"}
    marked = _marked(rng, letter, split)
    return {letter + number: f"[{marked[0]}|{marked[1]}]" if marked else _plain(rng, letter)}


def _marked(rng: random.Random, slot: str, split: Split) -> tuple[str, str] | None:
    match slot:
        case "city" | "town":
            return draw_city(rng), "PLACE"
        case "country" | "land":
            return draw_country(rng), "PLACE"
        case "region":
            return draw_region(rng), "PLACE"
        case "norp" | "folk":
            return draw_group(rng, plural=False), "NORP"
        case "people" | "tribe":
            return draw_group(rng, plural=True), "NORP"
        case "org" | "body":
            return draw_organisation(rng, split=split).full, "ORG"
        case "agency":
            return rng.choice(AGENCIES), "ORG"
        case "G":
            return rng.choice(pool(rng.choice(CULTURES).name, "given", split)), "PERSON"
    return None


def draw_group(rng: random.Random, *, plural: bool) -> str:
    """An adjective of a nation, or the plural of its people; other groups now and then."""
    if rng.random() < 0.25:
        return rng.choice(_other_groups(plural))
    table = gazetteer.peoples() if plural else gazetteer.adjectives()
    while True:
        names = table[rng.choice(list(table))]
        if names:
            return names[-1] if plural else rng.choice(names)


@lru_cache(maxsize=2)
def _other_groups(plural: bool) -> tuple[str, ...]:
    return tuple(sorted(g for g in gazetteer.OTHER_GROUPS if g.endswith("s") == plural))


def _plain(rng: random.Random, slot: str) -> str:
    match slot:
        case "T":
            return rng.choice(TITLES)
        case "t":
            return rng.choice(LOWER_TITLES if rng.random() < 0.5 else JOBS)
        case "J":
            return rng.choice(JOBS).capitalize()
        case "H":
            return rng.choice(HONORIFICS)
        case "day":
            return rng.choice(DAYS)
        case "currency":
            return rng.choice(CURRENCIES)
        case "n":
            return str(rng.randint(2, 90))
    raise ValueError(f"templates.txt: unknown slot {slot!r}")


def _tidy(text: str) -> str:
    """Articles, capitals and spaces: "A Iranian court", "the The Hague Post", "fled ."."""
    text = re.sub(r"\b([Aa]) (?=\[?[AEIOaeio])", r"\1n ", text)
    text = re.sub(r"\b([Tt]he) \[(?:The|the) ", r"\1 [", text)
    text = re.sub(r" +([.,])", r"\1", text).replace(",,", ",").replace(",.", ".")
    text = re.sub(r"(?:^|(?<=[.!?] )|(?<=[.!?]” )|(?<=“))[a-z]", lambda m: m.group().upper(), text)
    return re.sub(r" {2,}", " ", text).strip()
