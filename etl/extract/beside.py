"""The words beside a name: what they say of its being a place, a street or a person.

What belongs here: prepositions, directions and features, and the look at the word before and
after. What does not: the weight of what is found (scoring).
"""

from etl.extract.context import Site
from etl.extract.matching import Match
from etl.extract.name_rules import NOT_NAMES, Name, NameRules, load_rules
from etl.extract.tokens import Words

LOCATIVES = frozenset(
    "in at near from outside around across inside toward towards throughout within into "
    "visit visiting visited outskirts downtown city town village port".split()
)
# "central Reading" is the town, "Central Bank" is no town of that name.
DIRECTIONS = frozenset(
    "central northern southern eastern western northeast northwest southeast southwest "
    "northeastern northwestern southeastern southwestern".split()
)
WEAK_LOCATIVES = frozenset("to of and for between via through".split())
# "Dublin Road", "Paris Hotel": named after a place, not there.
STREETS = frozenset(
    "road rd street st avenue ave boulevard blvd drive dr lane ln court ct highway hwy turnpike "
    "pike way terrace parkway pkwy hotel inn restaurant cafe theater theatre mall plaza".split()
)
FEATURES = frozenset(
    "park creek lake hill hills heights springs elementary middle high academy".split()
)
# "Lake Victoria", "Mount Washington": named after something, not there.
WATERS = frozenset("lake mount mt cape loch river".split())
# "Typhoon Malta", "HMS Edinburgh": a storm and a ship.
STORMS = frozenset("hurricane typhoon cyclone storm".split())
SHIPS = frozenset("USS USNS HMS HMAS HMCS HMNZS RMS MV".split())
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
LINKS = ("and", "or")
PAIR_SCORE = 0.6
# "In Chad Brookes ..." is rare, "the Geneva Motor Show" is not.
NEVER_BEFORE_PERSON = LOCATIVES | {"the", "a"}


def word_before(words: Words, index: int) -> str:
    """The folded word right before word ``index``, or nothing."""
    return words.keys[index - 1] if index and words.spaced(index - 1) else ""


def is_located(site: Site) -> bool:
    """Whether the dateline or a preposition says that a place is meant."""
    before = word_before(site.words, site.match.first)
    return site.field == "dateline" or before in LOCATIVES | DIRECTIONS


def is_named_after(words: Words, index: int) -> bool:
    """Whether the name that starts at word ``index`` is a storm's or a ship's."""
    if index == 0 or not words.spaced(index - 1):
        return False
    before = words.words[index - 1]
    return before in SHIPS or (before[0].isupper() and words.keys[index - 1] in STORMS)


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


def find_pair(words: Words, match: Match) -> Name | None:
    """The two words of which a one-word match is one, if they look like a person's name.

    "Eusebio Villalba", "Zeferino Caldas": capitals side by side, neither the head of an
    organisation, nor a title, a street or a direction.
    """
    index = match.first
    if index != match.last or word_before(words, index) in NEVER_BEFORE_PERSON:
        return None
    rules = load_rules()
    if words.spaced(index) and _may_be_name(words, index + 1, rules):
        return Name("PERSON", index, index + 1, "title_rule", PAIR_SCORE)
    before = index - 1
    opens = index == 0 or words.starts_sentence(before)
    if not opens and words.spaced(before) and _may_be_name(words, before, rules):
        return Name("PERSON", before, index, "title_rule", PAIR_SCORE)
    return None


def _may_be_name(words: Words, index: int, rules: NameRules) -> bool:
    word = words.words[index]
    if not word[0].isupper() or not word.isalpha() or word.isupper():
        return False
    key = words.keys[index]
    return not (
        key in rules.heads
        or key in rules.titles
        or key in NOT_NAMES
        or key in STREETS
        or key in FEATURES
        or key in DIRECTIONS
    )
