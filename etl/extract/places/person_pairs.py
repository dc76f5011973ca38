"""Two capitalised words side by side of which one is a place: "Zeferino Caldas", "Chad Brookes".

What belongs here: whether such a pair may be a person's name. What does not: what that does to
the score of the place (scoring), and persons that the rules know without doubt (names.persons).
"""

from etl.extract.gazetteer.matching import Match
from etl.extract.names.field_view import Name
from etl.extract.names.titles_and_heads import NameRules, load_rules
from etl.extract.places.surroundings import (
    DIRECTIONS,
    FEATURES,
    LOCATIVES,
    STREETS,
    word_before,
)
from etl.extract.text.tokens import Words
from etl.extract.text.word_lists import NOT_NAMES

PAIR_SCORE = 0.6
# "In Chad Brookes ..." is rare, "the Geneva Motor Show" is not.
NEVER_BEFORE_PERSON = LOCATIVES | {"the", "a"}


def find_pair(words: Words, match: Match) -> Name | None:
    """The two words of which a one-word match is one, if they look like a person's name.

    "Eusebio Villalba", "Zeferino Caldas": capitals side by side, neither the head of an
    organisation, nor a title, a street or a direction.
    """
    index = match.first
    if index != match.last or word_before(words, index) in NEVER_BEFORE_PERSON:
        return None
    rules = load_rules()
    if words.spaced(index) and _may_be_name(words, index + 1, rules):
        return Name("PERSON", index, index + 1, "title_rule", PAIR_SCORE)
    before = index - 1
    opens = index == 0 or words.starts_sentence(before)
    if not opens and words.spaced(before) and _may_be_name(words, before, rules):
        return Name("PERSON", before, index, "title_rule", PAIR_SCORE)
    return None


def _may_be_name(words: Words, index: int, rules: NameRules) -> bool:
    word = words.words[index]
    if not word[0].isupper() or not word.isalpha() or word.isupper():
        return False
    key = words.keys[index]
    return not (
        key in rules.heads
        or key in rules.titles
        or key in NOT_NAMES
        or key in STREETS
        or key in FEATURES
        or key in DIRECTIONS
    )
