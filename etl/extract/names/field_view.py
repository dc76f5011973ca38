"""A field as the name rules see it, and the names that they find in it.

What belongs here: what the rules for persons (persons) and organisations (organisations) share.
What does not: their words (titles_and_heads).
"""

from dataclasses import dataclass

from etl.extract.gazetteer.dictionary import Gazetteer
from etl.extract.gazetteer.matching import Match
from etl.extract.names.titles_and_heads import NameRules
from etl.extract.text.tokens import Words


@dataclass(frozen=True, slots=True)
class Name:
    """A person or organisation at words ``first`` to ``last`` (inclusive)."""

    label: str
    first: int
    last: int
    method: str
    score: float


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field as the name rules see it; ``matched`` gives the match of a word, if any.

    ``headline`` marks a field whose words are nearly all capitalised: there a capital tells
    nothing, so only names around known given names are taken. ``told`` are the folded words
    that the body has as names, for a headline: "Mantero" tells "SOFIA MANTERO WINS".
    """

    words: Words
    matched: dict[int, Match]
    gazetteer: Gazetteer
    rules: NameRules
    headline: bool
    told: frozenset[str] = frozenset()

    def key(self, index: int) -> str:
        return self.words.keys[index]

    def is_capital(self, index: int) -> bool:
        return self.words.words[index][0].isupper()

    def is_initial(self, index: int) -> bool:
        """ "J. Smith", "Mr. Smith": a dot that ends no sentence."""
        if self.words.gaps[index] not in (". ", "."):
            return False
        word = self.words.words[index]
        return (len(word) == 1 and word.isupper()) or self.key(index) in self.rules.honorifics
