"""A resolved place as a mention.

What belongs here: which method, country and score the mention bears. What does not: the choice
of the place (resolution).
"""

from etl.extract.gazetteer.candidates import min_scores
from etl.extract.mentions import Mention
from etl.extract.names.titles_and_heads import load_rules
from etl.extract.places.context import Context
from etl.extract.places.resolution import Place, resolve
from etl.extract.places.sites import Site
from etl.extract.text.tokens import Words
from etl.lexicon import words as words_of

# A score below this is no mention; between it and the method's least score (evidence.csv)
# the place is named, but too doubtfully to be evidence of its country.
FLOOR = 0.35
_METHODS = {"NORP": "demonym", "PLACE": "subdivision"}
# What of these is meant, the kind behind it tells: "Nairobi County".
_OF_KINDS = ("capital", "city", "subdivision")


def resolve_named(site: Site, context: Context) -> Place | None:
    """The meaning of a site if it is sure enough to be a mention."""
    place = resolve(site, context)
    return None if place is None or place.score < FLOOR else place


def place_mention(place: Place, words: Words) -> Mention:
    """The mention of a place in the field with these words."""
    candidate, start = place.candidate, place.match.start
    end = _end_of_kind(place, words)
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


def _end_of_kind(place: Place, words: Words) -> int:
    """Where the name ends, with its kind behind it: "Turkana County", not "Anhui Province Party
    School"."""
    last = place.match.last
    if place.candidate.method not in _OF_KINDS or not words.spaced(last):
        return place.match.end
    kind = last + 1
    if not words.words[kind].istitle() or words.keys[kind] not in words_of(
        "place_words", "named_behind"
    ):
        return place.match.end
    goes_on = words.spaced(kind) and (
        words.words[kind + 1][0].isupper() or words.words[kind + 1] == "of"
    )
    is_named = goes_on and words.keys[kind + 1] not in load_rules().titles
    return place.match.end if is_named else words.ends[kind]
