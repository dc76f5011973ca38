"""One page taken apart: which block is title, byline, stamp, dateline, body, trailer.

What belongs here: where on the page a rule applies and what follows from it. What does not:
the shapes themselves (furniture, stamps, dateline, title, trailer), and whether the result
is an article (etl/parse/verdict.py).

The page is walked once. Its *head* ends where the first running text or sure dateline
stands; there a short line may be title, byline or section. Behind it, whatever no rule
takes is body: in doubt a line is kept.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from etl.parse.dateline import Dateline, find_dateline
from etl.parse.draft import Cut, Draft
from etl.parse.furniture import Rule
from etl.parse.head import find_head_end, sort_head
from etl.parse.header import split_header
from etl.parse.lines import Block, count_words, split_blocks
from etl.parse.sighting import Sighting, look
from etl.parse.title import same_title, split_inline_title
from etl.parse.trailer import split_ending

# A dateline may follow some lines that no rule knew, but not half the article.
DATELINE_BLOCKS = 6


@dataclass(frozen=True)
class ParsedPage:
    """The parts of a page; ``furniture`` is what belongs to none of them."""

    header_date: str | None
    title: str | None
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


def parse_page(text: str, *, given_title: str | None = None) -> ParsedPage:
    """Take a decoded page apart; ``given_title`` beats whatever the page shows."""
    header_date, start = split_header(text)
    seen = [look(block) for block in split_blocks(text, start)]
    draft = Draft(title=" ".join((given_title or "").split()) or None)
    head_end = find_head_end(seen)
    sort_head(draft, seen, head_end)
    _sort_rest(draft, seen[head_end:])
    _take_title_from_body(draft)
    dateline = _take_dateline(draft)
    _take_ending(draft)
    return ParsedPage(
        header_date=header_date,
        title=draft.title,
        byline=_joined(draft.bylines),
        dateline=dateline.text if dateline else None,
        dateline_place=dateline.place if dateline else None,
        dateline_day=dateline.day if dateline else None,
        stamps=tuple(draft.stamps),
        body="\n\n".join(block.text for block in draft.body),
        trailer=_joined(draft.trailers),
        furniture=tuple(sorted(draft.furniture, key=lambda cut: cut.start)),
    )


def _joined(texts: Iterable[str]) -> str | None:
    return "\n".join(dict.fromkeys(texts)) or None


def _sort_rest(draft: Draft, seen: Sequence[Sighting]) -> None:
    """The body and what stands below it.

    Behind a heading of other stories or comments, lines that are no running text go with
    it; so do headlines behind credits and tags, where the article has ended.
    """
    heading: Rule | None = None
    ended = False
    prose_after = _prose_after(seen)
    for index, one in enumerate(seen):
        kind = _kind_below(draft, one, is_first=index == 0)
        if kind == "body" and heading is not None and not _returns(one, heading):
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


def _prose_after(seen: Sequence[Sighting]) -> list[int]:
    """Characters of running text from each block on: "Comments" is the end only below most."""
    lengths = [len(one.text) if one.is_prose else 0 for one in reversed(seen)]
    return list(accumulate(lengths))[::-1]


def _kind_below(draft: Draft, one: Sighting, *, is_first: bool) -> str:
    if is_first and one.dateline is not None:
        return "body"
    if draft.title and not is_first and same_title(draft.title, one.text):
        return "repeated title"
    if one.is_trailer:
        return "trailer"
    if one.rule is not None and not one.rule.in_head_only:
        return one.rule.kind
    return "credit" if one.credit is not None else "body"


def _place(draft: Draft, one: Sighting, kind: str) -> None:
    if kind == "body":
        draft.body.append(one.block)
    elif kind in ("trailer", "copyright"):  # both say whose it is
        draft.trailers.append(one.text)
    elif kind == "credit":
        draft.credit(one)
    else:
        draft.cut(kind, one.block)


def _returns(one: Sighting, heading: Rule) -> bool:
    """Behind "Also read" the article goes on with running text; behind "Comments" never."""
    return heading.kind != "comments" and one.is_prose


def _take_title_from_body(draft: Draft) -> None:
    """A page of one block may hold its headline as first sentence."""
    if not draft.body:
        return
    first = draft.body[0]
    if draft.title and same_title(draft.title, first.text) and len(draft.body) > 1:
        draft.cut("repeated title", draft.body.pop(0))
        return
    if len(draft.body) != 1 or find_dateline(first.text) is not None:
        return
    at = split_inline_title(first.text)
    head = first.text[:at].strip()
    if at and (draft.title is None or same_title(draft.title, head)):
        draft.title = draft.title or head
        draft.body[0] = Block(first.text[at:], first.start, first.end)


def _take_dateline(draft: Draft) -> Dateline | None:
    for index, block in enumerate(draft.body[:DATELINE_BLOCKS]):
        found = find_dateline(block.text)
        if found is None or (index > 0 and not found.is_sure):
            continue
        rest = block.text[found.end :].lstrip()
        draft.body[index : index + 1] = [Block(rest, block.start, block.end)] if rest else []
        return found
    return _dateline_of_pipes(draft.bylines)


def _dateline_of_pipes(bylines: Sequence[str]) -> Dateline | None:
    """ "PTI | Moscow", cut from a line of stamps, is all the dateline that such a page has."""
    for byline in bylines:
        agency, bar, place = byline.partition(" | ")
        if bar and agency.isupper():
            return Dateline(text=byline, place=place.strip(), day=None, end=0, is_sure=True)
    return None


def _take_ending(draft: Draft) -> None:
    if not draft.body:
        return
    last = draft.body[-1]
    at = split_ending(last.text)
    if at < len(last.text):
        draft.trailers.insert(0, last.text[at:].strip())
        draft.body[-1:] = [Block(last.text[:at], last.start, last.end)] if at else []
