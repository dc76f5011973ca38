"""Candidates: which earlier articles an article is compared with, and how rare its names are.

What belongs here: who held a key last, and in how many stories. What does not: the keys
(traces.py), and how alike two articles are (likeness.py).

Of the earlier articles that hold a key only the nearest count. So all of this depends on the
articles before one within its window, and on no others.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import NamedTuple

from etl.stories.traces import Trace, is_name
from etl.tables import made_of_tables, read_table, split_list

NEAR_DAYS = 14
"""Articles so far apart are compared where they share any key."""

FAR_DAYS = 365
"""And so far apart where they share a person's full name: a trial comes months after the deed."""

NEAREST = 20
"""With so many articles that hold a key an article is compared: the others are in their stories."""

WIDELY_NAMED = 3
"""So many stories are taken to have held a country's name, or that of its president, before any."""

COMMON_POWER = 0.4
"""How fast a word loses weight with the stories that name it."""


class Rarity(NamedTuple):
    """How rare the names of an article were until then.

    ``of_name``: one over the stories that held a name in its window, 1 at most. ``of_word``: what
    is left of the weight of a word where a name has it, by the commonest of these names; a word
    of no name is not there.
    """

    of_name: Mapping[str, float]
    of_word: Mapping[str, float]


@dataclass(kw_only=True)
class Index:
    """The articles so far, by key."""

    held: defaultdict[str, deque[Trace]] = field(
        default_factory=lambda: defaultdict(lambda: deque(maxlen=NEAREST))
    )

    def add(self, trace: Trace) -> None:
        for key in trace.keys:
            self.held[key].append(trace)

    def holders(self, trace: Trace, key: str) -> list[Trace]:
        """The nearest earlier articles that hold a key of this one, within its window."""
        window = FAR_DAYS if key in trace.full_names else NEAR_DAYS
        return [t for t in self.held.get(key, ()) if trace.day - t.day <= window]

    def candidates(self, trace: Trace) -> list[str]:
        """The articles to compare one with, each once, in their order."""
        found = {t[:2] for key in trace.keys for t in self.holders(trace, key)}
        return [article_id for _, article_id in sorted(found)]

    def rarity(self, trace: Trace, story_of: Mapping[str, str]) -> Rarity:
        """How rare an article's names were in the stories before it.

        Stories, not articles: the name of a victim stands in all pieces on one deed, that of a
        president in pieces on everything, and that the file began yesterday changes nothing of it.
        """
        everywhere = names_of_many_stories()
        of_name = {}
        for name in filter(is_name, trace.keys):
            stories = {story_of[t.article_id] for t in self.holders(trace, name)}
            of_name[name] = 1 / max(len(stories), WIDELY_NAMED if name in everywhere else 1)
        of_word: dict[str, float] = {}
        for name, rarity in of_name.items():
            left = rarity**COMMON_POWER
            for word in (name, *name.split()):
                of_word[word] = min(left, of_word.get(word, 1.0))
        return Rarity(of_name, of_word)


@made_of_tables
def names_of_many_stories() -> frozenset[str]:
    """Names of countries and of those who led them, in small letters."""
    countries = read_table("countries.csv")["name"]
    leaders = read_table("office_holders.csv").select(
        "name", split_list("short_names"), split_list("other_names")
    )
    names = {one for name, short, others in leaders.iter_rows() for one in (name, *short, *others)}
    return frozenset(map(str.lower, names.union(countries)))


def compared_with(ordered: Iterable[Trace], wanted: Set[str]) -> set[str]:
    """The candidates of the wanted articles."""
    index, found = Index(), set[str]()
    for trace in ordered:
        if trace.article_id in wanted:
            found.update(index.candidates(trace))
        index.add(trace)
    return found


def affected(ordered: Sequence[Trace], changed: Set[str]) -> set[str]:
    """Later articles that have a changed one among the nearest that hold a key of theirs.

    ``ordered`` has articles that came and that went, so twice as many stand before the nearest.
    """
    held: defaultdict[str, deque[Trace]] = defaultdict(lambda: deque(maxlen=2 * NEAREST))
    found = set()
    for trace in ordered:
        for key in trace.keys:
            window = FAR_DAYS if key in trace.full_names else NEAR_DAYS
            if any(t.article_id in changed and trace.day - t.day <= window for t in held[key]):
                found.add(trace.article_id)
            held[key].append(trace)
    return found
