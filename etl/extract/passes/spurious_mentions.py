"""Mentions that are no names: labels, tickers, suffixes, money, plain words with a capital.

Adds: nothing.
Changes: nothing.
Drops: what its form, the words beside it or the small letters of the article give away, but for
what the gazetteer, a title or a table vouches for; tickers in any case ("<BRIT.L>").

What does not belong here: names under a wrong label (organisation_wording), and what the model's
spans give away by themselves (spurious_spans).
"""

import re

from etl.extract.article import ArticleState
from etl.extract.gazetteer.person_names import is_person_name
from etl.extract.mentions import Mention
from etl.extract.names.organisation_cues import is_thing
from etl.extract.names.titles_and_heads import load_rules
from etl.extract.places.surroundings import place_words
from etl.extract.text.casing import SENTENCE_START, is_plain
from etl.extract.text.company_suffixes import is_suffix
from etl.extract.text.tokens import WORD, fold, fold_name
from etl.extract.text.word_lists import wire_abbreviations
from etl.lexicon import pattern
from etl.lexicon import words as words_of
from etl.tables import made_of_tables

# "<AKZO.AS>": what an exchange calls it, behind the name.
TICKER = re.compile(r"<[^<>\s]{1,12}>")
# "NOTE:", "Note - ", "Markets Wrap:": words that open a line and label what follows.
LABEL_AFTER = re.compile(r"\s?(?::|\s[-–—]\s)")
LINE_START = re.compile(r"(?:^|\n)[ \t>]*$")
CONTRACTION = re.compile(r"[’'](?:VE|RE|LL|D|M|T|ve|re|ll|d|m|t)\b")
NEXT_WORD = re.compile(r" ([A-Z][a-z]+)")
# Several of what has an acronym, and what stands in names of products.
_NO_PERSON = re.compile(r"\b[A-Z]{2,}s\b|[+@#*=]")
BESIDE_CHARS = 8
# "Beekeepers": what ends in a plain word of many is no people.
SHORTEST_PART = 3
SHORTEST_END = 6


def drop_spurious_mentions(article: ArticleState) -> None:
    """Drop the mentions that are no names."""
    texts, mentions = article.texts, article.mentions
    if any("<" in text for text in texts.values()):
        mentions.drop(lambda m: _is_ticker(m, texts[m.field]))
    if not any(_is_doubtful(m) for m in mentions):
        return
    small = {w for field in article.fields.values() for w in field.words.words if w.islower()}
    storms = {name for text in texts.values() for name in _storm().findall(text)}
    mentions.drop(
        lambda m: _is_doubtful(m) and (_is_thing(m, storms) or _is_junk(m, texts[m.field], small))
    )


def _is_doubtful(mention: Mention) -> bool:
    """Whether neither the gazetteer nor a title vouches for it."""
    return mention.country_code is None and mention.method != "title_rule"


def _is_thing(mention: Mention, storms: set[str]) -> bool:
    """A storm ("Typhoon Malta", later "Malta"), a ship or a law: neither person, place nor firm."""
    words = WORD.findall(mention.text)
    if mention.method != "statistical" or not words:
        return False
    is_law = mention.label == "ORG" and len(words) > 1 and is_thing(mention.text)
    return is_law or words[0] in place_words().ships or words[-1] in storms


def _is_junk(mention: Mention, text: str, small: set[str]) -> bool:
    name = mention.text
    if len(name.strip(".")) < 2 or is_suffix(name):
        return True
    if mention.method != "statistical":
        return False
    words = fold_name(name).split(" ")
    before = text[max(0, mention.start - BESIDE_CHARS) : mention.start]
    return (
        _has_no_form_of_name(mention, words, text)
        or _is_line_label(name, words, before, text[mention.end : mention.end + 3])
        or (len(words) == 1 and _is_lone_word(mention, words[0], before, text, small))
    )


def _has_no_form_of_name(mention: Mention, words: list[str], text: str) -> bool:
    """What no name looks like: "THEY'VE", "Qtly", "413p", words in small letters; of a person
    "ATMs" and "Z+"."""
    name = mention.text
    if CONTRACTION.search(name) or name == name.lower() or _is_figure(mention):
        return True
    if mention.label == "PERSON" and _NO_PERSON.search(name):
        return True
    abbreviated = mention.label != "ORG" and not wire_abbreviations().isdisjoint(words)
    return abbreviated or _is_in_title(mention, text) or _is_stray(mention, words, text)


