"""Bare surnames of persons whom the article names in full: "Amina Okafor ... Okafor said".

Adds: the uses of a family name, also in capitals as a title has it, where nothing overlaps them.
Changes: nothing.
Drops: nothing.

What does not belong here: the full name that such a mention goes under (person_full_names).
"""

from etl.extract.article import ArticleState
from etl.extract.gazetteer.person_names import all_family_names
from etl.extract.mentions import Mention
from etl.extract.text.occurrences import find_occurrences

SURNAME_SCORE = 0.75
SHORTEST_SURNAME = 3


def add_surnames(article: ArticleState) -> None:
    """Add the bare surnames as persons."""
    family = all_family_names(article.mentions.full_person_names())
    names = {n for n in family if len(n) >= SHORTEST_SURNAME and n[0].isupper()}
    if not names:
        return
    names |= {name.upper() for name in names}
    article.mentions.put(
        [
            _surname(field, start, end, text[start:end])
            for field, text in article.texts.items()
            for start, end in find_occurrences(text, names)
            if article.mentions.is_free(field, start, end)
        ]
    )


def _surname(field: str, start: int, end: int, text: str) -> Mention:
    return Mention(field, start, end, text, "PERSON", text, None, "title_rule", SURNAME_SCORE)
