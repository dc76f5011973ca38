"""Date stamps and bylines: the lines that tell when a page appeared and who wrote it.

What belongs here: recognising such lines, also when both share one, and taking them apart.
What does not: reading the dates (etl/dates.py) or the outlets (etl/sources.py).
"""

import re
from dataclasses import dataclass

from etl.parse.dateline import MONTH

REACH = 240
MOST_NAME_WORDS = 14

# The words a stamp is made of, beside numbers, months, weekdays and zones.
STAMP_WORDS = frozenset(
    """published publish posted updated update modified created first last edited on at date dated
    time am pm a.m p.m noon midnight ago about an a hour hours hr hrs minute minutes min mins second
    seconds sec secs day days week weeks month months year years today yesterday just now the of
    local release issued st nd rd th h uhr o'clock and originally print since edition read
    mon tue tues wed thu thur thurs fri sat sun monday tuesday wednesday thursday friday saturday
    sunday gmt utc ist pkt bst cet cest est edt et ct cst cdt mt mst mdt pt pst pdt hst akst eat
    cat wat sast jst kst hkt sgt aest aedt nzst nzdt msk gst trt eet eest bdt npt pht wib z""".split()
)
STAMP_VERBS = (
    r"(?:first |last )?(?:published|posted|updated|modified|created|issued|dated|date|edited)"
)
FOREIGN_STAMP = re.compile(
    r"(?i)^(?:publicado|actualizado|publié|mis à jour|veröffentlicht|aktualisiert|stand|objavljeno"
    r"|posodobljeno|publicat|actualizat|pubblicato|aggiornato|gepubliceerd|objavljen|ažurirano"
    r"|opublikowano|publikováno|yayınlanma|güncelleme|diterbitkan|dipublikasikan|प्रकाशित)\b.{0,80}\d"
)
TOKEN = re.compile(
    rf"(?i)\b(?:{MONTH})(?![a-z])|\d+(?:st|nd|rd|th|h)?(?![a-z])|[^\W\d_]+(?:['.][a-z]+)?"
)
MONTH_WORD = re.compile(rf"(?i)^{MONTH}$")
RELATIVE = re.compile(
    r"(?i)\b(?:\d+|an?|just)\s?(?:now|(?:sec|min|hour|hr|day|week|month|year)\w*)\s+ago\b"
)
ABSOLUTE = re.compile(
    rf"(?i)\b(?:19|20)\d\d\b|\b\d{{1,2}}[/.\-]\d{{1,2}}[/.\-]\d{{2,4}}\b|\b{MONTH}\s?\d|\d\s?(?:st|nd|rd|th)?\s{MONTH}(?!\w)"
)
# "PTI | Moscow | Updated: 10-10-2020 06:18 IST | Created: ..."
AGENCY_STAMP = re.compile(
    rf"(?P<front>[A-Z][\w .\-]{{1,30}} \| [A-Z][^|\d]{{1,40}}?)\s?\|\s?(?P<stamp>(?i:{STAMP_VERBS})\b.{{4,120}})$"
)
NAMED_STAMP = re.compile(
    rf"(?P<name>(?:(?i:by|written by|author:?)\s)?[A-ZÀ-Þ][^\d|:]{{1,70}}?)[\s,|·•\-–—]+"
    rf"(?P<stamp>(?:(?i:{STAMP_VERBS})\b|\d{{1,2}}\s|\d{{1,2}}[:/.\-]|{MONTH.replace('(?:', '(?i:', 1)}\s\d"
    r"|(?i:(?:mon|tue|wed|thu|fri|sat|sun)\w{0,6},?\s)).*)$"
)

