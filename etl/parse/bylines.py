"""Bylines: the lines that name who wrote the article, alone or beside a stamp.

What belongs here: recognising such lines and taking them apart. What does not: which outlet
a name is (etl/sources) and credits below the article (etl/parse/trailer.py).
"""

import re
from dataclasses import dataclass

from etl.lexicon import fill, pattern, words
from etl.lexicon.agencies import agency_names
from etl.lexicon.calendar import name_pattern
from etl.parse.lines import kept_of_lines
from etl.parse.stamps import (
    has_full_date,
    is_labelled_stamp,
    is_stamp,
    may_be_dated,
    stamp_verb,
)
from etl.tables import made_of_tables

REACH = 240
MOST_BYLINE_CHARS = 160
# "By Ana Li, Ben Oz, Cem Ay and Dee Ko of Lyre News in Suva" has fourteen; a paragraph of
# names after "By" has more.
MOST_NAME_WORDS = 14
# Without "By": "Ana Li" and "Ana Li and Ben Oz, Lyre" may be names, "Ana" and longer lines none.
MOST_BARE_NAME_WORDS = 6
# Without capitals, six words may be two names; more are a sentence.
MOST_CASELESS_WORDS = 6
# "Monday November 18, 2019 7:45 am PST by Joe Rossignol" has ten words.
MOST_DATED_WORDS = 25
# Beside share words: names with what they do, not the first words of a text.
MOST_SHARED_WORDS = 30
# "Harbour, National, News, Top Story 1" has six.
MOST_PART_WORDS = 10
# "Senior political correspondent".
MOST_ROLE_WORDS = 3
# Section, place, day, clock and reading time between bars.
MOST_BARS = 5

DESK_ROLES = ("correspondent", "reporter", "staff writer", "bureau report")
DESK = re.compile(
    r"(?i)(?:(?:our|the|staff|special|city|bureau|diplomatic|political|foreign|senior) ){0,2}"
    rf"(?:{'|'.join(DESK_ROLES)})|.{{2,30}} (?:web|news|digital|online|business|sports) desk"
)
# As a desk's line ends, in small letters; most lines end otherwise.
DESK_ENDS = (*DESK_ROLES, "desk")
NAME_WORD = re.compile(r"[^\W\d_][\w.'’\-·]*")
# "ana@lyre.example", "@anavolau", "for the Lyre Post" behind a name.
CONTACT = re.compile(r"[\s,(|]*(?:\S+@\S+\.\w+|@\w+)\)?")
# "; additional reporting by Ben Oz", ", Special to the Lyre Post", "(avec AFP)" behind the names.
ADDITION = re.compile(
    r"(?i)(?:[;,]?\s(?:with\s)?(?:(?:additional|further)\s)?(?:reporting|research|inputs?)\s"
    r"(?:by|from)\s[^;]{2,60}|,\sspecial(?:ly)?\s(?:to|for)\s(?:the\s)?[^;,]{2,40}"
    r"|\s\((?:avec|with|mit|con|com|met|med|z|с|et)\s[^()]{2,40}\))$"
)
FOR_OUTLET = re.compile(r"(?i)\s(?:for|für|pour|para|per)\s(?=(?:the\s)?[A-ZÀ-Þ])")
NAME_PARTS = re.compile(r"(?:\s[\-–—]\s|[\s,|/،、・])+")
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
# Where a line of stamp and byline may be parted.
GAP = re.compile(r"[\s,|/·•]*(?:\s[\-–—]\s)?[\s,|/·•]+")
CAPITAL = r"[A-ZÀ-ÞА-ЯΑ-Ω][\w.'’\-]*"
NAMES_BEHIND = re.compile(rf"{CAPITAL}(?:,?\s(?:\w{{1,3}}\s)?{CAPITAL}){{1,3}}")
# "byAna Li", as a page has it where the name is a link.
GLUED_NAMES = rf"{CAPITAL}\s{CAPITAL}"
ENDS_NAMES = re.compile(r"\s*(?:$|[,|/·•()\[\]\-–—:]|\d|\w{1,3}\s+\d)")
PARTED = re.compile(r"\s?[|·•]\s?|\s[\-–—/]\s")
_ROLE_GAP = re.compile(r"\s[\-–—|/]\s|,\s|\s?\((?=[^()]+\)$)")
SHARE_WORDS = ("Share", "Save", "SHARE", "SAVE")
SHARE = re.compile(rf"(?<!\w)(?:{'|'.join(SHARE_WORDS)})(?!\w)")


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


