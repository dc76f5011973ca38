"""One page taken apart: which block is title, byline, stamp, dateline, body, trailer.

What belongs here: where on the page a rule applies and what follows from it. What does not:
the shapes themselves (furniture, stamps, dateline, title, trailer), and whether the result
is an article (etl/parse/verdict.py).

The *head* of a page ends where the first running text or sure dateline stands; there a short
line may be title, byline or section. Behind it, whatever no rule takes is body: in doubt a
line is kept. The body is looked at again until nothing more is found, so that parsing it
once more changes nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from etl.parse.block_reading import BlockReading
from etl.parse.captions import may_credit_picture
from etl.parse.dateline import Dateline, find_dateline
from etl.parse.draft import Cut, Draft
from etl.parse.edges import take_endings, take_openings
from etl.parse.entries import Entries, find_entries
from etl.parse.furniture import Rule
from etl.parse.head import find_head_end, repeats_title, sort_head, sort_head_block
from etl.parse.header import split_header
from etl.parse.lines import Block, count_words, offset_behind, skip_unseen, split_blocks
from etl.parse.stamps import says_it_is_a_stamp
from etl.parse.surroundings import SURROUNDINGS, sort_whole_page
from etl.parse.title import MOST_TITLE_CHARS, REST_CHARS, same_title, split_inline_title
from etl.parse.whole_page import lay_out

# What is asked of a headline on the body's line stands within its reach and the words behind.
INLINE_WINDOW = MOST_TITLE_CHARS + 2 * REST_CHARS


@dataclass(frozen=True)
class ParsedPage:
    """The parts of a page; ``furniture`` is what belongs to none of them.

    ``headline`` is the page's own, where a given title beats it.
    """

    header_date: str | None
    title: str | None
    headline: str | None
    byline: str | None
    dateline: str | None
    dateline_place: str | None
    dateline_day: str | None
    stamps: tuple[str, ...]
    body: str
    trailer: str | None
    furniture: tuple[Cut, ...]

    @property
    def word_count(self) -> int:
        """Words of title and body."""
        return count_words(self.title or "") + count_words(self.body)


def parse_page(
    text: str, *, given_title: str | None = None, is_extracted: bool = False
) -> ParsedPage:
    """Take a decoded page apart; ``given_title`` beats whatever the page shows.

    An empty ``given_title`` says that the text has no title to look for; ``is_extracted`` that what
    stood around the article was left behind with its markup. Parsing the body
    again under the title (or "") finds nothing: the page is looked at until a look leaves
    the body as it was. Only the first look may choose a title.
    """
    header_date, start = split_header(text)
    is_raw = header_date is not None or given_title is None
    draft = Draft(
        page=text,
        seen=[BlockReading(block) for block in split_blocks(text, start, is_raw=is_raw)],
        title=" ".join((given_title or "").split()) or None,
        knows_title=given_title is not None,
        is_raw=is_raw,
        is_extracted=is_extracted,
    )
    _sort(draft)
    while not _is_settled(draft):
        pass
    return _parsed(draft, header_date)


def _is_settled(draft: Draft) -> bool:
    """Look again at the body; whether that found nothing.

    What stands behind a line that was cut may be one to cut too: "World" behind a dateline.
    """
    again = draft.next_look()
    _sort(again)
    is_same = again.body == draft.body
    draft.absorb(again)
    return is_same


def _sort(draft: Draft) -> None:
    layout = None if draft.is_extracted else lay_out(draft.seen, draft.page)
    if layout is None:
        entries = find_entries(draft.seen, draft.title)
        head_end = find_head_end(draft.seen)
        head_end = min(head_end, entries.first) if entries else head_end
        sort_head(draft, head_end)
        _sort_rest(draft, draft.seen[head_end:], entries)
        _take_title_from_body(draft)
    else:
        sort_whole_page(draft, layout, _sort_own)
    take_openings(draft, _place_front)
    take_endings(draft, _place_rest)


def _parsed(draft: Draft, header_date: str | None) -> ParsedPage:
    dateline = draft.datelines[0][0] if draft.datelines else _dateline_of_pipes(draft.bylines)
    for _, front in draft.datelines[1:]:
        draft.cut("dateline", front)
    return ParsedPage(
        header_date=header_date,
        title=draft.title,
        headline=draft.headline,
        byline=_joined(draft.bylines),
        dateline=dateline.text if dateline else None,
        dateline_place=dateline.place if dateline else None,
        dateline_day=dateline.day if dateline else None,
        stamps=tuple(draft.stamps),
        body="\n\n".join(one.text for one in draft.body),
        trailer=_joined(draft.trailers),
        furniture=tuple(sorted(draft.furniture, key=lambda cut: cut.start)),
    )


def _joined(texts: Iterable[str]) -> str | None:
    return "\n".join(dict.fromkeys(texts)) or None


def _sort_own(draft: Draft, one: BlockReading, is_own: bool) -> None:
    """A line between the first and the last of a whole page's article."""
    is_first = not draft.body and not repeats_title(draft, one.text)
    kind = _kind_below(draft, one, is_first=is_first)
    # A stamp that is not the page's is a teaser's, or tells the time within a live page.
    is_away = kind == "credit" or (kind == "body" and not is_own)
    _place(draft, one, SURROUNDINGS if is_away else kind)


