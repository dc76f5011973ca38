"""A page as blocks: its lines, with hard-wrapped lines joined to paragraphs.

A block's text is written so that it comes out of ``split_blocks`` as it went in: paragraphs
are one line, and the rows of a table keep their indent and columns, by which they are known.

What belongs here: splitting text into blocks that keep their offsets, and the questions
about a block's form that every other module of the parser asks (does it read like prose,
does it end a sentence). What does not: what a block is for (etl/parse/furniture.py).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from itertools import pairwise
from typing import TypeVar

from etl.parse.header import split_header
from etl.tables import looked_up_in_tables

# A sentence may end in a quotation mark or bracket; "।" ends a Hindi, "。" a Chinese one and
# "۔" an Urdu one.
SENTENCE_ENDS = ".!?…।۔。！？؟։።។။"
FULL_STOPS = (".", "।", "。", "۔", "։", "።", "។", "။")
CLOSERS = "\"'”’»)]】」』›"
_ENDS, _BEHIND_ENDS = tuple(SENTENCE_ENDS), CLOSERS + " "
INVISIBLE = re.compile("[\u00ad\u200b\u2060]")
WHITE_SPACE = re.compile(r"\s")
UNSEEN = re.compile("[\\s\u00ad\u200b\u2060]")
WORD = re.compile(r"\w\S*")
# Chinese, Japanese, Thai, Burmese and Khmer put no spaces between words.
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")

# 1980s wire copy was set to about 65 columns and opens a paragraph by four spaces. A line of 101
# columns is a paragraph; lines of under 40 are headlines or a list. A third of broken lines go
# on in small letters; where a quarter do, they are headlines.
WRAP_COLUMNS = 100
LEAST_WRAP_COLUMNS = 40
PARAGRAPH_INDENT = 2
ROW_CHARS = 70
# "    NOTE: ... Loan Association of" / "Lyre." among the rows of a table.
FEW_PAIRS = 2
# A sentence of twelve words is prose, one of eleven may be a headline; without an end, as captions
# and headlines are, it takes twenty-five.
LEAST_PROSE_WORDS = 12
LONG_PROSE_WORDS = 25
# "The ships sail in March." is a statement, "The ships sail again." may be a headline.
LEAST_SENTENCE_WORDS = 5
LEAST_OPENING_WORDS = 7


@dataclass(frozen=True)
class Block:
    """One paragraph or line: its text with white space made single, and where it stood.

    A table has a newline between its rows, and these keep their indent and inner spaces.
    """

    text: str
    start: int
    end: int

    @property
    def is_table(self) -> bool:
        return "\n" in self.text

    @property
    def word_count(self) -> int:
        return count_words(self.text)


@dataclass(frozen=True)
class Line:
    """One printed line, invisible characters left out; ``indent`` counts the spaces before it."""

    text: str
    start: int
    end: int
    indent: int
    after_blank: bool


T = TypeVar("T")
KEPT_CHARS, KEPT_LINES = 300, 16_384


def kept_of_lines(ask: Callable[[str], T]) -> Callable[[str], T]:
    """Keep the answers for short lines, of which the same are asked many times in turn.

    Most lines of an outlet's menus stand on all its pages.
    """
    kept = looked_up_in_tables(KEPT_LINES)(ask)

    @wraps(ask)
    def answer(text: str) -> T:
        return kept(text) if len(text) <= KEPT_CHARS else ask(text)

    return answer


@kept_of_lines
def count_words(text: str) -> int:
    """Words of a text: runs between spaces that hold a letter or digit.

    Scripts without spaces count two letters as a word.
    """
    if text.isascii() or UNSPACED.search(text) is None:
        return len(WORD.findall(text))
    spaced, unspaced = UNSPACED.subn(" ", text)
    return len(WORD.findall(spaced)) + (unspaced + 1) // 2


def ends_sentence(text: str) -> bool:
    """Whether the text ends as a sentence does: "He left.", "He left.”", "Why?"."""
    return text.rstrip(_BEHIND_ENDS).endswith(_ENDS)


def reads_as_prose(text: str) -> bool:
    """Whether a block is surely running text, not a headline or a menu."""
    words = count_words(text)
    return words >= LONG_PROSE_WORDS or (words >= LEAST_PROSE_WORDS and ends_sentence(text))


def reads_as_statement(text: str) -> bool:
    """Whether a block ends in a full stop, as headlines do not: "The ships sail in March."

    Five words or more, most of them in small letters where the script has them: "Inside The
    New Port Of St. Lyre Inc." is set as a headline.
    """
    is_stopped = text.rstrip(_BEHIND_ENDS).endswith(FULL_STOPS) and not text.endswith("..")
    return is_stopped and count_words(text) >= LEAST_SENTENCE_WORDS and _is_small(text)


def opens_list(text: str) -> bool:
    """Whether a block is running text before a list: "The board gave three reasons for the rise:".

    Words enough that it is no label of what follows ("Ships in port today:").
    """
    is_opening = text.endswith((":", "：")) and count_words(text) >= LEAST_OPENING_WORDS
    return is_opening and _is_small(text)


def _is_small(text: str) -> bool:
    """Whether most words are in small letters, where the script has them."""
    found: list[str] = WORD.findall(text)
    return 2 * sum(word[0].isupper() for word in found) <= len(found)


def single_spaced(text: str) -> str:
    """White space of any kind made single spaces; invisible characters dropped."""
    return " ".join(INVISIBLE.sub("", text).split())


def split_blocks(text: str, start: int = 0, *, is_raw: bool = False) -> list[Block]:
    """The blocks of ``text`` from offset ``start``, in order, with offsets into ``text``.

    ``is_raw``: a page as crawled, which may be indented as a whole; a body never is.
    """
    lines = split_lines(text, start)
    lines = _dedented(lines) if is_raw else lines
    groups = _wrapped_paragraphs(lines) if is_hard_wrapped(lines) else [[line] for line in lines]
    return [block for block in map(_block, _with_tables(groups)) if block.text]


def split_lines(text: str, start: int = 0) -> list[Line]:
    """The lines that hold something."""
    lines: list[Line] = []
    after_blank, at = False, start
    for whole in text[start:].split("\n"):
        bare = whole.strip()
        seen = INVISIBLE.sub("", bare).strip()
        if seen:
            indent = len(whole) - len(whole.lstrip())
            begin = at + indent
            lines.append(Line(seen, begin, begin + len(bare), indent, after_blank))
        after_blank = not seen
        at += len(whole) + 1
    return lines


def _dedented(lines: list[Line]) -> list[Line]:
    """Without the indent that all lines share, where one is too long for a table's row.

    The first line may follow the header, so its indent says nothing.
    """
    shared = min((line.indent for line in lines[1:]), default=0)
    if shared < PARAGRAPH_INDENT or max(len(line.text) for line in lines) <= WRAP_COLUMNS:
        return lines
    return [replace(line, indent=max(0, line.indent - shared)) for line in lines]


def is_hard_wrapped(lines: list[Line]) -> bool:
    """Whether lines were broken at a column, so that they must be joined again.

    A list of headlines has lines as long, but each starts with a capital; broken prose
    goes on in lower case more often than not.
    """
    pairs = [
        (one, two)
        for one, two in pairwise(lines)
        if not (two.after_blank or two.indent >= PARAGRAPH_INDENT or _is_sign_off(two))
    ]
    if not pairs or max(len(line.text) for line in lines[1:]) > WRAP_COLUMNS:
        return False
    if len(pairs) > 1 and sum(map(_is_broken, pairs)) * 2 < len(pairs):
        return False
    running = sum(two.text[0].islower() or two.text[0].isdigit() for _, two in pairs)
    indented = any(line.indent >= PARAGRAPH_INDENT for line in lines[1:])
    return running * 3 >= len(pairs) or (indented and (running > 0 or len(pairs) <= FEW_PAIRS))


def _is_broken(pair: tuple[Line, Line]) -> bool:
    return len(pair[0].text) >= LEAST_WRAP_COLUMNS and not pair[0].text.endswith(".")


def _wrapped_paragraphs(lines: list[Line]) -> list[list[Line]]:
    groups: list[list[Line]] = []
    for line in lines:
        opens = line.after_blank or line.indent >= PARAGRAPH_INDENT or _is_sign_off(line)
        if opens or not groups:
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups


def _is_sign_off(line: Line) -> bool:
    """The wire's last line, " REUTER", is no part of the paragraph above it."""
    return line.indent == 1 and len(line.text) <= 20 and " " not in line.text


