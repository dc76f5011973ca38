"""Names found once are found again where they stand unmarked.

Adds: further uses, written alike, of persons' full names, of organisations and of the model's
places and peoples, where nothing overlaps them.
Changes: nothing.
Drops: nothing.

What does not belong here: names that come again in another form (acronym_mentions,
surname_mentions).
"""

from dataclasses import replace

from etl.extract.article import ArticleState
from etl.extract.mentions import Mention
from etl.extract.text.casing import is_plain
from etl.extract.text.occurrences import find_occurrences

REPEATED_SCORE = 0.75
# Shorter bare names are as likely a word: "Vox" stays one mention.
SHORTEST_BARE = 4


def add_repetitions(article: ArticleState) -> None:
    """Add the further uses of every telling name, as the first mention of it is."""
    names: dict[str, Mention] = {}
    for mention in article.mentions:
        if _is_telling(mention):
            names.setdefault(mention.text, mention)
    if not names:
        return
    article.mentions.put(
        [
            replace(names[text[start:end]], field=field, start=start, end=end, score=REPEATED_SCORE)
            for field, text in article.texts.items()
            for start, end in find_occurrences(text, names)
            if article.mentions.is_free(field, start, end)
        ]
    )


def _is_telling(mention: Mention) -> bool:
    if mention.country_code is not None or not mention.text[0].isupper():
        return False
    if " " in mention.text:
        return mention.label in ("PERSON", "ORG") or mention.method == "statistical"
    bare = mention.label == "ORG" and mention.method == "statistical"
    return bare and len(mention.text) >= SHORTEST_BARE and not is_plain(mention.text)
