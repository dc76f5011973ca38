"""The head of a page: everything above the running text.

What belongs here: where the head ends, which of its lines is the headline, and what becomes
of the others. What does not: the body and what stands below it (etl/parse/page.py).
"""

from collections.abc import Sequence

from etl.parse.bylines import is_bare_name
from etl.parse.draft import Draft
from etl.parse.script import is_foreign, main_script
from etl.parse.sighting import Sighting
from etl.parse.stamps import has_date
from etl.parse.title import can_be_title, same_title

MOST_HEAD_BLOCKS = 60
LEAST_TITLE_WORDS = 3
MENU_KINDS = ("navigation", "section", "share", "counter")
# A headline may ask or quote, and then looks like a sentence.
MOST_ASKING_WORDS = 20


def find_head_end(seen: Sequence[Sighting]) -> int:
    """The index of the first block of running text, or with a sure dateline."""
    for index, one in enumerate(seen[:MOST_HEAD_BLOCKS]):
        if _opens_body(one, is_last=index == len(seen) - 1):
            return index
    return min(len(seen), MOST_HEAD_BLOCKS)


def _opens_body(one: Sighting, *, is_last: bool) -> bool:
    if one.dateline is not None and one.dateline.is_sure:
        return True
    if not one.is_prose or one.is_trailer or one.rule is not None or one.credit is not None:
        return False
    # "Will the ferries of Suva ever run on time again, or is it too late?" is a headline.
    asks = one.text[-1] in "?!’'\"”…" and can_be_title(one.text)
    return is_last or not asks or one.block.word_count > MOST_ASKING_WORDS


def sort_head(draft: Draft, seen: Sequence[Sighting], head_end: int) -> None:
    head = seen[:head_end]
    script = main_script(" ".join(one.text for one in seen))
    title = _title_index(draft, head, script, has_body=head_end < len(seen))
    for index, one in enumerate(head):
        if index == title:
            draft.title = draft.title or one.text
        elif draft.title and same_title(draft.title, one.text):
            draft.cut("repeated title", one.block)
        elif index > title and draft.title and _continues_byline(one, head[index - 1], draft):
            draft.bylines.append(one.text)
        else:
            is_menu = index < title or _is_in_menu(head, index)
            _sort_head_block(draft, one, is_menu=is_menu, script=script)


def _continues_byline(one: Sighting, before: Sighting, draft: Draft) -> bool:
    """A bare name below the headline, or an outlet below "By Ana Li"."""
    follows = before.credit is not None and before.credit.byline is not None
    return _is_plain(one) and is_bare_name(one.text) and (follows or not draft.bylines)


def _is_plain(one: Sighting) -> bool:
    return one.credit is None and one.rule is None and not one.is_trailer


def _title_index(draft: Draft, head: Sequence[Sighting], script: str, *, has_body: bool) -> int:
    """The index of the headline among the blocks of the head; -1 if there is none."""
    candidates = [index for index, one in enumerate(head) if _is_candidate(one, script)]
    if draft.title is not None:
        return next((i for i in candidates if same_title(draft.title, head[i].text)), -1)
    if len(head) == 1 and not has_body and head[0].ends_sentence:
        return -1
    for index in candidates:
        if any(same_title(head[index].text, head[i].text) for i in candidates if i > index):
            return index
    candidates = [i for i in candidates if not _is_in_menu(head, i)]
    long = [i for i in candidates if head[i].block.word_count >= LEAST_TITLE_WORDS]
    return (long or candidates or _weak_candidates(head, has_body=has_body) or [-1])[0]


def _is_candidate(one: Sighting, script: str) -> bool:
    return _is_plain(one) and can_be_title(one.text) and not is_foreign(one.text, script)


def _is_in_menu(head: Sequence[Sighting], index: int) -> bool:
    """ "Submit a Tip" between "Watch Live" and "x" is one more item of the menu."""
    around = [*head[max(0, index - 1) : index], *head[index + 1 : index + 2]]
    return (
        len(around) == 2
        and head[index].block.word_count <= LEAST_TITLE_WORDS
        and all(one.rule is not None and one.rule.kind in MENU_KINDS for one in around)
    )


def _weak_candidates(head: Sequence[Sighting], *, has_body: bool) -> list[int]:
    """The first line of all, if a rule only guesses: "Lyre Brief 1/2/2026", "AP Names Editor"."""
    if not head or not can_be_title(head[0].text):
        return []
    one = head[0]
    is_guess = one.credit is not None and one.credit.is_guess
    may_be_caption = has_body and one.rule is not None and one.rule.kind == "caption"
    return [0] if is_guess or may_be_caption else []


def _sort_head_block(draft: Draft, one: Sighting, *, is_menu: bool, script: str) -> None:
    if one.credit is not None:
        draft.credit(one)
    elif one.rule is not None:
        draft.cut(one.rule.kind, one.block)
    elif one.is_trailer:
        draft.trailers.append(one.text)
        # "Source: Xinhua| 2021-08-12 09:30:11|Editor: huaxia" is a stamp as well.
        draft.stamps.extend([one.text] if has_date(one.text) else [])
    elif is_foreign(one.text, script):
        draft.cut("navigation", one.block)
    elif is_menu:
        draft.cut("section", one.block)
    else:
        draft.body.append(one.block)