def _with_tables(groups: list[list[Line]]) -> list[list[list[Line]]]:
    """Rows of a table that follow each other become one block, a row a line."""
    blocks: list[list[list[Line]]] = []
    for group in groups:
        if blocks and _is_row(group) and not group[0].after_blank and _is_row(blocks[-1][-1]):
            blocks[-1].append(group)
        else:
            blocks.append([group])
    return blocks


def _is_row(group: list[Line]) -> bool:
    """A line with the header's form is none: what opens a page must stay in sight."""
    first = group[0]
    return (
        len(group) == 1
        and first.indent >= PARAGRAPH_INDENT
        and len(first.text) <= ROW_CHARS
        and not ends_sentence(first.text)
        and split_header(first.text)[0] is None
    )


def _block(rows: list[list[Line]]) -> Block:
    if len(rows) == 1:
        text = single_spaced(" ".join(line.text for line in rows[0]))
    else:
        text = "\n".join(map(_row, rows))
    return Block(text, rows[0][0].start, rows[-1][-1].end)


def _row(group: list[Line]) -> str:
    """ "    Goods                     -7.1 (-8.7)", as it was set."""
    return " " * group[0].indent + WHITE_SPACE.sub(" ", group[0].text)


def offset_behind(page: str, start: int, text: str) -> int:
    """The offset in the page behind ``text``, which stands at ``start`` in other spacing."""
    left = sum(not char.isspace() for char in text)
    while left and start < len(page):
        left -= not UNSEEN.match(page, start)
        start += 1
    return start


def skip_unseen(page: str, start: int) -> int:
    """The offset of the first character from ``start`` on that can be seen."""
    while start < len(page) and UNSEEN.match(page, start):
        start += 1
    return start
