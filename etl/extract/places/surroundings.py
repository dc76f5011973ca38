"""The words beside a name: what they say of its being a place, a street or a person.

What belongs here: prepositions, directions and features, and the look at the word before and
after. What does not: the weight of what is found (scoring).
"""

from etl.extract.text.tokens import Words

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
LINKS = ("and", "or")


def word_before(words: Words, index: int) -> str:
    """The folded word right before word ``index``, or nothing."""
    return words.keys[index - 1] if index and words.spaced(index - 1) else ""


def word_after(words: Words, index: int) -> str:
    """The folded word right behind word ``index``, or nothing."""
    return words.keys[index + 1] if words.spaced(index) else ""


def is_named_after(words: Words, index: int) -> bool:
    """Whether the name that starts at word ``index`` is a storm's or a ship's."""
    if index == 0 or not words.spaced(index - 1):
        return False
    before = words.words[index - 1]
    return before in SHIPS or (before[0].isupper() and words.keys[index - 1] in STORMS)
