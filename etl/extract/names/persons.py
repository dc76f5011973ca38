"""Persons by rule: a title before a name, or a known given name before a surname.

What belongs here: where a person's name starts and ends. What does not: who it is
(entities, coreference).
"""

import re

from etl.extract.gazetteer.matching import Match
from etl.extract.gazetteer.person_names import is_family_first
from etl.extract.names.field_view import FieldView, Name
from etl.extract.text.casing import is_plain
from etl.extract.text.tokens import HYPHENS
from etl.extract.text.word_lists import name_particles, not_names, wire_abbreviations
from etl.lexicon import words as words_of

# Words of a name, one with a hyphen counted once, particles not at all: "Faisal Al-Majed Al-Karim
# Al-Dosari", "Salman bin Abdulaziz Al Saud".
LONGEST = 4
TITLED_SCORE = 0.85
# From here on a place is itself beside another name.
FIRM = 0.65
_PAST = re.compile(r"[a-z]{2,}ed")
GIVEN_SCORE = 0.7


def person_at(view: FieldView, first: int, last: int, *, title: str) -> Name | None:
    """The person whose name starts at ``first`` in a run that ends at ``last``.

    ``title`` is the folded word of title before it, or empty. "Mr. London" is a person,
    "Prime Minister London" more likely is not.
    """
    if view.told and not title and _is_told(view, first, last):
        return Name("PERSON", first, first + 1, "title_rule", GIVEN_SCORE)
    stop = _name_end(view, first, last)
    if stop is None:
        return None
    if stop == first and stop < last and view.key(stop + 1) in view.rules.titles:
        return None  # "Chief Cabinet Secretary": part of the title
    known = view.matched.get(first)
    if known is not None and known.candidates[0].form == "prefix":
        return None  # "Franco-German"
    if title and not view.headline:
        doubtful = known is not None and stop == first and not _is_honoured(view, first, title)
        return None if doubtful else Name("PERSON", first, stop, "title_rule", TITLED_SCORE)
    if known is not None and stop == first + 1 and _acts(view, first, known):
        return Name("PERSON", first, stop, "title_rule", GIVEN_SCORE)
    if stop == first or not _is_given(view, first, stop):
        return None
    if known is not None and not _may_be_person(view, first, stop, known):
        return None
    return Name("PERSON", first, stop, "title_rule", GIVEN_SCORE)


def _is_told(view: FieldView, first: int, last: int) -> bool:
    """ "SOFIA MANTERO WINS" over a body that has "Mantero" as a name, and nowhere "Sofia"."""
    given, behind = view.key(first), first + 1
    if behind > last or given not in view.gazetteer.given_names or given in view.told:
        return False
    named = view.key(behind) in view.told and view.words.spaced(first)
    return named and not is_plain(given) and view.key(behind) not in view.rules.heads


def _is_honoured(view: FieldView, first: int, title: str) -> bool:
    """ "Major Chad", not "a major Chadian grower"."""
    return title in view.rules.honorifics and view.is_capital(first - 1)


def _is_given(view: FieldView, first: int, stop: int) -> bool:
    """Whether the first word is a given name or initial here.

    A given name that is a word too ("Will", "Grace") opens many a sentence, and a headline
    capitalises every word: there a common surname has to follow.
    """
    key = view.key(first)
    if len(key) == 1:
        return view.is_initial(first) and _follows_initials(view, first, stop)
    if key not in view.gazetteer.given_names:
        return _has_syllables(view, first, stop)
    if view.headline:
        return view.key(first + 1) in view.gazetteer.surnames
    doubtful = key in view.gazetteer.given_words and view.words.starts_sentence(first)
    return not doubtful or view.key(stop) in view.gazetteer.surnames


def _has_syllables(view: FieldView, first: int, stop: int) -> bool:
    """ "Ji-woo Kang": a given name of two syllables, neither of them a word."""
    words, second = view.words, first + 1
    is_pair = words.gaps[first] in HYPHENS and second < stop and words.words[second].islower()
    if not is_pair or view.headline:
        return False
    is_korean = is_family_first(words.words[second + 1])  # "Ji-woo Kang": "woo" is a word too
    return is_korean or not any(map(is_plain, words.words[first : second + 1]))


