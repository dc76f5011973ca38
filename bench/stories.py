"""How good stories are: ``python -m bench.stories``.

What belongs here: pairs of articles in one story against articles whose events are known. What
does not: the sets (bench/story_sets.py) and the fit (bench/fit_stories.py).
"""

import sys
import time
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from itertools import combinations

from bench.fit_stories import is_fitted_to
from bench.story_sets import StorySet, pair_labels, read_feeds, read_incidents, read_triples
from etl.stories import group, load_likeness, portraits, traces

SETS = {
    "local news, one kind of event": read_incidents,
    "national news, three outlets an event": read_triples,
}


def stories_of(known: StorySet) -> dict[str, str]:
    """By article the story that it is put into."""
    ordered = traces(known.articles, known.mentions)
    made = portraits(known.articles, known.mentions, known.date_mentions)
    shelf = {portrait.article_id: portrait for portrait in made}
    return group(ordered, shelf, known={}, follows={}, weights=load_likeness()).story_of


def pair_scores(pairs: Iterable[tuple[Hashable, Hashable]]) -> tuple[float, float, float]:
    """Precision, recall and F1 of pairs in one story, from (story, event) of each article."""
    listed = list(pairs)
    both = _pairs(listed)
    found, wanted = _pairs([story for story, _ in listed]), _pairs([event for _, event in listed])
    precision, recall = both / found if found else 1.0, both / wanted if wanted else 1.0
    return precision, recall, 2 * both / (found + wanted) if found + wanted else 1.0


def _pairs(values: Sequence[Hashable]) -> int:
    return sum(n * (n - 1) // 2 for n in Counter(values).values())


def rows() -> Iterable[str]:
    """A table in Markdown."""
    yield "| articles | number | precision | recall | F1 | seconds of processor time |"
    yield "|---|---|---|---|---|---|"
    for name, read in SETS.items():
        known = read()
        started = time.process_time()
        found = stories_of(known)
        seconds = time.process_time() - started
        events = dict(known.articles.select("article_id", "cluster_id").iter_rows())
        of_half = [a for a, event in events.items() if not is_fitted_to(event)]
        for what, ids in (("held half", of_half), ("all", list(events))):
            scores = pair_scores((found[a], events[a]) for a in ids)
            figures = " | ".join(f"{score:.3f}" for score in scores)
            took = f"{seconds:.0f}" if what == "all" else ""
            yield f"| {name}, {what} | {len(ids)} | {figures} | {took} |"


def item_table() -> Iterable[str]:
    """The same of items of feeds, by labelled pairs: Markdown.

    Of all pairs in one story those are told, too, that nobody has labelled.
    """
    labels = pair_labels()
    found = stories_of(read_feeds())
    linked = {pair for pair in combinations(sorted(found), 2) if found[pair[0]] == found[pair[1]]}
    yield "| items of feeds | pairs in one story | right | wrong | not labelled | precision |"
    yield "|---|---|---|---|---|---|"
    for what, is_counted in (("held half", lambda one: not is_fitted_to(one)), ("all", bool)):
        asked = [pair for pair in sorted(linked) if is_counted(pair[0])]
        known = Counter(labels.get(pair) for pair in asked)
        told = known[True] + known[False]
        share = f"{known[True] / told:.3f}" if told else "-"
        yield (
            f"| {what} | {len(asked)} | {known[True]} | {known[False]} | {known[None]} | {share} |"
        )


def main() -> None:
    for line in (*rows(), "", *item_table()):
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