@kept_of_lines
def split_credit(text: str) -> Credit | None:
    """Take apart a line of stamps, names and share words; None if it is no such line."""
    if len(text) > REACH or "\n" in text:
        return None
    if is_stamp(text):
        return Credit(None, text)
    if is_byline(text):
        return Credit(text, None, is_agency=all(map(_is_agency, _parts_of(text))))
    agency = _compiled(AGENCY_STAMP).fullmatch(text) if "|" in text else None
    if agency:
        return Credit(agency["front"], agency["stamp"])
    shared = _split_shared(text)
    if shared is not None or not may_be_dated(text):
        return shared
    return _split_parted(text) or _split_named(text) or _split_dated(text)


def is_byline(text: str) -> bool:
    """Whether a line names only its author: "By Ana Li", "Analysis by Ana Li", "Agencies"."""
    if len(text) > MOST_BYLINE_CHARS:
        return False
    desks = words("desks", "desk", "house")
    is_desk = all(name.casefold() in desks or _is_agency(name) for name in _parts_of(text))
    if is_desk or _is_desk(text.rstrip(".")):
        return True
    return _is_labelled(text) or _is_followed(text)


def _is_desk(text: str) -> bool:
    return text.casefold().endswith(DESK_ENDS) and DESK.fullmatch(text) is not None


def _is_labelled(text: str) -> bool:
    """ "By Ana Li", "Words: Ana Li", "Автор: Анна Ли", "文/李安"."""
    label = _label().match(text)
    if label is None:
        return False
    names = ADDITION.sub("", text[label.end() :])
    named = FOR_OUTLET.split(CONTACT.sub("", names), maxsplit=1)
    return all(_is_names(part) for part in named)


def is_label(text: str) -> bool:
    """Whether a line says that names follow, and nothing else: "By", "Kommentar von"."""
    label = _label().match(f"{text} X")
    return label is not None and label.end() == len(text) + 1


def _is_followed(text: str) -> bool:
    """ "홍길동 기자", "Ana Li – Journalist": what somebody is stands behind the name."""
    bare = CONTACT.sub("", text) if "@" in text else text
    found = _role_behind().search(bare.rstrip())
    if found is not None:
        return _is_names(text[: found.start()])
    roles = words("byline_words", "role")
    name, _, role = _ROLE_GAP.sub("\n", text, count=1).partition("\n")
    if role:
        told = role.casefold().rstrip(")").split()
        return 0 < len(told) <= MOST_ROLE_WORDS and told[-1] in roles and is_bare_name(name)
    front, _, last = text.rpartition(" ")
    return last in roles and is_bare_name(front)  # in small letters: no word of a headline


@made_of_tables
def _label() -> re.Pattern[str]:
    """What says that names follow: "by", "an analysis by"; some words say so by a colon only."""
    labels, marked = words("byline_words", "label"), words("byline_words", "marked")
    plain, kind = pattern(labels), pattern(words("byline_words", "kind"))
    role = pattern(words("byline_words", "role"))
    return re.compile(
        rf"(?i:(?:(?:\w{{1,4}}\s)?{kind}\s)?{plain}(?:\s?[:：]\s?|\s+)"
        rf"(?:{pattern(words('byline_words', 'our'))}\s{role}\s)?(?=\S)"
        rf"|{pattern(marked | labels)}\s?[:：/]\s?(?=\S))|{plain}(?={GLUED_NAMES})"
    )


@made_of_tables
def _role_behind() -> re.Pattern[str]:
    return re.compile(rf"\s?{pattern(words('byline_words', 'behind'))}$")


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
    name = CONTACT.sub("", text)
    return (
        2 <= len(name.split()) <= MOST_BARE_NAME_WORDS
        and _is_names(name)
        and not name.isupper()
        and not name.islower()
        and name.split()[-1].casefold() not in words("name_particles", "byline")
    )


