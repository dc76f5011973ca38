"""The score of the pages of tests/pages: what is right on each, and figures by group.

What belongs here: comparing what the stages made of a page with its labels, and adding that
up. What does not: the pages' form (page_files.py), running the stages (page_stages.py), and
the figures of before (page_floors.py).

The parts of a page are compared by letters and digits. The body is compared by shingles of
three words (of scripts without spaces: three characters), each counted as often as it stands.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from bench.page_files import BODY, BYLINE, DATELINE, EITHER, PUBLISHED, Page
from bench.page_stages import Reading

SHINGLE_WORDS = 3
DIGITS = 4
# Thai, Lao, Burmese, Khmer, kana and Han have no spaces between words: each character is one.
SPACELESS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")

Figures = dict[str, dict[str, float]]
"""By group of pages: every figure by name, each in [0, 1]."""


@dataclass(frozen=True)
class Overlap:
    """How many things were found, were wanted, and were both."""

    found: int
    wanted: int
    both: int

    @property
    def precision(self) -> float:
        """1 where nothing was found."""
        return self.both / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """1 where nothing was wanted."""
        return self.both / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.both / max(1, self.found + self.wanted)


@dataclass(frozen=True)
class Result:
    """One page: which fields are right, the overlap of its body's shingles, its countries.

    What cannot be asked of a page is left out: the parts of what is no article, the day of
    what has none. ``focus``: the label's countries in focus; ``countries``: all of the label,
    and all that were found. ``faults`` names what is wrong, a word or two each, the body apart.
    """

    page: Page
    right: Mapping[str, bool]
    body: Overlap | None = None
    focus: Overlap | None = None
    countries: Overlap | None = None
    faults: tuple[str, ...] = ()


# -- one page ---------------------------------------------------------------------------------


def score_page(page: Page, reading: Reading) -> Result:
    """Compare what the stages made of a page with its labels.

    A page may be quarantined by a rule that its labels allow beside publication ("published
    undecodable"): then nothing more is asked of it.
    """
    outcome = reading.rule or PUBLISHED
    right = {"outcome": outcome in page.labels.outcome}
    is_let_go = page.should_be_published and right["outcome"] and outcome != PUBLISHED
    if is_let_go or page.part(BODY) is None:
        return _with_faults(Result(page, right))
    body = compare_bodies(page, reading.body or "")
    right |= _parts(page, reading)
    if not page.should_be_published:
        return _with_faults(Result(page, right, body))
    return _with_countries(Result(page, right | _facts(page, reading), body), reading)


def _parts(page: Page, reading: Reading) -> dict[str, bool]:
    pairs = {
        "title": (page.title, reading.title),
        "byline": (page.part(BYLINE), reading.byline),
        "dateline": (page.part(DATELINE), reading.dateline),
        "dateline_place": (page.labels.place, reading.dateline_place),
        "language_code": (page.labels.language, reading.language_code),
    }
    return {
        name: letters(label) == letters(found)
        for name, (label, found) in pairs.items()
        if name not in page.labels.open
    }


def _facts(page: Page, reading: Reading) -> dict[str, bool]:
    labels = page.labels
    return {
        "published_on": str(reading.published_on) == labels.published_on,
        "date_precision": reading.date_precision == labels.precision,
        "date_origin": reading.date_origin == labels.origin,
        "date_conflict": reading.date_conflict is (labels.conflict == "yes"),
        "source_id": reading.source_id == labels.source,
    }


def _with_countries(result: Result, reading: Reading) -> Result:
    labels = result.page.labels
    focus, may = set(labels.focus), set(labels.may)
    wanted, found = focus | set(labels.named), reading.countries - may
    in_focus = reading.focus - may
    return _with_faults(
        replace(
            result,
            focus=Overlap(len(in_focus), len(focus), len(focus & in_focus)),
            countries=Overlap(len(found), len(wanted), len(wanted & found)),
        ),
        *(f"missed {code}" for code in sorted(wanted - found)),
        *(f"unfocused {code}" for code in sorted((focus & found) - in_focus)),
        *(f"false {code}" for code in sorted(found - wanted)),
    )


def _with_faults(result: Result, *more: str) -> Result:
    wrong = (name for name, is_right in result.right.items() if not is_right)
    return replace(result, faults=(*wrong, *more))


def letters(text: str | None) -> str:
    """Letters, marks and digits alone, so that quotes, dashes and spaces don't count."""
    plain = unicodedata.normalize("NFKC", text or "").casefold()
    return "".join(c for c in plain if unicodedata.category(c)[0] in "LMN")


def words(text: str) -> list[str]:
    """Words as bodies are compared by."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    spaced = SPACELESS.sub(lambda found: f" {found[0]} ", plain)
    kept = ((c, unicodedata.category(c)) for c in spaced)
    # Soft hyphens and joiners part no words.
    shown = (c if kind[0] in "LMN" else " " for c, kind in kept if kind != "Cf")
    return "".join(shown).split()


def compare_bodies(page: Page, found: str) -> Overlap:
    """The shingles of a found body and of the marked one; what counts neither way is left out."""
    lines = [" ".join(words(line)) for line in found.split("\n")]
    for text in (" ".join(words(line)) for line in page.lines(EITHER)):
        lines = _without(lines, text)
    mine, wanted = _shingles(" ".join(lines).split()), _shingles(words(page.body))
    return Overlap(mine.total(), wanted.total(), (mine & wanted).total())


def _without(lines: list[str], text: str) -> list[str]:
    """Without a line, or without the words within one; "II." is cut as a line only."""
    if text in lines:
        at = lines.index(text)
        return [*lines[:at], *lines[at + 1 :]]
    if len(text.split()) < SHINGLE_WORDS:
        return lines
    return "\n".join(lines).replace(text, "", 1).split("\n")


def _shingles(found: list[str]) -> Counter[tuple[str, ...]]:
    length = min(SHINGLE_WORDS, max(1, len(found)))
    return Counter(tuple(found[i : i + length]) for i in range(len(found) - length + 1))


# -- all pages --------------------------------------------------------------------------------

GROUPS: dict[str, Callable[[Page], bool]] = {
    "all": lambda page: True,
    "clean text": lambda page: page.group == "clean",
    "whole page": lambda page: page.group == "whole",
    "no article": lambda page: page.group == "none",
    "English": lambda page: page.is_english and page.group != "none",
    "other languages": lambda page: not page.is_english and page.group != "none",
}


def score_pages(pages: Iterable[Page], readings: Mapping[str, Reading]) -> list[Result]:
    """The result of each page, in the same order."""
    return [score_page(page, readings[page.name]) for page in pages]


def figures(results: Iterable[Result]) -> Figures:
    """Every figure of every group; a group that cannot be asked for one lacks it.

    Each page weighs alike, but for countries, which are counted over all pages. Precision of
    the body: over pages that have one.
    """
    kept = list(results)
    return {
        name: {
            figure: round(value, DIGITS)
            for figure, value in _group_figures([r for r in kept if is_in(r.page)]).items()
        }
        for name, is_in in GROUPS.items()
    }


def _group_figures(results: list[Result]) -> dict[str, float]:
    names = dict.fromkeys(name for r in results for name in r.right)
    shares = {name: _mean(r.right[name] for r in results if name in r.right) for name in names}
    bodies = [r.body for r in results if r.body is not None]
    if not bodies:
        return shares
    focus = _sum(r.focus for r in results)
    countries = _sum(r.countries for r in results)
    return shares | {
        "body precision": _mean(b.precision for b in bodies if b.found),
        "body recall": _mean(b.recall for b in bodies),
        "body f1": _mean(b.f1 for b in bodies),
        "focus recall": focus.recall,
        "country recall": countries.recall,
        "country precision": countries.precision,
    }


def _mean(values: Iterable[float]) -> float:
    kept = list(values)
    return sum(kept) / max(1, len(kept))


def _sum(overlaps: Iterable[Overlap | None]) -> Overlap:
    kept = [o for o in overlaps if o is not None]
    return Overlap(
        sum(o.found for o in kept), sum(o.wanted for o in kept), sum(o.both for o in kept)
    )
