"""What a mention is resolved beside: the text, its day of publication, the tense around it.

What belongs here: the values that all rules of resolution share. What does not: the rules.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from etl.dates.mentions.expressions import Expression
from etl.dates.mentions.periods import Period
from etl.dates.tense import Tense, present_at, tense_at

Method = Literal["full_date", "nearest", "weekday", "relative", "anchored", "since"]
Resolved = tuple[Period, Method]

STEPS = {"last": -1, "past": -1, "this past": -1, "this": 0, "next": 1, "coming": 1}
"""Units to go from this one: "last year" is one back."""


@dataclass(frozen=True, kw_only=True)
class Page:
    """What an expression is resolved beside. ``lower`` has the length of ``text``.

    ``has_day`` is false where only the month of publication is known: then nothing that
    counts days from it can be resolved. ``told`` are the title's last date with a year as it is
    written, and ``anchor`` what its last date means: the body goes on from there.
    """

    text: str
    lower: str
    published_on: date
    has_day: bool
    is_title: bool
    told: Expression | None = None
    anchor: Period | None = None

    def tense_of(self, found: Expression) -> Tense | None:
        """The tense around an expression; "since" speaks of the past, whatever surrounds it."""
        if self.lower.startswith("since", max(0, found.start - 6)):
            return "past"
        return tense_at(self.text, self.lower, found.start, found.end, is_title=self.is_title)

    def tense_of_day(self, found: Expression) -> Tense | None:
        """The tense around a day: in running text the present, too, speaks of what is to come.

        Not so in a headline ("Three die in blast on Sunday").
        """
        if (tense := self.tense_of(found)) is not None or self.is_title:
            return tense
        return present_at(self.text, self.lower, found.start, found.end)
