"""Adjectives of peoples that stand for their language: "spoke French", "in English".

What belongs here: telling a language from a people by the words around the adjective. What does
not: what that does to its score (scoring).
"""

from etl.extract.gazetteer.matching import Match
from etl.extract.places.surroundings import LINKS, word_before
from etl.extract.text.tokens import Words

# "spoke French", "translated into Russian", "an English lesson": a language, not a people.
LANGUAGES = frozenset(
    "albanian armenian azerbaijani belarusian bengali bosnian bulgarian burmese chinese croatian "
    "czech danish dutch english estonian finnish french georgian german greek hungarian icelandic "
    "indonesian irish italian japanese kazakh khmer korean kyrgyz lao latvian lithuanian "
    "macedonian malay maltese mongolian nepali norwegian persian polish portuguese romanian "
    "russian serbian slovak slovene slovenian somali spanish swedish tajik thai turkish turkmen "
    "ukrainian uzbek vietnamese welsh".split()
)
TONGUE_BEFORE = frozenset(
    "in into speak speaks spoke spoken speaking learn learns learned learnt learning teach teaches "
    "taught teaching understands fluent broken halting flawless accented original".split()
)
TONGUE_AFTER = frozenset(
    "language languages speaking speaker speakers translation translations translator translators "
    "subtitles dictionary dictionaries alphabet grammar lesson lessons vocabulary dialect "
    "dialects".split()
)
# What may follow "in English", where no noun does.
AFTER_TONGUE = frozenset(
    "on at with to that but as by for from during while then before after when the a an is was "
    "are were has had said says told if because than until since so about into of only too".split()
)


def is_language(words: Words, match: Match) -> bool:
    """Whether a people's adjective stands for its language: "spoke Thai and French."."""
    index = match.first
    if index != match.last or words.keys[index] not in LANGUAGES:
        return False
    after = words.keys[index + 1] if words.joined(index) else ""
    if after in TONGUE_AFTER:
        return True
    while (step := _to_language_before(words, index)) > 0:
        index -= step
    return word_before(words, index) in TONGUE_BEFORE and not _has_noun(words, match.last)


def _to_language_before(words: Words, index: int) -> int:
    """How many words back another language stands in a list: "Thai, French", "Thai and French"."""
    if index and words.gaps[index - 1] == ", " and words.keys[index - 1] in LANGUAGES:
        return 1
    linked = index > 1 and words.words[index - 1] in LINKS
    return 2 if linked and words.keys[index - 2] in LANGUAGES else 0


def _has_noun(words: Words, index: int) -> bool:
    """Whether a noun follows the adjective, or the list of such: "in Thai, Fijian and US banks"."""
    while words.spaced(index) or words.gaps[index] == ", ":
        following, in_list = words.words[index + 1], not words.spaced(index)
        goes_on = in_list or words.words[index] in LINKS
        if following not in LINKS and not (goes_on and following[0].isupper()):
            return not in_list and following not in AFTER_TONGUE
        index += 1
    return False
