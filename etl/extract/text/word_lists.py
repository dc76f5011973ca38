"""Words that several rules look up.

What belongs here: folded words that tell names from other words. What does not: titles and heads
of organisations (names) and words that one rule alone needs.
"""

from etl.lexicon import calendar, words
from etl.tables import made_of_tables


def name_particles() -> frozenset[str]:
    """Small words within a person's name: "al", "van der"."""
    return words("name_particles", "person")


@made_of_tables
def not_names() -> frozenset[str]:
    """Words that have a capital now and then and are no part of a person's name."""
    months = calendar.names("month", language="en", kind="full")
    return words("person_words", "no_name").union(weekdays(), map(str.lower, months))


@made_of_tables
def weekdays() -> frozenset[str]:
    """The English weekdays."""
    return frozenset(map(str.lower, calendar.names("weekday", language="en", kind="full")))


def wire_abbreviations() -> frozenset[str]:
    """What the wire writes short: "Qtly div 22 cts vs 20 cts"."""
    return words("abbreviations", "wire")
