"""Agencies' credits as organisations: "(Xinhua)", "/TASS/", "PTI | Moscow |".

Adds: an organisation without a country for each credit, in place of what the model made of it
("Sputnik - 15th").
Changes: nothing.
Drops: nothing.

What does not belong here: finding the credits (agency_credits).
"""

from etl.extract.article import ArticleState
from etl.extract.gazetteer.known_organisations import SCORE
from etl.extract.gazetteer.matching import Match
from etl.extract.mentions import Mention


def add_credits(article: ArticleState) -> None:
    """Put the credits of every field in their place."""
    article.mentions.put(
        _mention(field.name, field.words.text, credit)
        for field in article.fields.values()
        for credit in field.credits
    )


def _mention(field: str, text: str, credit: Match) -> Mention:
    words, name = text[credit.start : credit.end], credit.candidates[0].name
    return Mention(field, credit.start, credit.end, words, "ORG", name, None, "organisation", SCORE)
