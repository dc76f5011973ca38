"""Invented people: names drawn from the lists of names/, culture by culture.

What belongs here: loading, the held-out split, drawing a person. What does not: how names are
built up (cultures) and where they are put (augment, templates).

A tenth of every list is held out by hash, and so is every word that names a person in
evaluation/world_news.jsonl: what is measured there was never drawn for training.
"""

import csv
import hashlib
import json
import random
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from training.cultures import CULTURES, Culture

HERE = Path(__file__).resolve().parent
EVALUATION = HERE / "evaluation" / "world_news.jsonl"
Split = Literal["train", "held_out"]
HELD_OUT_SHARE = 0.1
# Words of names that belong to no one: they may stand in both splits.
PARTICLES = frozenset(
    """al el bin ibn ben bint binti abu abd abdul abdel ould de da do dos du la le van von der den
    di ag wa na te mc o d i y khan singh kumar""".split()
)
_WORD = re.compile(r"[^\W\d_]+")
_SLOT = re.compile(r"gg|Gg|G-g|\b[gfmFI]\b|(?<=['’])f\b|\bgsson|\bgsd|\bg(?=-)")


@dataclass(frozen=True, slots=True)
class Person:
    """A full name and the word by which the person is named again."""

    full: str
    again: str


@lru_cache(maxsize=1)
def evaluation_words() -> frozenset[str]:
    """Folded words of all persons in the evaluation set."""
    words: set[str] = set()
    for line in EVALUATION.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        for start, end, label in row["spans"]:
            if label == "PERSON":
                words.update(_WORD.findall(fold(row["text"][start:end])))
    return frozenset(words) - PARTICLES


def fold(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def is_held_out(name: str) -> bool:
    """Whether a list entry is kept from training."""
    if not evaluation_words().isdisjoint(_WORD.findall(fold(name))):
        return True
    return hashlib.sha256(fold(name).encode()).digest()[0] / 256 < HELD_OUT_SHARE


@lru_cache(maxsize=256)
def pool(culture: str, part: str, split: Split) -> tuple[str, ...]:
    """Names of one part (given, family, middle) of a culture and split."""
    with (HERE / "names" / f"{culture}.csv").open(encoding="utf-8", newline="") as file:
        names = [row["name"] for row in csv.DictReader(file) if row["part"] == part]
    chosen = tuple(n for n in names if part == "middle" or is_held_out(n) == (split == "held_out"))
    return chosen or tuple(names)


@lru_cache(maxsize=1)
def _weights() -> tuple[float, ...]:
    return tuple(culture.weight for culture in CULTURES)


def draw_person(rng: random.Random, *, split: Split = "train") -> Person:
    """A person of a culture drawn by weight; diacritics stay in half of the cases."""
    culture = rng.choices(CULTURES, _weights())[0]
    full = fill_form(rng, culture, rng.choice(culture.forms), split)
    if not full.isascii() and rng.random() < 0.5:
        full = strip_diacritics(full)
    return Person(full, again_of(full, culture))


def again_of(full: str, culture: Culture) -> str:
    """The word by which the person is named again, with the particles before it."""
    words = full.split()
    index = min(culture.again, len(words) - 1)
    start = index
    # "van der Merwe", "de la Cruz" keep their particles.
    while 0 > start > -len(words) + 1 and words[start - 1].islower():
        start -= 1
    return " ".join(words[start:]) if index < 0 else words[index]


def fill_form(rng: random.Random, culture: Culture, form: str, split: Split) -> str:
    """A full name: the slots of one of a culture's forms, filled from its lists."""

    def name(part: str) -> str:
        names = pool(culture.name, part, split)
        return rng.choice(names)

    def fill(slot: re.Match[str]) -> str:
        match slot.group():
            case "g":
                return name("given")
            case "f":
                return name("family" if _has_family(culture) else "given")
            case "m":
                return name("middle")
            case "F":
                return _with_article(rng, name("family"))
            case "I":
                return rng.choice("ABCDEFGHJKLMNPRSTVWZ")
            case "gg" | "Gg":
                return name("given") + name("given").lower()
            case "G-g":
                return f"{name('given')}-{name('given').lower()}"
            case "gsson":
                return name("given").rstrip("aiur") + "sson"
            case _:
                return name("given").rstrip("aiur") + "sd"

    return _SLOT.sub(fill, form.replace("G g", "Gg"))


@lru_cache(maxsize=128)
def _has_family(culture: Culture) -> bool:
    return "family" in _parts(culture.name)


def _parts(culture: str) -> frozenset[str]:
    with (HERE / "names" / f"{culture}.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(row["part"] for row in csv.DictReader(file))


def _with_article(rng: random.Random, family: str) -> str:
    article = rng.choices(("al-", "Al-", "el-", "El-", "Al ", "al "), (9, 5, 2, 2, 3, 1))[0]
    return article + family


def strip_diacritics(name: str) -> str:
    """As newsrooms write it: "Şahin" becomes "Sahin", "Đặng" "Dang"."""
    plain = name.translate(str.maketrans("øØłŁđĐıİßæÆþÞðə", "oOlLdDiIsaATtde"))
    decomposed = unicodedata.normalize("NFKD", plain)
    return "".join(c for c in decomposed if not unicodedata.combining(c))