def _sort_rest(draft: Draft, seen: Sequence[BlockReading], entries: Entries | None) -> None:
    """The body and what stands below it.

    Behind a heading of other stories or comments, lines that are no running text go with
    it; so do headlines behind credits and tags, where the article has ended. Among the entries of a
    live page their times are no stamps of the page, unless it has none.
    """
    if entries is not None and entries.instant and not draft.stamps:
        draft.stamps.append(entries.instant)
    heading: Rule | None = None
    ended = False
    prose_after = _prose_after(seen)
    for index, one in enumerate(seen):
        told = entries.kind_of(one) if entries else None
        kind = told or _kind_below(draft, one, is_first=index == 0)
        if kind == "trailer" and _is_byline_above(one, prose_after, index):
            kind = "credit"
        if kind in ("trailer", "copyright") and prose_after[index] and may_credit_picture(one.text):
            kind = "caption"
        if heading is not None and _is_anothers(one, kind, heading):
            kind = heading.kind
        elif kind == "body" and ended and not one.ends_sentence:
            kind = "related"
        elif kind == "body":
            heading, ended = None, False
        elif one.rule is not None and one.rule.opens:
            is_end = 2 * prose_after[index] < prose_after[0]
            heading = one.rule if one.rule.kind != "comments" or is_end else heading
        ended = ended or kind in ("tags", "copyright", "trailer")
        _place(draft, one, kind)


def _prose_after(seen: Sequence[BlockReading]) -> list[int]:
    """Characters of running text from each block on: "Comments" is the end only below most."""
    lengths = [len(one.text) if one.is_prose else 0 for one in reversed(seen)]
    return list(accumulate(lengths))[::-1]


def _kind_below(draft: Draft, one: BlockReading, *, is_first: bool) -> str:
    if is_first and one.dateline is not None:
        return "body"
    if not is_first and repeats_title(draft, one.text):
        return "repeated title"
    if one.is_trailer:
        return "trailer"
    if one.rule is not None and not one.rule.in_head_only:
        return one.rule.kind
    return "credit" if one.credit is not None else "body"


def _is_byline_above(one: BlockReading, prose_after: Sequence[int], index: int) -> bool:
    """An agency alone on its line signs off an article, or stands above most of it."""
    is_agency = one.credit is not None and one.credit.is_agency
    return is_agency and 2 * prose_after[index] > prose_after[0]


def _place(draft: Draft, one: BlockReading, kind: str) -> None:
    if kind == "body":
        draft.body.append(one)
    elif kind in ("trailer", "copyright"):  # both say whose it is
        draft.trailers.append(one.text)
    elif kind == "credit":
        draft.credit(one)
    else:
        draft.cut(kind, one.block)


def _is_anothers(one: BlockReading, kind: str, heading: Rule) -> bool:
    """Whether a line belongs to the stories or comments under a heading, its stamp included."""
    if kind == "credit" and one.credit is not None:
        return one.credit.byline is None and not says_it_is_a_stamp(one.text)
    return kind == "body" and not _returns(one, heading)


def _returns(one: BlockReading, heading: Rule) -> bool:
    """Behind "Also read" the article goes on with a sentence; behind "Comments" never."""
    return heading.kind != "comments" and (one.is_prose or one.is_statement)


def _place_rest(draft: Draft, one: BlockReading) -> None:
    _place(draft, one, _kind_below(draft, one, is_first=False))


def _place_front(draft: Draft, one: BlockReading) -> None:
    """What a dateline leaves of its line."""
    if repeats_title(draft, one.text):
        draft.cut("repeated title", one.block)
    else:
        sort_head_block(draft, one, is_menu=False)


def _take_title_from_body(draft: Draft) -> None:
    """A page of one block may hold its headline as first sentence."""
    if not draft.body:
        return
    first = draft.body[0]
    if repeats_title(draft, first.text) and len(draft.body) > 1:
        draft.cut("repeated title", draft.body.pop(0).block)
    elif len(draft.body) == 1 and not first.block.is_table:
        draft.body[0] = _without_inline_titles(draft, first)


def _without_inline_titles(draft: Draft, one: BlockReading) -> BlockReading:
    text, at, start = one.text, 0, one.block.start
    while True:
        window = text[at : at + INLINE_WINDOW]
        end = 0 if find_dateline(window) else split_inline_title(window, is_given=bool(draft.title))
        head = window[:end].strip()
        if not end or not _is_inline_title(draft, head):
            break
        behind = offset_behind(draft.page, start, head)
        if draft.knows_title:
            draft.cut("repeated title", Block(head, start, behind))
        draft.title, draft.knows_title = draft.title or head, True
        at, start = at + end, skip_unseen(draft.page, behind)
    return BlockReading(Block(text[at:], start, one.block.end)) if at else one


def _is_inline_title(draft: Draft, head: str) -> bool:
    if draft.title:
        return same_title(draft.title, head)
    return not draft.knows_title


def _dateline_of_pipes(bylines: Sequence[str]) -> Dateline | None:
    """ "PTI | Moscow", cut from a line of stamps, is all the dateline that such a page has."""
    for byline in bylines:
        agency, bar, place = byline.partition(" | ")
        if bar and agency.isupper():
            return Dateline(text=byline, place=place.strip(), day=None, end=0, is_sure=True)
    return None
