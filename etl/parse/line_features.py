"""What tells a line of an article from one of a menu: the features of a page's lines.

What belongs here: measuring lines, their neighbours and what runs before and behind them. What
does not: the weights (etl/parse/line_model.py) and what follows from a score
(etl/parse/whole_page.py). No feature asks for a word of one language alone: what words there are
come from etl/lexicon/page_cues.csv, in many.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from etl.lexicon import pattern, words
from etl.parse.furniture import bare
from etl.parse.lines import LONG_PROSE_WORDS, SENTENCE_ENDS, kept_of_lines
from etl.parse.page_line import Line, page_cue, read_line
from etl.parse.stamps import DIGIT
from etl.tables import made_of_tables

Floats = npt.NDArray[np.float64]

INNER_MARKS = re.compile(r"[,;:،、，；：]")
STOPS = re.compile(rf"[{re.escape(SENTENCE_ENDS)}](?=[\s\"'”’»)\]]|$)|[。！？]")
# One of these stands in every picture credit.
CREDIT_MARKS = re.compile("[©:：/()（）]")
LINK_MARKS = re.compile(r"[|»›>→/]")
QUOTES = re.compile('["“”„«»「]')
# "10:45", "2021", "3/5", "05.03.": what stands in stamps, and seldom in so short a line of text.
DATED = re.compile(
    r"(?<!\d)(?:[01]?\d|2[0-3])[:h.][0-5]\d(?!\d)|(?:19|20)\d\d(?!\d)|\d[./-]\d{1,2}[./-]\d"
    r"|[年년]|\d\s(?:min|hour|day|week|month|year)"
)
# What a line may add to the prose around it: a paragraph, not a book on one line.
MOST_LINE_WORDS = 60
# Words of ten or more are worth knowing again elsewhere on the page.
LEAST_VOCABULARY_WORDS = 10
SHORT_WORDS = 4
TITLE_CASE_SHARE = 0.6
MOST_DATED_WORDS = 12
MOST_HEADING_WORDS = 8
# Behind four lines that are no prose another run begins.
RUN_GAP = 3
NEAR = (2, 5, 12)
OFFSETS = (-3, -2, -1, 1, 2, 3)


@dataclass(frozen=True)
class Surroundings:
    """What the lines of a page have in common: how often a line stands there, and in how many
    lines of prose a word does.
    """

    counts: Counter[str]
    vocabulary: Counter[str]


@dataclass(frozen=True)
class Measure:
    """A feature of a line by itself; ``is_asked_near``: of the lines around it, too."""

    description: str
    get: Callable[[Line], float]
    is_asked_near: bool = False


@dataclass(frozen=True)
class Comparison:
    """A feature of a line beside the others of its page, asked of the lines around it, too."""

    description: str
    get: Callable[[Line, Surroundings], float]


def look_around(lines: Sequence[Line]) -> Surroundings:
    """Count lines, and the words of those that are prose."""
    vocabulary: Counter[str] = Counter()
    for line in lines:
        if line.prose_words >= LEAST_VOCABULARY_WORDS:
            vocabulary.update(line.keys)
    return Surroundings(Counter(line.text for line in lines), vocabulary)


def _known_share(line: Line, page: Surroundings) -> float:
    """The share of a line's words that other lines of prose have too."""
    least = 1 if line.prose_words >= LEAST_VOCABULARY_WORDS else 0
    known = sum(page.vocabulary[key] > least for key in line.keys)
    return known / max(1, len(line.keys))


def _count_digits(text: str) -> int:
    has_none = text.isascii() and DIGIT.search(text) is None
    return 0 if has_none else sum(map(str.isdigit, text))


def _capped(count: int, most: int) -> float:
    return min(most, count) / float(most)


def _has_cue(kind: str) -> Callable[[Line], float]:
    return lambda line: float(page_cue(kind).search(line.text) is not None)


@made_of_tables
def _picture_credit() -> re.Pattern[str]:
    known = pattern(words("page_cues", "credit"))
    return re.compile(
        rf"(?i)©|(?<![^\W\d_]){known}[\w ]{{0,12}}[:：/)）]|[(/（]\s?{known}(?![^\W\d_])"
    )


def _has_picture_credit(text: str) -> bool:
    return CREDIT_MARKS.search(text) is not None and _picture_credit().search(text) is not None


@made_of_tables
def _phrases() -> frozenset[str]:
    return words("furniture") | words("sections")