BYLINE_LABEL = re.compile(
    r"(?i)^(?:by|written by|author ?:|story by|reported by|report by|words by|text by|byline ?:"
    r"|por|von|par|di|door|av|autor ?:|od)\s+(?=\S)"
)
DESK = re.compile(
    r"(?i)^(?:agenc(?:y|ies)|news ?desk|web ?desk|staff (?:reporter|report|writer|correspondent)"
    r"|our (?:staff )?(?:correspondent|reporter)|monitoring (?:desk|report)|online desk|news report"
    r"|(?:special|city|bureau|diplomatic|political) correspondent|correspondent|bureau report"
    r"|.{2,30} (?:web|news|digital|online|business|sports) desk|pti|ani|ians|afp|ap|reuters|app|uni"
    r"|xinhua|associated press|the associated press|agence france-presse|press trust of india"
    r"|dpa|tass|sputnik|anadolu|anadolu agency|inp|online|news agencies|wire services?|bloomberg"
    r"|(?:pti|ani|ians|afp|ap|reuters|app)(?:\s?[/,&]\s?(?:pti|ani|ians|afp|ap|reuters|app))+)\.?$"
)
NAME_WORD = re.compile(r"[A-ZÀ-ÖØ-Þ][\w.'’\-]*$")
NAME_LINK = frozenset("and & in at of de la del van der von bin al the y e und et".split())


@dataclass(frozen=True)
class Credit:
    """A line above the article taken apart; what is left over is furniture."""

    byline: str | None
    stamp: str | None
    # Only a name-like run before a day: "Ana Li 3 March 2021", but also "Lyre Brief 1/2/2026".
    is_guess: bool = False


def is_stamp(text: str) -> bool:
    """Whether a line holds nothing but a date or age and the words around it."""
    if len(text) > REACH or not any(map(str.isdigit, text)):
        return bool(RELATIVE.fullmatch(text))
    if FOREIGN_STAMP.match(text):
        return True
    if not (ABSOLUTE.search(text) or RELATIVE.search(text)):
        return False
    return all(map(_is_stamp_word, TOKEN.findall(text)))


def _is_stamp_word(token: str) -> bool:
    return token[0].isdigit() or token.casefold() in STAMP_WORDS or bool(MONTH_WORD.match(token))


def is_byline(text: str) -> bool:
    """Whether a line names only its author: "By Ana Li, Ben Oz", "Agencies"."""
    if len(text) > 160:
        return False
    if DESK.match(text):
        return True
    label = BYLINE_LABEL.match(text)
    return label is not None and _is_names(text[label.end() :])


def is_name(text: str) -> bool:
    """Whether a line may be a bare name: "Ana Li", "Ana Li and Ben Oz, Example News"."""
    words = text.split()
    return 2 <= len(words) <= 6 and _is_names(text) and not text.isupper()


def _is_names(text: str) -> bool:
    words = [word for word in re.split(r"[\s,|/]+", text) if word]
    if not 0 < len(words) <= MOST_NAME_WORDS or re.search(r"[:;!?“\"]", text):
        return False
    return all(word.casefold() in NAME_LINK or NAME_WORD.match(word) for word in words)


def split_credit(text: str) -> Credit | None:
    """Take apart a line of stamps, names and share words; None if it is no such line.

    "Ana Li 47 seconds ago Sun 15th August 2021 | 10:00 PM" is a byline and a stamp,
    "1 hour ago Share Save Ana Li Share Save" too.
    """
    if len(text) > REACH or "\n" in text:
        return None
    if is_stamp(text):
        return Credit(None, text)
    if is_byline(text):
        return Credit(text, None)
    agency = AGENCY_STAMP.match(text)
    if agency:
        return Credit(agency["front"], agency["stamp"])
    return _split_shared(text) or _split_named(text)


def _split_named(text: str) -> Credit | None:
    found = NAMED_STAMP.match(text)
    if found is None or not is_stamp(found["stamp"]):
        return None
    name = found["name"].strip(" ,|-–—")
    if not (is_byline(name) or _is_names(name)):
        return None
    return Credit(name, found["stamp"].strip(), is_guess=not is_byline(name))


_SHARE = re.compile(r"(?i)(?<!\w)(?:share|save)(?!\w)")


def _split_shared(text: str) -> Credit | None:
    """ "1 hour ago Share Save Ana Li Correspondent Share Save" """
    if not _SHARE.search(text):
        return None
    stamps, names = [], []
    for part in filter(None, (part.strip() for part in _SHARE.split(text))):
        if is_stamp(part):
            stamps.append(part)
        elif part[0].isupper() and len(part.split()) <= 30 and not part.endswith("."):
            names.append(part)
        else:
            return None
    if not stamps and len(_SHARE.findall(text)) < 2:
        return None
    return Credit(" ".join(names) or None, " ".join(stamps) or None)
