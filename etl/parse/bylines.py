"""Bylines: the lines that name who wrote the article, alone or beside a stamp.

What belongs here: recognising such lines and taking them apart. What does not: which outlet
a name is (etl/sources) and credits below the article (etl/parse/trailer.py).
"""

import re
from dataclasses import dataclass

from etl.parse.dateline import MONTH
from etl.parse.stamps import STAMP_VERB, is_stamp
from etl.parse.vocabulary import DESKS, NAME_LINKS

REACH = 240
MOST_BYLINE_CHARS = 160
MOST_NAME_WORDS = 14
MOST_BARE_NAME_WORDS = 6
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
AGENCY_STAMP = re.compile(
    r"(?P<front>[A-Z][\w .\-]{1,30} \| [A-Z][^|\d]{1,40}?)\s?\|\s?"
    rf"(?P<stamp>{STAMP_VERB}\b.{{4,120}})"
)
# "Ana Li 47 seconds ago", "By Ana Li | Published: May 3, 2021"
NAMED_STAMP = re.compile(
    r"(?P<name>[A-ZÀ-Þ][^\d|:]{1,70}?)[\s,|/·•\-–—]+"
    rf"(?P<stamp>(?:{STAMP_VERB}\b|\d{{1,2}}\s|\d{{1,2}}[:/.\-]|(?i:{MONTH})\s\d|(?:19|20)\d\d-"
    r"|(?i:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\b)).*)"
)
SHARE = re.compile(r"(?<!\w)(?:Share|Save|SHARE|SAVE)(?!\w)")


@dataclass(frozen=True)
class Credit:
    """A line beside the article taken apart: ``byline`` and ``stamp``, as far as it has them.

    ``is_guess`` tells that only a run of capitalised words stands before a day: "Ana Li
    3 March 2021", but also the programme "Lyre Brief 1/2/2026".
    """

    byline: str | None
    stamp: str | None
    is_guess: bool = False


def split_credit(text: str) -> Credit | None:
    """Take apart a line of stamps, names and share words; None if it is no such line."""
    if len(text) > REACH or "\n" in text:
        return None
    if is_stamp(text):
        return Credit(None, text)
    if is_byline(text):
        return Credit(text, None)
    agency = AGENCY_STAMP.fullmatch(text)
    if agency:
        return Credit(agency["front"], agency["stamp"])
    return _split_shared(text) or _split_named(text)


def is_byline(text: str) -> bool:
    """Whether a line names only its author: "By Ana Li, Ben Oz", "Agencies"."""
    if len(text) > MOST_BYLINE_CHARS:
        return False
    names = [name.strip(" .") for name in re.split(r"[/,&+|]", text.casefold())]
    if all(name in DESKS for name in names) or DESK.fullmatch(text.rstrip(".")):
        return True
    label = LABEL.match(text)
    return label is not None and _is_names(text[label.end() :])


def is_bare_name(text: str) -> bool:
    """Whether a line may be a name without "By": "Ana Li", "Ana Li and Ben Oz, Lyre News"."""
    return 2 <= len(text.split()) <= MOST_BARE_NAME_WORDS and _is_names(text) and not text.isupper()


def _is_names(text: str) -> bool:
    words = [word for word in NAME_PARTS.split(text) if word]
    if not 0 < len(words) <= MOST_NAME_WORDS or re.search(r"[:;!?“\"]", text):
        return False
    return all(word.casefold() in NAME_LINKS or NAME_WORD.fullmatch(word) for word in words)


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
    found = NAMED_STAMP.fullmatch(text)
    if found is None or not is_stamp(found["stamp"]):
        return None
    name = found["name"].strip(" ,|/-–—")
    if is_byline(name):
        return Credit(name, found["stamp"].strip())
    is_name = " " in name and _is_names(name)
    return Credit(name, found["stamp"].strip(), is_guess=True) if is_name else None
