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
from etl.extract.names.organisations import organisation_at
from etl.extract.names.persons import HYPHENS, person_at
from etl.extract.names.titles_and_heads import load_rules
from etl.extract.text.tokens import Words
from etl.extract.text.word_lists import name_particles


def find_names(
    words: Words, matches: list[Match], gazetteer: Gazetteer, *, headline: bool
) -> list[Name]:
    """Persons and organisations of one field, in order, none overlapping."""
    matched = {index: match for match in matches for index in range(match.first, match.last + 1)}
    view = FieldView(words, matched, gazetteer, load_rules(), headline)
    found: list[Name] = []
    stop = -1
    for index in words.capitals:
        if index > stop:
            stop = _run_end(view, index)
            found += _names_of_run(view, index, stop)
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
    """How many words the run goes on after word ``last``: 1, 2 over a small word, or 0."""
    words = view.words
    if not (words.spaced(last) or view.is_initial(last)):
        return 0
    if view.is_capital(last + 1):
        return 1
    following = words.words[last + 1]
    if following not in name_particles() and following not in ("of", "for"):
        return 0
    return 2 if words.spaced(last + 1) and view.is_capital(last + 2) else 0


def _names_of_run(view: FieldView, first: int, last: int) -> list[Name]:
    found: list[Name] = []
    index, title = first, _title_before(view, first)
    if first == last and not title and not _may_stand_alone(view, first):
        return found
    while index <= last:
        name = organisation_at(view, index, last)
        if name is None and index < last and view.key(index) in view.rules.titles:
            title, index = view.key(index), index + 1
            continue
        if name is None:
            name = person_at(view, index, last, title=title)
        if name is not None:
            found.append(name)
        index, title = (index if name is None else name.last) + 1, ""
    return found


def _may_stand_alone(view: FieldView, index: int) -> bool:
    """Whether a single capitalised word can begin a name: "Ji-hoon", "Bank of the Republic"."""
    return view.words.gaps[index] in HYPHENS or view.key(index) in view.rules.heads_of


def _title_before(view: FieldView, first: int) -> str:
    """The title in small letters before the run, if any: "spokesperson Amina Okafor"."""
    if first == 0 or view.headline or not view.words.spaced(first - 1):
        return ""
    key = view.key(first - 1)
    return key if key in view.rules.titles else ""
