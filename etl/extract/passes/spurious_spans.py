"""Spans of the model that are no names: "IPO", a day, a plain word that only opens a sentence.

Adds: nothing.
Changes: nothing.
Drops: spans of the model that their own words and the small letters of the article give away, and
degrees.

What does not belong here: what is no name beside other mentions (spurious_mentions).
"""

from etl.extract.article import ArticleState
from etl.extract.mentions import Mention
from etl.extract.names.organisation_cues import load_cues
from etl.extract.text.casing import is_name_in, is_plain
from etl.extract.text.tokens import fold
from etl.extract.text.word_lists import weekdays


def drop_spurious_spans(article: ArticleState) -> None:
    """Drop the model's spans that are no names."""
    texts = article.texts
    degrees = {
        (field.name, field.words.starts[index])
        for field in article.fields.values()
        for index in field.degrees
    }
    article.modelled = [
        m
        for m in article.modelled
        if (m.field, m.start) not in degrees and not _is_no_name(m, texts)
    ]


def _is_no_name(mention: Mention, texts: dict[str, str]) -> bool:
    """ "IPO", and a word that has its capital from the start of a sentence or a line of
    capitals only."""
    word = mention.text
    if word in load_cues().never or len(word) == 1 or fold(word).removesuffix("s") in weekdays():
        return True
    if word.endswith(" New Year"):
        return True  # "Nepali New Year": the people alone is named
    shouted = word.isupper() and texts[mention.field].isupper()
    doubtful = word.isalpha() and word[0].isupper() and (is_plain(word) or shouted)
    name = word.capitalize() if shouted else word
    return doubtful and not any(is_name_in(text, name) for text in texts.values())