LENGTH: dict[str, Measure] = {
    "log_words": Measure("log(1 + words)", lambda line: math.log1p(line.words), is_asked_near=True),
    "log_words_squared": Measure("its square", lambda line: math.pow(math.log1p(line.words), 2)),
    "short": Measure(
        "four words or fewer",
        lambda line: float(line.words <= SHORT_WORDS),
        is_asked_near=True,
    ),
    "one_word": Measure("one word", lambda line: float(line.words == 1)),
    "long": Measure(
        "25 words or more",
        lambda line: float(line.words >= LONG_PROSE_WORDS),
        is_asked_near=True,
    ),
    "ends": Measure("ends as a sentence", lambda line: float(line.ends), is_asked_near=True),
    "stops": Measure("sentences, up to three", lambda line: _capped(_count(STOPS, line), 3)),
    "inner": Measure(
        "commas and colons, up to six", lambda line: _capped(_count(INNER_MARKS, line), 6)
    ),
}
SETTING: dict[str, Measure] = {
    "capitals": Measure(
        "share of words with a capital", lambda line: line.capitals, is_asked_near=True
    ),
    "all_capitals": Measure("all in capitals", lambda line: float(line.text.isupper())),
    "title_case": Measure(
        "most words with a capital, three or more",
        lambda line: float(line.capitals > TITLE_CASE_SHARE and line.words >= 3),
    ),
    "small_first": Measure("begins small", lambda line: float(line.text[:1].islower())),
    "digits": Measure(
        "three times the share of digits, up to 1",
        lambda line: min(1.0, 3 * _count_digits(line.text) / max(1, len(line.text))),
        is_asked_near=True,
    ),
    "bullet": Measure(
        "begins with a bullet", lambda line: float(line.has_bullet), is_asked_near=True
    ),
    "link_marks": Measure(
        "bars and arrows, up to three", lambda line: _capped(_count(LINK_MARKS, line), 3)
    ),
    "colon": Measure(
        "ends in a colon",
        lambda line: float(line.text.endswith((":", "："))),
        is_asked_near=True,
    ),
}
CONTENT: dict[str, Measure] = {
    "ellipsis": Measure("is cut off by dots", lambda line: float(line.text.endswith(("...", "…")))),
    "quote": Measure("has quotation marks", lambda line: float(bool(QUOTES.search(line.text)))),
    "question": Measure("asks", lambda line: float("?" in line.text)),
    "phrase": Measure(
        "a phrase of furniture.csv or sections.csv",
        lambda line: float(bare(line.text) in _phrases()),
        is_asked_near=True,
    ),
    "dated": Measure(
        "up to twelve words with a date or clock",
        lambda line: float(line.words <= MOST_DATED_WORDS and DATED.search(line.text) is not None),
        is_asked_near=True,
    ),
    "heading": Measure(
        "up to eight words with one that heads other stories or comments",
        lambda line: float(
            line.words <= MOST_HEADING_WORDS and page_cue("heading").search(line.text) is not None
        ),
        is_asked_near=True,
    ),
    "offer": Measure(
        "a word of consent, account or contact", _has_cue("offer"), is_asked_near=True
    ),
    "credit": Measure(
        "a word of picture credits beside a colon, slash or bracket",
        lambda line: float(_has_picture_credit(line.text)),
        is_asked_near=True,
    ),
}
OWN: dict[str, Measure] = {**LENGTH, **SETTING, **CONTENT}
"""What a line shows by itself: by name, what it is and how it is measured."""
COMPARED: dict[str, Comparison] = {
    "repeated": Comparison(
        "stands more than once", lambda line, page: float(page.counts[line.text] > 1)
    ),
    "known": Comparison("share of its words in the page's prose", _known_share),
}
"""What a line shows beside the others."""


def _count(marks: re.Pattern[str], line: Line) -> int:
    return len(marks.findall(line.text))


