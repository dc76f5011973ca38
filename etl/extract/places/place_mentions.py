"""A resolved place as a mention.

What belongs here: which method, country and score the mention bears. What does not: the choice
of the place (resolution).
"""

from etl.extract.gazetteer.candidates import min_scores
from etl.extract.mentions import Mention
from etl.extract.places.context import Context
from etl.extract.places.resolution import Place, resolve
from etl.extract.places.sites import Site
from etl.extract.text.tokens import Words

# A score below this is no mention; between it and the method's least score (evidence.csv)
# the place is named, but too doubtfully to be evidence of its country.
FLOOR = 0.35
_METHODS = {"NORP": "demonym", "PLACE": "subdivision"}


def resolve_named(site: Site, context: Context) -> Place | None:
    """The meaning of a site if it is sure enough to be a mention."""
    place = resolve(site, context)
    return None if place is None or place.score < FLOOR else place


def place_mention(place: Place, words: Words) -> Mention:
    """The mention of a place in the field with these words."""
    candidate, start, end = place.candidate, place.match.start, place.match.end
    method, code = candidate.method, candidate.country_code or None
    place_id = candidate.place_id or None
    if code is None:
        method = _METHODS.get(candidate.label, "organisation")
    elif place.score < min_scores()[method]:
        code = place_id = None
    return Mention(
        place.field, start, end, words.text[start:end], candidate.label, candidate.name, code,
        method, place.score, place_id=place_id,
    )  # fmt: skip