def _is_lone_word(mention: Mention, word: str, before: str, text: str, small: set[str]) -> bool:
    if _is_word(mention, word, before, small):
        return True
    return SENTENCE_START.search(before) is not None and _is_opener(mention, text)


def _is_stray(mention: Mention, words: list[str], text: str) -> bool:
    """Money ("the Zloty"), a bare "Harbor", and a title that lost its name ("Ven.")."""
    if len(words) > 1:
        return False
    titled = text[mention.end : mention.end + 1] == "." and words[0] in load_rules().honorifics
    return titled or (mention.label in ("PLACE", "NORP") and _is_common_noun(words[0]))


def _is_common_noun(word: str) -> bool:
    """ "the Zloty", a bare "Harbor"."""
    return word in words_of("money_words", "alone") or word in words_of(
        "place_words", "bare_feature"
    )


def _is_opening(word: str) -> bool:
    return word in wire_abbreviations() or word in words_of("opening_words")


@made_of_tables
def _storm() -> re.Pattern[str]:
    """ "Typhoon Malta", with its name."""
    return re.compile(rf"\b{pattern(map(str.title, place_words().storms))} ([A-Z]\w+)")


@made_of_tables
def _speech() -> re.Pattern[str]:
    """ ", he said", behind words that are said."""
    return re.compile(rf", (?:he|she|they) {pattern(words_of('name_verbs', 'pronoun'))}\b")


def _is_opener(mention: Mention, text: str) -> bool:
    """What is no name where a sentence opens: "Wood, he said", "Beekeepers"."""
    if _speech().match(text, mention.end):
        return True
    name = mention.text
    if mention.label != "NORP" or not name.endswith("s"):
        return False
    cuts = range(SHORTEST_PART, len(name) - SHORTEST_END + 1)
    return any(is_plain(name[cut:]) for cut in cuts)


def _is_figure(mention: Mention) -> bool:
    """ "413p", "MD-11", "3/20/2009": no person or people has figures, no place begins so."""
    figures = any(letter.isdigit() for letter in mention.text)
    if mention.label in ("PERSON", "NORP"):
        return figures
    return mention.label == "PLACE" and mention.text[0].isdigit()


def _is_in_title(mention: Mention, text: str) -> bool:
    """ "Portfolio" of "Lead Portfolio Manager": a plain word before a capitalised title."""
    following = NEXT_WORD.match(text, mention.end)
    title = following is not None and fold(following.group(1)) in load_rules().titles
    return title and " " not in mention.text and is_plain(mention.text)


def _is_ticker(mention: Mention, text: str) -> bool:
    """Also of a country's name: "<BRIT.L>" is no evidence."""
    start = text.rfind("<", max(0, mention.start - BESIDE_CHARS), mention.end)
    found = TICKER.match(text, start) if start >= 0 else None
    return found is not None and found.start() <= mention.start and mention.end <= found.end()


def _is_line_label(name: str, words: list[str], before: str, after: str) -> bool:
    """ "NOTE - Net", "Qtly div", "Markets Wrap:": plain words that open a line."""
    if not LINE_START.search(before):
        return False
    plain = all(is_plain(word) or _is_opening(word) for word in words)
    if " - " in name and is_plain(words[0]):
        return True
    return words[0] in wire_abbreviations() or (plain and LABEL_AFTER.match(after) is not None)


def _is_word(mention: Mention, word: str, before: str, small: set[str]) -> bool:
    """A plain word with a capital: where a sentence opens, in a title, or in all capitals.

    A word that the article writes small elsewhere is one anywhere.
    """
    opens = bool(SENTENCE_START.search(before))
    if opens and word in words_of("opening_words"):
        return True
    if not is_plain(word):
        return word in small and mention.label != "NORP" and opens
    if word in small:
        return True
    somehow = opens or mention.field == "title" or mention.text.isupper()
    return somehow and not is_person_name(word) and mention.label != "ORG"