def measure(texts: Sequence[str]) -> dict[str, Floats]:
    """Every feature of every line of a page, a column a feature.

    The lines are those of the page in their order, single-spaced, none of them empty.
    """
    lines = [read_line(text) for text in texts]
    page = look_around(lines)
    measured = np.array([_measure_line(text) for text in texts], dtype=np.float64)
    own = dict(zip(OWN, measured.T.copy(), strict=True))
    compared = {
        name: np.array([one.get(line, page) for line in lines], dtype=np.float64)
        for name, one in COMPARED.items()
    }
    prose = np.array([min(line.prose_words, MOST_LINE_WORDS) for line in lines], dtype=np.float64)
    total = np.array([min(line.words, MOST_LINE_WORDS) for line in lines], dtype=np.float64)
    asked = {name: own[name] for name, one in OWN.items() if one.is_asked_near} | compared
    around = {
        f"{name}{offset:+d}": shifted(values, offset)
        for offset in OFFSETS
        for name, values in asked.items()
    }
    edges = {f"edge{offset:+d}": 1 - shifted(np.ones(len(lines)), offset) for offset in OFFSETS}
    return {
        **own,
        **compared,
        **_windows(prose, total, own["dated"], own["heading"]),
        **_place(prose),
        **_runs(prose),
        **around,
        **edges,
    }


@kept_of_lines
def _measure_line(text: str) -> tuple[float, ...]:
    line = read_line(text)
    return tuple(one.get(line) for one in OWN.values())


def shifted(values: Floats, offset: int) -> Floats:
    """What the line ``offset`` further down has; 0 beyond the page."""
    moved = np.zeros_like(values)
    if abs(offset) >= len(values):
        return moved
    if offset > 0:
        moved[:-offset] = values[offset:]
    else:
        moved[-offset:] = values[:offset]
    return moved


def reach(count: int, width: int) -> tuple[npt.NDArray[np.int_], npt.NDArray[np.int_]]:
    """Of each line the first line within ``width`` of it, and the one behind the last."""
    at = np.arange(count)
    return np.maximum(0, at - width), np.minimum(count, at + width + 1)


def summed(values: Floats) -> Floats:
    """Running sums, 0 first."""
    return np.concatenate([[0.0], np.cumsum(values)])


def _windows(prose: Floats, total: Floats, dated: Floats, heading: Floats) -> dict[str, Floats]:
    """How dense prose, dates and headings are within 2, 5 and 12 lines."""
    count, at = len(prose), np.arange(len(prose))
    words_to, all_to, dates_to, heads_to = map(summed, (prose, total, dated, heading))
    found: dict[str, Floats] = {}
    for width in NEAR:
        low, high = reach(count, width)
        inside = words_to[high] - words_to[low]
        before = np.log1p((words_to[at] - words_to[low]) / width)
        after = np.log1p((words_to[high] - words_to[at + 1]) / width)
        found |= {
            f"prose_share_{width}": inside / np.maximum(1, all_to[high] - all_to[low]),
            f"prose_per_line_{width}": np.log1p(inside / (high - low)),
            f"prose_before_{width}": before,
            f"prose_after_{width}": after,
            f"prose_both_{width}": np.minimum(before, after),
            f"dated_{width}": (dates_to[high] - dates_to[low]) / (high - low),
            f"heading_before_{width}": (heads_to[at] - heads_to[low]) / width,
            f"heading_after_{width}": (heads_to[high] - heads_to[at + 1]) / width,
        }
    return found


def _place(prose: Floats) -> dict[str, Floats]:
    """Where a line stands among the lines, and how much of the prose is above and below it."""
    sums = summed(prose)
    whole = max(1.0, float(sums[-1]))
    done, left = sums[:-1] / whole, 1 - sums[1:] / whole
    return {
        "done": done,
        "left": left,
        "inside": np.minimum(done, left),
        "none_before": (done < 0.02).astype(np.float64),
        "none_after": (left < 0.02).astype(np.float64),
        "position": np.arange(len(prose)) / max(1, len(prose) - 1),
    }


def _runs(prose: Floats) -> dict[str, Floats]:
    """The run of prose that a line stands in, beside the page's longest."""
    numbers = np.zeros(len(prose), dtype=np.int_)
    run, gap = 0, 0
    for index, found in enumerate(prose):
        gap = 0 if found else gap + 1
        run += gap == RUN_GAP + 1
        numbers[index] = run
    lengths = np.bincount(numbers, weights=prose, minlength=run + 1)
    best = int(lengths.argmax())
    return {
        "run_share": lengths[numbers] / max(1.0, float(lengths[best])),
        "run_words": np.log1p(lengths[numbers]),
        "run_best": (numbers == best).astype(np.float64),
        "above_best": (numbers < best).astype(np.float64),
        "below_best": (numbers > best).astype(np.float64),
    }
