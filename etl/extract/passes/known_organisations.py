"""Organisations that the tables know: "Moody's" is no person Moody.

Adds: organisations of known_organisations.csv and outlets.csv where nothing stood.
Changes: what the model made of a firm name or of a part of it, never a place that is evidence nor a
longer organisation; of a weak name ("Target", "Ford") only what the model takes for another kind
of name exactly there, and a town of that name where a list with a firm says what is meant.
Drops: nothing.

What does not belong here: organisations that are evidence of their country by themselves
(organisations.csv, through gazetteer_names), and the dictionary (gazetteer.known_organisations).
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from etl.extract.article import ArticleState, Field
from etl.extract.evidence import best_evidence, lent_score
from etl.extract.gazetteer.known_organisations import SCORE, load_known
from etl.extract.gazetteer.matching import Match, find_matches
from etl.extract.gazetteer.person_names import all_family_names
from etl.extract.mentions import Mention
from etl.extract.places.surroundings import place_words
from etl.extract.spans import Spans
from etl.extract.text.casing import is_plain
from etl.extract.text.company_suffixes import suffix_end
from etl.extract.text.tokens import Words, fold, fold_name
from etl.lexicon import words as words_of


def add_known_organisations(article: ArticleState) -> None:
    """Put the known organisations of every field in their place.

    A known organisation is evidence of a country only as far as the place inside its name is.
    """
    persons = (m.name for m in article.mentions if m.label == "PERSON")
    families = {fold(name) for name in all_family_names(persons)}
    matches = [
        (field, find_matches(field.words, load_known())) for field in article.fields.values()
    ]
    listed = {key for field, found in matches for key in _listed(field.words, found)}
    article.mentions.put(
        [
            mention
            for field, found in matches
            for mention in _known_in(field, found, article.mentions, families, listed)
        ]
    )


def _known_in(
    field: Field, matches: list[Match], present: Spans, families: set[str], listed: set[str]
) -> Iterator[Mention]:
    words = field.words
    for match in matches:
        inside = present.touching(field.name, match.start, match.end)
        if not match.candidates[0].is_word:
            free = all(_gives_way(m, match) for m in inside) and not _is_compound(inside)
        elif words.key(match.first, match.last) in listed:
            free = all(map(_is_doubtful, inside))
        else:
            free = _may_be_weak(match, words, inside, families)
        if free:
            yield _mention(field.name, words.text, match, inside)


def _may_be_weak(match: Match, words: Words, inside: list[Mention], families: set[str]) -> bool:
    """The model alone sees a name exactly there, and nothing says that it is no company."""
    before = words.keys[match.first - 1] if match.first else ""
    return (
        len(inside) == 1
        and (inside[0].start, inside[0].end) == (match.start, match.end)
        and inside[0].method == "statistical"
        and not _is_no_company_after(before)
        and not _opens_as_word(match, words)
        and words.key(match.first, match.last) not in families
    )


def _listed(words: Words, matches: list[Match]) -> set[str]:
    """The weak names that stand in a list with a firm: "Honda and Toyota", "Total, Eni or Lidl"."""
    return {
        words.key(match.first, match.last)
        for pair in pairwise(matches)
        for match, other in (pair, pair[::-1])
        if match.candidates[0].is_word and _are_joined(words, *pair) and _is_firm(other, words)
    }


def _is_firm(match: Match, words: Words) -> bool:
    """A firm name, or a weak one that is no word: "Eni"."""
    return not match.candidates[0].is_word or not is_plain(words.words[match.first])


def _are_joined(words: Words, first: Match, second: Match) -> bool:
    return words.text[first.end : second.start] in (" and ", " or ", ", ", ", and ", " & ")


def _is_doubtful(mention: Mention) -> bool:
    """What gives way to a firm in a list of them: a town, or what the model alone says."""
    return mention.method in ("city", "statistical")


def _is_no_company_after(before: str) -> bool:
    """ "in the Amazon", "at Ford": a place or a person rather than the company."""
    return before == "the" or before in place_words().locatives


def _opens_as_word(match: Match, words: Words) -> bool:
    """ "Apple pickers struck": a word that opens a sentence and does nothing there."""
    after = words.words[match.last + 1] if words.spaced(match.last) else ""
    is_idle = after.islower() and after not in words_of("name_verbs", "company")
    return is_idle and words.starts_sentence(match.first)


def _is_compound(inside: list[Mention]) -> bool:
    """ "Anglo-American talks": two peoples, not the mining company."""
    return len({mention.country_code for mention in inside if mention.country_code}) > 1


def _gives_way(mention: Mention, match: Match) -> bool:
    """Whether a mention that overlaps the known name is less than it."""
    same = (mention.start, mention.end) == (match.start, match.end)
    if same:
        return mention.country_code is None or _is_its_town(mention, match)
    if match.start <= mention.start and mention.end <= match.end:
        return True
    if _is_pair(mention):
        return True
    if mention.country_code is not None or match.last == match.first:
        return False
    return mention.label != "ORG" or match.start < mention.start < match.end


def _is_pair(mention: Mention) -> bool:
    """ "TikTok and WhatsApp", of which each is known, as one name of the model's."""
    parts = mention.text.split(" and ")
    known = load_known().candidates
    is_pair = len(parts) == 2 and all(fold_name(part) in known for part in parts)
    return is_pair and fold_name(mention.text) not in known and mention.method == "statistical"


def _is_its_town(mention: Mention, match: Match) -> bool:
    """ "Nokia", "Toyota": a town of the company's own country, which it goes on to vouch for."""
    country = match.candidates[0].country_code
    return mention.method == "city" and mention.country_code == country and mention.field == "body"


def _mention(field: str, text: str, match: Match, inside: list[Mention]) -> Mention:
    known = match.candidates[0]
    end = suffix_end(text, match.end)
    words = text[match.start : end]
    plain = Mention(field, match.start, end, words, "ORG", known.name, None, "organisation", SCORE)
    best = best_evidence(m for m in inside if m.country_code == known.country_code)
    if best is None:
        return plain
    score = best.score if best.label == "ORG" else lent_score(best.score)
    return replace(plain, country_code=best.country_code, score=score)
