"""The head of a page: everything above the running text.

What belongs here: where the head ends, which of its lines is the headline, and what becomes
of the others. What does not: the body and what stands below it (etl/parse/page.py).
"""

from collections.abc import Sequence

from etl.parse.block_reading import BlockReading
from etl.parse.bylines import is_bare_name
from etl.parse.captions import may_credit_picture
from etl.parse.draft import Draft
from etl.parse.entries import says_it_is_live
from etl.parse.lines import ends_sentence, opens_list
from etl.parse.script import is_foreign
from etl.parse.stamps import has_date
from etl.parse.title import SENTENCE_END, can_be_title, plain_title, same_title, shares_words

MOST_HEAD_BLOCKS = 60
# "Quay closed early" goes before any shorter line of the head; "Quay closed" is one only where no
# line has three words.
LEAST_TITLE_WORDS = 3
# "Ports and ships" may stand above a headline of five words or more.
MOST_KICKER_WORDS = 3
LEAST_TOLD_WORDS = 5
MENU_KINDS = ("navigation", "section", "share", "counter")
# A headline may ask or quote, and then looks like a sentence; one of 21 words opens the text.
MOST_ASKING_WORDS = 20


def find_head_end(seen: Sequence[BlockReading]) -> int:
    """The index of the first block of running text, or with a sure dateline."""
    for index, one in enumerate(seen):
        if _opens_body(one, is_last=index == len(seen) - 1):
            return index
    return len(seen)


def _opens_body(one: BlockReading, *, is_last: bool) -> bool:
    if one.dateline is not None and one.dateline.is_sure:
        return True
    if not (one.is_prose or opens_list(one.text)):
        return False
    if one.is_trailer or one.rule is not None or one.credit is not None:
        return False
    # "Will the ferries of Suva ever run on time again, or is it too late?" is a headline.
    asks = one.text[-1] in "?!’'\"”…" and can_be_title(one.text)
    return is_last or not asks or one.block.word_count > MOST_ASKING_WORDS


def sort_head(draft: Draft, head_end: int) -> None:
    """Sort the blocks above ``head_end``."""
    head = draft.seen[:head_end]
    title = _title_index(draft, head)
    top = title if title >= 0 else _headline_index(draft, head)
    for index, one in enumerate(head):
        if index == top:
            take_title(draft, one, is_title=title >= 0)
        elif repeats_title(draft, one.text):
            draft.cut("repeated title", one.block)
        elif index == 0 < top and one.credit is not None and one.credit.is_agency:
            draft.trailers.append(one.text)  # the site names itself
        elif index > top >= 0 and _continues_byline(one, head[index - 1], draft):
            draft.bylines.append(one.text)
        else:
            sort_head_block(draft, one, is_menu=index < top or _is_in_menu(head, index))


def repeats_title(draft: Draft, text: str) -> bool:
    """Whether a line is the title again, or the headline in whose place it was given."""
    return any(title and same_title(title, text) for title in (draft.title, draft.headline))


def take_title(draft: Draft, one: BlockReading, *, is_title: bool) -> None:
    """The headline of the page; a given title beats it."""
    if not draft.knows_title:
        draft.title = plain_title(one.text)
    elif is_title:
        draft.cut("repeated title", one.block)
    else:
        draft.headline = one.text
        draft.cut("headline", one.block)


def _title_index(draft: Draft, head: Sequence[BlockReading]) -> int:
    """The index of the headline among the blocks of the head; -1 if there is none."""
    if not draft.knows_title:
        return _best_title(draft, head)
    title = draft.title or ""
    candidates = _candidates(head, draft.script) if title else []
    return next((i for i in candidates if same_title(title, head[i].text)), -1)


def _best_title(draft: Draft, head: Sequence[BlockReading]) -> int:
    has_body = len(head) < len(draft.seen)
    candidates = _candidates(head, draft.script)
    if len(head) == 1 and not has_body and head[0].ends_sentence:
        return -1
    for index in candidates:
        if any(same_title(head[index].text, head[i].text) for i in candidates if i > index):
            return index
    candidates = [i for i in candidates if not _is_in_menu(head, i)]
    long = [i for i in candidates if head[i].block.word_count >= LEAST_TITLE_WORDS]
    long = _without_kickers(head, long) or long
    return (long or candidates or _weak_candidates(head, has_body=has_body) or [-1])[0]


