"""The headline of a whole page: which of the lines above the article it is.

What belongs here: the fitted model, a choice among lines by the weighted sum of what they show.
What does not: how it was fitted (bench/fit_page_titles.py), headlines of cleaned texts
(etl/parse/head.py), and what becomes of the other lines (etl/parse/page.py).

A kicker, a menu's item or "Reading time: 6 min" may be as short and as near to the text; a headline
speaks of what the article does, stands above byline and stamp, or stands twice. Where no line
reaches the weight of ``none``, there is none. The weights stand in etl/reference/page_titles.csv.
"""

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from etl.parse.block_reading import BlockReading
from etl.parse.lines import ends_sentence
from etl.parse.page_line import Line, page_cue, read_line, without_bullet
from etl.parse.title import SENTENCE_END, can_be_title, title_key
from etl.tables import made_of_tables, read_table

NONE = "none"
MOST_HEAD_LINES = 60
LEAST_WORDS = 2
# "Northern quay closed" in "Northern quay closed - Lyre Post": a headline, a mark, a name.
LEAST_PART_CHARS = 12
CREDIT_REACH = 4
# A kicker has up to three words, a standfirst more than eighteen.
FEW_WORDS, MANY_WORDS = 3, 18
# Kicker, headline and standfirst stand close to each other; a kicker has up to three words.
RIVAL_LINES = 5
LEAST_TOPICAL_WORDS = 4
DIGITS = 6
# Kinds of page_cues.csv: words of other stories, accounts and pictures.
CUES = ("heading", "offer", "credit")


@dataclass(frozen=True)
class Keys:
    """What the lines of a page are compared by, and the same in the order of letters.

    In that order what begins with a key stands right behind it; of what ends with one the same
    holds where all are written backwards.
    """

    of_lines: Sequence[str]
    ordered: Sequence[str]
    backwards: Sequence[str]
    counts: Mapping[str, int]

    def begins_another(self, key: str) -> bool:
        """Whether a longer line begins with it."""
        return _begins_longer(self.ordered, key)

    def ends_another(self, key: str) -> bool:
        """Whether a longer line ends with it."""
        return _begins_longer(self.backwards, key[::-1])


def _begins_longer(ordered: Sequence[str], key: str) -> bool:
    behind = bisect_right(ordered, key)
    return behind < len(ordered) and ordered[behind].startswith(key)


@dataclass(frozen=True)
class Head:
    """The lines of a page above and in the article, which begins with line ``first``."""

    rows: Sequence[BlockReading]
    scores: Sequence[float]
    first: int
    vocabulary: frozenset[str]
    keys: Keys
    lines: Mapping[int, Line]

    @property
    def candidates(self) -> Sequence[int]:
        """The lines that may be the headline, from the top."""
        return tuple(self.lines)

    def text(self, index: int) -> str:
        """A line without its bullet or mark of Markdown."""
        return without_bullet(self.rows[index].text)

    def line(self, index: int) -> Line:
        """What is asked of it."""
        return self.lines[index]


def read_head(
    rows: Sequence[BlockReading], scores: Sequence[float], own: Sequence[bool], first: int
) -> Head:
    """What is asked of all candidates alike."""
    vocabulary: set[str] = set()
    for one, is_own in zip(rows, own, strict=True):
        if is_own and one.is_prose:
            vocabulary |= read_line(one.text).keys
    keys = _read_keys(rows)
    start, end = max(0, first - MOST_HEAD_LINES), min(first + 2, len(rows))
    lines = {at: read_line(rows[at].text) for at in range(start, end) if _may_be(rows[at])}
    return Head(rows, scores, first, frozenset(vocabulary), keys, lines)


def _read_keys(rows: Sequence[BlockReading]) -> Keys:
    keys = [title_key(without_bullet(one.text)) for one in rows]
    return Keys(keys, sorted(keys), sorted(key[::-1] for key in keys), Counter(keys))


def _may_be(one: BlockReading) -> bool:
    text = without_bullet(one.text)
    return can_be_title(text) and read_line(text).words >= LEAST_WORDS


def find_title(head: Head) -> int:
    """The index of the headline; -1 where none is likely enough."""
    by = weights()
    best, most = -1, by[NONE]
    for index in head.candidates:
        value = round(weigh(features(head, index), by), DIGITS)
        if value > most:
            best, most = index, value
    return best


