"""Offices in a text, and the holders named beside them: "President Uhuru Kenyatta".

What belongs here: where a wording of an office stands, what is said of it before, and which
names of holders stand behind or before it. What does not: who held what when
(gazetteer.office_holders), and which country that is evidence of (passes.office_holders).
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from etl.extract.gazetteer.office_holders import (
    Holder,
    HolderName,
    Wording,
    holder_names,
    office_wordings,
)
from etl.extract.names.titles_and_heads import load_rules
from etl.extract.text.casing import is_plain
from etl.extract.text.tokens import APOSTROPHES, HYPHENS, Words
from etl.extract.text.word_lists import name_particles, not_names
from etl.lexicon import words as words_of

# "Uhuru Muigai Kenyatta": words of a full name that the table leaves out.
MOST_SKIPPED = 2
# Between "former" and its office: "former longtime President".
FARTHEST_PAST = 2


@dataclass(frozen=True, slots=True)
class Office:
    """A wording of an office at words ``first`` to ``last`` (inclusive)."""

    first: int
    last: int
    wording: Wording
    is_past: bool


@dataclass(frozen=True, slots=True)
class Named:
    """A name at words ``first`` to ``last`` (inclusive), and the holders whose it is."""

    first: int
    last: int
    holders: tuple[Holder, ...]
    is_full: bool

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(holder.country_code for holder in self.holders)


def find_offices(words: Words) -> Iterator[Office]:
    """Where offices stand that somebody may hold: not "vice president", "its president"."""
    known = office_wordings()
    if known.keys().isdisjoint(words.keys):
        return
    for index in [index for index, key in enumerate(words.keys) if key in known]:
        worded = (w for w in known[words.keys[index]] if _stands_at(words, index, w))
        wording = next(worded, None)
        before = words.keys[index - 1] if index and not _is_cut(words, index) else ""
        if wording is None or before in words_of("person_words", "lesser_office"):
            continue
        yield Office(index, index + len(wording.words) - 1, wording, _is_past(words, index))


def _stands_at(words: Words, index: int, wording: Wording) -> bool:
    last = index + len(wording.words) - 1
    if tuple(words.keys[index : last + 1]) != wording.words:
        return False
    is_written = not wording.is_upper or words.words[index].isupper()
    return is_written and all(map(words.spaced, range(index, last)))


def _is_cut(words: Words, index: int) -> bool:
    """Whether more than a space or a hyphen stands before the word: "then, president"."""
    return not words.spaced(index - 1) and words.gaps[index - 1] not in HYPHENS


def _is_past(words: Words, index: int) -> bool:
    """ "ex-president", "the former longtime President"; "the late" only right before it, and no
    sentence that begins with "Then President"."""
    for step in range(1, FARTHEST_PAST + 1):
        before = index - step
        if before < 0 or _is_cut(words, before + 1):
            return False
        if words.keys[before] in words_of("person_words", "past_office"):
            is_next = words.words[before] == "Then" and words.gaps[before] not in HYPHENS
            return words.keys[before] == "former" or (step == 1 and not is_next)
    return False


def name_behind(words: Words, office: Office, day: dt.date, *, headline: bool) -> Named | None:
    """The holder named behind the office: "President Gen. Pervez Musharraf", and in full behind
    a comma ("the prime minister, Imran Khan,")."""
    first = office.last + 1
    is_apposed = words.gaps[office.last] == ", "
    if first >= len(words) or not (is_apposed or words.spaced(office.last)):
        return None
    while True:
        named = name_at(words, first, day, office, headline=headline)
        if named is not None:
            return named if named.is_full or not is_apposed else None
        if words.keys[first] not in load_rules().titles or not _is_near(words, first):
            return None
        first += 1


def names_behind(words: Words, office: Office, day: dt.date, *, headline: bool) -> Iterator[Named]:
    """The holders named behind the office; behind a plural all that are listed ("Presidents Putin
    and Xi")."""
    named = name_behind(words, office, day, headline=headline)
    while named is not None:
        yield named
        first = _next_listed(words, named.last) if office.wording.is_plural else None
        named = None if first is None else name_at(words, first, day, office, headline=headline)


def _next_listed(words: Words, last: int) -> int | None:
    """Where the next name of a list starts: behind ", ", "and" or both."""
    first = last + 1
    if not (words.spaced(last) or words.gaps[last] == ", "):
        return None
    is_linked = first + 1 < len(words) and words.keys[first] == "and"
    if is_linked:
        return first + 1
    return first if words.gaps[last] == ", " else None


def name_at(
    words: Words, first: int, day: dt.date, office: Office | None = None, *, headline: bool
) -> Named | None:
    """The longest name of a holder that starts at word ``first``; without an office that of
    anybody in office on the day."""
    found: dict[int, list[HolderName]] = {}
    for name in holder_names().get(words.keys[first], ()):
        if not _may_be_meant(name, day, office):
            continue
        last = _last_word(words, first, name)
        if last is not None and not _goes_on(words, last, headline=headline):
            found.setdefault(last, []).append(name)
    if not found:
        return None
    last, names = max(found.items())
    is_full = any(name.is_full for name in names)
    holders = tuple(name.holder for name in names if name.is_full == is_full)
    return Named(first, last, holders, is_full)


def _may_be_meant(name: HolderName, day: dt.date, office: Office | None) -> bool:
    """Whether the holder is in office, or was where that is said: then by the full name alone."""
    holder, is_past = name.holder, office is not None and office.is_past
    if not (name.is_full and holder.last < day if is_past else holder.holds_on(day)):
        return False
    if office is None:
        return True
    in_full = name.is_full and holder.office in office.wording.in_full
    return in_full or holder.office in office.wording.offices


def _last_word(words: Words, first: int, name: HolderName) -> int | None:
    """Last word of a name that starts at ``first``; a full one may have further words in it."""
    index, skipped = first, 0
    for key in name.words[1:]:
        index += 1
        while index < len(words) and words.joined(index - 1) and words.keys[index] != key:
            skipped += 1
            if not name.is_full or skipped > MOST_SKIPPED or not words.words[index][0].isupper():
                return None
            index += 1
        if index >= len(words) or not words.joined(index - 1):
            return None
    return index if words.words[index][0].isupper() or "-" in words.gaps[index - 1] else None


def _goes_on(words: Words, last: int, *, headline: bool) -> bool:
    """ "President Kenyatta University", "Obama-era"; not "President Kenyatta Monday"."""
    if words.gaps[last] in HYPHENS:
        return True
    if not words.spaced(last):
        return False
    following, key = words.words[last + 1], words.keys[last + 1]
    if key in name_particles() and _is_near(words, last + 1):
        return words.words[last + 2][0].isupper()
    if not following[0].isupper() or key in not_names():
        return False
    return not (headline and is_plain(following) and key not in load_rules().heads)


def _is_near(words: Words, index: int) -> bool:
    """Whether the next word belongs to the same name or title: "Gen. Musharraf"."""
    return index + 1 < len(words) and (words.spaced(index) or words.gaps[index] in (". ", "."))


def office_behind(words: Words, last: int) -> int | None:
    """Where an office in apposition to a name starts that ends at ``last``: "Imran Khan, the
    prime minister,"; None where it is said whose it is ("president of the university")."""
    if words.gaps[last] != ", ":
        return None
    first = last + 1 + (words.keys[last + 1] == "the")
    for wording in office_wordings().get(words.keys[first], ()) if first < len(words) else ():
        end = first + len(wording.words) - 1
        if _stands_at(words, first, wording):
            following = words.keys[end + 1] if end + 1 < len(words) else ""
            is_owned = following in ("of", "for", "at") or words.gaps[end] in HYPHENS
            return None if is_owned else first
    return None


def owner_of(words: Words, office: Office) -> int | None:
    """The word of whom the office is said to be: "Kenya's new president", "Boeing President"."""
    index = office.first
    for step in range(1, 4):
        at = index - step
        if at < 0 or not words.spaced(at):
            break
        if words.keys[at] == "s" and at and words.gaps[at - 1] in APOSTROPHES:
            return at - 1
    before = index - 1
    if before < 0 or not words.spaced(before):
        return None
    return before
