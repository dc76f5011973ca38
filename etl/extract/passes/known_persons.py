"""Persons that the tables know by their full names: "Hun Sen" is no town, "Geert Wilders" no firm.

Adds: persons of office_holders.csv and known_persons.csv where nothing longer stood.
Changes: what was found of such a name or of a part of it.
Drops: nothing.

What does not belong here: what an office with a name is evidence of (office_holders), and whom a
surname alone means (surname_mentions).
"""

from collections.abc import Iterator

from etl.extract.article import ArticleState, Field
from etl.extract.gazetteer.known_persons import SCORE, load_known_persons
from etl.extract.gazetteer.matching import find_matches
from etl.extract.mentions import Mention
from etl.extract.spans import Spans


def add_known_persons(article: ArticleState) -> None:
    """Put the known persons of every field in their place."""
    article.mentions.put(
        [m for field in article.fields.values() for m in _known_in(field, article.mentions)]
    )


def _known_in(field: Field, present: Spans) -> Iterator[Mention]:
    words = field.words
    for match in find_matches(words, load_known_persons()):
        inside = present.touching(field.name, match.start, match.end)
        is_whole = all(match.start <= m.start and m.end <= match.end for m in inside)
        goes_on = words.spaced(match.last) and words.words[match.last + 1][0].isupper()
        is_known = any(m.label == "PERSON" and m.end == match.end for m in inside)
        if is_whole and (is_known or not goes_on):
            text = words.text[match.start : match.end]
            yield Mention(
                field.name, match.start, match.end, text, "PERSON", text, None, "title_rule", SCORE
            )
