"""Known faults of the annotated corpora, repaired span by span.

What belongs here: rules over words and spans of one sentence. What does not: file formats
(tagged) and the choice of sentences (convert).

The faults, as seen in the Groningen Meaning Bank: titles inside persons ("President Bush"),
countries and capitals as organisations, "U.N." as a place, adjectives of nations as places,
the same name now labelled and now not.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from training import gazetteer
from training.passages import UNKNOWN
from training.words import read_words

WordSpan = tuple[int, int, str]

_WORDS = read_words("repairs")
TITLES = frozenset(_WORDS["titles"])
# Organisations that are labelled as places or not at all.
ORGANISATIONS = frozenset(_WORDS["organisations"])
# Places that are labelled as organisations.
PLACES = frozenset(_WORDS["places"])
# Labelled as names of something, but of nothing that we label.
NO_NAMES = frozenset(_WORDS["no_names"])
_DIRECTIONS = frozenset({"North", "South", "West", "East", "Northern", "Southern"})
_CLOSED = frozenset("The A An In I He She It They We But And Mr.".split())


def trim_titles(words: tuple[str, ...], start: int, end: int) -> int:
    """Where the name starts behind its titles; ``end`` where nothing else is in the span."""
    groups = gazetteer.group_names()
    while start < end and (words[start] in TITLES or words[start] in groups):
        start += 1
    return start


def repair_span(words: tuple[str, ...], span: WordSpan) -> WordSpan | None:
    """One span with the faults that can be told from itself repaired; None drops it."""
    start, end, label = span
    if label == "PERSON":
        start = trim_titles(words, start, end)
        if start == end:
            return None
    if label == "ORG":
        start, end = _trim_organisation(words, start, end)
    name = " ".join(words[start:end])
    if not name or name in NO_NAMES:
        return None
    if name in ORGANISATIONS:
        return start, end, "ORG"
    if name in PLACES or name in _sure_places():
        return start, end, "PLACE"
    if all(word in gazetteer.group_names() or word in _DIRECTIONS for word in words[start:end]):
        return (start, end, "NORP") if words[end - 1] not in _DIRECTIONS else None
    if label == "NORP" and name in _large_places():
        return start, end, "PLACE"
    return start, end, label


def repair_sentence(words: tuple[str, ...], spans: Iterable[WordSpan]) -> list[WordSpan]:
    """Repaired spans, and those that names of countries and groups add outside of any span."""
    whole = list(_long_countries(words))
    free = [s for s in spans if not any(_overlap(s, w) and not _within(w, s) for w in whole)]
    repaired = (repair_span(words, span) for span in free)
    kept = [span for span in repaired if span is not None]
    taken = {index for start, end, _ in kept for index in range(start, end)}
    return merge_directions(words, sorted([*kept, *_added(words, taken)]))


def _trim_organisation(words: tuple[str, ...], start: int, end: int) -> tuple[int, int]:
    """Without its article and the title of who speaks for it ("U.N. Secretary-General")."""
    if words[start] in ("The", "the"):
        start += 1
    while end > start and words[end - 1] in ("Secretary-General", "President", "Spokesman"):
        end -= 1
    return start, end


def _long_countries(words: tuple[str, ...]) -> Iterable[WordSpan]:
    """Names of countries of two or three words: "Sri Lanka" is often cut into two spans."""
    for size in (3, 2):
        for start in range(len(words) - size + 1):
            if " ".join(words[start : start + size]) in gazetteer.country_spellings():
                yield start, start + size, "PLACE"


def _overlap(one: WordSpan, other: WordSpan) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _within(inner: WordSpan, outer: WordSpan) -> bool:
    """Whether ``outer`` holds all of ``inner``, as an organisation holds a country's name."""
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def merge_directions(words: tuple[str, ...], spans: list[WordSpan]) -> list[WordSpan]:
    """ "South" + "Korean" is one group, whatever the corpus made of it."""
    merged: list[WordSpan] = []
    for start, end, label in spans:
        before = words[start - 1] if start else ""
        if label == "NORP" and before in _DIRECTIONS and words[start] in _SPLIT_NATIONS:
            if merged and merged[-1][1] == start:
                merged.pop()
            start -= 1
        if not merged or merged[-1][1] <= start:
            merged.append((start, end, label))
    return merged


_SPLIT_NATIONS = frozenset("Korean Koreans African Africans Sudanese Vietnamese American".split())


@lru_cache(maxsize=1)
def _sure_places() -> frozenset[str]:
    return gazetteer.country_spellings() | _capitals()


@lru_cache(maxsize=1)
def _capitals() -> frozenset[str]:
    large = (place for place in gazetteer.cities() if place.population > 3_000_000)
    return frozenset(place.name for place in large if not place.is_odd)


@lru_cache(maxsize=1)
def _large_places() -> frozenset[str]:
    return frozenset(p.name for p in gazetteer.cities() if p.population > 100_000)


def _added(words: tuple[str, ...], taken: set[int]) -> list[WordSpan]:
    added: list[WordSpan] = []
    countries, groups = gazetteer.country_spellings(), gazetteer.group_names()
    index = 0
    while index < len(words):
        size = next(
            (
                n
                for n in (3, 2, 1)
                if " ".join(words[index : index + n]) in countries
                and not taken.intersection(range(index, index + n))
                and index + n <= len(words)
            ),
            0,
        )
        if size:
            added.append((index, index + size, "PLACE"))
        elif words[index] in groups and index not in taken:
            added.append((index, index + 1, "NORP"))
        index += max(1, size)
    return added


@dataclass(frozen=True)
class Habits:
    """How a corpus labels each name where it labels it consistently."""

    label: Mapping[str, str]  # majority label of a span's words
    always: frozenset[str]  # single words that are nearly always inside a span


def learn_habits(sentences: Iterable[tuple[tuple[str, ...], list[WordSpan]]]) -> Habits:
    labels: dict[str, Counter[str]] = defaultdict(Counter)
    inside: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for words, spans in sentences:
        for start, end, label in spans:
            labels[" ".join(words[start:end])][label] += 1
            inside.update(words[start:end])
        seen.update(words)
    surnames = {name.split()[-1] for name, c in labels.items() if c["PERSON"] >= 5 and " " in name}
    majority = {}
    for name, counts in labels.items():
        if name in surnames and counts["PERSON"] >= 10:
            majority[name] = "PERSON"
            continue
        label, count = counts.most_common(1)[0]
        if counts.total() >= 4 and count / counts.total() >= 0.7:
            majority[name] = label
    always = {w for w, n in inside.items() if n >= 4 and n / seen[w] >= 0.85 and w[0].isupper()}
    return Habits(majority, frozenset(always - _CLOSED))


def apply_habits(words: tuple[str, ...], spans: list[WordSpan], habits: Habits) -> list[WordSpan]:
    """Bring each span to the majority, and mark names that were left out as unknown."""
    agreed = [(a, b, habits.label.get(" ".join(words[a:b]), label)) for a, b, label in spans]
    taken = {index for start, end, _ in agreed for index in range(start, end)}
    unsure = [
        (index, index + 1, UNKNOWN)
        for index, word in enumerate(words)
        if index not in taken and word in habits.always
    ]
    return sorted([*agreed, *unsure])
