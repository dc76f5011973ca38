"""Names of persons and organisations by rule, and what they do to the places inside them.

What belongs here: cutting a field into runs of capitalised words and reading each run from
left to right. What does not: the rules for persons (persons) and organisations
(organisations), a statistical model (model), canonical names and ids (entities).

The rules are modest on purpose: they keep places honest ("Jordan" in "Michael Jordan" is no
country) and catch the plain cases.
"""

from etl.extract.gazetteer.dictionary import Gazetteer
from etl.extract.gazetteer.matching import Match
from etl.extract.names.field_view import FieldView, Name
from etl.extract.names.organisation_cues import load_cues
from etl.extract.names.organisations import joins_fields, organisation_at
from etl.extract.names.persons import person_at
from etl.extract.names.titles_and_heads import load_rules
from etl.extract.text.casing import is_plain
from etl.extract.text.tokens import APOSTROPHES, HYPHENS, Words
from etl.extract.text.word_lists import name_particles
from etl.lexicon import words as words_of


def find_names(
    words: Words,
    matches: list[Match],
    gazetteer: Gazetteer,
    *,
    headline: bool,
    told: frozenset[str] = frozenset(),
) -> list[Name]:
    """Persons and organisations of one field, in order, none overlapping.

    ``told``: the folded words that the body has as names, for a headline.
    """
    matched = {index: match for match in matches for index in range(match.first, match.last + 1)}
    view = FieldView(words, matched, gazetteer, load_rules(), headline, told)
    found: list[Name] = []
    stop = -1
    for index in words.capitals:
        if index > stop:
            stop = _run_end(view, index)
            found += _names_of_run(view, index, stop)
            if found:  # "Min-seo" goes on behind the run of "Choi Min"
                stop = max(stop, found[-1].last)
    return found


def _run_end(view: FieldView, first: int) -> int:
    """Last word of the run of capitalised words that starts at ``first``."""
    last = first
    while True:
        step = _step(view, last)
        if step == 0:
            return last
        last += step


def _step(view: FieldView, last: int) -> int:
    """How many words the run goes on after word ``last``: 1, 2 over a small word, 3 over two
    particles ("Maria de la Cruz"), or 0.

    A hyphen before a capital joins too: "Hans-Peter Friedmann", "Talal Al-Mansour".
    """
    words = view.words
    if words.gaps[last] in HYPHENS:
        return 1 if view.is_capital(last + 1) else 2 * _is_syllable(view, last + 1)
    if owned := _owned(view, last):
        return owned
    if not (words.spaced(last) or view.is_initial(last)):
        return 0
    if view.is_capital(last + 1):
        return 1
    following = words.words[last + 1]
    if following == "and":
        return 2 * joins_fields(view, last)
    if following not in name_particles() and following not in ("of", "for"):
        return 0
    step = 2
    if following in name_particles() and words.spaced(last + 1):
        step += words.words[last + 2] in name_particles()
    is_joined = words.spaced(last + step - 1) or words.gaps[last + step - 1] in HYPHENS
    return step if is_joined and view.is_capital(last + step) else 0


def _owned(view: FieldView, last: int) -> int:
    """How many words on the head stands that the genitive of word ``last`` belongs to: "Belfast
    Magistrate's Court", "Magistrates' Court"; 0 where there is none."""
    words, gap = view.words, view.words.gaps[last]
    if view.key(last) not in load_cues().owner or gap.strip() not in APOSTROPHES:
        return 0
    is_cut = gap in APOSTROPHES and words.words[last + 1] == "s" and words.spaced(last + 1)
    step = 2 if is_cut else 1
    is_headed = view.is_capital(last + step) and view.key(last + step) in view.rules.heads
    return step if is_headed and (is_cut or gap.endswith(" ")) else 0


def _is_syllable(view: FieldView, index: int) -> bool:
    """ "Ji-woo Kang", not "Essen-based Ruhrwerk" nor "Kiel-style Rye"."""
    words = view.words
    behind = words_of("hyphenated_words", "behind")
    goes_on = words.spaced(index) and view.is_capital(index + 1)
    return goes_on and words.words[index] not in behind and not is_plain(words.words[index])


def _names_of_run(view: FieldView, first: int, last: int) -> list[Name]:
    found: list[Name] = []
    index, title = first, _title_before(view, first)
    if first == last and not title and not _may_stand_alone(view, first):
        return found
    while index <= last:
        name = organisation_at(view, index, last)
        if name is None and (place_end := _place_end(view, index)):  # "DR Congo"
            index, title = place_end + 1, ""
            continue
        if name is None and index < last and view.key(index) in view.rules.titles:
            title, index = view.key(index), index + 1
            continue
        if name is None:
            name = person_at(view, index, last, title=title)
        if name is not None:
            found.append(name)
        index, title = (index if name is None else name.last) + 1, ""
    return found


def _place_end(view: FieldView, index: int) -> int:
    """Last word of a place's name that starts with a title, else 0: a country's of several words,
    or one of three words at least ("Prince Edward Island")."""
    known = view.matched.get(index) if view.key(index) in view.rules.titles else None
    if known is None or known.first != index:
        return 0
    methods = {c.method for c in known.candidates}
    is_long = known.last >= index + 2 and "subdivision" in methods
    return known.last if is_long or "country_name" in methods else 0


def _may_stand_alone(view: FieldView, index: int) -> bool:
    """Whether a single capitalised word can begin a name: "Ji-hoon", "Bank of the Republic"."""
    return view.words.gaps[index] in HYPHENS or view.key(index) in view.rules.heads_of


def _title_before(view: FieldView, first: int) -> str:
    """The title in small letters before the run, if any: "spokesperson Amina Okafor"."""
    if first == 0 or view.headline or not view.words.spaced(first - 1):
        return ""
    key = view.key(first - 1)
    return key if key in view.rules.titles else ""
