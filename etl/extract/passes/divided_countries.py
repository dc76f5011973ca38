"""Countries that share a name: "the two Koreas", "North and South Korea", "Seoul ... the North".

Adds: the half that the text leaves without its name, and the plural that means both.
Changes: nothing.
Drops: nothing.

What does not belong here: the halves under their whole names (gazetteer_names).
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from etl.extract.article import ArticleState, Field
from etl.extract.gazetteer.candidates import Candidate, base_scores
from etl.extract.gazetteer.matching import Match
from etl.extract.mentions import Mention
from etl.extract.places.surroundings import LINKS, word_before
from etl.extract.spans import Spans
from etl.extract.text.tokens import Words, fold
from etl.lexicon import words as words_of
from etl.tables import made_of_tables, read_table

# What the context of the article has to tell: "the North" beside Seoul.
HALF_SCORE = 0.85


@dataclass(frozen=True)
class Divided:
    """divided_countries.csv, folded: the codes of each plural, and of each half that stands alone
    its code with those that have to be named beside it."""

    plurals: dict[str, tuple[str, ...]]
    halves: dict[str, tuple[str, frozenset[str]]]


@made_of_tables
def load_divided() -> Divided:
    """Read divided_countries.csv."""
    plurals: dict[str, set[str]] = defaultdict(set)
    codes: dict[str, set[str]] = defaultdict(set)
    rows = read_table("divided_countries.csv").to_dicts()
    for row in rows:
        codes[row["name"]].add(row["country_code"])
    for row in rows:
        plurals[fold(row["plural"])] |= codes[row["name"]]
    halves = {
        fold(row["half"]): (row["country_code"], frozenset(codes[row["name"]]))
        for row in rows
        if row["stands_alone"]
    }
    return Divided({name: tuple(sorted(found)) for name, found in plurals.items()}, halves)


def add_halves(article: ArticleState) -> None:
    """Add to the mentions what the article says of such countries without their names."""
    for field in article.fields.values():
        article.mentions.put(list(_both(field)))
        article.mentions.put(list(_coordinated(field, article)))
    codes = _told_alone(article.mentions)
    for field in article.fields.values() if codes else ():
        article.mentions.put(list(_alone(field, codes, article)))


def _both(field: Field) -> Iterator[Mention]:
    """ "the two Koreas", "both Congos"."""
    words, plurals = field.words, load_divided().plurals
    for index in words.capitals:
        codes = plurals.get(words.keys[index])
        if codes and word_before(words, index) in words_of("place_words", "before_plural"):
            found = _mention(
                field, index, "PLACE", words.words[index], base_scores()["country_name"]
            )
            found.shared_codes = codes
            yield found


def _coordinated(field: Field, article: ArticleState) -> Iterator[Mention]:
    """The first half of "North and South Korea", "Greek and Turkish Cypriots"."""
    for match in field.matches:
        half = match.first - 2
        candidate = _first_half(field.words, match, article) if half >= 0 else None
        if candidate is None:
            continue
        start, end = field.words.starts[half], field.words.ends[half]
        held = article.mentions.touching(field.name, start, end)
        if all(start <= mention.start and mention.end <= end for mention in held):
            found = _mention(field, half, candidate.label, candidate.name, candidate.score)
            found.country_code, found.method = candidate.country_code, candidate.method
            yield found


def _first_half(words: Words, match: Match, article: ArticleState) -> Candidate | None:
    """What the word before "and" means with the last words of the match."""
    half, link = match.first - 2, match.first - 1
    is_linked = words.words[link] in LINKS and words.spaced(half) and words.spaced(link)
    if match.first == match.last or not is_linked or not words.words[half][0].isupper():
        return None
    name = f"{words.keys[half]} {words.key(match.first + 1, match.last)}"
    known = article.gazetteer.candidates.get(name, ())
    is_direction = words.keys[half] in words_of("place_words", "direction", "subdivision")
    found = (c for c in known if c.country_code and (is_direction or c.label == "NORP"))
    return max(found, key=lambda c: c.score, default=None)


def _told_alone(mentions: Spans) -> dict[str, str]:
    """The code of each folded half that means a country by itself here: what it shares its name
    with is named, and as often as any other country is."""
    counts = Counter(m.country_code for m in mentions if m.country_code)
    for mention in mentions:
        counts.update(mention.shared_codes)
    most = max(counts.values(), default=0)
    return {
        half: code
        for half, (code, beside) in load_divided().halves.items()
        if counts and sum(counts[c] for c in beside) >= most
    }


def _alone(field: Field, codes: dict[str, str], article: ArticleState) -> Iterator[Mention]:
    """ "the North", not "the North Sea", "the South of the city" nor "North, she said"."""
    words, names = field.words, article.gazetteer.country_names
    for index in words.capitals:
        code = codes.get(words.keys[index])
        if code is None or word_before(words, index) != "the" or not _ends_there(words, index):
            continue
        if article.mentions.is_free(field.name, words.starts[index], words.ends[index]):
            found = _mention(field, index, "PLACE", names[code], HALF_SCORE)
            found.country_code = code
            yield found


def _ends_there(words: Words, index: int) -> bool:
    if not words.joined(index):
        return True
    following = words.words[index + 1]
    return not following[0].isupper() and following not in words_of("place_words", "reached")


def _mention(field: Field, index: int, label: str, name: str, score: float) -> Mention:
    start, end = field.words.starts[index], field.words.ends[index]
    text = field.words.text[start:end]
    return Mention(field.name, start, end, text, label, name, None, "country_name", score)
