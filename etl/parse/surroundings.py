"""The lines of a whole page sorted: what stands around the article, and its own head.

What belongs here: which lines around the article are its title, byline, stamp and trailer, and
putting all others away. What does not: which lines are the article's (etl/parse/whole_page.py), and
what is done with these (etl/parse/page.py).

A byline or stamp counts where the article's own stands: between headline and text, right above the
headline, or right below the text. Those of teasers are theirs.
"""

import re
from collections.abc import Callable

from etl.parse.block_reading import BlockReading
from etl.parse.draft import Draft
from etl.parse.head import repeats_title, take_title
from etl.parse.lines import Block, offset_behind
from etl.parse.page_credits import find_credits
from etl.parse.stamps import has_date
from etl.parse.title import same_title, shares_words
from etl.parse.title_model import Head, find_title, read_head
from etl.parse.whole_page import Layout

# The kind of what was cut, where no rule has a better word.
SURROUNDINGS = "surroundings"
# Within so many lines of the headline or the text a rule is asked for a better word.
NEAR_LINES = 8
# "Prices are a quarter of an hour old. © THE FINANCIAL TIMES LTD 2020.": near the text a picture's.
COPYRIGHT = re.compile(r"©.{0,100}$")


def sort_whole_page(
    draft: Draft, layout: Layout, sort_own: Callable[[Draft, BlockReading, bool], None]
) -> None:
    """Sort all lines of a page.

    ``sort_own`` takes the lines from the article's first to its last, each with whether it is its
    own.
    """
    head = read_head(layout.rows, layout.scores.values, layout.own, layout.first)
    title = _choose_title(draft, head)
    if title >= 0:
        take_title(
            draft, _without_bullet(draft, head, title), is_title=_is_title(draft, head, title)
        )
    found = find_credits(layout, title)
    draft.bylines += found.bylines.values()
    draft.stamps += found.stamps.values()
    credited = found.bylines.keys() | found.stamps.keys() | {title}
    for index, one in enumerate(layout.rows):
        if index in credited:
            continue
        if layout.own[index] or layout.first <= index <= layout.last:
            sort_own(draft, one, layout.own[index])
        else:
            _sort_around(draft, layout, index)


def _choose_title(draft: Draft, head: Head) -> int:
    """The line that is the headline: the given one where it stands, else the likeliest."""
    given = draft.title if draft.knows_title else None
    if given:
        same = [i for i in head.candidates if same_title(given, head.text(i))]
        if same:
            return same[-1]
    chosen = find_title(head)
    if chosen < 0 or chosen >= head.first or not draft.knows_title:
        return chosen
    is_told = draft.is_raw or shares_words(head.text(chosen), given or "")
    return chosen if given and is_told else -1


def _is_title(draft: Draft, head: Head, index: int) -> bool:
    return not draft.knows_title or same_title(draft.title or "", head.text(index))


def _without_bullet(draft: Draft, head: Head, index: int) -> BlockReading:
    one, text = head.rows[index], head.text(index)
    behind = offset_behind(draft.page, one.block.start, one.text[: len(one.text) - len(text)])
    return BlockReading(Block(text, behind, one.block.end)) if text != one.text else one


def _sort_around(draft: Draft, layout: Layout, index: int) -> None:
    """A line above or below the article."""
    one, is_above = layout.rows[index], index < layout.first
    is_near = layout.first - NEAR_LINES <= index <= layout.last + NEAR_LINES
    if repeats_title(draft, one.text):
        draft.cut("repeated title", one.block)
    elif _is_credit_of_page(one, is_top=index == 0) or (
        index > layout.last + NEAR_LINES and COPYRIGHT.search(one.text)
    ):
        draft.trailers.append(one.text)
        draft.stamps.extend([one.text] if is_near and is_above and has_date(one.text) else [])
    else:
        draft.cut(one.rule.kind if is_near and one.rule is not None else SURROUNDINGS, one.block)


def _is_credit_of_page(one: BlockReading, *, is_top: bool) -> bool:
    """Whether a line says whose the page is; at its top the site may name itself."""
    is_named = is_top and one.credit is not None and one.credit.is_agency
    return is_named or one.is_trailer or one.is_copyright