def _follows_initials(view: FieldView, first: int, stop: int) -> bool:
    """ "J. Smith", "J.P. Okafor"; not "U.S. Banks", "N.Z. Dlrs" or "International N.V"."""
    cut = first > 0 and view.words.gaps[first - 1] == "."
    word, key = view.words.words[stop], view.key(stop)
    if cut or len(word) == 1 or key in wire_abbreviations():
        return False
    return key in view.gazetteer.surnames or not is_plain(word)


def _may_be_person(view: FieldView, first: int, stop: int, known: Match) -> bool:
    """ "Chad Smith", "Paris Hilton": a place that is a given name, before a surname."""
    is_capital = any(c.method == "capital" for c in known.candidates)
    surnames = view.gazetteer.plain_surnames if is_capital else view.gazetteer.surnames
    if known.last != first or stop > first + 1:
        return known.last == first and not is_capital and _is_long_name(view, first, stop)
    return view.key(stop) in surnames


def _acts(view: FieldView, first: int, known: Match) -> bool:
    """ "Cairo Mendes opened a bakery with money of her aunt": a place and a surname that open a
    sentence, before what somebody did. Where nobody is known to be called so, "its" tells of
    "China Evergrande"."""
    words, behind = view.words, first + 1
    if view.headline or known.last != first or not words.starts_sentence(first):
        return False
    if words.words[behind].isupper() or _is_no_surname(view, behind):
        return False
    done = words.words[behind + 1] if words.spaced(behind) else ""
    is_done = done in words_of("tense_words", "past", "report") or _PAST.fullmatch(done)
    return bool(is_done) and (_is_surname(view, behind) or _told_of_person(view, behind + 2))


def _is_surname(view: FieldView, index: int) -> bool:
    return view.key(index) in view.gazetteer.surnames and not is_plain(view.words.words[index])


def _is_no_surname(view: FieldView, index: int) -> bool:
    """A plain word, or a place that is more than a small town."""
    known = view.matched.get(index)
    if known is not None:
        return any(c.method != "city" or c.score >= FIRM for c in known.candidates)
    is_surname = view.key(index) in view.gazetteer.plain_surnames
    return is_plain(view.words.words[index]) and not is_surname


def _told_of_person(view: FieldView, index: int) -> bool:
    """Whether "her" or "he" comes before "its" or the end of the sentence."""
    words = view.words
    while index < len(words) and not words.starts_sentence(index):
        if words.words[index] in words_of("person_words", "pronoun"):
            return True
        if words.words[index] in ("its", "it"):
            return False
        index += 1
    return False


def _is_long_name(view: FieldView, first: int, stop: int) -> bool:
    """ "Hassan Ali Mohamed Warsame": names all along, but for the last perhaps."""
    given, family = view.gazetteer.given_names, view.gazetteer.surnames
    are_names = all(key in given or key in family for key in view.words.keys[first:stop])
    return are_names and not is_plain(view.words.words[stop])


def _name_end(view: FieldView, first: int, last: int) -> int | None:
    """Last word of a name that starts at ``first``, or None if that word starts none."""
    word = view.words.words[first]
    if (
        not view.is_capital(first)
        or view.key(first) in not_names()
        or (word.isupper() and len(word) > LONGEST)
    ):
        return None
    # "Salman bin Hamad bin Isa Al Khalir": each particle may join one name more.
    stop, parts, most = _over_hyphens(view, first), 1, LONGEST
    while stop < last and parts < most and _goes_on(view, stop + 1):
        is_particle = view.key(stop + 1) in name_particles()
        parts, most = parts + (not is_particle), most + is_particle
        stop = _over_hyphens(view, stop + 1)
    while stop > first and view.key(stop) in name_particles() and not _is_joined(view, stop):
        stop -= 1
    return stop


def _is_joined(view: FieldView, index: int) -> bool:
    """ "Moon Jae-in": the last syllable of a name may be a word."""
    return view.words.gaps[index - 1] in HYPHENS


def _over_hyphens(view: FieldView, stop: int) -> int:
    """ "Asante-Boadu", "Ji-hoon", "al-Rashidi": the parts of one word of a name, not "-led"."""
    words = view.words
    while words.gaps[stop] in HYPHENS and words.words[stop + 1].isalpha():
        if words.words[stop + 1] in words_of("hyphenated_words", "behind"):
            break
        stop += 1
    return stop


def _goes_on(view: FieldView, index: int) -> bool:
    word, key = view.words.words[index], view.key(index)
    if word in ("of", "for") or key in view.rules.heads or key in view.rules.titles:
        return False
    return key not in not_names() and not (word.isupper() and len(word) > 1)
