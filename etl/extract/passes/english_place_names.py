"""Places that a text in another language names as English does: "Berlin", "Lima", "Kenya".

Adds: countries, capitals and big cities, where nothing overlaps them.
Changes: nothing.
Drops: nothing.

What does not belong here: names of countries in the article's language (local_country_names).
No persons, organisations or small places are guessed in another language.
"""

from etl.extract.article import ArticleState
from etl.extract.fusion import fuse
from etl.extract.mentions import Mention
from etl.extract.places.context import Context
from etl.extract.places.place_mentions import place_mention, resolve_named

# A foreign text names a big city (about 200,000 people) as it is.
FIRM_CITY = 0.65


def add_english_places(article: ArticleState) -> None:
    """Add what the gazetteer's English names stand for, each judged by itself."""
    resolved = ((site, resolve_named(site, Context())) for site in article.sites())
    found = [place_mention(place, site.words) for site, place in resolved if place is not None]
    fuse(article.mentions, [m for m in found if m.country_code is not None and _is_firm(m)])


def _is_firm(mention: Mention) -> bool:
    if mention.method == "city":
        return mention.score >= FIRM_CITY
    return mention.method in ("country_name", "capital")
