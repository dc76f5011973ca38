"""Names of the gazetteer: countries, peoples, places, and organisations that prove a country.

Adds: the matches of each field, but for those in an agency's credit.
Changes: nothing.
Drops: nothing.

What does not belong here: which meaning a name has (place_sites to rule_mentions).
"""

from bisect import bisect_left

from etl.extract.article import ArticleState
from etl.extract.gazetteer.matching import Match, find_matches


def match_gazetteer(article: ArticleState) -> None:
    """Find the names of every field; no town is meant in a credit."""
    for field in article.fields.values():
        matches = find_matches(field.words, article.gazetteer, all_caps=field.casing.is_upper)
        field.matches = _outside(field.credits, matches) if field.credits else matches


def _outside(credits: list[Match], matches: list[Match]) -> list[Match]:
    """The matches that share no character with a credit."""
    ends = [credit.end for credit in credits]

    def is_free(match: Match) -> bool:
        position = bisect_left(ends, match.start + 1)
        return position == len(credits) or credits[position].start >= match.end

    return [match for match in matches if is_free(match)]
