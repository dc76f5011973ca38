"""One name, one label in an article; and names found once are found again.

What belongs here: what an article's mentions say of each other. What does not: acronyms and
surnames, which come again in another form (acronyms, coreference).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from etl.extract.casing import is_plain
from etl.extract.entities import Mention
from etl.extract.fusion import SpanIndex
from etl.extract.tokens import fold

AGAIN_SCORE = 0.75
# Shorter bare names are as likely a word: "Vox" stays one mention.
SHORTEST_BARE = 4


def agree(found: list[Mention]) -> list[Mention]:
    """The model's mentions of one wording under one label: that of the rules where they know
    it, PERSON where it is part of a person's full name, else the likeliest."""
    votes: dict[str, dict[str, float]] = defaultdict(dict)
    for mention in found:
        known = votes[mention.text]
        weight = mention.score if mention.method == "statistical" else 2 * len(found)
        known[mention.label] = known.get(mention.label, 0.0) + weight
    parts = _parts(found)
    best = {text: max(labels, key=lambda k: labels[k]) for text, labels in votes.items()}
    return [_relabelled(m, best[m.text], parts) for m in found]


def _parts(found: Iterable[Mention]) -> set[str]:
    """First and last words of persons' full names, folded, that begin no organisation."""
    people = [m.text.split() for m in found if m.label == "PERSON"]
    firms = {fold(m.text.split()[0]) for m in found if m.label == "ORG" and " " in m.text}
    ends = {fold(word) for words in people if len(words) > 1 for word in (words[0], words[-1])}
    return ends - firms


def _relabelled(mention: Mention, best: str, parts: set[str]) -> Mention:
    if mention.method != "statistical":
        return mention
    label = "PERSON" if fold(mention.text) in parts else best
    return mention if label == mention.label else replace(mention, label=label)


def find_again(found: list[Mention], texts: dict[str, str]) -> list[Mention]:
    """Further uses, written alike, of persons' full names, organisations and the model's places."""
    names = {m.text: m for m in reversed(found) if _is_telling(m)}
    if not names:
        return []
    present = SpanIndex(found)
    return [
        replace(names[text[start:end]], field=field, start=start, end=end, score=AGAIN_SCORE)
        for field, text in texts.items()
        for start, end in find_uses(text, names)
        if not present.touching(field, start, end)
    ]


def _is_telling(mention: Mention) -> bool:
    if mention.country_code is not None or not mention.text[0].isupper():
        return False
    if " " in mention.text:
        return mention.label in ("PERSON", "ORG") or mention.method == "statistical"
    bare = mention.label == "ORG" and mention.method == "statistical"
    return bare and len(mention.text) >= SHORTEST_BARE and not is_plain(mention.text)


def find_uses(text: str, names: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Where any of ``names`` stands as whole words, the longest first; none overlap."""
    taken: list[tuple[int, int]] = []
    for name in sorted(names, key=lambda n: (-len(n), n)):
        start = text.find(name)
        while start >= 0:
            end = start + len(name)
            if _is_whole(text, start, end) and all(end <= a or b <= start for a, b in taken):
                taken.append((start, end))
            start = text.find(name, end)
    yield from sorted(taken)


def _is_whole(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return not any(side.isalnum() or side in ("-", "_") for side in (before, after) if side)
