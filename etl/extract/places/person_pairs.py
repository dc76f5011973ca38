"""Two capitalised words side by side of which one is a place: "Zeferino Caldas", "Chad Brookes".

What belongs here: whether such a pair may be a person's name. What does not: what that does to
the score of the place (scoring), and persons that the rules know without doubt (names.persons).
"""

from etl.extract.gazetteer.matching import Match
from etl.extract.names.field_view import Name
from etl.extract.names.organisation_cues import load_cues
from etl.extract.names.titles_and_heads import NameRules, load_rules
from etl.extract.places.surroundings import place_words, word_before
from etl.extract.text.tokens import Words
from etl.extract.text.word_lists import not_names

PAIR_SCORE = 0.6
# "In Chad Brookes ..." is rare, "the Geneva Motor Show" is not.
ARTICLES = ("the", "a")


def find_pair(words: Words, match: Match) -> Name | None:
    """The two words of which a one-word match is one, if they look like a person's name.

    "Eusebio Villalba", "Zeferino Caldas": capitals side by side, neither the head of an
    organisation, nor a title, a street or a direction.
    """
    index = match.first
    if index != match.last or _is_no_person_after(word_before(words, index)):
        return None
    rules = load_rules()
    if words.spaced(index) and _may_be_name(words, index + 1, rules):
        return Name("PERSON", index, index + 1, "title_rule", PAIR_SCORE)
    before = index - 1
    opens = index == 0 or words.starts_sentence(before)
    if not opens and words.spaced(before) and _may_be_name(words, before, rules):
        return Name("PERSON", before, index, "title_rule", PAIR_SCORE)
    return None


def _is_no_person_after(before: str) -> bool:
    return before in place_words().locatives or before in ARTICLES


def _may_be_name(words: Words, index: int, rules: NameRules) -> bool:
    word = words.words[index]
    if not word[0].isupper() or not word.isalpha() or word.isupper():
        return False
    key, beside = words.keys[index], place_words()
    others = (
        rules.heads, rules.titles, not_names(), beside.streets, beside.features, beside.directions,
        load_cues().owner,
    )  # fmt: skip
    return not any(key in group for group in others)
