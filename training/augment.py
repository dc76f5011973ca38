"""What the open corpora lack: other names, datelines, curly quotes, headlines.

What belongs here: changes to one passage, each with its spans kept in step. What does not:
the pools that are drawn from, and how often each change is made (corpus).
"""

import random
import re

from training import gazetteer
from training.datelines import draw_dateline
from training.names import Person, Split, draw_person
from training.organisations import draw_city, draw_country, draw_organisation, draw_region
from training.passages import (
    Passage,
    concatenate,
    join_pieces,
    map_text,
    pieces_of,
    replace_spans,
)
from training.templates import draw_group

_SMALL = "a an and as at but by for from in of on or the to with over after"
_SMALL_WORDS = frozenset(_SMALL.split())


def swap_people(passage: Passage, rng: random.Random, *, split: Split = "train") -> Passage:
    """Every person becomes an invented one, the same one at each mention."""
    drawn: dict[str, Person] = {}

    def choose(words: str, label: str) -> str:
        if label != "PERSON":
            return words
        for old, new in drawn.items():
            if words == old:
                return new.full
            if words in old.split():
                return new.again
        drawn[words] = draw_person(rng, split=split)
        return drawn[words].full if " " in words or rng.random() < 0.3 else drawn[words].again

    return replace_spans(passage, choose)


def swap_places(passage: Passage, rng: random.Random) -> Passage:
    """Countries become countries, the rest cities and regions; the same one at each mention."""
    drawn: dict[str, str] = {}

    def choose(words: str, label: str) -> str:
        if label != "PLACE" or words in ("Earth", "Europe", "Asia", "Africa", "Middle East"):
            return words
        if words not in drawn:
            drawn[words] = _other_place(rng, words)
        return drawn[words]

    return replace_spans(passage, choose)


def _other_place(rng: random.Random, words: str) -> str:
    if words in gazetteer.country_spellings():
        return draw_country(rng)
    return draw_city(rng) if rng.random() < 0.75 else draw_region(rng)


def swap_organisations(passage: Passage, rng: random.Random, *, split: Split = "train") -> Passage:
    """Organisations of two and more words, and all-capital ones, become invented ones."""

    def choose(words: str, label: str) -> str:
        if label != "ORG" or (" " not in words and not words.isupper()):
            return words
        drawn = draw_organisation(rng, split=split)
        return drawn.full if " " in words else drawn.initials or words

    return replace_spans(passage, choose)


def swap_groups(passage: Passage, rng: random.Random) -> Passage:
    def choose(words: str, label: str) -> str:
        return words if label != "NORP" else draw_group(rng, plural=words.endswith("s"))

    return replace_spans(passage, choose)


_HONORIFIC = re.compile(r"(?:Mr|Mrs|Ms|Dr|Mr\.|Mrs\.|Ms\.|Dr\.|President|Senator|General) $")


def drop_honorifics(passage: Passage) -> Passage:
    """ "Mr. Chavez said" becomes "Chavez said": the corpora hardly have a bare surname."""
    pieces = pieces_of(passage)
    return join_pieces(
        (_HONORIFIC.sub("", words), label)
        if label is None and index + 1 < len(pieces) and pieces[index + 1][1] == "PERSON"
        else (words, label)
        for index, (words, label) in enumerate(pieces)
    )


def curl_quotes(passage: Passage) -> Passage:
    """Straight quotes become typographic ones, by what stands before them."""
    text = list(passage.text)
    for index, char in enumerate(text):
        opens = index == 0 or text[index - 1] in " \n([“‘—–-"
        if char == '"':
            text[index] = "“" if opens else "”"
        elif char == "'":
            text[index] = "‘" if opens else "’"
    return Passage("".join(text), passage.spans)


def change_dashes(passage: Passage, rng: random.Random) -> Passage:
    dash = rng.choice((" – ", " — ", " -- ", " - "))
    return map_text(passage, lambda words: re.sub(r" (?:--|-|–) ", dash, words))


def add_dateline(passage: Passage, rng: random.Random) -> Passage:
    return concatenate([draw_dateline(rng), passage], separator="")


def to_capitals(passage: Passage) -> Passage:
    """ALL CAPITALS; letters that grow ("ß") are left alone so that offsets hold."""
    text = "".join(c.upper() if len(c.upper()) == 1 else c for c in passage.text)
    return Passage(text, passage.spans)


def to_title_case(passage: Passage) -> Passage:
    """Title Case as headlines have it, without the full stop."""

    def raise_word(match: re.Match[str]) -> str:
        word = match.group()
        is_small = word in _SMALL_WORDS and match.start() > 0
        return word if is_small else word[0].upper() + word[1:]

    text = re.sub(r"[^\W\d_][\w'’]*", raise_word, passage.text)
    if text.endswith(".") and not (passage.spans and passage.spans[-1].end == len(text)):
        text = text[:-1]
    return Passage(text, passage.spans)


def break_lines(passage: Passage, rng: random.Random, width: int = 70) -> Passage:
    """Hard line breaks as a wire has them: a newline about every ``width`` characters."""
    text = list(passage.text)
    last = 0
    for index, char in enumerate(text):
        if char == " " and index - last > width + rng.randint(-8, 8):
            text[index], last = "\n", index
    return Passage("".join(text), passage.spans)
