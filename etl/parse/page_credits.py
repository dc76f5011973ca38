"""Byline and stamp of a whole page: which lines near the headline and the text say who and when.

What belongs here: choosing these lines. What does not: their shapes on a line of their own, which a
cleaned text has too (etl/parse/bylines.py, etl/parse/stamps.py), and putting the others away
(etl/parse/surroundings.py).

Near the headline more is believed than elsewhere: "Amy Li Political Correspondent", "Kolumne von
Anna Li - 28.04.2024 um 08:52 Uhr - 12 Ergänzungen". A name alone may be a tag; it is the author's
where it stands again on the page, beside a stamp or right below the headline.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from etl.parse.block_reading import BlockReading
from etl.parse.bylines import byline_within, is_bare_name, is_label
from etl.parse.page_line import without_bullet
from etl.parse.stamps import has_full_date
from etl.parse.whole_page import Layout

# A stamp or "By Ana Li" may stand six lines above the headline, above kicker and share bar; a name
# alone three lines, and an agency, as whose page it is stands further up; where no headline is
# known, eight lines above the text.
ABOVE_TITLE_LINES = 6
NAME_ABOVE_TITLE_LINES = 3
UNTITLED_LINES = 8
# Behind a standfirst that is the article's, within its first eight lines.
HEAD_LINES = 8
# Below the text signs who did not above.
BELOW_TEXT_LINES = 8
# A name stands right below the headline, or two lines from a stamp.
NAME_LINES = 3
STAMP_LINES = 2
# "28.04.2024 um 08:52 Uhr" with column, author and the number of comments has ten words.
MOST_CREDIT_WORDS = 16


@dataclass
class PageCredits:
    """Lines by their index: what each gives to byline and stamps."""

    bylines: dict[int, str] = field(default_factory=dict)
    stamps: dict[int, str] = field(default_factory=dict)


def find_credits(layout: Layout, title: int) -> PageCredits:
    """The byline and stamps of a page whose headline is line ``title`` (-1: none)."""
    found = PageCredits()
    above = list(_above(layout, title))
    near = [i for i in above if title < 0 or i >= title - NAME_ABOVE_TITLE_LINES]
    for index in above:
        one = layout.rows[index]
        if index in near or one.credit is None or not one.credit.is_agency:
            _read(found, one, index)
        _read_open_label(found, layout, index)
    found.bylines = _nearest(found.bylines, title)
    found.stamps = _nearest(found.stamps, title)
    if not found.bylines:
        _take_name(found, layout, title, near)
    below = range(layout.last + 1, min(len(layout.rows), layout.last + 1 + BELOW_TEXT_LINES))
    lacking = PageCredits()
    for index in below:
        _read(lacking, layout.rows[index], index)
    found.bylines = found.bylines or lacking.bylines
    found.stamps = found.stamps or lacking.stamps
    if not found.bylines:
        _take_name(found, layout, len(layout.rows), below)
    return found


def _nearest(found: dict[int, str], title: int) -> dict[int, str]:
    """What stands below the headline; only where nothing does, what stands above it."""
    return {index: text for index, text in found.items() if index > title} or found


def _above(layout: Layout, title: int) -> Iterator[int]:
    start = title - ABOVE_TITLE_LINES if title >= 0 else layout.first - UNTITLED_LINES
    end = min(layout.last, layout.first + HEAD_LINES)
    for index in range(max(0, start), end):
        if index != title and not layout.own[index]:
            yield index


def _read(found: PageCredits, one: BlockReading, index: int) -> None:
    credit = one.credit
    if credit is not None:
        if credit.byline:
            found.bylines[index] = credit.byline
        if credit.stamp:
            found.stamps[index] = credit.stamp
        return
    if one.rule is not None or one.block.word_count > MOST_CREDIT_WORDS or one.ends_sentence:
        return
    if has_full_date(one.text):
        found.stamps[index] = one.text
    if byline_within(one.text) is not None:
        found.bylines[index] = one.text


def _read_open_label(found: PageCredits, layout: Layout, index: int) -> None:
    """ "Comment by", and the name on the next line."""
    names = layout.rows[index + 1 : index + 2]
    if is_label(layout.rows[index].text) and names and is_bare_name(without_bullet(names[0].text)):
        found.bylines[index + 1] = names[0].text


def _take_name(found: PageCredits, layout: Layout, title: int, indexes: Iterable[int]) -> None:
    """The likeliest name among lines without a label, if there is one."""
    scores = {index: _name_score(found, layout, title, index) for index in indexes}
    best = max(scores, key=lambda index: (scores[index], -index), default=-1)
    if best >= 0 and scores[best] > 0:
        found.bylines[best] = without_bullet(layout.rows[best].text)


def _name_score(found: PageCredits, layout: Layout, title: int, index: int) -> int:
    one = layout.rows[index]
    name = without_bullet(one.text)
    if one.rule is not None or one.credit is not None or not is_bare_name(name):
        return 0
    again = sum(name in other.text for other in layout.rows[layout.first :]) - (
        index >= layout.first
    )
    is_dated = any(abs(at - index) <= STAMP_LINES for at in found.stamps)
    is_below = 0 < index - title <= NAME_LINES
    return 2 * (again > 0) + is_dated + is_below
