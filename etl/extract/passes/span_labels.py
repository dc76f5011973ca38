"""The model's labels put right by the words in and around its spans.

Adds: nothing.
Changes: the label of spans of the model: organisations by their head, cue or capitals, persons by
a given name or a role, places by their last word or the kind beside them.
Drops: nothing.

What does not belong here: what another mention of the article says of a label (label_agreement),
and what a company's suffix or a clause says (organisation_wording).
"""

import re
from dataclasses import replace

from etl.extract.article import ArticleState
from etl.extract.gazetteer.aliases import aliased_organisations
from etl.extract.gazetteer.person_names import given_names, surnames
from etl.extract.mentions import Mention
from etl.extract.names.organisation_cues import load_cues
from etl.extract.names.titles_and_heads import load_rules
from etl.extract.places.kin import is_of_kin
from etl.extract.places.surroundings import place_words
from etl.extract.text.casing import is_plain
from etl.extract.text.tokens import WORD, Words, fold
from etl.lexicon import words as words_of
from etl.tables import made_of_tables

FULL_NAME = range(2, 5)
CUED_SCORE = 0.85
ACRONYM_LENGTHS = range(3, 7)
# In a dateline at the start of the text places stand in capitals.
OPENING_CHARS = 40
_BEFORE = re.compile(r"([\w-]+)\s+$")
_AFTER = re.compile(r"(?:['’]s?)?\s+([\w-]+)")
_KIND_OF = re.compile(r"\b([a-z]+) of $")
_AROUND = 40


def relabel_spans(article: ArticleState) -> None:
    """Give every span of the model the label that its surroundings tell."""
    article.modelled = [_relabelled(m, article.fields[m.field].words) for m in article.modelled]


def _relabelled(mention: Mention, words: Words) -> Mention:
    text = words.text
    if mention.label != "ORG" and _is_organisation(mention, text):
        return replace(mention, label="ORG", score=CUED_SCORE)
    if mention.label == "PLACE" and _is_person(mention, text):
        return replace(mention, label="PERSON")
    if mention.label != "PERSON" and is_of_kin(words, words.index_at(mention.start)):
        return replace(mention, label="PERSON")
    if mention.label == "ORG" and _is_feature(mention.text):
        return replace(mention, label="PLACE")
    if mention.label == "PERSON" and _is_of_kind(mention, text):
        return replace(mention, label="PLACE")
    if mention.label in ("ORG", "PLACE") and _has_role(mention, text):
        return replace(mention, label="PERSON")
    if mention.label == "ORG" and _has_full_name(mention.name):
        return replace(mention, label="PERSON")
    return mention


def _has_full_name(name: str) -> bool:
    """ "Holland Taylor", "Cuba Gooding Jr.": a given name and a surname, or one of a son's."""
    generations = words_of("person_words", "generation")
    words = [word for word in WORD.findall(name) if word not in generations]
    if len(words) != 2 or name in aliased_organisations() or any(w.isupper() for w in words):
        return False
    is_son = len(WORD.findall(name)) > len(words)
    first, last = fold(words[0]), fold(words[1])
    return is_son or (first in given_names() and last in surnames() and not is_plain(words[1]))


def _is_feature(name: str) -> bool:
    """ "Great Slave Lake", "Sinai Peninsula", which the model takes for a company."""
    words = WORD.findall(name)
    is_named_so = len(words) > 1 and fold(words[-1]) in words_of("place_words", "no_company")
    return is_named_so and name not in aliased_organisations()


def _is_of_kind(mention: Mention, text: str) -> bool:
    """ "Turkana County", "Olaya Roundabout", "Gourel village", "the town of Debra": what the kind
    beside it tells, but for a person's name ("Frankie Valley")."""
    kinds = words_of("place_words", "named_behind")
    words = WORD.findall(mention.text)
    if not words or fold(words[0]) in given_names():
        return False
    if len(words) > 1 and fold(words[-1]) in kinds | _features():
        return True
    after = _AFTER.match(text, mention.end, mention.end + _AROUND)
    if after is not None and text[mention.end] == " " and after.group(1) in kinds - {"state"}:
        return True
    before = _KIND_OF.search(text, max(0, mention.start - _AROUND), mention.start)
    return before is not None and before.group(1) in kinds


@made_of_tables
def _features() -> frozenset[str]:
    """What towns and countries have, but for what people are called too ("Park")."""
    return words_of("place_words", "natural", "bare_feature") - surnames()


def _has_role(mention: Mention, text: str) -> bool:
    """ "forecaster Amina Okafor": a full name without a word, behind what only persons are."""
    before = _BEFORE.search(text, max(0, mention.start - _AROUND), mention.start)
    if before is None or before.group(1) not in load_cues().person:
        return False
    words = mention.text.split()
    named = all(w.isalpha() and w[0].isupper() and not w.isupper() for w in words)
    bare = named and not any(is_plain(word) for word in words)
    return bare and len(words) in FULL_NAME and fold(words[-1]) not in load_rules().heads


def _is_person(mention: Mention, text: str) -> bool:
    """ "Amina Okafor", "Aria", "Huseyin Oz told": which the model takes for places now and then."""
    words = mention.text.split()
    before = _BEFORE.search(text, max(0, mention.start - _AROUND), mention.start)
    if before is not None and before.group(1).lower() in (*place_words().locatives, "the"):
        return False
    if is_plain(words[0]) or is_plain(words[-1]) or mention.field == "dateline":
        return False
    is_given = len(words) < FULL_NAME.start + 1 and fold(words[0]) in given_names()
    return is_given or (len(words) in FULL_NAME and _speaks(mention, text))


def _speaks(mention: Mention, text: str) -> bool:
    """ "Chuan Leekpan told reporters", "Ban Ki-ho was sworn in"; not "Blue Lake said"."""
    after = _AFTER.match(text, mention.end, mention.end + _AROUND)
    head = fold(WORD.findall(mention.text)[-1])
    known = load_rules().heads | words_of("place_words", "natural", "bare_feature", "feature")
    if after is None or head in known:
        return False
    is_sworn = text.startswith(" was sworn in", mention.end)
    return is_sworn or after.group(1) in words_of("name_verbs", "pronoun")


def _is_organisation(mention: Mention, text: str) -> bool:
    name = mention.name.strip("+")
    if name in aliased_organisations():
        return True
    words = WORD.findall(name)
    if fold(words[0]) in given_names():
        return False
    headed = fold(words[-1]) in load_rules().heads or words[0] in load_cues().first
    if len(words) > 1 and headed:
        return True
    if _is_acronym(mention, name, text):
        return True
    cues = load_cues()
    before = _BEFORE.search(text, max(0, mention.start - _AROUND), mention.start)
    after = _AFTER.match(text, mention.end, mention.end + _AROUND)
    return (before is not None and before.group(1) in cues.before) or (
        after is not None and after.group(1) in cues.after
    )


def _is_acronym(mention: Mention, name: str, text: str) -> bool:
    """ "NEMA" in running text; in a dateline and a headline in capitals places stand so too."""
    if not (name.isalpha() and name.isupper() and len(name) in ACRONYM_LENGTHS):
        return False
    opens = mention.field == "body" and mention.start < OPENING_CHARS
    return mention.field != "dateline" and not opens and not text.isupper()
