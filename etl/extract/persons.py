"""Persons by rule: a title before a name, or a known given name before a surname.

What belongs here: where a person's name starts and ends. What does not: who it is
(entities, coreference).
"""

from etl.extract.casing import is_plain
from etl.extract.matching import Match
from etl.extract.name_rules import ABBREVIATIONS, NAME_PARTICLES, NOT_NAMES, Name, Scene

LONGEST = 4
TITLED_SCORE = 0.85
GIVEN_SCORE = 0.7
HYPHENS = frozenset("-‐‑")


def person_at(scene: Scene, first: int, last: int, *, title: str) -> Name | None:
    """The person whose name starts at ``first`` in a run that ends at ``last``.

    ``title`` is the folded word of title before it, or empty. "Mr. London" is a person,
    "Prime Minister London" more likely is not.
    """
    stop = _name_end(scene, first, last)
    if stop is None:
        return None
    if stop == first and stop < last and scene.key(stop + 1) in scene.rules.titles:
        return None  # "Chief Cabinet Secretary": part of the title
    known = scene.matched.get(first)
    if title and not scene.headline:
        doubtful = known is not None and stop == first and not _is_honoured(scene, first, title)
        return None if doubtful else Name("PERSON", first, stop, "title_rule", TITLED_SCORE)
    if stop == first or not _is_given(scene, first, stop):
        return None
    if known is not None and not _may_be_person(scene, first, stop, known):
        return None
    return Name("PERSON", first, stop, "title_rule", GIVEN_SCORE)


def _is_honoured(scene: Scene, first: int, title: str) -> bool:
    """ "Major Chad", not "a major Chadian grower"."""
    return title in scene.rules.honorifics and scene.is_capital(first - 1)


def _is_given(scene: Scene, first: int, stop: int) -> bool:
    """Whether the first word is a given name or initial here.

    A given name that is a word too ("Will", "Grace") opens many a sentence, and a headline
    capitalises every word: there a common surname has to follow.
    """
    key = scene.key(first)
    if len(key) == 1:
        return scene.is_initial(first) and _follows_initials(scene, first, stop)
    if key not in scene.gazetteer.given_names:
        return False
    if scene.headline:
        return scene.key(first + 1) in scene.gazetteer.surnames
    doubtful = key in scene.gazetteer.given_words and scene.words.starts_sentence(first)
    return not doubtful or scene.key(stop) in scene.gazetteer.surnames


def _follows_initials(scene: Scene, first: int, stop: int) -> bool:
    """ "J. Smith", "J.P. Okafor"; not "U.S. Banks", "N.Z. Dlrs" or "International N.V"."""
    cut = first > 0 and scene.words.gaps[first - 1] == "."
    word, key = scene.words.words[stop], scene.key(stop)
    if cut or len(word) == 1 or key in ABBREVIATIONS:
        return False
    return key in scene.gazetteer.surnames or not is_plain(word)


def _may_be_person(scene: Scene, first: int, stop: int, known: Match) -> bool:
    """ "Chad Smith", "Paris Hilton": a place that is a given name, before a surname."""
    is_capital = any(c.method == "capital" for c in known.candidates)
    surnames = scene.gazetteer.plain_surnames if is_capital else scene.gazetteer.surnames
    return known.last == first and stop == first + 1 and scene.key(stop) in surnames


def _name_end(scene: Scene, first: int, last: int) -> int | None:
    """Last word of a name that starts at ``first``, or None if that word starts none."""
    word = scene.words.words[first]
    if (
        not scene.is_capital(first)
        or scene.key(first) in NOT_NAMES
        or (word.isupper() and len(word) > LONGEST)
    ):
        return None
    stop = first
    while stop < min(last, first + LONGEST - 1) and _goes_on(scene, stop + 1):
        stop += 1
    while stop > first and scene.key(stop) in NAME_PARTICLES:
        stop -= 1
    return _over_hyphens(scene, stop)


def _over_hyphens(scene: Scene, stop: int) -> int:
    """ "Asante-Boadu", "Ji-hoon": the parts of one word of a name."""
    while scene.words.gaps[stop] in HYPHENS and scene.words.words[stop + 1].isalpha():
        stop += 1
    return stop


def _goes_on(scene: Scene, index: int) -> bool:
    word, key = scene.words.words[index], scene.key(index)
    if word in ("of", "for") or key in scene.rules.heads or key in scene.rules.titles:
        return False
    return key not in NOT_NAMES and not (word.isupper() and len(word) > 1)