def _is_names(text: str) -> bool:
    parts = [part for part in NAME_PARTS.split(text) if part]
    if not 0 < len(parts) <= MOST_NAME_WORDS or re.search(r"[:;!?“\"。]", text):
        return False
    if sum(_is_caseless(part) for part in parts) > MOST_CASELESS_WORDS:
        return False
    links = words("name_particles", "byline")
    return all(part.casefold() in links or _is_name_word(part) for part in parts)


def _is_name_word(part: str) -> bool:
    return NAME_WORD.fullmatch(part) is not None and (part[0].isupper() or _is_caseless(part))


def _is_caseless(part: str) -> bool:
    """A word of a script without capitals, where a name looks as any other word."""
    return part[0].isalpha() and part[0].lower() == part[0].upper()


def _split_shared(text: str) -> Credit | None:
    """ "1 hour ago Share Save Ana Li Correspondent Share Save" """
    if not any(map(text.__contains__, SHARE_WORDS)):
        return None
    parts = [part.strip() for part in SHARE.split(text)]
    if len(parts) == 1:
        return None
    stamps = [part for part in parts if is_stamp(part)]
    names = [part for part in parts if part and not is_stamp(part)]
    if not all(map(_may_be_names, names)) or (not stamps and (not names or len(parts) < 3)):
        return None
    return Credit(" ".join(names) or None, " ".join(stamps) or None)


def _split_parted(text: str) -> Credit | None:
    """ "Nation, Sport | Published: 5 hours ago | Written by Ana Li": a byline and a stamp in it."""
    parts = [part.strip() for part in PARTED.split(text)]
    if len(parts) == 1:
        return None
    names, stamps = list(filter(is_byline, parts)), list(filter(is_stamp, parts))
    is_short = all(len(part.split()) <= MOST_PART_WORDS for part in parts)
    return Credit(" ".join(names), " | ".join(stamps)) if names and stamps and is_short else None


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


def _split_dated(text: str) -> Credit | None:
    """A stamp and a byline on one line in whatever order, or a stamp that says it is one."""
    if not has_full_date(text):
        return None
    gaps = [found.span() for found in GAP.finditer(text)][:MOST_DATED_WORDS]
    for start, end in gaps:
        front, back = text[:start], text[end:]
        if is_byline(front) and is_stamp(back):
            return Credit(front, back)
        if is_stamp(front) and is_byline(back):
            return Credit(back, front)
    stamped = [gap for gap in gaps if is_stamp(text[: gap[0]])]
    if stamped:
        start, end = stamped[-1]  # no blank alone: "9 AM Eastern Daylight Time"
        if text[start:end].strip() and is_bare_name(text[end:]):
            return Credit(text[end:], text[:start], is_guess=True)
    if is_labelled_stamp(text):
        return Credit(byline_within(text), text)
    return Credit(None, text) if _is_stamp_in_bars(text) else None


def _is_stamp_in_bars(text: str) -> bool:
    """ "News | Bergen | 14 March, 2023 | 4 min read": a stamp among sections and counts."""
    parts = [part.strip() for part in PARTED.split(text)]
    others = [part for part in parts if not is_stamp(part)]
    is_dated = any(has_full_date(part) for part in parts if part not in others)
    is_told = any(part[:1].isdigit() or part.casefold() in words("sections") for part in others)
    is_barred = is_dated and is_told and len(parts) <= MOST_BARS
    return is_barred and all(map(_is_short_label, others))


def _is_short_label(text: str) -> bool:
    is_short = 0 < len(text.split()) <= MOST_ROLE_WORDS
    return is_short and (text[0].isdigit() or (text[0].isupper() and not set(":.?!") & set(text)))


def byline_within(text: str) -> str | None:
    """The byline that stands in a longer line, or None.

    "por Vera Lins" in "Atualizado por Vera Lins em 06/02/2024 16:22", not "von Lego" or "von
    Siedlern erschossen": two words or more, and behind them a mark, a figure or a small word.
    """
    for label in _label_within().finditer(text):
        names = NAMES_BEHIND.match(text, label.end())
        if names is not None and is_bare_name(names[0]) and ENDS_NAMES.match(text, names.end()):
            return f"{label[0]}{names[0]}".strip()
    return None


@made_of_tables
def _label_within() -> re.Pattern[str]:
    return re.compile(rf"(?i)(?<!\w){pattern(words('byline_words', 'label'))}\s+")
