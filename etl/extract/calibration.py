"""How sure it is that a name without a country is one: the score of its label and evidence.

What belongs here: what is known of such a mention in its article, and the score that the table
makes of it. What does not: fitting the table (bench/calibration.py), and the scores of what is
evidence of a country (gazetteer, places): these say how strong the evidence is.

A score is the share of such mentions that a reader would mark just so, span and label:
logistic regression, one row of mention_scores.csv a label and feature, '' for the constant.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import exp

from etl.extract.article import ArticleState
from etl.extract.gazetteer.known_persons import is_known_person
from etl.extract.gazetteer.person_names import given_names, surnames
from etl.extract.mentions import Mention
from etl.extract.names.titles_and_heads import load_rules
from etl.extract.places.surroundings import place_words
from etl.extract.text.casing import SENTENCE_START, is_plain
from etl.extract.text.company_suffixes import has_suffix
from etl.extract.text.tokens import WORD, fold
from etl.lexicon import words as words_of
from etl.tables import made_of_tables, read_table

METHODS = ("statistical", "title_rule", "organisation")
"""What finds names that are evidence of no country."""

CHANCES = {f"chance_{percent}": percent / 100 for percent in (50, 70, 85, 95, 99)}
"""How sure the model itself is of a span, in steps: how often each is right is fitted."""

UNTOLD = "chance_untold"
"""A model that tells of no chance found it."""

SCORE_DIGITS = 3
BESIDE_CHARS = 16
MANY_WORDS = 4
_BEFORE = re.compile(r"([\w’'-]+)[ -]$")
_GOES_ON = re.compile(r"[ -][A-Z]")


@dataclass(frozen=True, slots=True)
class Known:
    """What an article as a whole tells of its names.

    ``counts`` are the mentions by label and name, ``longer`` the labels of the longer names that
    hold a folded word, ``spans`` by field, start, end and label of the model's spans how sure it is
    of each, None where it does not tell.
    """

    counts: Mapping[tuple[str, str], int]
    longer: Mapping[str, set[str]]
    spans: Mapping[tuple[str, int, int, str], float | None]


def is_calibrated(mention: Mention) -> bool:
    """Whether the score of a mention is one of the table: not of set phrases, which are no mentions
    yet, and of persons whom a table knows."""
    is_told = bool(mention.label) and mention.country_code is None and mention.method in METHODS
    return is_told and not (mention.label == "PERSON" and is_known_person(mention.text))


def read_known(article: ArticleState) -> Known:
    """What the mentions of an article and the spans of the model tell of each other."""
    counts: dict[tuple[str, str], int] = defaultdict(int)
    longer: dict[str, set[str]] = defaultdict(set)
    for mention in article.mentions:
        counts[mention.label, mention.name] += 1
        words = fold(mention.text).split()
        for word in words if len(words) > 1 else ():
            longer[word].add(mention.label)
    spans = {(m.field, m.start, m.end, m.label): m.chance for m in article.modelled}
    return Known(counts, longer, spans)


def calibrated_score(mention: Mention, article: ArticleState, known: Known) -> float:
    """The chance, 0 to 1, that span and label of a mention are right."""
    weights = _weights()[mention.label]
    total = weights[""] + sum(weights.get(name, 0.0) for name in features(mention, article, known))
    return round(1 / (1 + exp(-total)), SCORE_DIGITS)


@made_of_tables
def _weights() -> Mapping[str, Mapping[str, float]]:
    weights: dict[str, dict[str, float]] = defaultdict(dict)
    for row in read_table("mention_scores.csv").iter_rows(named=True):
        weights[row["label"]][row["feature"]] = float(row["weight"])
    return weights


def features(mention: Mention, article: ArticleState, known: Known) -> Iterator[str]:
    """What holds of a mention, each by the name that mention_scores.csv explains."""
    words = WORD.findall(mention.text)
    yield from _of_finding(mention, known)
    if words:
        yield from _of_words(mention, words, known)
    yield from _of_place(mention, article)


def _of_finding(mention: Mention, known: Known) -> Iterator[str]:
    span = mention.field, mention.start, mention.end, mention.label
    if mention.method == "statistical":
        yield "model_alone"
        yield from _of_chance(known.spans.get(span, mention.chance))
    elif span in known.spans:
        yield "model_and_rule"
        yield from _of_chance(known.spans[span])
    if known.counts[mention.label, mention.name] > 1:
        yield "twice"


def _of_chance(chance: float | None) -> Iterator[str]:
    """Each bound that the model's own chance reaches: these add up."""
    if chance is None:
        yield UNTOLD
    else:
        yield from (name for name, bound in CHANCES.items() if chance >= bound)


def _of_words(mention: Mention, words: list[str], known: Known) -> Iterator[str]:
    last, longer = fold(words[-1]), known.longer.get(fold(mention.text), set())
    is_one, heads = len(words) == 1, load_rules().heads
    yield from _which(
        {
            "one_word": is_one,
            "many_words": len(words) >= MANY_WORDS,
            "capitals": mention.text.isupper(),
            "figure": any(letter.isdigit() for letter in mention.text),
            "plain_word": any(word[0].isupper() and is_plain(word) for word in words),
            "plain_words": all(map(is_plain, words)),
            "in_longer": is_one and bool(longer),
            "in_other": is_one and bool(longer - {mention.label}),
            "given_name": fold(words[0]) in given_names(),
            "surname": last in surnames(),
            "head": not heads.isdisjoint((fold(words[0]), last)) or has_suffix(mention.text),
            "feature": last in words_of("place_words", "natural", "bare_feature", "feature"),
        }
    )


def _of_place(mention: Mention, article: ArticleState) -> Iterator[str]:
    """What stands around it; in a headline the words beside a name tell nothing."""
    field = article.fields[mention.field]
    text, is_headline = field.words.text, field.casing.is_headline
    beside = max(0, mention.start - BESIDE_CHARS)
    before = _BEFORE.search(text, beside, mention.start)
    word = before.group(1) if before else ""
    yield from _which(
        {
            "title": mention.field == "title",
            "opens": SENTENCE_START.search(text[beside : mention.start]) is not None,
            "located": word.lower() in place_words().locatives,
            "the": word.lower() == "the",
            "goes_on": not is_headline and _GOES_ON.match(text, mention.end) is not None,
            "begins_late": not is_headline and word[:1].isupper(),
        }
    )


def _which(told: Mapping[str, bool]) -> Iterable[str]:
    return (name for name, holds in told.items() if holds)