@made_of_tables
def weights() -> dict[str, float]:
    rows = read_table("page_titles.csv").select("feature", "weight").iter_rows()
    return {feature: float(weight) for feature, weight in rows}


def weigh(found: Mapping[str, float], by: Mapping[str, float]) -> float:
    """The weighted sum of a line's features."""
    return sum(by[name] * value for name, value in found.items())


def features(head: Head, index: int) -> dict[str, float]:
    """What one line shows, in the order of the weights."""
    text = head.text(index)
    line = head.line(index)
    return {
        **_form(line, text, head.rows[index]),
        **_place(head, index),
        **_repetition(head, index),
        **_topic(head, line),
        **_rivals(head, index, line),
        "line_score": max(-8.0, min(8.0, head.scores[index])),
    }


def _form(line: Line, text: str, one: BlockReading) -> dict[str, float]:
    return {
        "log_words": math.log1p(line.words),
        "log_words_squared": math.log1p(line.words) ** 2,
        "few_words": float(line.words <= FEW_WORDS),
        "many_words": float(line.words > MANY_WORDS),
        "two_sentences": float(SENTENCE_END.search(text) is not None),
        "bullet": float(one.text != text),
        "stop": float(text.endswith((".", "।", "。")) and not text.endswith("..")),
        "asks": float(ends_sentence(text) and not text.endswith(".")),
        "dots": float(text.endswith(("…", "..."))),
        "small_first": float(text[:1].islower()),
        "all_capitals": float(text.isupper()),
        "digits": sum(map(str.isdigit, text)) / max(1, len(text)),
        "furniture": float(one.rule is not None),
        "credit": float(one.credit is not None),
        **{f"cue_{kind}": float(page_cue(kind).search(text) is not None) for kind in CUES},
    }


def _place(head: Head, index: int) -> dict[str, float]:
    gap = head.first - index
    between = [i for i in head.candidates if index < i < head.first]
    return {
        "gap": math.log1p(max(0, gap)),
        "in_body": float(gap <= 0),
        "candidates_between": math.log1p(len(between)),
        "credit_below": _nearness(head, index, 1),
        "credit_above": _nearness(head, index, -1),
        "last_lines": float(0 < gap <= 3),
    }


def _nearness(head: Head, index: int, step: int) -> float:
    """1 where byline or stamp stand on the next line, less further on, 0 beyond four lines."""
    for far in range(1, CREDIT_REACH + 1):
        at = index + step * far
        if 0 <= at < len(head.rows) and head.rows[at].credit is not None:
            return 1 / far
    return 0.0


def _repetition(head: Head, index: int) -> dict[str, float]:
    key = head.keys.of_lines[index]
    is_long = len(key) >= LEAST_PART_CHARS
    return {
        "repeated": float(head.keys.counts[key] > 1),
        "begins_another": float(is_long and head.keys.begins_another(key)),
        "ends_another": float(is_long and head.keys.ends_another(key)),
        "first_of_page": float(index == 0),
    }


def _topic(head: Head, line: Line) -> dict[str, float]:
    known = len(line.keys & head.vocabulary)
    return {"known": known / max(1, len(line.keys)), "log_known": math.log1p(known)}


def _rivals(head: Head, index: int, line: Line) -> dict[str, float]:
    """What stands near that speaks of the article too: a kicker above, a standfirst below."""
    near = [i for i in head.candidates if i != index and abs(i - index) <= RIVAL_LINES]
    above = [head.line(i) for i in near if i < index]
    below = [head.line(i) for i in near if index < i < head.first]
    return {
        "known_above": max((_known(head, one) for one in above), default=0.0),
        "known_below": max((_known(head, one) for one in below), default=0.0),
        "longer_above": float(any(_is_topical(head, o) and o.words > line.words for o in above)),
        "longer_below": float(any(_is_topical(head, o) and o.words > line.words for o in below)),
        "shorter_above": float(any(_is_topical(head, o) and o.words < line.words for o in above)),
    }


def _known(head: Head, line: Line) -> float:
    return math.log1p(len(line.keys & head.vocabulary))


def _is_topical(head: Head, line: Line) -> bool:
    """Whether half of a line's words stand in the article."""
    return line.words >= LEAST_TOPICAL_WORDS and 2 * len(line.keys & head.vocabulary) >= len(
        line.keys
    )
