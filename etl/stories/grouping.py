"""Grouping: which story each article joins.

What belongs here: the pass over articles in their order. What does not: how alike two articles are
(likeness.py), and rows (stage.py).

An article joins the story with those members among the last that it is most like on the average, if
that is enough; else it begins one. The average keeps a story from growing article by article into
another event: a running centre took 48 articles together that had "China" in common.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from etl.stories.candidates import FAR_DAYS, Index, Rarity
from etl.stories.likeness import LIMIT, Weights, likeness
from etl.stories.portrait import Portrait
from etl.stories.traces import Trace

MEMBERS = 8
"""So many of a story's last members may speak for it."""

SPEAKERS = 3
"""And so many of these do, the ones that an article is most like: a trial is like what was reported
of the arrest, and unlike the first alarm."""

THRESHOLD = 0.0
"""Average likeness from which on an article joins."""

PAIR_THRESHOLD = -1.0
"""Likeness to at least one member from which on a story is considered."""


@dataclass(frozen=True, kw_only=True)
class Link:
    """Why an article is in its story: the member that it is most like, and both likenesses."""

    article_id: str
    story_id: str
    nearest_id: str
    method: str
    average: float
    nearest: float


@dataclass(kw_only=True)
class Grouping:
    """Stories so far: by article its story, by story its members, and why each has joined.

    ``portraits`` are those of the articles that join, and of all that these are compared with.
    """

    portraits: Mapping[str, Portrait]
    weights: Weights
    index: Index = field(default_factory=Index)
    story_of: dict[str, str] = field(default_factory=dict)
    members: dict[str, list[Trace]] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)

    def add(self, trace: Trace, story_id: str) -> None:
        """Put an article, the latest so far, into a story."""
        self.story_of[trace.article_id] = story_id
        self.members.setdefault(story_id, []).append(trace)
        self.index.add(trace)

    def follow(self, trace: Trace, article_id: str, method: str) -> None:
        """Put an article into the story of one that it is a version or a copy of."""
        self._join(
            trace,
            Link(
                article_id=trace.article_id,
                story_id=self.story_of[article_id],
                nearest_id=article_id,
                method=method,
                average=LIMIT,
                nearest=LIMIT,
            ),
        )

    def join(self, trace: Trace) -> None:
        """Put an article into the story that it is most like, or a new one."""
        link = self._best_link(trace)
        if link:
            self._join(trace, link)
        else:
            self.add(trace, trace.article_id)

    def _join(self, trace: Trace, link: Link) -> None:
        self.links.append(link)
        self.add(trace, link.story_id)

    def _best_link(self, trace: Trace) -> Link | None:
        """Of two stories that are as like the one whose id comes first."""
        rarity = self.index.rarity(trace, self.story_of)
        own = self.portraits[trace.article_id]
        values = {
            other: likeness(own, self.portraits[other], rarity, self.weights)
            for other in self.index.candidates(trace)
        }
        likely = {self.story_of[other] for other, v in values.items() if v >= PAIR_THRESHOLD}
        links = [self._link(trace, story_id, values, rarity) for story_id in sorted(likely)]
        good = [link for link in links if link.average >= THRESHOLD]
        return max(good, key=lambda link: link.average, default=None)

    def _link(
        self,
        trace: Trace,
        story_id: str,
        values: Mapping[str, float],
        rarity: Rarity,
    ) -> Link:
        """What speaks for a story; its members that were no candidates are compared now."""
        own = self.portraits[trace.article_id]
        near = [m for m in self.members[story_id] if trace.day - m.day <= FAR_DAYS]
        found = {
            m.article_id: values[m.article_id]
            if m.article_id in values
            else likeness(own, self.portraits[m.article_id], rarity, self.weights)
            for m in near[-MEMBERS:]
        }
        nearest = max(found, key=lambda article_id: found[article_id])
        speaking = sorted(found.values(), reverse=True)[:SPEAKERS]
        return Link(
            article_id=trace.article_id,
            story_id=story_id,
            nearest_id=nearest,
            method="likeness",
            average=math.fsum(speaking) / len(speaking),
            nearest=found[nearest],
        )


def group(
    ordered: Iterable[Trace],
    portraits: Mapping[str, Portrait],
    *,
    known: Mapping[str, str],
    follows: Mapping[str, tuple[str, str]],
    weights: Weights,
) -> Grouping:
    """Stories of articles in their order; those that are ``known`` stay in the story they are in.

    ``follows`` has the articles that are in a story whatever they say, with the earlier article
    whose story it is and why (``version``, ``copy``).
    Raises ValueError where the articles are not in their order.
    """
    made, before = Grouping(portraits=portraits, weights=weights), (-math.inf, "")
    for trace in ordered:
        if trace[:2] <= before:
            raise ValueError(f"article {trace.article_id} is out of order")
        before = trace[:2]
        leader, method = follows.get(trace.article_id, ("", ""))
        if story_id := known.get(trace.article_id):
            made.add(trace, story_id)
        elif leader in made.story_of:
            made.follow(trace, leader, method)
        else:
            made.join(trace)
    return made
