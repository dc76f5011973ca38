"""What the article as a whole says of where it plays: countries, neighbours, words of a press.

Adds: the context of the article.
Changes: nothing.
Drops: nothing.

What does not belong here: how the context weighs on a meaning (places.scoring).
"""

import itertools
from collections.abc import Iterable

from etl.extract.article import ArticleState, Field
from etl.extract.gazetteer.dictionary import Gazetteer
from etl.extract.places.resolution import gather_context


def find_context(article: ArticleState) -> None:
    """Gather what the sites and the words of all fields speak for."""
    cues = count_cues(article.fields.values(), article.gazetteer)
    article.context = gather_context(article.sites(), article.gazetteer, cues)


def count_cues(fields: Iterable[Field], gazetteer: Gazetteer) -> dict[str, float]:
    """By country, how many different words stand there that its press uses."""
    found: set[str] = set()
    cues_by_word = gazetteer.cues_by_word
    for field in fields:
        keys = field.words.keys
        if cues_by_word.keys().isdisjoint(keys):
            continue
        for previous, key in itertools.pairwise(["", *keys]):
            if key in cues_by_word:
                found |= {key, f"{previous} {key}"} & cues_by_word[key]
    counts: dict[str, float] = {}
    for cue in found:
        for code in gazetteer.cues[cue]:
            counts[code] = counts.get(code, 0.0) + 1
    return counts
