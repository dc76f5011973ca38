"""One wording, one label in an article.

Adds: nothing.
Changes: the label of the model's mentions: of one wording all have that of the rules where they
know it, PERSON where it is part of a person's full name, else the likeliest.
Drops: nothing.

What does not belong here: names that are no mentions yet (repeated_mentions).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from etl.extract.article import ArticleState
from etl.extract.mentions import Mention
from etl.extract.spans import Spans
from etl.extract.text.tokens import fold


def agree_on_labels(article: ArticleState) -> None:
    """Give the model's mentions of one wording one label."""
    best, parts = _likeliest(article.mentions), _parts(article.mentions)
    article.mentions.change(lambda mention: _relabelled(mention, best[mention.text], parts))


def _likeliest(mentions: Spans) -> dict[str, str]:
    """By wording the label with most weight; a mention of the rules outweighs all of the model."""
    votes: dict[str, dict[str, float]] = defaultdict(dict)
    most = 2 * len(mentions)
    for mention in mentions:
        known = votes[mention.text]
        weight = mention.score if mention.method == "statistical" else most
        known[mention.label] = known.get(mention.label, 0.0) + weight
    return {text: max(labels, key=lambda k: labels[k]) for text, labels in votes.items()}


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
