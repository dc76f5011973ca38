"""Titles: telling a headline from the text below it.

What belongs here: whether a line can be a headline, whether two lines are the same one, and
the headline in front of a body on the same line. What does not: which line of a page it is
(etl/parse/page.py).
"""

import re

from etl.lexicon import pattern, words
from etl.lexicon.calendar import names
from etl.parse.dateline import find_dateline
from etl.parse.lines import count_words, ends_sentence, kept_of_lines
from etl.parse.page_line import without_bullet
from etl.tables import made_of_tables

MOST_TITLE_CHARS = 220
MOST_TITLE_WORDS = 32
# With a full stop behind it a headline has up to sixteen words, and eight of the text behind that.
MOST_INLINE_WORDS = 16
LEAST_REST_WORDS = 8
# What is looked at behind a headline: a dateline, or whether some words follow.
REST_CHARS = 440
# "The old quay" and "The new quay" speak of one thing, "The old key" and "The new key" may not.
LEAST_LONG_WORD = 4
# "Northern quay closed | Example Post", with a stamp perhaps; a paragraph that begins with the
# headline's words is no repetition. "Southern pier shut" is too short to be told by its beginning.
LEAST_CUT_CHARS = 20
MOST_ADDED_CHARS = 60
# "Bridge is the pride of all Suva for ever" may have one small word, a longer one has none.
SHORT_HEADLINE_WORDS = 9
# "**Quay closed**", "__Quay closed__": a line that Markdown shows in bold.
EMPHASIS = re.compile(r"(?P<mark>\*{2,3}|__)(?P<words>[^*_\s](?:[^*]*[^*\s])?)(?P=mark)")
SENTENCE_END = re.compile(r"[.?!][\"'”’)]?\s+(?=[\"'“‘(]?[A-Z0-9])")


def can_be_title(text: str) -> bool:
    """Whether a line has the length of a headline and is no full sentence of prose."""
    length = count_words(text)
    return (
        "\n" not in text
        and 0 < length <= MOST_TITLE_WORDS
        and len(text) <= MOST_TITLE_CHARS
        and not text.endswith((":", ",", ";"))
        and not (text.endswith(".") and not text.endswith("..") and length > MOST_INLINE_WORDS)
    )


def plain_title(text: str) -> str:
    """A headline without the mark of a list or of Markdown before it, nor Markdown's around it.

    "#1 of all quays" begins with no mark: a space stands behind one.
    """
    bare = without_bullet(text)
    kept = bare if bare and text.endswith(f" {bare}") else text
    emphasised = EMPHASIS.fullmatch(kept)
    return emphasised["words"] if emphasised else kept


def same_title(one: str, other: str) -> bool:
    """Whether two lines are the same headline, save for case, quotes and a site's name."""
    first, second = title_key(one), title_key(other)
    if not first or not second:
        return False
    if first == second:
        return True
    shorter, longer = sorted((one, other), key=len)
    return _goes_on(*sorted((first, second), key=len)) and (
        ends_sentence(shorter) or not ends_sentence(longer)
    )


def _goes_on(shorter: str, longer: str) -> bool:
    rest = len(longer) - len(shorter)
    is_slight = len(shorter) >= LEAST_CUT_CHARS and rest <= MOST_ADDED_CHARS
    return is_slight and longer.startswith(shorter)


def shares_words(one: str, other: str) -> bool:
    """Whether two headlines speak of the same: half the long words of the shorter one.

    Two such words may differ by a plural: "Sloths set a record", "The sloth crossing".
    """
    first, second = _long_words(one), _long_words(other)
    least = min(len(first), len(second))
    shared = len(first & second)
    shared_stems = len(_singular(first) & _singular(second))
    return least > 0 and (2 * shared >= least or (shared_stems > 1 and 2 * shared_stems >= least))


def _long_words(text: str) -> frozenset[str]:
    return frozenset(word for word in title_key(text).split() if len(word) >= LEAST_LONG_WORD)


def _singular(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word.removesuffix("s") for word in words)


@kept_of_lines
def title_key(text: str) -> str:
    """A title as it is compared: its words without case and marks."""
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


def split_inline_title(text: str, *, is_given: bool) -> int:
    """The offset behind a headline that shares its line with the body, or 0.

    "Bridge closed in Suva. Drivers have to take the ferry ..." The headline is known by a
    dateline behind it, or by having none of the small words that a sentence needs. These are
    English ones, so that a text in another language is asked only where a headline ``is_given``
    to compare with.
    """
    for found in SENTENCE_END.finditer(text[: MOST_TITLE_CHARS + 40]):
        head = text[: found.start() + 1]
        if _abbreviation().search(text[: found.start()]):
            continue
        rest = text[found.end() : found.end() + REST_CHARS]
        is_legible = is_given or _is_english(rest)
        return found.end() if _is_headline(head, rest, is_legible=is_legible) else 0
    return 0


@made_of_tables
def _abbreviation() -> re.Pattern[str]:
    """ "St. Paul", "U.S. army", "J. Smith", "Nov. 3": a full stop that ends no sentence."""
    months = names("month", language="en", kind="short")
    known = pattern(words("abbreviations", "title").union(months))
    return re.compile(rf"(?:^|[\s(])(?:[A-Z]|[A-Z]\.[A-Z]|{known})$")


def _is_headline(head: str, rest: str, *, is_legible: bool) -> bool:
    found = re.findall(r"[\w'’\-]+", head)
    if not 2 <= len(found) <= MOST_INLINE_WORDS or len(head) > MOST_TITLE_CHARS:
        return False
    if find_dateline(rest) is not None:
        return True
    small = sum(word.casefold() in words("function_words", "sentence") for word in found)
    allowed = 1 if len(found) <= SHORT_HEADLINE_WORDS else 0
    return is_legible and small <= allowed and count_words(rest) >= LEAST_REST_WORDS


def _is_english(text: str) -> bool:
    return not words("function_words", "link").isdisjoint(re.findall(r"[a-z]+", text.casefold()))
