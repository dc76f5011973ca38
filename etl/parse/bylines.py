"""Bylines: the lines that name who wrote the article, alone or beside a stamp.

What belongs here: recognising such lines and taking them apart. What does not: which outlet
a name is (etl/sources) and credits below the article (etl/parse/trailer.py).
"""

import re
from dataclasses import dataclass

from etl.lexicon import fill, words
from etl.lexicon.agencies import agency_names
from etl.lexicon.calendar import name_pattern
from etl.parse.stamps import is_stamp, stamp_verb
from etl.tables import made_of_tables

REACH = 240
MOST_BYLINE_CHARS = 160
# "By Ana Li, Ben Oz, Cem Ay and Dee Ko of Lyre News in Suva" has fourteen; a paragraph of
# names after "By" has more.
MOST_NAME_WORDS = 14
# Without "By": "Ana Li" and "Ana Li and Ben Oz, Lyre" may be names, "Ana" and longer lines none.
MOST_BARE_NAME_WORDS = 6
# Beside share words: names with what they do, not the first words of a text.
MOST_SHARED_WORDS = 30

LABEL = re.compile(
    r"(?i)(?:by|written by|(?:story|report|reported|words|text) by|author ?:|byline ?:|autor ?:"
    r"|por|von|par|di|door)\s+(?=\S)"
)
DESK = re.compile(
    r"(?i)(?:(?:our|the|staff|special|city|bureau|diplomatic|political|foreign|senior) ){0,2}"
    r"(?:correspondent|reporter|staff writer|bureau report)|.{2,30} (?:web|news|digital|online"
    r"|business|sports) desk"
)
NAME_WORD = re.compile(r"[A-ZÀ-ÖØ-Þ][\w.'’\-]*")
NAME_PARTS = re.compile(r"(?:\s[\-–—]\s|[\s,|/])+")
# "PTI | Moscow | Updated: 10-10-2020 06:18 IST | Created: ..."
AGENCY_STAMP = (
    r"(?P<front>[A-Z][\w .\-]{1,30} \| [A-Z][^|\d]{1,40}?)\s?\|\s?(?P<stamp>@VERB\b.{4,120})"
)
# "Ana Li 47 seconds ago", "By Ana Li | Published: May 3, 2021"
NAMED_STAMP = (
    r"(?P<name>[A-ZÀ-Þ][^\d|:]{1,70}?)[\s,|/·•\-–—]+"
    r"(?P<stamp>(?:@VERB\b|\d{1,2}\s|\d{1,2}[:/.\-]|(?i:@MONTH)\s\d|(?:19|20)\d\d-"
    r"|(?i:@WEEKDAY)(?!\w)).*)"
)
SHARE = re.compile(r"(?<!\w)(?:Share|Save|SHARE|SAVE)(?!\w)")


@dataclass(frozen=True)
class Credit:
    """A line beside the article taken apart: ``byline`` and ``stamp``, as far as it has them.

    ``is_guess`` tells that only a run of capitalised words stands before a day: "Ana Li
    3 March 2021", but also the programme "Lyre Brief 1/2/2026". ``is_agency`` tells that the
    byline names nobody but agencies.
    """

    byline: str | None
    stamp: str | None
    is_guess: bool = False
    is_agency: bool = False


@made_of_tables
def _compiled(shape: str) -> re.Pattern[str]:
    """A shape with the verbs, months and weekdays of the tables."""
    parts = {
        "VERB": stamp_verb(),
        "MONTH": name_pattern("month", language="en"),
        "WEEKDAY": name_pattern("weekday", language="en"),
    }
    return re.compile(fill(shape, parts))


def split_credit(text: str) -> Credit | None:
    """Take apart a line of stamps, names and share words; None if it is no such line."""
    if len(text) > REACH or "\n" in text:
        return None
    if is_stamp(text):
        return Credit(None, text)
    if is_byline(text):
        return Credit(text, None, is_agency=all(map(_is_agency, _parts_of(text))))
    agency = _compiled(AGENCY_STAMP).fullmatch(text)
    if agency:
        return Credit(agency["front"], agency["stamp"])
    return _split_shared(text) or _split_named(text)


def is_byline(text: str) -> bool:
    """Whether a line names only its author: "By Ana Li, Ben Oz", "Agencies"."""
    if len(text) > MOST_BYLINE_CHARS:
        return False
    desks = words("desks", "desk", "house")
    is_desk = all(name.casefold() in desks or _is_agency(name) for name in _parts_of(text))
    if is_desk or DESK.fullmatch(text.rstrip(".")):
        return True
    label = LABEL.match(text)
    return label is not None and _is_names(text[label.end() :])


def _parts_of(text: str) -> list[str]:
    return [name.strip(" .") for name in re.split(r"[/,&+|]", text)]


def _is_agency(name: str) -> bool:
    """Initials that mean something else too count in capitals only."""
    return name.casefold() in _sure_agencies() or name in agency_names().initials


@made_of_tables
def _sure_agencies() -> frozenset[str]:
    return frozenset(name.casefold() for name in agency_names().sure)


def is_bare_name(text: str) -> bool:
    """Whether a line may be a name without "By": "Ana Li", "Ana Li and Ben Oz, Lyre News"."""
    return 2 <= len(text.split()) <= MOST_BARE_NAME_WORDS and _is_names(text) and not text.isupper()


def _is_names(text: str) -> bool:
    parts = [part for part in NAME_PARTS.split(text) if part]
    if not 0 < len(parts) <= MOST_NAME_WORDS or re.search(r"[:;!?“\"]", text):
        return False
    links = words("name_particles", "byline")
    return all(part.casefold() in links or NAME_WORD.fullmatch(part) for part in parts)


def _split_shared(text: str) -> Credit | None:
    """ "1 hour ago Share Save Ana Li Correspondent Share Save" """
    parts = [part.strip() for part in SHARE.split(text)]
    if len(parts) == 1:
        return None
    stamps = [part for part in parts if is_stamp(part)]
    names = [part for part in parts if part and not is_stamp(part)]
    if not all(map(_may_be_names, names)) or (not stamps and (not names or len(parts) < 3)):
        return None
    return Credit(" ".join(names) or None, " ".join(stamps) or None)


def _may_be_names(text: str) -> bool:
    return text[0].isupper() and len(text.split()) <= MOST_SHARED_WORDS and text[-1] not in ".?!"


def _split_named(text: str) -> Credit | None:
    found = _compiled(NAMED_STAMP).fullmatch(text)
    if found is None or not is_stamp(found["stamp"]):
        return None
    name = found["name"].strip(" ,|/-–—")
    if is_byline(name):
        return Credit(name, found["stamp"].strip())
    is_name = " " in name and _is_names(name)
    return Credit(name, found["stamp"].strip(), is_guess=True) if is_name else None
