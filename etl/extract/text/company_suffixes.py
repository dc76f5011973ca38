"""What companies carry behind their names: "AG", "Inc.", "Holdings".

What belongs here: telling a suffix, and where it ends. What does not: what a suffix says of a
mention (passes).
"""

import re
from dataclasses import dataclass

from etl.lexicon import pattern, words
from etl.tables import made_of_tables


@dataclass(frozen=True, slots=True)
class Suffixes:
    """Patterns of suffixes as companies write them: "AG" is no "ag", "Sa" is a name.

    ``behind``: not before a name, "Texas AG Ken Paxton" is a man. ``stripped`` are those that
    the tables of organisations leave out. ``pointed`` keep their point where a name ends.
    """

    behind: re.Pattern[str]
    at_end: re.Pattern[str]
    alone: re.Pattern[str]
    stripped: re.Pattern[str]
    pointed: tuple[str, ...]


@made_of_tables
def _suffixes() -> Suffixes:
    told, stripped = (pattern(words("company_suffixes", k)) for k in ("telling", "stripped"))
    pointed = (word.removesuffix(".") for word in words("company_suffixes", "pointed"))
    return Suffixes(
        behind=re.compile(rf"(?:,? {told}\b\.?)+(?! [A-Z][a-z])"),
        at_end=re.compile(rf"\s{told}\.?$"),
        alone=re.compile(rf"(?:{told}\b\.?[ ,&]*)+"),
        stripped=re.compile(rf"(?:,? {stripped}\.?)+$"),
        pointed=tuple(f"{word}." for word in pointed),
    )


def suffix_end(text: str, start: int) -> int:
    """Where a company's suffix that begins at ``start`` ends; ``start`` if there is none."""
    known = _suffixes()
    suffix = known.behind.match(text, start)
    if suffix is None:
        return start
    end = suffix.end()
    return end - 1 if text[end - 1] == "." and not text[:end].endswith(known.pointed) else end


def has_suffix(name: str) -> bool:
    """Whether the name ends in a suffix: "Ruhrtal AG"."""
    return _suffixes().at_end.search(name) is not None


def is_suffix(name: str) -> bool:
    """Whether the name consists of suffixes alone: "Co Inc"."""
    return _suffixes().alone.fullmatch(name) is not None


def without_suffixes(name: str) -> str:
    """The name without the suffixes at its end."""
    return _suffixes().stripped.sub("", name)