def _without_kickers(head: Sequence[BlockReading], long: Sequence[int]) -> list[int]:
    """The lines from the headline on, where short ones stand above it: "Ports and ships".

    A longer line below them, above the byline or stamp, is the headline unless it is a sentence, as
    a standfirst is.
    """
    told = next((i for i, one in enumerate(head) if one.credit is not None), 0)
    above = [i for i in long if i < told]
    if not above or head[above[0]].block.word_count > MOST_KICKER_WORDS:
        return []
    first = next((i for i in above if head[i].block.word_count >= LEAST_TOLD_WORDS), -1)
    return [i for i in long if i >= first >= 0 and not head[first].ends_sentence]


def _headline_index(draft: Draft, head: Sequence[BlockReading]) -> int:
    """The index of the page's own headline where another title was given; -1 if none is sure.

    Only the crawler's header, a byline, stamp or dateline below it, its repetition or the
    words of the given title tell a headline from a first paragraph without a full stop. In the
    body of a live page the first such line heads an entry.
    """
    if not draft.is_raw and says_it_is_live(draft.title or ""):
        return -1
    index = _best_title(draft, head) if draft.title and draft.knows_title else -1
    if index < 0 or not _may_be_headline(head[index]):
        return -1
    text, below = head[index].text, draft.seen[index + 1 : len(head) + 1]
    is_shown = (
        draft.is_raw
        or any(one.credit is not None or _is_dated(one) for one in below)
        or any(same_title(text, one.text) for one in below[:MOST_HEAD_BLOCKS])
        or shares_words(text, draft.title or "")
    )
    return index if is_shown and _has_text(below) else -1


def _may_be_headline(one: BlockReading) -> bool:
    """Three words or more, and neither a sentence nor two."""
    return (
        one.block.word_count >= LEAST_TITLE_WORDS
        and not ends_sentence(one.text.rstrip("?!"))
        and SENTENCE_END.search(one.text) is None
    )


def _is_dated(one: BlockReading) -> bool:
    return one.dateline is not None and one.dateline.is_sure


def _has_text(below: Sequence[BlockReading]) -> bool:
    return any(one.is_prose or one.ends_sentence or _is_dated(one) for one in below)


def _continues_byline(one: BlockReading, before: BlockReading, draft: Draft) -> bool:
    """A bare name below the headline, or an outlet below "By Ana Li"."""
    follows = before.credit is not None and before.credit.byline is not None
    return _is_plain(one) and is_bare_name(one.text) and (follows or not draft.bylines)


def _is_plain(one: BlockReading) -> bool:
    return one.credit is None and one.rule is None and not one.is_trailer


def _candidates(head: Sequence[BlockReading], script: str) -> list[int]:
    first = head[:MOST_HEAD_BLOCKS]
    return [index for index, one in enumerate(first) if _is_candidate(one, script)]


def _is_candidate(one: BlockReading, script: str) -> bool:
    return _is_plain(one) and can_be_title(one.text) and not is_foreign(one.text, script)


def _is_in_menu(head: Sequence[BlockReading], index: int) -> bool:
    """ "Submit a Tip" between "Watch Live" and "x" is one more item of the menu."""
    around = [*head[max(0, index - 1) : index], *head[index + 1 : index + 2]]
    return (
        len(around) == 2
        and head[index].block.word_count <= LEAST_TITLE_WORDS
        and all(one.rule is not None and one.rule.kind in MENU_KINDS for one in around)
    )


def _weak_candidates(head: Sequence[BlockReading], *, has_body: bool) -> list[int]:
    """The first line of all, if a rule only guesses: "Lyre Brief 1/2/2026", "AP Names Editor"."""
    if not head or not can_be_title(head[0].text):
        return []
    one = head[0]
    is_guess = one.credit is not None and one.credit.is_guess
    may_be_caption = has_body and one.rule is not None and one.rule.kind == "caption"
    return [0] if is_guess or may_be_caption else []


def sort_head_block(draft: Draft, one: BlockReading, *, is_menu: bool) -> None:
    """Put a line of the head where it belongs that is no headline."""
    if one.credit is not None:
        draft.credit(one)
    elif may_credit_picture(one.text):
        draft.cut("caption", one.block)
    elif one.is_trailer:
        draft.trailers.append(one.text)
        # "Source: Xinhua| 2021-08-12 09:30:11|Editor: huaxia" is a stamp as well.
        draft.stamps.extend([one.text] if has_date(one.text) else [])
    elif one.rule is not None and one.rule.kind == "copyright":
        draft.trailers.append(one.text)
    elif one.rule is not None:
        draft.cut(one.rule.kind, one.block)
    elif is_foreign(one.text, draft.script):
        draft.cut("navigation", one.block)
    elif is_menu:
        draft.cut("section", one.block)
    else:
        draft.body.append(one)
