"""Agencies' credits as organisations: "(Xinhua)", "/TASS/".

Adds: an organisation without a country for each credit.
Changes: what the model made of a credit ("Sputnik - 15th"), into that organisation.
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
